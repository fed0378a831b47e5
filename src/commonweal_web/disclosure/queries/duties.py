"""What must be disclosed: worked out from the facts, and as it was noted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from commonweal.disclosure.duties import Evaluation, evaluate, undisclosed_days
from commonweal_web.disclosure.models import CommitmentVersion, DutyMet
from commonweal_web.disclosure.queries.commitments import as_value, in_force, published_versions
from commonweal_web.disclosure.queries.facts import (
    annual_figures,
    reference_currency,
    unconverted,
    use_facts,
)
from commonweal_web.disclosure.queries.risks import RiskForPublic, present_risks
from commonweal_web.house.texts import kept_text
from commonweal_web.organisations.models import Organisation

if TYPE_CHECKING:
    from commonweal_web.systems.models import Use

MOST = 5000


@dataclass(frozen=True)
class Finding:
    """What the commitment in force asks on a day, with the risks it speaks of.

    `missing` names figures without which something cannot be decided.
    """

    commitment: CommitmentVersion
    evaluation: Evaluation
    risks: Mapping[str, RiskForPublic]
    missing: tuple[str, ...]

    @property
    def unjudged(self) -> list[RiskForPublic]:
        """Present risks that only a missing judgement keeps from the threshold."""
        return [self.risks[risk] for _use, risk in self.evaluation.unjudged]


def finding(
    organisation: Organisation, *, on: date, uses: Collection[UUID] | None = None
) -> Finding | None:
    """Evaluate all uses, or only these, against the commitment in force; None before there is one.

    What all uses bring in or save together is counted over all of them either way.
    """
    versions = published_versions(organisation)
    commitment = in_force(versions, on=on)
    if commitment is None:
        return None
    risks = present_risks(organisation, on=on, uses=uses)
    currency = reference_currency(organisation, commitment=commitment)
    facts = use_facts(organisation, risks=risks, on=on, currency=currency, only=uses)
    earlier = [each for each in versions if (each.number or 0) < (commitment.number or 0)]
    evaluation = evaluate(
        as_value(commitment),
        facts,
        years=annual_figures(organisation, currency=currency),
        on=on,
        earlier=[as_value(each) for each in earlier],
    )
    return Finding(
        commitment=commitment,
        evaluation=evaluation,
        risks={each.id: each for each in risks},
        missing=(*evaluation.missing, *unconverted(organisation, commitment, currency=currency)),
    )


def standing_duties(
    organisation: Organisation | UUID,
    *,
    uses: Iterable[Use] | Collection[UUID] | None = None,
    undisclosed_only: bool = False,
    limit: int = MOST,
) -> list[DutyMet]:
    """The duties that stand, as noted, earliest first."""
    found = DutyMet.objects.of(organisation).filter(ended_on__isnull=True)
    if uses is not None:
        found = found.filter(use__in=list(uses))
    if undisclosed_only:
        found = found.filter(disclosed_on__isnull=True)
    return list(found.select_related("use")[:limit])


def ended_duties(organisation: Organisation, *, limit: int = 200) -> list[DutyMet]:
    """Duties that ended without ever being disclosed, latest end first."""
    found = DutyMet.objects.of(organisation).filter(
        ended_on__isnull=False, disclosed_on__isnull=True
    )
    return list(found.select_related("use").order_by("-ended_on", "id")[:limit])


@dataclass(frozen=True, slots=True)
class Undisclosed:
    """A use that met a threshold and is not yet disclosed: since when, and for how many days."""

    use: Use
    since: date
    days: int
    titles: tuple[str, ...]


def undisclosed_uses(organisation: Organisation, *, on: date) -> list[Undisclosed]:
    """The uses with an undisclosed duty, longest first."""
    rows = standing_duties(organisation, undisclosed_only=True)
    return sorted(undisclosed_of(rows, on=on), key=lambda each: (each.since, each.use.name))


def undisclosed_of(rows: Iterable[DutyMet], *, on: date) -> list[Undisclosed]:
    """Undisclosed duties put together by use."""
    by_use: dict[UUID, list[DutyMet]] = {}
    for row in rows:
        if row.disclosed_on is None:
            by_use.setdefault(row.use_id, []).append(row)
    return [_undisclosed(found, on=on) for found in by_use.values()]


def _undisclosed(rows: Sequence[DutyMet], *, on: date) -> Undisclosed:
    since = min(row.since for row in rows)
    days = undisclosed_days(met_since=since, published_at=None, today=on)
    return Undisclosed(rows[0].use, since, days, tuple(kept_text(row.title) for row in rows))


def reasons_payload(reasons: Iterable[Any]) -> list[dict[str, Any]]:
    """The thresholds that are met, as plain data."""
    return [
        {
            "kind": each.kind.value,
            "since": each.since.isoformat(),
            "detail": list(each.detail),
        }
        for each in reasons
    ]


def undisclosed_of_use(organisation: Organisation, *, use: UUID, on: date) -> Undisclosed | None:
    """What one use owes the public, or None."""
    rows = DutyMet.objects.of(organisation).filter(
        use=use, ended_on__isnull=True, disclosed_on__isnull=True
    )
    return next(iter(undisclosed_of(rows.select_related("use")[:MOST], on=on)), None)


def latest_duties(organisation: Organisation, *, limit: int) -> list[DutyMet]:
    """The duties noted last, newest first, for the feed."""
    found = DutyMet.objects.of(organisation).select_related("use")
    return list(found.order_by("-noted_at", "id")[:limit])
