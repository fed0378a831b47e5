"""Printed sign-in codes for tests, made by the room's own action."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.test import Client

from commonweal_web.people.actions import NewSheet, issue_sheets
from commonweal_web.people.models import Account
from commonweal_web.people.queries import actor_of
from factories import people as make


def a_sheet(account: Account, *, at: datetime, by: Account | None = None) -> NewSheet:
    """A sheet that a registrar printed for somebody."""
    registrar = by or make.a_person(account.organisation, "registrar", at=at)
    return issue_sheets(
        organisation=account.organisation,
        by=actor_of(registrar, on=at.date()),
        at=at,
        accounts=[account],
    )[0]


def send_code(code: str, *, client: Client | None = None, **more: str) -> Any:
    """Type a code at the door."""
    browser = client or Client()
    return browser.post("/sign-in/code/", {"code": code, "device": "shared", **more})
