"""Taking the registers away again: every cell as it came, columns by position."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from django.http import HttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from commonweal.systems.inventory.refusal import RegisterRefused
from commonweal.systems.inventory.table import Column
from commonweal.systems.inventory.writing import write_csv, write_json, write_xlsx
from commonweal_web.house.refusals import NotHere
from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.systems import queries
from commonweal_web.systems.permissions import EXPORT_USES
from commonweal_web.systems.uploads import in_words

Writer = Callable[[Sequence[Column], Iterable[Sequence[str]]], bytes]
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WAYS: dict[str, tuple[str, str, Writer]] = {
    "csv": ("csv", "text/csv; charset=utf-8", write_csv),
    "spreadsheet": ("csv", "text/csv; charset=utf-8", partial(write_csv, profile="spreadsheet")),
    "json": ("json", "application/json", write_json),
    "xlsx": ("xlsx", SHEET, write_xlsx),
}


@require_safe
@needs(EXPORT_USES)
def export(request: PersonRequest, register: str, way: str) -> HttpResponse:
    """A register as a file. Raises `NotHere` for one that is not here, or another kind of file."""
    if way not in WAYS:
        raise NotHere("way_unknown", f"There is no {way!r} file. Choose: {', '.join(WAYS)}.")
    suffix, kind, write = WAYS[way]
    if register == queries.OWN:
        kept, rows = queries.own_register(), queries.own_rows(request.organisation)
    else:
        kept = queries.kept_register(request.organisation, code=register)
        rows = queries.rows_of(request.organisation, register=kept)
    try:
        written = write(kept.columns, rows)
    except RegisterRefused as refusal:
        raise in_words(refusal) from refusal
    response = HttpResponse(written, content_type=kind)
    name = slugify(kept.format)[:80] or "register"
    response["Content-Disposition"] = f'attachment; filename="{name}.{suffix}"'
    return response
