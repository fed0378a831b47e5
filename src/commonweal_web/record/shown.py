"""What the pages of the record show, on the desk and in public alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from commonweal_web.house.declaration import Text
from commonweal_web.organisations.models import Organisation
from commonweal_web.record import queries
from commonweal_web.record.actor import UNNAMED_ROLES
from commonweal_web.record.models import LogLeaf
from commonweal_web.record.words import kind_in_words, subject_in_words, who

SHOWN_STEPS = 10


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step in words. Of workers and contributors only the side and the day are told."""

    index: int
    kind: str
    about: str
    who: Text
    day: date
    subject: str


def shown_step(leaf: LogLeaf) -> ShownStep:
    """One step as a list shows it."""
    is_unnamed = leaf.role in UNNAMED_ROLES
    return ShownStep(
        index=leaf.index,
        kind="" if is_unnamed else kind_in_words(leaf.kind),
        about="" if is_unnamed else subject_in_words(leaf.subject),
        who=who(leaf.role),
        day=leaf.day,
        subject="" if is_unnamed else leaf.subject,
    )


def check_context(organisation: Organisation) -> dict[str, Any]:
    """Everything the page “Check it yourself” says."""
    latest = queries.latest_checkpoint(organisation)
    witnesses = queries.witnesses(organisation)
    return {
        "organisation": organisation,
        "origin": queries.origin_of(organisation),
        "size": queries.size(organisation),
        "checkpoint": latest,
        "keys": queries.log_keys(organisation),
        "witnesses": witnesses,
        "confirming": sum(1 for each in witnesses if each.size),
        "steps": [shown_step(each) for each in queries.latest_leaves(organisation)[:SHOWN_STEPS]],
        "public_address": reverse("public:record:check", args=[organisation.slug]),
    }


def step_context(organisation: Organisation, *, index: int) -> dict[str, Any]:
    """One step with its proof against the latest checkpoint that covers it, else against now."""
    leaf = queries.leaf_at(organisation, index=index)
    latest = queries.latest_checkpoint(organisation)
    is_signed = latest is not None and latest.size > index
    size = latest.size if latest is not None and is_signed else None
    proof = queries.leaf_proof(organisation, index=index, size=size)
    return {
        "organisation": organisation,
        "step": shown_step(leaf),
        "is_signed": is_signed,
        "proof": proof,
        "path": [each.hex() for each in proof.path],
        "leaf_hash": proof.leaf_hash.hex(),
        "root": proof.root.hex(),
        "proof_address": reverse(
            "public:record:proof", args=[organisation.slug, index, proof.size]
        ),
    }
