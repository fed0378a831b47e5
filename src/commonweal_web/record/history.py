"""The history of one recorded row: who did what, when, with its place on the record.

Only the kinds of rows listed here have one, each for those who hold a right of its own room.
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
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from commonweal_web.house.declaration import Text
from commonweal_web.house.refusals import NotAllowed, NotHere
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.actor import UNNAMED_ROLES, Actor
from commonweal_web.record.models import LogLeaf, Opening
from commonweal_web.record.permissions import READ_HISTORY

_USES = ("systems.see_uses",)
_ASSESSMENTS = ("job_impact.see_assessments",)
_RISKS = ("mitigations.see_risks",)
_DISCLOSURE = ("disclosure.see_disclosure",)
_WORKPLACES = ("workplaces.see_workplaces",)
_PERSONS = ("record.erase_person",)

READERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "organisations.organisation": _WORKPLACES,
        "organisations.organisationyear": ("workplaces.state_year",),
        "people.account": _PERSONS,
        "people.appointment": ("people.see_people",),
        "workplaces.site": _WORKPLACES,
        "workplaces.representation": _WORKPLACES,
        "workplaces.workergroup": _WORKPLACES,
        "systems.vendor": _USES,
        "systems.aisystem": _USES,
        "systems.use": _USES,
        "systems.usesite": _USES,
        "systems.affectedgroup": _USES,
        "systems.choice": _USES,
        "systems.alternative": _USES,
        "systems.alternativesignal": _USES,
        "systems.claim": _USES,
        "systems.incident": _USES,
        "systems.gatesignature": _USES,
        "systems.stagechange": _USES,
        "systems.override": _USES,
        "systems.importbatch": ("systems.import_uses",),
        "job_impact.assessment": _ASSESSMENTS,
        "job_impact.reopening": _ASSESSMENTS,
        "job_impact.presentsignal": _ASSESSMENTS,
        "job_impact.viewclosing": _ASSESSMENTS,
        "job_impact.followup": _ASSESSMENTS,
        "mitigations.risk": _RISKS,
        "mitigations.riskgroup": _RISKS,
        "mitigations.mitigation": _RISKS,
        "mitigations.mitigationgroup": _RISKS,
        "mitigations.acceptance": _RISKS,
        "mitigations.effectcheck": _RISKS,
        "mitigations.changeorstop": _RISKS,
        "mitigations.classchange": _RISKS,
        "mitigations.classsignoff": _RISKS,
        "mitigations.rulefile": _RISKS,
        "mitigations.rulesignature": _RISKS,
        "disclosure.commitmentversion": _DISCLOSURE,
        "disclosure.publishedpage": _DISCLOSURE,
        "record.logkey": (READ_HISTORY.code,),
        "record.checkpoint": (READ_HISTORY.code,),
        "record.witness": (READ_HISTORY.code,),
        "record.erasure": _PERSONS,
        "record.erasurerequest": _PERSONS,
    }
)
"""Each kind of row that has a history, and the rights of its own room of which one must be held.

Whatever is not named here has no history page: single answers and views, votes, who belongs to a
group, whom somebody invited, and every row of a room with anonymous acts.
"""

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
    return subject.partition(":")[0] in READERS


def may_read(subject: str, *, actor: Actor) -> bool:
    """Whether this actor may read the history of a row of this kind.

    It takes the right to read histories and a right of the room that the row belongs to.
    """
    needed = READERS.get(subject.partition(":")[0], ())
    held = {code for grant in actor.grants for code in grant.permissions}
    return READ_HISTORY.code in held and not held.isdisjoint(needed)


def history_of(organisation: Organisation, *, subject: str, actor: Actor) -> list[Step]:
    """The latest steps of a row, oldest first, in three statements.

    What a worker or contributor wrote is shown with side and day alone. Raises `NotHere` for
    rows without a history and `NotAllowed` for people it is not for.
    """
    if not is_covered(subject) or not _is_well_formed(subject):
        raise NotHere("no_history", _("There is no history here."), where="subject")
    if not may_read(subject, actor=actor):
        raise NotAllowed("not_allowed", _("This history is open to fewer roles."), where="subject")
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


def _is_well_formed(subject: str) -> bool:
    """Whether the part after the colon can be an id; a database refuses what is not even text."""
    kind, _colon, key = subject.partition(":")
    model = _model(kind)
    try:
        return model is not None and str(model._meta.pk.to_python(key)) == key
    except ValidationError:
        return False


def _model(kind: str) -> type[models.Model] | None:
    try:
        return apps.get_model(kind)
    except (LookupError, ValueError):
        return None
