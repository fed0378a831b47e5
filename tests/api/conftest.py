"""Programs that call the API, each with the token of a person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from commonweal_web.organisations.models import Organisation
from commonweal_web.people.models import Account
from factories.people import a_person
from factories.programs import Program, a_program
from web.conftest import (
    NOW,
    actor,
    in_english,
    now,
    organisation,
    other_organisation,
    person,
    write_guard,
)

__all__ = [
    "actor",
    "in_english",
    "now",
    "organisation",
    "other_organisation",
    "person",
    "write_guard",
]


@pytest.fixture
def program(person: Callable[..., Account]) -> Callable[..., Program]:
    """Makes programs: `program("people_lead", scopes=["people:read"])`."""

    def one(*held: str, scopes: Sequence[str] = ("*:write",), **details: Any) -> Program:
        return a_program(person(*held or ("people_lead",)), scopes=scopes, **details)

    return one


@pytest.fixture
def other_program(other_organisation: Organisation) -> Program:
    """A program of the other organisation's people lead."""
    return a_program(a_person(other_organisation, "people_lead", at=NOW))
