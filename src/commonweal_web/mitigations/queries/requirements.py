"""What the risks of a use ask at a gate: answered, and their effect checked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from commonweal.systems.gates import TO_IN_USE, TO_PILOTING, YEARLY_REVIEW, Gate
from commonweal.systems.requirements import Requirement, RequirementState, Role
from commonweal_web.mitigations.models import ChangeOrStop, Mitigation, Risk
from commonweal_web.mitigations.models.words import State
from commonweal_web.mitigations.queries.as_domain import with_everything
from commonweal_web.mitigations.queries.states import GAP_WORDS, first_gap, gaps_of, whose_move

if TYPE_CHECKING:
    from commonweal_web.systems.models import Use

ANSWERED_AT = (TO_PILOTING, TO_IN_USE, YEARLY_REVIEW)
CHECKED_AT = (TO_IN_USE, YEARLY_REVIEW)
YEAR = timedelta(days=366)
MET, GAP = RequirementState.MET, RequirementState.GAP

Answer = Mapping[UUID, Sequence[Requirement]]


def answered_risks(uses: Sequence[Use], *, gate: Gate, at: datetime) -> Answer:
    """Each present risk has an accepted answer with somebody and a day, or was decided."""
    if gate not in ANSWERED_AT:
        return {}
    found: dict[UUID, list[Requirement]] = defaultdict(list)
    unanswered = Q(answered_until__isnull=True) | Q(answered_until__lt=at.date())
    for row in with_everything(_present(uses).filter(unanswered)):
        found[row.use_id].append(_unanswered(row, at=at))
    present = set(_present(uses).values_list("use_id", flat=True))
    return {
        use.pk: found.get(use.pk) or [_nothing_open(has_risks=use.pk in present)] for use in uses
    }


def _nothing_open(*, has_risks: bool) -> Requirement:
    """A list without risks shows nothing yet: an answer is only there where there was a risk."""
    return Requirement(
        code="risks",
        title=_("Each present risk is answered"),
        state=MET if has_risks else RequirementState.NOT_APPLICABLE,
        role=Role.USE_OWNER,
        detail="" if has_risks else _("No risk is on the list."),
    )


def _unanswered(row: Risk, *, at: datetime) -> Requirement:
    gap = first_gap(gaps_of(row, on=at.date()))
    return Requirement(
        code=f"risk:{row.pk}",
        title=_("Answer “%(risk)s”") % {"risk": row.title},
        state=GAP,
        role=whose_move(row, gap=gap),
        detail=str(GAP_WORDS[gap]),
        link_name="desk:mitigations:risk",
        link_args={"pk": str(row.pk)},
    )


def decided_change_or_stop(uses: Sequence[Use], *, gate: Gate, at: datetime) -> Answer:
    """No use goes on while it is open whether to change or to stop it; asked at every gate."""
    rows = ChangeOrStop.objects.filter(_owners(uses), risk__use__in=uses)
    waiting = rows.filter(
        decided_on__isnull=True, ended_on__isnull=True, risk__closed_on__isnull=True
    )
    found: dict[UUID, list[Requirement]] = defaultdict(list)
    for row in waiting.select_related("risk"):
        found[row.risk.use_id].append(
            Requirement(
                code=f"change_or_stop:{row.pk}",
                title=_("Decide: change the use or stop it"),
                state=GAP,
                role=Role.EXECUTIVE,
                detail=_("Nothing helps against “%(risk)s”.") % {"risk": row.risk.title},
                link_name="desk:mitigations:decision",
                link_args={"pk": str(row.pk)},
            )
        )
    return found


def checked_effects(uses: Sequence[Use], *, gate: Gate, at: datetime) -> Answer:
    """Every answer that counts was carried out and checked; for the yearly gate, this year."""
    if gate not in CHECKED_AT:
        return {}
    rows = Mitigation.objects.filter(
        _owners(uses), risk__use__in=uses, risk__closed_on__isnull=True
    ).annotate(last_check=Max("checks__at"))
    unchecked = Q(state__in=(State.ACCEPTED, State.CARRIED_OUT))
    if gate == YEARLY_REVIEW:
        unchecked |= Q(state=State.EFFECTIVE, last_check__lt=at - YEAR)
    waiting = rows.filter(unchecked).select_related("risk")
    found: dict[UUID, list[Requirement]] = defaultdict(list)
    for row in waiting:
        found[row.risk.use_id].append(_unchecked(row))
    met = Requirement(
        code="effects",
        title=_("The effect of each answer was checked"),
        state=MET,
        role=Role.USE_OWNER,
    )
    return {use.pk: found.get(use.pk) or [met] for use in uses}


def _unchecked(row: Mitigation) -> Requirement:
    return Requirement(
        code=f"effect:{row.pk}",
        title=_("Check the effect of the answer to “%(risk)s”") % {"risk": row.risk.title},
        state=GAP,
        role=Role.USE_OWNER,
        detail=_("Carry out “%(answer)s” and check whether it works.") % {"answer": str(row)},
        link_name="desk:mitigations:risk",
        link_args={"pk": str(row.risk_id)},
        due=row.due,
    )


def _present(uses: Sequence[Use]):  # type: ignore[no-untyped-def]
    return Risk.objects.filter(_owners(uses), use__in=uses, closed_on__isnull=True)


def _owners(uses: Sequence[Use]) -> Q:
    return Q(organisation_id__in={use.organisation_id for use in uses})


GATE_REQUIREMENTS = (answered_risks, decided_change_or_stop, checked_effects)
