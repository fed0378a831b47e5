"""What this room adds to printed packs: the risks of a use with their answers, and severe ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from commonweal_web.house.declaration import Panel
from commonweal_web.mitigations import queries
from commonweal_web.mitigations.models import Risk
from commonweal_web.mitigations.models.words import SeverityClass
from commonweal_web.mitigations.permissions import SEE_RISKS
from commonweal_web.mitigations.queries.portfolio import JUDGED

if TYPE_CHECKING:
    from commonweal_web.organisations.models import Organisation
    from commonweal_web.record.actor import Actor
    from commonweal_web.systems.models import Use

MOST = 60


def risks_for_pack(use: Use, *, actor: Actor, at: datetime) -> Panel | None:
    """Every present risk of a use: what it does to whom, and what was answered."""
    if not actor.may(SEE_RISKS):
        return None
    rows = [_row(risk, on=at.date()) for risk in queries.present_risks_of(use)]
    return Panel(order=20, template="mitigations/pack.html", context={"use": use, "rows": rows})


def _row(risk: Risk, *, on: date) -> dict[str, Any]:
    return {
        "risk": risk,
        "groups": list(risk.groups.all()),
        "state": queries.state_tag(risk, on=on),
        "answers": [each for each in risk.mitigations.all() if each.state != "withdrawn"],
        "decisions": list(risk.decisions.all()),
    }


def severe_for_board(
    organisation: Organisation, *, uses: Sequence[Use], actor: Actor, at: datetime
) -> Panel | None:
    """The risks judged high or critical in these uses that are present, gravest first."""
    if not actor.may(SEE_RISKS):
        return None
    severe = Risk.objects.of(organisation).filter(
        JUDGED,
        use__in=[use.pk for use in uses],
        closed_on__isnull=True,
        severity_class__gte=SeverityClass.HIGH,
    )
    found = queries.with_everything(severe.order_by("-severity_class", "queue_place", "id"))
    rows = [_row(risk, on=at.date()) for risk in found[:MOST]]
    context = {"rows": rows, "more": max(0, severe.count() - MOST)}
    return Panel(order=10, template="mitigations/board.html", context=context)
