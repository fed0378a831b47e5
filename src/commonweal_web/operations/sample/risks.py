"""The sample's risks: how grave each side finds them, and what is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from commonweal_web.mitigations import actions
from commonweal_web.mitigations.queries import groups_of_risk, present_risks_of, shipped_text
from commonweal_web.operations.sample.story import Story

if TYPE_CHECKING:
    from commonweal_web.mitigations.models import Mitigation, Risk

FACETS = ("scale", "scope", "irremediability")


@dataclass(frozen=True, slots=True)
class Judged:
    """How grave one person finds a risk, and how likely."""

    who: str
    harm: str
    facets: tuple[int, int, int]
    because: str
    likelihood: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What is proposed against a risk, and whether those it is for accepted it."""

    kind: str
    text: str
    accepted_by: str = ""
    is_done: bool = False


SHIFTS = {
    "RS10": (
        Judged(
            "amina", "pace", (4, 2, 3), "A lost shift is a lost day of pay.", "already_occurring"
        ),
        Answer(
            "reduce", "Seven days’ notice of every shift, or double pay for it.", "amina", True
        ),
    ),
    "RS14": (
        Judged("omar", "autonomy", (2, 1, 1), "A planner may change every proposal.", "possible"),
        Answer(
            "eliminate", "Planners can switch proposals off for a week at a time.", "amina", True
        ),
    ),
    "RS13": (
        Judged(
            "ines", "surveillance", (3, 2, 4), "Lateness with names stays in backups.", "possible"
        ),
        Answer("eliminate", "The field for lateness is switched off.", "amina", True),
    ),
}
PACE = {
    "RS9": (
        Judged(
            "bruno", "health", (4, 3, 4), "Strain from pace does not heal in a season.", "likely"
        ),
        Answer("reduce", "Targets never rise within a shift.", ""),
    ),
    "RS13": (
        Judged(
            "bruno",
            "surveillance",
            (3, 3, 3),
            "Each picker is seen hour by hour.",
            "already_occurring",
        ),
        Answer("reduce", "Scan times by person are deleted after a day.", ""),
    ),
    "RS14": (
        Judged(
            "omar",
            "autonomy",
            (3, 3, 2),
            "Breaks stay free; the order of aisles does not.",
            "likely",
        ),
        Answer("compensate", "Ten minutes’ paid break more in each shift.", "bruno"),
    ),
}


def answer(story: Story, key: str, *, plan: dict[str, tuple[Judged, Answer]]) -> None:
    """Judge the risks of a use, and answer them as far as the story goes."""
    for risk in present_risks_of(story.things[key]):
        if risk.signal in plan:
            judged, proposed = plan[risk.signal]
            _judge(story, risk, judged=judged)
            _answer(story, risk, answer=proposed)
            story.things[f"{key} {risk.signal}"] = risk


def _judge(story: Story, risk: Risk, *, judged: Judged) -> None:
    given = {**story.by(judged.who), "risk": risk}
    actions.judge_severity(
        **given,
        harm=judged.harm,
        facets=dict(zip(FACETS, judged.facets, strict=True)),
        reasons=dict.fromkeys(FACETS, judged.because),
    )
    actions.judge_likelihood(**given, likelihood=judged.likelihood, reason=judged.because)


def _answer(story: Story, risk: Risk, *, answer: Answer) -> None:
    proposed = actions.propose_mitigation(
        **story.by("omar"), risk=risk, kind=answer.kind, text=answer.text
    )
    if not answer.accepted_by:
        return
    actions.accept_mitigation(
        **story.by(answer.accepted_by),
        mitigation=proposed,
        groups=[group.pk for group in groups_of_risk(risk)],
        decision="Minutes of the joint meeting",
    )
    actions.assign_owner_and_due(
        **story.by("omar"),
        mitigation=proposed,
        owner=story.people["omar"],
        due=story.day + timedelta(days=40),
    )
    if answer.is_done:
        _finish(story, proposed)


def _finish(story: Story, mitigation: Mitigation) -> None:
    actions.carry_out(**story.by("omar"), mitigation=mitigation, note="In force since this week.")
    actions.check_effect(
        **story.by("amina"),
        mitigation=mitigation,
        is_effective=True,
        evidence="We asked the drivers, and looked at the last four plans.",
        harm="pace",
        facets=dict(zip(FACETS, (1, 2, 1), strict=True)),
    )


def dispute(story: Story) -> None:
    """At the pace board the sides are not done: a refusal, comments, and a class raised."""
    pace = story.things["pace RS9"]
    actions.comment_on_risk(
        **story.by("hanna"),
        risk=pace,
        text="By four in the afternoon nobody lifts with straight knees any more.",
        as_worker=True,
    )
    actions.propose_mitigation(
        **story.by("hanna"),
        risk=pace,
        kind="eliminate",
        text="Show the pace of the whole shift, never that of one person.",
        as_worker=True,
    )
    weak = actions.propose_mitigation(
        **story.by("omar"), risk=pace, kind="compensate", text="A fruit basket on Fridays."
    )
    actions.refuse_mitigation(
        **story.by("bruno"),
        mitigation=weak,
        group=groups_of_risk(pace)[0].pk,
        decision="Works council, meeting of last week",
        reason="Fruit does not heal a back.",
    )
    actions.change_class(
        **story.by("bruno"), risk=pace, to=3, reason="Two people are on sick leave already."
    )
    slow = actions.propose_mitigation(
        **story.by("omar"), risk=pace, kind="remedy", text="Physiotherapy on request."
    )
    actions.withdraw_mitigation(
        **story.by("omar"), mitigation=slow, reason="It becomes part of a wider offer."
    )


def change_or_stop(story: Story) -> None:
    """At the screening tool nothing helps against one risk, so the use is changed."""
    risk = actions.open_risk(
        **story.by("ines"),
        use=story.things["screening"],
        title="Gaps in a CV count against people who cared for others",  # untranslated: sample
        description="The tool scores a gap without asking for its reason.",
    )
    _judge(
        story,
        risk,
        judged=Judged(
            "ines", "discrimination", (4, 3, 3), "A refusal is rarely undone.", "likely"
        ),
    )
    opened = actions.say_nothing_helps(
        **story.by("ines"), risk=risk, reason="The vendor cannot switch the factor off."
    )
    story.things["screening risk"] = opened


def new_rules(story: Story) -> None:
    """Management puts forward a new version of the rules; it waits for the other side."""
    text = shipped_text().replace('version = "', 'version = "northbank-', 1)
    actions.adopt_severity_rules(
        **story.by("nadia"), text=text, reason="A name of our own, before we change the bands."
    )
