"""What the assessment asks at each gate, answered for many uses at a constant price."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from commonweal.systems.gates import (
    TO_IN_USE,
    TO_PILOTING,
    TO_PROCURING,
    TO_SELECTING,
    YEARLY_REVIEW,
    Gate,
)
from commonweal.systems.requirements import RequirementState, Role
from commonweal_web.job_impact.models import Assessment
from commonweal_web.job_impact.queries.gates import assessed
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.actor import Actor
from commonweal_web.systems.models import Use
from factories import job_impact as make

MET, GAP, UNKNOWN = RequirementState.MET, RequirementState.GAP, RequirementState.UNKNOWN


def states(use: Use, gate: Gate, *, at: datetime) -> dict[str, RequirementState]:
    """What is asked of one use at a gate."""
    return {each.code: each.state for each in assessed([use], gate=gate, at=at).get(use.pk, ())}


def test_the_first_gate_asks_for_no_assessment(use: Use, now: datetime) -> None:
    assert states(use, TO_SELECTING, at=now) == {}


def test_before_buying_the_likely_signals_must_have_been_answered_by_the_workers_side_too(
    organisation: Organisation, use: Use, driver: Actor, now: datetime
) -> None:
    assert states(use, TO_PROCURING, at=now) == {"likely_signals_assessed": GAP}
    run = make.an_assessment(organisation, at=now, use=use, scope="likely")
    lead = make.an_actor(organisation, "people_lead", at=now)
    make.every_signal_answered(run, by=lead, at=now)
    (gap,) = assessed([use], gate=TO_PROCURING, at=now)[use.pk]
    assert (gap.state, gap.role) == (GAP, Role.PEOPLE_LEAD)
    assert "workers’ side" in gap.detail
    make.a_view(run, by=driver, at=now, signal=run.signals[0])
    assert states(use, TO_PROCURING, at=now) == {"likely_signals_assessed": MET}


def test_of_an_unclassified_use_nobody_knows_what_is_likely(
    organisation: Organisation, now: datetime
) -> None:
    from commonweal_web.systems import actions as systems

    lead = make.an_actor(organisation, "people_lead", at=now)
    use = systems.register_use(
        organisation=organisation, by=lead, at=now, name="Bare", system_name=""
    )
    assert states(use, TO_PROCURING, at=now) == {"likely_signals_assessed": UNKNOWN}


def test_before_use_the_whole_list_must_be_assessed_and_the_run_closed(
    use: Use, assessment: Assessment, driver: Actor, actor: Callable[..., Actor], now: datetime
) -> None:
    make.every_signal_answered(assessment, by=actor("people_lead"), at=now)
    make.a_view(assessment, by=driver, at=now)
    (asked,) = assessed([use], gate=TO_IN_USE, at=now)[use.pk]
    assert (asked.state, asked.detail) == (GAP, "The assessment is not closed yet.")


def test_an_unpaid_contributor_holds_every_gate_from_buying_on(
    use: Use, assessment: Assessment, now: datetime
) -> None:
    make.a_contributor(assessment, at=now)
    due_day = datetime(2026, 12, 18, 12, tzinfo=UTC)
    assert states(use, TO_PILOTING, at=due_day) == {"contributors_paid": MET}
    late = due_day + timedelta(days=1)
    assert states(use, TO_PILOTING, at=late) == {"contributors_paid": GAP}


def test_a_year_without_a_closed_run_is_a_gap(use: Use, now: datetime) -> None:
    assert states(use, YEARLY_REVIEW, at=now) == {"assessed_again": GAP}


def test_many_uses_cost_no_more_statements_than_one(
    organisation: Organisation,
    now: datetime,
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    uses = [make.an_assessment(organisation, at=now).use for _each in range(4)]
    with django_assert_max_num_queries(9):  # type: ignore[attr-defined]
        assert len(assessed(uses, gate=TO_IN_USE, at=now)) == 4
