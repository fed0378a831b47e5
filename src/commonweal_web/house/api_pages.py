"""Pages of a list that a program reads one after the other, each named by a signed cursor."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field

from commonweal_web.house.api_tokens import ApiRequest
from commonweal_web.house.paging import LARGEST_PAGE, Page
from commonweal_web.house.refusals import Refused

T = TypeVar("T")
SALT = "commonweal.api.cursor"


class Paging(Schema):
    """Which page of a list."""

    limit: int = Field(50, ge=1, le=LARGEST_PAGE, description="How many at most.")
    cursor: str = Field(
        "",
        max_length=2000,
        description="The `next` of the page before; empty for the first. It holds for this "
        "list with these filters only.",
    )


class PageOf(Schema, Generic[T]):
    """One page of a list. `next` is the cursor of the page after, or null on the last."""

    items: list[T]
    next: str | None = Field(description="Send it as `cursor`; null on the last page.")


def page_by(
    request: ApiRequest,
    rows: QuerySet[Any],
    *,
    paging: Paging,
    by: tuple[str, ...],
    shape: Callable[[Any], Any] = lambda row: row,
) -> dict[str, Any]:
    """One page in one statement, in the order of these columns; `-` turns a column around.

    The columns together must tell every row apart.
    """
    after = _opened(request, paging=paging)
    rows = rows.order_by(*by)
    if after is not None:
        rows = rows.filter(_beyond(rows.model, by=by, values=after))
    found = list(rows[: paging.limit + 1])
    shown = found[: paging.limit]
    is_last = len(found) <= paging.limit
    cursor = None if is_last else _sealed(request, values=_values(shown[-1], by=by))
    return {"items": [shape(each) for each in shown], "next": cursor}


def page_of_known(
    request: ApiRequest,
    rows: Sequence[Any],
    *,
    paging: Paging,
    shape: Callable[[Any], Any] = lambda row: row,
) -> dict[str, Any]:
    """One page of a bounded list that is in memory anyway."""
    after = _opened(request, paging=paging)
    start = 0 if after is None else int(after[0])
    end = start + paging.limit
    cursor = _sealed(request, values=[end]) if end < len(rows) else None
    return {"items": [shape(each) for each in rows[start:end]], "next": cursor}


def page_numbered(
    request: ApiRequest,
    *,
    paging: Paging,
    read: Callable[..., Page[Any]],
    shape: Callable[[Any], Any] = lambda row: row,
) -> dict[str, Any]:
    """One page of a list whose query counts pages: `read(number=…, size=…)`."""
    number, size = _opened(request, paging=paging) or (1, paging.limit)
    if size != paging.limit:
        raise _refused()
    page = read(number=number, size=size)
    cursor = _sealed(request, values=[page.next, size]) if page.next else None
    return {"items": [shape(each) for each in page.rows], "next": cursor}


def _sealed(request: ApiRequest, *, values: list[Any]) -> str:
    return signing.dumps([_list_of(request), values], salt=SALT, compress=True)


def _list_of(request: ApiRequest) -> str:
    """Which list a cursor is of: the address, the filters and the organisation."""
    asked = sorted(
        (name, request.GET.getlist(name))
        for name in request.GET
        if name not in {"cursor", "limit"}
    )
    return json.dumps([request.path, str(request.organisation.pk), asked])


def _opened(request: ApiRequest, *, paging: Paging) -> list[Any] | None:
    if not paging.cursor:
        return None
    try:
        of_list, values = signing.loads(paging.cursor, salt=SALT)
    except (signing.BadSignature, ValueError) as error:
        raise _refused() from error
    if of_list != _list_of(request) or not isinstance(values, list):
        raise _refused()
    return values


def _refused() -> Refused:
    return Refused(
        "cursor_refused",
        _("This cursor is not one that this list gave out. Begin again without a cursor."),
        where="cursor",
    )


def _values(row: Model, *, by: tuple[str, ...]) -> list[Any]:
    values = []
    for column in by:
        value = getattr(row, column.lstrip("-"))
        values.append(value if isinstance(value, int | str) else str(value))
    return values


def _beyond(model: type[Model], *, by: tuple[str, ...], values: list[Any]) -> Q:
    """The rows after these values: equal in the first columns and beyond in the next one."""
    found, equal = Q(), Q()
    for column, text in zip(by, values, strict=True):
        name = column.lstrip("-")
        value = _as_column(model, name=name, text=text)
        step = "lt" if column.startswith("-") else "gt"
        found |= equal & Q(**{f"{name}__{step}": value})
        equal &= Q(**{name: value})
    return found


def _as_column(model: type[Model], *, name: str, text: Any) -> Any:
    try:
        return model._meta.get_field(name).to_python(text)  # type: ignore[union-attr]
    except (ValidationError, ValueError) as error:
        raise _refused() from error
