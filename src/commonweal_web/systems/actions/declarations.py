"""What is declared about a use: choices with their alternatives, claims, and incidents."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from commonweal.practices import UnknownIdError, catalogue
from commonweal_web.house.refusals import Conflict, Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.action import Act, action
from commonweal_web.record.actor import Actor
from commonweal_web.systems.actions.uses import may_describe, refuse_other_owner
from commonweal_web.systems.events import ClaimsChanged, IncidentUpheld, UseDescribed
from commonweal_web.systems.models import (
    Alternative,
    AlternativeSignal,
    Choice,
    Claim,
    Incident,
    Use,
)
from commonweal_web.systems.permissions import FOLLOW_UP_INCIDENT, REPORT_INCIDENT

if TYPE_CHECKING:
    from commonweal_web.workplaces.models import WorkerGroup

    SignalEffects = Iterable[tuple[str, str, WorkerGroup | None]]


def add_choice(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    use: Use,
    kind: str,
    question: str,
) -> Choice:
    """Put a decision about scope, configuration, workflow or monitoring on the table."""
    with action("systems.add_choice", organisation=organisation, by=by, at=at) as act:
        may_describe(act, use=use)
        return act.create(Choice(organisation=organisation, use=use, kind=kind, question=question))


def add_alternative(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    choice: Choice,
    title: str,
    signals: SignalEffects = (),
) -> Alternative:
    """Add a way to do it, with the signals it adds or takes away, for whom."""
    with action("systems.add_alternative", organisation=organisation, by=by, at=at) as act:
        may_describe(act, use=choice.use)
        alternative = act.create(
            Alternative(organisation=organisation, choice=choice, title=title)
        )
        act.create_many(
            AlternativeSignal(
                organisation=organisation,
                alternative=alternative,
                signal=_known_signal(signal),
                effect=effect,
                group=group,
            )
            for signal, effect, group in signals
        )
        return alternative


def _known_signal(id: str) -> str:
    try:
        return catalogue().signal(id).id
    except UnknownIdError as error:
        raise Refused("signal_unknown", str(error), where="signals") from error


def choose_alternative(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    choice: Choice,
    alternative: Alternative,
    reason: str,
) -> Choice:
    """Choose one of at least two alternatives, with the reason."""
    with action("systems.choose_alternative", organisation=organisation, by=by, at=at) as act:
        may_describe(act, use=choice.use)
        rows = list(Alternative.objects.of(organisation).filter(choice=choice)[:100])
        if len(rows) < 2 or alternative.pk not in {row.pk for row in rows}:
            raise Refused(
                "alternatives_missing", _("Put at least two alternatives side by side first.")
            )
        if not reason.strip():
            raise Refused("reason_missing", _("Write why this one."), where="reason")
        for row in rows:
            act.change(row, is_chosen=row.pk == alternative.pk)
        act.emit(UseDescribed(use=choice.use_id, fields=("choices",)))
        return act.change(choice, reason=reason, chosen_on=act.at.date())


def state_claim(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    use: Use,
    quote: str,
    source: str,
    source_date: date | None = None,
    measure: str = "",
    value_hundredths: int | None = None,
) -> Claim:
    """Keep what a vendor claims, word for word, with the source."""
    with action("systems.state_claim", organisation=organisation, by=by, at=at) as act:
        may_describe(act, use=use)
        claim = act.create(
            Claim(
                organisation=organisation,
                use=use,
                quote=quote,
                source=source,
                source_date=source_date,
                measure=measure,
                value_hundredths=value_hundredths,
            )
        )
        act.emit(ClaimsChanged(use=use.pk))
        return claim


def remove_claim(*, organisation: Organisation, by: Actor, at: datetime, claim: Claim) -> None:
    """Take a claim off; the record keeps that it stood here."""
    with action("systems.remove_claim", organisation=organisation, by=by, at=at) as act:
        may_describe(act, use=claim.use)
        act.remove(claim)
        act.emit(ClaimsChanged(use=claim.use_id))


def report_incident(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    use: Use,
    kind: str,
    occurred_on: date,
    harm: str,
) -> Incident:
    """Report that something went wrong."""
    with action("systems.report_incident", organisation=organisation, by=by, at=at) as act:
        act.may(REPORT_INCIDENT)
        if occurred_on > at.date():
            raise Refused("day_ahead", _("That day lies in the future."), where="occurred_on")
        return act.create(
            Incident(
                organisation=organisation,
                use=use,
                kind=kind,
                occurred_on=occurred_on,
                harm=harm,
            )
        )


def follow_up_incident(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    incident: Incident,
    follow_up: str,
    follow_up_due: date | None = None,
) -> Incident:
    """Say what is done about an incident, and until when."""
    with action("systems.follow_up_incident", organisation=organisation, by=by, at=at) as act:
        _may_follow_up(act, incident=incident)
        return act.change(incident, follow_up=follow_up, follow_up_due=follow_up_due)


def uphold_incident(
    *, organisation: Organisation, by: Actor, at: datetime, incident: Incident
) -> Incident:
    """Confirm that it happened; the assessment is opened again, and so is the incident."""
    with action("systems.uphold_incident", organisation=organisation, by=by, at=at) as act:
        _may_follow_up(act, incident=incident)
        changed = act.change(incident, is_upheld=True, closed_on=None)
        act.emit(
            IncidentUpheld(use=incident.use_id, incident=incident.pk, on=incident.occurred_on)
        )
        return changed


def close_incident(
    *, organisation: Organisation, by: Actor, at: datetime, incident: Incident
) -> Incident:
    """Close an incident once it says what was done."""
    with action("systems.close_incident", organisation=organisation, by=by, at=at) as act:
        _may_follow_up(act, incident=incident)
        if not incident.follow_up.strip():
            raise Conflict("follow_up_missing", _("Say first what was done about it."))
        return act.change(incident, closed_on=act.at.date())


def _may_follow_up(act: Act, *, incident: Incident) -> None:
    act.may(FOLLOW_UP_INCIDENT)
    refuse_other_owner(act, use=act.lock(Use, incident.use_id))
