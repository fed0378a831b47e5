"""Checks openings, erasures and rows: whether the database still says what was recorded."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from .commitment import commit
from .findings import Findings, Opening
from .log_check import LogReading
from .payload import (
    ERASURE,
    Statement,
    differing_fields,
    missing_erasure_fields,
    read_statement,
    subject_type,
)


@dataclass(slots=True)
class _Opened:
    """Which leaves could be opened, and the payloads that are still needed."""

    good: set[int] = field(default_factory=set)
    wrong: set[int] = field(default_factory=set)
    statements: dict[int, Statement] = field(default_factory=dict)
    erased: dict[str, int] = field(default_factory=dict)


def read_rows(
    log: LogReading,
    *,
    openings: Iterable[Opening],
    rows: Iterable[tuple[str, str]],
    without_rows: Collection[str],
    findings: Findings,
) -> tuple[str, ...]:
    """Compare openings and rows with the log, and return the erased subjects."""
    opened = _Opened()
    for opening in openings:
        _open(opening, log=log, opened=opened, without_rows=without_rows, findings=findings)
    _read_erasures(log, opened=opened, findings=findings)
    _report_erased_and_missing(log, opened=opened, findings=findings)
    seen: set[str] = set()
    for subject, row in rows:
        if subject in seen:
            _report(findings, code="row_duplicate", subject=subject, why="it has two rows.")
        seen.add(subject)
        if subject_type(subject) in without_rows:
            why = "subjects of this type have no row: it was inserted."
            _report(findings, code="row_inserted", subject=subject, why=why)
            continue
        _compare_row(row, subject=subject, log=log, opened=opened, findings=findings)
    _report_deleted(log, seen=seen, opened=opened, findings=findings)
    return tuple(sorted(opened.erased))


def _open(
    opening: Opening,
    *,
    log: LogReading,
    opened: _Opened,
    without_rows: Collection[str],
    findings: Findings,
) -> None:
    index = opening.index
    subject = log.subjects.get(index)
    if subject is None:
        findings.add(
            "opening_without_leaf",
            f"There are salt and payload for leaf {index}, which is not in the log.",
            leaf=index,
        )
    elif index in opened.good or index in opened.wrong:
        why = "it has two openings."
        _report(findings, code="opening_duplicate", leaf=index, subject=subject, why=why)
    elif not _opens(opening, commitment=log.commitments[index]):
        opened.wrong.add(index)
        why = "salt and payload are not what it committed to: one of them was changed."
        _report(findings, code="opening_wrong", leaf=index, subject=subject, why=why)
    else:
        opened.good.add(index)
        kind = subject_type(subject)
        if kind == ERASURE or (index == log.latest[subject] and kind not in without_rows):
            _keep_statement(opening, subject=subject, opened=opened, findings=findings)


def _opens(opening: Opening, *, commitment: bytes) -> bool:
    try:
        return commit(opening.payload.encode(), salt=opening.salt) == commitment
    except ValueError:
        return False


def _keep_statement(
    opening: Opening, *, subject: str, opened: _Opened, findings: Findings
) -> None:
    try:
        opened.statements[opening.index] = read_statement(opening.payload)
    except ValueError as malformed:
        _report(
            findings,
            code="payload_malformed",
            leaf=opening.index,
            subject=subject,
            why=str(malformed),
        )


def _read_erasures(log: LogReading, *, opened: _Opened, findings: Findings) -> None:
    for index, statement in sorted(opened.statements.items()):
        by = log.subjects[index]
        if subject_type(by) != ERASURE:
            continue
        blank = missing_erasure_fields(statement.fields)
        if blank:
            why = f"the erasure does not say its {', '.join(blank)}."
            _report(findings, code="erasure_incomplete", leaf=index, subject=by, why=why)
        subject = statement.fields.get("subject")
        if not isinstance(subject, str) or not subject:
            continue
        if subject_type(subject) == ERASURE:
            why = f"it says that {subject} was erased, but an erasure must stay readable."
            _report(findings, code="erasure_of_erasure", leaf=index, subject=by, why=why)
            continue
        opened.erased[subject] = index


def _report_erased_and_missing(log: LogReading, *, opened: _Opened, findings: Findings) -> None:
    for index, subject in log.subjects.items():
        erased_later = opened.erased.get(subject, -1) > index
        is_open = index in opened.good or index in opened.wrong
        if is_open and erased_later:
            why = f"the erasure at leaf {opened.erased[subject]} left its salt and payload behind."
            _report(findings, code="erased_opening_kept", leaf=index, subject=subject, why=why)
        if not is_open and not erased_later:
            why = "its salt and payload are gone, and no later erasure says why."
            _report(findings, code="opening_missing", leaf=index, subject=subject, why=why)


def _compare_row(
    row: str, *, subject: str, log: LogReading, opened: _Opened, findings: Findings
) -> None:
    index = log.latest.get(subject)
    if index is None:
        why = "the row was never recorded: it was inserted past the record."
        _report(findings, code="row_inserted", subject=subject, why=why)
        return
    statement = opened.statements.get(index)
    if statement is not None:
        code, why = _row_fault(row, statement=statement)
        if code:
            _report(findings, code=code, leaf=index, subject=subject, why=why)
    elif index not in opened.good and opened.erased.get(subject, -1) > index:
        why = "it was erased, but its row is still there without a fresh leaf."
        _report(findings, code="row_unverifiable", leaf=index, subject=subject, why=why)


def _row_fault(row: str, *, statement: Statement) -> tuple[str, str]:
    if statement.state == "removed":
        return "row_returned", "its removal was recorded, but the row is there."
    try:
        changed = differing_fields(statement.fields, row=row)
    except ValueError as malformed:
        return "row_changed", f"the row cannot be compared with its latest leaf: {malformed}"
    if not changed:
        return "", ""
    return "row_changed", f"the row differs from its latest leaf in: {', '.join(changed)}."


def _report_deleted(
    log: LogReading, *, seen: set[str], opened: _Opened, findings: Findings
) -> None:
    for subject, index in log.latest.items():
        statement = opened.statements.get(index)
        if subject not in seen and statement is not None and statement.state == "present":
            why = "the row is gone, but its latest leaf says that it is there."
            _report(findings, code="row_deleted", leaf=index, subject=subject, why=why)


def _report(
    findings: Findings, *, code: str, subject: str, why: str, leaf: int | None = None
) -> None:
    where = subject if leaf is None else f"Leaf {leaf} of {subject}"
    findings.add(code, f"{where}: {why}", leaf=leaf, subject=subject)


def row_pairs(rows: Mapping[str, str] | Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    """Accept rows as a mapping or as a stream of pairs."""
    return rows.items() if isinstance(rows, Mapping) else rows
