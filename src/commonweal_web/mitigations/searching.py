"""What of this room can be found: risks, and decisions to change a use or to stop it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonweal_web.house.searching import (
    SearchHit,
    SearchReader,
    SearchSource,
    SearchText,
    Touched,
    rows_found,
)
from commonweal_web.house.texts import day_text
from commonweal_web.mitigations.models import ChangeOrStop, Risk
from commonweal_web.mitigations.permissions import SEE_OWN_RISKS, SEE_RISKS
from commonweal_web.mitigations.queries.voices import own_group_ids, risk_ids_touching

if TYPE_CHECKING:
    from commonweal_web.house.searching import Visible


def _risks(reader: SearchReader) -> Visible:
    """At a desk all of them, as in the list; else those that touch the reader's own groups."""
    if reader.audience == "desk":
        return reader.actor.may(SEE_RISKS)
    if not reader.actor.may(SEE_OWN_RISKS):
        return False
    groups = own_group_ids(reader.account, on=reader.on)
    # A group's key is its id: named once more, so that one index answers for one risk.
    ids = risk_ids_touching(reader.organisation, groups=groups).filter(key__in=groups)
    return Touched(groups, ids=ids)


def _decisions(reader: SearchReader) -> Visible:
    """The decisions about the risks that the reader may open."""
    risks = _risks(reader)
    if isinstance(risks, bool):
        return risks
    # Decisions are few and risks may be many: each decision's own risk is looked up.
    touching = Exists(risks.ids.filter(risk_id=OuterRef("risk_id")))
    ids = ChangeOrStop.objects.of(reader.organisation).filter(touching).values("pk")
    return Touched(risks.groups, ids=ids)


def _groups_of(risk: Risk) -> list[UUID]:
    return [each.group_id for each in risk.groups.all() if each.group_id]


def _words_of_risk(risk: Risk) -> SearchText:
    return SearchText(
        title=risk.title, text=(risk.description, risk.use.name), groups=_groups_of(risk)
    )


def _words_of_decision(row: ChangeOrStop) -> SearchText:
    return SearchText(
        title=row.risk.title,
        text=(row.because, row.reason, row.decision, row.risk.use.name),
        groups=_groups_of(row.risk),
    )


def _risk_hits(ids: Sequence[UUID], *, reader: SearchReader) -> Mapping[UUID, SearchHit]:
    rows = rows_found(Risk.objects.select_related("use"), ids=ids, reader=reader)
    page = f"{reader.audience}:mitigations:risk"
    return {
        risk.pk: SearchHit(
            title=risk.title,
            text=_("In “%(use)s”. %(description)s")
            % {"use": risk.use.name, "description": risk.description},
            state=_risk_state(risk, on=reader.on),
            url=reverse(page, args=[risk.pk]),
        )
        for risk in rows
    }


def _risk_state(risk: Risk, *, on: date) -> str:
    if risk.closed_on is not None:
        return _("closed")
    if risk.answered_until is not None and risk.answered_until >= on:
        return _("answered")
    return _("not answered yet")


def _decision_hits(ids: Sequence[UUID], *, reader: SearchReader) -> Mapping[UUID, SearchHit]:
    rows = ChangeOrStop.objects.select_related("risk__use")
    return {
        row.pk: SearchHit(
            title=_("Change “%(use)s”, or stop it?") % {"use": row.risk.use.name},
            text=_("Because of “%(risk)s”. %(because)s")
            % {"risk": row.risk.title, "because": row.because},
            state=_decision_state(row),
            url=_decision_page(row, reader=reader),
        )
        for row in rows_found(rows, ids=ids, reader=reader)
    }


def _decision_state(row: ChangeOrStop) -> str:
    if row.is_open:
        return _("not decided yet")
    if row.decided_on is None:
        return _("no longer had to be decided")
    return _("decided on %(day)s: %(outcome)s") % {
        "day": day_text(row.decided_on),
        "outcome": row.get_outcome_display(),
    }


def _decision_page(row: ChangeOrStop, *, reader: SearchReader) -> str:
    """Workers read a decision on the page of its risk."""
    if reader.audience == "desk":
        return reverse("desk:mitigations:decision", args=[row.pk])
    return reverse("my:mitigations:risk", args=[row.risk_id])


SEARCH = (
    SearchSource(
        kind="risk",
        order=20,
        title=gettext_lazy("Risks"),
        model="mitigations.Risk",
        text_of=_words_of_risk,
        visible=_risks,
        hits=_risk_hits,
        read_with=("use",),
        lists=("groups",),
        follows={"systems.Use": "use"},
        parts={"mitigations.RiskGroup": "risk_id"},
    ),
    SearchSource(
        kind="decision",
        order=30,
        title=gettext_lazy("Decisions"),
        model="mitigations.ChangeOrStop",
        text_of=_words_of_decision,
        visible=_decisions,
        hits=_decision_hits,
        read_with=("risk__use",),
        lists=("risk__groups",),
        follows={"mitigations.Risk": "risk"},
    ),
)
