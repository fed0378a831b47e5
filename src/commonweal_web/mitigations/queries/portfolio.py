"""What this room adds to the line of a use: open risks, the gravest class, days of answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Max, Q
from django.utils.translation import gettext_lazy as _

from commonweal_web.house.declaration import Text, UseLine
from commonweal_web.mitigations.models import Mitigation, Risk
from commonweal_web.mitigations.models.words import SeverityClass, State

if TYPE_CHECKING:
    from commonweal_web.systems.models import Use

WORDS: dict[str, Text] = {
    "answer": _("An answer to a risk is to be carried out"),
    **{f"class:{each.value}": each.label for each in SeverityClass},
}
JUDGED = (
    Q(inherent_scale__isnull=False)
    | Q(inherent_scope__isnull=False)
    | Q(inherent_irremediability__isnull=False)
)


def risks_in_line(uses: Sequence[Use], *, at: datetime) -> dict[UUID, UseLine]:
    """Risks that are present and not answered, the gravest judged class, and what is due."""
    due = _due(uses)
    lines = {use: UseLine(dates=tuple(days)) for use, days in due.items()}
    for use, count, unjudged, gravest in _open(uses, on=at.date()):
        lines[use] = replace(
            lines.get(use, UseLine()), open_risks=count, unjudged_risks=unjudged, gravest=gravest
        )
    return lines


def _open(uses: Sequence[Use], *, on: date) -> list[tuple[UUID, int, int, int | None]]:
    unanswered = Q(answered_until__isnull=True) | Q(answered_until__lt=on)
    rows = Risk.objects.filter(_of(uses, "use"), unanswered, closed_on__isnull=True)
    counted = (
        rows.order_by()
        .values("use_id")
        .annotate(
            count=Count("pk"),
            unjudged=Count("pk", filter=~JUDGED),
            gravest=Max("severity_class", filter=JUDGED),
        )
    )
    return list(counted.values_list("use_id", "count", "unjudged", "gravest"))


def _due(uses: Sequence[Use]) -> dict[UUID, list[tuple[date, str]]]:
    rows = Mitigation.objects.filter(
        _of(uses, "risk__use"),
        state=State.ACCEPTED,
        due__isnull=False,
        risk__closed_on__isnull=True,
    )
    found: dict[UUID, list[tuple[date, str]]] = {}
    for use, due in rows.values_list("risk__use_id", "due"):
        found.setdefault(use, []).append((due, "answer"))
    return found


def _of(uses: Sequence[Use], path: str) -> Q:
    owners = {use.organisation_id for use in uses}
    return Q(organisation_id__in=owners) & Q(**{f"{path}__in": [use.pk for use in uses]})
