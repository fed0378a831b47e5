"""Organisations and people for tests, made by the same writer as everything else."""

from __future__ import annotations

from datetime import date, datetime
from itertools import count
from uuid import UUID

from django.contrib.auth.hashers import make_password

from commonweal_web.organisations.models import Organisation
from commonweal_web.people.models import Account, Appointment
from commonweal_web.people.queries import account_with_roles, operator
from commonweal_web.record.action import action, start_log

_numbers = count(1)


def an_organisation(slug: str, *, at: datetime, name: str = "") -> Organisation:
    """An organisation with its log begun."""
    made = Organisation(slug=slug, name=name or slug.title(), created_at=at)
    with action("tests.organisation", organisation=made, by=operator(), at=at) as act:
        act.create(made)
        start_log(made, origin=f"{slug}/record")
    return made


def a_person(
    organisation: Organisation,
    *held: str,
    at: datetime,
    name: str = "",
    site_id: UUID | None = None,
    password: str | None = None,
    password_is_own: bool = True,
) -> Account:
    """Somebody with these roles since the start of the year."""
    number = next(_numbers)
    with action("tests.person", organisation=organisation, by=operator(), at=at) as act:
        account = act.create(
            Account(
                organisation=organisation,
                username=f"person{number}",
                name=name or f"Person {number}",
                password=make_password(password),
                password_is_own=password_is_own,
            )
        )
        for role in held:
            act.create(
                Appointment(
                    organisation=organisation,
                    account=account,
                    role=role,
                    site_id=site_id,
                    since=date(2026, 1, 1),
                    named_by="tests",
                    confirmed_at=at,
                )
            )
    found = account_with_roles(account.pk)
    assert found is not None
    return found
