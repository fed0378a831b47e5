"""What a person was told, how they want to be told, and their private calendar."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.dateparse import parse_datetime
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal_web.house.forms import add_refusal
from commonweal_web.house.paging import page_number
from commonweal_web.house.refusals import Refused
from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.notices import actions, queries
from commonweal_web.notices.forms import HowForm
from commonweal_web.notices.permissions import BE_TOLD
from commonweal_web.people.actions.own_address import change_address
from commonweal_web.people.queries import person_of

if TYPE_CHECKING:
    from commonweal_web.people.models import Account

FORM = ["GET", "HEAD", "POST"]
FEED_READS_AN_HOUR = 60
HOUR = 60 * 60


def _audience(request: PersonRequest) -> str:
    return "my" if request.path.startswith("/my/") else "desk"


def _page(request: PersonRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    audience = _audience(request)
    frame = {"layout": f"layout/{audience}.html", "audience": audience}
    return render(request, f"notices/{name}.html", frame | context)


@require_safe
@needs(BE_TOLD)
def notices(request: PersonRequest) -> HttpResponse:
    """What this person was told and has not cleared. Nobody else sees this page."""
    page = queries.page_of_notices(request.actor, number=page_number(request.GET.get("page")))
    return _page(request, "notices", {"page": page, "until": request.now.isoformat()})


@require_safe
@needs(BE_TOLD)
def open_notice(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Lead on to what a notice is about. That it was opened is not kept."""
    return redirect(queries.notice_of(request.actor, pk=pk).url)


@require_POST
@needs(BE_TOLD)
def clear(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Take one notice away."""
    actions.clear_notice(by=request.actor, pk=pk)
    messages.success(request, _("Cleared."))
    return redirect(f"{_audience(request)}:notices:notices")


@require_POST
@needs(BE_TOLD)
def clear_all(request: PersonRequest) -> HttpResponse:
    """Take away all that was told before the page was opened."""
    until = parse_datetime(request.POST.get("until", "")) or request.now
    actions.clear_notices(by=request.actor, until=until)
    messages.success(request, _("Cleared."))
    return redirect(f"{_audience(request)}:notices:notices")


@require_http_methods(FORM)
@needs(BE_TOLD)
def how(request: PersonRequest) -> HttpResponse:
    """How this person wants to be told, and whether they keep a private calendar."""
    own = person_of(request.organisation, pk=str(request.actor.account_id))
    now = queries.preference_of(request.organisation, actor=request.actor, on=request.now.date())
    given = {"channel": now.channel, "rhythm": now.rhythm, "email": own.email}
    form = HowForm(request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid() and _is_chosen(request, form, own=own):
        messages.success(request, _("From now on we tell you like this."))
        return redirect(f"{_audience(request)}:notices:how")
    context = {
        "form": form,
        "mail_is_on": queries.mail_is_on(),
        "mail_hour": settings.MAIL_HOUR,
        "feed": queries.feed_of(request.actor),
    }
    return _page(request, "how", context)


def _is_chosen(request: PersonRequest, form: HowForm, *, own: Account) -> bool:
    """Whether the choice could be kept; a refused address is shown at its field."""
    chosen = form.cleaned_data
    try:
        change_address(
            organisation=request.organisation,
            by=request.actor,
            at=request.now,
            account=own,
            email=chosen["email"],
        )
    except Refused as refusal:
        add_refusal(form, refusal)
        return False
    actions.choose_how(
        organisation=request.organisation,
        by=request.actor,
        channel=chosen["channel"],
        rhythm=chosen["rhythm"],
    )
    return True


@require_POST
@needs(BE_TOLD)
def make_feed(request: PersonRequest) -> HttpResponse:
    """A private calendar address, shown on this page once. An old one stops."""
    secret = actions.make_feed(organisation=request.organisation, by=request.actor, at=request.now)
    path = reverse("public:notices:calendar", args=[request.organisation.slug, secret])
    return _page(request, "feed", {"address": settings.PUBLIC_ADDRESS + path})


@require_POST
@needs(BE_TOLD)
def end_feed(request: PersonRequest) -> HttpResponse:
    """Switch the private calendar address off."""
    actions.end_feed(by=request.actor)
    messages.success(request, _("The calendar address is off. It leads nowhere now."))
    return redirect(f"{_audience(request)}:notices:how")


@require_safe
def calendar(request: HttpRequest, slug: str, secret: str) -> HttpResponse:
    """The calendar with this secret; any other secret, a closed account too, is not there."""
    feed = queries.feed_with(slug, secret=secret)
    if feed is None:
        raise Http404
    if not _may_read_again(str(feed.pk)):
        return HttpResponse(status=429, headers={"Retry-After": str(HOUR)})
    with translation.override(feed.account.language):
        written = queries.calendar_of(feed, at=timezone.now())
    tag = quote_etag(hashlib.sha256(written).hexdigest())
    answer = get_conditional_response(request, etag=tag)
    if answer is None:
        answer = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    answer["ETag"] = tag
    answer["Cache-Control"] = "no-store, private"
    answer["Content-Disposition"] = 'inline; filename="commonweal.ics"'
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _may_read_again(feed: str) -> bool:
    """A calendar asks a few times a day; what asks every second is turned away for an hour."""
    key = f"notices.calendar:{feed}"
    cache.add(key, 0, timeout=HOUR)
    try:
        return cache.incr(key) <= FEED_READS_AN_HOUR
    except ValueError:  # it ran out between the two
        return True
