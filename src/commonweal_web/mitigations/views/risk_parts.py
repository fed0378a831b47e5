"""What the page of one risk shows, gathered for its template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from commonweal.shared.severity import FACETS, Severity
from commonweal_web.house.requests import PersonRequest
from commonweal_web.layout.parts import Need
from commonweal_web.mitigations import permissions, queries
from commonweal_web.mitigations.anchors import meaning
from commonweal_web.mitigations.models import Acceptance, Judgement, Mitigation, Risk, RiskGroup
from commonweal_web.mitigations.models.words import Phase, State
from commonweal_web.mitigations.queries.states import GAP_WORDS, StateTag, gaps_of, whose_move
from commonweal_web.mitigations.queries.voices import Speakers, undecided_groups
from commonweal_web.people.roles import BY_NAME


@dataclass(frozen=True, slots=True)
class FacetWords:
    """One facet of one judgement: its score, its sentence, and why."""

    score: int | None
    words: str
    because: str


@dataclass(frozen=True, slots=True)
class SideJudgement:
    """One side's judgement of one kind of harm, with the sentences it chose."""

    row: Judgement
    scale: FacetWords
    scope: FacetWords
    irremediability: FacetWords


def side_judgements(risk: Risk, *, phase: str) -> list[SideJudgement]:
    """The judgements that count, as words."""
    found = [row for row in queries.judgements_of(risk, phase=phase) if row.is_current]
    return [
        SideJudgement(row, **{name: _facet(row, name=name) for name in FACETS}) for row in found
    ]


def _facet(row: Judgement, *, name: str) -> FacetWords:
    score = getattr(row, name)
    rules = queries.rules_of(row.rules)
    words = meaning(rules, harm=row.harm, facet=name, score=score)
    return FacetWords(score, words, getattr(row, f"{name}_because"))


@dataclass(frozen=True, slots=True)
class GroupDecision:
    """What a group said about an answer; None while it has said nothing."""

    group: RiskGroup
    said: Acceptance | None


@dataclass(frozen=True, slots=True)
class AnswerCard:
    """One answer with what the reader may do about it."""

    row: Mitigation
    tag: StateTag
    groups: list[GroupDecision]
    checks: list[Any]
    may_decide: bool
    may_assign: bool
    may_carry_out: bool
    may_check: bool
    may_withdraw: bool


def answer_cards(risk: Risk, *, request: PersonRequest, speaking: Speakers) -> list[AnswerCard]:
    """The answers to a risk, latest first."""
    return [
        _card(row, risk=risk, request=request, speaking=speaking)
        for row in reversed(list(risk.mitigations.all()))
    ]


def _card(
    row: Mitigation, *, risk: Risk, request: PersonRequest, speaking: Speakers
) -> AnswerCard:
    by, here = request.actor, risk.closed_on is None
    own_use = by.may(permissions.CARRY_ANSWER) and here
    said = {each.risk_group_id: each for each in row.acceptances.all() if each.is_current}
    return AnswerCard(
        row=row,
        tag=queries.mitigation_tag(row),
        groups=[
            GroupDecision(each.risk_group, said.get(each.risk_group_id))
            for each in row.groups.all()
        ],
        checks=list(row.checks.all()),
        may_decide=here
        and row.state == State.PROPOSED
        and by.may(permissions.DECIDE_FOR_GROUP)
        and any(speaking.may_decide(by, group=group.pk) for group in undecided_groups(row)),
        may_assign=own_use and row.state in (State.PROPOSED, State.ACCEPTED),
        may_carry_out=own_use and row.state == State.ACCEPTED,
        may_check=here
        and by.may(permissions.CHECK_EFFECT)
        and row.state in (State.CARRIED_OUT, State.EFFECTIVE),
        may_withdraw=here
        and row.state in (State.PROPOSED, State.ACCEPTED)
        and row.named_author_id is not None
        and row.side in _sides(request)
        and by.may(permissions.PROPOSE_ANSWER),
    )


def _sides(request: PersonRequest) -> set[str]:
    return {grant.side for grant in request.actor.grants}


def needs_of(risk: Risk, *, request: PersonRequest) -> list[Need]:
    """What is missing before the risk counts as answered, and whose move each is."""
    names = {str(group.pk): str(group) for group in risk.groups.all()}
    found = gaps_of(risk, on=request.now.date()) if risk.closed_on is None else ()
    needs = []
    for gap in found:
        role = whose_move(risk, gap=gap.kind)
        text = str(GAP_WORDS[gap.kind])
        if gap.group:
            text = _("%(group)s: %(gap)s") % {"group": names[gap.group], "gap": text}
        needs.append(
            Need(
                text=text[:1].upper() + text[1:],
                side=role.side.value,
                who=BY_NAME[role.value].title,
            )
        )
    return needs


def facet_rows(risk: Risk) -> list[tuple[str, Severity]]:
    """The harm if nothing is done, and what remains, side by side."""
    rows = [(str(Phase.INHERENT.label), risk.inherent)]
    return [*rows, (str(Phase.RESIDUAL.label), risk.residual)] if risk.has_residual else rows


def risk_trail(risk: Risk, *, last: str = "") -> list[tuple[str, str]]:
    """The way to the page of a risk, or to one below it."""
    here = reverse("desk:mitigations:risk", args=[risk.pk])
    one_use = f"{reverse('desk:mitigations:risks')}?use={risk.use_id}"
    trail = [(_("Risks"), reverse("desk:mitigations:risks")), (risk.use.name, one_use)]
    return [*trail, (risk.title, here), (last, "")] if last else [*trail, (risk.title, "")]
