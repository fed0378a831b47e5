"""Answers: proposed by any side, accepted by the groups, carried out, checked."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest

from commonweal.mitigations.risk import answered
from commonweal_web.house.refusals import Conflict, NotAllowed, Refused
from commonweal_web.job_impact.events import SignalBecamePresent
from commonweal_web.mitigations import actions, queries
from commonweal_web.mitigations.models import ChangeOrStop, Mitigation, Risk
from commonweal_web.mitigations.queries.as_domain import answered_until
from commonweal_web.mitigations.queries.states import state_tag
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.queries import operator
from commonweal_web.record.action import action
from commonweal_web.record.models import Opening
from commonweal_web.systems import actions as systems
from commonweal_web.systems.models import Use
from commonweal_web.workplaces import actions as workplaces
from factories.mitigations import (
    Workplace,
    a_checked_answer,
    a_judged_risk,
    a_risk,
    a_workplace,
    accept,
    an_accepted_answer,
    an_answer,
    judge,
)
from factories.people import a_person
from factories.workplaces import a_group

DUE = date(2027, 1, 31)


def whole(risk: Risk) -> Risk:
    return queries.risk_of(risk.organisation_id, pk=risk.pk)


def refuse(place: Workplace, answer: Mitigation, **details: Any) -> Mitigation:
    usual = {"reason": "Two weeks are too short.", "decision": "Minutes 4"}
    return actions.refuse_mitigation(
        **place.by(place.representative),
        mitigation=answer,
        group=answer.groups.get().risk_group_id,
        **{**usual, **details},
    )


def test_a_risk_is_answered_once_accepted_with_somebody_and_a_day(place: Workplace) -> None:
    risk = a_judged_risk(place)
    assert whole(risk).answered_until is None
    answer = accept(place, an_answer(place, risk))
    assert (answer.state, whole(risk).answered_until) == ("accepted", None)
    actions.assign_owner_and_due(
        **place.by(place.owner), mitigation=answer, owner=place.owner, due=DUE
    )
    assert whole(risk).answered_until == DUE


def test_the_stored_day_is_the_last_on_which_the_rules_call_it_answered(place: Workplace) -> None:
    risk = a_judged_risk(place)
    an_accepted_answer(place, risk, due=DUE)
    value = queries.risk_value(whole(risk))
    assert answered_until(value) == DUE
    assert answered(value, on=DUE)
    assert not answered(value, on=DUE.replace(month=2, day=1))


def test_an_overdue_answer_no_longer_counts(place: Workplace) -> None:
    risk = a_judged_risk(place)
    an_accepted_answer(place, risk, due=DUE)
    later = date(2027, 2, 1)
    assert state_tag(whole(risk), on=later).kind == "gap"
    assert queries.queue(place.organisation, on=later, state="open").get() == risk
    assert not queries.queue(place.organisation, on=DUE, state="open").exists()
    assert queries.queue(place.organisation, on=DUE, state="answered").get() == risk


def test_an_answer_that_was_carried_out_has_no_end(place: Workplace) -> None:
    risk = a_judged_risk(place)
    a_checked_answer(place, risk, due=DUE)
    assert whole(risk).answered_until == date.max
    assert state_tag(whole(risk), on=DUE).text == "accepted, checked 23 November"


def test_refusal_by_one_group_refuses_the_whole_answer(place: Workplace) -> None:
    pickers = a_group(place.organisation, at=place.at, name="Pickers")
    systems.touch_group(**place.by(place.lead), use=place.use, group=pickers)
    risk = a_judged_risk(place)
    answer = an_answer(place, risk)
    one, two = (each.risk_group_id for each in answer.groups.all())
    given = {**place.by(place.representative), "mitigation": answer, "decision": "Minutes 4"}
    assert actions.accept_mitigation(**given, groups=[one]).state == "proposed"
    assert actions.refuse_mitigation(**given, group=two, reason="Not for us.").state == "refused"
    with pytest.raises(Conflict, match="no longer open"):
        actions.accept_mitigation(**given, groups=[two])


def test_a_refusal_says_why(place: Workplace) -> None:
    with pytest.raises(Refused, match="write why"):
        refuse(place, an_answer(place, a_judged_risk(place)), reason=" ")


def test_a_decision_says_where_it_is_written_down(place: Workplace) -> None:
    with pytest.raises(Refused, match="where this was decided") as refused:
        refuse(place, an_answer(place, a_judged_risk(place)), decision=" ")
    assert refused.value.where == "decision"


def test_management_cannot_accept_for_workers(place: Workplace) -> None:
    answer = an_answer(place, a_judged_risk(place))
    group = answer.groups.get().risk_group_id
    with pytest.raises(NotAllowed):
        actions.accept_mitigation(
            **place.by(place.lead), mitigation=answer, groups=[group], decision="Board"
        )


def test_a_representative_of_another_site_cannot_accept(place: Workplace) -> None:
    other = a_group(place.organisation, at=place.at)
    stranger = a_person(
        place.organisation, "worker_representative", at=place.at, site_id=other.site_id
    )
    answer = an_answer(place, a_judged_risk(place))
    with pytest.raises(NotAllowed, match="spoken for by Representative"):
        actions.accept_mitigation(
            **place.by(stranger),
            mitigation=answer,
            groups=[answer.groups.get().risk_group_id],
            decision="Minutes",
        )


def test_without_representatives_the_majority_decides_by_a_vote(
    organisation: Organisation, now: datetime
) -> None:
    place = a_workplace(organisation, at=now, represented=False)
    answer = accept(place, an_answer(place, a_judged_risk(place)))
    assert answer.state == "accepted"
    assert answer.acceptances.get().decided_by == "majority"


def test_a_decision_stays_made_when_representatives_change(
    organisation: Organisation, now: datetime
) -> None:
    place = a_workplace(organisation, at=now, represented=False)
    risk = a_judged_risk(place)
    an_accepted_answer(place, risk, due=DUE)
    a_person(organisation, "worker_representative", at=now)
    assert not queries.gaps_of(whole(risk), on=DUE)


def test_a_worker_proposes_without_being_named(place: Workplace) -> None:
    risk = a_risk(place)
    answer = an_answer(place, risk, by=place.worker, as_worker=True)
    comment = actions.comment_on_risk(
        **place.by(place.worker), risk=risk, text="We need a month.", as_worker=True
    )
    assert (answer.side, answer.named_author_id) == ("workers", None)
    assert (comment.side, comment.named_author_id) == ("workers", None)
    told = "".join(Opening.objects.values_list("payload", flat=True).order_by("-index")[:4])
    assert str(place.worker.pk) not in told


def test_a_worker_of_another_group_cannot_propose(place: Workplace) -> None:
    stranger = a_person(place.organisation, "worker", at=place.at)
    with pytest.raises(NotAllowed, match="do not belong"):
        an_answer(place, a_risk(place), by=stranger, as_worker=True)
    with pytest.raises(NotAllowed, match="do not belong"):
        actions.comment_on_risk(
            **place.by(stranger), risk=Risk.objects.get(), text="Hello", as_worker=True
        )


@pytest.mark.parametrize(
    "details", [{"text": " "}, {"kind": "pray"}, {"groups": []}, {"groups": [uuid4()]}]
)
def test_an_unfit_proposal_is_refused(place: Workplace, details: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        an_answer(place, a_risk(place), **details)


def test_an_answer_cannot_be_carried_out_before_it_is_accepted(place: Workplace) -> None:
    answer = an_answer(place, a_judged_risk(place))
    with pytest.raises(Conflict, match="cannot become"):
        actions.carry_out(**place.by(place.owner), mitigation=answer, note="Done.")


def test_a_day_in_the_past_is_refused(place: Workplace) -> None:
    answer = an_answer(place, a_judged_risk(place))
    with pytest.raises(Refused, match="later day"):
        actions.assign_owner_and_due(
            **place.by(place.owner), mitigation=answer, owner=place.owner, due=date(2026, 1, 1)
        )


def test_only_its_own_side_takes_an_answer_back(place: Workplace) -> None:
    answer = an_answer(place, a_judged_risk(place), by=place.representative)
    with pytest.raises(NotAllowed, match="Another side"):
        actions.withdraw_mitigation(**place.by(place.lead), mitigation=answer, reason="No.")
    given = {**place.by(place.representative), "mitigation": answer}
    assert actions.withdraw_mitigation(**given, reason="A better one.").state == "withdrawn"


def test_nobody_takes_back_what_a_worker_proposed(place: Workplace) -> None:
    answer = an_answer(place, a_judged_risk(place), by=place.worker, as_worker=True)
    with pytest.raises(NotAllowed, match="A worker proposed"):
        actions.withdraw_mitigation(
            **place.by(place.representative), mitigation=answer, reason="No."
        )


def test_what_remains_stands_beside_the_harm(place: Workplace) -> None:
    risk = a_judged_risk(place, facets=(4, 3, 3))
    answer = an_accepted_answer(place, risk, due=DUE)
    actions.carry_out(**place.by(place.owner), mitigation=answer, note="Done.")
    check = actions.check_effect(
        **place.by(place.owner),
        mitigation=answer,
        is_effective=True,
        evidence="Fewer late changes.",
        harm="pace",
        facets={"scale": 2, "scope": 1, "irremediability": 1},
    )
    assert (check.scale, whole(risk).residual_scale, whole(risk).inherent_scale) == (2, 2, 4)


def test_an_answer_that_works_can_be_checked_again(place: Workplace) -> None:
    answer = a_checked_answer(place, a_judged_risk(place), due=DUE)
    again = {**place.by(place.owner), "mitigation": answer, "evidence": "Asked again."}
    actions.check_effect(**again, is_effective=True)
    actions.check_effect(**again, is_effective=False)
    answer.refresh_from_db()
    assert answer.state == "not_effective"


def opened(risk: Risk) -> ChangeOrStop:
    return ChangeOrStop.objects.get(risk=risk, decided_on__isnull=True, ended_on__isnull=True)


def nothing_helps(place: Workplace, risk: Risk) -> ChangeOrStop:
    actions.say_nothing_helps(
        **place.by(place.representative), risk=risk, reason="Two answers failed."
    )
    return opened(risk)


def decide(place: Workplace, decision: ChangeOrStop, by: Any, outcome: str) -> ChangeOrStop:
    return actions.decide_change_or_stop(
        **place.by(by),
        decision=decision,
        outcome=outcome,
        reason="It hurts people.",
        reference="Board 12",
    )


def test_saying_that_nothing_helps_opens_a_decision(place: Workplace) -> None:
    risk = a_judged_risk(place)
    decision = nothing_helps(place, risk)
    assert (decision.weight, decision.because) == ("serious", "Two answers failed.")
    with pytest.raises(Conflict, match="already"):
        nothing_helps(place, risk)


def test_an_answer_that_failed_opens_the_decision_when_none_is_left(place: Workplace) -> None:
    risk = a_judged_risk(place)
    a_checked_answer(place, risk, due=DUE, works=False)
    decision = opened(risk)
    an_answer(place, risk, text="Another try.")
    decision.refresh_from_db()
    assert decision.ended_on == place.at.date()


def test_an_answer_that_failed_opens_nothing_while_another_is_on_the_table(
    place: Workplace,
) -> None:
    risk = a_judged_risk(place)
    an_answer(place, risk, text="Another try.")
    a_checked_answer(place, risk, due=DUE, works=False)
    assert not ChangeOrStop.objects.exists()


def test_management_may_always_stop(place: Workplace) -> None:
    risk = a_judged_risk(place)
    decide(place, nothing_helps(place, risk), place.owner, "stop")
    assert Use.objects.get(pk=place.use.pk).stage == "stopping"
    assert whole(risk).answered_until == date.max
    assert state_tag(whole(risk), on=DUE).text == "decided: stop"


def test_a_use_that_stops_already_is_not_stopped_twice(place: Workplace) -> None:
    risk = a_judged_risk(place)
    decision = nothing_helps(place, risk)
    systems.stop_use(
        **place.by(place.lead), use=place.use, reason="Over.", stopping_on=place.at.date()
    )
    assert decide(place, decision, place.executive, "stop").outcome == "stop"


def test_a_vulnerable_group_makes_it_weigh_more(organisation: Organisation, now: datetime) -> None:
    place = a_workplace(organisation, at=now)
    workplaces.mark_vulnerable(
        **place.by(place.representative), group=place.group, because="Agency contracts"
    )
    decision = nothing_helps(place, a_judged_risk(place))
    assert decision.weight == "heavier_a_vulnerable_group_is_hit"
    assert decision.vulnerable == [["Drivers", "Agency contracts"]]
    with pytest.raises(NotAllowed, match="only an executive"):
        decide(place, decision, place.owner, "change")
    assert decide(place, decision, place.executive, "change").outcome == "change"


def test_a_decision_is_made_once(place: Workplace) -> None:
    decision = nothing_helps(place, a_judged_risk(place))
    decide(place, decision, place.executive, "change")
    with pytest.raises(Conflict, match="decided already"):
        decide(place, decision, place.executive, "stop")


def test_workers_cannot_be_made_to_decide_it(place: Workplace) -> None:
    decision = nothing_helps(place, a_judged_risk(place))
    with pytest.raises(NotAllowed):
        decide(place, decision, place.representative, "change")


def test_a_present_after_the_change_reopens_the_question(place: Workplace) -> None:
    def tell(side: str) -> None:
        with action(
            "tests.assessment", organisation=place.organisation, by=operator(), at=place.at
        ) as act:
            act.emit(SignalBecamePresent(place.use.pk, "RS10", None, side))

    tell("management")
    risk = Risk.objects.get()
    judge(place, risk, by=place.owner, facets=(3, 2, 2))
    decide(place, nothing_helps(place, risk), place.executive, "change")
    assert whole(risk).answered_until == date.max
    tell("workers")
    assert whole(risk).answered_until is None
