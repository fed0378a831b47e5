"""Taking evidence back, and what time does to its file."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from commonweal_web.evidence import storage
from commonweal_web.evidence.models import Evidence
from commonweal_web.evidence.permissions import ATTACH, CLEAN_UP
from commonweal_web.evidence.queries import may_withdraw, subject_seen
from commonweal_web.evidence.queries.pieces import may_see
from commonweal_web.house.refusals import Conflict, NotAllowed, NotHere, Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.queries import operator
from commonweal_web.record.action import action
from commonweal_web.record.actor import Actor

UNKNOWN_FOR = timedelta(days=1)
"""How long a stored file may lie without a row: longer than any upload takes."""


def withdraw(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    evidence: Evidence,
    reason: str,
    delete_now: bool = False,
) -> Evidence:
    """Take a piece back, with a reason that stays. The hash of its file stays as well.

    The file is deleted after the time that the settings name, or at once with `delete_now`, where
    it shows what it must not. Raises `Conflict` when it was taken back already.
    """
    with action("evidence.withdraw", organisation=organisation, by=by, at=at) as act:
        act.may(ATTACH)
        row = act.lock(Evidence, evidence.pk)
        _refuse_withdrawing(row, by=by, at=at, organisation=organisation)
        if not reason.strip():
            raise Refused("reason_missing", _("Write why you take it back."), where="reason")
        is_deleted = delete_now and row.is_file
        kept = act.change(
            row,
            withdrawn_at=at,
            withdrawn_because=reason.strip(),
            file_removed_at=at if is_deleted else None,
        )
        if is_deleted:
            act.after_commit(partial(storage.remove, kept.stored_as))
        return kept


def _refuse_withdrawing(
    row: Evidence, *, by: Actor, at: datetime, organisation: Organisation
) -> None:
    subject_seen(row.subject, actor=by, organisation=organisation, at=at)
    if not may_see(row, actor=by):
        raise NotHere("not_found", _("There is no such piece of evidence here."))
    if row.withdrawn_at is not None:
        raise Conflict("already_withdrawn", _("It was taken back already."))
    if not may_withdraw(row, actor=by):
        raise NotAllowed(
            "not_of_your_side",
            _("Only whoever attached it, or who speaks for their side, can take it back."),
        )


def remove_file(
    *, organisation: Organisation, by: Actor, at: datetime, evidence: Evidence
) -> Evidence:
    """Delete the file of a piece that was taken back; its row and hash stay."""
    with action("evidence.remove_file", organisation=organisation, by=by, at=at) as act:
        act.may(CLEAN_UP)
        row = act.lock(Evidence, evidence.pk)
        if row.withdrawn_at is None or not row.has_file:
            raise Conflict("file_in_use", _("This file was not taken back, or is gone already."))
        act.after_commit(partial(storage.remove, row.stored_as))
        return act.change(row, file_removed_at=at)


def remove_old_files(*, at: datetime) -> int:
    """Delete the files that were taken back long ago; how many went."""
    before = at - timedelta(days=settings.EVIDENCE_KEPT_DAYS)
    old = Evidence.objects.filter(
        kind=Evidence.Kind.FILE, file_removed_at__isnull=True, withdrawn_at__lt=before
    ).select_related("organisation")
    rows = list(old.order_by("organisation_id", "id")[:1000])
    for row in rows:
        remove_file(organisation=row.organisation, by=operator(), at=at, evidence=row)
    return len(rows)


def remove_unknown_files(*, at: datetime) -> int:
    """Delete what an upload or a deletion that was cut off left in the storage; how many went."""
    return sum(_remove_unknown(each, before=at - UNKNOWN_FOR) for each in storage.stored_folders())


def _remove_unknown(organisation_id: UUID, *, before: datetime) -> int:
    names = set(storage.stored_names(organisation_id))
    rows = Evidence.objects.of(organisation_id).filter(
        kind=Evidence.Kind.FILE, file_removed_at__isnull=True
    )
    known = {storage.name_of(organisation_id, pk=pk) for pk in rows.values_list("pk", flat=True)}
    lost = [name for name in sorted(names - known) if storage.came_at(name) < before]
    for name in lost:
        storage.remove(name)
    return len(lost)


def forget_files(organisation_id: UUID) -> None:
    """Delete every file of an organisation that is deleted itself."""
    storage.remove_all(organisation_id)
