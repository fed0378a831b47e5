"""How a row of an organisation's export is written: exactly for programs, in words for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from commonweal.shared.money import Money
from commonweal_web.house.texts import day_text, money_text
from commonweal_web.record.fields import recorded_fields


@dataclass(frozen=True, slots=True)
class Shown:
    """How rows of a table are shown on the pages of others: where, and by which names."""

    address: Callable[[UUID], str]
    names: Mapping[UUID, str]


ByModel = Mapping[type[models.Model], Shown]
NAMED_BY = ("name", "own_title", "title")
MOST_NAMES = 200_000


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a row as people read it, and where it leads."""

    title: str
    text: str
    url: str = ""


@cache
def _kept_back(model: type[models.Model]) -> frozenset[str]:
    """Columns of which even the record keeps only a hash, such as passwords."""
    return frozenset(getattr(model, "recorded_as_digest", ()))


@cache
def columns_of(model: type[models.Model]) -> tuple[str, ...]:
    """The names of the columns that an export gives, as in the database."""
    kept_back = _kept_back(model)
    return tuple(
        field.attname for field in model._meta.concrete_fields if field.name not in kept_back
    )


def exact_fields(row: models.Model) -> dict[str, Any]:
    """The row as the record holds it, without what is kept back."""
    found = recorded_fields(row)
    return {name: found[name] for name in columns_of(type(row))}


def names_of(rows: models.QuerySet[Any]) -> dict[UUID, str]:
    """What the rows of a table are called, by their ids; empty for rows without a name."""
    columns = {field.attname for field in rows.model._meta.concrete_fields}
    named_by = next((name for name in NAMED_BY if name in columns), None)
    return dict(rows.values_list("pk", named_by)[:MOST_NAMES]) if named_by else {}


def cells_of(row: models.Model, shown: ByModel) -> list[Cell]:
    """The row's values in words, without empty ones and without its own ids."""
    cells = []
    for field in row._meta.concrete_fields:
        if field.primary_key or field.name in {"organisation", *_kept_back(type(row))}:
            continue
        value = getattr(row, field.attname)
        if value in (None, "", [], {}):
            continue
        cells.append(_money(row, field) or _cell(field, value=value, shown=shown))
    return cells


def _money(row: models.Model, field: models.Field[Any, Any]) -> Cell | None:
    """An amount with its currency, where a column holds whole cents; None for other columns."""
    name, is_minor, _rest = field.name.partition("_minor")
    amount = getattr(row, name, None) if is_minor else None
    return Cell(str(field.verbose_name), money_text(amount)) if isinstance(amount, Money) else None


def _cell(field: models.Field[Any, Any], *, value: Any, shown: ByModel) -> Cell:
    title = str(field.verbose_name)
    related: Any = field.related_model if field.is_relation else None
    if related in shown:
        return Cell(
            title, shown[related].names.get(value) or str(value), shown[related].address(value)
        )
    return Cell(title, _words(field, value=value))


def _words(field: models.Field[Any, Any], *, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M} UTC"
    if isinstance(field, models.DateField):
        return day_text(value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)
