"""What is never allowed at work here, and which uses could reveal who organises."""

from collections.abc import Iterable
from dataclasses import dataclass

from commonweal.shared.language import _, marked
from commonweal.systems.classification import DeclaredFacts
from commonweal.systems.requirements import (
    Requirement,
    RequirementKind,
    RequirementState,
    Role,
)


@dataclass(frozen=True, kw_only=True)
class HardBlock:
    """A declared fact that no vote, signature or executive can let pass."""

    fact: str
    title_marked: str
    reason_marked: str

    @property
    def title(self) -> str:
        """Its name in the reader's language."""
        return _(self.title_marked)

    @property
    def reason(self) -> str:
        """Why it can never be, and what to do."""
        return _(self.reason_marked)


@dataclass(frozen=True, kw_only=True)
class NeutralityFlag:
    """Why a use could reveal or predict organising; `source` is the signal or fact."""

    source: str
    reason: str


_BLOCKS = (
    HardBlock(
        fact="infers_emotion",
        title_marked=marked("No guessing of feelings at work"),
        reason_marked=(
            marked(
                "It is declared to guess what people at work feel. Nobody can allow that. "
                "Remove this from the use, or stop it."
            )
        ),
    ),
    HardBlock(
        fact="predicts_union_activity",
        title_marked=marked("No prediction of union activity"),
        reason_marked=(
            marked(
                "It is declared to predict who organises or joins a union. Nobody can allow that. "
                "Remove this from the use, or stop it."
            )
        ),
    ),
)

_REVEALING_SIGNALS = {
    "RS13": marked("Detailed monitoring can show who meets whom and who organises."),
    "RS17": marked(
        "A system that influences jobs and pay can be turned against those who organise."
    ),
}
_REVEALING_FACTS = {
    "predicts_union_activity": marked("It is declared to predict union activity."),
    "could_reveal_organising": marked("It is declared that it could show who organises."),
}

HARD_BLOCKED_FACTS = tuple(block.fact for block in _BLOCKS)


def hard_blocks(facts: DeclaredFacts) -> tuple[HardBlock, ...]:
    """The hard blocks that the declared facts set off.

    Detecting fatigue or injury for safety is a fact of its own and sets off none.
    """
    return tuple(block for block in _BLOCKS if block.fact in facts.yes)


def hard_block_requirements(
    facts: DeclaredFacts, *, link_name: str = "", link_args: dict[str, str | int] | None = None
) -> tuple[Requirement, ...]:
    """One requirement per hard block, for every gate.

    Declared yes: a gap that nothing covers. Declared no: met. Not answered: unknown, and no
    override covers it either, since leaving the question open must not be a way around.
    """
    return tuple(
        _as_requirement(block, facts=facts, link_name=link_name, link_args=link_args or {})
        for block in _BLOCKS
    )


def _as_requirement(
    block: HardBlock, *, facts: DeclaredFacts, link_name: str, link_args: dict[str, str | int]
) -> Requirement:
    state, detail = _standing(block, facts=facts)
    return Requirement(
        code=block.fact,
        title=block.title,
        state=state,
        kind=RequirementKind.HARD_BLOCK,
        role=Role.USE_OWNER,
        detail=detail,
        link_name=link_name,
        link_args=link_args,
    )


def _standing(block: HardBlock, *, facts: DeclaredFacts) -> tuple[RequirementState, str]:
    if block.fact in facts.yes:
        return RequirementState.GAP, block.reason
    if block.fact in facts.no:
        return RequirementState.MET, ""
    ask = _("Nobody has declared whether the use does this. Declare yes or no.")
    return RequirementState.UNKNOWN, ask


def neutrality_flags(
    facts: DeclaredFacts, *, signals: Iterable[str] = ()
) -> tuple[NeutralityFlag, ...]:
    """Why the neutrality commitment is touched; empty when nothing points to it.

    `signals` are those that any side called present, or that are likely.
    """
    given = frozenset(signals)
    from_facts = ((code, why) for code, why in _REVEALING_FACTS.items() if code in facts.yes)
    from_signals = ((code, why) for code, why in _REVEALING_SIGNALS.items() if code in given)
    return tuple(
        NeutralityFlag(source=code, reason=_(why)) for code, why in (*from_facts, *from_signals)
    )
