"""Reads of risks: the queue, one risk, and what belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from commonweal_web.house.paging import Page, page_of
from commonweal_web.house.refusals import NotHere
from commonweal_web.mitigations.models import (
    ChangeOrStop,
    ClassChange,
    Comment,
    Judgement,
    LikelihoodView,
    Mitigation,
    Risk,
    RiskGroup,
    StandingPresent,
)
from commonweal_web.mitigations.queries.as_domain import with_everything
from commonweal_web.organisations.models import Organisation

MOST_IN_A_FILE = 20_000


def queue(
    organisation: Organisation,
    *,
    on: date,
    words: str = "",
    use: str = "",
    severity_class: str = "",
    state: str = "",
) -> QuerySet[Risk]:
    """The risks that fit, gravest first, then likeliest, then longest present.

    `state` is "open", "answered", "change_or_stop" or "closed"; empty means all that are present.
    """
    rows = Risk.objects.of(organisation).filter(closed_on__isnull=state != "closed")
    if use:
        rows = rows.filter(use_id=use)
    if severity_class:
        rows = rows.filter(severity_class=severity_class)
    if words:
        rows = rows.filter(Q(own_title__icontains=words) | Q(use__name__icontains=words))
    narrowed = {
        "open": Q(answered_until__isnull=True) | Q(answered_until__lt=on),
        "answered": Q(answered_until__gte=on),
        "change_or_stop": Q(pk__in=_undecided(organisation).values("risk_id")),
    }
    return rows.filter(narrowed[state]) if state in narrowed else rows


def _undecided(organisation: Organisation | UUID) -> QuerySet[ChangeOrStop]:
    return ChangeOrStop.objects.of(organisation).filter(
        decided_on__isnull=True, ended_on__isnull=True
    )


def queue_page(rows: QuerySet[Risk], *, number: int, size: int = 50) -> Page[Risk]:
    """One page of the queue with everything its rows show."""
    return page_of(with_everything(rows), number=number, size=size)


def present_risks_of(use: Any, *, limit: int = 200) -> list[Risk]:
    """The risks present in one use, gravest first."""
    rows = Risk.objects.of(use.organisation_id).filter(use=use, closed_on__isnull=True)
    return list(with_everything(rows)[:limit])


def risk_of(organisation: Organisation, *, pk: UUID | str) -> Risk:
    """One risk with everything the rules look at. Raises `NotHere`."""
    found = with_everything(Risk.objects.of(organisation)).filter(pk=pk).first()
    if found is None:
        raise NotHere("not_found", "There is no such risk here.")
    return found


def mitigation_of(organisation: Organisation, *, pk: UUID | str) -> Mitigation:
    """One answer with its risk and groups. Raises `NotHere`."""
    rows = Mitigation.objects.of(organisation).select_related("risk__use", "owner")
    rows = rows.prefetch_related("groups__risk_group__group", "acceptances")
    found: Mitigation | None = rows.filter(pk=pk).first()
    if found is None:
        raise NotHere("not_found", "There is no such answer here.")
    return found


def decision_of(organisation: Organisation, *, pk: UUID | str) -> ChangeOrStop:
    """One decision to change or stop, with its risk and use. Raises `NotHere`."""
    rows = ChangeOrStop.objects.of(organisation).select_related("risk__use", "decided_by")
    found: ChangeOrStop | None = rows.filter(pk=pk).first()
    if found is None:
        raise NotHere("not_found", "There is no such decision here.")
    return found


def class_change_of(organisation: Organisation, *, pk: UUID | str) -> ClassChange:
    """One change of class with its risk. Raises `NotHere`."""
    rows = ClassChange.objects.of(organisation).select_related("risk")
    found: ClassChange | None = rows.filter(pk=pk).first()
    if found is None:
        raise NotHere("not_found", "There is no such change of class here.")
    return found


def judgements_of(risk: Risk, *, phase: str = "", limit: int = 300) -> list[Judgement]:
    """Every judgement, earliest first."""
    rows = Judgement.objects.of(risk.organisation_id).filter(risk=risk)
    rows = rows.filter(phase=phase) if phase else rows
    return list(rows.select_related("named_author", "rules")[:limit])


def likelihoods_of(risk: Risk, *, limit: int = 300) -> list[LikelihoodView]:
    """How likely each side found it, earliest first."""
    rows = LikelihoodView.objects.of(risk.organisation_id).filter(risk=risk)
    return list(rows.select_related("named_author")[:limit])


def presents_of(risk: Risk, *, limit: int = 500) -> list[StandingPresent]:
    """Which sides called it present, from when until when."""
    return list(StandingPresent.objects.of(risk.organisation_id).filter(risk=risk)[:limit])


def comments_of(risk: Risk, *, limit: int = 500) -> list[Comment]:
    """What was said about it, earliest first."""
    rows = Comment.objects.of(risk.organisation_id).filter(risk=risk)
    return list(rows.select_related("group", "named_author")[:limit])


def groups_of_risk(risk: Risk, *, keys: Sequence[str] | None = None) -> list[RiskGroup]:
    """Whom a risk touches; with `keys`, only those of its rows."""
    rows = RiskGroup.objects.of(risk.organisation_id).filter(risk=risk)
    rows = rows if keys is None else rows.filter(pk__in=keys)
    return list(rows.select_related("group__site")[:200])
