"""What workers see: the risks of their own groups, and what is done about them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commonweal_web.house.refusals import NotHere
from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.mitigations import actions, queries
from commonweal_web.mitigations.forms import CommentForm, ProposalForm
from commonweal_web.mitigations.models import Risk
from commonweal_web.mitigations.permissions import PROPOSE_AS_WORKER, SEE_OWN_RISKS
from commonweal_web.mitigations.queries.states import mitigation_tag
from commonweal_web.mitigations.queries.voices import speaker_words
from commonweal_web.mitigations.views.form_page import FormPage, acting, answer
from commonweal_web.mitigations.views.queue import risk_row
from commonweal_web.mitigations.views.risk_parts import facet_rows, side_judgements


@require_safe
@needs(SEE_OWN_RISKS)
def risks(request: PersonRequest) -> HttpResponse:
    """The risks that touch one's own work, gravest first."""
    found = queries.risks_touching(request.user, on=request.now.date())  # type: ignore[arg-type]
    context = {"rows": [risk_row(each, request=request) for each in found]}
    return render(request, "mitigations/own_risks.html", context)


def _own_risk(request: PersonRequest, *, pk: UUID) -> Risk:
    row = queries.risk_of(request.organisation, pk=pk)
    if not queries.touches(request.user, risk=row, on=request.now.date()):  # type: ignore[arg-type]
        raise NotHere("not_found", _("There is no such risk among those that touch your work."))
    return row


@require_safe
@needs(SEE_OWN_RISKS)
def risk(request: PersonRequest, pk: UUID) -> HttpResponse:
    """One risk as a worker sees it: what could happen, what is planned, who decided."""
    row = _own_risk(request, pk=pk)
    mark = queries.author_mark(request.actor, risk=row)
    context = {
        "risk": row,
        "state": queries.state_tag(row, on=request.now.date()),
        "facets": facet_rows(row),
        "judgements": side_judgements(row, phase="inherent"),
        "answers": [
            (each, mitigation_tag(each), each.author == mark)
            for each in reversed(list(row.mitigations.all()))
        ],
        "comments": [
            (each, speaker_words(each), each.author == mark) for each in queries.comments_of(row)
        ],
        "decisions": list(row.decisions.all()),
    }
    return render(request, "mitigations/own_risk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(PROPOSE_AS_WORKER)
def propose(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Propose an answer as a worker."""
    row = _own_risk(request, pk=pk)
    groups = [(str(each.pk), str(each)) for each in row.groups.all()]
    form = ProposalForm(request.POST or None, groups=groups)

    def act(facts: dict[str, Any]) -> None:
        actions.propose_mitigation(
            **acting(request),
            risk=row,
            kind=facts["kind"],
            text=facts["text"],
            groups=[UUID(key) for key in facts["groups"]],
            as_worker=True,
        )

    page = FormPage(
        title=_("What would help?"),
        lead=row.title,
        note=_("Others see that a worker proposed it. They do not see who."),
        button=_("Propose it"),
        done=_("Your proposal stands. Representatives and management see it."),
        back=reverse("my:mitigations:risk", args=[row.pk]),
        template="mitigations/own_form.html",
    )
    return answer(request, form=form, act=act, page=page)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(PROPOSE_AS_WORKER)
def comment(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Say something about a risk as a worker."""
    row = _own_risk(request, pk=pk)
    form = CommentForm(request.POST or None)

    def act(facts: dict[str, Any]) -> None:
        actions.comment_on_risk(**acting(request), risk=row, text=facts["text"], as_worker=True)

    page = FormPage(
        title=_("What do you want to say?"),
        lead=row.title,
        note=_("Others see that a worker said it, and your group if it is not small. Never who."),
        button=_("Say it"),
        done=_("Your words stand with the risk."),
        back=reverse("my:mitigations:risk", args=[row.pk]),
        template="mitigations/own_form.html",
    )
    return answer(request, form=form, act=act, page=page)
