"""Risks and answers for tests, made by the room's own actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from commonweal_web.mitigations import actions, queries
from commonweal_web.mitigations.models import Mitigation, Risk
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.models import Account
from commonweal_web.people.queries import actor_of
from commonweal_web.systems.models import Use
from commonweal_web.workplaces.models import WorkerGroup
from factories.people import a_person
from factories.systems import a_described_use
from factories.workplaces import a_group, a_member

FACETS = ("scale", "scope", "irremediability")


@dataclass(frozen=True)
class Workplace:
    """A use with its owner, the group it touches, a worker of that group and a representative."""

    organisation: Organisation
    at: datetime
    use: Use
    group: WorkerGroup
    owner: Account
    lead: Account
    representative: Account
    worker: Account
    executive: Account

    def by(self, account: Account) -> dict[str, Any]:
        """What every action is told when this person acts."""
        return {
            "organisation": self.organisation,
            "by": actor_of(account, on=self.at.date()),
            "at": self.at,
        }


def a_workplace(
    organisation: Organisation, *, at: datetime, represented: bool = True, **group: Any
) -> Workplace:
    """A use that touches one group; without `represented` nobody speaks for it."""
    people = {
        name: a_person(organisation, role, at=at, name=name.title())
        for name, role in (
            ("owner", "use_owner"),
            ("lead", "people_lead"),
            ("worker", "worker"),
            ("executive", "executive"),
            ("representative", "worker_representative" if represented else "registrar"),
        )
    }
    touched = a_group(organisation, at=at, **{"name": "Drivers", **group})
    a_member(touched, people["worker"], at=at)
    use = a_described_use(organisation, at=at, owner=people["owner"], groups=(touched,))
    return Workplace(organisation, at, use, touched, **people)


def a_risk(place: Workplace, *, by: Account | None = None, **details: Any) -> Risk:
    """A risk entered by hand, by the use owner unless told otherwise."""
    usual = {"use": place.use, "title": "Less notice for shift changes"}
    return actions.open_risk(**place.by(by or place.owner), **{**usual, **details})


def a_judged_risk(
    place: Workplace, *, facets: tuple[int, int, int] = (3, 2, 2), **details: Any
) -> Risk:
    """A risk whose three facets the use owner judged."""
    risk = a_risk(place, **details)
    judge(place, risk, by=place.owner, facets=facets)
    return queries.risk_of(place.organisation, pk=risk.pk)


def judge(
    place: Workplace,
    risk: Risk,
    *,
    by: Account,
    facets: tuple[int | None, int | None, int | None],
    harm: str = "pace",
    phase: str = "inherent",
) -> None:
    """Judge a harm, with a reason for each facet."""
    actions.judge_severity(
        **place.by(by),
        risk=risk,
        harm=harm,
        phase=phase,
        facets=dict(zip(FACETS, facets, strict=True)),
        reasons=dict.fromkeys(FACETS, "People said so."),
    )


def an_answer(
    place: Workplace, risk: Risk, *, by: Account | None = None, **details: Any
) -> Mitigation:
    """A proposed answer for every group of the risk."""
    usual = {"kind": "reduce", "text": "Plans are fixed two weeks ahead."}
    return actions.propose_mitigation(
        **place.by(by or place.owner), risk=risk, **{**usual, **details}
    )


def accept(place: Workplace, answer: Mitigation) -> Mitigation:
    """The representative accepts it for every group it is for."""
    return actions.accept_mitigation(
        **place.by(place.representative),
        mitigation=answer,
        groups=[each.risk_group_id for each in answer.groups.all()],
        decision="Minutes of 23 November",
    )


def an_accepted_answer(place: Workplace, risk: Risk, *, due: date) -> Mitigation:
    """An accepted answer with somebody to carry it out and a day."""
    answer = accept(place, an_answer(place, risk))
    actions.assign_owner_and_due(
        **place.by(place.owner), mitigation=answer, owner=place.owner, due=due
    )
    return queries.mitigation_of(place.organisation, pk=answer.pk)


def a_checked_answer(place: Workplace, risk: Risk, *, due: date, works: bool = True) -> Mitigation:
    """An answer that was carried out and checked."""
    answer = an_accepted_answer(place, risk, due=due)
    actions.carry_out(**place.by(place.owner), mitigation=answer, note="Done in the planner.")
    actions.check_effect(
        **place.by(place.representative),
        mitigation=answer,
        is_effective=works,
        evidence="We asked the drivers.",
    )
    return queries.mitigation_of(place.organisation, pk=answer.pk)
