"""The export of a whole record, for somebody who checks it elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from commonweal.record import write_bundle
from commonweal_web.organisations.models import Organisation
from commonweal_web.record import models as tables
from commonweal_web.record import queries
from commonweal_web.record.stored import snapshot
from commonweal_web.record.verification import recorded_rows


def export_record(organisation: Organisation, *, stream: BinaryIO) -> None:
    """Write everything that an independent check needs. It holds personal data: keep it safe."""
    with snapshot():
        write_bundle(
            stream,
            origin=queries.origin_of(organisation),
            log_keys=queries.log_keys(organisation),
            witness_keys=[each.public_key for each in queries.witnesses(organisation)],
            checkpoints=_notes(organisation),
            cosignatures=queries.cosigned_notes(organisation),
            leaves=queries.stored_leaves(organisation),
            openings=queries.opened_leaves(organisation),
            rows=recorded_rows(organisation.pk),
        )


def _notes(organisation: Organisation) -> Iterator[str]:
    rows = tables.Checkpoint.objects.of(organisation).order_by("size")
    yield from rows.values_list("note", flat=True).iterator()
