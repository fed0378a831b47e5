"""The payload a leaf commits to: who acted, the recorded fields, and whether the row stays."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from .canonical import NotCanonicalError, canonical_json

STATES = ("present", "removed")
ERASURE = "record.erasure"
"""The subject type of erasures, themselves recorded rows."""

_ERASURE_FIELDS = ("subject", "reason", "requester", "approver")


@dataclass(frozen=True, slots=True)
class Statement:
    """What an opened leaf says of its subject."""

    fields: Mapping[str, object]
    state: str


def read_statement(payload: str) -> Statement:
    """Return what a payload says.

    Raises:
        ValueError: when it is no JSON object with ``fields`` and a known ``state``.
    """
    try:
        value = json.loads(payload)
    except RecursionError as deep:
        raise ValueError("the payload is nested too deeply.") from deep
    fields = value.get("fields") if isinstance(value, dict) else None
    if not isinstance(fields, dict):
        raise ValueError("the payload holds no fields.")
    if value.get("state") not in STATES:
        raise ValueError(f"the state is {value.get('state')!r}, not 'present' or 'removed'.")
    return Statement(fields, value["state"])


def subject_type(subject: str) -> str:
    """Return ``<room>.<model>`` of a subject ``<room>.<model>:<id>``."""
    return subject.partition(":")[0]


def missing_erasure_fields(fields: Mapping[str, object]) -> list[str]:
    """Return which of subject, reason, requester and approver an erasure leaves blank."""
    return [name for name in _ERASURE_FIELDS if fields.get(name) in (None, "")]


def differing_fields(recorded: Mapping[str, object], *, row: str) -> list[str]:
    """Return the names of the fields in which a row differs from what was recorded.

    Raises:
        ValueError: when the text of the row is no JSON object.
    """
    if canonical_json(recorded).decode() == row:
        return []
    current = json.loads(row)
    if not isinstance(current, dict):
        raise ValueError("the row is no object of fields.")
    return [
        name
        for name in sorted({*recorded, *current})
        if _spelling(recorded, name=name) != _spelling(current, name=name)
    ] or ["(spelling of the fields)"]


def _spelling(fields: Mapping[str, object], *, name: str) -> bytes | None:
    """Compare by spelling: in Python 1 equals true, on the record it does not."""
    if name not in fields:
        return None
    try:
        return canonical_json(fields[name])
    except NotCanonicalError:
        return repr(fields[name]).encode()
