"""What is blanked when a person's data is erased, and what stands in the way of it."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection, models
from django.utils.translation import gettext as _

from commonweal_web.house.declaration import Permission
from commonweal_web.house.refusals import Refused
from commonweal_web.house.rooms import permissions_of_role
from commonweal_web.organisations.models import Organisation
from commonweal_web.record import permissions
from commonweal_web.record.models import LogLeaf, Opening
from commonweal_web.record.words import WHO

Scrub = Callable[[models.Model], Mapping[str, Any]]
ERASED = "erased"
APPOINTMENT = "people.appointment"
ROSTER_LINE = "workplaces.membership"
OWN_SIDE_RECALLS = frozenset({"workers", "independent", "experts"})
"""Sides that management did not choose: their people are recalled, never erased out of office."""

logger = logging.getLogger("commonweal.record")


def _account(row: models.Model) -> Mapping[str, Any]:
    return {
        "username": f"{ERASED}-{row.pk}",
        "name": ERASED,
        "email": "",
        "language": "en",
        "password": "!",
        "is_active": False,
    }


def _line(_row: models.Model) -> Mapping[str, Any]:
    """A line of the roster keeps its group and its days, which say nothing of a person."""
    return {"number": "", "name": ERASED, "email": "", "language": ""}


SCRUBS: Mapping[str, Scrub] = MappingProxyType({"people.account": _account, ROSTER_LINE: _line})
"""Model, as in a subject, to the columns that hold personal data and what stands there after."""


def scrubbed(row: models.Model) -> Mapping[str, Any]:
    """The columns to blank and their new values. Raises `KeyError` where nothing is personal."""
    return SCRUBS[row._meta.label_lower](row)


def erasable_kinds() -> str:
    """The kinds of rows that can be erased, for a message."""
    return _("kinds that can be erased: %(kinds)s") % {"kinds": ", ".join(SCRUBS)}


def refuse_in_office(account: Any, *, on: date) -> None:
    """Refuse to erase somebody out of a role that is not for management to end.

    Raises `Refused` for a representative, registrar, handler or expert whose term has not ended,
    or has yet to begin.
    """
    for held in account.appointments.all():
        is_protected = held.role != "worker" and WHO[held.role][0] in OWN_SIDE_RECALLS
        if is_protected and (held.until is None or held.until >= on):
            raise Refused(
                "still_in_office",
                _(
                    "This person is %(role)s. Whoever named them must end that role first; "
                    "then their data can be erased."
                )
                % {"role": WHO[held.role][1]},
                where="subject",
            )


def refuse_current(row: Any, *, on: date) -> None:
    """Refuse to erase somebody in office, or a line of somebody who works here or has an account.

    Raises `Refused`.
    """
    if not _is_line(row):
        refuse_in_office(row, on=on)
    elif row.account_id is not None:
        raise Refused(
            "erase_the_account",
            _("This person has an account. Erase the account; its lines are erased with it."),
            where="subject",
        )
    elif not row.has_ended(on):
        raise Refused(
            "still_on_roster",
            _("This person is on the roster. When their last day is past, it can be erased."),
            where="subject",
        )


def refuse_naming(account: Any, *, reason: str) -> None:
    """Refuse a reason that names the person: the record keeps it for good."""
    if _says(reason, names=_names(account)):
        raise Refused(
            "reason_names_person",
            _("The record keeps the reason for good. Leave the person’s name out of it."),
            where="reason",
        )


def approval_permission(account: Any) -> tuple[Permission, ...]:
    """The rights of which one lets somebody approve: workers' own side may do so for workers."""
    if _is_line(account) or any(
        WHO[each.role][0] == "workers" for each in account.appointments.all()
    ):
        return (permissions.ERASE_WORKER, permissions.ERASE_PERSON)
    return (permissions.ERASE_PERSON,)


def roles_of(account: Any, *, on: date) -> Iterator[str]:
    """The roles that an account holds on a day."""
    return (each.role for each in account.appointments.all() if each.holds_on(on))


def may_approve(approver: Any, *, account: Any, on: date) -> bool:
    """Whether somebody's own roles let them approve that this account is erased."""
    held: set[str] = set()
    for role in roles_of(approver, on=on):
        held |= permissions_of_role(role)
    return any(each.code in held for each in approval_permission(account))


def account_here(organisation: Organisation, pk: UUID, *, where: str) -> Any:
    """An account of this organisation that may sign in. Raises `Refused`."""
    accounts = get_user_model()._default_manager.filter(organisation_id=organisation.pk)
    found = accounts.filter(pk=pk, is_active=True).first()
    if found is None:
        raise Refused(
            "person_unknown",
            _("There is no account %(pk)s that may sign in here.") % {"pk": pk},
            where=where,
        )
    return found


def lines_of(account: Any) -> list[models.Model]:
    """The other rows that say who this person is: every line they had on the roster."""
    if _is_line(account):
        return []
    lines = apps.get_model(ROSTER_LINE)._default_manager
    return list(lines.filter(organisation_id=account.organisation_id, account_id=account.pk))


def _is_line(row: models.Model) -> bool:
    return row._meta.label_lower == ROSTER_LINE


def appointments_naming(account: Any) -> list[models.Model]:
    """The appointments that were ever recorded with the person's name in who named them."""
    if _is_line(account):
        return []
    organisation_id = account.organisation_id
    steps = LogLeaf.objects.filter(
        organisation_id=organisation_id, subject__startswith=f"{APPOINTMENT}:"
    )
    subjects = dict(steps.values_list("index", "subject"))
    openings = Opening.objects.filter(organisation_id=organisation_id)
    names = _names(account)
    naming = {
        UUID(subjects[index].partition(":")[2])
        for index, payload in openings.values_list("index", "payload").iterator()
        if index in subjects and _says(_named_by(payload), names=names)
    }
    model = apps.get_model(APPOINTMENT)
    return list(model._default_manager.filter(organisation_id=organisation_id, pk__in=naming))


def empty_journal() -> None:
    """Write SQLite's journal back and cut it to nothing: it still holds what was erased."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # writes no row: it moves pages
        is_busy = cursor.fetchone()[0]
    if is_busy:
        logger.warning(
            "Erased data may still be in the database’s journal, because somebody reads: "
            "restart the server to empty it."
        )


def _names(account: Any) -> list[str]:
    """The words that name a person; one or two letters would be found anywhere."""
    own = account.number if _is_line(account) else account.username
    return [each for each in (account.name, own, account.email) if len(each) > 2]


def _named_by(payload: str) -> str:
    return str(json.loads(payload)["fields"].get("named_by", ""))


def _says(text: str, *, names: list[str]) -> bool:
    """Whether one of the names stands in the text as whole words."""
    return any(re.search(rf"(?<!\w){re.escape(each)}(?!\w)", text, re.I) for each in names)
