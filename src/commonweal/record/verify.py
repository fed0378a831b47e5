"""Verification of a whole record: the log, its signatures, and the rows it speaks of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType

from .findings import Findings, Opening, StoredLeaf, Verification
from .log_check import read_log
from .note_check import Signers, confirmations, judge_notes, open_notes
from .row_check import read_rows, row_pairs
from .tree import Node

NOBODY: Mapping[str, bytes] = MappingProxyType({})


def verify_log(
    *,
    origin: str,
    leaves: Iterable[StoredLeaf],
    nodes: Iterable[Node] | None,
    openings: Mapping[int, Opening] | Iterable[Opening],
    rows: Mapping[str, str] | Iterable[tuple[str, str]],
    checkpoints: Iterable[str],
    log_keys: Mapping[str, bytes],
    witness_keys: Mapping[str, bytes] = NOBODY,
    cosignatures: Iterable[str] = (),
    without_rows: Collection[str] = frozenset(),
) -> Verification:
    """Recompute everything and name whatever was changed, inserted or deleted.

    Args:
        origin: the name of the log, the first line of its checkpoints.
        leaves: all leaves, in the order of their index.
        nodes: all stored nodes in any order, or None where an export leaves them out.
        openings: salt and payload of each leaf, in any order.
        rows: per subject the canonical JSON of its recorded fields, as the row is now.
        checkpoints: the notes the log signed and stored.
        log_keys: public keys of the log by name; more than one after a key was replaced.
        witness_keys: public keys of the witnesses by name.
        cosignatures: whole notes as witnesses returned them, signed by the log and by them.
        without_rows: subject types that speak of no row, such as the daily leaf of anonymous
            acts; their payload may have any form.

    Raises:
        ValueError: when the log and a witness share a name or a key, so that one could pass
            for the other.
    """
    _refuse_shared_keys(log_keys, witness_keys=witness_keys)
    findings = Findings()
    who = Signers(origin, log_keys, witness_keys)
    signed = open_notes(checkpoints, signers=who, cosigned=False, findings=findings)
    signed += open_notes(cosignatures, signers=who, cosigned=True, findings=findings)
    sizes = {note.checkpoint.size for note in signed}
    log = read_log(leaves, nodes=nodes, sizes=sizes, findings=findings)
    good = judge_notes(signed, log=log, findings=findings)
    erased = read_rows(
        log,
        openings=openings.values() if isinstance(openings, Mapping) else openings,
        rows=row_pairs(rows),
        without_rows=without_rows,
        findings=findings,
    )
    return Verification(
        size=log.size,
        root=log.root,
        problems=tuple(findings.problems),
        witnesses=confirmations(good, witness_keys=witness_keys),
        erased=erased,
        signed_size=max((note.checkpoint.size for note in good), default=0),
    )


def _refuse_shared_keys(
    log_keys: Mapping[str, bytes], *, witness_keys: Mapping[str, bytes]
) -> None:
    shared = set(log_keys) & set(witness_keys)
    if shared:
        raise ValueError(f"The log and a witness are both named {sorted(shared)[0]!r}.")
    twins = [name for name, key in witness_keys.items() if key in log_keys.values()]
    if twins:
        raise ValueError(f"The witness {twins[0]!r} has the key of the log: it confirms nothing.")
