"""A gate: what it asks, who signs, what can be overridden and what never can."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from commonweal.systems.requirements import Requirement, RequirementKind, Role
from commonweal_web.house.refusals import Conflict
from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.record.actor import Actor
from commonweal_web.systems import actions, queries
from commonweal_web.systems.forms.gates import OverrideForm, VoteForm
from commonweal_web.systems.models import Stage, Use
from commonweal_web.systems.page_parts import (
    MARK_OF_SIDE,
    ROLE_TITLES,
    STATE_WORDS,
    TAG_OF_STATE,
    address_of,
    role_title,
    stops_of,
)
from commonweal_web.systems.permissions import (
    OVERRIDE_GATE,
    RECORD_VOTE,
    SEE_USES,
    SIGN_GATE,
)
from commonweal_web.systems.queries.gates import no_such_step
from commonweal_web.systems.queries.whole_file import rail_of
from commonweal_web.systems.views.answers import acting, asked, is_done, the_use, trail_to
from commonweal_web.systems.views.use import gate_title

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@needs(SEE_USES)
def gate(request: PersonRequest, pk: UUID, entering: str) -> HttpResponse:
    """The gate into a stage; signing it is a POST with the role."""
    use = the_use(request, pk)
    if request.method == "POST":
        return _sign(request, use=use, entering=entering)
    view = queries.gate_view(use, at=request.now)
    if view is None or view.gate.entering.value != entering:
        return refused(request, use=use, refusal=no_such_step(use, entering=entering))
    return render(request, "systems/gate.html", _gate_context(request, use=use, view=view))


def _sign(request: PersonRequest, *, use: Use, entering: str) -> HttpResponse:
    request.actor.require(SIGN_GATE)
    try:
        decision = actions.sign_gate(
            **acting(request), use=use, entering=entering, role=request.POST.get("role", "")
        )
    except Conflict as refusal:
        return refused(request, use=the_use(request, use.pk), refusal=refusal)
    if decision.passes:
        messages.success(
            request,
            _("The gate is passed. The use is now: %(stage)s.") % {"stage": _words(entering)},
        )
        return redirect("desk:systems:use", pk=use.pk)
    messages.success(request, _("Signed. The gate opens once everybody it asks for has signed."))
    return redirect("desk:systems:gate", pk=use.pk, entering=entering)


@require_POST
@needs(SIGN_GATE)
def withdraw_signature(request: PersonRequest, pk: UUID, signature: UUID) -> HttpResponse:
    """Take one's own signature back."""
    use = the_use(request, pk)
    row = queries.signature_of(use, pk=signature)
    actions.withdraw_signature(**acting(request), signature=row)
    messages.success(request, _("Your signature is taken back."))
    return redirect("desk:systems:gate", pk=use.pk, entering=row.to_stage)


def _words(stage: str) -> str:
    return str(Stage(stage).label)


def refused(request: PersonRequest, *, use: Use, refusal: Conflict) -> HttpResponse:
    """Say what could not be done, that nothing changed, and where the use stands now."""
    now = queries.gate_of(use)
    steps = rail_of(use, history=queries.stage_changes_of(use))
    context = {
        "refusal": refusal,
        "use": use,
        "stage": _words(use.stage),
        "stops": stops_of(steps, since=use.stage_since),
        "next_gate": now.entering.value if now else "",
        "trail": trail_to((_("A step that was not taken"), ""), use=use),
    }
    return render(request, "systems/gate_refused.html", context, status=refusal.status)


def _gate_context(request: PersonRequest, *, use: Use, view: queries.GateView) -> dict[str, Any]:
    decision, gate = view.decision, view.gate
    beyond = [each for each in decision.gaps if not each.may_be_overridden]
    return {
        "use": use,
        "view": view,
        "title": gate_title(gate.entering.value, leaving=gate.leaving.value),
        "stage": _words(gate.entering.value),
        "is_yearly": gate.leaving is gate.entering,
        "asked": [_line(each, actor=request.actor) for each in view.requirements],
        "blocks": [each for each in beyond if each.kind is RequirementKind.HARD_BLOCK],
        "signers": _signers(view),
        "to_sign": _to_sign(request, use=use, view=view),
        "after_vote": gate.after_vote,
        "may_vote": gate.after_vote and request.actor.may(RECORD_VOTE),
        "trail": trail_to((_("The gate"), ""), use=use),
        **_override_parts(request, view=view, beyond=beyond),
    }


def _line(requirement: Requirement, *, actor: Actor) -> dict[str, Any]:
    return {
        "title": requirement.title,
        "detail": requirement.detail,
        "word": STATE_WORDS[requirement.state],
        "tag": TAG_OF_STATE[requirement.state],
        "mark": MARK_OF_SIDE[requirement.side],
        "who": ROLE_TITLES[requirement.role],
        "url": address_of(requirement, actor=actor),
        "is_open": requirement.is_open,
        "due": requirement.due,
        "is_never": requirement.kind is RequirementKind.HARD_BLOCK,
    }


def _signers(view: queries.GateView) -> list[dict[str, Any]]:
    """Each role that the gate asks for, with who signed in it."""
    signed = {row.role: row for row in view.signatures}
    return [
        {
            "title": ROLE_TITLES[role],
            "mark": MARK_OF_SIDE[role.side],
            "signature": signed.get(role.value),
        }
        for role in view.gate.passed_by
    ]


def _to_sign(request: PersonRequest, *, use: Use, view: queries.GateView) -> list[tuple[str, Any]]:
    """The roles in which this person could sign now."""
    if view.decision.gaps:
        return []
    missing = {role.value for role in view.decision.missing_signatures}
    mine = [role for role in view.gate.passed_by if role.value in missing & request.actor.roles]
    is_owner = use.owner_id in request.actor.stands_for
    return [
        (role.value, role_title(role.value))
        for role in mine
        if role is not Role.USE_OWNER or is_owner
    ]


def _override_parts(
    request: PersonRequest, *, view: queries.GateView, beyond: list[Requirement]
) -> dict[str, Any]:
    """The override that is open, or the way to ask for one, for those who may."""
    may = request.actor.may(OVERRIDE_GATE)
    asked, own = view.override, request.actor.account_id
    return {
        "override": asked,
        "may_ask": may and asked is None and bool(view.decision.gaps) and not beyond,
        "may_agree": bool(may and asked and not asked.agreed_by_id and asked.asked_by_id != own),
        "may_withdraw": bool(may and asked),
    }


@require_http_methods(FORM)
@needs(OVERRIDE_GATE)
def override(request: PersonRequest, pk: UUID, entering: str) -> HttpResponse:
    """Ask to pass a gate although evidence is missing."""
    use = the_use(request, pk)
    view = queries.gate_view(use, at=request.now)
    if view is None or view.gate.entering.value != entering:
        return refused(request, use=use, refusal=no_such_step(use, entering=entering))
    form = OverrideForm(request.POST or None)
    if request.method == "POST" and is_done(
        form,
        act=lambda **given: actions.ask_override(
            **acting(request), use=use, entering=entering, **given
        ),
    ):
        messages.success(request, _("Asked. Another executive must agree; workers can read it."))
        return redirect("desk:systems:gate", pk=use.pk, entering=entering)
    context = {
        "form": form,
        "use": use,
        "entering": entering,
        "covered": [each for each in view.decision.gaps if each.may_be_overridden],
        "beyond": [each for each in view.decision.gaps if not each.may_be_overridden],
        "trail": trail_to((_("Override"), ""), use=use),
    }
    return render(request, "systems/override.html", context)


@require_POST
@needs(OVERRIDE_GATE)
def agree(request: PersonRequest, pk: UUID, override: UUID) -> HttpResponse:
    """Agree to an override as the second executive."""
    use = the_use(request, pk)
    row = queries.override_of(use, pk=override)
    try:
        decision = actions.agree_override(**acting(request), override=row)
    except Conflict as refusal:
        return refused(request, use=the_use(request, pk), refusal=refusal)
    if decision.passes:
        messages.success(request, _("Agreed. The use has passed the gate by override."))
        return redirect("desk:systems:use", pk=use.pk)
    messages.success(request, _("Agreed. What an override never covers is still open."))
    return redirect("desk:systems:gate", pk=use.pk, entering=row.to_stage)


@require_POST
@needs(OVERRIDE_GATE)
def withdraw(request: PersonRequest, pk: UUID, override: UUID) -> HttpResponse:
    """Take an override back."""
    use = the_use(request, pk)
    row = queries.override_of(use, pk=override)
    try:
        actions.withdraw_override(**acting(request), override=row)
    except Conflict as refusal:
        return refused(request, use=the_use(request, pk), refusal=refusal)
    messages.success(request, _("The override is taken back. The record keeps that it was asked."))
    return redirect("desk:systems:use", pk=use.pk)


@require_http_methods(FORM)
@needs(RECORD_VOTE)
def vote(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Enter the result of a roll-out vote that was held on paper."""
    use = the_use(request, pk)
    return asked(
        request,
        template="systems/vote.html",
        form=VoteForm(request.POST or None),
        use=use,
        title=_("A vote held on paper"),
        act=lambda **given: actions.enter_paper_vote(**acting(request), use=use, **given),
        said=_("The result is on the record."),
    )
