"""The page a vendor sees by its link, and the desk page where links are made and answers read."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from commonweal_web.house.forms import add_refusal
from commonweal_web.house.refusals import Refused
from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.organisations.queries import organisation_by_slug
from commonweal_web.systems.actions import vendor_links as actions
from commonweal_web.systems.forms.vendor_links import AnswerForm, AskForm, StatementForm
from commonweal_web.systems.models import VendorLink
from commonweal_web.systems.permissions import ASK_VENDOR, SEE_USES
from commonweal_web.systems.queries import vendor_links as queries
from commonweal_web.systems.queries.products import system_of
from commonweal_web.systems.views.answers import acting

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@needs(SEE_USES)
def vendor_links(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The links for the vendor of a system, a new one, and what the vendor said."""
    system = system_of(request.organisation, pk=pk)
    usual = request.now.date() + timedelta(days=actions.USUAL_DAYS)
    form = AskForm(request.POST or None, initial={"expires_on": usual})
    made: actions.NewVendorLink | None = None
    if request.method == "POST":
        request.actor.require(ASK_VENDOR)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.ask_vendor(**acting(request), system=system, **form.cleaned_data)
        except Refused as refusal:
            add_refusal(form, refusal)
    context = {
        "system": system,
        "form": form,
        "made": made,
        "address": _address(request, made=made) if made else "",
        "links": [(each, each.works_at(request.now)) for each in queries.links_of_system(system)],
        "statements": queries.statements_about(system),
        "may_ask": request.actor.may(ASK_VENDOR),
    }
    return render(request, "systems/vendor_links.html", context)


def _address(request: PersonRequest, *, made: actions.NewVendorLink) -> str:
    way = reverse("public:systems:vendor_page", args=[request.organisation.slug, made.secret])
    return f"{settings.PUBLIC_ADDRESS}{way}"


@require_POST
@needs(ASK_VENDOR)
def end_vendor_link(request: PersonRequest, pk: UUID, link: UUID) -> HttpResponse:
    """End a link at once."""
    actions.end_vendor_link(
        **acting(request), link=queries.vendor_link_of(request.organisation, pk=link)
    )
    messages.success(request, _("The link no longer works."))
    return redirect("desk:systems:vendor_links", pk=pk)


@never_cache
@require_http_methods(FORM)
def vendor_page(request: Any, slug: str, secret: str) -> HttpResponse:
    """What is kept about a product, for its vendor to confirm, correct or add to.

    A link that ran out, was ended or never was gets one and the same page.
    """
    request.organisation = organisation_by_slug(slug)
    link = queries.vendor_link_by_secret(request.organisation, secret=secret, at=request.now)
    asked = str(request.POST.get("about", ""))
    claims = queries.claims_about(link.system)
    forms = [(claim, _form(AnswerForm, request, about=str(claim.pk))) for claim in claims]
    adding = _form(StatementForm, request, about="adds")
    if request.method == "POST":
        said = next(((claim, form) for claim, form in forms if str(claim.pk) == asked), None)
        claim, form = said or (None, adding)
        if form.is_valid() and _kept(request, link=link, claim=claim, form=form):
            return redirect(f"{request.path}?kept=1")
    context = {
        "link": link,
        "claims": forms,
        "adding": adding,
        "bad": next((form for _claim, form in [*forms, (None, adding)] if form.errors), None),
        "statements": queries.statements_about(link.system),
        "is_kept": "kept" in request.GET,
    }
    return render(request, "systems/vendor_page.html", context)


def _form(kind: Any, request: Any, *, about: str) -> Any:
    """One of several forms of the page; only the one that was sent holds what was typed."""
    is_sent = request.method == "POST" and str(request.POST.get("about", "")) == about
    return kind(request.POST if is_sent else None, auto_id=f"{about[:8]}-%s")


def _kept(request: Any, *, link: VendorLink, claim: Any, form: Any) -> bool:
    said = form.cleaned_data
    try:
        actions.state_as_vendor(
            organisation=request.organisation,
            by=queries.vendor_actor(link),
            at=request.now,
            link=link,
            kind=said.get("kind", "adds"),
            text=said["text"],
            claim=claim,
        )
    except Refused as refusal:
        if refusal.status == 404:
            raise
        add_refusal(form, refusal)
        return False
    return True
