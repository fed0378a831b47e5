"""Exports of everything, and the way to a deletion: asked, agreed to, waited for, carried out."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from commonweal_web.house.refusals import Conflict, Refused
from commonweal_web.operations import permissions
from commonweal_web.operations.models import Deletion, OrganisationExport
from commonweal_web.operations.models.endings import WAIT
from commonweal_web.operations.queries import blocks_of, deletion_open, export_since
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.queries import holds_only_for
from commonweal_web.record.action import Act, action
from commonweal_web.record.actor import Actor


def note_export(
    *, organisation: Organisation, by: Actor, at: datetime, manifest_sha256: str
) -> OrganisationExport:
    """Put on the record that everything kept of the organisation was written into a file."""
    with action("operations.note_export", organisation=organisation, by=by, at=at) as act:
        act.may(permissions.NOTE_EXPORT)
        return act.create(
            OrganisationExport(
                organisation=organisation, written_at=at, manifest_sha256=manifest_sha256
            )
        )


def ask_deletion(*, organisation: Organisation, by: Actor, at: datetime, reason: str) -> Deletion:
    """Ask to delete everything kept of the organisation. A second person must agree."""
    with action("operations.ask_deletion", organisation=organisation, by=by, at=at) as act:
        act.may(permissions.ASK_DELETION)
        if not reason.strip():
            raise Refused(
                "reason_missing",
                _("Say why everything should be deleted. Workers read it too."),
                where="reason",
            )
        if deletion_open(organisation) is not None:
            raise Conflict("deletion_asked", _("A deletion is asked for already."))
        return act.create(
            Deletion(
                organisation=organisation,
                reason=reason.strip(),
                asked_by_id=_person(by),
                asked_at=at,
            )
        )


def agree_to_deletion(*, organisation: Organisation, by: Actor, at: datetime) -> Deletion:
    """Agree as the second person. From now on everybody has the waiting time."""
    with action("operations.agree_to_deletion", organisation=organisation, by=by, at=at) as act:
        act.may(permissions.AGREE_TO_DELETION)
        asked = _asked(act)
        if asked.agreed_at is not None:
            raise Conflict("deletion_agreed", _("A second person has agreed already."))
        if _is_one_voice(asked, by=by, on=at.date()):
            raise Refused(
                "same_person", _("Whoever asks for a deletion cannot be the one who agrees.")
            )
        return act.change(
            asked, agreed_by_id=by.account_id, agreed_at=at, not_before=at.date() + WAIT
        )


def _is_one_voice(asked: Deletion, *, by: Actor, on: date) -> bool:
    """Whether the two are one person, or one of them only stands in for the other."""
    first, second = asked.asked_by_id, _person(by)
    where, held = asked.organisation, permissions.ASK_DELETION.roles
    return (
        first == second
        or holds_only_for(
            where, second, holder=first, among=permissions.AGREE_TO_DELETION.roles, on=on
        )
        or holds_only_for(where, first, holder=second, among=held, on=on)
    )


def withdraw_deletion(*, organisation: Organisation, by: Actor, at: datetime) -> Deletion:
    """Take a deletion back, as long as it was not carried out."""
    with action("operations.withdraw_deletion", organisation=organisation, by=by, at=at) as act:
        act.may(permissions.ASK_DELETION)
        return act.change(_asked(act), withdrawn_at=at)


def begin_deletion(*, organisation: Organisation, by: Actor, at: datetime) -> Deletion:
    """Put on the record that everything is deleted now: the last step before the rows go.

    Raises `Conflict` while somebody waits for something, before the day, or without an export
    that was written after the second person had agreed.
    """
    with action("operations.begin_deletion", organisation=organisation, by=by, at=at) as act:
        act.may(permissions.DELETE_ORGANISATION)
        asked = _asked(act)
        _refuse_early(asked, at=at)
        blocks = blocks_of(organisation, at=at)
        if blocks:
            raise Conflict(
                "deletion_blocked",
                _("Nothing is deleted while people wait for something: %(what)s")
                % {"what": " ".join(str(block) for block in blocks)},
            )
        if asked.agreed_at is None or not export_since(organisation, at=asked.agreed_at):
            raise Conflict(
                "export_missing",
                _("Write everything into a file first: commonweal export organisation."),
            )
        return act.change(asked, begun_at=at)


def _refuse_early(asked: Deletion, *, at: datetime) -> None:
    if asked.not_before is None:
        raise Conflict("deletion_not_agreed", _("No second person has agreed to the deletion."))
    if not asked.may_begin(at.date()):
        raise Conflict(
            "deletion_early",
            _("Nothing is deleted before %(day)s, so that everybody can object.")
            % {"day": asked.not_before.isoformat()},
        )


def _asked(act: Act) -> Deletion:
    found = deletion_open(act.organisation)
    if found is None:
        raise Conflict("deletion_not_asked", _("No deletion is asked for."))
    return act.lock(Deletion, found.pk)


def _person(by: Actor) -> UUID:
    if by.account_id is None:
        raise Refused("no_account", _("Sign in: whoever asks or agrees is a person."))
    return by.account_id
