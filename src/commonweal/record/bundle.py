"""The export of a record: one JSON object that an auditor can check without this software.

Keys, all required: ``format``; ``origin``; ``log_keys`` and ``witness_keys`` (texts
``name+keyid+base64``); ``checkpoints`` and ``cosignatures`` (notes); ``leaves`` (``index``,
``kind``, ``subject``, ``role``, ``day``, ``commitment``, ``hash``); ``openings`` (``index``,
``salt``, ``payload``); ``rows`` (``subject``, ``fields``). Bytes are written in hexadecimal.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, BinaryIO

from .canonical import canonical_json
from .findings import Opening, Problem, StoredLeaf, Verification
from .leaf import Leaf
from .note import parse_public_key
from .read_json import Refused, parse_bounded, read_day, read_hex, read_number, read_text
from .read_json import read_object as _object
from .read_json import read_parts as _parts
from .row_check import row_pairs
from .verify import verify_log

FORMAT = "commonweal.record.bundle/1"
_LISTS = (
    "log_keys",
    "witness_keys",
    "checkpoints",
    "cosignatures",
    "leaves",
    "openings",
    "rows",
)
BundleRejected = Refused
"""A bundle that cannot be read; the message names the place, as in ``$.leaves[3].day``."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A record as exported: everything that verification needs except the stored nodes."""

    origin: str
    log_keys: tuple[str, ...]
    witness_keys: tuple[str, ...]
    checkpoints: tuple[str, ...]
    cosignatures: tuple[str, ...]
    leaves: tuple[StoredLeaf, ...]
    openings: tuple[Opening, ...]
    rows: Mapping[str, str]


def write_bundle(
    stream: BinaryIO,
    *,
    origin: str,
    log_keys: Iterable[str],
    witness_keys: Iterable[str],
    checkpoints: Iterable[str],
    cosignatures: Iterable[str],
    leaves: Iterable[StoredLeaf],
    openings: Iterable[Opening],
    rows: Mapping[str, str] | Iterable[tuple[str, str]],
) -> None:
    """Write a record as one JSON object, one line per part, without holding it in memory."""
    lists: tuple[Iterable[object], ...] = (
        log_keys,
        witness_keys,
        checkpoints,
        cosignatures,
        map(_leaf_object, leaves),
        map(_opening_object, openings),
        map(_row_object, row_pairs(rows)),
    )
    stream.write(b'{"format":' + canonical_json(FORMAT))
    stream.write(b',\n"origin":' + canonical_json(origin))
    for name, parts in zip(_LISTS, lists, strict=True):
        stream.write(b",\n" + canonical_json(name) + b":[")
        for number, part in enumerate(parts):
            stream.write((b",\n" if number else b"\n") + canonical_json(part))
        stream.write(b"]")
    stream.write(b"}\n")


def read_bundle(stream: BinaryIO, *, limit: int) -> Bundle:
    """Return the bundle of a stream of at most ``limit`` bytes.

    Raises:
        BundleRejected: too large, no JSON, an unknown or repeated key, or a malformed part.
    """
    whole = _object(parse_bounded(stream, limit=limit), "$", {"format", "origin", *_LISTS})
    if whole["format"] != FORMAT:
        raise BundleRejected(f"$.format is {whole['format']!r}, this reads {FORMAT!r}.")
    return Bundle(
        origin=read_text(whole["origin"], "$.origin"),
        log_keys=_parts(whole, "log_keys", _key_text),
        witness_keys=_parts(whole, "witness_keys", _key_text),
        checkpoints=_parts(whole, "checkpoints", read_text),
        cosignatures=_parts(whole, "cosignatures", read_text),
        leaves=_parts(whole, "leaves", _leaf),
        openings=_parts(whole, "openings", _opening),
        rows=_rows(whole),
    )


def verify_bundle(
    bundle: Bundle,
    *,
    trusted_keys: Iterable[str] | None = None,
    printed: Iterable[str] = (),
    without_rows: Collection[str] = frozenset(),
) -> Verification:
    """Verify an export away from the installation that made it.

    Args:
        bundle: the export.
        trusted_keys: public keys the reader holds from elsewhere; a log key that is not among
            them is a problem, and other witnesses confirm nothing. None believes the bundle's.
        printed: checkpoints the reader kept, on paper or in a file, also to be met.
        without_rows: see ``verify_log``.
    """
    verification = verify_log(
        origin=bundle.origin,
        leaves=bundle.leaves,
        nodes=None,
        openings=bundle.openings,
        rows=bundle.rows,
        checkpoints=(*bundle.checkpoints, *printed),
        cosignatures=bundle.cosignatures,
        log_keys=_by_name(bundle.log_keys),
        witness_keys=_by_name(bundle.witness_keys),
        without_rows=without_rows,
    )
    if trusted_keys is None:
        return verification
    return _trusting_only(verification, bundle=bundle, trusted=frozenset(trusted_keys))


def _trusting_only(
    verification: Verification, *, bundle: Bundle, trusted: frozenset[str]
) -> Verification:
    keys = {parse_public_key(text) for text in trusted}
    strangers = [text for text in bundle.log_keys if parse_public_key(text) not in keys]
    problems = tuple(
        Problem("key_untrusted", None, None, f"The log key {text} is not one you trust.")
        for text in strangers
    )
    known = {parse_public_key(text) for text in bundle.witness_keys} & keys
    names = {key.name for key in known}
    return replace(
        verification,
        problems=problems + verification.problems,
        witnesses=tuple(seen for seen in verification.witnesses if seen.name in names),
    )


def _by_name(texts: Iterable[str]) -> dict[str, bytes]:
    keys: dict[str, bytes] = {}
    for text in texts:
        name, key = parse_public_key(text)
        if keys.setdefault(name, key) != key:
            raise BundleRejected(f"Two different keys are named {name!r}.")
    return keys


def _leaf_object(stored: StoredLeaf) -> dict[str, object]:
    leaf = stored.leaf
    return {
        "commitment": leaf.commitment.hex(),
        "day": leaf.day.isoformat(),
        "hash": stored.hash.hex(),
        "index": stored.index,
        "kind": leaf.kind,
        "role": leaf.role,
        "subject": leaf.subject,
    }


def _opening_object(opening: Opening) -> dict[str, object]:
    return {"index": opening.index, "payload": opening.payload, "salt": opening.salt.hex()}


def _row_object(row: tuple[str, str]) -> dict[str, object]:
    subject, fields = row
    return {"fields": json.loads(fields), "subject": subject}


def _leaf(value: Any, place: str) -> StoredLeaf:
    keys = {"index", "kind", "subject", "role", "day", "commitment", "hash"}
    read = _object(value, place, keys)
    leaf = Leaf(
        kind=read_text(read["kind"], f"{place}.kind"),
        subject=read_text(read["subject"], f"{place}.subject"),
        role=read_text(read["role"], f"{place}.role"),
        day=read_day(read["day"], f"{place}.day"),
        commitment=read_hex(read["commitment"], f"{place}.commitment"),
    )
    index = read_number(read["index"], f"{place}.index")
    return StoredLeaf(index, leaf, read_hex(read["hash"], f"{place}.hash"))


def _opening(value: Any, place: str) -> Opening:
    read = _object(value, place, {"index", "salt", "payload"})
    return Opening(
        read_number(read["index"], f"{place}.index"),
        read_hex(read["salt"], f"{place}.salt"),
        read_text(read["payload"], f"{place}.payload"),
    )


def _row(value: Any, place: str) -> tuple[str, str]:
    read = _object(value, place, {"subject", "fields"})
    if not isinstance(read["fields"], dict):
        raise BundleRejected(f"{place}.fields is no object.")
    try:
        fields = canonical_json(read["fields"]).decode()
    except ValueError as malformed:
        raise BundleRejected(f"{place}.fields: {malformed}") from malformed
    return read_text(read["subject"], f"{place}.subject"), fields


def _rows(whole: Mapping[str, Any]) -> dict[str, str]:
    rows: dict[str, str] = {}
    for number, (subject, fields) in enumerate(_parts(whole, "rows", _row)):
        if subject in rows:
            raise BundleRejected(f"$.rows[{number}] repeats the subject {subject!r}.")
        rows[subject] = fields
    return rows


def _key_text(value: Any, place: str) -> str:
    text = read_text(value, place)
    try:
        parse_public_key(text)
    except ValueError as malformed:
        raise BundleRejected(f"{place}: {malformed}") from malformed
    return text
