"""For which side somebody speaks, and for whom: decided by who they are, not by what they say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from commonweal_web.house.declaration import Permission
from commonweal_web.house.refusals import NotAllowed, Refused
from commonweal_web.job_impact.models import Assessment, Contributor
from commonweal_web.job_impact.models.views import Side
from commonweal_web.job_impact.permissions import (
    ANSWER_AS_EXPERT,
    ANSWER_AS_MANAGEMENT,
    ANSWER_AS_REPRESENTATIVE,
    ANSWER_AS_WORKER,
    TAKE_PART,
)
from commonweal_web.job_impact.queries.authors import author_mark, own_group
from commonweal_web.job_impact.queries.groups import Column, columns_of
from commonweal_web.people.queries import account_of
from commonweal_web.record.action import Act

if TYPE_CHECKING:
    from commonweal_web.record.actor import Actor

RIGHT_OF_SIDE: dict[str, Permission] = {
    Side.WORKERS: ANSWER_AS_WORKER,
    Side.REPRESENTATIVES: ANSWER_AS_REPRESENTATIVE,
    Side.MANAGEMENT: ANSWER_AS_MANAGEMENT,
    Side.EXPERTS: ANSWER_AS_EXPERT,
}


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks: the side, the author's mark, their group, and for whom the answer holds."""

    side: str
    author: str
    group: UUID | None
    author_group: UUID | None = None
    named_author_id: UUID | None = None
    contributor_kind: str = ""
    helped_by: str = ""


def sides_of(by: Actor) -> list[str]:
    """The sides for which a person with an account may speak."""
    return [side for side, right in RIGHT_OF_SIDE.items() if by.may(right)]


def voice_of(act: Act, *, run: Assessment, side: str, group: UUID | None) -> Voice:
    """The voice of whoever acts. Checks their right, and that it is theirs to speak about."""
    if act.by.contributor_id:
        return _contributor_voice(act, run=run)
    known = sides_of(act.by)
    wanted = side or (known[0] if known else Side.WORKERS)
    if wanted not in RIGHT_OF_SIDE:
        raise Refused("side_unknown", _("Choose for which side you speak."), where="side")
    act.may(RIGHT_OF_SIDE[wanted])
    if wanted == Side.WORKERS:
        return _worker_voice(act, run=run, group=group)
    columns = columns_of(run.use)
    if group is not None and group not in {column.key for column in columns}:
        raise Refused(
            "group_not_affected",
            _("This use does not touch that group. Choose one it touches, or everybody."),
            where="group",
        )
    author = author_mark(act.by, use=run.use, side=wanted)
    return Voice(wanted, author, group, named_author_id=act.by.account_id)


def _worker_voice(act: Act, *, run: Assessment, group: UUID | None) -> Voice:
    """A worker speaks for the own group; in a small one for everybody, to stay unnamed."""
    account = act.by.account_id and account_of(act.organisation, pk=act.by.account_id)
    own = own_group(account, use=run.use, on=act.at.date()) if account else None
    if own is None:
        raise NotAllowed(
            "not_affected",
            _("This use does not touch your group. If it does, tell your representative."),
        )
    if group is not None and group != own.key:
        raise NotAllowed("other_group", _("You can answer for your own group."), where="group")
    author = author_mark(act.by, use=run.use, side=Side.WORKERS)
    return Voice(Side.WORKERS, author, spoken_for(own), author_group=own.key)


def spoken_for(own: Column | None) -> UUID | None:
    """The group an answer is shown for; None, that is everybody, when it is too small to name."""
    return own.key if own is not None and own.may_be_named else None


def _contributor_voice(act: Act, *, run: Assessment) -> Voice:
    act.may(TAKE_PART)
    part = act.lock(Contributor, act.by.contributor_id)
    if part.assessment_id != run.pk or part.accepted_on is None:
        raise NotAllowed("other_run", _("Your link is for another assessment."))
    if not part.may_answer(act.at):
        raise NotAllowed(
            "link_over", _("Your link no longer takes answers. Ask whoever sent it for a new one.")
        )
    own = next((one for one in columns_of(run.use) if one.key == part.group), None)
    return Voice(
        side=part.side,
        author=author_mark(act.by, use=run.use, side=part.side),
        group=spoken_for(own),
        author_group=own.key if own else None,
        contributor_kind=part.kind,
        helped_by=part.helped_by,
    )
