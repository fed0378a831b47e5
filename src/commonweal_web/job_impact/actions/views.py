"""Giving a view, closing a "present" with a reason, naming who finds out what is uncertain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from commonweal.job_impact.standing import standing_views
from commonweal.job_impact.views import Closing, ViewError
from commonweal.job_impact.views import Side as DomainSide
from commonweal.job_impact.views import View as DomainView
from commonweal_web.house.refusals import NotAllowed, Refused
from commonweal_web.job_impact.actions.present import follow_present
from commonweal_web.job_impact.actions.runs import open_run
from commonweal_web.job_impact.actions.voices import Voice, voice_of
from commonweal_web.job_impact.models import Assessment, FollowUp, View, ViewClosing
from commonweal_web.job_impact.models.views import Answer, Side
from commonweal_web.job_impact.permissions import (
    ANSWER_AS_MANAGEMENT,
    ANSWER_AS_REPRESENTATIVE,
    CLOSE_PRESENT,
    NAME_FOLLOW_UP,
)
from commonweal_web.job_impact.queries.closings import closable_views
from commonweal_web.job_impact.queries.files import bare_view, domain_view, file_of
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.action import Act, action
from commonweal_web.record.actor import Actor

if TYPE_CHECKING:
    from commonweal_web.systems.models import Use


def give_view(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    assessment: Assessment,
    signal: str,
    answer: str,
    side: str = "",
    group: UUID | None = None,
    words: str = "",
    link: str = "",
    rests_on: Sequence[str] = (),
    reason: str = "",
    person: str = "",
    until: date | None = None,
    helped_by: str = "",
) -> View:
    """Say what one thinks of one signal. It is stored at once and never changed afterwards.

    The side follows from who acts: a worker by membership in an affected group, a contributor by
    their link, others by their role (`side` chooses between several).
    """
    with action("job_impact.give_view", organisation=organisation, by=by, at=at) as act:
        voice = voice_of(act, run=assessment, side=side, group=group)
        run = open_run(act, assessment)
        _check_answer(run, signal=signal, answer=answer, until=until, on=act.at.date())
        view = View(
            id=uuid4(),
            organisation=organisation,
            assessment=run,
            use=run.use,
            signal=signal,
            catalogue_version=run.catalogue_version,
            stage=run.use.stage,
            side=voice.side,
            group=voice.group,
            author=voice.author,
            author_group=voice.author_group,
            named_author_id=voice.named_author_id,
            contributor_kind=voice.contributor_kind,
            answer=answer,
            words=words.strip(),
            link=link,
            rests_on=list(dict.fromkeys(rests_on)),
            reason=reason.strip(),
            person=person.strip(),
            until=until,
            helped_by=helped_by.strip() or voice.helped_by,
            at=act.at,
        )
        _check_stands(view, voice=voice, on=act.at.date())
        act.create(view)
        follow_present(organisation=organisation, at=at, use=run.use, signals=(signal,))
        return view


def _check_answer(
    run: Assessment, *, signal: str, answer: str, until: date | None, on: date
) -> None:
    if signal not in run.signals:
        raise Refused(
            "signal_not_asked", _("This assessment does not ask about that."), where="signal"
        )
    if answer not in Answer.values:
        raise Refused("answer_missing", _("Choose one of the answers."), where="answer")
    if until is not None and until < on:
        raise Refused("until_past", _("Choose a day that is still ahead."), where="until")


def _check_stands(view: View, *, voice: Voice, on: date) -> None:
    """Refuse an answer that the rules would not let stand, with what it lacks."""
    if view.side == Side.MANAGEMENT and view.answer == Answer.UNCERTAIN:
        if not view.person:
            raise Refused("person_missing", _("Name who finds out."), where="person")
        if view.until is None:
            raise Refused("until_missing", _("Say by when."), where="until")
    rows = View.objects.of(view.organisation_id).filter(use=view.use, signal=view.signal)
    mine = rows.filter(author=voice.author).prefetch_related("closings", "follow_ups")
    said, new = [domain_view(row) for row in mine], bare_view(view)
    groups = {new.group} if new.group else {None, *(one.group for one in said)}
    if not view.reason and not all(_stands(new, beside=said, group=one, on=on) for one in groups):
        raise Refused(
            "reason_missing",
            _("You gave another answer before. Write why it changed, or keep it."),
            where="reason",
        )


def _stands(new: DomainView, *, beside: list[DomainView], group: str | None, on: date) -> bool:
    standing = standing_views([*beside, new], group=group, on=on)
    return new.id in {one.view.id for one in standing}


def close_present(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    use: Use,
    signal: str,
    side: str,
    reason: str,
    group: UUID | None = None,
) -> int:
    """Close what one side calls present or uncertain, with a reason the workers' side reads.

    Representatives may close any, management only management's own. It closes every standing
    answer of that side about the group (all groups without one) without showing whose they are.
    """
    with action("job_impact.close_present", organisation=organisation, by=by, at=at) as act:
        act.may(CLOSE_PRESENT)
        if not reason.strip():
            raise Refused(
                "reason_missing", _("Write why: the workers’ side reads it."), where="reason"
            )
        closer = _closing_side(by, side=side)
        open_views = closable_views(
            file_of(use), signal=signal, side=side, group=group, on=act.at.date()
        )
        if not open_views:
            raise Refused("nothing_to_close", _("There is nothing here that could be closed."))
        for view in open_views:
            _close(act, view=view, by=closer, reason=reason)
        follow_present(organisation=organisation, at=at, use=use, signals=(signal,))
        return len(open_views)


def _closing_side(by: Actor, *, side: str) -> DomainSide:
    """For which side the closer speaks. Raises `NotAllowed` when that side may not close it."""
    if by.may(ANSWER_AS_REPRESENTATIVE):
        return DomainSide.REPRESENTATIVES
    if by.may(ANSWER_AS_MANAGEMENT) and DomainSide.MANAGEMENT.may_close(DomainSide(side)):
        return DomainSide.MANAGEMENT
    raise NotAllowed(
        "other_side",
        _("Only a worker representative may close what the workers’ side or others said."),
    )


def _close(act: Act, *, view: View, by: DomainSide, reason: str) -> None:
    try:
        replace(bare_view(view), closing=Closing(by, reason, act.at))
    except ViewError as error:
        raise Refused("closing_refused", str(error), where="reason") from error
    act.create(
        ViewClosing(
            organisation=act.organisation, view=view, by_side=by.value, reason=reason, at=act.at
        )
    )


def name_follow_up(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    use: Use,
    signal: str,
    person: str,
    until: date,
) -> int:
    """Name who finds out what is uncertain, and by when, wherever an answer named nobody.

    The date cannot be set back later: past it, "uncertain" counts as present.
    """
    with action("job_impact.name_follow_up", organisation=organisation, by=by, at=at) as act:
        act.may(NAME_FOLLOW_UP)
        if not person.strip():
            raise Refused("person_missing", _("Name who finds out."), where="person")
        if until < act.at.date():
            raise Refused("until_past", _("Choose a day that is still ahead."), where="until")
        lacking = [
            row
            for row in file_of(use).said_of(signal)
            if domain_view(row).is_uncertain_without_follow_up
        ]
        if not lacking:
            raise Refused("nothing_uncertain", _("Every uncertain answer has a person and a day."))
        act.create_many(
            FollowUp(
                organisation=organisation, view=row, person=person.strip(), until=until, at=act.at
            )
            for row in lacking
        )
        follow_present(organisation=organisation, at=at, use=use, signals=(signal,))
        return len(lacking)
