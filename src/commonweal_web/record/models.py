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
    seal = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"{self.origin} {self.size}"

    @property
    def recorded(self) -> dict[str, str]:
        """What the first leaf of the log commits to: whose log it is, and its name."""
        return {"organisation_id": str(self.organisation_id), "origin": self.origin}

    @property
    def subtrees(self) -> list[bytes]:
        """The complete subtrees of the current size, largest first."""
        joined = bytes(self.frontier)
        return [joined[start : start + 32] for start in range(0, len(joined), 32)]


class LogLeaf(models.Model):
    """One step on the record. Holds no personal data: what it speaks of is in the opening.

    The tables of the log have no number of their own beside their place, so that there is no
    column that verification could not judge.
    """

    pk = models.CompositePrimaryKey("organisation", "index")
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

    pk = models.CompositePrimaryKey("organisation", "level", "index")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"


class Opening(models.Model):
    """What opens a leaf's commitment: the salt and the recorded fields. Erasing destroys it."""

    pk = models.CompositePrimaryKey("organisation", "index")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    index = models.BigIntegerField()
    salt = models.BinaryField(max_length=32)
    payload = models.TextField()

    def __str__(self) -> str:
        return f"opening of {self.index}"


class LogKey(Owned):
    """A public key of the log. The secret half is a file outside the database and the data."""

    name = models.CharField(max_length=200, verbose_name=_("name"))
    public_key = models.CharField(max_length=300, verbose_name=_("public key"))
    since = models.DateField(verbose_name=_("since"))

    class Meta:
        ordering = ("since", "name")
        constraints = [
            models.UniqueConstraint(fields=("organisation", "name"), name="one_log_key_per_name")
        ]

    def __str__(self) -> str:
        return self.public_key


class Checkpoint(Owned):
    """A signed statement of the log's size and root on a day."""

    size = models.BigIntegerField(verbose_name=_("steps"))
    day = models.DateField(verbose_name=_("day"))
    note = models.TextField(verbose_name=_("signed text"))

    class Meta:
        ordering = ("-size",)
        constraints = [
            models.UniqueConstraint(fields=("organisation", "size"), name="one_note_per_size")
        ]

    def __str__(self) -> str:
        return f"checkpoint {self.size}"


class Cosignature(Owned):
    """A checkpoint with a witness's signature, as the witness gave it back."""

    witness = models.ForeignKey(
        "record.Witness", on_delete=models.PROTECT, related_name="+", verbose_name=_("witness")
    )
    size = models.BigIntegerField(verbose_name=_("steps"))
    note = models.TextField(verbose_name=_("signed text"))

    class Meta:
        ordering = ("-size",)
        constraints = [
            models.UniqueConstraint(fields=("witness", "size"), name="one_cosignature_per_size")
        ]

    def __str__(self) -> str:
        return f"cosignature {self.size}"


class Witness(Owned):
    """Somebody outside who keeps checkpoints and would notice a rewritten history."""

    name = models.CharField(max_length=100, verbose_name=_("name"))
    public_key = models.CharField(max_length=300, verbose_name=_("public key"))
    named_by = models.CharField(max_length=40, verbose_name=_("named by the role"))

    class Meta:
        ordering = ("name", "id")
        constraints = [
            models.UniqueConstraint(fields=("organisation", "name"), name="one_key_per_witness")
        ]

    def __str__(self) -> str:
        return self.name


class ErasureRequest(Owned):
    """That somebody asks to have a person's data erased; a second person answers."""

    subject = models.CharField(max_length=150, verbose_name=_("what to erase"))
    reason = models.TextField(verbose_name=_("reason"))
    requester = models.UUIDField(verbose_name=_("asked by"))
    asked_at = models.DateTimeField(verbose_name=_("asked"))
    answered_at = models.DateTimeField(null=True, blank=True, verbose_name=_("answered"))
    is_approved = models.BooleanField(default=False, verbose_name=_("approved"))

    class Meta:
        ordering = ("asked_at", "id")

    def __str__(self) -> str:
        return self.subject


class Erasure(Owned):
    """That a person's data was erased: whose, why, and the accounts that asked and approved."""

    subject = models.CharField(max_length=150, verbose_name=_("what was erased"))
    reason = models.TextField(verbose_name=_("reason"))
    requester = models.UUIDField(verbose_name=_("asked by"))
    approver = models.UUIDField(verbose_name=_("approved by"))
    erased_at = models.DateTimeField(verbose_name=_("erased"))

    class Meta:
        ordering = ("-erased_at", "id")

    def __str__(self) -> str:
        return self.subject
