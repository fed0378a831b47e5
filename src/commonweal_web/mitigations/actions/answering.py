"""Answers to a risk: proposed by any side, accepted by the groups, carried out, checked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from commonweal.mitigations import mitigation as rules_for
from commonweal.shared.severity import FACETS
from commonweal_web.house.refusals import Conflict, NotAllowed, Refused
from commonweal_web.mitigations.actions.judging import store_judgement
from commonweal_web.mitigations.actions.settling import (
    may_touch,
    must_be_present,
    must_say,
    named_account,
    person_id,
    settle,
    side_of,
)
from commonweal_web.mitigations.actions.telling import tell_speakers
from commonweal_web.mitigations.models import (
    Acceptance,
    EffectCheck,
    Mitigation,
    MitigationGroup,
    Risk,
    RiskGroup,
)
from commonweal_web.mitigations.models.words import DecidedBy, Kind, Phase, State
from commonweal_web.mitigations.permissions import (
    CARRY_ANSWER,
    CHECK_EFFECT,
    DECIDE_FOR_GROUP,
    PROPOSE_ANSWER,
    PROPOSE_AS_WORKER,
)
from commonweal_web.mitigations.queries.as_domain import mitigation_value
from commonweal_web.mitigations.queries.risks import groups_of_risk
from commonweal_web.mitigations.queries.voices import author_mark, representatives_of, touches
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.queries import account_of
from commonweal_web.record.action import Act, action
from commonweal_web.record.actor import Actor

if TYPE_CHECKING:
    from commonweal_web.people.models import Account


def propose_mitigation(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    risk: Risk,
    kind: str,
    text: str,
    groups: Collection[UUID] | None = None,
    as_worker: bool = False,
) -> Mitigation:
    """Propose an answer. `groups` are ids of the risk's groups; None means all of them."""
    with action("mitigations.propose_mitigation", organisation=organisation, by=by, at=at) as act:
        risk = may_touch(act, PROPOSE_AS_WORKER if as_worker else PROPOSE_ANSWER, risk=risk)
        must_be_present(risk)
        must_touch_worker(act, risk=risk)
        said = must_say(text, where="text", message=_("Write what should be done."))
        if kind not in Kind.values:
            raise Refused("kind_unknown", _("Choose what the answer does."), where="kind")
        chosen = _chosen_groups(risk, groups=groups)
        proposal = act.create(
            Mitigation(
                organisation=organisation,
                risk=risk,
                kind=kind,
                text=said,
                side=side_of(act),
                author=author_mark(by, risk=risk),
                named_author_id=named_account(act),
                state_since=at.date(),
                proposed_at=at,
            )
        )
        act.create_many(
            MitigationGroup(organisation=organisation, mitigation=proposal, risk_group=group)
            for group in chosen
        )
        settle(act, risk)
        tell_speakers(act, risk=risk, groups=chosen)
        return proposal


def must_touch_worker(act: Act, *, risk: Risk) -> None:
    """Refuse a worker whose own groups the risk does not touch."""
    if act.role != "worker" or act.by.account_id is None:
        return
    account = account_of(act.organisation, pk=act.by.account_id)
    if account is None or not touches(account, risk=risk, on=act.at.date()):
        raise NotAllowed("other_group", _("This risk touches groups that you do not belong to."))


def _chosen_groups(risk: Risk, *, groups: Collection[UUID] | None) -> list[RiskGroup]:
    found = groups_of_risk(risk, keys=None if groups is None else [str(each) for each in groups])
    if not found or (groups is not None and len(found) != len(set(groups))):
        raise Refused(
            "group_unknown",
            _("Choose groups that this risk touches, at least one."),
            where="groups",
        )
    return found


def accept_mitigation(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    mitigation: Mitigation,
    groups: Collection[UUID],
    decision: str,
    reason: str = "",
) -> Mitigation:
    """Accept an answer for groups; it counts once every group it is for has accepted it.

    Representatives of a group accept for it. Where it has none, its majority does, and the
    registrar enters where that vote is written down.
    """
    with action("mitigations.accept_mitigation", organisation=organisation, by=by, at=at) as act:
        return _decide(
            act, answer=mitigation, groups=groups, decision=decision, reason=reason, accepted=True
        )


def refuse_mitigation(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    mitigation: Mitigation,
    group: UUID,
    decision: str,
    reason: str,
) -> Mitigation:
    """Refuse an answer for a group, with a reason; one group's refusal refuses the whole."""
    with action("mitigations.refuse_mitigation", organisation=organisation, by=by, at=at) as act:
        return _decide(
            act,
            answer=mitigation,
            groups=[group],
            decision=decision,
            reason=reason,
            accepted=False,
        )


def _decide(
    act: Act,
    *,
    answer: Mitigation,
    groups: Collection[UUID],
    decision: str,
    reason: str,
    accepted: bool,
) -> Mitigation:
    act.may(DECIDE_FOR_GROUP)
    risk = act.lock(Risk, answer.risk_id)
    must_be_present(risk)
    answer = act.lock(Mitigation, answer.pk)
    for group in _chosen_groups(risk, groups=groups):
        _decide_for(
            act, answer=answer, group=group, decision=decision, reason=reason, accepted=accepted
        )
    settle(act, risk)
    return answer


def _decide_for(
    act: Act, *, answer: Mitigation, group: RiskGroup, decision: str, reason: str, accepted: bool
) -> None:
    speaking = representatives_of(group, on=act.at.date())
    _refuse_outsider(act, group=group, speaking=speaking)
    body = DecidedBy.REPRESENTATIVES if speaking else DecidedBy.MAJORITY
    try:
        after = mitigation_value(answer).decided(
            rules_for.Acceptance(
                group=str(group.pk),
                decided_by=rules_for.DecidedBy(body.value),
                decision=decision,
                on=act.at.date(),
                accepted=accepted,
                reason=reason,
            ),
            has_representatives=bool(speaking),
        )
    except rules_for.MitigationError as error:
        raise _refusal(error, answer=answer, decision=decision) from error
    for row in answer.acceptances.filter(risk_group=group, is_current=True):
        act.change(row, is_current=False)
    act.create(
        Acceptance(
            organisation=act.organisation,
            mitigation=answer,
            risk_group=group,
            decided_by=body,
            account_id=person_id(act),
            decision=decision.strip(),
            accepted=accepted,
            reason=reason.strip(),
            at=act.at,
        )
    )
    _to_state(act, answer=answer, state=after.state)


def _refuse_outsider(act: Act, *, group: RiskGroup, speaking: list[Account]) -> None:
    if speaking and act.by.account_id not in {account.pk for account in speaking}:
        names = ", ".join(account.name for account in speaking[:5])
        raise NotAllowed(
            "not_their_representative",
            _("%(group)s is spoken for by %(names)s. Ask them to decide.")
            % {"group": str(group), "names": names},
        )


def _refusal(error: Exception, *, answer: Mitigation, decision: str) -> Refused:
    if answer.state != State.PROPOSED:
        message = _("This answer is no longer open for a decision. Propose a new one.")
        return Conflict("not_open", message)
    if not decision.strip():
        message = _("Write where this was decided: a meeting, minutes, a vote.")
        return Refused("decision_missing", message, where="decision")
    return Refused("decision_unfit", str(error), where="reason")


def _to_state(act: Act, *, answer: Mitigation, state: rules_for.State) -> None:
    if state.value != answer.state:
        act.change(answer, state=state.value, state_since=act.at.date())


def _moved(act: Act, *, answer: Mitigation, to: State) -> None:
    try:
        mitigation_value(answer).moved(rules_for.State(to.value))
    except rules_for.MitigationError as error:
        raise Conflict("wrong_state", str(error)) from error
    act.change(answer, state=to, state_since=act.at.date())


def assign_owner_and_due(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    mitigation: Mitigation,
    owner: Account,
    due: date,
) -> Mitigation:
    """Say who carries out an answer and by when."""
    kind = "mitigations.assign_owner_and_due"
    with action(kind, organisation=organisation, by=by, at=at) as act:
        risk = may_touch(act, CARRY_ANSWER, risk=mitigation.risk)
        must_be_present(risk)
        answer = act.lock(Mitigation, mitigation.pk)
        if answer.state not in (State.PROPOSED, State.ACCEPTED):
            raise Conflict("wrong_state", _("This answer is no longer waiting to be carried out."))
        if due < at.date():
            raise Refused("day_past", _("Choose today or a later day."), where="due")
        act.change(answer, owner=owner, due=due)
        settle(act, risk)
        return answer


def carry_out(
    *, organisation: Organisation, by: Actor, at: datetime, mitigation: Mitigation, note: str
) -> Mitigation:
    """Say that an accepted answer was carried out, and what was done."""
    with action("mitigations.carry_out", organisation=organisation, by=by, at=at) as act:
        risk = may_touch(act, CARRY_ANSWER, risk=mitigation.risk)
        must_be_present(risk)
        answer = act.lock(Mitigation, mitigation.pk)
        done = must_say(note, where="note", message=_("Write what was done."))
        _moved(act, answer=answer, to=State.CARRIED_OUT)
        act.change(answer, done_note=done)
        settle(act, risk)
        return answer


def withdraw_mitigation(
    *, organisation: Organisation, by: Actor, at: datetime, mitigation: Mitigation, reason: str
) -> Mitigation:
    """Take back an answer before it is carried out; workers read why.

    A side withdraws what it proposed, never a proposal of another side or of a worker.
    """
    with action("mitigations.withdraw_mitigation", organisation=organisation, by=by, at=at) as act:
        risk = may_touch(act, PROPOSE_ANSWER, risk=mitigation.risk)
        must_be_present(risk)
        answer = act.lock(Mitigation, mitigation.pk)
        because = must_say(reason, where="reason", message=_("Write why. Workers read it."))
        if answer.named_author_id is None:
            message = _("A worker proposed this. Accept it or refuse it, with a reason.")
            raise NotAllowed("worker_proposed", message)
        if answer.side != side_of(act):
            raise NotAllowed(
                "other_side", _("Another side proposed this. Only it may take it back.")
            )
        _moved(act, answer=answer, to=State.WITHDRAWN)
        act.change(answer, ended_because=because)
        settle(act, risk)
        return answer


def check_effect(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    mitigation: Mitigation,
    is_effective: bool,
    evidence: str,
    harm: str = "",
    facets: Mapping[str, int | None] | None = None,
) -> EffectCheck:
    """Say whether an answer works, what shows it, and, with a kind of harm, what remains."""
    with action("mitigations.check_effect", organisation=organisation, by=by, at=at) as act:
        risk = may_touch(act, CHECK_EFFECT, risk=mitigation.risk)
        must_be_present(risk)
        answer = act.lock(Mitigation, mitigation.pk)
        shown = must_say(evidence, where="evidence", message=_("Write what shows it."))
        state = State.EFFECTIVE if is_effective else State.NOT_EFFECTIVE
        if answer.state != State.EFFECTIVE or not is_effective:
            _moved(act, answer=answer, to=state)
        remaining = {name: (facets or {}).get(name) for name in FACETS}
        if harm:
            store_judgement(
                act,
                risk=risk,
                harm=harm,
                phase=Phase.RESIDUAL,
                facets=remaining,
                reasons=dict.fromkeys(FACETS, shown),
            )
        check = act.create(
            EffectCheck(
                organisation=organisation,
                mitigation=answer,
                side=side_of(act),
                account_id=person_id(act),
                is_effective=is_effective,
                evidence=shown,
                harm=harm,
                at=at,
                **(remaining if harm else {}),
            )
        )
        settle(act, risk)
        return check
