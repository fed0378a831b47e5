"""What the list of uses can be searched, filtered and sorted by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from commonweal_web.organisations.models import Organisation
from commonweal_web.systems.models import AffectedGroup, ImportedRow, Stage, Use, UseSite

SOON = timedelta(days=30)
OVER = (Stage.RETIRED, Stage.STOPPED)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for; an empty value asks for nothing.

    `gaps` is "yes" or "none", `dates` is "soon", "overdue" or "none", `move` a role, `code` a
    choice of the classification, `severity` a class of the gravest open risk.
    """

    words: str = ""
    stage: str = ""
    owner: str = ""
    unit: str = ""
    site: str = ""
    group: str = ""
    system: str = ""
    code: str = ""
    gaps: str = ""
    move: str = ""
    dates: str = ""
    severity: str = ""
    differ: str = ""
    vulnerable: str = ""
    without_gate: str = ""
    sort: str = "name"

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the order was asked for."""
        return any(getattr(self, name) for name in NAMES)


NAMES = tuple(field.name for field in fields(Asked) if field.name != "sort")

_ORDERS: Mapping[str, tuple[Any, ...]] = {
    "name": (F("name"),),
    "owner": (F("owner__name").asc(nulls_last=True),),
    "since": (F("stage_since"),),
    "gaps": (F("standing__gaps"),),
    "next": (F("standing__next_on").asc(nulls_last=True),),
    "differ": (F("standing__sides_differ"),),
    "risks": (F("standing__gravest").asc(nulls_first=True), F("standing__open_risks")),
}
SORTS = tuple(sign + name for name in _ORDERS for sign in ("", "-"))


def uses_asked(organisation: Organisation, *, asked: Asked, on: date) -> QuerySet[Use]:
    """The uses that fit, in their order; a value that does not exist is left out."""
    rows = Use.objects.of(organisation)
    for name, narrowing in _NARROWING.items():
        value = getattr(asked, name)
        if value and (wanted := narrowing(value, on)) is not None:
            rows = rows.filter(wanted)
    return rows.order_by(*_order(asked.sort))


def _order(sort: str) -> tuple[Any, ...]:
    sort = sort if sort in SORTS else "name"
    columns = _ORDERS[sort.lstrip("-")]
    if sort in ("name", "-name"):
        return (sort, "-id" if sort == "-name" else "id")
    turned = [_turned(each) for each in columns] if sort.startswith("-") else list(columns)
    return (*turned, "name", "id")


def _turned(column: Any) -> Any:
    """The other way round; what has no value stays last."""
    name = column.expression if hasattr(column, "expression") else column
    return name.desc(nulls_last=True)


def _words(text: str, _on: date) -> Q:
    """Words in the use, its system, or any cell of the register row it came from."""
    rows = ImportedRow.objects.filter(use=OuterRef("pk"), is_current=True)
    return (
        Q(name__icontains=text)
        | Q(purpose__icontains=text)
        | Q(unit__icontains=text)
        | Q(system__name__icontains=text)
        | Q(Exists(rows.filter(cells__icontains=text)))
    )


def _touching(**wanted: Any) -> Q:
    return Q(Exists(AffectedGroup.objects.filter(use=OuterRef("pk"), **wanted)))


def _group(text: str, _on: date) -> Q:
    return _touching(group__name__icontains=text) | _touching(outside_name__icontains=text)


def _site(text: str, _on: date) -> Q:
    """Where it runs, or where people work whom it touches."""
    running = UseSite.objects.filter(use=OuterRef("pk"), site__name__icontains=text)
    return Q(Exists(running)) | _touching(group__site__name__icontains=text)


def _system(text: str, _on: date) -> Q:
    return Q(system__name__icontains=text) | Q(system__vendor__name__icontains=text)


def _dates(value: str, on: date) -> Q | None:
    known = {
        "soon": Q(standing__next_on__lte=on + SOON),
        "overdue": Q(standing__next_on__lt=on),
        "none": Q(standing__next_on__isnull=True) & ~Q(stage__in=OVER),
    }
    return known.get(value)


def _gaps(value: str, _on: date) -> Q | None:
    known = {"yes": Q(standing__gaps__gt=0), "none": Q(standing__gaps=0) & ~Q(standing__gate="")}
    return known.get(value)


def _severity(value: str, _on: date) -> Q | None:
    return Q(standing__gravest=int(value)) if value.isdigit() and len(value) < 3 else None


_NARROWING: Mapping[str, Callable[[str, date], Q | None]] = {
    "words": _words,
    "stage": lambda value, _on: Q(stage=value),
    "owner": lambda value, _on: Q(owner__name__icontains=value),
    "unit": lambda value, _on: Q(unit__icontains=value),
    "site": _site,
    "group": _group,
    "system": _system,
    "code": lambda value, _on: Q(classification__icontains=f'"{value}"'),
    "gaps": _gaps,
    "move": lambda value, _on: Q(standing__moves__contains=f" {value} "),
    "dates": _dates,
    "severity": _severity,
    "differ": lambda _value, _on: Q(standing__sides_differ__gt=0),
    "vulnerable": lambda _value, _on: _touching(group__vulnerable_because__gt=""),
    "without_gate": lambda _value, _on: Q(entered_without_gate=True),
}
