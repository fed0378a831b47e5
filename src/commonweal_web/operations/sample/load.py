"""The story of the sample, from its first day to today."""

from __future__ import annotations

from datetime import datetime

from commonweal_web.operations.sample import (
    assessments,
    everyday,
    publication,
    risks,
    uses,
    workplace,
)
from commonweal_web.operations.sample.story import PASSWORD, Story


def load_sample_organisation(*, at: datetime) -> list[str]:
    """Make the sample; the answer says who can sign in."""
    story = tell(at=at)
    width = max(len(name) for name in story.people)
    names = sorted(story.people.items(), key=lambda each: each[1].name)
    return [
        f"Sign in with one of these names; the password is {PASSWORD}",
        *(
            f"  {username:<{width}}  {account.name}, {workplace.in_words(username)}"
            for username, account in names
        ),
        "Or come in as Alma Reyes, who has no e-mail, by a printed code; each works once:",
        *(f"  {code}" for code in story.codes),
    ]


def tell(*, at: datetime) -> Story:
    """The whole story."""
    story = workplace.begin(at)
    workplace.furnish(story)
    everyday.bring_in_roster(story)
    story.later(days_ago=280)
    for key in ("shifts", "screening", "drafting", "pace"):
        uses.register(story, key)
    story.later(days_ago=270)
    uses.declare_more(story)
    publication.promise(story)
    _through_the_first_gates(story)
    story.later(days_ago=150)
    _answered(story)
    story.later(days_ago=20)
    _disputed(story)
    story.later(days_ago=0)
    publication.witnessed(story)
    return story


def _through_the_first_gates(story: Story) -> None:
    for key, representative in (("shifts", "amina"), ("screening", "amina"), ("pace", "bruno")):
        signers = {"use_owner": "omar", "worker_representative": representative}
        uses.pass_gate(story, key, entering="selecting", signers=signers)
    story.later(days_ago=240)
    assessments.rate_jobs(story)
    assessments.assess(story, "shifts", voices=assessments.SHIFTS)
    assessments.assess(story, "pace", voices=assessments.PACE)
    for key, representative in (("shifts", "amina"), ("pace", "bruno")):
        signers = {"people_lead": "nadia", "worker_representative": representative}
        uses.pass_gate(story, key, entering="procuring", signers=signers)


def _answered(story: Story) -> None:
    """The shift planner's risks are answered; it is tried out, and its page is published."""
    risks.answer(story, "shifts", plan=risks.SHIFTS)
    signers = {"executive": "vera", "worker_representative": "amina"}
    uses.pass_gate(story, "shifts", entering="piloting", signers=signers)
    publication.publish(story, "shifts")
    publication.publish_organisation(story)


def _disputed(story: Story) -> None:
    """The pace board's gate stays shut, and what it met was not yet published."""
    risks.answer(story, "pace", plan=risks.PACE)
    risks.dispute(story)
    assessments.begin_screening(story)
    assessments.ask_again(story)
    risks.change_or_stop(story)
    risks.new_rules(story)
    publication.loosen(story)
    uses.ask_override(story)
    workplace.make_token(story)
    _lived_with(story)


def _lived_with(story: Story) -> None:
    """Codes, deputies, evidence, words in other languages: what every day brings."""
    everyday.roster_of_this_month(story)
    everyday.print_codes(story)
    everyday.name_deputies(story)
    everyday.keep_evidence(story)
    everyday.ask_vendors(story)
    everyday.translate(story)
    everyday.choose(story)
