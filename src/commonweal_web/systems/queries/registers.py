"""Reads of the registers that were brought in, and everything needed to give them back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonweal.systems.inventory.table import Column, named_columns
from commonweal_web.house.refusals import NotHere
from commonweal_web.organisations.models import Organisation
from commonweal_web.systems.models import ImportBatch, ImportedRow, Use

OWN = "registered-here"
CHUNK = 500


def batches_of(organisation: Organisation, *, limit: int = 200) -> list[ImportBatch]:
    """The imports of an organisation, latest first, without their long lists."""
    rows = ImportBatch.objects.of(organisation).defer("problems", "columns")
    return list(rows[:limit])


def batch_of(organisation: Organisation, *, pk: UUID | str) -> ImportBatch:
    """One import. Raises `NotHere`."""
    found: ImportBatch | None = ImportBatch.objects.of(organisation).filter(pk=pk).first()
    if found is None:
        raise NotHere("not_found", _("There is no such import here."))
    return found


@dataclass(frozen=True, slots=True)
class KeptRegister:
    """Imports of one format with the same columns: what can be given back as one table."""

    code: str
    format: str
    file_name: str
    columns: Sequence[Column]
    batches: Sequence[UUID]


def kept_registers(organisation: Organisation, *, limit: int = 1000) -> list[KeptRegister]:
    """The registers that were brought in, the one with the latest import first."""
    found: dict[str, list[ImportBatch]] = {}
    for batch in ImportBatch.objects.of(organisation).defer("problems")[:limit]:
        found.setdefault(_code(batch), []).append(batch)
    return [
        KeptRegister(
            code=code,
            format=batches[0].format,
            file_name=batches[0].file_name,
            columns=named_columns(batches[0].columns),
            batches=[batch.pk for batch in batches],
        )
        for code, batches in found.items()
    ]


def _code(batch: ImportBatch) -> str:
    layout = json.dumps([batch.format, batch.columns], ensure_ascii=False)
    return hashlib.sha256(layout.encode()).hexdigest()[:16]


def kept_register(organisation: Organisation, *, code: str) -> KeptRegister:
    """One of them. Raises `NotHere`."""
    found = next((each for each in kept_registers(organisation) if each.code == code), None)
    if found is None:
        raise NotHere("not_found", _("There is no such register here."))
    return found


def rows_of(organisation: Organisation, *, register: KeptRegister) -> Iterator[list[str]]:
    """Every current row of a register, exactly as it came, in the order of its file."""
    rows = ImportedRow.objects.of(organisation).filter(batch__in=register.batches, is_current=True)
    ordered = rows.order_by("row_number", "ordinal", "id").values_list("cells", flat=True)
    yield from ordered.iterator(chunk_size=CHUNK)


OWN_COLUMNS = (
    ("name", gettext_lazy("Name")),
    ("system__name", gettext_lazy("System")),
    ("system__vendor__name", gettext_lazy("Vendor")),
    ("purpose", gettext_lazy("What it is for")),
    ("outputs", gettext_lazy("What it gives out")),
    ("unit", gettext_lazy("Part of the organisation")),
    ("topic", gettext_lazy("Topic")),
    ("stage", gettext_lazy("Stage")),
    ("stage_since", gettext_lazy("In this stage since")),
    ("owner__name", gettext_lazy("Use owner")),
    ("review_on", gettext_lazy("Next review")),
)


def own_register() -> KeptRegister:
    """The uses that were registered here by hand, as a table of their own."""
    titles = [str(title) for _name, title in OWN_COLUMNS]
    return KeptRegister(OWN, OWN, OWN, named_columns(titles), ())


def own_rows(organisation: Organisation) -> Iterator[list[str]]:
    """The uses that came with no register."""
    came = ImportedRow.objects.filter(use=OuterRef("pk"))
    rows = Use.objects.of(organisation).filter(~Exists(came))
    columns = [name for name, _title in OWN_COLUMNS]
    for row in rows.values_list(*columns).iterator(chunk_size=CHUNK):
        yield ["" if value is None else str(value) for value in row]
