"""The stages in the life of a use, and which step may follow which."""

from dataclasses import dataclass
from enum import StrEnum

from commonweal.shared.language import _, marked


class Stage(StrEnum):
    """How far a use has come."""

    IDENTIFIED = "identified"
    SELECTING = "selecting"
    PROCURING = "procuring"
    PILOTING = "piloting"
    IN_USE = "in_use"
    RETIRED = "retired"
    STOPPING = "stopping"
    STOPPED = "stopped"

    @property
    def words(self) -> str:
        """The stage as a reader sees it."""
        return _(_WORDS[self])

    @property
    def is_over(self) -> bool:
        """Whether nothing can follow: the use is retired or stopped."""
        return self in (Stage.RETIRED, Stage.STOPPED)


_WORDS = {
    Stage.IDENTIFIED: marked("An idea"),
    Stage.SELECTING: marked("Choosing"),
    Stage.PROCURING: marked("Buying"),
    Stage.PILOTING: marked("Trying out"),
    Stage.IN_USE: marked("In use"),
    Stage.RETIRED: marked("Retired"),
    Stage.STOPPING: marked("Being stopped"),
    Stage.STOPPED: marked("Stopped"),
}

RAIL = (
    Stage.IDENTIFIED,
    Stage.SELECTING,
    Stage.PROCURING,
    Stage.PILOTING,
    Stage.IN_USE,
    Stage.RETIRED,
)

_ENDINGS = (Stage.RETIRED, Stage.STOPPING)

_NEXT: dict[Stage, tuple[Stage, ...]] = {
    Stage.IDENTIFIED: (Stage.SELECTING, *_ENDINGS),
    Stage.SELECTING: (Stage.PROCURING, *_ENDINGS),
    Stage.PROCURING: (Stage.PILOTING, *_ENDINGS),
    Stage.PILOTING: (Stage.IN_USE, *_ENDINGS),
    Stage.IN_USE: _ENDINGS,
    Stage.STOPPING: (Stage.STOPPED, Stage.RETIRED),
    Stage.RETIRED: (),
    Stage.STOPPED: (),
}


class StageJumpError(ValueError):
    """A use cannot go from one stage to another in this way."""


def allowed_next(stage: Stage) -> tuple[Stage, ...]:
    """The stages that may follow; empty when the use is over.

    Retiring and stopping are always among them while the use is alive: management may end a
    use at once, without a gate and without a vote.
    """
    return _NEXT[stage]


def check_transition(leaving: Stage, *, entering: Stage) -> None:
    """Raises StageJumpError, naming what is possible, unless the step is allowed."""
    if entering in _NEXT[leaving]:
        return
    words = {"leaving": leaving.words, "entering": entering.words}
    if leaving.is_over:
        raise StageJumpError(
            _(
                "This use is over (%(leaving)s); it cannot become “%(entering)s”. "
                "Describe a new use instead."
            )
            % words
        )
    possible = ", ".join(f"“{stage.words}”" for stage in _NEXT[leaving])
    raise StageJumpError(
        _(
            "A use cannot go from “%(leaving)s” to “%(entering)s”. From here it can go to: "
            "%(possible)s. Each stage is entered through its own gate."
        )
        % (words | {"possible": possible})
    )


class RailState(StrEnum):
    """Where one stage of the rail stands."""

    PASSED = "passed"
    NO_GATE = "no_gate"
    HERE = "here"
    AHEAD = "ahead"


@dataclass(frozen=True, kw_only=True)
class RailStep:
    """One stop of the rail that a page opens with."""

    stage: Stage
    state: RailState


def rail(
    stage: Stage, *, entered_at: Stage = Stage.IDENTIFIED, last_before_end: Stage | None = None
) -> tuple[RailStep, ...]:
    """The rail of a use, from idea to end.

    `entered_at` is the stage at which it was registered; earlier ones were never gated.
    `last_before_end` is the last stage before it was stopped or retired; without it the
    way up to the end is not known and shows nothing as passed.
    """
    if stage in RAIL[:-1]:
        return tuple(_step(each, stage=stage, entered_at=entered_at) for each in RAIL)
    way = RAIL[: RAIL.index(last_before_end) + 1] if last_before_end in RAIL[:-1] else ()
    gone = tuple(_gone(each, entered_at=entered_at) for each in way)
    ending = (Stage.STOPPING, Stage.STOPPED) if stage is Stage.STOPPING else (stage,)
    return gone + tuple(_step(each, stage=stage, entered_at=entered_at) for each in ending)


def _step(each: Stage, *, stage: Stage, entered_at: Stage) -> RailStep:
    if each is stage:
        return RailStep(stage=each, state=RailState.HERE)
    if each not in RAIL or RAIL.index(each) > RAIL.index(stage):
        return RailStep(stage=each, state=RailState.AHEAD)
    return _gone(each, entered_at=entered_at)


def _gone(each: Stage, *, entered_at: Stage) -> RailStep:
    ungated = entered_at not in RAIL or RAIL.index(each) < RAIL.index(entered_at)
    return RailStep(stage=each, state=RailState.NO_GATE if ungated else RailState.PASSED)
