"""Turns a pack into one printable sheet of HTML, the same for a browser and for a PDF."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.http import QueryDict
from django.template.loader import render_to_string

from commonweal_web.house.declaration import Panel
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.actor import Actor
from commonweal_web.record.queries import latest_checkpoint, proof_box
from commonweal_web.systems import queries
from commonweal_web.systems.forms.lists import UsesFilter
from commonweal_web.systems.models import Use
from commonweal_web.systems.page_parts import needs_of, role_title, stops_of
from commonweal_web.systems.queries.packs import LOOKING_BACK


def use_context(use: Use, *, actor: Actor, at: datetime) -> dict[str, Any]:
    """What the sheet of one use shows."""
    pack = queries.use_pack(use, actor=actor, at=at)
    gate, reader = pack.file.gate, Reader(use.organisation, actor=actor, at=at)
    return {
        "use": use,
        "file": pack.file,
        "stops": stops_of(pack.file.rail, since=use.stage_since),
        "needs": needs_of(gate.decision.gaps, actor=actor) if gate else [],
        "ungated": needs_of(pack.file.ungated, actor=actor),
        "signers": [role_title(r.value) for r in gate.decision.missing_signatures] if gate else [],
        "dates": pack.dates,
        "parts": [_rendered(each, reader=reader, use=use) for each in pack.parts],
        "request": reader,
        "origin": queries.copied_from(use),
        **_foot(use.organisation, at=at),
    }


def board_context(
    organisation: Organisation, *, filters: str, actor: Actor, at: datetime
) -> dict[str, Any]:
    """What the sheet for a board shows; `filters` is what the list of uses was asked."""
    query = QueryDict(filters)
    asked = UsesFilter(query).asked(sort=query.get("sort", "name"))
    since = day_of(query.get("since", ""), otherwise=at.date() - LOOKING_BACK)
    reader = Reader(organisation, actor=actor, at=at)
    pack = queries.board_pack(organisation, asked=asked, actor=actor, at=at, since=since)
    return {
        "pack": pack,
        "movers": [(role_title(role), count) for role, count in pack.movers],
        "is_narrowed": asked.is_narrowed,
        "parts": [_rendered(each, reader=reader) for each in pack.parts],
        "request": reader,
        "today": at.date(),
        **_foot(organisation, at=at),
    }


def day_of(text: str, *, otherwise: date) -> date:
    """The day that an address names, or the usual one."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return otherwise


class Reader:
    """Stands where a page has its request: for whom a sheet is drawn."""

    path = "/desk/"

    def __init__(self, organisation: Organisation, *, actor: Actor, at: datetime) -> None:
        self.organisation, self.actor, self.now = organisation, actor, at
        self.GET = QueryDict()


def _rendered(part: Panel, *, reader: Reader, **context: Any) -> str:
    return render_to_string(part.template, {"request": reader, **context, **part.context})


def _foot(organisation: Organisation, *, at: datetime) -> dict[str, Any]:
    """When it was made, and the signed state of the record against which it can be checked."""
    return {
        "organisation": organisation,
        "made_at": at,
        "proof": proof_box(organisation),
        "checkpoint": latest_checkpoint(organisation),
    }


def sheet(template: str, *, context: Mapping[str, Any]) -> str:
    """A whole document for a printer."""
    return render_to_string("systems/sheet.html", {**context, "inner": template})
