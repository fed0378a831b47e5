"""The desk: what must be disclosed now and why, and publishing with preview and difference."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal_web.disclosure import actions, queries
from commonweal_web.disclosure.forms import ReasonForm
from commonweal_web.disclosure.permissions import ADOPT_COMMITMENT, PUBLISH, SEE_DISCLOSURE
from commonweal_web.disclosure.shown import reason_in_words, use_page_context
from commonweal_web.disclosure.views.saving import acted, saved
from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.systems.queries import use_of

FORM = ["GET", "HEAD", "POST"]


@require_safe
@needs(SEE_DISCLOSURE)
def overview(request: PersonRequest) -> HttpResponse:
    """What must be disclosed now and why, what cannot be decided, and what is public."""
    organisation, today = request.organisation, request.now.date()
    found = queries.finding(organisation, on=today)
    duties = queries.standing_duties(organisation, limit=500)
    context = {
        "found": found,
        "duties": [(duty, [reason_in_words(each) for each in duty.reasons]) for duty in duties],
        "undisclosed": queries.undisclosed_uses(organisation, on=today),
        "pages": queries.latest_use_pages(organisation),
        "own_page": queries.latest_page(organisation, use=None),
        "may_publish": request.actor.may(PUBLISH),
        "may_adopt": request.actor.may(ADOPT_COMMITMENT),
        "organisation": organisation,
    }
    return render(request, "disclosure/overview.html", context)


@require_http_methods(FORM)
@needs(PUBLISH)
def publish_use(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The page as it would be published now, with its difference; then publish it."""
    use = use_of(request.organisation, pk=pk)
    if request.method == "POST":
        published = acted(request, actions.publish_use_page, use=use)
        if published.is_new:
            words = _("Version %(number)s is public.") % {"number": published.page.number}
            messages.success(request, words)
        else:
            messages.info(request, _("Nothing changed since the last version: nothing to do."))
        return redirect("desk:disclosure:use_versions", pk=use.pk)
    latest = queries.latest_page(request.organisation, use=use)
    payload = queries.use_payload(use, at=request.now)
    context = {
        "use": use,
        "latest": latest,
        "next_number": latest.number + 1 if latest else 1,
        "changes": queries.changes(latest.payload, payload) if latest else [],
        "commitment": queries.commitment_in_force(request.organisation, on=request.now.date()),
        "shown": use_page_context(payload),
        "organisation": request.organisation,
    }
    return render(request, "disclosure/publish_use.html", context)


@require_safe
@needs(SEE_DISCLOSURE)
def use_versions(request: PersonRequest, pk: UUID) -> HttpResponse:
    """All versions of a use's public page."""
    use = use_of(request.organisation, pk=pk)
    context = {
        "use": use,
        "pages": queries.pages_of(request.organisation, use=use),
        "state": queries.use_states([use], on=request.now.date())[use.pk],
        "may_publish": request.actor.may(PUBLISH),
        "organisation": request.organisation,
    }
    return render(request, "disclosure/use_versions.html", context)


@require_http_methods(FORM)
@needs(PUBLISH)
def withdraw_use(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Withdraw a page by a last version that says why."""
    use = use_of(request.organisation, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = saved(
            request, form=form, action=actions.withdraw_use_page, use=use, **form.cleaned_data
        )
        if done is not None:
            messages.success(request, _("Withdrawn. All versions stay readable."))
            return redirect("desk:disclosure:use_versions", pk=use.pk)
    return render(request, "disclosure/withdraw_use.html", {"form": form, "use": use})


@require_POST
@needs(PUBLISH)
def publish_own(request: PersonRequest) -> HttpResponse:
    """Publish the organisation's own page anew."""
    published = acted(request, actions.publish_organisation_page)
    if published.is_new:
        words = _("Version %(number)s is public.") % {"number": published.page.number}
        messages.success(request, words)
    else:
        messages.info(request, _("Nothing changed since the last version: nothing to do."))
    return redirect("desk:disclosure:overview")
