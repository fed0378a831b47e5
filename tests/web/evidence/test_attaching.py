"""What may be attached, who sees it, and how it is taken back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from commonweal_web.evidence import actions, queries
from commonweal_web.evidence.models import Evidence
from commonweal_web.house.refusals import Conflict, NotAllowed, NotHere, Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.queries import actor_of, operator
from commonweal_web.record.fields import subject_of
from commonweal_web.record.models import LogLeaf, Opening
from factories import files
from factories.evidence import a_file, a_link, a_note, given
from factories.mitigations import Workplace, a_risk, an_answer
from factories.people import a_person


def seen_by(place: Workplace, account: Any, about: Any = None) -> list[str]:
    """The titles that a person sees about the use."""
    by = actor_of(account, on=place.at.date())
    subject = subject_of(about or place.use)
    queries.subject_seen(subject, actor=by, organisation=place.organisation, at=place.at)
    rows = queries.attached(place.organisation, subject=subject, actor=by)
    return sorted(row.title for row in rows)


def test_a_file_is_kept_with_its_hash_on_the_record(place: Workplace, now: datetime) -> None:
    row = a_file(place.lead, place.use, at=now, name="../../audit.pdf", language="en")
    leaf = LogLeaf.objects.get(organisation=place.organisation, kind="evidence.attach_file")
    opening = Opening.objects.get(organisation=place.organisation, index=leaf.index)
    assert row.sha256 in opening.payload
    assert row.file_name == "audit.pdf"
    assert leaf.subject == f"evidence.evidence:{row.pk}"


def test_a_worker_is_never_named_and_alone_sees_that_it_is_theirs(
    place: Workplace, now: datetime
) -> None:
    row = a_note(place.worker, place.use, at=now)
    leaf = LogLeaf.objects.get(organisation=place.organisation, kind="evidence.attach_note")
    payload = Opening.objects.get(organisation=place.organisation, index=leaf.index).payload
    assert str(place.worker.pk) not in payload
    assert row.side == "workers"
    for account in (place.worker, place.lead, place.representative):
        by = actor_of(account, on=now.date())
        found = queries.piece_of(place.organisation, pk=row.pk, actor=by, at=now)
        assert found.is_own == (account is place.worker)


def test_one_persons_marks_cannot_be_joined_across_subjects(
    place: Workplace, now: datetime
) -> None:
    one = a_note(place.worker, place.use, at=now)
    two = a_note(place.worker, a_risk(place), at=now)
    assert one.author != two.author


def test_each_piece_is_seen_by_those_it_is_for(place: Workplace, now: datetime) -> None:
    a_note(place.lead, place.use, at=now, title="all")
    a_note(place.lead, place.use, at=now, title="management", seen_by="own_side")
    a_note(place.worker, place.use, at=now, title="workers", seen_by="own_side")
    a_note(place.representative, place.use, at=now, title="not management", seen_by="workers_side")
    expert = a_person(place.organisation, "expert", at=now)
    assert seen_by(place, place.executive) == ["all", "management"]
    assert seen_by(place, place.worker) == ["all", "not management", "workers"]
    assert seen_by(place, place.representative) == ["all", "not management", "workers"]
    assert seen_by(place, expert) == ["all", "not management"]


def test_one_piece_answers_as_its_list_does(place: Workplace, now: datetime) -> None:
    row = a_note(place.representative, place.use, at=now, seen_by="workers_side")
    by = actor_of(place.lead, on=now.date())
    with pytest.raises(NotHere):
        queries.piece_of(place.organisation, pk=row.pk, actor=by, at=now)


def test_management_keeps_nothing_among_workers(place: Workplace, now: datetime) -> None:
    with pytest.raises(Refused, match="Only the workers’ side"):
        a_note(place.lead, place.use, at=now, seen_by="workers_side")


def test_only_what_a_public_page_shows_can_be_public(place: Workplace, now: datetime) -> None:
    a_note(place.lead, place.use, at=now, seen_by="public")
    with pytest.raises(Refused, match="No public page"):
        a_note(place.lead, a_risk(place), at=now, seen_by="public")


def test_a_worker_attaches_only_to_what_touches_their_work(
    place: Workplace, now: datetime
) -> None:
    stranger = a_person(place.organisation, "worker", at=now)
    with pytest.raises(NotHere):
        a_note(stranger, place.use, at=now)
    with pytest.raises(NotHere):
        a_note(place.worker, place.use.system, at=now)


def test_another_organisation_sees_and_attaches_nothing(
    place: Workplace, other_organisation: Organisation, now: datetime
) -> None:
    row = a_note(place.lead, place.use, at=now)
    elsewhere = a_person(other_organisation, "people_lead", at=now)
    by = actor_of(elsewhere, on=now.date())
    with pytest.raises(NotHere):
        queries.piece_of(other_organisation, pk=row.pk, actor=by, at=now)
    with pytest.raises(NotHere):
        a_note(elsewhere, place.use, at=now)


@pytest.mark.parametrize(
    "subject", ["", "systems.use", "systems.use:x", "people.account:1", "job_impact.view:{pk}"]
)
def test_evidence_is_about_nothing_else(place: Workplace, now: datetime, subject: str) -> None:
    facts = given(place.lead, place.use, at=now)
    facts["subject"] = subject.replace("{pk}", str(place.use.pk))
    with pytest.raises(NotHere):
        actions.attach_note(**facts, title="A", text="B")


def test_risks_answers_and_systems_carry_evidence(place: Workplace, now: datetime) -> None:
    risk = a_risk(place)
    for about in (risk, an_answer(place, risk), place.use.system):
        a_note(place.lead, about, at=now, title=str(about.pk))
        assert seen_by(place, place.lead, about) == [str(about.pk)]
    assert seen_by(place, place.worker, risk) == [str(risk.pk)]


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.pdf", "file_empty"),
        (b"<svg onload=alert(1)>", "a.png", "file_is_web_page"),
        (files.png(behind=b"<script>"), "a.png", "file_does_not_hold"),
        (files.docx(**{"word/vbaProject.bin": b"x"}), "a.docx", "file_has_macros"),
        (files.bomb(), "a.docx", "file_unpacks_too_far"),
    ],
)
def test_a_file_that_is_not_kept_leaves_nothing(
    place: Workplace, now: datetime, content: bytes, name: str, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        a_file(place.lead, place.use, at=now, content=content, name=name)
    assert (refused.value.code, refused.value.where) == (code, "file")
    assert list(queries.stored_files(place.organisation.pk)) == []
    assert not Evidence.objects.exists()


def test_the_limits_of_the_settings_hold(place: Workplace, now: datetime, settings: Any) -> None:
    settings.EVIDENCE_FILE_MB = 1
    with pytest.raises(Refused, match="At most 1 MB"):
        a_file(place.lead, place.use, at=now, content=b"a" * (1024 * 1024 + 1), name="a.txt")
    settings.EVIDENCE_TOTAL_MB = 0
    with pytest.raises(Refused) as full:
        a_file(place.lead, place.use, at=now)
    assert full.value.code == "storage_full"


def test_a_form_fits_its_file(place: Workplace, now: datetime) -> None:
    sound = files.KEPT["mp3"][1]
    row = a_file(
        place.lead, place.use, at=now, content=sound, name="a.mp3", form="audio", language="es"
    )
    assert (row.form, row.language) == ("audio", "es")
    with pytest.raises(Refused) as wrong:
        a_file(place.lead, place.use, at=now, form="audio")
    assert wrong.value.where == "form"
    with pytest.raises(Refused):
        a_file(place.lead, place.use, at=now, form="loud")


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "/etc/passwd", "https://a:b@c.example", "http://",
     "https://a.example/ b", "file:///etc/passwd", "https://[::1"],
)  # fmt: skip
def test_a_link_leads_to_the_web_and_nowhere_else(
    place: Workplace, now: datetime, address: str
) -> None:
    with pytest.raises(Refused) as refused:
        a_link(place.lead, place.use, at=now, address=address)
    assert refused.value.where == "address"


def test_a_piece_is_taken_back_with_a_reason_by_its_own_side(
    place: Workplace, now: datetime
) -> None:
    row = a_note(place.worker, place.use, at=now)
    with pytest.raises(NotAllowed):
        take_back(place, place.lead, row)
    with pytest.raises(Refused, match="Write why"):
        take_back(place, place.worker, row, reason=" ")
    taken = take_back(place, place.worker, row)
    assert (taken.withdrawn_at, taken.withdrawn_because) == (place.at, "The wrong week.")
    with pytest.raises(Conflict):
        take_back(place, place.representative, row)


def test_who_speaks_for_a_side_takes_back_what_it_attached(
    place: Workplace, now: datetime
) -> None:
    row = a_note(place.worker, place.use, at=now)
    assert take_back(place, place.representative, row).withdrawn_at


def take_back(place: Workplace, account: Any, row: Evidence, **details: Any) -> Evidence:
    usual = {"reason": "The wrong week."}
    return actions.withdraw(**place.by(account), evidence=row, **{**usual, **details})


def test_what_was_taken_back_can_still_be_read_until_its_time(
    place: Workplace, now: datetime
) -> None:
    row = a_file(place.lead, place.use, at=now)
    take_back(place, place.lead, row)
    row.refresh_from_db()
    assert row.has_file
    assert b"".join(queries.plain_pieces(row)) == files.KEPT["pdf"][1]


def test_a_file_that_shows_what_it_must_not_goes_at_once_and_its_hash_stays(
    place: Workplace, now: datetime, django_capture_on_commit_callbacks: Any
) -> None:
    row = a_file(place.lead, place.use, at=now)
    with django_capture_on_commit_callbacks(execute=True):
        taken = take_back(place, place.lead, row, delete_now=True)
    assert taken.file_removed_at == now
    assert taken.sha256 == row.sha256
    assert list(queries.stored_files(place.organisation.pk)) == []


def test_a_file_in_use_is_never_deleted_by_time(place: Workplace, now: datetime) -> None:
    row = a_file(place.lead, place.use, at=now)
    assert actions.remove_old_files(at=now + timedelta(days=5000)) == 0
    with pytest.raises(Conflict):
        actions.remove_file(
            organisation=place.organisation,
            by=operator(),
            at=now,
            evidence=row,
        )


def test_many_rows_cost_one_statement(
    place: Workplace, now: datetime, django_assert_num_queries: Any
) -> None:
    risks = [a_risk(place, title=f"Risk {number}") for number in range(4)]
    for risk in risks:
        a_note(place.lead, risk, at=now)
    by = actor_of(place.lead, on=now.date())
    with django_assert_num_queries(1):
        found = queries.attached_to_many(
            place.organisation, subjects=[subject_of(each) for each in risks], actor=by
        )
    assert [len(each) for each in found.values()] == [1, 1, 1, 1]
