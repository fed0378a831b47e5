"""The facts about uses and years that the thresholds look at, for all uses at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from commonweal.disclosure.commitment import ThresholdKind
from commonweal.disclosure.facts import (
    ExpectedReturn,
    FinancialChange,
    MarketedClaim,
    UseFacts,
    YearFigures,
)
from commonweal.shared.source import Source
from commonweal_web.disclosure.models import CommitmentVersion, KnownSince
from commonweal_web.disclosure.queries.risks import RiskForPublic
from commonweal_web.organisations.models import Organisation
from commonweal_web.organisations.queries import years_of
from commonweal_web.systems.queries import uses_of
from commonweal_web.systems.queries.counted import uses_counted

if TYPE_CHECKING:
    from commonweal_web.systems.models import Claim, Use

Known = Mapping[tuple[UUID, str], date]
RETURN = "return"


def claim_fact(claim: Claim) -> str:
    """The name under which the first day of a claim is kept."""
    return f"claim:{claim.pk}"


def known_days(
    organisation: Organisation, *, uses: Collection[UUID] | None = None
) -> dict[tuple[UUID, str], date]:
    """Since when each claim and expected return is known, of all uses or of these."""
    rows = KnownSince.objects.of(organisation)
    rows = rows if uses is None else rows.filter(use__in=uses)
    found = rows.values_list("use_id", "fact", "since")
    return {(use, fact): since for use, fact, since in found}


def known_facts_of(use: Use) -> dict[str, KnownSince]:
    """The first days kept for one use, by fact."""
    return {row.fact: row for row in KnownSince.objects.of(use.organisation_id).filter(use=use)}


def use_facts(
    organisation: Organisation,
    *,
    risks: Sequence[RiskForPublic],
    on: date,
    currency: str,
    only: Collection[UUID] | None = None,
) -> list[UseFacts]:
    """The facts of every use, in a constant number of statements.

    Claims are read only for uses with a present risk: no other use can owe a disclosure. With
    `only`, the facts of these uses, and of every other use whose money is counted together.
    """
    by_use: dict[UUID, list[RiskForPublic]] = {}
    for risk in risks:
        by_use.setdefault(risk.use, []).append(risk)
    uses = uses_of(organisation) if only is None else uses_counted(organisation, uses=only)
    with_risks = [use for use in uses if use.pk in by_use]
    prefetch_related_objects(with_risks, "claims")
    known = known_days(organisation, uses=only)
    return [
        UseFacts(
            id=str(use.pk),
            risks=tuple(each.as_value() for each in by_use.get(use.pk, ())),
            claims=_claims(use, known=known, on=on) if use.pk in by_use else (),
            expected_return=_return(use, known=known, on=on),
            changes=_changes(use, currency=currency),
        )
        for use in uses
    ]


def _claims(use: Use, *, known: Known, on: date) -> tuple[MarketedClaim, ...]:
    rows: Iterable[Claim] = use.claims.all()
    return tuple(
        MarketedClaim(
            measure=row.measure,
            value=Fraction(row.value_hundredths, 100),
            quote=row.quote,
            source=Source(title=row.source, publisher=row.source, checked=on),
            known_since=known.get((use.pk, claim_fact(row)), on),
        )
        for row in rows
        if row.value_hundredths is not None and row.value_hundredths >= 0 and row.source.strip()
    )


def _return(use: Use, *, known: Known, on: date) -> ExpectedReturn | None:
    hundredths = use.return_multiple_hundredths
    if hundredths is None or hundredths < 0:
        return None
    return ExpectedReturn(Fraction(hundredths, 100), known.get((use.pk, RETURN), on))


def _changes(use: Use, *, currency: str) -> tuple[FinancialChange, ...]:
    if use.change_since is None or use.currency != currency:
        return ()
    cost, revenue = use.cost_change, use.revenue_change
    return (FinancialChange(use.change_since, -cost if cost is not None else None, revenue),)


def reference_currency(organisation: Organisation, *, commitment: CommitmentVersion) -> str:
    """The currency in which changes are summed: that of the base year, else the organisation's."""
    base_years = _base_years(commitment)
    found = (each.currency for each in years_of(organisation) if each.year in base_years)
    return next(found, organisation.currency)


def _base_years(commitment: CommitmentVersion) -> set[int]:
    kind = ThresholdKind.COST_OR_REVENUE.value
    return {each["base_year"] for each in commitment.thresholds if each["kind"] == kind}


def annual_figures(organisation: Organisation, *, currency: str) -> dict[int, YearFigures]:
    """Annual costs and revenue by year, of the years kept in this currency."""
    return {
        each.year: YearFigures(costs=each.costs, revenue=each.revenue)
        for each in years_of(organisation)
        if each.currency == currency
    }


def unconverted(
    organisation: Organisation, commitment: CommitmentVersion, *, currency: str
) -> list[str]:
    """The uses whose money is in another currency and therefore not counted, named."""
    if not _base_years(commitment):
        return []
    return [
        _("%(use)s: state its money in %(currency)s") % {"use": use.name, "currency": currency}
        for use in uses_counted(organisation)
        if use.currency != currency
    ]
