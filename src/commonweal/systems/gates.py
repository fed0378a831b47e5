"""The five gates between stages: what passes them, and what never can."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import product

from commonweal.shared.language import _, marked
from commonweal.systems.requirements import (
    Requirement,
    RequirementKind,
    RequirementState,
    Role,
    Side,
)
from commonweal.systems.stages import RAIL, Stage

ROLL_OUT_VOTE = "roll_out_vote"


@dataclass(frozen=True, kw_only=True)
class Gate:
    """The check between two stages; the yearly one leaves and enters the same stage."""

    code: str
    leaving: Stage
    entering: Stage
    needs_marked: tuple[str, ...]
    passed_by: tuple[Role, ...]
    after_vote: bool = False

    @property
    def needs(self) -> tuple[str, ...]:
        """What it asks for, each in a sentence."""
        return tuple(_(each) for each in self.needs_marked)


TO_SELECTING = Gate(
    code="to_selecting",
    leaving=Stage.IDENTIFIED,
    entering=Stage.SELECTING,
    needs_marked=(
        marked("The use is described and classified, and its affected groups are named."),
        marked("Workers confirmed the need."),
    ),
    passed_by=(Role.USE_OWNER, Role.WORKER_REPRESENTATIVE),
)
TO_PROCURING = Gate(
    code="to_procuring",
    leaving=Stage.SELECTING,
    entering=Stage.PROCURING,
    needs_marked=(
        marked("The likely signals were assessed once."),
        marked("The vendor answered, and workers ranked the candidates."),
        marked("People with the needed skills are named."),
    ),
    passed_by=(Role.PEOPLE_LEAD, Role.WORKER_REPRESENTATIVE),
)
TO_PILOTING = Gate(
    code="to_piloting",
    leaving=Stage.PROCURING,
    entering=Stage.PILOTING,
    needs_marked=(
        marked("Each present risk has an answer that was accepted or decided."),
        marked("Workers got the data notice and an explanation for the pilot."),
        marked("There is a way to complain."),
        marked("The baseline is frozen, and labour sources are checked."),
    ),
    passed_by=(Role.EXECUTIVE, Role.WORKER_REPRESENTATIVE),
)
TO_IN_USE = Gate(
    code="to_in_use",
    leaving=Stage.PILOTING,
    entering=Stage.IN_USE,
    needs_marked=(
        marked("The whole list of signals was assessed, and the effect of each answer checked."),
        marked("The bias audit and the red team are done, and explanations are understood."),
        marked(
            "There is a well-being wave, a rule for sharing gains, and an up-to-date disclosure."
        ),
        marked("The roll-out vote was held and adopted."),
    ),
    passed_by=(Role.EXECUTIVE,),
    after_vote=True,
)
YEARLY_REVIEW = Gate(
    code="yearly_review",
    leaving=Stage.IN_USE,
    entering=Stage.IN_USE,
    needs_marked=(
        marked("Assessment, audit and well-being wave were repeated."),
        marked("Extra work was reviewed, and the statement of gains is there."),
    ),
    passed_by=(Role.PEOPLE_LEAD, Role.WORKER_REPRESENTATIVE),
)

GATES = (TO_SELECTING, TO_PROCURING, TO_PILOTING, TO_IN_USE, YEARLY_REVIEW)


def gate_between(leaving: Stage, *, entering: Stage) -> Gate | None:
    """The gate of this step; None where none stands, as when a use is ended."""
    for gate in GATES:
        if (gate.leaving, gate.entering) == (leaving, entering):
            return gate
    return None


@dataclass(frozen=True, kw_only=True)
class Signature:
    """A named person signing in one role; `person` is one and the same for one human."""

    person: str
    role: Role

    def __post_init__(self) -> None:
        if not self.person.strip():
            raise ValueError(
                f"A signature as {self.role.words} carries no name. Name the person who signs."
            )


@dataclass(frozen=True, kw_only=True)
class Override:
    """Executives who let a use pass although evidence is missing, and their public reason."""

    executives: tuple[Signature, ...]
    reason: str


class GateOutcome(StrEnum):
    """How a gate was decided."""

    PASSED = "passed"
    PASSED_BY_OVERRIDE = "passed_by_override"
    BLOCKED = "blocked"


@dataclass(frozen=True, kw_only=True)
class GateDecision:
    """The decision with everything that still stands in its way.

    `gaps` holds the open requirements that are not overridden, each with whose move it is;
    `overridden` those that an override covered; `missing_signatures` the roles that must
    still sign; `faults` what is wrong with the signatures or the override, in words.
    """

    gate: Gate
    outcome: GateOutcome
    gaps: tuple[Requirement, ...]
    overridden: tuple[Requirement, ...]
    missing_signatures: tuple[Role, ...]
    faults: tuple[str, ...]

    @property
    def passes(self) -> bool:
        """Whether the use may enter the next stage."""
        return self.outcome is not GateOutcome.BLOCKED


def decide_gate(
    gate: Gate,
    *,
    requirements: Iterable[Requirement],
    signatures: Iterable[Signature],
    override: Override | None = None,
) -> GateDecision:
    """Decides a gate from its requirements, the signatures and perhaps an override.

    A valid override covers missing evidence only, and its two executives sign for the
    management side; the workers' signature, votes, stop votes and hard blocks it never
    covers. The roll-out gate also needs the requirement `roll_out_vote`, of kind vote, met.
    """
    open_ones = _open_requirements(gate, requirements=requirements)
    override_faults = _override_faults(override, gaps=open_ones) if override else ()
    valid = override if override and not override_faults else None
    overridden = tuple(each for each in open_ones if valid and each.may_be_overridden)
    gaps = tuple(each for each in open_ones if each not in overridden)
    roles = _roles_to_sign(gate, override=valid)
    signers = _signers(roles, signatures=tuple(signatures), override=valid)
    missing = tuple(role for role, people in signers.items() if not people)
    faults = (*override_faults, *_shared_signature_faults(signers))
    blocked = bool(gaps or missing or faults)
    return GateDecision(
        gate=gate,
        outcome=_outcome(blocked=blocked, overridden=bool(overridden)),
        gaps=gaps,
        overridden=overridden,
        missing_signatures=missing,
        faults=faults,
    )


def _outcome(*, blocked: bool, overridden: bool) -> GateOutcome:
    if blocked:
        return GateOutcome.BLOCKED
    return GateOutcome.PASSED_BY_OVERRIDE if overridden else GateOutcome.PASSED


def _open_requirements(
    gate: Gate, *, requirements: Iterable[Requirement]
) -> tuple[Requirement, ...]:
    given = tuple(requirements)
    still_open = tuple(each for each in given if each.is_open)
    if gate.after_vote and not any(_is_roll_out_vote(each) for each in given):
        return (*still_open, _vote_to_come())
    return still_open


def _is_roll_out_vote(requirement: Requirement) -> bool:
    """The vote was adopted, or its own gap already holds the gate; it always applies."""
    is_vote = requirement.code == ROLL_OUT_VOTE and requirement.kind is RequirementKind.VOTE
    return is_vote and requirement.state is not RequirementState.NOT_APPLICABLE


def _vote_to_come() -> Requirement:
    return Requirement(
        code=ROLL_OUT_VOTE,
        title=_("Roll-out vote"),
        state=RequirementState.GAP,
        kind=RequirementKind.VOTE,
        role=Role.WORKER_REPRESENTATIVE,
        detail=_("No roll-out vote of the affected workers is on the record. Hold it first."),
    )


def _roles_to_sign(gate: Gate, *, override: Override | None) -> tuple[Role, ...]:
    if override is None:
        return gate.passed_by
    return tuple(role for role in gate.passed_by if role.side is not Side.MANAGEMENT)


def _signers(
    roles: Sequence[Role], *, signatures: Sequence[Signature], override: Override | None
) -> dict[Role, set[str]]:
    """Who signed in each role; nobody who overrides also signs for the other side."""
    overriding = {each.person for each in override.executives} if override else set()
    return {
        role: {each.person for each in signatures if each.role is role} - overriding
        for role in roles
    }


def _shared_signature_faults(signers: Mapping[Role, set[str]]) -> tuple[str, ...]:
    """Says so when one person would have to count twice."""
    if not all(signers.values()):
        return ()
    if any(len(set(people)) == len(people) for people in product(*signers.values())):
        return ()
    named = ", ".join(role.words for role in signers)
    return (
        _("The same person signed as %(roles)s. Two different people must sign.")
        % {"roles": named},
    )


def _override_faults(override: Override, *, gaps: Sequence[Requirement]) -> tuple[str, ...]:
    checks = (
        (
            len({each.person for each in override.executives}) >= 2,
            _("An override needs two different named executives. Ask a second one to sign."),
        ),
        (
            all(each.role is Role.EXECUTIVE for each in override.executives),
            _("Only executives can override a gate. Remove the other signatures."),
        ),
        (bool(override.reason.strip()), _("An override needs a public reason. Write it down.")),
        (
            any(each.may_be_overridden for each in gaps),
            _(
                "No evidence is missing, so there is nothing to override. "
                "Signatures, votes and blocks cannot be overridden."
            ),
        ),
    )
    return tuple(fault for holds, fault in checks if not holds)


FIRST_REVIEW_DAYS = 90
FIRST_REVIEW_AT_MOST_DAYS = 365


@dataclass(frozen=True, kw_only=True)
class EnteredWithoutGate:
    """A use that was already under way when it was registered.

    Nothing counts as met: `gaps` holds every requirement of every gate it never passed.
    `first_review` is None only where the use was already over.
    """

    stage: Stage
    gates_not_passed: tuple[Gate, ...]
    gaps: tuple[Requirement, ...]
    first_review: date | None


def gates_before(stage: Stage) -> tuple[Gate, ...]:
    """The gates a use at this stage should have passed; all four once it is being stopped."""
    reached = RAIL.index(stage) if stage in RAIL else len(RAIL)
    return tuple(
        gate
        for gate in GATES
        if gate.leaving is not gate.entering and RAIL.index(gate.entering) <= reached
    )


def enter_without_gate(
    stage: Stage,
    *,
    registered_on: date,
    requirements: Mapping[str, Sequence[Requirement]],
    first_review: date | None = None,
) -> EnteredWithoutGate:
    """Registers a use at its true stage, by gate code the requirements of each missed gate.

    The first review is due after 90 days unless another day, at most a year away, is given.
    Raises ValueError for a review day outside that time.
    """
    missed = gates_before(stage)
    asked = (each for gate in missed for each in requirements.get(gate.code, ()))
    return EnteredWithoutGate(
        stage=stage,
        gates_not_passed=missed,
        gaps=tuple(_counted_as_gap(each) for each in asked),
        first_review=_first_review(stage, registered_on=registered_on, wanted=first_review),
    )


def _counted_as_gap(requirement: Requirement) -> Requirement:
    not_yet = _("Entered without a gate, so nothing counts as met yet.")
    return replace(
        requirement,
        state=RequirementState.GAP,
        detail=f"{not_yet} {requirement.detail}".strip(),
    )


def _first_review(stage: Stage, *, registered_on: date, wanted: date | None) -> date | None:
    if stage.is_over:
        return None
    day = wanted or registered_on + timedelta(days=FIRST_REVIEW_DAYS)
    if not 0 < (day - registered_on).days <= FIRST_REVIEW_AT_MOST_DAYS:
        raise ValueError(
            _(
                "A first review on %(day)s does not fit a use registered on %(registered_on)s. "
                "Choose a day after the registration and at most a year later."
            )
            % {"day": day, "registered_on": registered_on}
        )
    return day
