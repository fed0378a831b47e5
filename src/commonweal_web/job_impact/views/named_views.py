"""The single views of those who answer for their office; workers' and contributors' never."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from commonweal.job_impact.views import Answer, Side
from commonweal_web.job_impact.models.views import Side as SideChoice
from commonweal_web.job_impact.queries.evidence import fact_words
from commonweal_web.job_impact.queries.groups import group_name
from commonweal_web.job_impact.queries.table import ANSWER_WORDS, side_column

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
            "answer": ANSWER_WORDS[Answer(row.answer)],
            "group": group_name(file.columns, key=row.group),
            "facts": [fact_words(fact) for fact in row.rests_on],
        }
        for row in reversed(found)
    ]
