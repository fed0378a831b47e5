"""A recorded row of any model, so that a new room's tables are tested without a list of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from itertools import count
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models

from commonweal_web.organisations.models import Organisation
from commonweal_web.people.queries import operator
from commonweal_web.record.action import action

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
_numbers = count(1)
_TEXTS = ("EUR", "ES", "en", "Europe/Madrid", "#0f6b63", "person@example.org", "abc-1", "1", "")
_MAPPINGS: tuple[Any, ...] = (["one", "two"], {"one": "two", "three": [1, None]}, [], {}, "text")


def a_row(model: type[models.Model], organisation: Organisation) -> models.Model:
    """A row of this model with a value in every column that can have one, and rows it needs."""
    if model is Organisation:
        return organisation
    values = {
        field.name: _value(field, organisation)
        for field in model._meta.concrete_fields
        if field.name not in {"id", "organisation"}
    }
    row = model(organisation=organisation, **values)
    with action("tests.a_row", organisation=organisation, by=operator(), at=AT) as act:
        return act.create(row)


def _value(field: models.Field[Any, Any], organisation: Organisation) -> Any:
    if isinstance(field, models.ForeignKey):
        return _related(field, organisation)
    for candidate in _candidates(field):
        try:
            field.clean(candidate, None)
        except ValidationError:
            continue
        return candidate
    raise AssertionError(f"no value found for {field.model._meta.label}.{field.name}")


def _related(field: models.ForeignKey[Any, Any], organisation: Organisation) -> Any:
    """A row to point at; a row of the same model only where the column may not be empty."""
    target = field.related_model
    if target is field.model:
        return None
    found = target._default_manager.filter(organisation_id=organisation.pk).first()
    if found is None or field.unique:
        return a_row(target, organisation)
    return found


def _candidates(field: models.Field[Any, Any]) -> Iterator[Any]:
    if field.choices:
        yield from (value for value, _title in field.flatchoices)
    if field.has_default() and not callable(field.default) and field.default:
        yield field.default
    if field.unique and isinstance(field, models.CharField):
        yield f"u{next(_numbers)}"[: field.max_length]
    yield from _BY_TYPE[next(kind for kind in _BY_TYPE if isinstance(field, kind))]()


_BY_TYPE: dict[type[models.Field[Any, Any]], Any] = {
    models.BooleanField: lambda: (True,),
    models.IntegerField: lambda: (3, 2026, 1, 0),
    models.DateTimeField: lambda: (AT,),
    models.DateField: lambda: (date(2026, 3, 1),),
    models.TimeField: lambda: (time(9, 30),),
    models.UUIDField: lambda: (uuid4(),),
    models.BinaryField: lambda: (b"\x01" * 32,),
    models.JSONField: lambda: _MAPPINGS,
    models.TextField: lambda: ("Añejo text", *_TEXTS),
    models.CharField: lambda: ("Añejo", *_TEXTS),
}
