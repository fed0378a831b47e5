"""The assessment behind an invitation link: no account, no session, one cookie for its pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeAlias

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from commonweal_web.house.refusals import NotHere
from commonweal_web.job_impact import actions
from commonweal_web.job_impact.forms.people import AcceptForm
from commonweal_web.job_impact.forms.sending import carried_out, posted
from commonweal_web.job_impact.queries import (
    contributor_actor,
    contributor_by_secret,
    contributor_of,
    contributor_way,
)
from commonweal_web.job_impact.views import phone
from commonweal_web.organisations.queries import organisation_by_slug

COOKIE, SALT, LASTS = "cw_part", "job_impact.part", 12 * 60 * 60
View: TypeAlias = Callable[..., HttpResponse]


@never_cache
def invitation(request: Any, slug: str, secret: str) -> HttpResponse:
    """What is asked and what it pays, before anybody says yes; nothing happens by opening it."""
    request.organisation = organisation_by_slug(slug)
    part = contributor_by_secret(request.organisation, secret=secret)
    needs_more = part.is_expert and part.accepted_on is None
    form = AcceptForm(posted(request)) if needs_more else None

    def accept() -> None:
        actions.accept_invitation(
            organisation=request.organisation,
            by=contributor_actor(part),
            at=request.now,
            contributor=part,
            **(form.cleaned_data if form else {}),
        )

    if request.method == "POST":
        if part.accepted_on or not part.may_answer(request.now):
            return _begun(slug, part)
        if form is None:
            accept()
            return _begun(slug, part)
        if carried_out(form, accept):
            return _begun(slug, part)
    context = {
        "part": part,
        "form": form,
        "assessment": part.assessment,
        "use": part.assessment.use,
        "may_answer": part.may_answer(request.now) and part.assessment.is_open,
    }
    return render(request, "job_impact/phone/invitation.html", context)


def _begun(slug: str, part: Any) -> HttpResponse:
    """On to the questions, with a cookie that opens this person's pages and no others."""
    home = reverse("public:job_impact:assessment", args=[slug])
    response = redirect(home)
    response.set_signed_cookie(
        COOKIE,
        str(part.pk),
        salt=SALT,
        max_age=LASTS,
        path=home,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response


def by_link(page: View) -> View:
    """Open a page to whoever holds the cookie of a link that was not ended."""

    @never_cache
    @wraps(page)
    def checked(request: Any, slug: str, **more: Any) -> HttpResponse:
        request.organisation = organisation_by_slug(slug)
        return page(request, _visitor(request, slug=slug), **more)

    return checked


def _visitor(request: Any, *, slug: str) -> phone.Visitor:
    pk = request.get_signed_cookie(COOKIE, default=None, salt=SALT, max_age=LASTS)
    if pk is None:
        raise NotHere("link_needed", _("Open the link you were sent once more to go on."))
    part = contributor_of(request.organisation, pk=pk)
    by = contributor_actor(part)
    return phone.Visitor(
        by=by,
        way=contributor_way(part, by=by, at=request.now),
        audience="public",
        args=(slug,),
        name=part.name,
        may_answer=part.may_answer(request.now),
    )


@by_link
def overview(request: HttpRequest, visitor: phone.Visitor) -> HttpResponse:
    """Where one is, and the button that goes on."""
    return phone.overview(request, visitor)


@by_link
def question(request: HttpRequest, visitor: phone.Visitor, signal: str) -> HttpResponse:
    """One question."""
    return phone.question(request, visitor, signal=signal)


@by_link
def answers(request: HttpRequest, visitor: phone.Visitor) -> HttpResponse:
    """One's own answers."""
    return phone.answers(request, visitor)


@by_link
def outcome(request: HttpRequest, visitor: phone.Visitor) -> HttpResponse:
    """What came of it."""
    return phone.outcome(request, visitor)
