"""What people say about a risk."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from commonweal_web.mitigations.actions.answering import must_touch_worker
from commonweal_web.mitigations.actions.settling import must_say, named_account, side_of
from commonweal_web.mitigations.models import Comment, Risk
from commonweal_web.mitigations.permissions import COMMENT, PROPOSE_AS_WORKER
from commonweal_web.mitigations.queries.voices import author_mark, own_group_ids
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.queries import account_of
from commonweal_web.record.action import Act, action
from commonweal_web.record.actor import Actor

if TYPE_CHECKING:
    from commonweal_web.workplaces.models import WorkerGroup


def comment_on_risk(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    risk: Risk,
    text: str,
    as_worker: bool = False,
) -> Comment:
    """Say something about a risk. Others see the side and, of larger groups, the group."""
    with action("mitigations.comment_on_risk", organisation=organisation, by=by, at=at) as act:
        act.may(PROPOSE_AS_WORKER if as_worker else COMMENT)
        risk = act.lock(Risk, risk.pk)
        must_touch_worker(act, risk=risk)
        said = must_say(text, where="text", message=_("Write what you want to say."))
        return act.create(
            Comment(
                organisation=organisation,
                risk=risk,
                side=side_of(act),
                group=_group(act, risk=risk),
                author=author_mark(by, risk=risk),
                named_author_id=named_account(act),
                text=said,
                at=at,
            )
        )


def _group(act: Act, *, risk: Risk) -> WorkerGroup | None:
    """The affected group a worker speaks from; nobody else's group is kept."""
    account = account_of(act.organisation, pk=act.by.account_id) if act.by.account_id else None
    if act.role != "worker" or account is None:
        return None
    mine = own_group_ids(account, on=act.at.date())
    return next((row.group for row in risk.groups.all() if row.group_id in mine), None)
