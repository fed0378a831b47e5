"""What the commitment obliges the organisation to disclose, why, and since which day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from commonweal.disclosure.commitment import (
    Commitment,
    CostOrRevenue,
    MarketedCapability,
    ReturnMultiple,
    SeverityThreshold,
    Threshold,
    ThresholdKind,
)
from commonweal.disclosure.facts import MarketedClaim, PresentRisk, UseFacts, YearFigures
from commonweal.shared.money import Money


@dataclass(frozen=True)
class Reason:
    """One threshold that is met, and since when; `detail` names what met it, in data.

    For severity it names the facets, for marketed capability the quoted claim, for costs or
    revenue which of the two; it is empty for the return multiple.
    """

    kind: ThresholdKind
    since: date
    detail: tuple[str, ...] = ()


@dataclass(frozen=True)
class Duty:
    """A present risk of a use that must be disclosed, since the first day a threshold was met."""

    use: str
    risk: str
    signal: str
    group: str | None
    reasons: tuple[Reason, ...]
    since: date


@dataclass(frozen=True)
class Evaluation:
    """All duties, and what cannot be decided because a fact is missing.

    `unjudged` are present risks, as (use, risk), whose severity is not fully judged and which
    might reach the threshold. `missing` names absent figures, such as "costs 2025".
    """

    commitment: str
    duties: tuple[Duty, ...]
    unjudged: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]


def evaluate(
    commitment: Commitment,
    uses: Sequence[UseFacts],
    *,
    years: Mapping[int, YearFigures],
    on: date,
    earlier: Sequence[Commitment] = (),
) -> Evaluation:
    """Which uses must disclose which risks on that day, why, and since when.

    A duty begins when the risk is present, the threshold is met and the commitment is in force,
    whichever comes last. Before the commitment is in force there is none. `earlier` are the
    versions before this one: a duty that they held too keeps its first day, so that a new
    version never sets the count of days back.
    """
    if on < commitment.in_force_from:
        return Evaluation(commitment.version, (), (), ())
    found = _evaluate_alone(commitment, uses, years=years, on=on)
    versions = sorted(earlier, key=lambda one: one.in_force_from, reverse=True)
    before = [_evaluate_alone(one, uses, years=years, on=on) for one in versions]
    kept = tuple(replace(duty, since=_first_day(duty, before)) for duty in found.duties)
    return replace(found, duties=kept)


def _first_day(duty: Duty, before: Iterable[Evaluation]) -> date:
    """The day on which this duty began, going back while each earlier version held it too."""
    since = duty.since
    for evaluation in before:
        same = [one for one in evaluation.duties if (one.use, one.risk) == (duty.use, duty.risk)]
        if not same:
            break
        since = min(since, *(one.since for one in same))
    return since


def _evaluate_alone(
    commitment: Commitment,
    uses: Sequence[UseFacts],
    *,
    years: Mapping[int, YearFigures],
    on: date,
) -> Evaluation:
    together = _met_together(commitment, uses, years=years, on=on)
    duties = [
        duty
        for use in uses
        for risk in use.risks
        if (duty := _duty(commitment, use, risk, together=together, on=on)) is not None
    ]
    return Evaluation(
        commitment.version,
        tuple(duties),
        unjudged=tuple(_unjudged(commitment, uses, duties=duties, on=on)),
        missing=tuple(_missing(commitment, uses, years=years, on=on)),
    )


def undisclosed_days(*, met_since: date | None, published_at: date | None, today: date) -> int:
    """How many days a met threshold has stayed, or had stayed, undisclosed.

    The day it was met is day 0. Once published, the number stands still at the delay there was;
    0 means disclosed at once, or nothing to disclose.
    """
    if met_since is None:
        return 0
    until = today if published_at is None else min(published_at, today)
    return max(0, (until - met_since).days)


def _duty(
    commitment: Commitment,
    use: UseFacts,
    risk: PresentRisk,
    *,
    together: Sequence[Reason],
    on: date,
) -> Duty | None:
    reasons = [*_own_reasons(commitment.thresholds, use, risk), *together]
    earliest = (risk.present_since, commitment.in_force_from)
    begun = [_begun(reason, after=earliest) for reason in reasons]
    met = tuple(reason for reason in begun if reason.since <= on)
    if not met:
        return None
    since = min(reason.since for reason in met)
    return Duty(use.id, risk.id, risk.signal, risk.group, met, since)


def _begun(reason: Reason, *, after: tuple[date, date]) -> Reason:
    return Reason(reason.kind, max(reason.since, *after), reason.detail)


def _own_reasons(
    thresholds: Iterable[Threshold], use: UseFacts, risk: PresentRisk
) -> Iterator[Reason]:
    """The thresholds that this use or risk meets by itself."""
    for threshold in thresholds:
        match threshold:
            case SeverityThreshold(at_least):
                if facets := risk.severity.reaching(at_least):
                    yield Reason(threshold.kind, risk.severity_since, facets)
            case MarketedCapability():
                yield from _claims_reaching(threshold, use.claims)
            case ReturnMultiple(above):
                expected = use.expected_return
                if expected is not None and expected.multiple > above:
                    yield Reason(threshold.kind, expected.known_since)
            case CostOrRevenue():
                pass  # looks at all uses together


def _claims_reaching(
    threshold: MarketedCapability, claims: Iterable[MarketedClaim]
) -> Iterator[Reason]:
    for claim in claims:
        same = claim.measure.strip().casefold() == threshold.measure.strip().casefold()
        if same and claim.value >= threshold.at_least:
            yield Reason(threshold.kind, claim.known_since, (claim.quote,))


def _met_together(
    commitment: Commitment,
    uses: Sequence[UseFacts],
    *,
    years: Mapping[int, YearFigures],
    on: date,
) -> list[Reason]:
    """The thresholds on costs and revenue that all uses meet together."""
    found = []
    for threshold in commitment.thresholds:
        if isinstance(threshold, CostOrRevenue):
            for name, whole in _figures(threshold, years):
                amounts = _amounts(threshold, uses, name=name, on=on)
                since = _crossed_on(amounts, whole=whole, above=threshold.above)
                if since is not None:
                    found.append(Reason(threshold.kind, since, (name,)))
    return found


def _figures(
    threshold: CostOrRevenue, years: Mapping[int, YearFigures]
) -> tuple[tuple[str, Money | None], ...]:
    figures = years.get(threshold.base_year, YearFigures())
    return (("costs", figures.costs), ("revenue", figures.revenue))


def _amounts(
    threshold: CostOrRevenue, uses: Iterable[UseFacts], *, name: str, on: date
) -> list[tuple[date, Money]]:
    """The gains of all uses since counting began, by day; losses are left out."""
    counted = [
        (change.on, change.cost_decrease if name == "costs" else change.revenue_increase)
        for use in uses
        for change in use.changes
        if threshold.counting_from <= change.on <= on
    ]
    gains = [(day, gain) for day, gain in counted if gain is not None and gain.minor > 0]
    return sorted(gains, key=lambda gain: gain[0])


def _crossed_on(
    amounts: Iterable[tuple[date, Money]], *, whole: Money | None, above: Fraction
) -> date | None:
    """The first day on which the running sum is strictly more than that share of the whole."""
    if whole is None:
        return None
    total = Money.zero(whole.currency)
    for day, amount in amounts:
        total += amount
        if total.exceeds(above, of=whole):
            return day
    return None


def _unjudged(
    commitment: Commitment, uses: Iterable[UseFacts], *, duties: Iterable[Duty], on: date
) -> Iterator[tuple[str, str]]:
    """Risks that only a missing judgement keeps from the severity threshold."""
    disclosed = {(duty.use, duty.risk) for duty in duties}
    values = [one.at_least for one in commitment.thresholds if isinstance(one, SeverityThreshold)]
    for use in uses:
        for risk in use.risks:
            open_still = any(risk.severity.could_reach(value) for value in values)
            if open_still and risk.present_since <= on and (use.id, risk.id) not in disclosed:
                yield (use.id, risk.id)


def _missing(
    commitment: Commitment,
    uses: Sequence[UseFacts],
    *,
    years: Mapping[int, YearFigures],
    on: date,
) -> Iterator[str]:
    """Annual figures that are needed because some use changed costs or revenue."""
    for threshold in commitment.thresholds:
        if isinstance(threshold, CostOrRevenue):
            for name, whole in _figures(threshold, years):
                if whole is None and _amounts(threshold, uses, name=name, on=on):
                    yield f"{name} {threshold.base_year}"
