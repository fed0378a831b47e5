"""Checks stored checkpoints and cosignatures against the log as it was read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .checkpoint import Checkpoint, open_note
from .findings import Findings, WitnessConfirmation
from .log_check import LogReading
from .note import NoteRejected, signatures


@dataclass(frozen=True, slots=True)
class Signers:
    """Whose signatures count: the log of that origin, by its keys, and its witnesses."""

    origin: str
    log_keys: Mapping[str, bytes]
    witness_keys: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Signed:
    """A note whose signatures hold: what it says and who signed."""

    checkpoint: Checkpoint
    names: frozenset[str]


def open_notes(
    notes: Iterable[str],
    *,
    signers: Signers,
    cosigned: bool,
    findings: Findings,
) -> list[Signed]:
    """Return the notes that the log signed; with ``cosigned`` a witness must have signed too."""
    opened = []
    keys = {**signers.witness_keys, **signers.log_keys}
    for number, note in enumerate(notes):
        try:
            checkpoint, names = open_note(note, verify_keys=keys)
            _refuse_other_signer(checkpoint, names=names, signers=signers)
        except NoteRejected as rejected:
            what = "Cosignature" if cosigned else "Checkpoint"
            findings.add("checkpoint_rejected", f"{what} number {number}: {rejected}")
            continue
        unknown = {signed.name for signed in signatures(note)} - names
        if cosigned:
            witnesses = names - set(signers.log_keys)
            _report_signers(checkpoint, unknown=unknown, witnesses=witnesses, findings=findings)
        opened.append(Signed(checkpoint, names))
    return opened


def _refuse_other_signer(
    checkpoint: Checkpoint, *, names: frozenset[str], signers: Signers
) -> None:
    if checkpoint.origin != signers.origin:
        raise NoteRejected(f"it is of the log {checkpoint.origin!r}, not of {signers.origin!r}.")
    if not names & set(signers.log_keys):
        raise NoteRejected("the log itself did not sign it.")


def _report_signers(
    checkpoint: Checkpoint, *, unknown: set[str], witnesses: frozenset[str], findings: Findings
) -> None:
    where = f"The cosignature of size {checkpoint.size}"
    if not witnesses:
        findings.add("cosignature_missing", f"{where} is not signed by a witness we know.")
    if unknown:
        names = ", ".join(sorted(unknown))
        findings.add("cosignature_unknown", f"{where} is signed by {names}, whom we do not know.")


def judge_notes(notes: Iterable[Signed], *, log: LogReading, findings: Findings) -> list[Signed]:
    """Return the notes that agree with the log, smallest first; report the others."""
    good: list[Signed] = []
    for signed in sorted(notes, key=lambda signed: signed.checkpoint.size):
        size, root = signed.checkpoint.size, signed.checkpoint.root
        if size not in log.roots:
            findings.add(
                "checkpoint_ahead",
                f"A checkpoint of {signed.checkpoint.day} signed {size} leaves, the log holds "
                f"{log.size} unbroken: leaves were deleted or an old backup was restored.",
            )
        elif log.roots[size] != root:
            since = good[-1].checkpoint.size if good else 0
            findings.add(
                "checkpoint_root",
                f"At size {size} the log has the root {log.roots[size].hex()}, signed on "
                f"{signed.checkpoint.day} was {root.hex()}: a leaf from {since} to {size - 1} "
                "was changed.",
            )
        else:
            good.append(signed)
    return good


def confirmations(
    notes: Iterable[Signed], *, witness_keys: Iterable[str]
) -> tuple[WitnessConfirmation, ...]:
    """Return each witness with the largest size it signed."""
    sizes: dict[str, int] = {}
    for signed in notes:
        for name in signed.names & set(witness_keys):
            sizes[name] = max(sizes.get(name, 0), signed.checkpoint.size)
    return tuple(WitnessConfirmation(name, size) for name, size in sorted(sizes.items()))
