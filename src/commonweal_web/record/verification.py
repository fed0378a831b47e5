"""Feeds the database to the domain's verification: the log, its signatures and every row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models

from commonweal.record import (
    Leaf,
    Node,
    Opening,
    Problem,
    StoredLeaf,
    Verification,
    canonical_json,
    grow,
    parse_public_key,
    verify_log,
)
from commonweal_web.house.rooms import rooms
from commonweal_web.organisations.models import Organisation, Owned
from commonweal_web.record import models as tables
from commonweal_web.record.key_check import judge_against_keys, organisations_with_keys
from commonweal_web.record.stored import (
    Unreadable,
    columns_of,
    recorded_text,
    rows_of,
    snapshot,
)

CODES: Mapping[str, str] = MappingProxyType(
    {
        "head_missing": "the organisation has no log",
        "head_changed": "the head does not say what the leaves of the log give",
        "head_seal": "the head does not bear the seal of this software's last append",
        "log_rolled_back": "the log does not continue the one that was signed last",
        "key_row_missing": "a key file is there, but its public key is not on the record",
        "organisation_missing": "there are keys of an organisation that is not there",
        "row_orphan": "a row belongs to no organisation",
        "witness_twins": "two witnesses have one key",
        "column_changed": "a column of the log's tables is not as this software writes it",
        "log_orphan": "a row of the log's tables belongs to no organisation",
        "key_malformed": "a stored public key cannot be read",
        "keys_shared": "a witness has the name or the key of the log",
        "key_untrusted": "the log's key is not one the reader trusts",
    }
)
"""The codes that only a database can cause; the others are in `commonweal.record.CODES`."""

_LOG_TABLES: tuple[type[models.Model], ...] = (
    tables.LogHead,
    tables.LogLeaf,
    tables.LogNode,
    tables.Opening,
)


@dataclass(slots=True)
class _Reader:
    """One organisation's record while it is read, with what only the database can get wrong."""

    organisation_id: UUID
    problems: list[Problem] = field(default_factory=list)

    def add(
        self, code: str, message: str, *, leaf: int | None = None, subject: str | None = None
    ) -> None:
        assert code in CODES, code
        self.problems.append(Problem(code, leaf, subject, message))

    @property
    def owner(self) -> Any:
        """The organisation's id as the database spells it."""
        return Organisation._meta.pk.get_db_prep_value(self.organisation_id, connection)

    def rows(self, model: type[models.Model], *, order: str = "") -> Iterator[dict[str, Any]]:
        """The readable rows of one of the log's tables; what is not readable is a problem."""
        columns = columns_of(model)
        where = f"{_quoted('organisation_id')} = %s"
        for raw in rows_of(model, where=where, values=(self.owner,), order=order):
            values = {
                column.name: column.read(value) for column, value in zip(columns, raw, strict=True)
            }
            yield self._judged(model, values)

    def _judged(self, model: type[models.Model], values: dict[str, Any]) -> dict[str, Any]:
        for name, value in values.items():
            if isinstance(value, Unreadable):
                place = values.get("index")
                self.add(
                    "column_changed",
                    f"The column {name} of {model._meta.label} at {place} holds {value.raw}, "
                    "which this software did not write: it was changed.",
                    leaf=place if isinstance(place, int) and model is not tables.LogNode else None,
                )
        return values


def recorded_models() -> list[type[models.Model]]:
    """Every model whose rows the record covers, found by what it inherits."""
    unrecorded = {each.table for room in rooms() for each in room.unrecorded}
    return [
        Organisation,
        *(
            model
            for model in apps.get_models()
            if issubclass(model, Owned) and model._meta.db_table not in unrecorded
        ),
    ]


def recorded_rows(organisation_id: UUID) -> Iterator[tuple[str, str]]:
    """Each recorded row of an organisation as it is now: its subject and its fields as text."""
    reader = _Reader(organisation_id)
    return _all_rows(reader, head=next(reader.rows(tables.LogHead), None))


def verify_record(
    organisation: Organisation | UUID,
    *,
    trusted_keys: Iterable[str] | None = None,
    printed: Iterable[str] = (),
) -> Verification:
    """Recompute the log of an organisation and compare every row it speaks of.

    The result names the leaf and the subject of whatever was changed, inserted or deleted by
    whatever way around this software. `trusted_keys` are public keys of the log held elsewhere,
    `printed` are checkpoints kept on paper or in a file: both must be met too.
    """
    owner = organisation.pk if isinstance(organisation, Organisation) else organisation
    reader = _Reader(owner)
    with snapshot():
        return _verify(reader, trusted_keys=trusted_keys, printed=tuple(printed))


def verify_installation() -> tuple[Problem, ...]:
    """What no organisation's own verification can find: whole organisations that are gone."""
    found = []
    with snapshot():
        known = {str(pk) for pk in Organisation.objects.values_list("pk", flat=True)}
        for organisation_id, names in organisations_with_keys().items():
            if organisation_id not in known:
                message = (
                    f"The organisation {organisation_id} is not there, but its keys are "
                    f"({', '.join(names)}): it was deleted with its record."
                )
                found.append(Problem("organisation_missing", None, None, message))
        # Where organisations are left, the verification of each reports these row by row.
        found += [] if known else _rows_of_nobody()
    return tuple(found)


def _rows_of_nobody() -> Iterator[Problem]:
    for model in (*_LOG_TABLES, *recorded_models()[1:]):
        count = sum(1 for _ in rows_of(model, where=_is_orphan(), values=()))
        if count:
            message = f"{count} rows of {model._meta.label} belong to no organisation."
            yield Problem("row_orphan", None, None, message)


def _verify(
    reader: _Reader, *, trusted_keys: Iterable[str] | None, printed: tuple[str, ...]
) -> Verification:
    leaves = list(_leaves(reader))
    head = next(reader.rows(tables.LogHead), None)
    log_keys = _keys(reader, tables.LogKey)
    witness_keys = _apart(_keys(reader, tables.Witness), log_keys=log_keys, reader=reader)
    verification = verify_log(
        origin=_text(head["origin"]) if head else "",
        leaves=leaves,
        nodes=_nodes(reader, leaves=leaves),
        openings=_openings(reader),
        rows=_all_rows(reader, head=head),
        checkpoints=(*_notes(reader, tables.Checkpoint), *printed),
        cosignatures=_notes(reader, tables.Cosignature),
        log_keys=log_keys,
        witness_keys=witness_keys,
    )
    _judge_head(head, leaves=leaves, verification=verification, reader=reader)
    if head is not None:
        judge_against_keys(head, leaves=leaves, log_keys=log_keys, add=reader.add)
    _judge_trust(log_keys, trusted=trusted_keys, reader=reader)
    _report_orphans(reader)
    return replace(verification, problems=(*reader.problems, *verification.problems))


def _leaves(reader: _Reader) -> Iterator[StoredLeaf]:
    for row in reader.rows(tables.LogLeaf, order=f" ORDER BY {_quoted('index')}"):
        if not isinstance(row["index"], int):
            continue
        leaf = Leaf(
            _text(row["kind"]),
            _text(row["subject"]),
            _text(row["role"]),
            row["day"],
            _raw_bytes(row["commitment"]),
        )
        yield StoredLeaf(row["index"], leaf, _raw_bytes(row["hash"]))


def _nodes(reader: _Reader, *, leaves: list[StoredLeaf]) -> Iterator[Node]:
    """All nodes; those of the lowest level are the hashes stored beside the leaves."""
    for leaf in leaves:
        yield Node(0, leaf.index, leaf.hash)
    for row in reader.rows(tables.LogNode):
        if isinstance(row["level"], int) and isinstance(row["index"], int):
            yield Node(row["level"], row["index"], _raw_bytes(row["hash"]))


def _openings(reader: _Reader) -> Iterator[Opening]:
    for row in reader.rows(tables.Opening):
        if isinstance(row["index"], int):
            yield Opening(row["index"], _raw_bytes(row["salt"]), _text(row["payload"]))


def _all_rows(reader: _Reader, *, head: dict[str, Any] | None) -> Iterator[tuple[str, str]]:
    if head is not None:
        fields = {
            "organisation_id": str(head["organisation_id"]),
            "origin": _text(head["origin"]),
        }
        yield f"record.loghead:{reader.organisation_id}", canonical_json(fields).decode()
    for model in recorded_models():
        yield from _rows_of_model(reader, model=model)


def _rows_of_model(reader: _Reader, *, model: type[models.Model]) -> Iterator[tuple[str, str]]:
    """The rows of this organisation, and those that belong to none: nobody else would look."""
    columns = columns_of(model)
    key = next(place for place, each in enumerate(columns) if each.name == model._meta.pk.attname)
    label = model._meta.label_lower
    if model is Organisation:
        where = f"{_quoted('id')} = %s"
    else:
        where = f"{_quoted('organisation_id')} = %s OR {_is_orphan()}"
    for raw in rows_of(model, where=where, values=(reader.owner,)):
        parsed = columns[key].parse
        yield f"{label}:{_identity(parsed, raw[key])}", recorded_text(model, raw)


def _identity(parse: Any, raw: Any) -> str:
    """A row's id; one whose spelling was edited still is that row where it can be read."""
    try:
        return str(parse(raw))
    except Exception:  # an edited id may break the parser in any way
        return ascii(raw)


def _is_orphan() -> str:
    organisations = _quoted(Organisation._meta.db_table)
    owner = _quoted("organisation_id")
    known = f"SELECT {_quoted('id')} FROM {organisations}"  # noqa: S608  # our own names
    return f"{owner} IS NULL OR {owner} NOT IN ({known})"


def _report_orphans(reader: _Reader) -> None:
    for model in _LOG_TABLES:
        for raw in rows_of(model, where=_is_orphan(), values=()):
            values = dict(zip((each.name for each in columns_of(model)), raw, strict=True))
            index = values.get("index")
            reader.add(
                "log_orphan",
                f"A row of {model._meta.label} (index {index!a}) belongs to the organisation "
                f"{values['organisation_id']!a}, which does not exist: it was moved, "
                "or its organisation was deleted.",
                leaf=index if isinstance(index, int) and model is not tables.LogNode else None,
            )


def _judge_head(
    head: dict[str, Any] | None,
    *,
    leaves: list[StoredLeaf],
    verification: Verification,
    reader: _Reader,
) -> None:
    if head is None:
        reader.add("head_missing", f"The organisation {reader.organisation_id} has no log.")
        return
    hashes = [leaf.hash for leaf in leaves]
    if any(len(each) != 32 for each in hashes):
        return
    whole = grow(0, (), hashes)
    expected = {"size": whole.size, "root": whole.root, "frontier": b"".join(whole.frontier)}
    stored = {"size": head["size"]} | {
        name: _raw_bytes(head[name]) for name in ("root", "frontier")
    }
    for name, value in expected.items():
        if stored[name] != value:
            reader.add(
                "head_changed",
                f"The head of the log says another {name} than its {whole.size} leaves give: "
                "it was changed, or leaves at the end were deleted.",
                leaf=verification.size,
            )


def _keys(reader: _Reader, model: type[tables.LogKey] | type[tables.Witness]) -> dict[str, bytes]:
    keys: dict[str, bytes] = {}
    texts = model.objects.of(reader.organisation_id).values_list("public_key", flat=True)
    for text in texts:
        try:
            name, key = parse_public_key(_text(text))
        except ValueError as malformed:
            reader.add("key_malformed", f"A key of {model._meta.label}: {malformed}")
            continue
        keys.setdefault(name, key)
    return keys


def _apart(
    witness_keys: dict[str, bytes], *, log_keys: dict[str, bytes], reader: _Reader
) -> dict[str, bytes]:
    """The witnesses that cannot be mistaken for the log itself."""
    shared = {
        name for name, key in witness_keys.items() if name in log_keys or key in log_keys.values()
    }
    for name in sorted(shared):
        reader.add("keys_shared", f"The witness {name} has a name or key of the log itself.")
    first = {key: name for name, key in reversed(witness_keys.items())}
    twins = {name for name, key in witness_keys.items() if first[key] != name}
    for name in sorted(twins):
        reader.add("witness_twins", f"The witness {name} has the key of another: it is one.")
    return {name: key for name, key in witness_keys.items() if name not in shared | twins}


def _judge_trust(
    log_keys: Mapping[str, bytes], *, trusted: Iterable[str] | None, reader: _Reader
) -> None:
    if trusted is None:
        return
    known = {parse_public_key(text).key for text in trusted}
    for name, key in log_keys.items():
        if key not in known:
            reader.add("key_untrusted", f"The log key {name} is not one you trust.")


def _notes(
    reader: _Reader, model: type[tables.Checkpoint] | type[tables.Cosignature]
) -> Iterator[str]:
    notes = model.objects.of(reader.organisation_id).order_by("size").values_list("note")
    for (note,) in notes.iterator():
        yield _text(note)


def _text(value: Any) -> str:
    """Text that can be hashed and printed, whatever a column was edited to."""
    if isinstance(value, Unreadable):
        return value.raw
    if not isinstance(value, str):
        return ascii(value)
    return value if value.isascii() or _is_text(value) else ascii(value)


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _raw_bytes(value: Any) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else b""


def _quoted(name: str) -> str:
    return str(connection.ops.quote_name(name))
