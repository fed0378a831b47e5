"""Appending to the log: salts, leaves, nodes, the sealed head; and rows tampered with.

The head bears a keyed seal over its size and root. Its key lies in the keys folder, so that a log
written around the software, even a consistent one, is not carried on.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import Max
from django.utils.translation import gettext as _

from commonweal.record.canonical import canonical_json
from commonweal.record.commitment import SALT_BYTES, commit
from commonweal.record.leaf import Leaf
from commonweal.record.tree import grow
from commonweal_web.house import environment
from commonweal_web.house.refusals import Conflict
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.fields import recorded_fields, subject_of
from commonweal_web.record.models import LogHead, LogLeaf, LogNode, Opening
from commonweal_web.record.storing import store_rows

BATCH = 500


@dataclass(slots=True)
class Step:
    """One step that waits to be appended."""

    kind: str
    subject: str
    role: str
    payload: str


def seal_of(head: LogHead, *, may_make_key: bool = False) -> bytes:
    """The seal that this head must bear. Raises `Conflict` when the key is gone."""
    stated = {"origin": head.origin, "root": bytes(head.root).hex(), "size": head.size}
    key = _seal_key(head, may_make=may_make_key)
    return hmac.digest(key, canonical_json(stated), hashlib.sha256)


def _seal_key(head: LogHead, *, may_make: bool) -> bytes:
    name = f"seal-{head.organisation_id}.key"
    if not may_make and not (environment.keys_folder() / name).exists():
        raise Conflict(
            "seal_key_missing",
            _("The key %(file)s is not in the keys folder. Put it back; nothing can be written.")
            % {"file": name},
            where=name,
        )
    return bytes.fromhex(environment.key_file(name, make=lambda: secrets.token_hex(32)))


def refuse_unsealed(head: LogHead) -> None:
    """Refuse to carry on a log that was changed around the software."""
    if not hmac.compare_digest(bytes(head.seal), seal_of(head)):
        raise Conflict(
            "log_tampered",
            _("The record was changed around the software. Run `commonweal record verify`."),
            where="record",
        )


def refuse_tampered(
    rows: Sequence[models.Model], *, organisation: Organisation, steps: Sequence[Step]
) -> None:
    """Refuse rows that are not as the latest leaf of each says.

    What this transaction has already done to a row counts as its latest leaf.
    """
    done = {step.subject: step.payload for step in steps}
    by_subject = {subject_of(row): row for row in rows}
    stored = dict(_stored_payloads(organisation, subjects=[*(by_subject.keys() - done.keys())]))
    for subject, row in by_subject.items():
        payload = done.get(subject) or stored.get(subject)
        if payload is None or json.loads(payload)["fields"] != recorded_fields(row):
            raise Conflict(
                "row_tampered",
                _(
                    "This was changed around the software (%(subject)s), so it cannot be changed "
                    "here. Run `commonweal record verify`."
                )
                % {"subject": subject},
                where=subject,
            )


def _stored_payloads(
    organisation: Organisation, *, subjects: list[str]
) -> Iterator[tuple[str, str]]:
    """The payload of each subject's latest leaf, where it opens the leaf's commitment."""
    for start in range(0, len(subjects), BATCH):
        part = subjects[start : start + BATCH]
        leaves = LogLeaf.objects.filter(organisation=organisation, subject__in=part)
        latest = leaves.values("subject").order_by("subject").annotate(last=Max("index"))
        places = {row["last"]: row["subject"] for row in latest}
        found = LogLeaf.objects.filter(organisation=organisation, index__in=places)
        commitments = dict(found.values_list("index", "commitment"))
        openings = Opening.objects.filter(organisation=organisation, index__in=places)
        for index, salt, payload in openings.values_list("index", "salt", "payload"):
            if commit(payload.encode(), salt=bytes(salt)) == bytes(commitments[index]):
                yield places[index], payload


def append_steps(organisation: Organisation, *, steps: list[Step], day: date) -> None:
    """Append the steps of a transaction to the log, under a lock on its head.

    Raises `Conflict` when the head does not bear the seal of the last append.
    """
    if not steps:
        return
    head = LogHead.objects.select_for_update(no_key=True).get(organisation=organisation)
    refuse_unsealed(head)
    salts = [secrets.token_bytes(SALT_BYTES) for _ in steps]
    leaves = [
        Leaf(step.kind, step.subject, step.role, day, commit(step.payload.encode(), salt=salt))
        for step, salt in zip(steps, salts, strict=True)
    ]
    hashes = [leaf.hash for leaf in leaves]
    _store_leaves(head, leaves=leaves, hashes=hashes, salts=salts, steps=steps)
    _store_growth(head, hashes=hashes)


def _store_leaves(
    head: LogHead,
    *,
    leaves: list[Leaf],
    hashes: list[bytes],
    salts: list[bytes],
    steps: list[Step],
) -> None:
    places = range(head.size, head.size + len(leaves))
    store_rows(
        LogLeaf,
        names=("index", "kind", "subject", "role", "day", "commitment", "hash"),
        shared={"organisation": head.pk},
        rows=(
            (place, leaf.kind, leaf.subject, leaf.role, leaf.day, leaf.commitment, digest)
            for place, leaf, digest in zip(places, leaves, hashes, strict=True)
        ),
    )
    store_rows(
        Opening,
        names=("index", "salt", "payload"),
        shared={"organisation": head.pk},
        rows=(
            (place, salt, step.payload)
            for place, salt, step in zip(places, salts, steps, strict=True)
        ),
    )


def _store_growth(head: LogHead, *, hashes: list[bytes]) -> None:
    growth = grow(head.size, head.subtrees, hashes)
    store_rows(
        LogNode,
        names=("level", "index", "hash"),
        shared={"organisation": head.pk},
        rows=((node.level, node.index, node.hash) for node in growth.nodes if node.level),
    )
    head.size, head.root, head.frontier = growth.size, growth.root, b"".join(growth.frontier)
    head.seal = seal_of(head)
    head.save(update_fields=("size", "root", "frontier", "seal"))
