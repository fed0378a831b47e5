"""What a page hands to a component: small frozen values, made in views, shown by templates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.html import format_html
from django.utils.safestring import SafeString

from commonweal_web.house.declaration import Text
from commonweal_web.layout.sides import side_named

StopState = Literal["done", "now", "ahead"]


@dataclass(frozen=True, slots=True)
class Stop:
    """One stage on the rail of a use; `note` stands under it, for example "since 3 March"."""

    title: Text
    state: StopState
    note: Text = ""


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that is needed next, the side whose move it is, and by which day."""

    text: Text
    side: str
    who: Text = ""
    url: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One labelled fact. `side` sets its mark before it, `tag` shows `text` as a word of state."""

    label: Text
    text: Text
    url: str = ""
    side: str = ""
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for a person, with the one button that opens it."""

    title: Text
    text: Text
    action: Text
    url: str
    when: Text = ""
    is_first: bool = False


def rail_stops(titles: Sequence[tuple[str, Text]], *, now: str, note: Text = "") -> list[Stop]:
    """The rail for a use at stage `now`: those before it are done, those after lie ahead.

    `titles` pairs each stage's id with its title, in order. A stage that is not among them
    is refused with ValueError, so that no page shows a use as standing nowhere.

    >>> [stop.state for stop in rail_stops([("a", "A"), ("b", "B"), ("c", "C")], now="b")]
    ['done', 'now', 'ahead']
    """
    ids = [stage for stage, _ in titles]
    if now not in ids:
        raise ValueError(f"The rail has no stage {now!r}; it has {', '.join(ids)}.")
    at = ids.index(now)
    return [_stop(title, place=place, at=at, note=note) for place, (_, title) in enumerate(titles)]


def _stop(title: Text, *, place: int, at: int, note: Text) -> Stop:
    if place == at:
        return Stop(title=title, state="now", note=note)
    return Stop(title=title, state="done" if place < at else "ahead")


def side_mark(key: str, text: str = "") -> SafeString:
    """A side's mark and word; `text` stands in the word's place, which is then read out first."""
    found = side_named(key)
    hidden = format_html('<span class="govuk-visually-hidden">{}: </span>', found.word)
    return format_html(
        '<span class="side side-{}"><svg class="mark" viewBox="0 0 10 10" aria-hidden="true" '
        'focusable="false"><path d="{}"/></svg>{}{}</span>',
        found.key,
        found.path,
        hidden if text else "",
        text or found.word,
    )
