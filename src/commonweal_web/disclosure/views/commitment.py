"""The commitment on the desk: its versions, its editor, who was asked, and the signature."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal_web.disclosure import actions, queries
from commonweal_web.disclosure.forms import (
    CommitmentForm,
    ConsultedForm,
    ReasonForm,
    first_values,
    values_of,
)
from commonweal_web.disclosure.permissions import (
    ADOPT_COMMITMENT,
    CONSULT_PARTY,
    SEE_DISCLOSURE,
    SIGN_COMMITMENT,
)
from commonweal_web.disclosure.shown import readers_sentence, thresholds_of
from commonweal_web.disclosure.views.saving import acted, saved
from commonweal_web.house.requests import PersonRequest, needs

FORM = ["GET", "HEAD", "POST"]


@require_safe
@needs(SEE_DISCLOSURE)
def commitment(request: PersonRequest) -> HttpResponse:
    """What was promised, what waits for a signature, and all versions."""
    return render(request, "disclosure/commitment.html", _context(request))


def _context(request: PersonRequest) -> dict[str, object]:
    organisation = request.organisation
    versions = queries.all_versions(organisation)
    published = queries.published_versions(organisation)
    current = queries.commitment_in_force(organisation, on=request.now.date())
    newest = published[0] if published else None
    proposal = next((each for each in versions if each.is_open), None)
    return {
        "versions": versions,
        "current": current,
        "ahead": newest if newest != current else None,
        "proposal": proposal,
        "thresholds": thresholds_of(current.thresholds) if current else [],
        "readers": readers_sentence(current.readers) if current else "",
        "parties": queries.consulted_parties(organisation),
        "changes": queries.changes(
            queries.commitment_payload(newest), queries.commitment_payload(proposal)
        )
        if newest and proposal
        else [],
        "may_adopt": request.actor.may(ADOPT_COMMITMENT),
        "may_sign": request.actor.may(SIGN_COMMITMENT),
        "may_consult": request.actor.may(CONSULT_PARTY),
        "form": ReasonForm(),
    }


@require_http_methods(FORM)
@needs(ADOPT_COMMITMENT)
def adopt(request: PersonRequest) -> HttpResponse:
    """Write the commitment, or its next version."""
    today = request.now.date()
    published = queries.published_versions(request.organisation, limit=1)
    first = values_of(published[0], today=today) if published else first_values(today=today)
    form = CommitmentForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        version = saved(request, form=form, action=actions.adopt_commitment, **form.facts())
        if version is not None:
            messages.success(request, _said(is_published=version.number is not None))
            return redirect("desk:disclosure:commitment")
    context = {"form": form, "parties": queries.consulted_parties(request.organisation)}
    return render(request, "disclosure/adopt.html", {**context, "is_first": not published})


def _said(*, is_published: bool) -> str:
    if is_published:
        return _("The commitment is published.")
    return _("This version loosens a mark. It waits for the signature of the workers’ side.")


@require_http_methods(FORM)
@needs(CONSULT_PARTY)
def consult(request: PersonRequest) -> HttpResponse:
    """Note that somebody outside was asked."""
    form = ConsultedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = saved(request, form=form, action=actions.consult_party, **form.cleaned_data)
        if done is not None:
            messages.success(request, _("It is noted. The next version will name them."))
            return redirect("desk:disclosure:commitment")
    return render(request, "disclosure/consult.html", {"form": form})


@require_POST
@needs(SIGN_COMMITMENT)
def sign(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The worker side signs a looser version."""
    version = queries.commitment_of(request.organisation, pk=pk)
    acted(request, actions.sign_commitment, version=version)
    messages.success(request, _("Signed. The new version is published."))
    return redirect("desk:disclosure:commitment")


@require_POST
@needs(SIGN_COMMITMENT)
def decline(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The worker side declines a looser version."""
    version = queries.commitment_of(request.organisation, pk=pk)
    form = ReasonForm(request.POST)
    if form.is_valid() and saved(
        request, form=form, action=actions.decline_commitment, version=version, **form.cleaned_data
    ):
        messages.success(request, _("Declined. What held before still holds."))
        return redirect("desk:disclosure:commitment")
    context = {**_context(request), "form": form}
    return render(request, "disclosure/commitment.html", context)


@require_POST
@needs(ADOPT_COMMITMENT)
def withdraw(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Take a looser version back."""
    version = queries.commitment_of(request.organisation, pk=pk)
    acted(request, actions.withdraw_proposal, version=version)
    messages.success(request, _("Taken back. What held before still holds."))
    return redirect("desk:disclosure:commitment")
