"""Reads of a log whole: its keys, its witnesses, its leaves and what opens them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Max, OuterRef, Subquery

from commonweal.record import Opening as OpenedLeaf
from commonweal.record import StoredLeaf
from commonweal_web.house.declaration import Text
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.models import (
    Cosignature,
    LogHead,
    LogKey,
    LogLeaf,
    Opening,
    Witness,
)
from commonweal_web.record.words import who


@dataclass(frozen=True, slots=True)
class WitnessState:
    """A witness, its public key, the largest size it signed (0: none yet), and who named it."""

    name: str
    public_key: str
    size: int
    named_by: str

    @property
    def named_by_words(self) -> Text:
        """The role that named this witness, in words."""
        return who(self.named_by)


def log_keys(organisation: Organisation) -> list[str]:
    """The public keys of the log as published, oldest first."""
    keys = LogKey.objects.of(organisation).order_by("since", "name")
    return list(keys.values_list("public_key", flat=True)[:100])


def origin_of(organisation: Organisation) -> str:
    """The name of the log, the first line of its checkpoints."""
    return LogHead.objects.values_list("origin", flat=True).get(organisation=organisation)


def witnesses(organisation: Organisation, *, limit: int = 100) -> list[WitnessState]:
    """The witnesses, each with the largest size of the log it confirms."""
    signed = (
        Cosignature.objects.filter(witness=OuterRef("pk"))
        .order_by()
        .values("witness")
        .annotate(largest=Max("size"))
    )
    rows = (
        Witness.objects.of(organisation)
        .annotate(largest=Subquery(signed.values("largest")))
        .values_list("name", "public_key", "largest", "named_by")
    )
    return [WitnessState(name, key, largest or 0, by) for name, key, largest, by in rows[:limit]]


def stored_leaves(organisation: Organisation) -> Iterator[StoredLeaf]:
    """All leaves in the order of their index, for an export."""
    rows = LogLeaf.objects.filter(organisation=organisation).order_by("index")
    for row in rows.iterator(chunk_size=2000):
        yield StoredLeaf(row.index, row.leaf, bytes(row.hash))


def opened_leaves(organisation: Organisation) -> Iterator[OpenedLeaf]:
    """All openings, for an export that is kept as safely as the database."""
    rows = Opening.objects.filter(organisation=organisation).order_by("index")
    for row in rows.iterator(chunk_size=2000):
        yield OpenedLeaf(row.index, bytes(row.salt), row.payload)


def cosigned_notes(organisation: Organisation, *, limit: int = 100_000) -> list[str]:
    """The checkpoints as witnesses gave them back."""
    rows = Cosignature.objects.of(organisation).order_by("size", "witness_id")
    return list(rows.values_list("note", flat=True)[:limit])
