"""Who may read the history of which row: closed unless its own room says otherwise."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.test import Client

from commonweal_web.house.rooms import permissions
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.roles import ROLES
from commonweal_web.record import history
from commonweal_web.record.fields import subject_of
from commonweal_web.record.permissions import READ_HISTORY
from commonweal_web.record.queries import recorded_models
from commonweal_web.workplaces.models import Site
from factories.record import a_row

CLOSED = {
    "disclosure.consultedparty",
    "disclosure.dutymet",
    "disclosure.knownsince",
    "evidence.evidence",
    "job_impact.contributor",
    "job_impact.jobtask",
    "job_impact.taskrating",
    "job_impact.view",
    "languages.translation",
    "mitigations.comment",
    "mitigations.judgement",
    "mitigations.likelihoodview",
    "mitigations.standingpresent",
    "operations.deletion",
    "operations.organisationexport",
    "operations.restoration",
    "people.apitoken",
    "people.codesheet",
    "record.cosignature",
    "systems.importedrow",
    "systems.papervote",
    "systems.usecopy",
    "systems.vendorlink",
    "systems.vendorstatement",
    "workplaces.membership",
    "workplaces.representativeinvitation",
    "workplaces.rosterimport",
}
"""Recorded rows without a history page. A new model stands here until its room opens it."""


def test_history_covers_exactly_these_kinds_and_never_an_anonymous_one() -> None:
    recorded = {model._meta.label_lower for model in recorded_models()}
    assert recorded - set(history.READERS) == CLOSED
    assert set(history.READERS) <= recorded
    for anonymous in ("participation.ballot:1", "grievances.case:1", "surveys.answer:1", "x", ""):
        assert not history.is_covered(anonymous)


def test_every_kind_names_rights_that_exist_and_belong_to_its_room() -> None:
    known = set(permissions())
    for kind, needed in history.READERS.items():
        assert needed, kind
        assert set(needed) <= known, kind


def test_plain_workers_read_no_history(
    organisation: Organisation, browse: Callable[..., Client]
) -> None:
    assert "worker" not in READ_HISTORY.roles
    address = f"/desk/history/{subject_of(a_row(Site, organisation))}/"
    assert browse("worker").get(address).status_code == 403


@pytest.mark.parametrize(
    ("kind", "readers"),
    [
        ("organisations.organisationyear", {"people_lead", "executive"}),
        ("people.account", {"people_lead", "administrator"}),
        ("systems.papervote", set()),
        (
            "systems.use",
            {
                "use_owner",
                "people_lead",
                "executive",
                "worker_representative",
                "registrar",
                "expert",
                "head_of_oversight",
            },
        ),
    ],
)
def test_a_history_is_open_to_those_who_hold_a_right_of_its_room(
    kind: str, readers: set[str], actor: Callable[..., object]
) -> None:
    found = {role.name for role in ROLES if history.may_read(f"{kind}:1", actor=actor(role.name))}
    assert found == readers


def test_a_history_of_a_malformed_id_is_not_found(browse: Callable[..., Client]) -> None:
    client = browse("people_lead")
    for subject in (
        "workplaces.site:x",
        "workplaces.site:\x00",
        "workplaces.site",
        "workplaces\x00.site:1",
        "workplaces.site:" + "9" * 400,
        "workplaces.site:00000000000040008000000000000000",
    ):
        assert client.get(f"/desk/history/{quote(subject)}/").status_code == 404, subject
