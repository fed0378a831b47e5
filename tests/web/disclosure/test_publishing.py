"""Pages are published in versions; nothing is edited, nothing is deleted, all is on the record."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from commonweal.systems.gates import GATES, TO_IN_USE, YEARLY_REVIEW
from commonweal.systems.requirements import RequirementState
from commonweal_web.disclosure import actions, queries
from commonweal_web.disclosure.models import PublishedPage
from commonweal_web.disclosure.panels import waiting, what_the_public_reads
from commonweal_web.house.refusals import Conflict, NotAllowed, Refused
from commonweal_web.mitigations import actions as mitigations
from commonweal_web.people.queries import operator
from commonweal_web.record.action import action
from commonweal_web.record.queries import verify_record
from commonweal_web.systems import actions as systems
from factories.disclosure import a_commitment, a_risk, an_actor, judge, publish


def test_a_page_names_each_risk_for_whom_and_since_when(
    organisation: Any, use: Any, now: Any
) -> None:
    a_commitment(organisation, at=now)
    a_risk(use, at=now)
    published = publish(use, at=now + timedelta(days=2))
    (line,) = published.page.payload["lines"]
    assert published.is_new
    assert line["for_whom"] == [
        {"name": "contract drivers", "people": "31", "vulnerable_because": ""},
        {"name": "night pickers", "people": "under 10", "vulnerable_because": ""},
    ]
    assert (line["since"], line["published_on"]) == ("2026-11-23", "2026-11-25")
    assert (line["days_undisclosed"], line["mitigations"]) == (2, [])


def test_publishing_twice_without_a_change_makes_one_version(
    organisation: Any, use: Any, now: Any
) -> None:
    a_commitment(organisation, at=now)
    a_risk(use, at=now)
    first = publish(use, at=now)
    again = publish(use, at=now + timedelta(days=9))
    assert (again.is_new, again.page) == (False, first.page)
    assert len(queries.pages_of(organisation, use=use)) == 1


def test_a_change_makes_a_new_version_and_the_old_one_stays(
    organisation: Any, use: Any, now: Any
) -> None:
    a_commitment(organisation, at=now)
    a_risk(use, at=now)
    first = publish(use, at=now).page
    before = dict(first.payload)
    a_risk(use, at=now, title="Break time shrinks")
    second = publish(use, at=now).page
    assert (first.number, second.number) == (1, 2)
    assert queries.page_numbered(organisation, use=use, number=1).payload == before
    (change,) = queries.changes(before, second.payload)
    assert (change.kind, change.after) == ("added", "Break time shrinks")
    assert change.what == "Disclosed risk · “Break time shrinks”"


def test_answers_reach_the_public_once_accepted(
    organisation: Any, use: Any, now: Any, given: Any
) -> None:
    a_commitment(organisation, at=now)
    risk = a_risk(use, at=now)
    publish(use, at=now)
    answer = mitigations.propose_mitigation(
        **given, risk=risk, kind="reduce", text="Seven days’ notice"
    )
    assert not publish(use, at=now).is_new
    mitigations.accept_mitigation(
        organisation=organisation,
        by=an_actor(organisation, "worker_representative", "registrar", at=now),
        at=now,
        mitigation=answer,
        groups=list(risk.groups.values_list("pk", flat=True)),
        decision="minutes of 23 November",
    )
    state = queries.use_states([use], on=now.date())[use.pk]
    assert (state.undisclosed, state.is_outdated) == (None, True)
    (line,) = publish(use, at=now).page.payload["lines"]
    assert line["mitigations"] == [
        {"text": "Seven days’ notice", "state": "accepted", "date": "2026-11-23"}
    ]


def test_nothing_is_published_before_there_is_a_commitment(use: Any, now: Any) -> None:
    with pytest.raises(Refused, match="No commitment is in force"):
        publish(use, at=now)
    assert not PublishedPage.objects.exists()


@pytest.mark.parametrize("role", ["use_owner", "executive", "worker_representative", "worker"])
def test_only_the_people_lead_publishes(
    organisation: Any, use: Any, now: Any, actor: Any, role: str
) -> None:
    a_commitment(organisation, at=now)
    with pytest.raises(NotAllowed):
        publish(use, at=now, by=actor(role))


def test_the_page_of_the_organisation_follows(organisation: Any, use: Any, now: Any) -> None:
    a_commitment(organisation, at=now)
    assert queries.page_numbered(organisation, use=None).number == 1
    a_risk(use, at=now)
    publish(use, at=now)
    page = queries.page_numbered(organisation, use=None)
    assert page.number == 2
    assert [each["name"] for each in page.payload["uses"]] == ["Shift planner"]


def test_the_page_of_the_organisation_is_not_published_twice(
    organisation: Any, now: Any, given: Any
) -> None:
    a_commitment(organisation, at=now)
    assert not actions.publish_organisation_page(**given).is_new


def test_what_was_promised_cannot_be_withdrawn(
    organisation: Any, use: Any, now: Any, given: Any
) -> None:
    a_commitment(organisation, at=now)
    a_risk(use, at=now)
    publish(use, at=now)
    with pytest.raises(Refused, match="stays public"):
        actions.withdraw_use_page(**given, use=use, reason="We would rather not.")


def test_withdrawing_is_a_last_version_that_says_why(
    organisation: Any, use: Any, now: Any, given: Any
) -> None:
    a_commitment(organisation, at=now)
    publish(use, at=now)
    with pytest.raises(Refused, match="why"):
        actions.withdraw_use_page(**given, use=use, reason=" ")
    withdrawn = actions.withdraw_use_page(**given, use=use, reason="The use never began.")
    assert (withdrawn.number, withdrawn.is_withdrawn) == (2, True)
    assert len(queries.pages_of(organisation, use=use)) == 2
    assert queries.page_numbered(organisation, use=None).payload["uses"] == []
    with pytest.raises(Conflict):
        actions.withdraw_use_page(**given, use=use, reason="Again.")


def test_the_id_of_a_page_follows_from_what_it_says(organisation: Any, use: Any, now: Any) -> None:
    a_commitment(organisation, at=now)
    published = publish(use, at=now).page
    page = PublishedPage.objects.get(pk=published.pk)
    document = queries.document_of(page, slug=organisation.slug)
    assert queries.page_id(document) == page.pk
    assert queries.page_id({**document, "version": 2}) != page.pk
    assert queries.step_on_record(organisation, page=page) is not None


@pytest.mark.parametrize(("table", "column"), [("dutymet", "title"), ("commitmentversion", "why")])
def test_an_edit_around_the_software_is_found(
    organisation: Any, use: Any, now: Any, table: str, column: str
) -> None:
    a_commitment(organisation, at=now)
    a_risk(use, at=now)
    publish(use, at=now)
    assert not verify_record(organisation).problems
    with (
        action("tests.edit", organisation=organisation, by=operator(), at=now),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE disclosure_{table} SET {column} = 'harmless'")
    assert verify_record(organisation).problems


def test_one_number_is_given_once(organisation: Any, use: Any, now: Any) -> None:
    a_commitment(organisation, at=now)
    page = publish(use, at=now).page
    twin = PublishedPage(
        organisation=organisation, use=use, number=page.number, payload={}, published_at=now
    )
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        action("tests.twin", organisation=organisation, by=operator(), at=now) as act,
    ):
        act.create(twin)


def gate(use: Any, now: Any, *, at: Any = TO_IN_USE) -> Any:
    """What this room asks of a use at a gate."""
    (asked,) = queries.disclosure_up_to_date([use], gate=at, at=now)[use.pk]
    return asked


def test_the_gate_asks_only_before_use_and_each_year(use: Any, now: Any) -> None:
    asked = [each for each in GATES if queries.disclosure_up_to_date([use], gate=each, at=now)]
    assert asked == [TO_IN_USE, YEARLY_REVIEW]


def test_the_gate_follows_the_disclosure(organisation: Any, use: Any, now: Any) -> None:
    assert "no public commitment" in gate(use, now).detail
    a_commitment(organisation, at=now)
    assert gate(use, now).state is RequirementState.MET
    risk = a_risk(use, at=now, scores=(3, None, 0))
    assert gate(use, now).state is RequirementState.UNKNOWN
    judge(risk, at=now, facets={"scale": 4, "scope": 1, "irremediability": 0})
    assert "undisclosed for 3 days" in gate(use, now + timedelta(days=3)).detail
    publish(use, at=now)
    assert gate(use, now, at=YEARLY_REVIEW).state is RequirementState.MET


def test_the_gate_costs_the_same_for_many_uses(
    organisation: Any, use: Any, now: Any, given: Any, django_assert_max_num_queries: Any
) -> None:
    a_commitment(organisation, at=now)
    uses = [
        systems.register_use(**given, name=f"Use {number}", system_name="One")
        for number in range(8)
    ]
    for each in uses:
        a_risk(each, at=now)
        publish(each, at=now)
    with django_assert_max_num_queries(40):
        asked = queries.disclosure_up_to_date([use, *uses], gate=TO_IN_USE, at=now)
    assert all(each[0].state is RequirementState.MET for each in asked.values())


def test_the_panel_of_a_use_names_the_days(
    organisation: Any, use: Any, now: Any, actor: Any
) -> None:
    a_commitment(organisation, at=now)
    a_risk(use, at=now)
    panel = what_the_public_reads(use, actor=actor("people_lead"), at=now + timedelta(days=5))
    assert panel is not None
    assert panel.context["state"].undisclosed.days == 5


def test_people_leads_and_signers_are_told_what_waits(
    organisation: Any, use: Any, now: Any, actor: Any
) -> None:
    lead, worker_side = actor("people_lead"), actor("worker_representative")
    asked = {"organisation": organisation, "at": now}
    assert [each.title for each in waiting(actor=lead, **asked)] == ["Write the public commitment"]
    a_commitment(organisation, at=now)
    a_risk(use, at=now)
    assert [each.title for each in waiting(actor=lead, **asked)] == [
        "Publish the page of Shift planner"
    ]
    assert not waiting(actor=worker_side, **asked)
    a_commitment(organisation, {"kind": "severity", "at_least": 5}, at=now)
    assert len(waiting(actor=worker_side, **asked)) == 1
