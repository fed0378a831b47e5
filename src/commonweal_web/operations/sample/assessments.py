"""The sample's assessments: who said what, side by side, with a real disagreement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from commonweal_web.job_impact import actions
from commonweal_web.job_impact.queries import contributor_actor
from commonweal_web.operations.sample.story import Story

if TYPE_CHECKING:
    from commonweal_web.job_impact.models import Assessment

PRESENT, ABSENT = "present", "not_present"
EXPERTS = (
    ("Dr Ines Corda", "work psychology", 72_000),
    ("Prof. Yara Lund", "computer science", 72_000),
)


@dataclass(frozen=True, slots=True)
class Said:
    """What one person says of one signal."""

    answer: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Voices:
    """Who answers for a use: the representative for everything, others where they differ."""

    representative: str
    present: tuple[str, ...]
    by_person: Mapping[str, Mapping[str, Said]] = field(default_factory=dict)


SHIFTS = Voices(
    representative="amina",
    present=("RS10", "RS14", "OS2"),
    by_person={
        "tomas": {
            "RS10": Said(PRESENT, "Tuesday’s plan came on Monday night."),
            "OS2": Said(PRESENT),
            "RS13": Said("uncertain", "Nobody told us what is kept."),
        },
        "rui": {"OS2": Said(PRESENT, "Planning takes a morning now, not two days.")},
        "omar": {
            "RS10": Said(ABSENT, "Plans are frozen seven days ahead since June."),
            "RS13": Said(ABSENT),
            "OS2": Said(PRESENT),
        },
        "ines": {"RS13": Said(PRESENT, "It could: every late arrival is kept with a name.")},
    },
)
PACE = Voices(
    representative="bruno",
    present=("RS9", "RS13", "RS14"),
    by_person={
        "hanna": {
            "RS9": Said(PRESENT, "The number goes up and the aisles stay as long as they are."),
            "RS13": Said(PRESENT),
        },
        "piet": {"RS9": Said(PRESENT, "I skip water to keep up.")},
        "omar": {
            "RS9": Said(ABSENT, "Targets follow orders, not people."),
            "RS13": Said(PRESENT, "Scan times are kept for a week."),
        },
        "ines": {"RS9": Said(PRESENT, "Pace rose by a tenth in the trial at the next site.")},
    },
)


def assess(story: Story, key: str, *, voices: Voices, closes: bool = True) -> None:
    """One run over the likely signals; closed when everything it needs is there."""
    run = actions.open_assessment(**story.by("nadia"), use=story.things[key], scope="likely")
    story.things[f"{key} run"] = run
    _speak(story, run, voices=voices)
    if not closes:
        return
    for name, discipline, fee in EXPERTS:
        _hear_expert(story, run, name=name, discipline=discipline, fee=fee, present=voices.present)
    actions.state_data(
        **story.by("omar"),
        assessment=run,
        available=["Plans and scan times of the last year", "What the vendor claims"],
        missing=["What changes for pay once it is in use"],
    )
    for signal in _left_open(voices):
        actions.name_follow_up(
            **story.by("nadia"),
            use=story.things[key],
            signal=signal,
            person="Omar Lindqvist",
            until=story.day + timedelta(days=900),
        )
    actions.close_assessment(
        **story.by("nadia"),
        assessment=run,
        outcome="The sides differ on notice and on pace; both stand. Each risk gets an answer.",
    )


def _speak(story: Story, run: Assessment, *, voices: Voices) -> None:
    for signal in run.signals:
        answer = PRESENT if signal in voices.present else ABSENT
        actions.give_view(
            **story.by(voices.representative), assessment=run, signal=signal, answer=answer
        )
    for who, views in voices.by_person.items():
        for signal, said in views.items():
            if signal in run.signals:
                actions.give_view(
                    **story.by(who),
                    assessment=run,
                    signal=signal,
                    answer=said.answer,
                    words=said.words,
                )


def _left_open(voices: Voices) -> list[str]:
    return [
        signal
        for views in voices.by_person.values()
        for signal, said in views.items()
        if said.answer == "uncertain"
    ]


def _hear_expert(
    story: Story,
    run: Assessment,
    *,
    name: str,
    discipline: str,
    fee: int,
    present: tuple[str, ...],
) -> None:
    """An outside expert is told fee and time first, takes part by a link, and is paid."""
    invited = actions.invite_contributor(
        **story.by("nadia"),
        assessment=run,
        name=name,
        kind="expert",
        fee_minor=fee,
        currency="EUR",
        minutes=480,
        payment_due=story.day + timedelta(days=30),
    )
    part = actions.accept_invitation(
        organisation=story.organisation,
        by=contributor_actor(invited.contributor),
        at=story.at,
        contributor=invited.contributor,
        discipline=discipline,
    )
    for signal in present:
        if signal not in run.signals:
            continue
        actions.give_view(
            organisation=story.organisation,
            by=contributor_actor(part),
            at=story.at,
            assessment=run,
            signal=signal,
            answer=PRESENT,
            words="From the vendor’s manual and a day on the floor.",
        )
    actions.record_payment(**story.by("nadia"), contributor=part, paid_on=story.day)


def rate_jobs(story: Story) -> None:
    """Job-holders say what their job consists of."""
    task = actions.add_task(
        **story.by("rui"),
        use=story.things["shifts"],
        group=story.groups["planners"],
        name="Settle wishes and gaps by phone",
    )
    actions.rate_task(**story.by("rui"), task=task, is_core=True, is_liked=True, share_percent=40)


def begin_screening(story: Story) -> None:
    """An assessment that is under way, with somebody outside who has not answered yet."""
    assess(
        story,
        "screening",
        voices=Voices(representative="amina", present=("RS17", "RS18")),
        closes=False,
    )
    run = story.things["screening run"]
    for name, kind in (
        ("Applicants’ advice centre", "applicant"),
        ("A wrong address", "community"),
    ):
        invited = actions.invite_contributor(
            **story.by("nadia"),
            assessment=run,
            name=name,
            kind=kind,
            fee_minor=25_000,
            currency="EUR",
            minutes=120,
            payment_due=story.day + timedelta(days=60),
        )
        story.things[name] = invited.contributor
    actions.revoke_invitation(**story.by("nadia"), contributor=story.things["A wrong address"])


def ask_again(story: Story) -> None:
    """The pace system was bought since: the whole list is asked anew, and waits for answers."""
    actions.open_assessment(**story.by("nadia"), use=story.things["pace"], scope="whole")
