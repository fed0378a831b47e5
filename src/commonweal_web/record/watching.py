"""What the record tells whoever runs the installation: unconfirmed, unsigned, keys not at hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Max

from commonweal_web.house import environment
from commonweal_web.house.declaration import Finding, Measure
from commonweal_web.record.models import Checkpoint, Cosignature, LogHead

SIGNED_WITHIN = timedelta(days=2)
MOST = 1000


def record_findings(*, at: datetime) -> list[Finding]:
    """For each organisation what is wrong with its keys, signatures and witnesses."""
    heads = LogHead.objects.select_related("organisation")[:MOST]
    confirmed = set(Cosignature.objects.values_list("organisation_id", flat=True).distinct())
    signed = dict(
        Checkpoint.objects.values("organisation_id")
        .annotate(latest=Max("day"))
        .values_list("organisation_id", "latest")
    )
    found: list[Finding] = []
    for head in heads:
        found += _of_log(head, signed_on=signed.get(head.pk), at=at)
        if head.pk not in confirmed:
            found.append(_unconfirmed(head.organisation.slug))
    return found


def _of_log(head: LogHead, *, signed_on: object, at: datetime) -> Iterator[Finding]:
    slug = head.organisation.slug
    name = f"seal-{head.pk}.key"
    if not (environment.keys_folder() / name).exists():
        yield Finding(
            "seal_key_missing",
            "unsafe",
            f"The key {name} of “{slug}” is not in the keys folder; nothing can be written.",
            "Put it back from the copy of the keys: commonweal restore-keys.",
            name,
        )
    if head.size and (signed_on is None or signed_on < (at - SIGNED_WITHIN).date()):  # type: ignore[operator]
        yield Finding(
            "record_unsigned",
            "unsafe",
            f"The record of “{slug}” was not signed in the last two days.",
            "See why the daily signature fails: commonweal tick.",
            slug,
        )


def _unconfirmed(slug: str) -> Finding:
    return Finding(
        "no_witness",
        "advice",
        f"No witness confirms the record of “{slug}”: whoever runs the server could rebuild it.",
        "Ask somebody outside, such as the union: docs/how-to/verify-the-record.md.",
        slug,
    )


def record_measures(*, at: datetime) -> list[Measure]:
    """How many organisations there are. The size of a log is no figure to watch: it moves with
    each answer that somebody gives."""
    return [
        Measure("organisations", "Organisations on this installation.", LogHead.objects.count())
    ]
