"""One spelling per value: the bytes that commitments and leaves are made of."""

from __future__ import annotations

import json
from typing import Any

MAX_DEPTH = 64
MAX_INT_BITS = 4096


class NotCanonicalError(ValueError):
    """A value that has no single spelling; the message names its place, as in ``$.fields.fee``."""


def canonical_json(value: object) -> bytes:
    """Return the only JSON spelling of ``value``, as UTF-8, in the manner of RFC 8785.

    Keys are sorted by their UTF-16 code units, nothing is written between tokens, and only the
    characters that JSON must escape are escaped. Whole numbers of any size keep all their digits.
    A float is refused because two programs may print it differently: pass text or a whole number.

    >>> canonical_json({"b": [True, None], "a": "é"}).decode()
    '{"a":"é","b":[true,null]}'

    Raises:
        NotCanonicalError: for floats, other types, keys that are no text, lone surrogates,
            and values nested deeper than 64 levels.
    """
    plain = _plain(value, place="$", depth=0)
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _plain(value: Any, *, place: str, depth: int) -> Any:
    """Return ``value`` with its keys in order, after checking every part of it."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _text(value, place=place)
    if isinstance(value, int):
        return _whole(value, place=place)
    if depth >= MAX_DEPTH:
        raise NotCanonicalError(f"{place} lies deeper than {MAX_DEPTH} levels: flatten the value.")
    if isinstance(value, list | tuple):
        return [
            _plain(part, place=f"{place}[{position}]", depth=depth + 1)
            for position, part in enumerate(value)
        ]
    if isinstance(value, dict):
        return _ordered(value, place=place, depth=depth)
    raise NotCanonicalError(
        f"{place} is {value!r} of type {type(value).__name__}, which has no single spelling: "
        "pass text, a whole number, true, false, null, a list or an object."
    )


def _ordered(value: dict[Any, Any], *, place: str, depth: int) -> dict[str, Any]:
    for key in value:
        if not isinstance(key, str):
            raise NotCanonicalError(f"{place} has the key {key!r}, which is no text.")
        _text(key, place=f"the key {key!a} of {place}")
    names = sorted(value, key=lambda name: name.encode("utf-16-be"))
    return {name: _plain(value[name], place=f"{place}.{name}", depth=depth + 1) for name in names}


def _text(value: str, *, place: str) -> str:
    if value.isascii():
        return value
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as broken:
        raise NotCanonicalError(
            f"{place} holds half a character (a lone surrogate) at position {broken.start}: "
            "remove it or repair the text."
        ) from broken
    return value


def _whole(value: int, *, place: str) -> int:
    if value.bit_length() > MAX_INT_BITS:
        raise NotCanonicalError(
            f"{place} is a whole number of {value.bit_length()} bits, more than {MAX_INT_BITS}."
        )
    return value
