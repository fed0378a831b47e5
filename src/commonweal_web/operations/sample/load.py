"""The story of the sample, from its first day to today."""

from __future__ import annotations

from datetime import datetime

from commonweal_web.operations.sample import uses, workplace
from commonweal_web.operations.sample.story import PASSWORD, Story


def load_sample_organisation(*, at: datetime) -> list[str]:
    """Make the sample; the answer says who can sign in."""
    story = tell(at=at)
    width = max(len(name) for name in story.people)
    names = sorted(story.people.items(), key=lambda each: each[1].name)
    return [
        f"Sign in with one of these names; the password is {PASSWORD}",
        *(f"  {username:<{width}}  {account.name}" for username, account in names),
    ]


def tell(*, at: datetime) -> Story:
    """The whole story."""
    story = workplace.begin(at)
    workplace.furnish(story)
    story.later(days_ago=280)
    for key in ("shifts", "screening", "drafting", "pace"):
        uses.register(story, key)
    story.later(days_ago=270)
    uses.declare_more(story)
    for key in ("shifts", "screening", "pace"):
        signers = {"use_owner": "omar", "worker_representative": "amina"}
        uses.pass_gate(story, key, entering="selecting", signers=signers)
    return story
