"""How grave and how likely a risk is, said by each side, and changes of its class."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from commonweal.mitigations.classes import ClassChangeError
from commonweal.shared.severity import FACETS
from commonweal_web.house.refusals import Conflict, NotAllowed, Refused
from commonweal_web.mitigations.actions.settling import (
    may_touch,
    must_be_present,
    must_say,
    person_id,
    settle,
    side_of,
)
from commonweal_web.mitigations.models import (
    ClassChange,
    ClassSignOff,
    Judgement,
    LikelihoodView,
    Risk,
)
from commonweal_web.mitigations.models.words import Likelihood, Phase, SeverityClass
from commonweal_web.mitigations.permissions import CHANGE_CLASS, JUDGE_RISK
from commonweal_web.mitigations.queries.as_domain import class_change_value
from commonweal_web.mitigations.queries.rules import rules_in_force
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.action import Act, action
from commonweal_web.record.actor import Actor


def judge_severity(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    risk: Risk,
    harm: str,
    facets: Mapping[str, int | None],
    reasons: Mapping[str, str],
    phase: str = Phase.INHERENT,
) -> Judgement:
    """Say for one kind of harm how bad, for how many, and how hard to undo.

    A side's new judgement of the same harm takes the place of its old one; the other sides'
    judgements stay, and the risk takes the worst of all, facet by facet.
    """
    with action("mitigations.judge_severity", organisation=organisation, by=by, at=at) as act:
        risk = may_touch(act, JUDGE_RISK, risk=risk)
        must_be_present(risk)
        for name in FACETS:
            if facets.get(name) is not None and not reasons.get(name, "").strip():
                raise Refused(
                    "reason_missing",
                    _("Write why, so that others can follow."),
                    where=f"{name}_because",
                )
        judgement = store_judgement(
            act, risk=risk, harm=harm, phase=phase, facets=facets, reasons=reasons
        )
        settle(act, risk)
        return judgement


def store_judgement(
    act: Act,
    *,
    risk: Risk,
    harm: str,
    phase: str,
    facets: Mapping[str, int | None],
    reasons: Mapping[str, str],
) -> Judgement:
    """Store a judgement in the place of this side's last one, by the rules in force."""
    rules = rules_in_force(act.organisation)
    side = side_of(act)
    last = Judgement.objects.of(act.organisation).filter(
        risk=risk, harm=harm, phase=phase, side=side, is_current=True
    )
    for row in last:
        act.change(row, is_current=False)
    act.change(risk, rules=rules.file, rules_version=rules.version)
    return act.create(
        Judgement(
            organisation=act.organisation,
            risk=risk,
            phase=phase,
            harm=harm,
            side=side,
            named_author_id=person_id(act),
            rules=rules.file,
            rules_version=rules.version,
            at=act.at,
            **{name: facets.get(name) for name in FACETS},
            **{f"{name}_because": reasons.get(name, "").strip() for name in FACETS},
        )
    )


def judge_likelihood(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    risk: Risk,
    likelihood: str,
    reason: str,
) -> LikelihoodView:
    """Say how likely the harm is; the likeliest that any side finds orders the queue."""
    with action("mitigations.judge_likelihood", organisation=organisation, by=by, at=at) as act:
        risk = may_touch(act, JUDGE_RISK, risk=risk)
        must_be_present(risk)
        because = must_say(reason, where="reason", message=_("Write what makes you say so."))
        if likelihood not in Likelihood.values:
            raise Refused("likelihood_unknown", _("Choose how likely it is."), where="likelihood")
        side = side_of(act)
        for row in risk.likelihoods.filter(side=side, is_current=True):
            act.change(row, is_current=False)
        view = act.create(
            LikelihoodView(
                organisation=organisation,
                risk=risk,
                side=side,
                likelihood=likelihood,
                reason=because,
                named_author_id=person_id(act),
                at=at,
            )
        )
        settle(act, risk)
        return view


def change_class(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    risk: Risk,
    to: int,
    reason: str,
) -> ClassChange:
    """Raise the class, as a representative alone may, or ask for it to be lowered.

    A lowering counts once two people have signed it, one of them a representative.
    """
    with action("mitigations.change_class", organisation=organisation, by=by, at=at) as act:
        risk = may_touch(act, CHANGE_CLASS, risk=risk)
        must_be_present(risk)
        if to not in SeverityClass.values:
            raise Refused("class_unknown", _("Choose a class."), where="to")
        if (
            risk.class_changes.filter(counts_since__isnull=True).exists()
            and to < risk.severity_class
        ):
            raise Conflict("change_waits", _("A lowering waits to be signed already."), where="to")
        _refuse_unfit(act, risk=risk, to=to, reason=reason)
        change = act.create(
            ClassChange(
                organisation=organisation,
                risk=risk,
                changed_from=risk.severity_class,
                changed_to=to,
                reason=reason.strip(),
                asked_at=at,
            )
        )
        return _sign(act, change=change)


def _refuse_unfit(act: Act, *, risk: Risk, to: int, reason: str) -> None:
    """Refuse what no further signature could mend."""
    signed = [(str(act.by.account_id), act.role)]
    if to < risk.severity_class:
        signed.append(("somebody else", "worker_representative"))
    try:
        class_change_value(
            changed_from=risk.severity_class, changed_to=to, reason=reason, signed=signed
        )
    except ClassChangeError as error:
        where = "to" if reason.strip() else "reason"
        raise Refused("class_change_unfit", str(error), where=where) from error


def sign_class_change(
    *, organisation: Organisation, by: Actor, at: datetime, change: ClassChange
) -> ClassChange:
    """Sign a lowering that somebody else asked for."""
    with action("mitigations.sign_class_change", organisation=organisation, by=by, at=at) as act:
        risk = may_touch(act, CHANGE_CLASS, risk=change.risk)
        must_be_present(risk)
        change = act.lock(ClassChange, change.pk)
        if change.counts_since is not None:
            raise Conflict("counts_already", _("This change counts already."))
        if change.changed_from != risk.severity_class:
            raise Conflict(
                "class_moved", _("The class has changed since. Ask anew for what you want now.")
            )
        if change.sign_offs.filter(account_id=person_id(act)).exists():
            raise NotAllowed(
                "signed_already", _("You signed this. A second person must sign too.")
            )
        return _sign(act, change=change)


def _sign(act: Act, *, change: ClassChange) -> ClassChange:
    act.create(
        ClassSignOff(
            organisation=act.organisation,
            change=change,
            account_id=person_id(act),
            role=act.role,
            at=act.at,
        )
    )
    if not _is_signed(change):
        return change
    act.change(change, counts_since=act.at)
    settle(act, act.lock(Risk, change.risk_id))
    return change


def _is_signed(change: ClassChange) -> bool:
    try:
        class_change_value(
            changed_from=change.changed_from,
            changed_to=change.changed_to,
            reason=change.reason,
            signed=[(str(each.account_id), each.role) for each in change.sign_offs.all()],
        )
    except ClassChangeError:
        return False
    return True
