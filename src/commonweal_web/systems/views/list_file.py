"""The list of uses as a file: exactly, or so that no cell can run in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _

from commonweal.systems.inventory.writing import escape_cell
from commonweal_web.house.requests import PersonRequest
from commonweal_web.systems import actions, queries
from commonweal_web.systems.models import Stage
from commonweal_web.systems.page_parts import role_title

ALL_LINES = 10_000


class _Line:
    """Gives the csv writer back each line, so that a file is sent as it is written."""

    def write(self, line: str) -> str:
        return line


def as_file(
    request: PersonRequest, *, asked: queries.Asked, profile: str
) -> StreamingHttpResponse:
    """All uses that fit, on one sheet; `profile` is "exact" or "csv" for spreadsheets."""
    actions.bring_up_to_date(request.organisation, at=request.now, most=ALL_LINES)
    lines = _lines(request, asked=asked, is_exact=profile == "exact")
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="uses.csv"'
    return response


def _lines(request: PersonRequest, *, asked: queries.Asked, is_exact: bool) -> Iterator[str]:
    writer = csv.writer(_Line(), quoting=csv.QUOTE_ALL)
    shown = str if is_exact else escape_cell
    yield "\ufeff" + writer.writerow([shown(title) for title in _titles()])
    for use in queries.uses_for_file(request.organisation, asked=asked, at=request.now):
        yield writer.writerow([shown(cell) for cell in _cells(use)])


def _titles() -> tuple[str, ...]:
    return (
        _("Use"),
        _("System"),
        _("Part of the organisation"),
        _("Who answers"),
        _("Stage"),
        _("Since"),
        _("Running when registered"),
        _("Next review"),
        _("Gaps before the next gate"),
        _("Whose move first"),
        _("Next date"),
        _("What is due"),
        _("Questions on which sides differ"),
        _("Open risks"),
        _("Not yet judged"),
        _("Gravest open risk"),
        _("Touches"),
    )


def _cells(use: queries.ListedUse) -> tuple[str, ...]:
    return (
        use.name,
        use.system,
        use.unit,
        use.owner or "",
        str(Stage(use.stage).label),
        use.since.isoformat(),
        _("yes") if use.without_gate else _("no"),
        use.review_on.isoformat() if use.review_on else "",
        str(use.gaps or 0) if use.gate else "",
        str(role_title(use.first_move)) if use.first_move else "",
        use.next_on.isoformat() if use.next_on else "",
        queries.date_in_words(use.next_what or ""),
        str(use.differ or 0),
        str(use.open_risks or 0),
        str(use.unjudged or 0),
        queries.class_in_words(use.gravest),
        use.touches or "",
    )
