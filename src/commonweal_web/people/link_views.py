"""Every link that lets somebody outside in, on one page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from commonweal_web.house.requests import PersonRequest, needs, opens
from commonweal_web.house.rooms import rooms
from commonweal_web.people.permissions import SEE_LINKS

MOST_OF_A_ROOM = 200
STATES = {
    "open": _("works"),
    "used": _("was used"),
    "ended": _("was ended"),
    "expired": _("has run out"),
}


@require_safe
@needs(SEE_LINKS)
def links(request: PersonRequest) -> HttpResponse:
    """What each link is for, for whom, until when, and where it is ended. Open ones first."""
    found = [
        link
        for room in rooms()
        for of_room in room.links
        for link in of_room(request.organisation, at=request.now, limit=MOST_OF_A_ROOM)
    ]
    found.sort(key=lambda link: (link.state == "open", link.made_on), reverse=True)
    shown = [
        {
            "link": link,
            "state": STATES[link.state],
            "may_end": bool(link.ends_by) and opens(link.ends_by, actor=request.actor),
        }
        for link in found
    ]
    return render(request, "people/links.html", {"links": shown})
