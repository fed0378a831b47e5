"""The index says what the rows say: after every action, and after it was lost."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from commonweal_web.house.searching import SearchReader, SearchShelf
from commonweal_web.mitigations.models import Risk, RiskGroup
from commonweal_web.operations.sample import load_sample_organisation
from commonweal_web.organisations.models import Organisation, Owned
from commonweal_web.people.queries import actor_of
from commonweal_web.record.action import Act, action
from commonweal_web.record.events import RowsWritten
from commonweal_web.search.actions import follow_rows, index_rows, rebuild
from commonweal_web.search.models import Entry
from commonweal_web.search.queries import agreements, found, index_findings, sources
from commonweal_web.systems import actions as systems
from commonweal_web.systems.models import AffectedGroup, AiSystem, Use, Vendor
from factories.mitigations import Workplace
from factories.people import a_person
from factories.workplaces import a_group, a_member

Read = Callable[..., SearchReader]
INDEXED = {
    "systems.Vendor",
    "systems.AiSystem",
    "systems.Use",
    "systems.Choice",
    "mitigations.Risk",
    "mitigations.ChangeOrStop",
}
"""Every model whose words are kept in the index. Think of who may read it before adding one."""

NEVER = {
    "job_impact.View": "who thinks what is theirs",
    "mitigations.Comment": "authors are unnamed",
    "mitigations.Mitigation": "workers propose, too",
    "mitigations.Judgement": "",
    "people.Account": "people are not looked up here",
    "people.Appointment": "people are not looked up here",
    "workplaces.Membership": "the roster",
    "systems.GateSignature": "",
    "systems.Override": "may be withdrawn",
    "systems.PaperVote": "votes",
    "systems.Incident": "who reported is unnamed",
    "systems.ImportedRow": "cells that nobody chose to show",
}


def test_exactly_these_models_are_indexed_and_no_other() -> None:
    assert {source.model for source in sources()} == INDEXED
    assert not INDEXED & set(NEVER)


def test_a_search_source_is_a_recorded_row_and_a_shelf_holds_no_row() -> None:
    for source in sources():
        assert issubclass(apps.get_model(source.model), Owned)
        assert not isinstance(source, SearchShelf)


def counted(words: str, *, reader: SearchReader) -> int:
    return found(words, reader=reader).page.total


def renamed(place: Workplace, *, name: str) -> None:
    systems.describe_use(
        **place.by(place.lead), use=place.use, name=name, purpose="", outputs="", unit=""
    )


def test_a_new_name_is_found_and_the_old_one_is_not(place: Workplace, reading: Read) -> None:
    reader = reading(place.lead)
    before = counted("planner", reader=reader)
    renamed(place, name="Zebra")
    assert counted("zebra", reader=reader) == before
    assert counted("planner", reader=reader) == 0


def test_a_new_name_of_a_use_is_found_with_its_risks_and_decisions(
    place: Workplace, reading: Read
) -> None:
    renamed(place, name="Zebra")
    answer = found("zebra", reader=reading(place.lead))
    assert {each.kind for each in answer.groups} == {"use", "risk", "decision"}


def acting(place: Workplace) -> AbstractContextManager[Act]:
    """An action of the people lead."""
    by = actor_of(place.lead, on=place.at.date())
    kind = "systems.describe_use"
    return action(kind, organisation=place.organisation, by=by, at=place.at)


def change(place: Workplace, row: Any, **values: Any) -> None:
    with acting(place) as act:
        act.change(row, **values)


def test_a_new_name_of_a_vendor_is_found_with_its_systems_and_uses(
    place: Workplace, reading: Read
) -> None:
    with acting(place) as act:
        vendor = act.create(Vendor(organisation=place.organisation, name="Acme"))
        act.change(AiSystem.objects.get(), vendor=vendor)
    change(place, vendor, name="Quagga")
    answer = found("quagga", reader=reading(place.lead))
    assert {each.kind for each in answer.groups} == {"use", "system", "vendor"}


def test_a_worker_finds_a_use_as_soon_as_it_touches_their_group(
    place: Workplace, reading: Read
) -> None:
    newcomer = a_person(place.organisation, "worker", at=place.at)
    group = a_group(place.organisation, at=place.at)
    a_member(group, newcomer, at=place.at)
    reader = reading(newcomer, "my")
    assert counted("planner", reader=reader) == 0
    with acting(place) as act:
        touched = act.create(
            AffectedGroup(organisation=place.organisation, use=place.use, group=group)
        )
    assert counted("planner", reader=reader) == 1
    assert all(each.holds for each in agreements())
    with acting(place) as act:
        act.remove(touched)
    assert counted("planner", reader=reader) == 0
    assert all(each.holds for each in agreements())


def test_a_worker_finds_a_risk_and_its_decision_as_soon_as_it_touches_their_group(
    place: Workplace, reading: Read
) -> None:
    newcomer = a_person(place.organisation, "worker", at=place.at)
    group = a_group(place.organisation, at=place.at)
    a_member(group, newcomer, at=place.at)
    with acting(place) as act:
        act.create(
            RiskGroup(
                organisation=place.organisation,
                risk=Risk.objects.get(),
                key=group.pk,
                group=group,
                since=place.at.date(),
            )
        )
    answer = found("uberstunden", reader=reading(newcomer, "my"))
    assert [each.kind for each in answer.groups] == ["risk", "decision"]


def test_what_is_removed_is_found_no_more(place: Workplace, reading: Read) -> None:
    with acting(place) as act:
        vendor = act.create(Vendor(organisation=place.organisation, name="Brief"))
    assert counted("brief", reader=reading(place.lead)) == 1
    with acting(place) as act:
        act.remove(vendor)
    assert counted("brief", reader=reading(place.lead)) == 0
    assert not Entry.objects.filter(source="systems.vendor").exists()


def test_an_action_that_fails_leaves_the_index_as_it_was(place: Workplace, reading: Read) -> None:
    by = actor_of(place.lead, on=place.at.date())
    with (
        pytest.raises(ZeroDivisionError),
        action("systems.describe_use", organisation=place.organisation, by=by, at=place.at) as act,
    ):
        act.change(place.use, name="Zebra")
        raise ZeroDivisionError
    assert counted("zebra", reader=reading(place.lead)) == 0


def test_the_sample_is_indexed_as_it_is_made(db: None, now: datetime) -> None:
    load_sample_organisation(at=now)
    assert [each for each in agreements() if not each.holds] == []
    assert sum(each.indexed for each in agreements()) > 10


def test_a_lost_index_is_made_anew(place: Workplace, reading: Read, now: datetime) -> None:
    before = list(Entry.objects.values_list("source", "subject", "title", "text", "more"))
    Entry.objects.all().delete()
    assert [each.code for each in index_findings(at=now)] == ["search_index_differs"]
    assert rebuild() == len(before)
    assert index_findings(at=now) == []
    after = Entry.objects.values_list("source", "subject", "title", "text", "more")
    assert sorted(map(str, after)) == sorted(map(str, before))


def test_the_command_names_what_differs_and_mends_it(place: Workplace) -> None:
    Entry.objects.filter(source="systems.use").update(title=" something else ")
    Entry.objects.filter(source="mitigations.risk").delete()
    with pytest.raises(CommandError):
        call_command("search", "check", stdout=StringIO())
    Entry.objects.filter(source="systems.vendor").delete()
    Entry.objects.create(
        organisation=place.organisation,
        source="people.account",
        subject=place.lead.pk,
        place="=x",
        title=" lead ",
        text="",
        more="",
    )
    said = StringIO()
    call_command("search", "rebuild", stdout=said)
    assert "systems.use: 1 indexed, 0 missing, 0 differing, 0 too many" in said.getvalue()
    assert not Entry.objects.filter(source="people.account").exists()


def test_people_cost_the_index_nothing(
    organisation: Organisation, now: datetime, django_assert_num_queries: Any
) -> None:
    account = a_person(organisation, "worker", at=now)
    by = actor_of(account, on=now.date())
    with django_assert_num_queries(0):
        follow_rows(RowsWritten((account,) * 1000), organisation=organisation, by=by, at=now)


def test_a_change_that_leaves_the_words_alone_asks_nothing_of_the_risks(
    place: Workplace, django_assert_num_queries: Any
) -> None:
    place.use.review_on = date(2027, 1, 1)
    by = actor_of(place.lead, on=place.at.date())
    with django_assert_num_queries(3):
        follow_rows(RowsWritten((place.use,)), organisation=place.organisation, by=by, at=place.at)


def test_hundreds_of_rows_cost_a_few_statements(
    place: Workplace, django_assert_max_num_queries: Any
) -> None:
    with acting(place) as act:
        rows = act.create_many(
            Risk(
                organisation=place.organisation,
                use=place.use,
                own_title=f"Risk {number}",
                catalogue_version="1",
                source="hand",
                present_since=place.at.date(),
                severity_since=place.at.date(),
                rules_version="1",
            )
            for number in range(300)
        )
    (risks,) = (each for each in sources() if each.model == "mitigations.Risk")
    Entry.objects.filter(source="mitigations.risk").delete()
    with django_assert_max_num_queries(7):
        assert len(index_rows(risks, ids=[row.pk for row in rows])) == 300
    assert Use.objects.count() == 1
