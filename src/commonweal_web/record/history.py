"""The history of one recorded row: who did what, when, with its place on the record.

Anonymous rooms have none: only the rooms listed here do, and who may read which is decided here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.utils.translation import gettext as _

from commonweal_web.house.declaration import Text
from commonweal_web.house.refusals import NotAllowed, NotHere
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.actor import UNNAMED_ROLES, Actor
from commonweal_web.record.models import LogLeaf, Opening

ROOMS = frozenset(
    {
        "organisations",
        "people",
        "workplaces",
        "practices",
        "systems",
        "job_impact",
        "mitigations",
        "disclosure",
        "record",
    }
)
"""The rooms whose rows have a history. A room of anonymous acts is never among them."""

NEVER = frozenset({"people.apitoken", "record.cosignature"})
"""Rows of those rooms that have no history page all the same."""

_PEOPLE = frozenset({"people_lead", "administrator"})
READERS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "people.account": _PEOPLE,
        "people.appointment": _PEOPLE | {"worker_representative", "registrar"},
        "record.erasure": _PEOPLE,
    }
)
"""Rows about persons, and the only roles that may read their history."""

MOST_STEPS = 200


@dataclass(frozen=True, slots=True)
class Change:
    """One field that changed; the values are absent where they are not for this reader."""

    name: Text
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a row's history. `name` is empty for everybody whose name is not told."""

    index: int
    kind: str
    role: str
    name: str
    day: date
    is_readable: bool
    is_removal: bool
    changes: tuple[Change, ...]


def is_covered(subject: str) -> bool:
    """Whether rows of this kind have a history page at all."""
    kind = subject.partition(":")[0]
    return kind.partition(".")[0] in ROOMS and kind not in NEVER and _model(kind) is not None


def may_read(subject: str, *, actor: Actor) -> bool:
    """Whether this actor may read the history of a row of this kind."""
    readers = READERS.get(subject.partition(":")[0])
    return is_covered(subject) and (readers is None or bool(readers & actor.roles))


def history_of(organisation: Organisation, *, subject: str, actor: Actor) -> list[Step]:
    """The latest steps of a row, oldest first, in three statements.

    What a worker or contributor wrote is shown with side and day alone. Raises `NotHere` for
    rows without a history and `NotAllowed` for people it is not for.
    """
    if not is_covered(subject):
        raise NotHere("no_history", _("There is no history here."), where="subject")
    if not may_read(subject, actor=actor):
        raise NotAllowed(
            "not_allowed", _("The history of people is open to few roles."), where="subject"
        )
    rows = LogLeaf.objects.filter(organisation=organisation, subject=subject).order_by("-index")
    leaves = list(rows[: MOST_STEPS + 1])[::-1]
    if not leaves:
        raise NotHere("no_history", _("There is no history here."), where="subject")
    statements = _statements(organisation, leaves)
    names = _names(organisation, statements)
    steps = [
        _step(leaf, before=before, statements=statements, names=names)
        for before, leaf in zip([None, *leaves], leaves, strict=False)
    ]
    return steps[-MOST_STEPS:]


def _statements(organisation: Organisation, leaves: list[LogLeaf]) -> dict[int, dict[str, Any]]:
    places = [leaf.index for leaf in leaves]
    openings = Opening.objects.filter(organisation=organisation, index__in=places)
    return {
        index: json.loads(payload) for index, payload in openings.values_list("index", "payload")
    }


def _names(organisation: Organisation, statements: dict[int, dict[str, Any]]) -> dict[str, str]:
    """The names of those who acted under a role whose holders are named."""
    keys = {UUID(each["actor"]) for each in statements.values() if each["actor"]}
    accounts = get_user_model()._default_manager.filter(
        organisation_id=organisation.pk, pk__in=keys
    )
    return {str(pk): name for pk, name in accounts.values_list("pk", "name")}


def _step(
    leaf: LogLeaf,
    *,
    before: LogLeaf | None,
    statements: dict[int, dict[str, Any]],
    names: dict[str, str],
) -> Step:
    statement = statements.get(leaf.index)
    told = statement is not None and leaf.role not in UNNAMED_ROLES
    earlier = statements.get(before.index) if before is not None else None
    hidden = before is not None and before.role in UNNAMED_ROLES
    changes: tuple[Change, ...] = ()
    if statement is not None and told:
        changes = _changes(leaf.subject, old=earlier, new=statement, is_old_hidden=hidden)
    return Step(
        index=leaf.index,
        kind=leaf.kind,
        role=leaf.role,
        name=names.get(statement["actor"] or "", "") if statement is not None and told else "",
        day=leaf.day,
        is_readable=statement is not None,
        is_removal=statement is not None and statement["state"] == "removed",
        changes=changes,
    )


def _changes(
    subject: str,
    *,
    old: dict[str, Any] | None,
    new: dict[str, Any],
    is_old_hidden: bool,
) -> tuple[Change, ...]:
    """What a step set, field by field; ids, digests and who somebody is are left out."""
    before, after = old["fields"] if old else {}, new["fields"]
    found = []
    for field in _shown_fields(subject):
        name = field.attname
        if name in after and before.get(name) != after[name] and (old or after[name]):
            was = "" if is_old_hidden or old is None else _words(before.get(name))
            found.append(Change(field.verbose_name, was, _words(after[name])))
    return tuple(found)


def _shown_fields(subject: str) -> list[models.Field[Any, Any]]:
    model = _model(subject.partition(":")[0])
    if model is None:
        return []
    digested = getattr(model, "recorded_as_digest", ())
    return [
        field
        for field in model._meta.concrete_fields
        if not field.primary_key and not field.is_relation and field.name not in digested
    ]


def _words(value: Any) -> str:
    if value is None or value == "":
        return _("nothing")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def _model(kind: str) -> type[models.Model] | None:
    try:
        return apps.get_model(kind)
    except (LookupError, ValueError):
        return None
