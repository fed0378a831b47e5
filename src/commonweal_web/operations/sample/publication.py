"""What the sample has promised to publish, what it published, and what it has not."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from commonweal.record import cosign, encode_public_key, new_key
from commonweal_web.disclosure import actions
from commonweal_web.operations.sample.story import Story
from commonweal_web.record import actions as record

READERS = ["people_who_work_here", "people_thinking_of_applying", "investors", "everyone"]
TEXT = (
    "We look for what AI may do to the work of people here, we publish what is severe, and we "
    "answer it together with those it touches."
)
WHY = (
    "A harm of grade four takes a fifth of a year’s pay or the health of a season. Those we asked "
    "said that nobody should have to find that out from a colleague."
)
WITNESS = "transport-watch"


def promise(story: Story) -> None:
    """Ask people outside, then publish the commitment."""
    for name, said in (
        ("Harbour and Transport Workers’ Union", "Grade four for any one facet, not for all."),
        ("Transport Watch, an association of passengers and carriers", "Name the day it was met."),
        ("Prof. Yara Lund, computer science", "Add what vendors advertise."),
    ):
        actions.consult_party(
            **story.by("nadia"), name=name, consulted_on=story.day - timedelta(days=5), said=said
        )
    actions.adopt_commitment(
        **story.by("nadia"),
        text=TEXT,
        thresholds=_thresholds(story),
        why=WHY,
        readers=READERS,
        in_force_from=story.day,
        next_review=story.day + timedelta(days=365),
    )


def _thresholds(story: Story) -> list[dict[str, Any]]:
    return [
        {"kind": "severity", "at_least": 4},
        {"kind": "return_multiple", "above_hundredths": 1000},
        {
            "kind": "cost_or_revenue",
            "base_year": story.day.year - 1,
            "above_percent_hundredths": 500,
            "counting_from": story.day.isoformat(),
            "next_review": (story.day + timedelta(days=365)).isoformat(),
        },
    ]


def publish(story: Story, key: str) -> None:
    """Publish the page of a use."""
    actions.publish_use_page(**story.by("nadia"), use=story.things[key])


def publish_organisation(story: Story) -> None:
    """Publish the organisation's own page."""
    actions.publish_organisation_page(**story.by("nadia"))


def witnessed(story: Story) -> None:
    """Somebody outside keeps a signed checkpoint and signs it too."""
    pair = new_key(secrets.token_bytes(32))
    record.add_witness(
        **story.by("amina"), public_key=encode_public_key(WITNESS, public_key=pair.public_key)
    )
    checkpoint = record.sign_checkpoint(**story.by("operator"))
    record.take_cosignature(
        **story.by("operator"),
        note=cosign(checkpoint.note, name=WITNESS, signing_key=pair.signing_key),
    )


def loosen(story: Story) -> None:
    """Management would like a higher mark; it waits for the workers' side."""
    higher = [
        {**each, "at_least": 5} if each["kind"] == "severity" else each
        for each in _thresholds(story)
    ]
    actions.adopt_commitment(
        **story.by("nadia"),
        text=TEXT,
        thresholds=higher,
        why="Fewer pages would be read by more people.",
        readers=READERS,
        in_force_from=story.day + timedelta(days=30),
        next_review=story.day + timedelta(days=365),
    )
