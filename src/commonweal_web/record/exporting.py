"""The export of a whole record, for somebody who checks it elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _

from commonweal.record import add_signature, write_bundle
from commonweal_web.house.refusals import Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.record import models as tables
from commonweal_web.record import whole_log
from commonweal_web.record.log_key import key_in_force
from commonweal_web.record.stored import snapshot
from commonweal_web.record.verification import recorded_rows


def export_record(organisation: Organisation, *, stream: BinaryIO) -> None:
    """Write everything that an independent check needs. It holds personal data: keep it safe."""
    with snapshot():
        write_bundle(
            stream,
            origin=whole_log.origin_of(organisation),
            log_keys=whole_log.log_keys(organisation),
            witness_keys=[each.public_key for each in whole_log.witnesses(organisation)],
            checkpoints=_notes(organisation),
            cosignatures=whole_log.cosigned_notes(organisation),
            leaves=whole_log.stored_leaves(organisation),
            openings=whole_log.opened_leaves(organisation),
            rows=recorded_rows(organisation.pk),
        )


def _notes(organisation: Organisation) -> Iterator[str]:
    rows = tables.Checkpoint.objects.of(organisation).order_by("size")
    yield from rows.values_list("note", flat=True).iterator()


def sign_as_log(organisation: Organisation, *, text: str) -> str:
    """A note over a text, signed with the key that signs the record.

    Raises `Refused` while the record was never signed, or its key is not at hand.
    """
    head = tables.LogHead.objects.get(organisation=organisation)
    found = key_in_force(head)
    if found is None:
        raise Refused("never_signed", _("Sign the record first: commonweal record checkpoint."))
    name, pair = found
    return add_signature(f"{text}\n", name=name, signing_key=pair.signing_key)
