"""What the public reads about a disclosed risk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from commonweal.shared.language import marked

SMALLEST_SHOWN_HEADCOUNT = 10
"""Public pages show smaller headcounts as a band."""

UNDER_TEN = marked("under 10")
"""The band as pages keep it; it is translated where it is read."""

Payload = Mapping[str, object]


@dataclass(frozen=True)
class PublicGroup:
    """A worker group as the public reads it; `people` is a number, or "under 10"."""

    name: str
    people: str
    vulnerable_because: str = ""


@dataclass(frozen=True)
class PublicMitigation:
    """What is done about a disclosed risk, how far it is, and since when."""

    text: str
    state: str
    on: date


@dataclass(frozen=True)
class DisclosedLine:
    """One disclosed risk. Without a mitigation the line says so by having none."""

    risk: str
    signal: str
    title: str
    groups: tuple[PublicGroup, ...]
    mitigations: tuple[PublicMitigation, ...]
    since: date
    days_undisclosed: int

    def payload(self) -> dict[str, object]:
        """The line as plain data for JSON and for comparing two versions."""
        return {
            "id": self.risk,
            "signal": self.signal,
            "title": self.title,
            "for_whom": [
                {"name": g.name, "people": g.people, "vulnerable_because": g.vulnerable_because}
                for g in self.groups
            ],
            "mitigations": [
                {"text": m.text, "state": m.state, "date": m.on.isoformat()}
                for m in self.mitigations
            ],
            "since": self.since.isoformat(),
            "days_undisclosed": self.days_undisclosed,
        }


def public_headcount(people: int) -> str:
    """A headcount as the public may read it: the number, or "under 10"."""
    if people < 0:
        raise ValueError(f"{people} people cannot work anywhere: give 0 or more.")
    if people < SMALLEST_SHOWN_HEADCOUNT:
        return UNDER_TEN
    return str(people)


@dataclass(frozen=True)
class Alteration:
    """A value that differs; `path` leads to it, by key and by the id of a line."""

    path: tuple[str, ...]
    old: object
    new: object


@dataclass(frozen=True)
class Difference:
    """What was added, removed and altered between two versions of a public page."""

    added: tuple[Alteration, ...]
    removed: tuple[Alteration, ...]
    altered: tuple[Alteration, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.altered)


_ABSENT = object()


def difference(old: Payload, new: Payload) -> Difference:
    """What changed between two versions; lists of things with an id are compared by id.

    The order of such a list is no difference; the order of any other list is.
    In `added` the old value is None, in `removed` the new one is.
    """
    found = _walk((), old, new)
    return Difference(
        added=tuple(Alteration(c.path, None, c.new) for c in found if c.old is _ABSENT),
        removed=tuple(Alteration(c.path, c.old, None) for c in found if c.new is _ABSENT),
        altered=tuple(c for c in found if _ABSENT is not c.old and _ABSENT is not c.new),
    )


def _walk(path: tuple[str, ...], old: object, new: object) -> list[Alteration]:
    old_parts, new_parts = _parts(old), _parts(new)
    alike = isinstance(old, Mapping) == isinstance(new, Mapping)
    if old_parts is None or new_parts is None or not alike:
        return [] if _same(old, new) else [Alteration(path, old, new)]
    keys = dict.fromkeys((*old_parts, *new_parts))
    found = []
    for key in keys:
        before, after = old_parts.get(key, _ABSENT), new_parts.get(key, _ABSENT)
        found += _walk((*path, key), before, after)
    return found


def _parts(value: object) -> Mapping[str, object] | None:
    """The named parts of a value: keys of a mapping, ids of a list; None when it has none."""
    if isinstance(value, Mapping):
        return {str(key): part for key, part in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        ids = [str(part["id"]) for part in value if isinstance(part, Mapping) and "id" in part]
        if len(ids) == len(value) == len(set(ids)):
            return dict(zip(ids, value, strict=True))
    return None


def _same(old: object, new: object) -> bool:
    return type(old) is type(new) and old == new
