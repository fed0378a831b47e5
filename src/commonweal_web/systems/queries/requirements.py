"""What this room asks at a gate: a full description, somebody answerable, no hard block."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from commonweal.systems.gates import ROLL_OUT_VOTE, TO_IN_USE, YEARLY_REVIEW, Gate
from commonweal.systems.hard_blocks import hard_block_requirements
from commonweal.systems.requirements import (
    Requirement,
    RequirementKind,
    RequirementState,
    Role,
)
from commonweal_web.organisations.models import Owned
from commonweal_web.systems.models import AffectedGroup, Incident, PaperVote, Use
from commonweal_web.systems.queries.attention import classification_of, declared_of

MET, GAP = RequirementState.MET, RequirementState.GAP
PAGE = "desk:systems:use"


def description_requirements(
    uses: Sequence[Use], *, gate: Gate, at: datetime
) -> Mapping[UUID, Sequence[Requirement]]:
    """Described, classified, with affected groups and an owner; asked at every gate."""
    touched = set(_of(AffectedGroup, uses).values_list("use_id", flat=True))
    return {use.pk: _description(use, is_touched=use.pk in touched) for use in uses}


def _description(use: Use, *, is_touched: bool) -> list[Requirement]:
    described = bool(use.name and use.purpose.strip() and use.outputs.strip())
    return [
        _evidence(
            "described",
            _("The use is described"),
            met=described,
            detail=_("Say what it is for and what it gives out."),
            page="desk:systems:describe",
            use=use,
        ),
        _evidence(
            "classified",
            _("The use is classified"),
            met=classification_of(use.classification).is_complete,
            detail=_("Say how it is built in, where people meet it, and how it works."),
            page="desk:systems:classify",
            use=use,
        ),
        _evidence(
            "affected_groups",
            _("The people it touches are named"),
            met=is_touched,
            detail=_("Name the worker groups and other people it touches."),
            page="desk:systems:groups",
            use=use,
        ),
        _evidence(
            "owner",
            _("Somebody answers for it"),
            met=use.owner_id is not None,
            detail=_("Name the manager who answers for this use."),
            page="desk:systems:owner",
            use=use,
            role=Role.PEOPLE_LEAD,
        ),
    ]


def _evidence(
    code: str,
    title: str,
    *,
    met: bool,
    detail: str,
    page: str,
    use: Use,
    role: Role = Role.USE_OWNER,
) -> Requirement:
    return Requirement(
        code=code,
        title=title,
        state=MET if met else GAP,
        role=role,
        detail="" if met else detail,
        link_name=page,
        link_args={"pk": str(use.pk)},
    )


def never_allowed(
    uses: Sequence[Use], *, gate: Gate, at: datetime
) -> Mapping[UUID, Sequence[Requirement]]:
    """No guessing of feelings, no prediction of union activity: at every gate, for everyone."""
    return {
        use.pk: hard_block_requirements(
            declared_of(use), link_name="desk:systems:facts", link_args={"pk": str(use.pk)}
        )
        for use in uses
    }


def incidents_followed_up(
    uses: Sequence[Use], *, gate: Gate, at: datetime
) -> Mapping[UUID, Sequence[Requirement]]:
    """Every confirmed incident was answered and closed."""
    opened = _of(Incident, uses).filter(is_upheld=True, closed_on__isnull=True)
    waiting = set(opened.values_list("use_id", flat=True))
    return {
        use.pk: [
            _evidence(
                "incidents",
                _("Confirmed incidents are closed"),
                met=use.pk not in waiting,
                detail=_("Say what was done about each confirmed incident, and close it."),
                page="desk:systems:incidents",
                use=use,
            )
        ]
        for use in uses
    }


def roll_out_vote(
    uses: Sequence[Use], *, gate: Gate, at: datetime
) -> Mapping[UUID, Sequence[Requirement]]:
    """The workers a use touches voted for roll-out, and again after its purpose changed.

    The vote held last counts; one held before the purpose changed does not.
    """
    asked = [use for use in uses if gate is TO_IN_USE or _must_vote_again(use, gate=gate)]
    latest: dict[UUID, PaperVote] = {}
    for vote in _of(PaperVote, asked).order_by("held_on", "entered_at"):
        latest[vote.use_id] = vote
    return {use.pk: [_vote(use, vote=_in_time(latest.get(use.pk), use=use))] for use in asked}


def _must_vote_again(use: Use, *, gate: Gate) -> bool:
    return gate is YEARLY_REVIEW and use.purpose_changed_on is not None


def _in_time(vote: PaperVote | None, *, use: Use) -> PaperVote | None:
    changed = use.purpose_changed_on
    return None if vote is None or (changed and vote.held_on < changed) else vote


def _vote(use: Use, *, vote: PaperVote | None) -> Requirement:
    missing = _("No roll-out vote of the affected workers is on the record. Hold it first.")
    return Requirement(
        code=ROLL_OUT_VOTE,
        title=_("Roll-out vote"),
        state=MET if vote is not None and vote.is_adopted else GAP,
        kind=RequirementKind.VOTE,
        role=Role.WORKER_REPRESENTATIVE,
        detail=_result(vote) if vote is not None else missing,
        link_name="desk:systems:vote",
        link_args={"pk": str(use.pk)},
    )


def _result(vote: PaperVote) -> str:
    """What came of a vote; the counts only where they single nobody out."""
    outcome = (
        _("The vote adopted it.")
        if vote.is_adopted
        else _("The vote did not adopt it, or too few took part.")
    )
    if not vote.counts_may_be_shown:
        return outcome
    counts = _("%(yes)s yes, %(no)s no, %(abstain)s abstained, of %(all)s who could vote.")
    said = counts % {
        "yes": vote.yes,
        "no": vote.no,
        "abstain": vote.abstain,
        "all": vote.electorate,
    }
    return f"{outcome} {said}"


def _of(model: type[Owned], uses: Iterable[Use]) -> QuerySet[Any]:
    rows = list(uses)
    owners = {use.organisation_id for use in rows}
    return model.objects.filter(organisation_id__in=owners, use__in=rows)


GATE_REQUIREMENTS = (
    description_requirements,
    never_allowed,
    incidents_followed_up,
    roll_out_vote,
)
