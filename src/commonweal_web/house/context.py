"""What every template may know: the organisation, the person, their way around."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from commonweal_web.house.declaration import NavigationEntry
from commonweal_web.house.requests import opens
from commonweal_web.house.rooms import rooms
from commonweal_web.organisations.queries import all_organisations
from commonweal_web.people.roles import BY_NAME
from commonweal_web.record.actor import ANONYMOUS


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of the navigation as a page shows it."""

    title: Any
    url: str
    is_current: bool


def house(request: HttpRequest) -> dict[str, Any]:
    """The context of the layout; costs no query, but for the contact that entrance pages show."""
    actor = getattr(request, "actor", ANONYMOUS)
    organisation = getattr(request, "organisation", None)
    signed_in = actor.account_id is not None
    return {
        "house": {
            "organisation": organisation,
            "entrance_contact": SimpleLazyObject(_entrance_contact),
            "is_sample": bool(organisation and organisation.is_sample),
            "account": request.user if signed_in else None,
            "roles": [BY_NAME[each.role].title for each in actor.grants] if signed_in else [],
            "navigation": _navigation(request) if signed_in else [],
            "search": _search(request) if signed_in else "",
        }
    }


def _entrance_contact() -> str:
    """Whom to ask before signing in: what the only organisation here says, if there is but one."""
    here = all_organisations(limit=2)
    return here[0].help_contact.strip() if len(here) == 1 else ""


def _navigation(request: Any) -> list[Link]:
    audience = "my" if request.path.startswith("/my/") else "desk"
    entries = [
        entry
        for room in rooms()
        for entry in room.navigation
        if entry.audience == audience and _is_open(entry, request.actor)
    ]
    links = [_link(entry, request) for entry in sorted(entries, key=lambda each: each.order)]
    longest = max((link.url for link in links if request.path.startswith(link.url)), default="")
    return [Link(link.title, link.url, link.url == longest) for link in links]


def _search(request: Any) -> str:
    """Where the box at the top of the page asks; empty for whom nothing can be found here."""
    audience = "my" if request.path.startswith("/my/") else "desk"
    url = reverse(f"{audience}:search:results")
    return url if opens(url, actor=request.actor) else ""


def _is_open(entry: NavigationEntry, actor: Any) -> bool:
    if not entry.permission:
        return True
    return any(entry.permission in grant.permissions for grant in actor.grants)


def _link(entry: NavigationEntry, request: Any) -> Link:
    try:
        url = reverse(entry.url_name)
    except NoReverseMatch:
        url = reverse(entry.url_name, args=[request.organisation.slug])
    return Link(entry.title, url, False)
