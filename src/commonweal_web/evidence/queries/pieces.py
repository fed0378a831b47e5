"""Reads of what was attached, by what the reader may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Sum
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from commonweal_web.evidence.models import Evidence
from commonweal_web.evidence.permissions import ATTACH
from commonweal_web.evidence.queries.subjects import subject_seen
from commonweal_web.house.declaration import PublicFact, SubjectSeen
from commonweal_web.house.refusals import NotHere
from commonweal_web.house.rooms import rooms
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.actor import Actor
from commonweal_web.record.fields import subject_of

MOST = 200
WORKERS_AND_INDEPENDENT = frozenset({"workers", "independent", "experts"})
MANAGING = frozenset({"management", "operator"})
FOR_ALL = (Evidence.SeenBy.EVERYONE, Evidence.SeenBy.PUBLIC)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of evidence with what it is about, and what this reader may do with it."""

    evidence: Evidence
    subject: SubjectSeen
    is_own: bool
    may_withdraw: bool


def author_mark(by: Actor, *, subject: str) -> str:
    """The mark of a person at one subject, which only this installation can compute."""
    salt = f"evidence.author:{subject}"
    return salted_hmac(salt, f"account:{by.account_id}", algorithm="sha256").hexdigest()[:32]


def sides_of(actor: Actor) -> set[str]:
    """The sides on which this actor reads and attaches.

    Management gives the role of a worker, to itself too, so whoever holds a role on its side is
    never one of the workers here.
    """
    sides = {grant.side for grant in actor.grants}
    return sides - {"workers"} if sides & MANAGING else sides


def side_attaching(actor: Actor) -> str:
    """The side for which this actor attaches. Raises `NotAllowed` where none may."""
    actor.require(ATTACH)
    open_sides = sides_of(actor)
    grants = [each for each in actor.grants if ATTACH.code in each.permissions]
    unnamed_first = sorted(grants, key=lambda each: each.role != "worker")
    return next(each.side for each in unnamed_first if each.side in open_sides)


def open_to(actor: Actor) -> Q:
    """Which rows this actor may see, of subjects that are open to them."""
    sides = sides_of(actor)
    shown = Q(seen_by__in=FOR_ALL)
    if sides & WORKERS_AND_INDEPENDENT:
        shown |= Q(seen_by=Evidence.SeenBy.WORKERS)
    return shown | Q(seen_by=Evidence.SeenBy.OWN_SIDE, side__in=sorted(sides))


def may_see(row: Evidence, *, actor: Actor) -> bool:
    """Whether this actor may see a row of a subject that is open to them."""
    sides = sides_of(actor)
    if row.seen_by == Evidence.SeenBy.WORKERS:
        return bool(sides & WORKERS_AND_INDEPENDENT)
    return row.seen_by in FOR_ALL or row.side in sides


def attached(
    organisation: Organisation, *, subject: str, actor: Actor, limit: int = MOST
) -> list[Evidence]:
    """What is attached to a subject, oldest first. The caller has shown the subject already."""
    return attached_to_many(organisation, subjects=[subject], actor=actor, limit=limit)[subject]


def attached_to_many(
    organisation: Organisation, *, subjects: Iterable[str], actor: Actor, limit: int = 1000
) -> dict[str, list[Evidence]]:
    """What is attached to each of these subjects, in one statement."""
    found: dict[str, list[Evidence]] = {subject: [] for subject in subjects}
    rows = Evidence.objects.of(organisation).filter(open_to(actor), subject__in=list(found))
    for row in rows[:limit]:
        found[row.subject].append(row)
    return found


def attached_rows(organisation: Organisation, *, subject: str, actor: Actor) -> QuerySet[Evidence]:
    """The same for a list in pages."""
    rows: QuerySet[Evidence] = Evidence.objects.of(organisation).filter(
        open_to(actor), subject=subject
    )
    return rows


def piece_of(organisation: Organisation, *, pk: UUID | str, actor: Actor, at: datetime) -> Piece:
    """One piece, if both it and what it is about are open to this actor. Raises `NotHere`."""
    row: Evidence | None = (
        Evidence.objects.of(organisation).select_related("organisation").filter(pk=pk).first()
    )
    if row is None or not may_see(row, actor=actor):
        raise NotHere("not_found", _("There is no such piece of evidence here."))
    seen = subject_seen(row.subject, actor=actor, organisation=organisation, at=at)
    return Piece(row, seen, is_own(row, actor=actor), may_withdraw(row, actor=actor))


def is_own(row: Evidence, *, actor: Actor) -> bool:
    """Whether this person attached it; nobody else is told who did."""
    return actor.account_id is not None and row.author == author_mark(actor, subject=row.subject)


def may_withdraw(row: Evidence, *, actor: Actor) -> bool:
    """Whether this actor may take it back: who attached it, or who speaks for their side."""
    grants = [each for each in actor.grants if ATTACH.code in each.permissions]
    speaks = any(each.side == row.side and each.role != "worker" for each in grants)
    return row.withdrawn_at is None and bool(grants) and (speaks or is_own(row, actor=actor))


def bytes_kept(organisation: Organisation) -> int:
    """How many bytes of files an organisation keeps."""
    rows = Evidence.objects.of(organisation).filter(file_removed_at__isnull=True)
    return int(rows.aggregate(sum=Sum("size"))["sum"] or 0)


def has_files(organisation: Organisation) -> bool:
    """Whether the organisation ever kept a file."""
    return Evidence.objects.of(organisation).filter(kind=Evidence.Kind.FILE).exists()


def public_pieces(use: Any, *, at: datetime) -> list[PublicFact]:
    """What the page of a use shows to everyone of what is attached to it."""
    rows = Evidence.objects.of(use.organisation_id).filter(
        subject=subject_of(use), seen_by=Evidence.SeenBy.PUBLIC, withdrawn_at__isnull=True
    )
    shown = [_public(row) for row in rows[:MOST]]
    if not shown:
        return []
    return [
        PublicFact(
            order=80,
            key="evidence",
            title=_("What shows it"),
            template="evidence/public_fact.html",
            data={"pieces": shown, "organisation": use.organisation.slug},
        )
    ]


def _public(row: Evidence) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "kind": row.kind,
        "title": row.title,
        "text": row.text,
        "address": row.address,
        "file_name": row.file_name,
        "size": row.size,
        "sha256": row.sha256,
        "language": row.language,
        "side": row.side,
    }


def public_file(organisation: Organisation, *, pk: UUID | str) -> Evidence:
    """A file that a page open to everyone shows now. Raises `NotHere` for any other."""
    rows = Evidence.objects.of(organisation).filter(
        kind=Evidence.Kind.FILE,
        seen_by=Evidence.SeenBy.PUBLIC,
        withdrawn_at__isnull=True,
        file_removed_at__isnull=True,
    )
    row: Evidence | None = rows.filter(pk=pk).first()
    if row is None or not _is_published(organisation, pk=row.pk):
        raise NotHere("not_found", _("Nothing was published at this address."))
    return row


def _is_published(organisation: Organisation, *, pk: UUID) -> bool:
    asked = (ask for room in rooms() for ask in room.evidence_published)
    return any(ask(organisation, evidence_id=pk) for ask in asked)
