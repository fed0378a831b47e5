"""An organisation with something of everything, and the ids by which the API names it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from commonweal_web.disclosure import actions as disclosure
from commonweal_web.mitigations import actions as mitigations
from commonweal_web.mitigations.queries import shipped_text
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.models import Account
from commonweal_web.record.actions import sign_checkpoint
from commonweal_web.systems import actions as systems
from commonweal_web.workplaces import actions as workplaces
from factories import disclosure as make_disclosure
from factories.evidence import a_file
from factories.job_impact import a_contributor, an_assessment
from factories.mitigations import Workplace, a_judged_risk, a_workplace, an_accepted_answer
from factories.workplaces import a_member

NO_ROW = UUID(int=4)


@dataclass(frozen=True)
class Populated:
    """The organisation, its people, and ids by the names that routes and bodies give them."""

    organisation: Organisation
    lead: Account
    worker: Account
    ids: dict[str, str]


def populate(organisation: Organisation, *, at: datetime) -> Populated:
    """Fill an organisation by the rooms' own actions."""
    place = a_workplace(organisation, at=at)
    ids: dict[str, Any] = {"account_id": place.owner.pk, "use_id": place.use.pk}
    ids |= _workplaces(place) | _systems(place) | _assessed(place) | _risks(place)
    ids |= _disclosed(place) | _attached(place)
    sign_checkpoint(**place.by(place.lead))
    known = {name: str(value) for name, value in ids.items()}
    return Populated(organisation, place.lead, place.worker, known)


def _attached(place: Workplace) -> dict[str, Any]:
    row = a_file(place.lead, place.use, at=place.at)
    return {"evidence_id": row.pk, "subject": row.subject}


def populate_more(organisation: Organisation, *, at: datetime) -> None:
    """Add another use with everything around it, so that every list has more rows."""
    place = a_workplace(organisation, at=at)
    _workplaces(place)
    _systems(place)
    _assessed(place)
    a_judged_risk(place)


def _workplaces(place: Workplace) -> dict[str, Any]:
    lead = place.by(place.lead)
    body = workplaces.add_representation(**lead, name="Council", kind="works_council")
    invited = workplaces.invite_representative(**lead, representation=body)
    member = a_member(place.group, place.owner, at=place.at)
    return {
        "site_id": place.group.site_id,
        "group_id": place.group.pk,
        "group": place.group.pk,
        "representation_id": body.pk,
        "invitation_id": invited.invitation.pk,
        "membership_id": member.pk,
        "appointment_id": place.owner.appointments.get().pk,
        "year": 2025,
    }


def _systems(place: Workplace) -> dict[str, Any]:
    lead = {**place.by(place.lead), "use": place.use}
    choice = systems.add_choice(**lead, kind="scope", question="Which depots?")
    chosen = [
        systems.add_alternative(**place.by(place.lead), choice=choice, title=title)
        for title in ("One depot first", "All at once")
    ]
    claim = systems.state_claim(**lead, quote="Saves hours.", source="Product page")
    incident = systems.report_incident(
        **lead, kind="malfunction", occurred_on=place.at.date(), harm="A shift was lost."
    )
    systems.use_at_site(**lead, site=place.group.site)
    return {
        "affected_id": place.use.affected_groups.get().pk,
        "choice_id": choice.pk,
        "alternative_id": chosen[0].pk,
        "claim_id": claim.pk,
        "incident_id": incident.pk,
        "code": "registered-here",
        "index": 3,
        "old": 2,
    }


def _assessed(place: Workplace) -> dict[str, Any]:
    run = an_assessment(place.organisation, at=place.at, use=place.use)
    part, _secret = a_contributor(
        run, at=place.at, payment_due=place.at.date() + timedelta(days=20)
    )
    return {"assessment_id": run.pk, "contributor_id": part.pk, "signal": "RS10"}


def _risks(place: Workplace) -> dict[str, Any]:
    risk = a_judged_risk(place)
    answer = an_accepted_answer(place, risk, due=place.at.date() + timedelta(days=30))
    rules = mitigations.adopt_severity_rules(
        **place.by(place.lead),
        text=shipped_text().replace('version = "', 'version = "own-'),
        reason="We weigh it like this.",
    )
    hopeless = a_judged_risk(place, title="Nothing helps here")
    mitigations.say_nothing_helps(
        **place.by(place.representative), risk=hopeless, reason="It is built that way."
    )
    lowered = mitigations.change_class(
        **place.by(place.owner), risk=hopeless, to=0, reason="It is small."
    )
    return {
        "risk_id": risk.pk,
        "mitigation_id": answer.pk,
        "change_id": lowered.pk,
        "decision_id": hopeless.decisions.get().pk,
        "rules_id": rules.pk,
    }


def _disclosed(place: Workplace) -> dict[str, Any]:
    version = make_disclosure.a_commitment(place.organisation, at=place.at)
    lead = place.by(place.lead)
    disclosure.publish_use_page(**lead, use=place.use)
    return {"version_id": version.pk, "number": 1, "practice_id": "RPU3", "signal_id": "RS10"}
