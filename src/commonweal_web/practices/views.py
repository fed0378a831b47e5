"""The map of practices: what each asks, where it lives here, and which signals lead to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from commonweal.practices import (
    Entry,
    Pillar,
    Practice,
    Provenance,
    Signal,
    SignalKind,
    UnknownIdError,
    catalogue,
)
from commonweal_web.house.declaration import NavigationEntry, Text
from commonweal_web.house.refusals import NotHere
from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.house.rooms import rooms
from commonweal_web.practices.permissions import SEE_PRACTICES

Found = TypeVar("Found", bound=Entry)


@dataclass(frozen=True, slots=True)
class Home:
    """A room where a practice lives, and its first page at the desk, where it has one."""

    title: Text
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """One practice on the map, with its rooms, signals and pillars."""

    practice: Practice
    rooms: list[Home]
    signals: list[Signal]
    pillars: list[Pillar]


@require_safe
@needs(SEE_PRACTICES)
def practices(request: PersonRequest) -> HttpResponse:
    """All seventeen practices, grouped by the earliest time at which each can start."""
    known = catalogue()
    groups = [
        (group.heading, [_line(each) for each in members])
        for group, members in known.practices_by_stage_group().items()
    ]
    context = {
        "groups": groups,
        "edition": known.edition,
        "paths": known.signal_map(),
        "origins": [each.sentence for each in Provenance],
    }
    return render(request, "practices/practices.html", context)


def _line(practice: Practice) -> Line:
    known = catalogue()
    leading = [each for each in known.signals if practice.id in each.practices]
    return Line(practice, _homes(practice), leading, [known.pillar(id) for id in practice.pillars])


def _homes(practice: Practice) -> list[Home]:
    """The rooms of a practice; one that is not part of this installation is left out."""
    return [
        Home(room.title, _address(room.navigation))
        for room in rooms()
        if room.name in practice.rooms or practice.id in room.practices
    ]


def _address(navigation: Sequence[NavigationEntry]) -> str:
    for entry in navigation:
        if entry.audience == "desk":
            try:
                return reverse(entry.url_name)
            except NoReverseMatch:
                return ""
    return ""


@require_safe
@needs(SEE_PRACTICES)
def practice(request: PersonRequest, id: str) -> HttpResponse:
    """One practice: what it asks, where it lives here, what leads to it, what to read."""
    found = _found(catalogue().practice, id)
    context = {
        "line": _line(found),
        "practice": found,
        "reading": [catalogue().source(each) for each in found.reading],
        "origins": _origins(found),
        "stage": found.stage_group.heading,
        "trail": _trail(found.title),
    }
    return render(request, "practices/practice.html", context)


@require_safe
@needs(SEE_PRACTICES)
def signal(request: PersonRequest, id: str) -> HttpResponse:
    """One signal: its question, what to look at, and the practices it leads to."""
    found = _found(catalogue().signal, id)
    known = catalogue()
    context = {
        "signal": found,
        "is_risk": found.kind is SignalKind.RISK,
        "practices": [known.practice(each) for each in found.practices],
        "pillars": [known.pillar(each) for each in found.pillars],
        "origins": _origins(found),
        "trail": _trail(found.title),
    }
    return render(request, "practices/signal.html", context)


def _found(look_up: Callable[[str], Found], id: str) -> Found:
    try:
        return look_up(id)
    except UnknownIdError as error:
        raise NotHere("not_found", str(error)) from error


PART_WORDS: dict[str, Text] = {
    "asks": gettext_lazy("What it asks here"),
    "rooms": gettext_lazy("Where it lives here"),
    "reading": gettext_lazy("Further reading"),
    "pillars": gettext_lazy("Pillars it touches"),
    "question": gettext_lazy("The question"),
    "hint": gettext_lazy("The example"),
    "measures": gettext_lazy("What to look at"),
    "caveats": gettext_lazy("What to be careful about"),
    "practices": gettext_lazy("The practices it leads to"),
    "summary": gettext_lazy("The summary"),
}


def _origins(entry: Entry) -> list[tuple[Text, str]]:
    """In words: where the title comes from, and every part with another origin."""
    own: list[tuple[Text, str]] = [(_("Name and idea"), entry.provenance.sentence)]
    parts = [
        (PART_WORDS.get(part, part), origin.sentence)
        for part, origin in entry.provenance_of.items()
    ]
    return own + [each for each in parts if each[1] != own[0][1]]


def _trail(title: str) -> list[tuple[Text, str]]:
    return [(_("Practices"), reverse("desk:practices:practices")), (title, "")]
