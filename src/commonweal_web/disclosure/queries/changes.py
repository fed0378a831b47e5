"""The difference between two versions of a public page, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonweal.disclosure.lines import Alteration, difference
from commonweal_web.disclosure.thresholds import (
    FACETS,
    KINDS,
    READERS,
    day_in_words,
    loosening_in_words,
)
from commonweal_web.disclosure.words import STAGES, STATES
from commonweal_web.house.declaration import Text
from commonweal_web.house.texts import kept_text

LABELS: dict[str, Text] = {
    "use": gettext_lazy("The use"),
    "name": gettext_lazy("name"),
    "purpose": gettext_lazy("what it is for"),
    "outputs": gettext_lazy("what it gives out"),
    "part_of_organisation": gettext_lazy("part of the organisation"),
    "system": gettext_lazy("system"),
    "vendor": gettext_lazy("vendor"),
    "stage": gettext_lazy("stage"),
    "stage_since": gettext_lazy("in this stage since"),
    "readers": gettext_lazy("readers"),
    "commitment": gettext_lazy("Our commitment"),
    "version": gettext_lazy("version"),
    "in_force_from": gettext_lazy("in force from"),
    "thresholds": gettext_lazy("thresholds"),
    "consulted": gettext_lazy("who was asked"),
    "lines": gettext_lazy("Disclosed risk"),
    "title": gettext_lazy("title"),
    "for_whom": gettext_lazy("for whom"),
    "mitigations": gettext_lazy("our answer"),
    "reasons": gettext_lazy("why it is public"),
    "since": gettext_lazy("must be disclosed since"),
    "published_on": gettext_lazy("disclosed on"),
    "days_undisclosed": gettext_lazy("days it stayed undisclosed"),
    "facts": gettext_lazy("Section"),
    "withdrawn": gettext_lazy("withdrawn because"),
    "promise": gettext_lazy("What we promise"),
    "text": gettext_lazy("What we promise"),
    "uses": gettext_lazy("Disclosed use"),
    "risks": gettext_lazy("risks"),
    "why": gettext_lazy("Why the mark was set there"),
    "source_of_share": gettext_lazy("where the share comes from"),
    "next_review": gettext_lazy("next review"),
    "loosens": gettext_lazy("what becomes looser"),
    "signed_by": gettext_lazy("signed by"),
    "organisation": gettext_lazy("organisation"),
    "at_least": gettext_lazy("mark"),
    "at_least_hundredths": gettext_lazy("mark, in hundredths"),
    "above_hundredths": gettext_lazy("mark, in hundredths"),
    "above_percent_hundredths": gettext_lazy("mark, in hundredths of a percent"),
    "base_year": gettext_lazy("base year"),
    "counting_from": gettext_lazy("counted from"),
    "signal": gettext_lazy("signal"),
    **KINDS,
    "data": "",
}
WORDS: dict[str, Text] = {**READERS, **KINDS, **FACETS, **STAGES, **STATES}
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
UNTOLD = frozenset({"template"})
"""What is kept with a page and means nothing to a reader."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs: what it is, and what it said before and after ("" for nothing)."""

    what: str
    before: str
    after: str
    kind: str


def changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """What differs between two versions, added things first, then changed, then removed ones."""
    found = difference(old, new)
    return [
        *_told(found.added, kind="added", old=old, new=new),
        *_told(found.altered, kind="altered", old=old, new=new),
        *_told(found.removed, kind="removed", old=old, new=new),
    ]


def _told(
    alterations: Sequence[Alteration], *, kind: str, old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[Change]:
    for each in alterations:
        if each.path and each.path[-1] not in UNTOLD:
            side = old if kind == "removed" else new
            what = _what(each.path, page=side)
            yield Change(what, in_text(each.old), in_text(each.new), kind)


def _what(path: Sequence[str], *, page: Mapping[str, Any]) -> str:
    """A path in words: names of parts, and of a line or section its own title."""
    words: list[str] = []
    for place, key in enumerate(path):
        named = _name_at(page, path=path[: place + 1])
        label = f"“{named}”" if named else str(LABELS.get(key, key.replace("_", " ")))
        if label:
            words.append(label)
    told = " · ".join(words)
    return told[:1].upper() + told[1:]


def _name_at(page: Mapping[str, Any], *, path: Sequence[str]) -> str:
    """The title of the thing with an id that a path leads to; empty for anything else."""
    at: Any = page
    for key in path[:-1]:
        at = _step(at, key=key)
    if not isinstance(at, list):
        return ""
    found = _step(at, key=path[-1])
    if not isinstance(found, dict):
        return ""
    return kept_text(str(found.get("title") or "")) or str(found.get("name") or "")


def _step(at: Any, *, key: str) -> Any:
    if isinstance(at, Mapping):
        return at.get(key)
    if isinstance(at, list):
        return next(
            (each for each in at if isinstance(each, Mapping) and each.get("id") == key), 0
        )
    return None


def in_text(value: Any) -> str:
    """A value as a reader sees it."""
    if value is None or value == "":
        return ""
    if isinstance(value, Mapping):
        return _mapping_text(value)
    if isinstance(value, list):
        return "; ".join(filter(None, (in_text(each) for each in value)))
    text = str(value)
    if DAY.fullmatch(text):
        return day_in_words(text)
    return str(WORDS[text]) if text in WORDS else loosening_in_words(kept_text(text))


def _mapping_text(value: Mapping[str, Any]) -> str:
    if "state" in value and "text" in value:
        return _("%(text)s (%(state)s, %(day)s)") % {
            "text": value["text"],
            "state": WORDS.get(value["state"], value["state"]),
            "day": day_in_words(value["date"]),
        }
    if "title" in value or "name" in value:
        named = kept_text(str(value.get("title") or "")) or str(value.get("name"))
        people = value.get("people")
        return f"{named} ({kept_text(str(people))})" if people else named
    return ", ".join(
        f"{LABELS.get(key) or key.replace('_', ' ')}: {in_text(each)}"
        for key, each in value.items()
        if each not in ("", [], None) and key not in UNTOLD
    )
