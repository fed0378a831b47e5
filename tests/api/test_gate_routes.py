"""A gate through the API: what it asks, who signs, and that nobody jumps."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from factories.mitigations import a_workplace
from factories.people import an_organisation
from factories.programs import a_program, a_program_of_anyone

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    """A described use with its people."""
    now = datetime.now(UTC)
    return a_workplace(an_organisation("northbank", at=now), at=now)


@pytest.fixture
def gate(place):
    """The address of its gate."""
    return f"/uses/{place.use.pk}/gate"


def test_a_gate_names_each_requirement_and_whose_move_it_is(place, gate):
    shown = a_program(place.owner).get(gate).json()

    assert (shown["leaving"], shown["entering"]) == ("identified", "selecting")
    assert shown["decision"]["outcome"] == "blocked"
    assert all(each["role"] and each["title"] for each in shown["requirements"])
    assert {"use_owner", "worker_representative"} == set(shown["passed_by"])


def test_a_gate_is_passed_by_the_last_signature(place, gate):
    owner, council = a_program(place.owner), a_program(place.representative)
    assert owner.get(gate).json()["decision"]["gaps"] == []

    first = owner.post(f"{gate}/signatures", {"entering": "selecting", "role": "use_owner"})
    last = council.post(
        f"{gate}/signatures", {"entering": "selecting", "role": "worker_representative"}
    )

    assert first.json()["missing_signatures"] == ["worker_representative"]
    assert last.json()["outcome"] == "passed"
    assert owner.get(f"/uses/{place.use.pk}").json()["stage"] == "selecting"


def test_a_signature_is_taken_back_by_its_signer_only(place, gate):
    owner, council = a_program(place.owner), a_program(place.representative)
    owner.post(f"{gate}/signatures", {"entering": "selecting", "role": "use_owner"})
    signed = owner.get(gate).json()["signatures"][0]["id"]

    other = council.post(f"{gate}/signatures/{signed}/withdraw")
    own = owner.post(f"{gate}/signatures/{signed}/withdraw")

    assert (other.status_code, own.status_code) == (403, 200)
    assert owner.get(gate).json()["signatures"] == []


def test_nobody_jumps_a_stage(place, gate):
    answer = a_program(place.owner).post(
        f"{gate}/signatures", {"entering": "in_use", "role": "use_owner"}
    )

    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "stage_jump")


def test_a_worker_cannot_sign(place, gate):
    answer = a_program_of_anyone(place.worker).post(
        f"{gate}/signatures", {"entering": "selecting", "role": "use_owner"}
    )

    assert answer.status_code == 403


def test_a_use_that_was_retired_has_no_gate(place, gate):
    owner = a_program(place.owner)

    retired = owner.post(f"/uses/{place.use.pk}/retire", {"reason": "The pilot failed."})

    assert retired.json()["stage"] == "retired"
    assert owner.get(gate).json()["error"]["code"] == "no_gate"
