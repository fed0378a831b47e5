"""The tables of the log. They are written by `record.action` and `record.actions` alone."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonweal.record.leaf import Leaf
from commonweal_web.organisations.models import Organisation, Owned


class LogHead(models.Model):
    """Where an organisation's log stands: its size, its root and the subtrees it grows from."""

    organisation = models.OneToOneField(
        Organisation, primary_key=True, on_delete=models.PROTECT, related_name="log_head"
    )
    origin = models.CharField(max_length=200, unique=True)
    size = models.BigIntegerField(default=0)
    root = models.BinaryField(max_length=32)
    frontier = models.BinaryField(max_length=64 * 32)

    def __str__(self) -> str:
        return f"{self.origin} {self.size}"

    @property
    def subtrees(self) -> list[bytes]:
        """The complete subtrees of the current size, largest first."""
        joined = bytes(self.frontier)
        return [joined[start : start + 32] for start in range(0, len(joined), 32)]


class LogLeaf(models.Model):
    """One step on the record. Holds no personal data: what it speaks of is in the opening."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    index = models.BigIntegerField()
    kind = models.CharField(max_length=100)
    subject = models.CharField(max_length=150)
    role = models.CharField(max_length=40)
    day = models.DateField()
    commitment = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        ordering = ("organisation", "index")
        constraints = [
            models.UniqueConstraint(fields=("organisation", "index"), name="one_leaf_per_index")
        ]
        indexes = [
            models.Index(fields=("organisation", "subject", "index"), name="leaves_of_subject")
        ]

    def __str__(self) -> str:
        return f"{self.index} {self.kind}"

    @property
    def leaf(self) -> Leaf:
        """The value that is hashed."""
        return Leaf(self.kind, self.subject, self.role, self.day, bytes(self.commitment))


class LogNode(models.Model):
    """A complete subtree above the leaves, kept so that proofs cost a few reads."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "level", "index"), name="one_node_per_place"
            )
        ]

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"


class Opening(models.Model):
    """What opens a leaf's commitment: the salt and the recorded fields. Erasing destroys it."""

    leaf = models.OneToOneField(LogLeaf, on_delete=models.PROTECT, related_name="opening")
    salt = models.BinaryField(max_length=32)
    payload = models.TextField()

    def __str__(self) -> str:
        return f"opening of {self.leaf_id}"


class Checkpoint(models.Model):
    """A signed statement of the log's size and root on a day."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    size = models.BigIntegerField()
    day = models.DateField()
    note = models.TextField()

    class Meta:
        ordering = ("organisation", "-size")
        constraints = [
            models.UniqueConstraint(fields=("organisation", "size"), name="one_note_per_size")
        ]

    def __str__(self) -> str:
        return f"checkpoint {self.size}"


class Cosignature(models.Model):
    """A checkpoint with a witness's signature, as the witness gave it back."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    witness = models.ForeignKey("record.Witness", on_delete=models.PROTECT, related_name="+")
    size = models.BigIntegerField()
    note = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("witness", "size"), name="one_cosignature_per_size")
        ]

    def __str__(self) -> str:
        return f"cosignature {self.size}"


class Witness(Owned):
    """Somebody outside who keeps checkpoints and would notice a rewritten history."""

    name = models.CharField(max_length=100, verbose_name=_("name"))
    public_key = models.CharField(max_length=200, verbose_name=_("public key"))

    class Meta:
        ordering = ("name", "id")
        constraints = [
            models.UniqueConstraint(fields=("organisation", "name"), name="one_key_per_witness")
        ]

    def __str__(self) -> str:
        return self.name


class Erasure(Owned):
    """That a person's data was erased: whose, why, who asked and who approved."""

    subject = models.CharField(max_length=150, verbose_name=_("what was erased"))
    reason = models.TextField(verbose_name=_("reason"))
    requester = models.CharField(max_length=200, verbose_name=_("asked by"))
    approver = models.CharField(max_length=200, verbose_name=_("approved by"))
    erased_at = models.DateTimeField(verbose_name=_("erased"))

    class Meta:
        ordering = ("-erased_at", "id")

    def __str__(self) -> str:
        return self.subject
