"""Proposing, accepting, carrying out and checking answers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.mitigations import actions, queries
from commonweal_web.mitigations.forms import (
    AcceptForm,
    AssignForm,
    CheckForm,
    NoteForm,
    ProposalForm,
    ReasonForm,
    RefuseForm,
)
from commonweal_web.mitigations.models import Mitigation
from commonweal_web.mitigations.permissions import (
    CARRY_ANSWER,
    CHECK_EFFECT,
    DECIDE_FOR_GROUP,
    PROPOSE_ANSWER,
)
from commonweal_web.mitigations.queries.voices import undecided_groups
from commonweal_web.mitigations.views.form_page import FormPage, acting, answer
from commonweal_web.mitigations.views.risk_parts import risk_trail
from commonweal_web.people.queries import people_of, person_of
from commonweal_web.people.roles import MANAGEMENT


@require_http_methods(["GET", "HEAD", "POST"])
@needs(PROPOSE_ANSWER)
def propose(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Propose an answer to a risk."""
    row = queries.risk_of(request.organisation, pk=pk)
    groups = [(str(each.pk), str(each)) for each in row.groups.all()]
    form = ProposalForm(request.POST or None, groups=groups)

    def act(facts: dict[str, Any]) -> None:
        actions.propose_mitigation(
            **acting(request),
            risk=row,
            kind=facts["kind"],
            text=facts["text"],
            groups=[UUID(key) for key in facts["groups"]],
        )

    page = FormPage(
        title=_("What should be done about it?"),
        lead=row.title,
        note=_("An answer counts once every group it is for has accepted it."),
        button=_("Propose this answer"),
        done=_("The proposal stands. The groups it is for decide next."),
        back=_back(row.pk),
        trail=risk_trail(row, last=_("Propose an answer")),
    )
    return answer(request, form=form, act=act, page=page)


def _back(risk: UUID) -> str:
    return reverse("desk:mitigations:risk", args=[risk])


def _deciding(request: PersonRequest, *, row: Mitigation) -> list[tuple[str, str]]:
    """The undecided groups that the reader may speak for."""
    groups = undecided_groups(row)
    speaking = queries.speakers(groups, organisation=request.organisation, on=request.now.date())
    mine = [group for group in groups if speaking.may_decide(request.actor, group=group.pk)]
    return [(str(group.pk), str(group)) for group in mine]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(DECIDE_FOR_GROUP)
def accept(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Accept an answer for the groups one speaks for."""
    row = queries.mitigation_of(request.organisation, pk=pk)
    form = AcceptForm(request.POST or None, groups=_deciding(request, row=row))

    def act(facts: dict[str, Any]) -> None:
        actions.accept_mitigation(
            **acting(request),
            mitigation=row,
            groups=[UUID(key) for key in facts["groups"]],
            decision=facts["decision"],
        )

    page = FormPage(
        title=_("Do you accept this answer?"),
        lead=row.text,
        note=_(
            "Representatives decide for their groups. Where a group has none, its majority "
            "decides, and the registrar writes here which vote that was."
        ),
        button=_("Accept it"),
        done=_("Accepted. The answer counts once all its groups have accepted it."),
        back=_back(row.risk_id),
        trail=risk_trail(row.risk, last=_("Accept")),
    )
    return answer(request, form=form, act=act, page=page)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(DECIDE_FOR_GROUP)
def refuse(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Refuse an answer for a group, with a reason."""
    row = queries.mitigation_of(request.organisation, pk=pk)
    form = RefuseForm(request.POST or None, groups=_deciding(request, row=row))

    def act(facts: dict[str, Any]) -> None:
        actions.refuse_mitigation(
            **acting(request),
            mitigation=row,
            group=UUID(facts["group"]),
            decision=facts["decision"],
            reason=facts["reason"],
        )

    page = FormPage(
        title=_("Do you refuse this answer?"),
        lead=row.text,
        note=_("When one group refuses, the whole answer is refused. Everybody reads why."),
        button=_("Refuse it"),
        done=_("Refused. A better answer is needed."),
        back=_back(row.risk_id),
        trail=risk_trail(row.risk, last=_("Refuse")),
    )
    return answer(request, form=form, act=act, page=page)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(CARRY_ANSWER)
def assign(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Say who carries an answer out, and by when."""
    row = queries.mitigation_of(request.organisation, pk=pk)
    managers = [
        (str(each.pk), each.name)
        for each in people_of(request.organisation, on=request.now.date())
        if each.is_active and {one.role for one in each.current_roles} & set(MANAGEMENT)  # type: ignore[attr-defined]
    ]
    form = AssignForm(
        request.POST or None, people=managers, initial={"owner": row.owner_id, "due": row.due}
    )

    def act(facts: dict[str, Any]) -> None:
        owner = person_of(request.organisation, pk=facts["owner"])
        actions.assign_owner_and_due(
            **acting(request), mitigation=row, owner=owner, due=facts["due"]
        )

    page = FormPage(
        title=_("Who does it, and by when?"),
        lead=row.text,
        button=_("Save"),
        done=_("Saved."),
        back=_back(row.risk_id),
        trail=risk_trail(row.risk, last=_("Who and when")),
    )
    return answer(request, form=form, act=act, page=page)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(CARRY_ANSWER)
def carried_out(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Say that an answer was carried out."""
    row = queries.mitigation_of(request.organisation, pk=pk)
    form = NoteForm(request.POST or None)

    def act(facts: dict[str, Any]) -> None:
        actions.carry_out(**acting(request), mitigation=row, note=facts["note"])

    page = FormPage(
        title=_("Was it carried out?"),
        lead=row.text,
        note=_("Its effect is checked next."),
        button=_("It was carried out"),
        done=_("Saved. Check next whether it works."),
        back=_back(row.risk_id),
        trail=risk_trail(row.risk, last=_("Carried out")),
    )
    return answer(request, form=form, act=act, page=page)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(CHECK_EFFECT)
def check(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Say whether an answer works."""
    row = queries.mitigation_of(request.organisation, pk=pk)
    form = CheckForm(request.POST or None)

    def act(facts: dict[str, Any]) -> None:
        actions.check_effect(**acting(request), mitigation=row, **facts)

    remains = f"{reverse('desk:mitigations:judge', args=[row.risk_id])}?phase=residual"
    page = FormPage(
        title=_("Does this answer work?"),
        lead=row.text,
        note=_(
            "Ask the people it is for. If it does not work and no other answer is left, a "
            "decision opens: change the use or stop it. Say next how grave what remains is."
        ),
        button=_("Save this check"),
        done=_("Saved. Now judge what remains of the harm."),
        back=remains,
        trail=risk_trail(row.risk, last=_("Check the effect")),
    )
    return answer(request, form=form, act=act, page=page)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(PROPOSE_ANSWER)
def withdraw(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Take one's own side's answer back."""
    row = queries.mitigation_of(request.organisation, pk=pk)
    form = ReasonForm(request.POST or None)

    def act(facts: dict[str, Any]) -> None:
        actions.withdraw_mitigation(**acting(request), mitigation=row, reason=facts["reason"])

    page = FormPage(
        title=_("Take this answer back?"),
        lead=row.text,
        note=_("It no longer counts at a gate. Workers read your reason."),
        button=_("Take it back"),
        done=_("It was taken back."),
        back=_back(row.risk_id),
        is_alarming=True,
        trail=risk_trail(row.risk, last=_("Take back")),
    )
    return answer(request, form=form, act=act, page=page)
