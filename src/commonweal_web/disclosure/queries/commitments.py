"""Reads of the commitment: its versions, the one in force, and who was asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from commonweal.disclosure.commitment import Commitment
from commonweal_web.disclosure.models import CommitmentVersion, ConsultedParty
from commonweal_web.disclosure.thresholds import READERS, commitment_value, threshold_key
from commonweal_web.house.refusals import NotHere
from commonweal_web.organisations.models import Organisation

PUBLISHED = CommitmentVersion.State.PUBLISHED


def published_versions(organisation: Organisation, *, limit: int = 500) -> list[CommitmentVersion]:
    """The published versions, the newest first."""
    found = CommitmentVersion.objects.of(organisation).filter(state=PUBLISHED)
    return list(found.order_by("-number")[:limit])


def in_force(versions: Sequence[CommitmentVersion], *, on: date) -> CommitmentVersion | None:
    """Of the published versions, newest first, the one that holds on a day."""
    return next((each for each in versions if each.in_force_from <= on), None)


def commitment_in_force(organisation: Organisation, *, on: date) -> CommitmentVersion | None:
    """The commitment that holds on a day, or None before the first one."""
    return in_force(published_versions(organisation), on=on)


def version_numbered(organisation: Organisation, *, number: int) -> CommitmentVersion:
    """One published version. Raises `NotHere`."""
    found: CommitmentVersion | None = (
        CommitmentVersion.objects.of(organisation).filter(state=PUBLISHED, number=number).first()
    )
    if found is None:
        raise NotHere("version_unknown", _("There is no version %(n)s.") % {"n": number})
    return found


def commitment_of(organisation: Organisation, *, pk: UUID | str) -> CommitmentVersion:
    """One version, a proposed one too. Raises `NotHere`."""
    found: CommitmentVersion | None = (
        CommitmentVersion.objects.of(organisation).filter(pk=pk).first()
    )
    if found is None:
        raise NotHere("not_found", _("There is no such version of the commitment here."))
    return found


def proposal_open(organisation: Organisation) -> CommitmentVersion | None:
    """The looser version that waits for the worker side, or None."""
    proposed = CommitmentVersion.State.PROPOSED
    found: CommitmentVersion | None = (
        CommitmentVersion.objects.of(organisation).filter(state=proposed).first()
    )
    return found


def all_versions(organisation: Organisation, *, limit: int = 500) -> list[CommitmentVersion]:
    """Every version, declined and withdrawn ones too, the newest first."""
    return list(CommitmentVersion.objects.of(organisation)[:limit])


def consulted_parties(organisation: Organisation, *, limit: int = 200) -> list[ConsultedParty]:
    """The outside parties that were asked, earliest first."""
    return list(ConsultedParty.objects.of(organisation)[:limit])


def consulted_payload(parties: Sequence[ConsultedParty]) -> list[dict[str, str]]:
    """Who was asked, when, and what they said, as a version of the commitment keeps it."""
    return [
        {
            "id": str(each.pk),
            "name": each.name,
            "on": each.consulted_on.isoformat(),
            "said": each.said,
        }
        for each in parties
    ]


def as_value(row: CommitmentVersion) -> Commitment:
    """A version as the rules read it."""
    return commitment_value(
        version=str(row.number),
        in_force_from=row.in_force_from,
        thresholds=row.thresholds,
        why=row.why,
        consulted=row.consulted,
        readers=row.readers,
    )


def readers_in_words(codes: Sequence[str]) -> list[str]:
    """For whom a page is written."""
    return [str(READERS[code]) for code in READERS if code in codes]


def commitment_payload(row: CommitmentVersion) -> dict[str, Any]:
    """A version as plain data, for its JSON and for comparing two versions."""
    return {
        "text": row.text,
        "thresholds": [
            {
                "id": ":".join(part for part in threshold_key(each) if part),
                **{name: value for name, value in each.items() if name != "next_review"},
            }
            for each in row.thresholds
        ],
        "why": row.why,
        "readers": list(row.readers),
        "consulted": list(row.consulted),
        "source_of_share": row.source_of_share,
        "next_review": row.next_review.isoformat(),
        "in_force_from": row.in_force_from.isoformat(),
        "loosens": list(row.loosens),
        "signed_by": row.answered_by_role,
    }


def publishing_organisations(*, limit: int = 1000) -> list[Organisation]:
    """The organisations of this installation whose commitment is public, by name."""
    published = CommitmentVersion.objects.filter(state=PUBLISHED).values("organisation_id")
    return list(Organisation.objects.filter(pk__in=published)[:limit])
