"""The evidence about something, for any page: `{% evidence_about incident %}`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.template import Context

from commonweal_web.evidence.panels import Card, cards
from commonweal_web.record.fields import subject_of

register = template.Library()


@register.inclusion_tag("evidence/card.html", takes_context=True)
def evidence_about(context: Context, row: Any) -> dict[str, Any]:
    """A card with what is attached to a row that this page shows, and the way to attach more."""
    found = _cards(context, [row])
    return {"card": found.get(subject_of(row))}


@register.inclusion_tag("evidence/line.html", takes_context=True)
def evidence_line(context: Context, row: Any, among: Iterable[Any]) -> dict[str, Any]:
    """One line for a row of a list; the whole list `among` costs one statement.

    `among` holds rows, or things that carry theirs as `row`.
    """
    kept = context["request"].__dict__.setdefault("evidence_cards", {})
    if subject_of(row) not in kept:
        kept.update(_cards(context, [row, *(getattr(each, "row", each) for each in among)]))
    return {"card": kept.get(subject_of(row))}


def _cards(context: Context, rows: Iterable[Any]) -> dict[str, Card]:
    request = context["request"]
    return cards(
        dict.fromkeys(map(subject_of, rows)),
        organisation=request.organisation,
        actor=request.actor,
        audience="my" if request.path.startswith("/my/") else "desk",
    )
