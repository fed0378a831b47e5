"""The decision to change a use or to stop it, and the severity rules."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.mitigations import actions, queries
from commonweal_web.mitigations.forms import DecisionForm, RulesForm
from commonweal_web.mitigations.permissions import (
    ADOPT_RULES,
    DECIDE_CHANGE_OR_STOP,
    SEE_RISKS,
)
from commonweal_web.mitigations.views.form_page import FormPage, acting, answer
from commonweal_web.mitigations.views.risk_parts import risk_trail


@require_safe
@needs(SEE_RISKS)
def decision(request: PersonRequest, pk: UUID) -> HttpResponse:
    """A decision to change or stop, open or made, with what it weighs."""
    row = queries.decision_of(request.organisation, pk=pk)
    context = {
        "decision": row,
        "risk": row.risk,
        "may_decide": row.is_open and request.actor.may(DECIDE_CHANGE_OR_STOP),
        "trail": risk_trail(row.risk, last=_("Change or stop")),
    }
    return render(request, "mitigations/decision.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(DECIDE_CHANGE_OR_STOP)
def decide(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Decide to change the use or to stop it."""
    row = queries.decision_of(request.organisation, pk=pk)
    form = DecisionForm(request.POST or None)

    def act(facts: dict[str, Any]) -> None:
        actions.decide_change_or_stop(**acting(request), decision=row, **facts)

    page = FormPage(
        title=_("Change “%(use)s”, or stop it?") % {"use": row.risk.use.name},
        lead=row.risk.title,
        note=_("You may always stop a use, at once. Workers read what you decide and why."),
        button=_("Decide"),
        done=_("Decided. Workers see it."),
        back=reverse("desk:mitigations:decision", args=[row.pk]),
        is_alarming=True,
        trail=risk_trail(row.risk, last=_("Decide")),
    )
    return answer(request, form=form, act=act, page=page)


@require_safe
@needs(SEE_RISKS)
def rules(request: PersonRequest) -> HttpResponse:
    """Which severity rules count, and which versions there are."""
    in_force = queries.rules_in_force(request.organisation)
    side = _side(request)
    files = [
        (file, request.actor.may(ADOPT_RULES) and _waits_for(file, side=side))
        for file in queries.rule_files_of(request.organisation)
    ]
    context = {
        "in_force": in_force,
        "files": files,
        "text": in_force.file.text if in_force.file else queries.shipped_text(),
        "may_adopt": request.actor.may(ADOPT_RULES),
    }
    return render(request, "mitigations/rules.html", context)


def _side(request: PersonRequest) -> str:
    grant = request.actor.grant_for(ADOPT_RULES)
    return grant.side if grant else ""


def _waits_for(file: Any, *, side: str) -> bool:
    signed = {each.side for each in file.signatures.all()}
    return file.in_force_since is None and side not in signed


@require_safe
@needs(SEE_RISKS)
def rule_file(request: PersonRequest, pk: UUID) -> HttpResponse:
    """One version of the rules, whole."""
    file = queries.rule_file_of(request.organisation, pk=pk)
    may_sign = request.actor.may(ADOPT_RULES) and _waits_for(file, side=_side(request))
    context = {
        "file": file,
        "may_sign": may_sign,
        "trail": [(_("Severity rules"), reverse("desk:mitigations:rules")), (file.version, "")],
    }
    return render(request, "mitigations/rule_file.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(ADOPT_RULES)
def new_rules(request: PersonRequest) -> HttpResponse:
    """Put a new version of the severity rules forward."""
    in_force = queries.rules_in_force(request.organisation)
    text = in_force.file.text if in_force.file else queries.shipped_text()
    form = RulesForm(request.POST or None, request.FILES or None, initial={"text": text})

    def act(facts: dict[str, Any]) -> None:
        actions.adopt_severity_rules(**acting(request), text=facts["text"], reason=facts["reason"])

    page = FormPage(
        title=_("Change the severity rules"),
        lead=_("Edit the copy below and raise its version. The other side must agree to it."),
        note=_("Risks keep the version they were judged by until they are judged again."),
        button=_("Put this version forward"),
        done=_("The version is put forward. It counts once the other side signs it."),
        back=reverse("desk:mitigations:rules"),
        template="mitigations/new_rules.html",
        trail=[(_("Severity rules"), reverse("desk:mitigations:rules")), (_("Change them"), "")],
    )
    return answer(request, form=form, act=act, page=page)


@require_POST
@needs(ADOPT_RULES)
def sign_rules(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Agree to a version for one's side."""
    file = queries.rule_file_of(request.organisation, pk=pk)
    actions.sign_severity_rules(**acting(request), file=file)
    messages.success(request, _("Your side has signed this version."))
    return redirect("desk:mitigations:rules")
