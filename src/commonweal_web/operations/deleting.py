"""Deletes an organisation whole: every row, its log, what lies in files, its keys.

What stays is the last signed checkpoint, so that a witness can tell an end from a loss.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q

from commonweal_web.house.rooms import rooms
from commonweal_web.operations.actions import begin_deletion
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.actions import end_sessions
from commonweal_web.people.queries import account_keys
from commonweal_web.record.action import end_of_log
from commonweal_web.record.actions import sign_checkpoint
from commonweal_web.record.actor import Actor
from commonweal_web.record.queries import key_files_of

ENDED = "ended"
"""The folder of last checkpoints, in the data folder."""


def delete_organisation(*, organisation: Organisation, by: Actor, at: datetime) -> Path:
    """Carry out a deletion that two people want; the result is the file of the last checkpoint.

    Raises `Conflict` while anything forbids it. Rows go in one transaction; after a crash
    behind it, `commonweal record verify` names the keys that are left.
    """
    begin_deletion(organisation=organisation, by=by, at=at)
    signed = sign_checkpoint(organisation=organisation, by=by, at=at)
    kept = _keep_last(organisation, note=signed.note, at=at)
    owner, keys = organisation.pk, key_files_of(organisation)
    with end_of_log(organisation, by=by, at=at):
        end_sessions({str(key) for key in account_keys(organisation)})
        for rows in _rows_of(organisation):
            rows._raw_delete(rows.db)
    for room in rooms():
        for forget in room.forgets:
            forget(owner)
    for key in keys:
        key.unlink(missing_ok=True)
    return kept


def _keep_last(organisation: Organisation, *, note: str, at: datetime) -> Path:
    folder = settings.DATA / ENDED
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept: Path = folder / f"{organisation.slug}-{at:%Y-%m-%d}.note"
    kept.write_text(note, encoding="utf-8")
    return kept


def _rows_of(organisation: Organisation) -> Iterator[models.QuerySet[Any]]:
    """The organisation's rows of every table, those that others point to last."""
    reached = _reached(organisation)
    for model in reversed(reached):
        yield reached[model]


def _reached(organisation: Organisation) -> dict[type[models.Model], models.QuerySet[Any]]:
    """Every model whose rows lead to the organisation, in the order in which they were reached."""
    own = Organisation._default_manager.filter(pk=organisation.pk)
    found: dict[type[models.Model], models.QuerySet[Any]] = {Organisation: own}
    waiting = [model for model in apps.get_models(include_auto_created=True) if model not in found]
    while True:
        new = {model: rows for model in waiting if (rows := _leading(model, reached=found))}
        if not new:
            return found
        found |= {model: rows for model, (rows,) in new.items()}
        waiting = [model for model in waiting if model not in new]


def _leading(
    model: type[models.Model], *, reached: dict[type[models.Model], models.QuerySet[Any]]
) -> tuple[models.QuerySet[Any]] | None:
    """The rows of a model that point to rows already reached; None where it has no such column."""
    columns = [field for field in model._meta.concrete_fields if field.is_relation]
    named = {field.name for field in columns if field.related_model is Organisation}
    if named:
        ways = Q(**{f"{min(named)}__in": reached[Organisation].values("pk")})
        return (model._base_manager.filter(ways),)
    ways = Q()
    for field in columns:
        if field.related_model in reached:
            ways |= Q(**{f"{field.name}__in": reached[field.related_model].values("pk")})
    return (model._base_manager.filter(ways),) if ways else None
