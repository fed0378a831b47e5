"""A risk to named worker groups: its place in the queue, and whether it is answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from commonweal.mitigations.classes import ClassChange, class_after, classify
from commonweal.mitigations.mitigation import COUNTING, Mitigation, State
from commonweal.mitigations.severity_rules import SeverityRules
from commonweal.shared.severity import Likelihood, Severity, SeverityClass, SortKey, sort_key

NOT_JUDGED = Severity()
"""The severity of a harm of which nobody has judged any facet yet."""


@dataclass(frozen=True)
class AffectedGroup:
    """A worker group that a risk touches; `vulnerable_because` is empty when it is not marked."""

    id: str
    has_representatives: bool
    vulnerable_because: str = ""


class Outcome(Enum):
    """What was decided about a use whose risk nothing helps against."""

    CHANGE = "change"
    STOP = "stop"


@dataclass(frozen=True)
class Decided:
    """The recorded decision to change or stop the use; `decision` is its reference."""

    outcome: Outcome
    decision: str
    reason: str
    on: date

    def __post_init__(self) -> None:
        if not self.decision.strip() or not self.reason.strip():
            raise ValueError(
                "The decision to change or stop needs its reference and a reason: write both."
            )


@dataclass(frozen=True)
class Risk:
    """A present risk. `inherent` is the harm with no remedy; `residual` stands beside it.

    `residual` is what is expected to remain, or None while that has not been judged. It never
    replaces `inherent`, which alone orders the queue.
    """

    id: str
    title: str
    groups: tuple[AffectedGroup, ...]
    inherent: Severity = NOT_JUDGED
    residual: Severity | None = None
    likelihood: Likelihood = Likelihood.NOT_JUDGED
    class_changes: tuple[ClassChange, ...] = ()
    mitigations: tuple[Mitigation, ...] = ()
    nothing_helps: bool = False
    decided: Decided | None = None

    def severity_class(self, rules: SeverityRules) -> SeverityClass:
        """The class after the rule file and what people changed."""
        return class_after(classify(self.inherent, rules), self.class_changes)

    @property
    def vulnerable_groups(self) -> tuple[AffectedGroup, ...]:
        return tuple(group for group in self.groups if group.vulnerable_because)


class GapKind(Enum):
    """What is missing before a risk counts as answered."""

    NOT_JUDGED = "severity_not_judged"
    NO_GROUP = "no_group_named"
    NOT_ACCEPTED = "no_accepted_mitigation"
    NO_OWNER = "no_owner"
    NO_DUE_DATE = "no_due_date"
    OVERDUE = "overdue"
    NOTHING_HELPS = "change_or_stop_undecided"


@dataclass(frozen=True)
class Gap:
    """One thing missing; `group` or `mitigation` say where, and are empty when it is the risk."""

    kind: GapKind
    risk: str
    group: str = ""
    mitigation: str = ""


class Weight(Enum):
    """How heavily a decision to change or stop weighs, in words."""

    SERIOUS = "serious"
    HEAVIER = "heavier_a_vulnerable_group_is_hit"


@dataclass(frozen=True)
class ChangeOrStop:
    """An open decision: change the use or stop it. Workers see it."""

    risk: str
    weight: Weight
    vulnerable_because: tuple[tuple[str, str], ...]


def queue_key(risk: Risk, *, rules: SeverityRules) -> SortKey:
    """The risk's place in the queue, smallest first."""
    return sort_key(
        risk.inherent,
        severity_class=risk.severity_class(rules),
        likelihood=risk.likelihood,
    )


def order(risks: Iterable[Risk], *, rules: SeverityRules) -> list[Risk]:
    """All the risks, gravest first, then likeliest; equals keep their order, none is dropped."""
    return sorted(risks, key=lambda risk: queue_key(risk, rules=rules))


def gaps(risk: Risk, *, on: date) -> tuple[Gap, ...]:
    """What is missing on that day before the risk counts as answered."""
    found = [] if risk.inherent.is_judged else [Gap(GapKind.NOT_JUDGED, risk.id)]
    if not risk.groups:
        found.append(Gap(GapKind.NO_GROUP, risk.id))
    if risk.decided is not None:
        return tuple(found)
    if change_or_stop(risk) is not None:
        found.append(Gap(GapKind.NOTHING_HELPS, risk.id))
    for group in risk.groups:
        found += _gaps_of_group(risk, group, on=on)
    return tuple(dict.fromkeys(found))


def answered(risk: Risk, *, on: date) -> bool:
    """Whether every group has an accepted mitigation with owner and date, or it was decided."""
    return not gaps(risk, on=on)


def change_or_stop(risk: Risk) -> ChangeOrStop | None:
    """The decision that opens when nothing helps; None while something may, or once decided.

    It opens when people state that no effective mitigation exists, or when one was checked and
    did not work and none is left that is proposed, accepted or working.
    """
    if risk.decided is not None or not (risk.nothing_helps or _nothing_is_left(risk)):
        return None
    hit = tuple((group.id, group.vulnerable_because) for group in risk.vulnerable_groups)
    return ChangeOrStop(risk.id, Weight.HEAVIER if hit else Weight.SERIOUS, hit)


def _nothing_is_left(risk: Risk) -> bool:
    states = {mitigation.state for mitigation in risk.mitigations}
    return State.NOT_EFFECTIVE in states and not states & (COUNTING | {State.PROPOSED})


def _gaps_of_group(risk: Risk, group: AffectedGroup, *, on: date) -> list[Gap]:
    """The gaps of the accepted mitigation that lacks least; a gap when none is accepted."""
    lacking = [
        _gaps_of_mitigation(risk.id, mitigation, on=on)
        for mitigation in risk.mitigations
        if mitigation.counts_for(group.id, has_representatives=group.has_representatives)
    ]
    return min(lacking, key=len, default=[Gap(GapKind.NOT_ACCEPTED, risk.id, group=group.id)])


def _gaps_of_mitigation(risk: str, mitigation: Mitigation, *, on: date) -> list[Gap]:
    checks = (
        (GapKind.NO_OWNER, not mitigation.owner.strip()),
        (GapKind.NO_DUE_DATE, mitigation.due is None),
        (GapKind.OVERDUE, mitigation.state is State.ACCEPTED and _is_past(mitigation.due, on)),
    )
    return [Gap(kind, risk, mitigation=mitigation.id) for kind, missing in checks if missing]


def _is_past(due: date | None, on: date) -> bool:
    return due is not None and on > due
