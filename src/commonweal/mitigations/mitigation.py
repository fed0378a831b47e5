"""An answer to a risk: proposed with the workers, accepted or refused by them, then checked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum


class MitigationError(ValueError):
    """A step that a mitigation may not take, with the reason and what to do."""


class Kind(Enum):
    """What a mitigation does about the harm."""

    ELIMINATE = "eliminate"
    REDUCE = "reduce"
    REMEDY = "remedy"
    COMPENSATE = "compensate"


class State(Enum):
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    CARRIED_OUT = "carried_out"
    EFFECTIVE = "effective"
    NOT_EFFECTIVE = "not_effective"
    WITHDRAWN = "withdrawn"


STEPS: dict[State, frozenset[State]] = {
    State.PROPOSED: frozenset({State.ACCEPTED, State.REFUSED, State.WITHDRAWN}),
    State.ACCEPTED: frozenset({State.CARRIED_OUT, State.WITHDRAWN}),
    State.CARRIED_OUT: frozenset({State.EFFECTIVE, State.NOT_EFFECTIVE}),
    State.EFFECTIVE: frozenset({State.NOT_EFFECTIVE}),
    State.REFUSED: frozenset(),
    State.NOT_EFFECTIVE: frozenset(),
    State.WITHDRAWN: frozenset(),
}
"""Where each state may lead; a changed proposal is a new mitigation, asked for anew."""

COUNTING = frozenset({State.ACCEPTED, State.CARRIED_OUT, State.EFFECTIVE})
"""The states in which a mitigation answers a risk."""


class DecidedBy(Enum):
    """Who speaks for a worker group."""

    REPRESENTATIVES = "representatives"
    MAJORITY = "majority"


@dataclass(frozen=True)
class Acceptance:
    """What one worker group decided about a mitigation; a refusal says why.

    `decision` refers to the recorded decision or vote and is never interpreted here.
    """

    group: str
    decided_by: DecidedBy
    decision: str
    on: date
    accepted: bool = True
    reason: str = ""

    def __post_init__(self) -> None:
        if not self.decision.strip():
            raise MitigationError(
                f"The decision of group {self.group!r} has no reference: "
                "give the one of the recorded decision or vote."
            )
        if not self.accepted and not self.reason.strip():
            raise MitigationError(
                f"The refusal by group {self.group!r} has no reason: write why, "
                "so that a better proposal can be made."
            )

    def is_by_the_right_body(self, *, has_representatives: bool) -> bool:
        """Representatives decide where the group has any; only without them its majority does."""
        expected = DecidedBy.REPRESENTATIVES if has_representatives else DecidedBy.MAJORITY
        return self.decided_by is expected


@dataclass(frozen=True)
class Mitigation:
    """One answer to a risk, for the groups named in it."""

    id: str
    kind: Kind
    text: str
    groups: frozenset[str]
    owner: str = ""
    due: date | None = None
    state: State = State.PROPOSED
    acceptances: tuple[Acceptance, ...] = ()

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise MitigationError(f"Mitigation {self.id!r} says nothing: write what will be done.")
        if not self.groups:
            raise MitigationError(
                f"Mitigation {self.id!r} is for no group: name the groups it helps."
            )

    def latest_for(self, group: str) -> Acceptance | None:
        """What the group decided last, by the order of the list; None while it has not."""
        decided = [one for one in self.acceptances if one.group == group]
        return decided[-1] if decided else None

    def counts_for(self, group: str, *, has_representatives: bool) -> bool:
        """Whether it answers the risk for this group: accepted by the right body, still alive."""
        decided = self.latest_for(group)
        return (
            self.state in COUNTING
            and group in self.groups
            and decided is not None
            and decided.accepted
            and decided.is_by_the_right_body(has_representatives=has_representatives)
        )

    def decided(self, acceptance: Acceptance, *, has_representatives: bool) -> Mitigation:
        """The mitigation after a group decided; refused by one, or accepted once all accepted."""
        self._refuse_unfit(acceptance, has_representatives=has_representatives)
        after = replace(self, acceptances=(*self.acceptances, acceptance))
        if not acceptance.accepted:
            return replace(after, state=State.REFUSED)
        if self.state is State.PROPOSED and all(
            one is not None and one.accepted for one in map(after.latest_for, after.groups)
        ):
            return replace(after, state=State.ACCEPTED)
        return after

    def moved(self, to: State) -> Mitigation:
        """The mitigation one step on; acceptance and refusal come only through `decided`."""
        if to not in STEPS[self.state] or to in {State.ACCEPTED, State.REFUSED}:
            possible = sorted(
                one.value for one in STEPS[self.state] - {State.ACCEPTED, State.REFUSED}
            )
            raise MitigationError(
                f"A mitigation that is {self.state.value!r} cannot become {to.value!r} this way: "
                f"possible are {', '.join(possible) or 'no further steps; propose a new one'}."
            )
        return replace(self, state=to)

    def _refuse_unfit(self, acceptance: Acceptance, *, has_representatives: bool) -> None:
        if self.state is not State.PROPOSED:
            raise MitigationError(
                f"Mitigation {self.id!r} is {self.state.value!r} and no longer open for a "
                "decision: propose a new one."
            )
        if acceptance.group not in self.groups:
            raise MitigationError(
                f"Group {acceptance.group!r} is not among the groups of mitigation {self.id!r}: "
                "ask the groups it names."
            )
        if not acceptance.is_by_the_right_body(has_representatives=has_representatives):
            body = "its representatives" if has_representatives else "its majority, by a vote"
            raise MitigationError(
                f"Group {acceptance.group!r} cannot be answered for by "
                f"{acceptance.decided_by.value!r}: {body} must decide."
            )
