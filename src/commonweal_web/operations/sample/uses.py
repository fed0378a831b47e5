"""The sample's four uses of AI, as their owners declare them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from commonweal_web.operations.sample.story import Story
from commonweal_web.systems import actions as systems
from commonweal_web.systems.queries import use_of

NEVER = ("infers_emotion", "predicts_union_activity")


@dataclass(frozen=True, slots=True)
class Declared:
    """What is declared about one use."""

    name: str
    system: str
    vendor: str
    purpose: str
    outputs: str
    unit: str
    codes: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    groups: tuple[str, ...]
    sites: tuple[str, ...]
    stage: str = "identified"


SHIFTS = Declared(
    name="Shift planner",
    system="Rotawise",
    vendor="Rotawise GmbH",
    purpose=(
        "Proposes who works when, from sales forecasts and past attendance. "
        "A planner may change every proposal."
    ),
    outputs="A plan of shifts for the next two weeks, for a planner to accept or change.",
    unit="Harbour depot",
    codes=("supports_decision", "customised", "scheduling", "data_collected", "inferences"),
    yes=("changes_schedules", "monitors_individuals", "trained_on_worker_data"),
    no=(*NEVER, "decides_without_person", "sets_individual_pay"),
    groups=("drivers", "planners"),
    sites=("harbour",),
)
SCREENING = Declared(
    name="Applicant screening",
    system="Shortlist",
    vendor="Talentsieve Ltd",
    purpose="Sorts applications for warehouse jobs and proposes whom to invite.",
    outputs="A list of applicants with a proposal to invite or not, and three reasons for each.",
    unit="Head office",
    codes=("supports_decision", "off_the_shelf", "hiring", "inferences", "opacity"),
    yes=("employment_decisions", "rights_impacting"),
    no=(*NEVER, "decides_without_person", "biometric_identification"),
    groups=("recruiters",),
    sites=("office",),
)
DRAFTING = Declared(
    name="Drafting assistant",
    system="Penfriend",
    vendor="Openquill Inc.",
    purpose="Drafts answers to customers, which a clerk reads, changes and sends.",
    outputs="A draft of an answer in the customer’s language.",
    unit="Customer service",
    codes=("works_alongside", "off_the_shelf", "doing_the_work", "error_behaviour"),
    yes=("generates_content",),
    no=(*NEVER, "monitors_individuals", "replaces_paid_work"),
    groups=("clerks",),
    sites=("office",),
    stage="in_use",
)
PACE = Declared(
    name="Pace board",
    system="FlowPace",
    vendor="Kadence Robotics AG",
    purpose="Shows each picker a target for the next hour, from orders and past scan times.",
    outputs="A number of picks for the next hour on the hand scanner of each person.",
    unit="Riverside warehouse",
    codes=("manages_people", "customised", "task_allocation", "monitoring", "data_collected"),
    yes=("sets_pace_or_targets", "monitors_individuals", "could_reveal_organising"),
    no=(*NEVER, "sets_individual_pay", "decides_without_person"),
    groups=("pickers",),
    sites=("riverside",),
)
DECLARED = {"shifts": SHIFTS, "screening": SCREENING, "drafting": DRAFTING, "pace": PACE}


def register(story: Story, key: str) -> None:
    """Register one use and declare everything about it."""
    said = DECLARED[key]
    use = systems.register_use(
        **story.by("nadia"),
        name=said.name,
        system_name=said.system,
        vendor_name=said.vendor,
        purpose=said.purpose,
        stage=said.stage,
    )
    systems.appoint_owner(**story.by("nadia"), use=use, owner=story.people["omar"])
    story.things[key] = use
    given: dict[str, Any] = {**story.by("omar"), "use": use}
    systems.describe_use(
        **given,
        name=said.name,
        purpose=said.purpose,
        outputs=said.outputs,
        unit=said.unit,
        topic="",
    )
    systems.classify_use(**given, codes=said.codes)
    systems.declare_facts(**given, yes=said.yes, no=said.no)
    for group in said.groups:
        systems.touch_group(**given, group=story.groups[group])
    for site in said.sites:
        systems.use_at_site(**given, site=story.sites[site])


def pass_gate(story: Story, key: str, *, entering: str, signers: dict[str, str]) -> None:
    """Let a use through a gate: each role signs by the person named."""
    for role, who in signers.items():
        systems.sign_gate(**story.by(who), use=story.things[key], entering=entering, role=role)
    story.things[key] = use_of(story.organisation, pk=story.things[key].pk)


def declare_more(story: Story) -> None:
    """Claims, money, choices, outsiders and an incident."""
    shifts, screening = story.things["shifts"], story.things["screening"]
    given = story.by("omar")
    systems.state_claim(
        **given,
        use=shifts,
        quote="Plans in a tenth of the time, with every shift covered.",
        source="Rotawise, product page",
        source_date=story.day - timedelta(days=20),
        measure="planning time saved, per cent",
        value_hundredths=9000,
    )
    mistaken = systems.state_claim(
        **given, use=shifts, quote="Loved by planners.", source="Rotawise, product page"
    )
    systems.remove_claim(**given, claim=mistaken)
    systems.state_money(
        **given,
        use=shifts,
        currency="EUR",
        cost_change_minor=-18_000_000,
        revenue_change_minor=0,
        change_since=story.day,
        return_multiple_hundredths=340,
    )
    systems.touch_outsiders(
        **given,
        use=screening,
        outside_name="People who apply for warehouse jobs",
        outside_count=1800,
        outside_source="Applications of last year",
    )
    wrong = systems.touch_group(**given, use=screening, group=story.groups["clerks"])
    systems.untouch(**given, affected=wrong)
    _choice(story)
    _incident(story)
    systems.set_review_day(
        **given, use=story.things["drafting"], review_on=story.day + timedelta(days=60)
    )


def _choice(story: Story) -> None:
    given = story.by("omar")
    choice = systems.add_choice(
        **given,
        use=story.things["pace"],
        kind="monitoring",
        question="Whose pace does the board show?",
    )
    each = systems.add_alternative(
        **given,
        choice=choice,
        title="Each person’s own pace, hour by hour",  # untranslated: sample
        signals=[("RS9", "adds", story.groups["pickers"]), ("RS13", "adds", None)],
    )
    systems.add_alternative(
        **given,
        choice=choice,
        title="The pace of the whole shift, once a day",  # untranslated: sample
        signals=[("RS13", "removes", None)],
    )
    systems.choose_alternative(
        **given,
        choice=choice,
        alternative=each,
        reason="The vendor supports the other way only from spring on.",
    )


def _incident(story: Story) -> None:
    incident = systems.report_incident(
        **story.by("tomas"),
        use=story.things["shifts"],
        kind="malfunction",
        occurred_on=story.day - timedelta(days=2),
        harm="The plan for Tuesday came on Monday night. Two drivers lost their shift.",
    )
    systems.follow_up_incident(
        **story.by("omar"),
        incident=incident,
        follow_up="Both shifts were paid. Plans are now frozen seven days ahead.",
    )
    incident = systems.uphold_incident(**story.by("omar"), incident=incident)
    systems.close_incident(**story.by("omar"), incident=incident)


def ask_override(story: Story) -> None:
    """An executive would go on without evidence; a second one has not agreed."""
    systems.ask_override(
        **story.by("vera"),
        use=story.things["screening"],
        entering="procuring",
        reason="The season begins in March, and the assessment is still open.",
    )
