"""The roll-out vote, held on paper until the voting room is there."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from commonweal_web.house.refusals import Conflict, Refused
from commonweal_web.house.texts import day_text
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.action import Act, action
from commonweal_web.record.actor import Actor
from commonweal_web.systems.models import PaperVote, Stage, Use
from commonweal_web.systems.permissions import RECORD_VOTE
from commonweal_web.systems.queries.uses import workers_touched


def enter_paper_vote(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    use: Use,
    held_on: date,
    electorate: int,
    yes: int,
    no: int,
    abstain: int,
    counted_by: str,
) -> PaperVote:
    """Enter the result of a vote that was held on paper while the use was tried out.

    Everybody it touches could vote, and it was held after the pilot, or a new purpose, began. A
    vote that failed can be followed by a later one only.
    """
    with action("systems.enter_paper_vote", organisation=organisation, by=by, at=at) as act:
        act.may(RECORD_VOTE)
        use = act.lock(Use, use.pk)
        _check_day(act, use=use, held_on=held_on)
        _check_numbers(use, electorate=electorate, cast=yes + no + abstain)
        return act.create(
            PaperVote(
                organisation=organisation,
                use=use,
                held_on=held_on,
                electorate=electorate,
                yes=yes,
                no=no,
                abstain=abstain,
                counted_by=counted_by,
                entered_at=act.at,
            )
        )


def _check_numbers(use: Use, *, electorate: int, cast: int) -> None:
    if cast > electorate:
        raise Refused(
            "more_votes_than_people",
            _("There are more votes than people who could vote. Check the numbers."),
            where="electorate",
        )
    touched = workers_touched(use)
    if electorate != touched:
        raise Refused(
            "electorate_differs",
            _(
                "The use touches %(touched)s workers: all of them may vote, and nobody else. If "
                "that number is wrong, correct the worker groups first."
            )
            % {"touched": touched},
            where="electorate",
        )


def _check_day(act: Act, *, use: Use, held_on: date) -> None:
    if use.stage not in (Stage.PILOTING, Stage.IN_USE):
        raise Conflict(
            "vote_too_early", _("A roll-out vote is held while a use is tried out, or in use.")
        )
    first = _first_day(use)
    if held_on > act.at.date():
        raise Refused("day_ahead", _("The vote lies in the future."), where="held_on")
    if first is not None and held_on < first:
        raise Refused(
            "day_out_of_range",
            _("Choose a day from %(first)s to today.") % {"first": day_text(first)},
            where="held_on",
        )
    last = PaperVote.objects.of(act.organisation).filter(use=use).order_by("-held_on").first()
    if last is not None and held_on <= last.held_on:
        raise Conflict(
            "vote_known",
            _("The vote of %(day)s is on the record. Only a later one can follow it.")
            % {"day": day_text(last.held_on)},
        )


def _first_day(use: Use) -> date | None:
    """The first day on which a vote could count; None when any day could."""
    began = use.stage_since if use.stage == Stage.PILOTING else None
    if use.entered_without_gate:
        began = None
    days = [day for day in (began, use.purpose_changed_on) if day is not None]
    return max(days, default=None)
