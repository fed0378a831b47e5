"""Duties are noted in the transaction of what brought them about, and never set back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from commonweal_web.disclosure import actions, queries
from commonweal_web.disclosure.models import DutyMet, KnownSince
from commonweal_web.mitigations import actions as mitigations
from commonweal_web.people.queries import operator
from commonweal_web.systems import actions as systems
from commonweal_web.workplaces import actions as workplaces
from factories.disclosure import (
    ADVERTISED,
    MULTIPLE,
    SEVERE,
    SHARE,
    a_commitment,
    a_risk,
    judge,
    publish,
)
from factories.systems import a_use

STRICTER = {"kind": "severity", "at_least": 3}


def money(use: Any, given: Any, **stated: Any) -> None:
    """State the money of a use; nothing unless given."""
    usual = {
        "currency": "EUR",
        "cost_change_minor": None,
        "revenue_change_minor": None,
        "change_since": None,
        "return_multiple_hundredths": None,
    }
    systems.state_money(**given, use=use, **{**usual, **stated})


def only_duty(organisation: Any) -> DutyMet:
    """The one standing duty."""
    (duty,) = queries.standing_duties(organisation)
    return duty


def test_a_severe_risk_is_noted_as_it_is_judged(organisation: Any, use: Any, now: Any) -> None:
    a_commitment(organisation, at=now)
    a_risk(use, at=now)
    duty = only_duty(organisation)
    assert (duty.use_id, duty.since, duty.disclosed_on) == (use.pk, now.date(), None)
    assert duty.reasons == [
        {"kind": "severity", "since": now.date().isoformat(), "detail": ["scale"]}
    ]


def test_a_duty_is_gone_when_what_brought_it_about_fails(
    organisation: Any, use: Any, now: Any
) -> None:
    a_commitment(organisation, at=now)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        a_risk(use, at=now)
        raise ZeroDivisionError
    assert not DutyMet.objects.exists()


@pytest.mark.parametrize("scores", [(3, 3, 3), (3, 0, 0)])
def test_a_risk_below_the_mark_is_no_duty(
    organisation: Any, use: Any, now: Any, scores: Any
) -> None:
    a_commitment(organisation, at=now)
    a_risk(use, at=now, scores=scores)
    assert not queries.standing_duties(organisation)


def test_a_risk_that_nobody_fully_judged_is_named_as_undecided(
    organisation: Any, use: Any, now: Any
) -> None:
    a_commitment(organisation, at=now)
    a_risk(use, at=now, scores=(3, None, 1))
    found = queries.finding(organisation, on=now.date())
    assert found is not None
    assert [each.title for each in found.unjudged] == ["Less notice for shift changes"]
    assert not queries.standing_duties(organisation)


def test_a_commitment_finds_the_risks_that_were_there_before_it(
    organisation: Any, use: Any, now: Any
) -> None:
    a_risk(use, at=now)
    assert not queries.standing_duties(organisation)
    later = now + timedelta(days=3)
    a_commitment(organisation, at=later)
    assert only_duty(organisation).since == later.date()


def test_time_alone_brings_a_commitment_into_force(organisation: Any, use: Any, now: Any) -> None:
    begins = now + timedelta(days=5)
    a_commitment(organisation, at=now, in_force_from=begins.date())
    a_risk(use, at=now)
    assert actions.note_where_due(at=now) == 0
    assert actions.note_where_due(at=begins + timedelta(days=2)) == 1
    assert only_duty(organisation).since == begins.date()
    assert actions.note_where_due(at=begins + timedelta(days=2)) == 0


def test_a_new_version_never_sets_the_days_back(organisation: Any, use: Any, now: Any) -> None:
    a_commitment(organisation, at=now)
    a_risk(use, at=now)
    later = now + timedelta(days=20)
    a_commitment(organisation, STRICTER, at=later)
    duty = only_duty(organisation)
    assert (duty.since, duty.commitment) == (now.date(), 2)


def test_judging_anew_never_sets_the_days_back(organisation: Any, use: Any, now: Any) -> None:
    a_commitment(organisation, at=now)
    risk = a_risk(use, at=now)
    later = now + timedelta(days=20)
    judge(risk, at=later, facets={"scale": 5, "scope": 4, "irremediability": 4})
    duty = only_duty(organisation)
    assert duty.since == now.date()
    assert duty.reasons[0]["detail"] == ["scale", "irremediability", "scope"]


def test_days_are_counted_from_the_day_it_was_met(organisation: Any, use: Any, now: Any) -> None:
    a_commitment(organisation, at=now)
    a_risk(use, at=now)
    (late,) = queries.undisclosed_uses(organisation, on=now.date() + timedelta(days=12))
    assert (late.days, late.use) == (12, use)


def test_a_duty_ends_when_its_risk_is_closed_and_that_stays_visible(
    organisation: Any, use: Any, now: Any, given: Any
) -> None:
    a_commitment(organisation, at=now)
    risk = a_risk(use, at=now)
    mitigations.close_risk(**given, risk=risk, reason="The function was taken out.")
    assert not queries.standing_duties(organisation)
    (ended,) = queries.ended_duties(organisation)
    assert ended.ended_on == now.date()


def test_an_advertised_capability_discloses_small_risks_too(
    organisation: Any, use: Any, now: Any, given: Any
) -> None:
    a_commitment(organisation, ADVERTISED, at=now)
    a_risk(use, at=now, scores=(1, 1, 1))
    assert not queries.standing_duties(organisation)
    later = {**given, "at": now + timedelta(days=2)}
    claim = systems.state_claim(
        **later,
        use=use,
        quote="Saves 25 hours.",
        source="Brochure",
        measure="Hours saved",
        value_hundredths=2500,
    )
    assert only_duty(organisation).since == later["at"].date()
    systems.remove_claim(**{**given, "at": now + timedelta(days=3)}, claim=claim)
    assert not queries.standing_duties(organisation)


def test_a_claim_counts_from_the_day_it_became_known(
    organisation: Any, use: Any, now: Any, given: Any
) -> None:
    systems.state_claim(
        **given, use=use, quote="25", source="Ad", measure="hours saved", value_hundredths=2500
    )
    a_commitment(organisation, ADVERTISED, at=now)
    later = now + timedelta(days=30)
    assert actions.note_where_due(at=later) == 0
    a_risk(use, at=later, scores=(0, 0, 0))
    reason = only_duty(organisation).reasons[0]
    assert (reason["since"], reason["detail"]) == (later.date().isoformat(), ["25"])
    assert KnownSince.objects.get(use=use).since == now.date()


@pytest.mark.parametrize(("hundredths", "met"), [(1000, False), (1001, True), (None, False)])
def test_a_return_counts_only_above_its_mark(
    organisation: Any, use: Any, now: Any, given: Any, hundredths: int | None, met: bool
) -> None:
    a_commitment(organisation, MULTIPLE, at=now)
    a_risk(use, at=now, scores=(1, 0, 0))
    money(use, given, return_multiple_hundredths=hundredths)
    assert bool(queries.standing_duties(organisation)) is met


def with_annual_costs(given: Any, *, currency: str = "EUR") -> None:
    """Costs of 1,000,000.00 and revenue of 2,000,000.00 in 2025."""
    from commonweal.shared.money import Money

    workplaces.state_year(
        **given,
        year=2025,
        costs=Money(currency, 100_000_000),
        revenue=Money(currency, 200_000_000),
        source="annual report",
    )


def test_all_uses_together_pass_the_share_of_costs(
    organisation: Any, use: Any, now: Any, given: Any
) -> None:
    with_annual_costs(given)
    a_commitment(organisation, SHARE, at=now)
    a_risk(use, at=now, scores=(0, 0, 0))
    other = systems.register_use(**given, name="Pace", system_name="Pace")
    day = now.date()
    money(use, given, cost_change_minor=-5_000_000, change_since=day)
    assert not queries.standing_duties(organisation)
    money(other, given, cost_change_minor=-1, change_since=day)
    assert only_duty(organisation).reasons[0]["detail"] == ["costs"]


def test_figures_entered_later_are_evaluated_at_once(
    organisation: Any, use: Any, now: Any, given: Any
) -> None:
    a_commitment(organisation, SHARE, at=now)
    a_risk(use, at=now, scores=(0, 0, 0))
    money(use, given, revenue_change_minor=30_000_000, change_since=now.date())
    found = queries.finding(organisation, on=now.date())
    assert found is not None
    assert found.missing == ("revenue 2025",)
    with_annual_costs(given)
    assert len(queries.standing_duties(organisation)) == 1
    assert actions.note_where_due(at=now) == 0


def test_money_in_another_currency_is_named_and_never_added(
    organisation: Any, use: Any, now: Any, given: Any
) -> None:
    with_annual_costs(given)
    a_commitment(organisation, SHARE, at=now)
    a_risk(use, at=now, scores=(0, 0, 0))
    money(use, given, currency="USD", cost_change_minor=-90_000_000, change_since=now.date())
    assert not queries.standing_duties(organisation)
    found = queries.finding(organisation, on=now.date())
    assert found is not None
    assert found.missing == ("Shift planner: state its money in EUR",)


def test_only_the_house_itself_notes_duties(given: Any) -> None:
    from commonweal_web.house.refusals import NotAllowed

    with pytest.raises(NotAllowed):
        actions.note_duties(**given)


def test_evaluating_costs_the_same_for_many_uses(
    organisation: Any, use: Any, now: Any, django_assert_max_num_queries: Any
) -> None:
    a_commitment(organisation, SEVERE, ADVERTISED, MULTIPLE, SHARE, at=now)
    for number in range(12):
        a_risk(a_use(organisation, at=now, name=f"Use {number}"), at=now)
    with django_assert_max_num_queries(24):
        found = queries.finding(organisation, on=now.date())
    assert found is not None
    assert len(found.evaluation.duties) == 12


def test_a_risk_judged_anew_looks_at_its_own_use_alone(
    organisation: Any, use: Any, now: Any, django_assert_num_queries: Any
) -> None:
    a_commitment(organisation, SEVERE, ADVERTISED, MULTIPLE, SHARE, at=now)
    a_risk(use, at=now)
    by = {"organisation": organisation, "by": operator(), "at": now, "uses": (use.pk,)}
    with CaptureQueriesContext(connection) as alone:
        assert actions.note_duties(**by) == 0
    for number in range(12):
        a_risk(a_use(organisation, at=now, name=f"Use {number}"), at=now)
    with django_assert_num_queries(len(alone)):
        assert actions.note_duties(**by) == 0
    found = queries.finding(organisation, on=now.date(), uses=(use.pk,))
    assert found is not None
    assert {risk.use for risk in found.risks.values()} == {use.pk}


def test_money_of_every_use_counts_also_where_one_is_looked_at(
    organisation: Any, use: Any, now: Any, given: Any
) -> None:
    with_annual_costs(given)
    a_commitment(organisation, SHARE, at=now)
    other = systems.register_use(**given, name="Pace", system_name="Pace")
    money(other, given, cost_change_minor=-5_000_001, change_since=now.date())
    assert not queries.standing_duties(organisation)
    a_risk(use, at=now, scores=(0, 0, 0))
    assert only_duty(organisation).use_id == use.pk


def test_looking_at_one_use_leaves_the_duties_of_others_standing(
    organisation: Any, use: Any, now: Any
) -> None:
    a_commitment(organisation, at=now)
    a_risk(a_use(organisation, at=now, name="Pace"), at=now)
    a_risk(use, at=now)
    assert len(queries.standing_duties(organisation)) == 2
    actions.note_duties(organisation=organisation, by=operator(), at=now, uses=(use.pk,))
    assert len(queries.standing_duties(organisation)) == 2
    assert actions.note_where_due(at=now) == 0


def test_duties_of_another_organisation_stay_its_own(
    organisation: Any, other_organisation: Any, use: Any, other_use: Any, now: Any
) -> None:
    a_commitment(organisation, at=now)
    a_risk(other_use, at=now)
    assert not DutyMet.objects.exists()
    a_commitment(other_organisation, at=now)
    assert only_duty(other_organisation).use == other_use
    assert not queries.standing_duties(organisation)


def test_a_duty_that_was_disclosed_stays_so(organisation: Any, use: Any, now: Any) -> None:
    a_commitment(organisation, at=now)
    a_risk(use, at=now)
    publish(use, at=now + timedelta(days=4))
    assert only_duty(organisation).disclosed_on == date(2026, 11, 27)
    actions.note_duties(organisation=organisation, by=operator(), at=now + timedelta(days=9))
    assert only_duty(organisation).disclosed_on == date(2026, 11, 27)
