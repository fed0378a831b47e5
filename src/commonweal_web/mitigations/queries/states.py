"""Where an answer stands, and what is missing, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonweal.mitigations.mitigation import COUNTING
from commonweal.mitigations.mitigation import State as DomainState
from commonweal.mitigations.risk import Gap, GapKind, gaps
from commonweal.systems.requirements import Role
from commonweal_web.mitigations.models.words import Outcome, State
from commonweal_web.mitigations.queries.as_domain import risk_value

if TYPE_CHECKING:
    from commonweal_web.mitigations.models import ChangeOrStop, Mitigation, Risk

GAP_WORDS = {
    GapKind.NOT_JUDGED: gettext_lazy("how grave it is, is not fully judged"),
    GapKind.NO_GROUP: gettext_lazy("nobody is named whom it touches"),
    GapKind.NOT_ACCEPTED: gettext_lazy("no accepted answer"),
    GapKind.NO_OWNER: gettext_lazy("nobody is named who carries out the answer"),
    GapKind.NO_DUE_DATE: gettext_lazy("the answer has no date"),
    GapKind.OVERDUE: gettext_lazy("the answer is overdue"),
    GapKind.NOTHING_HELPS: gettext_lazy("nothing helps: change the use or stop it"),
}
"""What is missing, as a page says it."""

GRAVEST_GAP = (
    GapKind.NOTHING_HELPS,
    GapKind.OVERDUE,
    GapKind.NOT_ACCEPTED,
    GapKind.NO_GROUP,
    GapKind.NO_OWNER,
    GapKind.NO_DUE_DATE,
    GapKind.NOT_JUDGED,
)
"""Which gap is named first where there is room for one."""


@dataclass(frozen=True, slots=True)
class StateTag:
    """A state in words, and the kind of frame around it."""

    text: str
    kind: str


def gaps_of(row: Risk, *, on: date) -> tuple[Gap, ...]:
    """What is missing before the risk counts as answered."""
    return gaps(risk_value(row), on=on)


def first_gap(found: tuple[Gap, ...]) -> GapKind:
    """The gap to name first."""
    return min((gap.kind for gap in found), key=GRAVEST_GAP.index)


def is_waiting_for_workers(row: Risk) -> bool:
    """Whether an answer was proposed and some group has not decided yet."""
    return any(each.state == State.PROPOSED for each in row.mitigations.all())


def whose_move(row: Risk, *, gap: GapKind) -> Role:
    """Who can close the gap: the workers' side where a proposal waits for it."""
    if gap is GapKind.NOT_ACCEPTED and is_waiting_for_workers(row):
        return Role.WORKER_REPRESENTATIVE
    if gap is GapKind.NOTHING_HELPS:
        return Role.EXECUTIVE
    return Role.USE_OWNER


def state_tag(row: Risk, *, on: date) -> StateTag:
    """Where the answer to a risk stands, for a table."""
    if row.closed_on is not None:
        return StateTag(_("closed"), "plain")
    found = gaps_of(row, on=on)
    if not found:
        return _answered(row)
    gap = first_gap(found)
    if gap is GapKind.NOT_ACCEPTED and is_waiting_for_workers(row):
        return StateTag(_("proposed, not yet accepted"), "due")
    return StateTag(str(GAP_WORDS[gap]), "gap")


def _answered(row: Risk) -> StateTag:
    decided = [each for each in row.decisions.all() if each.counts]
    if decided:
        stop = decided[-1].outcome == Outcome.STOP
        return StateTag(_("decided: stop") if stop else _("decided: change the use"), "plain")
    counting = [one for one in row.mitigations.all() if DomainState(one.state) in COUNTING]
    checked = [check.at for one in counting for check in one.checks.all() if check.is_effective]
    if checked and all(one.state == State.EFFECTIVE for one in counting):
        when = date_format(max(checked), "j F")
        return StateTag(_("accepted, checked %(day)s") % {"day": when}, "met")
    return StateTag(_("accepted, effect not yet checked"), "plain")


MITIGATION_TAGS = {
    State.PROPOSED: "due",
    State.ACCEPTED: "plain",
    State.REFUSED: "gap",
    State.CARRIED_OUT: "plain",
    State.EFFECTIVE: "met",
    State.NOT_EFFECTIVE: "gap",
    State.WITHDRAWN: "plain",
}


def mitigation_tag(row: Mitigation) -> StateTag:
    """How far an answer has come."""
    return StateTag(str(State(row.state).label), MITIGATION_TAGS[State(row.state)])


def open_decision(row: Risk) -> ChangeOrStop | None:
    """The decision to change or stop that waits for this risk."""
    return next((each for each in row.decisions.all() if each.is_open), None)
