"""An organisation is deleted whole, late, by two people, and never over somebody's open claim."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from commonweal_web.house.file_storage import evidence_storage
from commonweal_web.house.refusals import Conflict, NotAllowed, Refused
from commonweal_web.operations import actions
from commonweal_web.operations.deleting import delete_organisation
from commonweal_web.operations.models.endings import WAIT
from commonweal_web.operations.queries import blocks_of, deletion_open
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.actions import name_deputy, note_absence
from commonweal_web.people.models import Account
from commonweal_web.people.queries import account_with_roles, actor_of, operator
from commonweal_web.record.actor import Actor
from commonweal_web.record.queries import key_files_of, verify_installation, verify_record
from commonweal_web.systems.actions.packs import ask_pack, finish_pack, path_of
from commonweal_web.systems.uploads import REGISTERS
from commonweal_web.workplaces.uploads import ROSTERS
from factories.evidence import a_file
from factories.people import a_person
from factories.populated import Populated, populate
from factories.systems import a_use

Person = Callable[..., Account]
MANIFEST = "0" * 64


@pytest.fixture
def two(person: Person, now: datetime) -> tuple[Actor, Actor]:
    """The people lead who asks and the executive who agrees."""
    lead, executive = (
        actor_of(person(role), on=now.date()) for role in ("people_lead", "executive")
    )
    return lead, executive


def agreed(organisation: Organisation, *, two: tuple[Actor, Actor], at: datetime) -> None:
    actions.ask_deletion(organisation=organisation, by=two[0], at=at, reason="We close down.")
    actions.agree_to_deletion(organisation=organisation, by=two[1], at=at)


def exported(organisation: Organisation, *, at: datetime) -> None:
    actions.note_export(organisation=organisation, by=operator(), at=at, manifest_sha256=MANIFEST)


def tables() -> dict[str, list[str]]:
    """Every row of the database as text, by table."""
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = [repr(row) for row in cursor.fetchall()]
    return found


def traces(*ids: Any) -> dict[str, str]:
    """The tables that hold one of these ids, however it is spelled."""
    spelled = {text for one in ids for text in (str(one), one.hex)}
    return {
        table: row
        for table, rows in tables().items()
        for row in rows
        if any(text in row for text in spelled)
    }


def test_nothing_of_a_deleted_organisation_is_left_and_the_other_one_is_untouched(
    organisation: Organisation,
    other_organisation: Organisation,
    two: tuple[Actor, Actor],
    now: datetime,
    settings: LazySettings,
    tmp_path: Any,
    browse: Callable[..., Client],
) -> None:
    settings.DATA = tmp_path
    other = populate(other_organisation, at=now)
    browse("worker").get("/my/")
    agreed(organisation, two=two, at=now)
    later = now + WAIT
    exported(organisation, at=later)
    accounts = list(Account.objects.of(organisation))
    ids = [organisation.pk, *(account.pk for account in accounts)]
    assert traces(*ids)
    before = tables()
    owner = organisation
    kept = delete_organisation(organisation=owner, by=operator(), at=later)
    assert traces(*ids) == {}
    assert key_files_of(owner) == []
    assert not [found for found in verify_installation() if str(owner.pk) in found.message]
    assert kept.read_text().startswith("northbank")
    assert verify_record(other.organisation).problems == ()
    after = tables()
    for table, rows in after.items():
        assert set(rows) <= set(before[table]), table
    assert Organisation.objects.get() == other_organisation


def test_no_file_of_a_deleted_organisation_is_left(
    organisation: Organisation,
    other_organisation: Organisation,
    two: tuple[Actor, Actor],
    now: datetime,
    settings: LazySettings,
    tmp_path: Path,
) -> None:
    settings.DATA = tmp_path
    in_folder = evidence_storage("")
    in_folder["OPTIONS"]["location"] = tmp_path / "evidence"
    settings.STORAGES = {**settings.STORAGES, "evidence": in_folder}
    kept = {
        each: _files_of(each, at=now, data=tmp_path) for each in (organisation, other_organisation)
    }
    assert all(path.exists() for paths in kept.values() for path in paths)
    mine, others = kept[organisation], kept[other_organisation]
    agreed(organisation, two=two, at=now)
    exported(organisation, at=now + WAIT)
    delete_organisation(organisation=organisation, by=operator(), at=now + WAIT)
    assert [path for path in mine if path.exists()] == []
    assert all(path.exists() for path in others)


def _files_of(organisation: Organisation, *, at: datetime, data: Path) -> list[Path]:
    """A piece of evidence, a pack and two uploads that wait, each with its note."""
    use = a_use(organisation, at=at)
    lead = a_person(organisation, "people_lead", at=at)
    row, by = a_file(lead, use, at=at), actor_of(lead, on=at.date())
    pack = ask_pack(organisation=organisation, by=by, at=at, use=use)
    finish_pack(pk=pack.pk, make=lambda _pack: b"%PDF-1.7")
    sent = SimpleUploadedFile("roster.csv", b"id,name")
    waiting = [
        (ROSTERS, ROSTERS.keep(sent, actor=by, lists="some", may_make=False)),
        (REGISTERS, REGISTERS.keep(sent, actor=by, kept_at=at.isoformat())),
    ]
    found = [shelf.path_of(each) for shelf, each in waiting]  # type: ignore[attr-defined]
    notes = [path.with_suffix(".note") for path in found]
    return [*found, *notes, path_of(pack), data / "evidence" / row.stored_as]


def test_deletion_waits_for_a_second_person_for_the_day_and_for_a_copy(
    organisation: Organisation, two: tuple[Actor, Actor], now: datetime
) -> None:
    def begin(at: datetime) -> str:
        with pytest.raises(Conflict) as refused:
            actions.begin_deletion(organisation=organisation, by=operator(), at=at)
        return refused.value.code

    assert begin(now) == "deletion_not_asked"
    actions.ask_deletion(organisation=organisation, by=two[0], at=now, reason="We close down.")
    assert begin(now + 2 * WAIT) == "deletion_not_agreed"
    exported(organisation, at=now)
    actions.agree_to_deletion(organisation=organisation, by=two[1], at=now + timedelta(hours=1))
    assert begin(now + WAIT - timedelta(days=1)) == "deletion_early"
    assert begin(now + WAIT) == "export_missing"
    exported(organisation, at=now + timedelta(days=2))
    assert actions.begin_deletion(organisation=organisation, by=operator(), at=now + WAIT).begun_at


def test_open_claims_and_decisions_forbid_it_and_are_named(
    populated: Populated, two: tuple[Actor, Actor], now: datetime
) -> None:
    found = [str(block) for block in blocks_of(populated.organisation, at=now)]
    assert sorted(found) == [
        "Somebody who took part in an assessment is still to be paid.",
        "Workers wait for a decision to change or stop a use.",
    ]
    agreed(populated.organisation, two=two, at=now)
    exported(populated.organisation, at=now + WAIT)
    with pytest.raises(Conflict, match="still to be paid"):
        delete_organisation(organisation=populated.organisation, by=operator(), at=now + WAIT)
    assert Organisation.objects.filter(pk=populated.organisation.pk).exists()
    assert verify_record(populated.organisation).problems == ()


def test_who_asks_cannot_agree_and_anybody_who_may_ask_can_take_it_back(
    organisation: Organisation, person: Person, two: tuple[Actor, Actor], now: datetime
) -> None:
    executive = two[1]
    actions.ask_deletion(organisation=organisation, by=executive, at=now, reason="We close.")
    with pytest.raises(Refused, match="cannot be the one who agrees"):
        actions.agree_to_deletion(organisation=organisation, by=executive, at=now)
    with pytest.raises(NotAllowed):
        actions.agree_to_deletion(organisation=organisation, by=two[0], at=now)
    with pytest.raises(Conflict, match="asked for already"):
        actions.ask_deletion(organisation=organisation, by=two[0], at=now, reason="Again.")
    actions.withdraw_deletion(organisation=organisation, by=two[0], at=now)
    assert deletion_open(organisation) is None
    agreed(organisation, two=two, at=now)


def test_workers_representatives_see_it_and_decide_nothing(
    organisation: Organisation,
    two: tuple[Actor, Actor],
    now: datetime,
    browse: Callable[..., Client],
) -> None:
    representative = browse("worker_representative")
    assert "Nobody asks" in representative.get("/desk/ending/").content.decode()
    agreed(organisation, two=two, at=now)
    page = representative.get("/desk/ending/").content.decode()
    assert "We close down." in page
    assert "Take it back" not in page
    assert "Everything kept here is to be deleted" in representative.get("/desk/").content.decode()
    assert representative.post("/desk/ending/withdraw/").status_code == 403
    assert representative.post("/desk/ending/", {"reason": "x"}).status_code == 403
    assert browse("worker").get("/desk/ending/").status_code == 403


def test_two_people_decide_it_on_the_page(
    organisation: Organisation, browse: Callable[..., Client]
) -> None:
    lead, executive = browse("people_lead"), browse("executive")
    empty = lead.post("/desk/ending/", {"reason": " "}).content.decode()
    assert "Say why" in empty
    assert lead.post("/desk/ending/", {"reason": "We close down."}).status_code == 302
    assert lead.post("/desk/ending/agree/").status_code == 403
    assert "Agree that everything is deleted" in executive.get("/desk/ending/").content.decode()
    assert executive.post("/desk/ending/agree/").status_code == 302
    assert executive.post("/desk/ending/agree/").status_code == 409
    asked = deletion_open(organisation)
    assert asked is not None
    assert asked.not_before is not None
    assert lead.post("/desk/ending/withdraw/").status_code == 302
    assert lead.post("/desk/ending/withdraw/").status_code == 409


def test_the_page_costs_a_constant_number_of_statements(
    populated: Populated, browse: Callable[..., Client], django_assert_max_num_queries: Any
) -> None:
    client = browse("people_lead")
    with django_assert_max_num_queries(14):
        assert client.get("/desk/ending/").status_code == 200


@pytest.mark.parametrize("deputy_asks", [False, True])
def test_a_deputy_is_no_second_person_beside_whom_they_stand_in_for(
    organisation: Organisation, person: Person, now: datetime, *, deputy_asks: bool
) -> None:
    holder, deputy = person("executive"), person("worker")
    acting: dict[str, Any] = {"organisation": organisation, "at": now}
    by = actor_of(holder, on=now.date())
    office = holder.appointments.get()
    name_deputy(**acting, by=by, appointment=office, deputy=deputy)
    note_absence(**acting, by=by, account=holder, since=now.date())
    fresh = account_with_roles(deputy.pk)
    assert fresh is not None
    pair = [by, actor_of(fresh, on=now.date())]
    first, second = reversed(pair) if deputy_asks else pair
    actions.ask_deletion(**acting, by=first, reason="I want it gone.")
    with pytest.raises(Refused, match="cannot be the one who agrees"):
        actions.agree_to_deletion(**acting, by=second)
    actions.agree_to_deletion(**acting, by=actor_of(person("executive"), on=now.date()))
