"""Risks follow the assessment: one per use and signal, open while a side calls it present."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from commonweal_web.house.refusals import Conflict, NotAllowed, NotHere, Refused
from commonweal_web.job_impact.events import SignalBecamePresent, SignalNoLongerPresent
from commonweal_web.mitigations import actions, queries
from commonweal_web.mitigations.models import Risk, StandingPresent
from commonweal_web.people.queries import operator
from commonweal_web.record.action import action
from commonweal_web.systems import actions as systems
from factories.mitigations import Workplace, a_judged_risk, a_risk, a_workplace
from factories.workplaces import a_group


def tell(place: Workplace, event: Any) -> None:
    with action(
        "tests.assessment", organisation=place.organisation, by=operator(), at=place.at
    ) as act:
        act.emit(event)


def present(place: Workplace, *, side: str = "workers", group: UUID | None = None) -> Risk:
    tell(place, SignalBecamePresent(place.use.pk, "RS10", group, side))
    return Risk.objects.get(use=place.use, signal="RS10")


def absent(place: Workplace, *, side: str = "workers", group: UUID | None = None) -> None:
    tell(place, SignalNoLongerPresent(place.use.pk, "RS10", group, side))


def test_a_present_signal_opens_a_risk_for_everybody_the_use_touches(place: Workplace) -> None:
    risk = present(place)
    assert [str(group) for group in queries.groups_of_risk(risk)] == ["Drivers"]
    assert (risk.source, risk.present_since) == ("signal", place.at.date())
    assert risk.title == "Less predictable schedules"


def test_a_second_side_joins_the_same_risk(place: Workplace) -> None:
    first = present(place)
    assert present(place, side="experts").pk == first.pk
    assert StandingPresent.objects.filter(risk=first).count() == 2


def test_the_same_side_said_twice_stands_once(place: Workplace) -> None:
    present(place)
    assert StandingPresent.objects.filter(risk=present(place)).count() == 1


def test_groups_are_added_to_a_risk_one_by_one(place: Workplace) -> None:
    other = a_group(place.organisation, at=place.at, name="Pickers")
    systems.touch_group(**place.by(place.lead), use=place.use, group=other)
    risk = present(place, group=place.group.pk)
    assert len(queries.groups_of_risk(risk)) == 1
    present(place, group=other.pk)
    assert len(queries.groups_of_risk(risk)) == 2


def test_a_group_touched_later_joins_a_risk_that_is_everybodys(place: Workplace) -> None:
    risk = present(place)
    other = a_group(place.organisation, at=place.at, name="Pickers")
    systems.touch_group(**place.by(place.lead), use=place.use, group=other)
    assert {str(group) for group in queries.groups_of_risk(risk)} == {"Drivers", "Pickers"}


def test_people_outside_the_roster_can_be_touched(place: Workplace) -> None:
    systems.touch_outsiders(
        **place.by(place.lead),
        use=place.use,
        outside_name="Applicants",
        outside_count=300,
        outside_source="last year",
    )
    groups = queries.groups_of_risk(present(place))
    assert {(str(each), each.people) for each in groups} == {("Drivers", 20), ("Applicants", 300)}


def test_a_chance_opens_no_risk(place: Workplace) -> None:
    tell(place, SignalBecamePresent(place.use.pk, "OS2", None, "workers"))
    assert not Risk.objects.exists()


def test_the_risk_stays_while_another_side_calls_it_present(place: Workplace) -> None:
    present(place)
    present(place, side="management")
    absent(place, side="management")
    assert Risk.objects.get().closed_on is None


def test_the_risk_leaves_with_the_last_present_and_comes_back(place: Workplace) -> None:
    risk = present(place)
    absent(place)
    risk.refresh_from_db()
    assert risk.closed_on == place.at.date()
    assert risk.closed_because
    assert present(place).closed_on is None


def test_a_signal_nobody_knew_of_is_taken_back_quietly(place: Workplace) -> None:
    absent(place)
    assert not Risk.objects.exists()


def test_nobody_closes_a_risk_that_workers_call_present(place: Workplace) -> None:
    risk = present(place)
    with pytest.raises(Conflict, match="workers’ side calls this present"):
        actions.close_risk(**place.by(place.representative), risk=risk, reason="Enough.")


def test_nobody_closes_a_risk_that_management_calls_present(place: Workplace) -> None:
    risk = present(place, side="management")
    with pytest.raises(Conflict, match="A side still calls this present"):
        actions.close_risk(**place.by(place.lead), risk=risk, reason="Enough.")


def test_management_closes_its_own_risk_with_a_reason(place: Workplace) -> None:
    risk = a_judged_risk(place)
    with pytest.raises(Refused, match="Write why"):
        actions.close_risk(**place.by(place.owner), risk=risk, reason=" ")
    closed = actions.close_risk(**place.by(place.owner), risk=risk, reason="Planner switched off.")
    assert closed.closed_on == place.at.date()
    with pytest.raises(Conflict, match="closed"):
        actions.close_risk(**place.by(place.owner), risk=risk, reason="Again.")


def test_management_cannot_close_what_the_workers_side_entered(place: Workplace) -> None:
    risk = a_risk(place, by=place.representative)
    with pytest.raises(NotAllowed, match="workers’ side entered"):
        actions.close_risk(**place.by(place.lead), risk=risk, reason="We disagree.")
    actions.close_risk(**place.by(place.representative), risk=risk, reason="It was solved.")


def test_a_signal_has_one_risk_per_use(place: Workplace) -> None:
    present(place)
    with pytest.raises(Conflict, match="Open that one"):
        a_risk(place, signal="RS10")


@pytest.mark.parametrize(
    ("details", "message"),
    [
        ({"title": " "}, "what could go wrong"),
        ({"signal": "OS2"}, "a chance"),
        ({"signal": "RS99"}, "RS99"),
        ({"groups": set()}, "at least one"),
    ],
)
def test_an_unfit_risk_is_refused(place: Workplace, details: dict[str, Any], message: str) -> None:
    with pytest.raises(Refused, match=message):
        a_risk(place, **details)


def test_another_use_owner_may_not_answer_this_use(place: Workplace) -> None:
    other = a_workplace(place.organisation, at=place.at, name="Pickers")
    risk = a_risk(place)
    with pytest.raises(NotAllowed, match="Somebody else answers"):
        actions.close_risk(**place.by(other.owner), risk=risk, reason="Not mine.")


def test_a_risk_of_another_organisation_is_not_here(
    place: Workplace, other_organisation: Any
) -> None:
    risk = a_risk(place)
    with pytest.raises(NotHere):
        queries.risk_of(other_organisation, pk=risk.pk)
