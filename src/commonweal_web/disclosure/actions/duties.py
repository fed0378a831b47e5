"""Notes duties to disclose on the record, in the transaction of whatever brought them about."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from commonweal.disclosure.duties import Duty
from commonweal_web.disclosure.actions.telling import tell_of_duties
from commonweal_web.disclosure.models import DutyMet, KnownSince
from commonweal_web.disclosure.permissions import FOLLOW_DUTIES
from commonweal_web.disclosure.queries.duties import (
    Finding,
    finding,
    reasons_payload,
    standing_duties,
)
from commonweal_web.disclosure.queries.facts import RETURN, claim_fact, known_facts_of
from commonweal_web.house.texts import in_english
from commonweal_web.mitigations.events import RiskChanged, RiskClosed, RiskOpened
from commonweal_web.organisations.models import Organisation
from commonweal_web.organisations.queries import all_organisations
from commonweal_web.people.queries import operator
from commonweal_web.record.action import Act, action
from commonweal_web.record.actor import Actor
from commonweal_web.systems.events import ClaimsChanged, UseDescribed
from commonweal_web.systems.queries import claims_of, use_of
from commonweal_web.workplaces.events import YearStated

if TYPE_CHECKING:
    from commonweal_web.systems.models import Use


def note_duties(
    *, organisation: Organisation, by: Actor, at: datetime, uses: Collection[UUID] | None = None
) -> int:
    """Evaluate uses and keep what began, changed or ended; says how many duties that were.

    All uses, unless only `uses` were touched by something that no other use's duties rest on. A
    standing duty keeps its first day: `since` moves to an earlier one only.
    """
    with action("disclosure.note_duties", organisation=organisation, by=by, at=at) as act:
        act.may(FOLLOW_DUTIES)
        with in_english():  # a duty keeps the title of its risk
            found = finding(organisation, on=at.date(), uses=uses)
        if found is None:
            return 0
        rows = standing_duties(organisation, uses=uses)
        standing = {(str(row.use_id), row.risk): row for row in rows}
        now = {(duty.use, duty.risk): duty for duty in found.evaluation.duties}
        began = [
            _begin(act, duty, found=found) for key, duty in now.items() if key not in standing
        ]
        tell_of_duties(act, began=began)
        changed = [
            _keep(act, row, duty=now[key], found=found)
            for key, row in standing.items()
            if key in now
        ]
        ended = [
            act.change(row, ended_on=at.date()) for key, row in standing.items() if key not in now
        ]
        return len(began) + sum(changed) + len(ended)


def _begin(act: Act, duty: Duty, *, found: Finding) -> DutyMet:
    risk = found.risks[duty.risk]
    return act.create(
        DutyMet(
            organisation=act.organisation,
            use_id=risk.use,
            risk=duty.risk,
            noted_at=act.at,
            **_stated(duty, found=found),
        )
    )


def _keep(act: Act, row: DutyMet, *, duty: Duty, found: Finding) -> bool:
    stated = {**_stated(duty, found=found), "since": min(row.since, duty.since)}
    if all(getattr(row, name) == value for name, value in stated.items()):
        return False
    act.change(row, **stated)
    return True


def _stated(duty: Duty, *, found: Finding) -> dict[str, Any]:
    return {
        "title": found.risks[duty.risk].title,
        "reasons": reasons_payload(duty.reasons),
        "commitment": found.commitment.number,
        "since": duty.since,
    }


def note_known(*, organisation: Organisation, by: Actor, at: datetime, use: Use) -> None:
    """Keep the day on which a use's claims and expected return became known.

    A return that is stated anew with another value counts from the new day.
    """
    with action("disclosure.note_known", organisation=organisation, by=by, at=at) as act:
        act.may(FOLLOW_DUTIES)
        known = known_facts_of(use)
        for fact, value in _facts(use).items():
            row = known.get(fact)
            if row is None:
                act.create(
                    KnownSince(
                        organisation=organisation,
                        use=use,
                        fact=fact,
                        value=value,
                        since=act.at.date(),
                    )
                )
            elif row.value != value:
                act.change(row, value=value, since=act.at.date())


def _facts(use: Use) -> dict[str, str]:
    facts = {claim_fact(claim): "" for claim in claims_of(use)}
    if use.return_multiple_hundredths is not None:
        facts[RETURN] = str(use.return_multiple_hundredths)
    return facts


def follow_facts(
    event: ClaimsChanged | UseDescribed, *, organisation: Organisation, by: Actor, at: datetime
) -> None:
    """What is declared about a use changed: keep what became known, then evaluate."""
    if isinstance(event, UseDescribed) and "money" not in event.fields:
        return
    use = use_of(organisation, pk=event.use)
    note_known(organisation=organisation, by=operator(), at=at, use=use)
    # Claims oblige their own use alone; money is summed over all uses, so it may oblige any.
    uses = (event.use,) if isinstance(event, ClaimsChanged) else None
    note_duties(organisation=organisation, by=operator(), at=at, uses=uses)


def follow_risks(
    event: RiskOpened | RiskChanged | RiskClosed,
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
) -> None:
    """A risk came, went, or is judged anew: evaluate its use, since no other rests on it."""
    note_duties(organisation=organisation, by=operator(), at=at, uses=(event.use,))


def follow_years(
    event: YearStated, *, organisation: Organisation, by: Actor, at: datetime
) -> None:
    """A year's figures were stated: every use may owe more or less than before."""
    note_duties(organisation=organisation, by=operator(), at=at)


def note_where_due(*, at: datetime) -> int:
    """What time alone brings: a commitment comes into force, a year's figures were entered."""
    return sum(
        note_duties(organisation=each, by=operator(), at=at) for each in all_organisations()
    )
