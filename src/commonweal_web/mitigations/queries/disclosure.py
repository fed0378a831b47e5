"""What the public pages say about risks: every present risk of an organisation at once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from commonweal.shared.severity import Severity
from commonweal_web.mitigations.models import Mitigation, Risk, RiskGroup
from commonweal_web.mitigations.models.words import State
from commonweal_web.mitigations.queries.as_domain import with_everything
from commonweal_web.mitigations.queries.states import StateTag, state_tag

if TYPE_CHECKING:
    from commonweal_web.organisations.models import Organisation

SHOWN_STATES = (State.ACCEPTED, State.CARRIED_OUT, State.EFFECTIVE, State.NOT_EFFECTIVE)
"""Proposals that nobody accepted yet, or that were refused, are not promises to the public."""


@dataclass(frozen=True, slots=True)
class DisclosedGroup:
    """Whom a risk touches; pages show small headcounts as bands."""

    key: UUID
    name: str
    people: int | None
    is_vulnerable: bool


@dataclass(frozen=True, slots=True)
class DisclosedAnswer:
    """An answer that counts, or was found not to work."""

    kind: str
    text: str
    state: str
    on: date
    due: date | None


@dataclass(frozen=True, slots=True)
class RiskForDisclosure:
    """A present risk with everything that a commitment may demand to be public.

    `facets` and `residual` are joined over sides and kinds of harm by maximum. `severity_since`
    is the day since which the facets are as they are now.
    """

    id: UUID
    use: UUID
    signal: str
    title: str
    groups: tuple[DisclosedGroup, ...]
    present_since: date
    facets: Severity
    residual: Severity | None
    severity_since: date
    likelihood: str
    mitigations: tuple[DisclosedAnswer, ...]
    state: StateTag


def risks_for_disclosure(
    organisation: Organisation,
    *,
    on: date,
    uses: Collection[UUID] | None = None,
    limit: int = 50_000,
) -> list[RiskForDisclosure]:
    """All present risks of all uses, or of these, gravest first; a fixed number of statements."""
    rows = Risk.objects.of(organisation).filter(closed_on__isnull=True)
    if uses is not None:
        rows = rows.filter(use__in=uses)
    return [_disclosed(row, on=on) for row in with_everything(rows)[:limit]]


def _disclosed(row: Risk, *, on: date) -> RiskForDisclosure:
    return RiskForDisclosure(
        id=row.pk,
        use=row.use_id,
        signal=row.signal,
        title=row.title,
        groups=tuple(_group(each) for each in row.groups.all()),
        present_since=row.present_since,
        facets=row.inherent,
        residual=row.residual if row.has_residual else None,
        severity_since=row.severity_since,
        likelihood=row.likelihood,
        mitigations=tuple(
            _answer(each) for each in row.mitigations.all() if each.state in SHOWN_STATES
        ),
        state=state_tag(row, on=on),
    )


def _group(row: RiskGroup) -> DisclosedGroup:
    return DisclosedGroup(row.key, str(row), row.people, bool(row.vulnerable_because))


def _answer(row: Mitigation) -> DisclosedAnswer:
    return DisclosedAnswer(row.kind, row.text, row.state, row.state_since, row.due)
