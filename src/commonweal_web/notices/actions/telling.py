"""Telling people that something is new for them, inside the action that made it so.

    tell(organisation=…, at=at, kind="systems.gate_waits", about=f"systems.use:{use.pk}",
         accounts=[…ids…], url=reverse("desk:systems:gate", …))

The notices and their mail are stored with the change itself, so that neither is there without the
other; sending begins after the commit.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from commonweal_web.house.declaration import NoticeKind
from commonweal_web.notices.actions.delivering import send_soon
from commonweal_web.notices.models import Mail, MailState, Notice
from commonweal_web.notices.queries.kinds import kind_named
from commonweal_web.notices.queries.recipients import (
    Recipient,
    mail_is_on,
    next_digest,
    recipients,
)
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.events import PeopleToTell
from commonweal_web.record.actor import Actor

BATCH = 500
RENEWED = ("url", "due", "told_at", "mail", "mail_failed")


def tell(
    *,
    organisation: Organisation,
    at: datetime,
    about: str,
    accounts: Iterable[UUID],
    url: str,
    kind: str,
    whole_group: bool = False,
    due: date | None = None,
) -> None:
    """Tell these accounts that something is new for them, in the way that each of them chose.

    `kind` is the code of a declared `NoticeKind`, `about` names the subject as
    `room.kind:id`, `url` is where it is. Who still has a notice of this kind about this subject
    gets it anew instead of twice. Closed accounts and those of others are passed by.

    A kind `to_whole_group` wants `whole_group=True` and *everyone* of the group, whoever acted
    among them: everyone is told here, and everyone with an address by mail at the same moment.
    Nobody's own choice splits the group, so that no list of recipients shows who acted. Raises
    `LookupError` for a kind that no room declares, `ValueError` where the two do not agree.
    """
    why = kind_named(kind)
    if why.to_whole_group != whole_group:
        raise ValueError(
            f"The kind {kind} is told to {'a whole group' if why.to_whole_group else 'some'}: "
            f"whole_group={whole_group} does not fit. Give the group, or use another kind."
        )
    with transaction.atomic():
        for some in recipients(organisation, accounts=accounts, on=at.date()):
            reached = [each for each in some if whole_group or each.channel != "none"]
            mails = _mails(reached, why=why, organisation=organisation, at=at)
            _store(
                Notice(
                    organisation=organisation,
                    account_id=each.account_id,
                    kind=kind,
                    about=about,
                    url=url,
                    due=due,
                    told_at=at,
                    mail=mails.get(each.account_id),
                )
                for each in reached
            )


def tell_people(
    event: PeopleToTell, *, organisation: Organisation, by: Actor, at: datetime
) -> None:
    """Tell whom the people room, which stands below, wants told."""
    tell(
        organisation=organisation,
        at=at,
        about=event.about,
        accounts=event.accounts,
        url=event.url,
        kind=event.kind,
    )


def _store(rows: Iterable[Notice]) -> None:
    Notice.objects.bulk_create(
        list(rows),
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=("account", "kind", "about"),
        update_fields=RENEWED,
    )


def _mails(
    reached: list[Recipient], *, why: NoticeKind, organisation: Organisation, at: datetime
) -> dict[UUID, Mail]:
    """The mail of each who gets one: of their own at once, or the one that goes out daily."""
    if why.to_whole_group:
        now = [each for each in reached if each.has_address and mail_is_on()]
        daily = []
    else:
        mailed = [each for each in reached if each.is_mailed]
        now = [each for each in mailed if not each.is_daily]
        daily = [each.account_id for each in mailed if each.is_daily]
    found = _at_once(now, organisation=organisation, at=at)
    for days_later in range(2):
        lacking = [pk for pk in daily if pk not in found]
        moment = next_digest(at, days_later=days_later)
        found |= _of_the_day(lacking, organisation=organisation, at=at, moment=moment)
    return found


def _at_once(
    people: list[Recipient], *, organisation: Organisation, at: datetime
) -> dict[UUID, Mail]:
    rows = [
        Mail(
            organisation=organisation,
            account_id=each.account_id,
            is_digest=False,
            made_at=at,
            due_at=at,
            not_before=at,
        )
        for each in people
    ]
    if rows:
        Mail.objects.bulk_create(rows, batch_size=BATCH)
        send_soon()
    return {each.account_id: each for each in rows}


def _of_the_day(
    people: list[UUID], *, organisation: Organisation, at: datetime, moment: datetime
) -> dict[UUID, Mail]:
    """The mail of this day for each person, made where it is not there yet.

    It is held until the notices are stored: a mail that is being sent already is not added to.
    """
    rows = [
        Mail(
            organisation=organisation,
            account_id=pk,
            is_digest=True,
            made_at=at,
            due_at=moment,
            not_before=moment,
        )
        for pk in people
    ]
    if not rows:
        return {}
    Mail.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    found = Mail.objects.select_for_update(of=("self",)).filter(
        account__in=people, is_digest=True, due_at=moment
    )
    untouched = found.filter(state=MailState.WAITING, attempts=0)
    return {each.account_id: each for each in untouched}
