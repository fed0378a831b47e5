"""The routes of the people room."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db


def test_everybody_is_listed_with_the_roles_in_force(program):
    lead = program("people_lead")

    answer = lead.get("/people")

    assert answer.status_code == 200, answer.content
    assert [each["roles"] for each in answer.json()["items"]] == [["people_lead"]]


def test_a_person_is_added_appointed_and_recalled(program):
    lead = program("people_lead")

    made = lead.post("/people", {"name": "Ana Ruiz", "username": "ana"})
    held = lead.post(
        f"/people/{made.json()['id']}/appointments", {"role": "executive", "since": "2026-01-01"}
    )
    ended = lead.post(f"/appointments/{held.json()['id']}/end", {"until": "2026-11-01"})
    shown = lead.get(f"/people/{made.json()['id']}")

    assert (made.status_code, held.status_code, ended.status_code) == (201, 201, 200)
    assert shown.json()["appointments"][0]["until"] == "2026-11-01"


def test_a_program_stops_its_own_token_and_makes_none(program):
    lead = program("people_lead")
    own = lead.get("/tokens").json()["items"][0]["id"]

    assert lead.post("/tokens", {"name": "more"}).status_code == 405
    assert lead.post(f"/tokens/{own}/revoke").status_code == 200
    assert lead.get("/tokens").status_code == 401
