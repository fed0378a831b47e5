"""Where the disclosure of uses stands: at gates, on the page of a use, and what waits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _

from commonweal.systems.gates import TO_IN_USE, YEARLY_REVIEW, Gate
from commonweal.systems.requirements import Requirement, RequirementState, Role
from commonweal_web.disclosure.models import CommitmentVersion, DutyMet, PublishedPage
from commonweal_web.disclosure.queries.duties import (
    Undisclosed,
    finding,
    standing_duties,
    undisclosed_of,
)
from commonweal_web.disclosure.queries.pages import latest_use_pages, lines_of
from commonweal_web.disclosure.queries.risks import RiskForPublic, present_risks
from commonweal_web.house.texts import in_english

if TYPE_CHECKING:
    from commonweal_web.systems.models import Use

MET, GAP, UNKNOWN = RequirementState.MET, RequirementState.GAP, RequirementState.UNKNOWN


@dataclass(frozen=True)
class UseState:
    """Where one use stands: its standing duties, its newest page, and what is not yet public."""

    duties: tuple[DutyMet, ...]
    page: PublishedPage | None
    undisclosed: Undisclosed | None
    is_outdated: bool

    @property
    def is_up_to_date(self) -> bool:
        """Whether the public reads everything that it must read, as it is now."""
        return self.undisclosed is None and not self.is_outdated


def use_states(uses: Sequence[Use], *, on: date) -> dict[UUID, UseState]:
    """Where each of these uses of one organisation stands, in a constant number of statements.

    What is public keeps our words in English, so what is true now is compared in English too.
    """
    with in_english():
        return _states(uses, on=on) if uses else {}


def _states(uses: Sequence[Use], *, on: date) -> dict[UUID, UseState]:
    owner = uses[0].organisation_id
    duties = _by_use(standing_duties(owner, uses=uses))
    pages = {page.use_id: page for page in latest_use_pages(owner, uses=uses)}
    risks = (
        {each.id: each for each in present_risks(uses[0].organisation, on=on, uses=[*duties])}
        if duties
        else {}
    )
    return {
        use.pk: _state(duties.get(use.pk, ()), page=pages.get(use.pk), risks=risks, on=on)
        for use in uses
    }


def _by_use(rows: Iterable[DutyMet]) -> dict[UUID, list[DutyMet]]:
    found: dict[UUID, list[DutyMet]] = {}
    for row in rows:
        found.setdefault(row.use_id, []).append(row)
    return found


def _state(
    duties: Sequence[DutyMet],
    *,
    page: PublishedPage | None,
    risks: Mapping[str, RiskForPublic],
    on: date,
) -> UseState:
    lines = lines_of(duties, risks=risks, today=on)
    published: list[Any] = page.payload["lines"] if page and not page.is_withdrawn else []
    return UseState(
        duties=tuple(duties),
        page=page,
        undisclosed=next(iter(undisclosed_of(duties, on=on)), None),
        is_outdated=_by_id(lines) != _by_id(published),
    )


def _by_id(lines: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {each["id"]: each for each in lines}


def disclosure_up_to_date(
    uses: Sequence[Use], *, gate: Gate, at: datetime
) -> Mapping[UUID, Sequence[Requirement]]:
    """Before a use goes into use, and at each review: the public reads what was promised."""
    if gate not in (TO_IN_USE, YEARLY_REVIEW) or not uses:
        return {}
    today = at.date()
    states = use_states(uses, on=today)
    found = finding(uses[0].organisation, on=today, uses=[use.pk for use in uses])
    unjudged = {each.use for each in found.unjudged} if found else set()
    commitment = found.commitment if found else None
    return {
        use.pk: [
            _requirement(
                use, state=states[use.pk], commitment=commitment, is_unjudged=use.pk in unjudged
            )
        ]
        for use in uses
    }


def _requirement(
    use: Use, *, state: UseState, commitment: CommitmentVersion | None, is_unjudged: bool
) -> Requirement:
    where, detail = _judged(state, commitment=commitment, is_unjudged=is_unjudged)
    page = "desk:disclosure:publish_use" if commitment else "desk:disclosure:adopt"
    return Requirement(
        code="disclosure",
        title=_("What the public reads is up to date"),
        state=where,
        role=Role.PEOPLE_LEAD,
        detail=detail,
        link_name=page,
        link_args={"pk": str(use.pk)} if commitment else {},
    )


def _judged(
    state: UseState, *, commitment: CommitmentVersion | None, is_unjudged: bool
) -> tuple[RequirementState, str]:
    if commitment is None:
        return GAP, _("There is no public commitment in force. Write one first.")
    if state.undisclosed is not None:
        days = state.undisclosed.days
        return GAP, _("A threshold is met and undisclosed for %(n)s days. Publish the page.") % {
            "n": days
        }
    if state.is_outdated:
        return GAP, _("What is true has changed since the page was published. Publish it anew.")
    if is_unjudged:
        return UNKNOWN, _("A risk is not fully judged and might reach the mark. Judge it first.")
    return MET, ""
