"""Reads of the record, for its own pages and for other rooms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal_web.house.refusals import NotHere
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.exporting import export_record, sign_as_log
from commonweal_web.record.history import Step, history_of, is_covered, may_read
from commonweal_web.record.key_check import key_files_of
from commonweal_web.record.models import (
    Checkpoint,
    Cosignature,
    ErasureRequest,
    LogHead,
    LogLeaf,
)
from commonweal_web.record.proofs import Consistency, LeafProof, consistency, leaf_proof, size
from commonweal_web.record.stored import snapshot
from commonweal_web.record.verification import (
    recorded_models,
    verify_installation,
    verify_record,
)
from commonweal_web.record.whole_log import (
    WitnessState,
    cosigned_notes,
    log_keys,
    opened_leaves,
    origin_of,
    stored_leaves,
    witnesses,
)

__all__ = [
    "Consistency",
    "LeafProof",
    "ProofBox",
    "Step",
    "WitnessState",
    "checkpoint_of_size",
    "checkpoints",
    "consistency",
    "cosigned_notes",
    "export_record",
    "history_of",
    "is_covered",
    "key_files_of",
    "latest_checkpoint",
    "latest_leaves",
    "leaf_at",
    "leaf_proof",
    "log_keys",
    "may_read",
    "opened_leaves",
    "origin_of",
    "proof_box",
    "recorded_models",
    "sign_as_log",
    "signed",
    "size",
    "snapshot",
    "stored_leaves",
    "unanswered_erasures",
    "verify_installation",
    "verify_record",
    "waiting_erasures",
    "witnesses",
]


@dataclass(frozen=True, slots=True)
class ProofBox:
    """What the calm box of the record says; pass its parts to the `proof` component."""

    size: int
    signed_size: int
    signed_on: date | None
    witnesses: int

    @property
    def text(self) -> str:
        """How many steps there are, when they were last signed, and how many confirm it."""
        steps = ngettext("%(size)s step.", "%(size)s steps.", self.size) % {"size": self.size}
        if self.signed_on is None:
            return steps + " " + _("Not yet signed.")
        signed = _("Signed on %(day)s.") % {"day": self.signed_on.isoformat()}
        if not self.witnesses:
            return f"{steps} {signed} " + _("No witness outside confirms it yet.")
        confirmed = ngettext(
            "Confirmed by %(count)s witness.",
            "Confirmed by %(count)s witnesses.",
            self.witnesses,
        ) % {"count": self.witnesses}
        return f"{steps} {signed} {confirmed}"


def proof_box(organisation: Organisation) -> ProofBox:
    """The state of the record in one statement."""
    notes = Checkpoint.objects.of(organisation).order_by("-size")[:1]
    signers = Cosignature.objects.of(organisation).order_by().values("organisation")
    row = (
        LogHead.objects.filter(organisation=organisation)
        .annotate(
            signed_size=Subquery(notes.values("size")),
            signed_on=Subquery(notes.values("day")),
            confirming=Subquery(signers.annotate(c=Count("witness", distinct=True)).values("c")),
        )
        .values_list("size", "signed_size", "signed_on", "confirming")
        .get()
    )
    return ProofBox(row[0], row[1] or 0, row[2], row[3] or 0)


def latest_checkpoint(organisation: Organisation) -> Checkpoint | None:
    """The newest signed checkpoint, or None while nothing was signed."""
    return Checkpoint.objects.of(organisation).order_by("-size").first()


def signed(organisation: Organisation) -> QuerySet[Checkpoint]:
    """The signed checkpoints, newest first, for a page of them."""
    return Checkpoint.objects.of(organisation).order_by("-size")


def checkpoints(organisation: Organisation, *, limit: int = 100) -> list[Checkpoint]:
    """The newest signed checkpoints, newest first."""
    return list(signed(organisation)[:limit])


def checkpoint_of_size(organisation: Organisation, *, size: int) -> Checkpoint:
    """The checkpoint that was signed at a size. Raises `NotHere` when none was."""
    found: Checkpoint | None = Checkpoint.objects.of(organisation).filter(size=size).first()
    if found is None:
        raise NotHere("checkpoint_unknown", _("Nothing was signed at this size."), where="size")
    return found


def waiting_erasures(organisation: Organisation, *, limit: int = 100) -> list[ErasureRequest]:
    """What somebody asked to erase and nobody has answered yet, oldest first."""
    asked = ErasureRequest.objects.of(organisation).filter(answered_at__isnull=True)
    return list(asked[:limit])


def unanswered_erasures(organisation: Organisation, *, at: datetime) -> list[str]:
    """Whether somebody waits for an answer to their wish to be erased."""
    waits = bool(waiting_erasures(organisation, limit=1))
    return [_("Somebody waits for an answer to a wish to be erased.")] if waits else []


def latest_leaves(organisation: Organisation) -> QuerySet[LogLeaf]:
    """The steps of the record, newest first, for a page of them."""
    return LogLeaf.objects.filter(organisation=organisation).order_by("-index")


def leaf_at(organisation: Organisation, *, index: int) -> LogLeaf:
    """One step. Raises `NotHere` when there is none at this place."""
    found = LogLeaf.objects.filter(organisation=organisation, index=index).first()
    if found is None:
        raise NotHere("leaf_unknown", _("There is no step %(index)s.") % {"index": index})
    return found
