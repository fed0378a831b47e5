"""Pieces of evidence for tests, attached by the room's own actions."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from commonweal_web.evidence import actions
from commonweal_web.evidence.models import Evidence
from commonweal_web.people.models import Account
from commonweal_web.people.queries import actor_of
from commonweal_web.record.fields import subject_of
from factories import files


def sent(content: bytes, name: str = "file") -> actions.SentFile:
    """A file as a form or a program sends it."""
    return actions.SentFile(name, len(content), io.BytesIO(content))


def given(account: Account, about: Any, *, at: datetime) -> dict[str, Any]:
    """What every action is told when this person attaches something about a row."""
    by = actor_of(account, on=at.date())
    return {"organisation": account.organisation, "by": by, "at": at, "subject": subject_of(about)}


def a_file(
    account: Account,
    about: Any,
    *,
    at: datetime,
    content: bytes = files.KEPT["pdf"][1],
    name: str = "audit.pdf",
    **details: Any,
) -> Evidence:
    """A PDF that everyone who may see the row may see, unless told otherwise."""
    usual = {"title": "Audit of the planner"}
    acting = given(account, about, at=at)
    return actions.attach_file(**acting, sent=sent(content, name), **{**usual, **details})


def a_note(account: Account, about: Any, *, at: datetime, **details: Any) -> Evidence:
    """What somebody saw."""
    usual = {"title": "What I saw", "text": "Three nights in a row without a break."}
    return actions.attach_note(**given(account, about, at=at), **{**usual, **details})


def a_link(account: Account, about: Any, *, at: datetime, **details: Any) -> Evidence:
    """A page elsewhere."""
    usual = {"title": "The vendor's own test", "address": "https://vendor.example/test?year=2026"}
    return actions.attach_link(**given(account, about, at=at), **{**usual, **details})
