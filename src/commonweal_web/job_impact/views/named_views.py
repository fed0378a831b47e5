"""The single views of those who answer for their office; workers' and contributors' never."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from commonweal.job_impact.views import Answer, Side
from commonweal_web.job_impact.models.views import Side as SideChoice
from commonweal_web.job_impact.queries.evidence import fact_words
from commonweal_web.job_impact.queries.groups import group_name
from commonweal_web.job_impact.queries.table import side_column, view_words

if TYPE_CHECKING:
    from commonweal_web.job_impact.queries.files import UseFile

OFFICES = (SideChoice.REPRESENTATIVES, SideChoice.MANAGEMENT, SideChoice.EXPERTS)


def named_views(file: UseFile, *, signal: str) -> list[dict[str, Any]]:
    """Who said what for their office, latest first."""
    found = [
        row
        for row in file.said_of(signal)
        if row.side in OFFICES and row.named_author_id is not None
    ]
    return [
        {
            "row": row,
            "side": side_column(Side(row.side)),
            "answer": view_words(Answer(row.answer), is_closed=bool(row.closings.all())),
            "closings": [
                (side_column(Side(closing.by_side)), closing.reason)
                for closing in row.closings.all()
            ],
            "group": group_name(file.columns, key=row.group),
            "facts": [fact_words(fact) for fact in row.rests_on],
        }
        for row in reversed(found)
    ]
