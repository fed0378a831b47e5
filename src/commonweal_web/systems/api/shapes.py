"""How uses and what is declared about them look to programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from commonweal_web.house.api_routes import MoneyShape, Schema

StageName = Literal[
    "identified",
    "selecting",
    "procuring",
    "piloting",
    "in_use",
    "retired",
    "stopping",
    "stopped",
]


class VendorName(Schema):
    """Who sells or makes a system."""

    id: UUID
    name: str


class SystemName(Schema):
    """A product or model, bought or built."""

    id: UUID
    name: str
    vendor: VendorName | None


class UseInList(Schema):
    """One use as lists show it."""

    id: UUID
    name: str = Field(examples=["Shift planner"])
    purpose: str
    unit: str = Field(description="The part of the organisation.")
    topic: str
    stage: StageName
    stage_since: date
    entered_without_gate: bool = Field(description="It was already running when registered.")
    review_on: date | None = Field(description="The day of the next review.")


class StandingFacts(Schema):
    """Where a use stands, counted from what every room answers; there is no score."""

    gate: str = Field(description="The stage that the next gate opens; empty for none.")
    gaps: int = Field(description="What is missing before that gate.")
    first_move: str = Field(description="The role whose move is first.")
    next_on: date | None = Field(description="The earliest day on which something is due.")
    next_what: str = Field(description="What is due, as a code.", examples=["systems.review"])
    sides_differ: int = Field(description="Questions on which sides differ.")
    open_risks: int = Field(description="Risks that are present and not answered.")
    unjudged_risks: int = Field(description="How many of them nobody has judged.")
    gravest: int | None = Field(description="The class of the gravest judged one of them.")


class UseInPortfolio(UseInList):
    """One use of the list of all uses."""

    owner_id: UUID | None = Field(description="The manager who answers for it.")
    standing: StandingFacts


class UseFacts(UseInList):
    """One use with everything that is declared about it."""

    system: SystemName
    outputs: str = Field(description="What it gives out.")
    owner_id: UUID | None = Field(description="The manager who answers for it.")
    stopping_on: date | None = Field(description="The day by which it will have stopped.")
    classification: list[str] = Field(examples=[["supports_decision", "scheduling"]])
    facts_yes: list[str] = Field(description="Declared true; see GET /facts.")
    facts_no: list[str] = Field(description="Declared untrue.")
    suggested: list[str] = Field(description="Codes that words in a register suggest.")
    catalogue_version: str
    return_multiple_hundredths: int | None = Field(
        description="The expected return as a multiple, in hundredths."
    )
    cost_change: MoneyShape | None = Field(description="A year’s; less cost is negative.")
    revenue_change: MoneyShape | None
    change_since: date | None
    created_at: datetime


class Reason(Schema):
    """Why a use needs attention, in words."""

    code: str
    words: str


class UseToLookAt(Schema):
    """A use that needs attention, with the reasons in words; there is no score."""

    use: UseInList
    reasons: list[Reason]


class Touched(Schema):
    """Whom a use touches: a worker group, or people outside it."""

    id: UUID
    group_id: UUID | None
    outside_name: str
    outside_count: int | None
    outside_source: str


class SiteOfUse(Schema):
    """That a use runs, or will run, at a site."""

    id: UUID
    site_id: UUID


class SignalEffect(Schema):
    """A signal that an alternative adds or takes away, for whom."""

    signal: str = Field(examples=["RS13"])
    effect: Literal["adds", "removes"]
    group_id: UUID | None = Field(None, description="Null: for everyone it touches.")


class AlternativeFacts(Schema):
    """One way to do it."""

    id: UUID
    title: str
    is_chosen: bool
    signals: list[SignalEffect]


class ChoiceFacts(Schema):
    """A decision about how to bring in a use, with its alternatives side by side."""

    id: UUID
    kind: Literal["scope", "configuration", "workflow", "monitoring"]
    question: str
    reason: str
    chosen_on: date | None
    alternatives: list[AlternativeFacts]


class ClaimFacts(Schema):
    """What a vendor says, word for word, with the source."""

    id: UUID
    quote: str
    source: str
    source_date: date | None
    measure: str
    value_hundredths: int | None


class IncidentFacts(Schema):
    """Something that went wrong, and what was done about it."""

    id: UUID
    kind: Literal["malfunction", "misuse", "harm", "near_miss"]
    occurred_on: date
    harm: str = Field(description="What happened, and to whom.")
    follow_up: str
    follow_up_due: date | None
    closed_on: date | None
    is_upheld: bool = Field(description="Whether it was confirmed.")


class StageStep(Schema):
    """A step of a use from one stage to another."""

    id: UUID
    from_stage: str = Field(description="Empty for the registration.")
    to_stage: StageName
    way: str = Field(examples=["passed"])
    changed_at: datetime
    reason: str


class RequirementFacts(Schema):
    """One thing a gate asks for, its state, and whose move it is."""

    code: str
    title: str
    state: Literal["met", "gap", "not_applicable", "unknown"]
    kind: Literal["evidence", "vote", "stop_vote", "hard_block"]
    role: str = Field(description="Whose move it is.")
    side: str
    detail: str = Field(description="What is missing, or why it does not apply.")
    due: date | None


class SignatureFacts(Schema):
    """That one of the people a gate asks for lets the use pass."""

    id: UUID
    role: str
    account_id: UUID
    signed_at: datetime


class OverrideFacts(Schema):
    """An executive’s wish to pass a gate with missing evidence; counts once another agrees."""

    id: UUID
    from_stage: StageName
    to_stage: StageName
    reason: str
    asked_by_id: UUID
    asked_at: datetime
    agreed_by_id: UUID | None
    agreed_at: datetime | None
    withdrawn_at: datetime | None


class Decision(Schema):
    """Whether the use may go on, and what stands in its way."""

    outcome: Literal["passed", "passed_by_override", "blocked"]
    gaps: list[RequirementFacts]
    overridden: list[RequirementFacts]
    missing_signatures: list[str]
    faults: list[str]


class GateFacts(Schema):
    """The gate before the next stage with everything around it."""

    code: str = Field(examples=["to_piloting"])
    leaving: StageName
    entering: StageName
    needs: list[str]
    passed_by: list[str]
    decision: Decision
    requirements: list[RequirementFacts]
    signatures: list[SignatureFacts]
    override: OverrideFacts | None


class VoteFacts(Schema):
    """The result of a vote on roll-out that was held on paper."""

    id: UUID
    held_on: date
    counted_by: str
    is_adopted: bool
    entered_at: datetime
