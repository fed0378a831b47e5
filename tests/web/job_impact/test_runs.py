"""Runs open, are compared, and close only when nothing is missing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from commonweal.job_impact.runs import not_yet_assessed
from commonweal_web.house.refusals import Conflict, NotAllowed, NotHere, Refused
from commonweal_web.job_impact import actions
from commonweal_web.job_impact.events import SignalBecamePresent, SignalNoLongerPresent
from commonweal_web.job_impact.models import Assessment
from commonweal_web.job_impact.queries import (
    all_signals,
    assessment_page,
    comparison,
    file_of,
    practices_ahead,
)
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.actor import Actor
from commonweal_web.systems import actions as systems
from commonweal_web.systems.models import Use
from factories import job_impact as make

LATER = timedelta(days=1)
OURS = (SignalBecamePresent, SignalNoLongerPresent)


def acting(organisation: Organisation, by: Actor, at: datetime) -> dict[str, Any]:
    """What every action takes."""
    return {"organisation": organisation, "by": by, "at": at}


def silent(use: Use, *, at: datetime) -> set[str]:
    """The signals that nobody answered since they were last asked."""
    return {signal for signal, _group in not_yet_assessed(file_of(use).run(on=at.date()))}


@pytest.fixture
def closed(
    assessment: Assessment,
    organisation: Organisation,
    driver: Actor,
    actor: Callable[..., Actor],
    now: datetime,
) -> Assessment:
    """A complete run that was closed."""
    lead = actor("people_lead")
    make.complete(assessment, worker=driver, lead=lead, at=now)
    return actions.close_assessment(
        **acting(organisation, lead, now + timedelta(minutes=1)),
        assessment=assessment,
        outcome="We wait for the pilot.",
    )


def test_the_likely_signals_come_first_and_are_enough_for_a_first_run(
    organisation: Organisation, use: Use, now: datetime
) -> None:
    run = make.an_assessment(organisation, at=now, use=use, scope="likely")
    assert 0 < len(run.signals) < 27
    assert "RS10" in run.signals


def test_a_use_of_which_nothing_is_known_goes_through_the_whole_list(
    organisation: Organisation, actor: Callable[..., Actor], now: datetime
) -> None:
    use = systems.register_use(
        **acting(organisation, actor("people_lead"), now), name="Unknown", system_name=""
    )
    with pytest.raises(Refused, match="Classify the use first"):
        make.an_assessment(organisation, at=now, use=use, scope="likely")
    assert len(make.an_assessment(organisation, at=now, use=use, scope="whole").signals) == 27


def test_two_runs_of_one_use_are_never_open_at_once(
    organisation: Organisation, assessment: Assessment, now: datetime
) -> None:
    with pytest.raises(Conflict, match="is open"):
        make.an_assessment(organisation, at=now, use=assessment.use)


@pytest.mark.parametrize("role", ["use_owner", "worker_representative", "worker", "expert"])
def test_only_the_people_lead_opens_a_run(
    organisation: Organisation, use: Use, actor: Callable[..., Actor], now: datetime, role: str
) -> None:
    with pytest.raises(NotAllowed):
        actions.open_assessment(**acting(organisation, actor(role), now), use=use)


def test_another_organisation_cannot_open_a_run_here(
    other_organisation: Organisation, use: Use, now: datetime
) -> None:
    stranger = make.an_actor(other_organisation, "people_lead", at=now)
    with pytest.raises(NotHere):
        actions.open_assessment(**acting(use.organisation, stranger, now), use=use)
    with pytest.raises(NotHere):
        actions.open_assessment(**acting(other_organisation, stranger, now), use=use)


def test_a_run_with_gaps_does_not_close_and_names_them(
    organisation: Organisation, assessment: Assessment, actor: Callable[..., Actor], now: datetime
) -> None:
    with pytest.raises(Refused, match="workers’ side has not spoken") as refusal:
        actions.close_assessment(
            **acting(organisation, actor("people_lead"), now),
            assessment=assessment,
            outcome="Done.",
        )
    assert refusal.value.code == "gaps"
    page = assessment_page(assessment.use, on=now.date())
    assert page
    told = " ".join(gap.text for gap in page.gaps)
    assert "27 signals are not yet assessed" in told
    assert "independent expert" in told
    assert "State which facts there are" in told


def test_a_complete_run_closes_and_tells_what_came_of_it(
    closed: Assessment, use: Use, now: datetime
) -> None:
    assert not closed.is_open
    page = assessment_page(use, on=now.date())
    assert page
    assert page.gaps == []
    assert page.assessment.closing_reason == "We wait for the pilot."


@pytest.mark.parametrize(("paid", "closes"), [(False, False), (True, True)])
def test_an_unpaid_fee_past_its_day_keeps_the_run_open(
    organisation: Organisation,
    assessment: Assessment,
    driver: Actor,
    actor: Callable[..., Actor],
    now: datetime,
    paid: bool,
    closes: bool,
) -> None:
    lead = actor("people_lead")
    make.complete(assessment, worker=driver, lead=lead, at=now)
    late = datetime(2026, 12, 19, 9, tzinfo=UTC)
    for part in assessment.contributors.all() if paid else ():
        actions.record_payment(
            **acting(organisation, lead, late), contributor=part, paid_on=date(2026, 12, 18)
        )
    close = acting(organisation, lead, late) | {"assessment": assessment, "outcome": "Done."}
    if closes:
        assert not actions.close_assessment(**close).is_open
    else:
        with pytest.raises(Refused, match="the day has passed"):
            actions.close_assessment(**close)


def test_a_closed_run_stays_as_it_was_when_a_later_one_says_otherwise(
    organisation: Organisation, closed: Assessment, use: Use, driver: Actor, now: datetime
) -> None:
    later = now + timedelta(days=40)
    second = make.an_assessment(organisation, at=later, use=use)
    make.a_view(second, by=driver, at=later, signal="RS10", answer="present")
    file = file_of(use)
    found = comparison(file, before=closed, after=second, on=later.date())
    assert [signal for signal, _group in found.newly_present] == ["RS10"]
    assert (
        not file.run(on=later.date(), assessment=closed)
        .cells["RS10", str(file.columns[0].key)]
        .is_present
    )


def test_a_new_run_without_a_task_asks_everything_anew(
    organisation: Organisation, closed: Assessment, use: Use, now: datetime
) -> None:
    later = now + timedelta(days=40)
    make.an_assessment(organisation, at=later, use=use)
    assert silent(use, at=later) == set(all_signals())


def test_the_closing_page_groups_practices_by_the_earliest_stage(
    use: Use, assessment: Assessment, driver: Actor, now: datetime
) -> None:
    make.a_view(assessment, by=driver, at=now, signal="RS10")
    ahead = practices_ahead(file_of(use).run(on=now.date()))
    found = {each.practice.id for _group, practices in ahead for each in practices}
    assert found == set(_practices_of("RS10"))


def _practices_of(signal: str) -> tuple[str, ...]:
    from commonweal.practices import catalogue

    return catalogue().signal(signal).practices
