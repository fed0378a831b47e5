"""Passing gates: signatures, overrides, votes held on paper, and the step itself."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.systems.gates import YEARLY_REVIEW, Gate, GateDecision, GateOutcome
from commonweal.systems.requirements import Requirement, Role
from commonweal.systems.stages import Stage
from commonweal_web.house.refusals import Conflict, NotAllowed, Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.queries import holds_only_for
from commonweal_web.record.action import Act, action
from commonweal_web.record.actor import Actor
from commonweal_web.systems.actions.telling import DECIDED, tell_next_signers, tell_touched
from commonweal_web.systems.events import StageEntered
from commonweal_web.systems.models import GateSignature, Override, StageChange, Use
from commonweal_web.systems.permissions import OVERRIDE_GATE, SIGN_GATE
from commonweal_web.systems.queries import decide, gate_of, override_open
from commonweal_web.systems.queries.gates import gate_file, no_such_step, visit_of
from commonweal_web.systems.queries.uses import sites_touched

YEAR = timedelta(days=365)


def sign_gate(
    *, organisation: Organisation, by: Actor, at: datetime, use: Use, entering: str, role: str
) -> GateDecision:
    """Let a use pass a gate, in one of the roles the gate asks for.

    The use goes on as soon as the last signature is there. While a gap is open nobody can sign.
    """
    with action("systems.sign_gate", organisation=organisation, by=by, at=at) as act:
        act.may(SIGN_GATE)
        use = act.lock(Use, use.pk)
        gate = _gate_into(use, entering=entering)
        _check_signer(act, use=use, gate=gate, role=role)
        _refuse_gaps(decide(use, gate=gate, at=at))
        _store_signature(act, use=use, gate=gate, role=role)
        return _go_on_if_decided(act, use=use, gate=gate)


def withdraw_signature(
    *, organisation: Organisation, by: Actor, at: datetime, signature: GateSignature
) -> GateSignature:
    """Take one's own signature back before the gate is passed."""
    with action("systems.withdraw_signature", organisation=organisation, by=by, at=at) as act:
        act.may(SIGN_GATE)
        use = act.lock(Use, signature.use_id)
        signature = act.lock(GateSignature, signature.pk)
        if signature.account_id != by.account_id:
            raise NotAllowed("other_signature", _("Only whoever signed can take it back."))
        gate = gate_of(use)
        waits = gate is not None and visit_of(use, gate=gate) == signature.visit
        if signature.withdrawn_at or not waits or use.stage != signature.from_stage:
            raise Conflict("signature_settled", _("The gate was passed with this signature."))
        return act.change(signature, withdrawn_at=act.at)


def _gate_into(use: Use, *, entering: str) -> Gate:
    """The gate before a stage, or a refusal that says which step is possible."""
    gate = gate_of(use)
    if gate is None or gate.entering.value != entering:
        raise no_such_step(use, entering=entering)
    return gate


def _check_signer(act: Act, *, use: Use, gate: Gate, role: str) -> None:
    if role not in {each.value for each in gate.passed_by}:
        asked = ", ".join(each.words for each in gate.passed_by)
        raise NotAllowed(
            "role_not_asked",
            _("This gate is passed by: %(roles)s.") % {"roles": asked},
            where="role",
        )
    if role not in act.by.roles:
        raise NotAllowed(
            "role_not_held", _("You do not hold the role “%(role)s”.") % {"role": role}
        )
    if role == Role.USE_OWNER and use.owner_id not in act.by.stands_for:
        raise NotAllowed("other_owner", _("Somebody else answers for this use."))
    _refuse_elsewhere(act, use=use, role=role)
    act.role = role


def _refuse_elsewhere(act: Act, *, use: Use, role: str) -> None:
    """A role that is limited to sites signs for uses that touch one of them."""
    held = next(grant for grant in act.by.grants if grant.role == role)
    if held.sites and not held.sites & sites_touched(use):
        raise NotAllowed(
            "other_site", _("You hold this role at another site. Ask whoever holds it here.")
        )


def _refuse_gaps(decision: GateDecision) -> None:
    if decision.gaps:
        raise Conflict("gaps_open", _open_words(decision.gaps), where="gate")


def _open_words(gaps: tuple[Requirement, ...]) -> str:
    listed = "; ".join(f"{gap.title} ({gap.role.words})" for gap in gaps)
    return ngettext(
        "The gate is shut. %(count)s thing is missing: %(gaps)s.",
        "The gate is shut. %(count)s things are missing: %(gaps)s.",
        len(gaps),
    ) % {"count": len(gaps), "gaps": listed}


def _store_signature(act: Act, *, use: Use, gate: Gate, role: str) -> None:
    place = {
        "use": use,
        "from_stage": gate.leaving.value,
        "to_stage": gate.entering.value,
        "visit": visit_of(use, gate=gate),
        "role": role,
        "signed_file": gate_file(use, gate=gate, at=act.at),
        "withdrawn_at": None,
    }
    here = {key: value for key, value in place.items() if value is not None}
    signed = GateSignature.objects.of(act.organisation).filter(**here, withdrawn_at__isnull=True)
    if signed.exists():
        raise Conflict(
            "already_signed",
            _("Somebody has signed as %(role)s already.") % {"role": Role(role).words},
        )
    act.create(
        GateSignature(
            organisation=act.organisation,
            account_id=signer_of(act),
            signed_at=act.at,
            **place,
        )
    )


def signer_of(act: Act) -> UUID:
    """The account that acts; a command signs nothing."""
    if act.by.account_id is None:
        raise NotAllowed("nobody_signs", _("Only a person can sign. Use the page of the gate."))
    return act.by.account_id


def _go_on_if_decided(act: Act, *, use: Use, gate: Gate) -> GateDecision:
    decision = decide(use, gate=gate, at=act.at)
    if decision.passes:
        _enter(act, use=use, gate=gate, decision=decision)
    else:
        tell_next_signers(act, use=use, gate=gate, decision=decision)
    return decision


def _enter(act: Act, *, use: Use, gate: Gate, decision: GateDecision) -> None:
    override = override_open(use, gate=gate)
    overridden = decision.outcome is GateOutcome.PASSED_BY_OVERRIDE and override is not None
    change = StageChange(
        organisation=act.organisation,
        use=use,
        from_stage=gate.leaving.value,
        to_stage=gate.entering.value,
        way=_way(gate, overridden=overridden),
        requirements=_what_was_missing(use, gate=gate, at=act.at) if overridden else [],
        changed_at=act.at,
        first_executive_id=override.asked_by_id if overridden and override else None,
        second_executive_id=override.agreed_by_id if overridden and override else None,
        reason=override.reason if overridden and override else "",
    )
    act.create(change)
    act.change(use, **_after(gate, act=act, use=use))
    act.emit(
        StageEntered(
            use=use.pk,
            from_stage=gate.leaving.value,
            to_stage=gate.entering.value,
            way=change.way,
        )
    )
    tell_touched(act, use=use, kind=DECIDED)


def _way(gate: Gate, *, overridden: bool) -> str:
    if overridden:
        return StageChange.Way.OVERRIDDEN
    return StageChange.Way.RENEWED if gate is YEARLY_REVIEW else StageChange.Way.PASSED


def _what_was_missing(use: Use, *, gate: Gate, at: datetime) -> list[dict[str, str]]:
    """What an override covers, in the organisation's language: not in that of who agreed last."""
    with translation.override(use.organisation.language):
        return [_kept(each) for each in decide(use, gate=gate, at=at).overridden]


def _kept(requirement: Requirement) -> dict[str, str]:
    return {
        "code": requirement.code,
        "title": requirement.title,
        "state": requirement.state.value,
        "detail": requirement.detail,
        "role": requirement.role.value,
    }


def _after(gate: Gate, *, act: Act, use: Use) -> dict[str, object]:
    day = act.at.date()
    if gate is YEARLY_REVIEW:
        return {"review_on": day + YEAR}
    review = day + YEAR if gate.entering is Stage.IN_USE else use.review_on
    return {"stage": gate.entering.value, "stage_since": day, "review_on": review}


def ask_override(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    use: Use,
    entering: str,
    reason: str,
) -> Override:
    """Ask to pass a gate although evidence is missing. A second executive must agree."""
    with action("systems.ask_override", organisation=organisation, by=by, at=at) as act:
        act.may(OVERRIDE_GATE)
        use = act.lock(Use, use.pk)
        gate = _gate_into(use, entering=entering)
        if not reason.strip():
            raise Refused(
                "reason_missing",
                _("Write the reason. Everyone who works here can read it."),
                where="reason",
            )
        _refuse_uncoverable(decide(use, gate=gate, at=at).gaps)
        if override_open(use, gate=gate) is not None:
            raise Conflict("override_open", _("An override of this gate is already open."))
        return act.create(
            Override(
                organisation=organisation,
                use=use,
                from_stage=gate.leaving.value,
                to_stage=gate.entering.value,
                visit=visit_of(use, gate=gate),
                signed_file=gate_file(use, gate=gate, at=act.at),
                reason=reason,
                asked_by_id=signer_of(act),
                asked_at=act.at,
            )
        )


def _refuse_uncoverable(gaps: tuple[Requirement, ...]) -> None:
    beyond = tuple(gap for gap in gaps if not gap.may_be_overridden)
    if beyond:
        raise Conflict(
            "never_overridden",
            _("Nobody can override this: %(gaps)s.")
            % {"gaps": "; ".join(gap.title for gap in beyond)},
        )
    if not gaps:
        raise Conflict("nothing_missing", _("No evidence is missing, so nothing to override."))


def agree_override(
    *, organisation: Organisation, by: Actor, at: datetime, override: Override
) -> GateDecision:
    """Agree, as a second executive; the use goes on when the workers' side has signed too."""
    with action("systems.agree_override", organisation=organisation, by=by, at=at) as act:
        act.may(OVERRIDE_GATE)
        use = act.lock(Use, override.use_id)
        override = act.lock(Override, override.pk)
        gate = _gate_into(use, entering=override.to_stage)
        if _is_one_voice(override, by=by, on=at.date()):
            raise NotAllowed(
                "same_executive", _("An override needs two people. Ask another executive.")
            )
        if override.agreed_by_id or override.withdrawn_at:
            raise Conflict("override_settled", _("This override was agreed or withdrawn."))
        _refuse_uncoverable(decide(use, gate=gate, at=at).gaps)
        if override.signed_file != gate_file(use, gate=gate, at=at):
            raise Conflict(
                "file_changed",
                _("The use has changed since this was asked. Take it back and ask anew."),
            )
        act.change(override, agreed_by_id=by.account_id, agreed_at=act.at)
        return _go_on_if_decided(act, use=use, gate=gate)


def _is_one_voice(override: Override, *, by: Actor, on: date) -> bool:
    """Whether the two are one person, or one of them only stands in for the other."""
    first, second = override.asked_by_id, by.account_id
    held: dict[str, Any] = {"among": OVERRIDE_GATE.roles, "on": on}
    where = override.organisation
    return (
        first == second
        or holds_only_for(where, second, holder=first, **held)
        or holds_only_for(where, first, holder=second, **held)
    )


def withdraw_override(
    *, organisation: Organisation, by: Actor, at: datetime, override: Override
) -> Override:
    """Take an override back before the gate is passed."""
    with action("systems.withdraw_override", organisation=organisation, by=by, at=at) as act:
        act.may(OVERRIDE_GATE)
        use = act.lock(Use, override.use_id)
        override = act.lock(Override, override.pk)
        if override.withdrawn_at or not _still_waits(override, use=use):
            raise Conflict(
                "override_settled",
                _("This override was used or taken back already. What it did stays on file."),
            )
        return act.change(override, withdrawn_at=act.at)


def _still_waits(override: Override, *, use: Use) -> bool:
    """Whether the gate that an override is for has not been passed since."""
    gate = gate_of(use)
    if gate is None or gate.entering.value != override.to_stage:
        return False
    return visit_of(use, gate=gate) == override.visit
