"""The present risks of all uses, as the room of risks hands them over for disclosure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from commonweal.disclosure.facts import PresentRisk
from commonweal.disclosure.lines import PublicGroup, PublicMitigation, public_headcount
from commonweal.shared.severity import Severity
from commonweal_web.mitigations.queries import risks_for_disclosure
from commonweal_web.organisations.models import Organisation

if TYPE_CHECKING:
    from commonweal_web.mitigations.queries.disclosure import RiskForDisclosure

VULNERABLE = "marked as especially vulnerable"  # untranslated: a word of the data, not of a page
"""The public reads that a group was marked; why it was stays inside."""


@dataclass(frozen=True, slots=True)
class RiskForPublic:
    """One present risk with everything that a public page may say about it."""

    id: str
    use: UUID
    signal: str
    title: str
    severity: Severity
    present_since: date
    severity_since: date
    groups: tuple[PublicGroup, ...]
    mitigations: tuple[PublicMitigation, ...]

    def as_value(self) -> PresentRisk:
        """The risk as the thresholds look at it."""
        return PresentRisk(
            id=self.id,
            signal=self.signal,
            group=None,
            present_since=self.present_since,
            severity=self.severity,
            severity_since=self.severity_since,
        )


def present_risks(
    organisation: Organisation, *, on: date, uses: Collection[UUID] | None = None
) -> list[RiskForPublic]:
    """Every present risk of every use, or of these, in a constant number of statements."""
    return [_for_public(row) for row in risks_for_disclosure(organisation, on=on, uses=uses)]


def _for_public(row: RiskForDisclosure) -> RiskForPublic:
    return RiskForPublic(
        id=str(row.id),
        use=row.use,
        signal=row.signal,
        title=row.title,
        severity=row.facets,
        present_since=row.present_since,
        severity_since=row.severity_since,
        groups=tuple(
            PublicGroup(
                name=group.name,
                people="" if group.people is None else public_headcount(group.people),
                vulnerable_because=VULNERABLE if group.is_vulnerable else "",
            )
            for group in sorted(row.groups, key=lambda group: (group.name, str(group.key)))
        ),
        mitigations=tuple(
            PublicMitigation(text=each.text, state=each.state, on=each.on)
            for each in row.mitigations
        ),
    )
