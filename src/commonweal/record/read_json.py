"""Reads JSON from outside: bounded, strict, and with the place of every fault."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, BinaryIO, NoReturn, TypeVar

Part = TypeVar("Part")
MAX_NUMBER = 1 << 62


class Refused(ValueError):
    """Input that is not what it should be; the message names the place and the fault."""


def parse_bounded(stream: BinaryIO, *, limit: int) -> Any:
    """Return the JSON value of a stream, reading at most ``limit`` bytes of it.

    Raises:
        Refused: too large, not UTF-8, no JSON, a repeated key, or a number with a fraction.
    """
    raw = stream.read(limit + 1)
    if len(raw) > limit:
        raise Refused(f"The bundle is larger than the limit of {limit} bytes: raise the limit.")
    try:
        return json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=_unique,
            parse_float=_no_fraction,
            parse_constant=_no_fraction,
        )
    except Refused:
        raise
    except RecursionError as deep:
        raise Refused("The bundle is nested too deeply.") from deep
    except ValueError as malformed:
        raise Refused(f"The bundle is no JSON in UTF-8: {malformed}") from malformed


def read_object(value: Any, place: str, keys: Iterable[str]) -> Mapping[str, Any]:
    """Return an object that has exactly these keys."""
    if not isinstance(value, dict):
        raise Refused(f"{place} is no object.")
    wanted = set(keys)
    for name in sorted(wanted - set(value)):
        raise Refused(f"{place}.{name} is missing.")
    for name in sorted(set(value) - wanted):
        raise Refused(f"{place} has the unknown key {name!a}: allowed are {sorted(wanted)}.")
    return value


def read_parts(
    whole: Mapping[str, Any], name: str, read: Callable[[Any, str], Part]
) -> tuple[Part, ...]:
    """Return the list under a key, each part read at its own place."""
    parts = whole[name]
    if not isinstance(parts, list):
        raise Refused(f"$.{name} is no list.")
    return tuple(read(part, f"$.{name}[{number}]") for number, part in enumerate(parts))


def read_text(value: Any, place: str) -> str:
    """Return a text without half characters."""
    if not isinstance(value, str):
        raise Refused(f"{place} is no text.")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as broken:
        raise Refused(f"{place} holds half a character (a lone surrogate).") from broken
    return value


def read_number(value: Any, place: str) -> int:
    """Return a whole number that is not negative."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < MAX_NUMBER:
        raise Refused(f"{place} is {value!a}, not a whole number from 0.")
    return value


def read_hex(value: Any, place: str) -> bytes:
    """Return the bytes of 64 lower-case hexadecimal digits."""
    text = read_text(value, place)
    try:
        raw = bytes.fromhex(text)
    except ValueError as malformed:
        raise Refused(f"{place} is not hexadecimal.") from malformed
    if raw.hex() != text or len(raw) != 32:
        raise Refused(f"{place} is not 64 lower-case hexadecimal digits.")
    return raw


def read_day(value: Any, place: str) -> date:
    """Return a day written as 2026-03-01."""
    text = read_text(value, place)
    try:
        day = date.fromisoformat(text)
    except ValueError as malformed:
        raise Refused(f"{place} is {text!r}, not a day such as 2026-03-01.") from malformed
    if day.isoformat() != text:
        raise Refused(f"{place} is {text!r}, not a day such as 2026-03-01.")
    return day


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Refused(f"The key {twice!a} occurs twice in one object.")
    return value


def _no_fraction(text: str) -> NoReturn:
    raise Refused(f"The number {text} has no single spelling: whole numbers only.")
