"""Bodies that speak for workers, and the links that ask them to name their person."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal_web.house.forms import add_refusal
from commonweal_web.house.refusals import NotHere, Refused
from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.organisations.models import Organisation
from commonweal_web.organisations.queries import organisation_by_slug
from commonweal_web.people.queries import actor_of
from commonweal_web.record.actor import ANONYMOUS, Actor
from commonweal_web.workplaces import actions, queries
from commonweal_web.workplaces.forms import AcceptForm, BodyFactsForm, BodyForm
from commonweal_web.workplaces.models import Representation
from commonweal_web.workplaces.permissions import (
    ADD_REPRESENTATION,
    INVITE_REPRESENTATIVE,
    SEE_WORKPLACES,
)
from commonweal_web.workplaces.views.saving import is_sent, saved


@require_safe
@needs(SEE_WORKPLACES)
def bodies(request: PersonRequest) -> HttpResponse:
    """Who speaks for workers, where nobody does, and which links are out."""
    invitations = queries.invitations_of(request.organisation)
    found = queries.representations_of(request.organisation)
    context = {
        "bodies": found,
        "invitable": _invitable(request, bodies=found),
        "gaps": queries.sites_without_representation(request.organisation, limit=50),
        "invitations": [(each, each.state(request.now)) for each in invitations],
        "may_add": request.actor.may(ADD_REPRESENTATION),
        "may_invite": request.actor.may(INVITE_REPRESENTATIVE),
    }
    return render(request, "workplaces/bodies.html", context)


def _invitable(request: PersonRequest, *, bodies: list[Representation]) -> set[UUID]:
    """The bodies that this person may ask: where nobody speaks yet, or they themselves do."""
    if not request.actor.may(INVITE_REPRESENTATIVE):
        return set()
    speaking = queries.spoken_for(request.organisation, on=request.now.date())
    return {
        body.pk
        for body in bodies
        if body.pk not in speaking or request.actor.account_id in speaking[body.pk]
    }


@require_http_methods(["GET", "HEAD", "POST"])
@needs(ADD_REPRESENTATION)
def new_body(request: PersonRequest) -> HttpResponse:
    """Write down that a body speaks for workers."""
    first = {"site": request.GET.get("site", "")}
    form = BodyForm(request.POST or None, organisation=request.organisation, initial=first)
    if is_sent(request, form=form) and saved(
        request, form=form, action=actions.add_representation, **form.cleaned_data
    ):
        messages.success(request, _("The body is written down. Now ask it to name its person."))
        return redirect("desk:workplaces:bodies")
    return render(request, "workplaces/edit_body.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(ADD_REPRESENTATION)
def change_body(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Correct what is known of a body."""
    body = queries.representation_of(request.organisation, pk=pk)
    stands = {"name": body.name, "contact": body.contact, "seats": body.seats}
    form = BodyFactsForm(request.POST or None, initial=stands)
    if is_sent(request, form=form) and saved(
        request,
        form=form,
        action=actions.change_representation,
        representation=body,
        **form.cleaned_data,
    ):
        messages.success(request, _("The body is changed."))
        return redirect("desk:workplaces:bodies")
    return render(request, "workplaces/edit_body.html", {"form": form, "body": body})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(INVITE_REPRESENTATIVE)
def invite(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Make a link for a body. The link is on this page once, and never again."""
    body = queries.representation_of(request.organisation, pk=pk)
    context = {"body": body, "days": actions.USUAL_DAYS}
    if request.method == "POST":
        made = actions.invite_representative(
            organisation=request.organisation,
            by=request.actor,
            at=request.now,
            representation=body,
        )
        path = reverse(
            "public:workplaces:accept_invitation", args=[request.organisation.slug, made.secret]
        )
        context |= {"made": made, "link": f"{settings.PUBLIC_ADDRESS}{path}"}
    return render(request, "workplaces/invite.html", context)


@require_POST
@needs(INVITE_REPRESENTATIVE)
def withdraw_invitation(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Make a link useless."""
    actions.withdraw_invitation(
        organisation=request.organisation,
        by=request.actor,
        at=request.now,
        invitation=queries.invitation_of(request.organisation, pk=pk),
    )
    messages.success(request, _("The link does not work any more."))
    return redirect("desk:workplaces:bodies")


def _signed_in_here(request: HttpRequest, *, organisation: Organisation) -> Actor:
    """Who opens the link; public pages ask nobody, but here management must be known."""
    account: Any = request.user
    if not account.is_authenticated or account.organisation_id != organisation.pk:
        return ANONYMOUS
    return actor_of(account, on=request.now.date())  # type: ignore[attr-defined]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept_invitation(request: HttpRequest, slug: str, secret: str) -> HttpResponse:
    """A body names its person: open to whoever holds the link, until it was used once."""
    organisation = organisation_by_slug(slug)
    now = request.now  # type: ignore[attr-defined]
    actor = _signed_in_here(request, organisation=organisation)
    invitation = queries.invitation_by_secret(organisation, secret=secret)
    actions.refuse_management(actor)
    actions.refuse_closed(invitation, at=now)
    form = AcceptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.accept_invitation(
                organisation=organisation, by=actor, at=now, secret=secret, **form.cleaned_data
            )
        except NotHere:
            raise
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("You are named. You can sign in now."))
            return redirect("account_login")
    context = {
        "form": form,
        "house": {"organisation": organisation},
        "body": invitation.representation,
    }
    return render(request, "workplaces/accept_invitation.html", context)
