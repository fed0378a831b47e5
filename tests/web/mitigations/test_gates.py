"""What risks ask of a use at a gate, on its page, and of the room of disclosure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from commonweal.systems.gates import (
    GATES,
    TO_IN_USE,
    TO_PILOTING,
    TO_PROCURING,
    YEARLY_REVIEW,
    Gate,
)
from commonweal.systems.requirements import Requirement, RequirementState
from commonweal_web.mitigations import actions, queries
from commonweal_web.mitigations.house_parts import promises, risks_of_use, waiting
from commonweal_web.mitigations.queries.requirements import GATE_REQUIREMENTS
from commonweal_web.people.models import Account
from commonweal_web.people.queries import actor_of
from commonweal_web.systems.models import Use
from factories.mitigations import (
    Workplace,
    a_checked_answer,
    a_judged_risk,
    a_risk,
    an_accepted_answer,
    an_answer,
)
from factories.systems import a_described_use

DUE = date(2027, 1, 31)


def asked(place: Workplace, gate: Gate, *, days: int = 0) -> list[Requirement]:
    at = place.at + timedelta(days=days)
    uses = [Use.objects.get(pk=place.use.pk)]
    return [
        each
        for ask in GATE_REQUIREMENTS
        for each in ask(uses, gate=gate, at=at).get(place.use.pk, ())
    ]


def gaps(place: Workplace, gate: Gate, *, days: int = 0) -> list[tuple[str, str]]:
    return [
        (each.detail, each.role.value)
        for each in asked(place, gate, days=days)
        if each.state is RequirementState.GAP
    ]


def test_without_risks_nothing_is_missing(place: Workplace) -> None:
    assert [gaps(place, gate) for gate in GATES] == [[]] * len(GATES)


def test_an_unanswered_risk_is_a_gap_before_the_pilot_and_later(place: Workplace) -> None:
    a_judged_risk(place)
    gap = [("no accepted answer", "use_owner")]
    assert gaps(place, TO_PROCURING) == []
    assert gaps(place, TO_PILOTING) == gaps(place, TO_IN_USE) == gap
    assert gaps(place, YEARLY_REVIEW) == gap


def test_a_proposal_is_the_workers_move(place: Workplace) -> None:
    an_answer(place, a_judged_risk(place))
    assert gaps(place, TO_PILOTING) == [("no accepted answer", "worker_representative")]


def test_an_accepted_answer_opens_the_pilot_but_not_the_roll_out(place: Workplace) -> None:
    an_accepted_answer(place, a_judged_risk(place), due=DUE)
    assert gaps(place, TO_PILOTING) == []
    assert len(gaps(place, TO_IN_USE)) == 1
    assert "check whether it works" in gaps(place, TO_IN_USE)[0][0]


def test_a_checked_answer_is_asked_for_again_after_a_year(place: Workplace) -> None:
    a_checked_answer(place, a_judged_risk(place), due=DUE)
    assert gaps(place, TO_IN_USE) == gaps(place, YEARLY_REVIEW) == []
    assert len(gaps(place, YEARLY_REVIEW, days=400)) == 1


def test_an_open_change_or_stop_is_a_gap_at_every_gate(place: Workplace) -> None:
    risk = a_judged_risk(place)
    actions.say_nothing_helps(**place.by(place.owner), risk=risk, reason="We tried.")
    for gate in GATES:
        assert any("Nothing helps" in detail for detail, _role in gaps(place, gate))


def test_a_closed_risk_asks_nothing(place: Workplace) -> None:
    risk = a_judged_risk(place)
    actions.close_risk(**place.by(place.owner), risk=risk, reason="Switched off.")
    assert gaps(place, TO_IN_USE) == []


def test_many_uses_cost_as_much_as_one(
    place: Workplace, django_assert_max_num_queries: Any
) -> None:
    uses = [place.use]
    for number in range(4):
        use = a_described_use(
            place.organisation,
            at=place.at,
            owner=place.owner,
            groups=(place.group,),
            name=f"Use {number}",
        )
        uses.append(use)
        a_risk(place, use=use, title=f"Risk {number}")
    an_answer(place, a_judged_risk(place))
    with django_assert_max_num_queries(11):
        found = {ask: ask(uses, gate=TO_IN_USE, at=place.at) for ask in GATE_REQUIREMENTS}
    assert all(len(each) == 5 for ask, each in found.items() if ask is not GATE_REQUIREMENTS[1])
    with django_assert_max_num_queries(9):
        assert len(queries.risks_for_disclosure(place.organisation, on=DUE)) == 5


def test_disclosure_reads_everything_that_a_commitment_may_ask(place: Workplace) -> None:
    risk = a_judged_risk(place, facets=(4, 2, 3))
    an_answer(place, risk, text="Only proposed.")
    a_checked_answer(place, risk, due=DUE)
    (found,) = queries.risks_for_disclosure(place.organisation, on=DUE)
    assert (found.id, found.use, found.title) == (risk.pk, place.use.pk, risk.title)
    assert (found.facets.scale, found.facets.scope, found.facets.irremediability) == (4, 2, 3)
    assert [(group.name, group.people) for group in found.groups] == [("Drivers", 20)]
    assert [(each.state, each.on) for each in found.mitigations] == [
        ("effective", place.at.date())
    ]
    assert found.present_since == found.severity_since == place.at.date()


def titles(place: Workplace, account: Account) -> list[str]:
    by = actor_of(account, on=place.at.date())
    found = waiting(actor=by, organisation=place.organisation, at=place.at)
    return [str(each.title) for each in found]


def test_each_waits_for_what_only_they_can_do(place: Workplace) -> None:
    risk = a_judged_risk(place)
    answer_it = [f"Answer “{risk.title}”"]
    assert (titles(place, place.owner), titles(place, place.representative)) == (answer_it, [])
    an_answer(place, risk)
    assert titles(place, place.representative) == [f"Accept or refuse an answer to “{risk.title}”"]
    actions.say_nothing_helps(**place.by(place.owner), risk=risk, reason="We tried.")
    assert titles(place, place.executive) == [f"Change “{place.use.name}”, or stop it"]


@pytest.mark.parametrize(("who", "shown"), [("lead", True), ("worker", False)])
def test_the_page_of_a_use_shows_its_risks_to_who_may_see_them(
    place: Workplace, who: str, shown: bool
) -> None:
    a_risk(place)
    by = actor_of(getattr(place, who), on=place.at.date())
    panel = risks_of_use(place.use, actor=by, at=place.at)
    assert (panel is not None) == shown
    assert panel is None or len(panel.context["unjudged"]) == 1


def test_an_accepted_answer_is_a_promise_until_it_is_carried_out(place: Workplace) -> None:
    risk = a_judged_risk(place)
    answer = an_accepted_answer(place, risk, due=DUE)
    (promise,) = promises(place.use, at=place.at)
    assert answer.text in promise
    actions.carry_out(**place.by(place.owner), mitigation=answer, note="Done.")
    assert promises(place.use, at=place.at) == []
