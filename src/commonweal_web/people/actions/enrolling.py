"""Accounts for people on the roster, made when their first sheet of codes is printed."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth.hashers import make_password

from commonweal_web.organisations.models import Organisation
from commonweal_web.people import permissions, roles
from commonweal_web.people.models import Account, Appointment
from commonweal_web.people.queries import names_taken
from commonweal_web.record.action import action
from commonweal_web.record.actor import Actor

DIGITS = 8


@dataclass(frozen=True, slots=True)
class NewWorker:
    """Somebody on the roster who is about to take part."""

    name: str
    email: str = ""
    language: str = ""


def enrol_workers(
    *, organisation: Organisation, by: Actor, at: datetime, workers: Sequence[NewWorker]
) -> list[Account]:
    """Give each person an account with the role of a worker, and a number as sign-in name.

    They have no password; they come in by the codes that are printed for them.
    """
    with action("people.enrol_workers", organisation=organisation, by=by, at=at) as act:
        act.may(permissions.PRINT_SHEETS)
        known = dict(settings.LANGUAGES)
        accounts = [
            Account(
                organisation=organisation,
                username=username,
                name=worker.name or username,
                email=worker.email,
                language=worker.language if worker.language in known else settings.LANGUAGE_CODE,
                password=make_password(None),
            )
            for worker, username in zip(workers, _numbers(len(workers)), strict=True)
        ]
        act.create_many(accounts)
        act.create_many(
            Appointment(
                organisation=organisation,
                account=account,
                role=roles.Worker.name,
                since=at.date(),
                named_by=act.role,
                named_by_side=roles.BY_NAME[act.role].side,
            )
            for account in accounts
        )
        return accounts


def _numbers(many: int) -> list[str]:
    """Sign-in names that nobody has: random, so that they tell nothing about a person."""
    found: set[str] = set()
    while len(found) < many:
        drawn = {f"{secrets.randbelow(10**DIGITS):0{DIGITS}}" for _each in range(many)}
        found |= drawn - names_taken(drawn)
    return sorted(found)[:many]
