"""Erasing a person's data: one person asks, a second one approves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from commonweal_web.house.refusals import Conflict, NotHere, Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.record import permissions
from commonweal_web.record.action import Act, action
from commonweal_web.record.actor import Actor
from commonweal_web.record.erasing import (
    ERASED,
    SCRUBS,
    account_here,
    appointments_naming,
    approval_permission,
    empty_journal,
    erasable_kinds,
    lines_of,
    may_approve,
    refuse_current,
    refuse_naming,
    scrubbed,
)
from commonweal_web.record.events import SubjectErased
from commonweal_web.record.fields import subject_of
from commonweal_web.record.models import Erasure, ErasureRequest, LogLeaf, Opening


def request_erasure(
    *, organisation: Organisation, by: Actor, at: datetime, subject: str, reason: str
) -> ErasureRequest:
    """Ask that the personal data of a recorded row is erased. A second person must approve."""
    with action("record.request_erasure", organisation=organisation, by=by, at=at) as act:
        act.may(permissions.ASK_TO_ERASE)
        asker = account_here(organisation, _own_account(by), where="requester")
        account = _erasable(act, subject=subject)
        refuse_current(account, on=at.date())
        refuse_naming(account, reason=reason)
        waiting = ErasureRequest.objects.of(organisation).filter(answered_at__isnull=True)
        if waiting.filter(subject=subject).exists():
            raise Refused(
                "erasure_asked_for",
                _("Somebody asked for this already. It waits for a second person."),
                where="subject",
            )
        return act.create(
            ErasureRequest(
                organisation=organisation,
                subject=subject,
                reason=reason.strip(),
                requester=asker.pk,
                asked_at=at,
            )
        )


def approve_erasure(
    *, organisation: Organisation, by: Actor, at: datetime, request: UUID
) -> Erasure:
    """Erase what somebody else asked for, for good, and put that on the record."""
    with action("record.approve_erasure", organisation=organisation, by=by, at=at) as act:
        asked = _waiting(act, request)
        account = _erasable(act, subject=asked.subject)
        rights = approval_permission(account)
        act.may(next((each for each in rights if by.may(each)), rights[-1]))
        _refuse_one_person(asked.requester, approver=_own_account(by))
        act.change(asked, answered_at=at, is_approved=True)
        return _erase(act, account, asked=asked, approver=_own_account(by))


def decline_erasure(
    *, organisation: Organisation, by: Actor, at: datetime, request: UUID
) -> ErasureRequest:
    """Say no to an erasure, or take one's own request back."""
    with action("record.decline_erasure", organisation=organisation, by=by, at=at) as act:
        act.may(permissions.ASK_TO_ERASE)
        return act.change(_waiting(act, request), answered_at=at)


def erase_subject(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    subject: str,
    reason: str,
    requester: UUID,
    approver: UUID,
) -> Erasure:
    """Carry out, by a command on the server, what two people with accounts agreed elsewhere.

    The approver must hold the right that approving on a page would take.
    """
    with action("record.erase_subject", organisation=organisation, by=by, at=at) as act:
        act.may(permissions.ERASE_PERSON)
        if by.account_id is not None:
            raise Refused("two_steps", _("Ask for the erasure; a second person approves it."))
        _refuse_one_person(requester, approver=approver)
        account = _erasable(act, subject=subject)
        account_here(organisation, requester, where="requester")
        second = account_here(organisation, approver, where="approver")
        if not may_approve(second, account=account, on=at.date()):
            raise Refused(
                "approver_without_right",
                _("%(name)s may not approve this erasure.") % {"name": second.name},
                where="approver",
            )
        asked = ErasureRequest(subject=subject, reason=reason.strip(), requester=requester)
        return _erase(act, account, asked=asked, approver=approver)


def _own_account(by: Actor) -> UUID:
    if by.account_id is None:
        raise Refused("no_account", _("Sign in: whoever asks or approves is a person."))
    return by.account_id


def _refuse_one_person(requester: UUID, *, approver: UUID) -> None:
    if requester == approver:
        raise Refused(
            "approver_is_requester",
            _("Who asks for an erasure cannot also approve it. A second person must."),
            where="approver",
        )


def _waiting(act: Act, request: UUID) -> ErasureRequest:
    asked = act.lock(ErasureRequest, request)
    if asked.answered_at is not None:
        raise Conflict("erasure_answered", _("Somebody has answered this request already."))
    return asked


def _erasable(act: Act, *, subject: str) -> Any:
    kind, _colon, key = subject.partition(":")
    if kind not in SCRUBS:
        raise Refused(
            "not_erasable",
            _("“%(kind)s” holds no personal data to erase; %(kinds)s.")
            % {"kind": kind, "kinds": erasable_kinds()},
            where="subject",
        )
    model: Any = apps.get_model(kind)
    try:
        return act.lock(model, model._meta.pk.to_python(key))
    except (ValidationError, ValueError) as malformed:
        raise NotHere("not_found", _("There is no such row here."), where="subject") from malformed


def _erase(act: Act, account: Any, *, asked: ErasureRequest, approver: UUID) -> Erasure:
    """Blank the account, and who named whom where that says the person's name."""
    refuse_current(account, on=act.at.date())
    refuse_naming(account, reason=asked.reason)
    for appointment in appointments_naming(account):
        _erase_row(act, appointment, {"named_by": ERASED}, asked=asked, approver=approver)
    for line in lines_of(account):
        _erase_row(act, line, scrubbed(line), asked=asked, approver=approver)
    erasure = _erase_row(act, account, scrubbed(account), asked=asked, approver=approver)
    act.after_commit(empty_journal)
    return erasure


def _erase_row(
    act: Act,
    row: models.Model,
    values: Mapping[str, Any],
    *,
    asked: ErasureRequest,
    approver: UUID,
) -> Erasure:
    """The erasure's leaf first, then the older openings destroyed, then a fresh leaf of the row.

    The fresh leaf is stored when the action ends, so destroying cannot touch its opening.
    """
    subject = subject_of(row)
    erasure = act.create(
        Erasure(
            organisation=act.organisation,
            subject=subject,
            reason=asked.reason,
            requester=asked.requester,
            approver=approver,
            erased_at=act.at,
        )
    )
    for name, value in values.items():
        setattr(row, name, value)
    # Written also where nothing differs: the erased row needs a leaf that can be opened.
    act.change_many([row], fields=tuple(values))
    _destroy_openings(act.organisation, subject=subject)
    act.emit(SubjectErased(subject=subject))
    return erasure


def _destroy_openings(organisation: Organisation, *, subject: str) -> None:
    """Destroy the salts and payloads of all steps so far, so that no guess can be tested."""
    leaves = LogLeaf.objects.filter(organisation=organisation, subject=subject)
    places = list(leaves.values_list("index", flat=True))
    Opening.objects.filter(organisation=organisation, index__in=places).delete()
