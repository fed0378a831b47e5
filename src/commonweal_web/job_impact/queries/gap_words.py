"""What keeps a run from closing, in words, with whose move it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commonweal.job_impact.closing import ClosingGap, ClosingGapKind, Move
from commonweal.practices import catalogue
from commonweal_web.house.declaration import Text
from commonweal_web.job_impact.queries.groups import group_name

if TYPE_CHECKING:
    from commonweal_web.job_impact.queries.files import UseFile

LINES: dict[ClosingGapKind, Text] = {
    ClosingGapKind.NOT_ASSESSED: gettext_lazy("Nobody has answered “%(signal)s” for %(group)s."),
    ClosingGapKind.UNCERTAIN_WITHOUT_FOLLOW_UP: gettext_lazy(
        "Name who finds out about “%(signal)s”, and by when."
    ),
    ClosingGapKind.NO_WORKER_SIDE: gettext_lazy("The workers’ side has not spoken yet."),
    ClosingGapKind.UNPAID: gettext_lazy("Pay %(person)s: the day has passed."),
    ClosingGapKind.NOT_STATED: gettext_lazy(
        "%(person)s was not told the fee and the time before saying yes."
    ),
    ClosingGapKind.NO_INDEPENDENT_EXPERT: gettext_lazy("Ask an independent expert to take part."),
    ClosingGapKind.ONE_DISCIPLINE: gettext_lazy(
        "All experts come from one field. Ask one from another."
    ),
    ClosingGapKind.TIES_NOT_DECLARED: gettext_lazy(
        "%(person)s must say whether they depend on the employer or the vendor."
    ),
    ClosingGapKind.DATA_AVAILABLE_NOT_STATED: gettext_lazy("State which facts there are so far."),
    ClosingGapKind.DATA_MISSING_NOT_STATED: gettext_lazy("State which facts are missing."),
}
WHO: dict[Move, tuple[str, Text]] = {
    Move.EVERYONE: ("", gettext_lazy("Everybody who was asked")),
    Move.PEOPLE_LEAD: ("management", gettext_lazy("People lead")),
    Move.EXPERT: ("experts", gettext_lazy("The expert")),
}
PAGE_OF_KIND = {
    ClosingGapKind.UNPAID: "contributors",
    ClosingGapKind.NOT_STATED: "contributors",
    ClosingGapKind.NO_INDEPENDENT_EXPERT: "invite",
    ClosingGapKind.ONE_DISCIPLINE: "invite",
    ClosingGapKind.TIES_NOT_DECLARED: "contributors",
    ClosingGapKind.DATA_AVAILABLE_NOT_STATED: "data",
    ClosingGapKind.DATA_MISSING_NOT_STATED: "data",
}


@dataclass(frozen=True, slots=True)
class GapLine:
    """One thing that is missing, whose move it is, and the page where it is done."""

    text: str
    side: str
    who: Text
    page: str = ""
    signal: str = ""


def gap_line(gap: ClosingGap, *, file: UseFile) -> str:
    """What is missing, as one sentence."""
    people = {str(each.pk): each.name for each in file.contributors}
    return str(LINES[gap.kind]) % {
        "signal": catalogue().signal(gap.signal).title if gap.signal else "",
        "group": group_name(file.columns, key=gap.group),
        "person": people.get(gap.subject, ""),
    }


def gap_lines(gaps: Iterable[ClosingGap], *, file: UseFile) -> list[GapLine]:
    """Every gap once; signals that nobody answered are told together, in words."""
    found = list(gaps)
    silent = list(
        dict.fromkeys(gap.signal for gap in found if gap.kind is ClosingGapKind.NOT_ASSESSED)
    )
    lines = [_not_assessed(silent)] if silent else []
    others = [gap for gap in found if gap.kind is not ClosingGapKind.NOT_ASSESSED]
    lines += [_line(gap, file=file) for gap in others]
    return list({line.text: line for line in lines}.values())


def _not_assessed(signals: list[str]) -> GapLine:
    side, who = WHO[Move.EVERYONE]
    return GapLine(text=not_assessed_words(len(signals)), side=side, who=who, signal=signals[0])


def not_assessed_words(count: int) -> str:
    """How many signals nobody has answered, as a sentence."""
    if not count:
        return _("Every signal has been answered by somebody.")
    said = ngettext(
        "%(count)s signal is not yet assessed.",
        "%(count)s signals are not yet assessed.",
        count,
    )
    return said % {"count": count}


def _line(gap: ClosingGap, *, file: UseFile) -> GapLine:
    side, who = WHO[gap.move]
    return GapLine(
        text=gap_line(gap, file=file),
        side=side,
        who=who,
        page=PAGE_OF_KIND.get(gap.kind, "follow_up" if gap.signal else ""),
        signal=gap.signal,
    )
