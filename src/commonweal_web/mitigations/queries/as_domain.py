"""The rows of a risk as the value that the rules of `commonweal.mitigations` judge."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Prefetch, QuerySet

from commonweal.mitigations import classes, mitigation, risk
from commonweal.mitigations.classes import SignOff
from commonweal.shared.severity import Likelihood, Severity, SeverityClass, joined
from commonweal_web.mitigations.models import (
    Acceptance,
    ChangeOrStop,
    ClassChange,
    Judgement,
    LikelihoodView,
    Mitigation,
    MitigationGroup,
    Risk,
    RiskGroup,
)


def with_everything(rows: QuerySet[Risk]) -> QuerySet[Risk]:
    """Read along what the rules look at, in a fixed number of statements."""
    return rows.select_related("use__owner", "rules").prefetch_related(
        Prefetch("groups", queryset=_groups()),
        Prefetch("class_changes", queryset=ClassChange.objects.order_by("counts_since")),
        "class_changes__sign_offs",
        Prefetch("mitigations", queryset=Mitigation.objects.select_related("owner")),
        Prefetch(
            "mitigations__groups", queryset=MitigationGroup.objects.select_related("risk_group")
        ),
        Prefetch(
            "mitigations__acceptances",
            queryset=Acceptance.objects.select_related("risk_group", "account"),
        ),
        "mitigations__checks",
        "decisions",
    )


def _groups() -> QuerySet[RiskGroup]:
    rows = RiskGroup.objects.select_related("group__site")
    return rows.order_by("group__name", "outside_name", "id")


def risk_value(row: Risk) -> risk.Risk:
    """A risk read with `with_everything`, as the rules see it."""
    return risk.Risk(
        id=str(row.pk),
        title=row.title,
        groups=tuple(group_value(each) for each in row.groups.all()),
        inherent=row.inherent,
        residual=row.residual if row.has_residual else None,
        likelihood=Likelihood(row.likelihood),
        class_changes=tuple(_class_changes(row)),
        mitigations=tuple(mitigation_value(each) for each in row.mitigations.all()),
        nothing_helps=bool(row.nothing_helps_because),
        decided=_decided(row.decisions.all()),
    )


def group_value(row: RiskGroup) -> risk.AffectedGroup:
    """A group as the rules see it.

    Every decision was checked when it was made, and stays made when representatives change: so
    each group counts as represented here, and each decision as theirs.
    """
    return risk.AffectedGroup(
        id=str(row.pk), has_representatives=True, vulnerable_because=row.vulnerable_because
    )


def mitigation_value(row: Mitigation) -> mitigation.Mitigation:
    """An answer with what each group last decided about it."""
    return mitigation.Mitigation(
        id=str(row.pk),
        kind=mitigation.Kind(row.kind),
        text=row.text,
        groups=frozenset(str(each.risk_group_id) for each in row.groups.all()),
        owner=str(row.owner_id or ""),
        due=row.due,
        state=mitigation.State(row.state),
        acceptances=tuple(
            mitigation.Acceptance(
                group=str(each.risk_group_id),
                decided_by=mitigation.DecidedBy.REPRESENTATIVES,
                decision=each.decision,
                on=each.at.date(),
                accepted=each.accepted,
                reason=each.reason,
            )
            for each in row.acceptances.all()
            if each.is_current
        ),
    )


def _class_changes(row: Risk) -> Iterable[classes.ClassChange]:
    for change in row.class_changes.all():
        if change.counts_since is not None:
            yield class_change_value(
                changed_from=change.changed_from,
                changed_to=change.changed_to,
                reason=change.reason,
                signed=[(str(each.account_id), each.role) for each in change.sign_offs.all()],
            )


def class_change_value(
    *, changed_from: int, changed_to: int, reason: str, signed: Iterable[tuple[str, str]]
) -> classes.ClassChange:
    """A change of class with those who signed it. Raises `ClassChangeError` when too few did."""
    return classes.ClassChange(
        changed_from=SeverityClass(changed_from),
        changed_to=SeverityClass(changed_to),
        reason=reason,
        sign_offs=tuple(
            SignOff(person=person, is_representative=role == "worker_representative")
            for person, role in signed
        ),
    )


def _decided(rows: Iterable[ChangeOrStop]) -> risk.Decided | None:
    counting = [row for row in rows if row.counts]
    if not counting:
        return None
    last = counting[-1]
    return risk.Decided(
        outcome=risk.Outcome(last.outcome),
        decision=last.decision,
        reason=last.reason,
        on=last.decided_on or last.opened_on,
    )


def severity_of(judgements: Iterable[Judgement], *, phase: str) -> Severity:
    """The worst that any side found in any kind of harm, facet by facet."""
    return joined(row.severity for row in judgements if row.phase == phase and row.is_current)


def likelihood_of(views: Iterable[LikelihoodView]) -> Likelihood:
    """The likeliest that any side found; not judged when no side did."""
    found = [Likelihood(row.likelihood) for row in views if row.is_current]
    judged = [one for one in found if one is not Likelihood.NOT_JUDGED]
    return min(judged, key=lambda one: one.place, default=Likelihood.NOT_JUDGED)


def answered_until(value: risk.Risk) -> date | None:
    """The last day on which the risk counts as answered; None when it does not today either.

    As days go by a risk can only fall behind, and only when a due date passes: so the due dates
    are all there is to try.
    """
    days = [date.max, *(each.due for each in value.mitigations if each.due is not None)]
    return max((day for day in days if risk.answered(value, on=day)), default=None)


def place_text(key: tuple[int, ...]) -> str:
    """A place in the queue as text that sorts like it: every part is a single figure above -9."""
    *before, likelihood = key
    return "".join(str(9 + part) for part in before) + str(likelihood)
