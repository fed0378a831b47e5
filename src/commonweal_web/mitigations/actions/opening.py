"""Risks come onto the list and leave it: from signals, by hand, with a reason."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as kept

from commonweal.practices import UnknownIdError, catalogue
from commonweal.practices.entries import SignalKind
from commonweal_web.house.refusals import Conflict, NotAllowed, Refused
from commonweal_web.job_impact.events import SignalBecamePresent, SignalNoLongerPresent
from commonweal_web.mitigations.actions.settling import (
    may_touch,
    must_be_present,
    must_say,
    settle,
    side_of,
)
from commonweal_web.mitigations.events import RiskClosed, RiskOpened
from commonweal_web.mitigations.models import Risk, RiskGroup, StandingPresent
from commonweal_web.mitigations.models.words import Source
from commonweal_web.mitigations.permissions import CLOSE_RISK, FOLLOW_SIGNALS, OPEN_RISK
from commonweal_web.mitigations.queries.rules import rules_in_force
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.queries import operator
from commonweal_web.record.action import Act, action
from commonweal_web.record.actor import Actor
from commonweal_web.systems.events import UseDescribed
from commonweal_web.systems.queries import affected_groups_of, use_of

if TYPE_CHECKING:
    from commonweal_web.systems.models import AffectedGroup, Use


def open_risk(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    use: Use,
    title: str,
    description: str = "",
    signal: str = "",
    groups: Collection[UUID] | None = None,
    source: str = Source.HAND,
    present_since: date | None = None,
) -> Risk:
    """Enter a risk. `groups` are keys of the use's affected groups; None means all of them."""
    with action("mitigations.open_risk", organisation=organisation, by=by, at=at) as act:
        act.may(OPEN_RISK)
        _refuse_unfit_signal(organisation, use=use, signal=signal)
        since = present_since or at.date()
        if since > at.date():
            raise Refused("day_ahead", _("Choose today or an earlier day."), where="present_since")
        risk = _create(
            act,
            use=use,
            signal=signal,
            own_title=must_say(
                title, where="title", message=_("Write in a few words what could go wrong.")
            ),
            description=description.strip(),
            source=source,
            opened_by_side=side_of(act),
            for_everyone=groups is None,
            present_since=since,
        )
        _touch(act, risk=risk, groups=_asked_groups(use, keys=groups))
        act.emit(RiskOpened(use=use.pk, risk=risk.pk))
        return settle(act, risk)


def _refuse_unfit_signal(organisation: Organisation, *, use: Use, signal: str) -> None:
    if not signal:
        return
    try:
        kind = catalogue().signal(signal).kind
    except UnknownIdError as error:
        raise Refused("signal_unknown", str(error), where="signal") from error
    if kind is not SignalKind.RISK:
        raise Refused("no_risk", _("This signal is a chance, not a risk."), where="signal")
    if Risk.objects.of(organisation).filter(use=use, signal=signal).exists():
        raise Conflict(
            "risk_there",
            _("This use has a risk for this signal already. Open that one."),
            where="signal",
        )


def _create(act: Act, *, use: Use, **values: Any) -> Risk:
    rules = rules_in_force(act.organisation)
    return act.create(
        Risk(
            organisation=act.organisation,
            use=use,
            catalogue_version=catalogue().version,
            rules=rules.file,
            rules_version=rules.version,
            severity_since=act.at.date(),
            **values,
        )
    )


def _asked_groups(use: Use, *, keys: Collection[UUID] | None) -> list[AffectedGroup]:
    rows = affected_groups_of(use)
    if keys is None:
        return rows
    found = [row for row in rows if (row.group_id or row.pk) in keys]
    if len(found) != len(set(keys)) or not found:
        raise Refused(
            "group_unknown",
            _("Choose groups that this use touches, at least one."),
            where="groups",
        )
    return found


def _touch(act: Act, *, risk: Risk, groups: Iterable[AffectedGroup]) -> None:
    """Add those groups that the risk does not name yet."""
    known = set(
        RiskGroup.objects.of(act.organisation).filter(risk=risk).values_list("key", flat=True)
    )
    act.create_many(
        RiskGroup(
            organisation=act.organisation,
            risk=risk,
            key=row.group_id or row.pk,
            group=row.group,
            outside_name=row.outside_name,
            outside_count=row.outside_count,
            since=act.at.date(),
        )
        for row in groups
        if (row.group_id or row.pk) not in known
    )


def follow_present(
    event: SignalBecamePresent, *, organisation: Organisation, by: Actor, at: datetime
) -> None:
    """Put a risk on the list when a side calls its signal present: one per use and signal."""
    if catalogue().signal(event.signal).kind is not SignalKind.RISK:
        return
    with action(
        "mitigations.follow_present", organisation=organisation, by=operator(), at=at
    ) as act:
        act.may(FOLLOW_SIGNALS)
        use = use_of(organisation, pk=event.use)
        risk = _risk_of_signal(act, use=use, signal=event.signal, everyone=event.group is None)
        _stand(act, risk=risk, event=event)
        keys = None if event.group is None else {event.group}
        rows = affected_groups_of(use)
        _touch(
            act,
            risk=risk,
            groups=[row for row in rows if keys is None or (row.group_id or row.pk) in keys],
        )
        settle(act, risk)


def _risk_of_signal(act: Act, *, use: Use, signal: str, everyone: bool) -> Risk:
    rows = Risk.objects.of(act.organisation).select_for_update()
    risk: Risk | None = rows.filter(use=use, signal=signal).first()
    day = act.at.date()
    if risk is None:
        risk = _create(
            act,
            use=use,
            signal=signal,
            source=Source.SIGNAL,
            present_since=day,
            for_everyone=everyone,
        )
    elif risk.closed_on is not None:
        act.change(risk, closed_on=None, closed_because="", present_since=day)
    else:
        act.change(risk, for_everyone=risk.for_everyone or everyone)
        return risk
    act.emit(RiskOpened(use=use.pk, risk=risk.pk))
    return risk


def _stand(act: Act, *, risk: Risk, event: SignalBecamePresent) -> None:
    """Note who says so; said anew, an earlier decision to change no longer answers it."""
    said = _standing(act, risk=risk).filter(side=event.side, group_key=event.group)
    if said.exists():
        return
    act.create(
        StandingPresent(
            organisation=act.organisation,
            risk=risk,
            side=event.side,
            group_key=event.group,
            since=act.at.date(),
        )
    )
    day = act.at.date()
    for decision in risk.decisions.filter(decided_on__lte=day, ended_on__isnull=True):
        because = kept("The signal was called present anew after the decision.")
        act.change(decision, ended_on=day, ended_because=because)
        act.change(risk, nothing_helps_because="", nothing_helps_side="")


def _standing(act: Act, *, risk: Risk) -> Any:
    return StandingPresent.objects.of(act.organisation).filter(risk=risk, until__isnull=True)


def follow_no_longer_present(
    event: SignalNoLongerPresent, *, organisation: Organisation, by: Actor, at: datetime
) -> None:
    """Note that a side took its "present" back; the risk leaves the list with the last one."""
    kind = "mitigations.follow_no_longer_present"
    with action(kind, organisation=organisation, by=operator(), at=at) as act:
        act.may(FOLLOW_SIGNALS)
        rows = Risk.objects.of(organisation).select_for_update()
        risk = rows.filter(use_id=event.use, signal=event.signal).first()
        if risk is None:
            return
        for row in _standing(act, risk=risk).filter(side=event.side, group_key=event.group):
            act.change(row, until=at.date())
        from_signal = risk.source == Source.SIGNAL and risk.closed_on is None
        if from_signal and not _standing(act, risk=risk).exists():
            because = kept("No side calls it present any more; the assessment holds the reasons.")
            _close(act, risk=risk, because=because)


def follow_groups(
    event: UseDescribed, *, organisation: Organisation, by: Actor, at: datetime
) -> None:
    """Add a newly touched group to the risks that are everybody's."""
    if "groups" not in event.fields:
        return
    rows = Risk.objects.of(organisation).filter(
        use_id=event.use, for_everyone=True, closed_on__isnull=True
    )
    risks = list(rows)
    if not risks:
        return
    with action(
        "mitigations.follow_groups", organisation=organisation, by=operator(), at=at
    ) as act:
        act.may(FOLLOW_SIGNALS)
        groups = affected_groups_of(use_of(organisation, pk=event.use))
        for risk in risks:
            _touch(act, risk=risk, groups=groups)
            settle(act, risk)


def close_risk(
    *, organisation: Organisation, by: Actor, at: datetime, risk: Risk, reason: str
) -> Risk:
    """Take a risk off the list with a reason that workers see.

    Never while a side's "present" stands, and what the workers' side entered only it may close.
    """
    with action("mitigations.close_risk", organisation=organisation, by=by, at=at) as act:
        risk = may_touch(act, CLOSE_RISK, risk=risk)
        must_be_present(risk)
        because = must_say(
            reason, where="reason", message=_("Write why it is no longer there. Workers read it.")
        )
        _refuse_while_present(act, risk=risk)
        if risk.opened_by_side == "workers" and side_of(act) != "workers":
            raise NotAllowed(
                "workers_entered_it",
                _("The workers’ side entered this risk. Ask a worker representative to close it."),
            )
        return _close(act, risk=risk, because=because)


def _refuse_while_present(act: Act, *, risk: Risk) -> None:
    standing = list(_standing(act, risk=risk))
    if any(row.is_of_workers for row in standing):
        raise Conflict(
            "workers_say_present",
            _("The workers’ side calls this present. Answer it; it cannot be closed."),
            where="reason",
        )
    if standing:
        raise Conflict(
            "called_present",
            _("A side still calls this present. Close that answer in the assessment first."),
            where="reason",
        )


def _close(act: Act, *, risk: Risk, because: str) -> Risk:
    closed = act.change(risk, closed_on=act.at.date(), closed_because=because)
    for row in risk.decisions.filter(decided_on__isnull=True, ended_on__isnull=True):
        act.change(row, ended_on=act.at.date(), ended_because=kept("The risk was closed."))
    act.emit(RiskClosed(use=risk.use_id, risk=risk.pk))
    return closed
