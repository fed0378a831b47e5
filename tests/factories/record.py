"""A recorded row of any model, so that a new room's tables are tested without a list of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from hashlib import sha256
from itertools import count
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models

from commonweal.record import KeyPair, cosign, encode_public_key, new_key
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.queries import operator
from commonweal_web.record import actions
from commonweal_web.record.action import action
from commonweal_web.record.models import Checkpoint, Cosignature, LogKey, Witness

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
_numbers = count(1)
_TEXTS = ("EUR", "ES", "en", "Europe/Madrid", "#0f6b63", "person@example.org", "abc-1", "1", "")
_MAPPINGS: tuple[Any, ...] = (["one", "two"], {"one": "two", "three": [1, None]}, [], {}, "text")


def a_row(model: type[models.Model], organisation: Organisation) -> models.Model:
    """A row of this model with a value in every column that can have one, and rows it needs."""
    if model is Organisation:
        return organisation
    if model in _MAKERS:
        return _MAKERS[model](organisation)
    values = {
        field.name: _value(field, organisation)
        for field in model._meta.concrete_fields
        if field.name not in {"id", "organisation"}
    }
    row = model(organisation=organisation, **values)
    with action("tests.a_row", organisation=organisation, by=operator(), at=AT) as act:
        return act.create(row)


def a_checkpoint(organisation: Organisation) -> Checkpoint:
    """The log signed as it stands."""
    return actions.sign_checkpoint(organisation=organisation, by=operator(), at=AT)


def a_log_key(organisation: Organisation) -> LogKey:
    """The key that a first checkpoint was signed with."""
    a_checkpoint(organisation)
    return LogKey.objects.of(organisation).get()


def a_witness(organisation: Organisation, *, name: str = "union.example") -> Witness:
    """A witness with a key of its own."""
    public_key = encode_public_key(name, public_key=witness_pair(name).public_key)
    return actions.add_witness(
        organisation=organisation, by=operator(), at=AT, public_key=public_key
    )


def a_cosignature(organisation: Organisation) -> Cosignature:
    """A checkpoint that a witness has signed."""
    witness = a_witness(organisation)
    note = a_checkpoint(organisation).note
    signing_key = witness_pair(witness.name).signing_key
    signed = cosign(note, name=witness.name, signing_key=signing_key)
    return actions.take_cosignature(organisation=organisation, by=operator(), at=AT, note=signed)


def witness_pair(name: str) -> KeyPair:
    """The key of a witness of this name."""
    return new_key(sha256(name.encode()).digest())


_MAKERS: dict[type[models.Model], Any] = {
    Checkpoint: a_checkpoint,
    Cosignature: a_cosignature,
    LogKey: a_log_key,
    Witness: a_witness,
}


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
    models.IntegerField: lambda: (3, 60, 2026, 1, 0),
    models.DateTimeField: lambda: (AT,),
    models.DateField: lambda: (date(2026, 3, 1),),
    models.TimeField: lambda: (time(9, 30),),
    models.UUIDField: lambda: (uuid4(),),
    models.BinaryField: lambda: (b"\x01" * 32,),
    models.JSONField: lambda: _MAPPINGS,
    models.TextField: lambda: ("Añejo text", *_TEXTS),
    models.CharField: lambda: ("Añejo", *_TEXTS),
}
