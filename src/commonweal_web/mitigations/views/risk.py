"""The page of one risk, and judging it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.mitigations.severity_rules import SeverityRules
from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.mitigations import actions, permissions, queries
from commonweal_web.mitigations.forms import (
    ClassForm,
    CommentForm,
    HarmForm,
    JudgeForm,
    LikelihoodForm,
    ReasonForm,
)
from commonweal_web.mitigations.models import Risk
from commonweal_web.mitigations.models.words import Harm, Phase
from commonweal_web.mitigations.permissions import (
    CHANGE_CLASS,
    CLOSE_RISK,
    COMMENT,
    JUDGE_RISK,
    SAY_NOTHING_HELPS,
    SEE_RISKS,
)
from commonweal_web.mitigations.queries.states import open_decision
from commonweal_web.mitigations.queries.voices import speaker_words
from commonweal_web.mitigations.views.form_page import FormPage, acting, answer
from commonweal_web.mitigations.views.risk_parts import (
    answer_cards,
    facet_rows,
    needs_of,
    risk_trail,
    side_judgements,
)
from commonweal_web.record.fields import subject_of

RIGHTS = {
    "judge": JUDGE_RISK,
    "change_class": CHANGE_CLASS,
    "propose": permissions.PROPOSE_ANSWER,
    "comment": COMMENT,
    "nothing_helps": SAY_NOTHING_HELPS,
    "close": CLOSE_RISK,
}


@require_safe
@needs(SEE_RISKS)
def risk(request: PersonRequest, pk: UUID) -> HttpResponse:
    """One risk: how grave each side finds it, whom it touches, and what is done about it."""
    row = queries.risk_of(request.organisation, pk=pk)
    groups = list(row.groups.all())
    speaking = queries.speakers(groups, organisation=request.organisation, on=request.now.date())
    here = row.closed_on is None
    presents = queries.presents_of(row)
    may = {name: here and request.actor.may(right) for name, right in RIGHTS.items()}
    may["close"] = may["close"] and all(each.until for each in presents)
    context = {
        "risk": row,
        "state": queries.state_tag(row, on=request.now.date()),
        "needs": needs_of(row, request=request),
        "facets": facet_rows(row),
        "judgements": [
            (phase.label, found)
            for phase in Phase
            if (found := side_judgements(row, phase=phase.value))
        ],
        "likelihoods": [each for each in queries.likelihoods_of(row) if each.is_current],
        "groups": [(group, bool(speaking.by_group[group.pk])) for group in groups],
        "presents": presents,
        "cards": answer_cards(row, request=request, speaking=speaking),
        "comments": [(each, speaker_words(each)) for each in queries.comments_of(row)],
        "decisions": list(row.decisions.all()),
        "open_decision": open_decision(row),
        "class_changes": _class_changes(row, request=request),
        "may": may,
        "trail": risk_trail(row),
        "subject": subject_of(row),
    }
    return render(request, "mitigations/risk.html", context)


def _class_changes(row: Risk, *, request: PersonRequest) -> list[tuple[Any, bool]]:
    """The changes of class, and whether the reader's signature is waited for."""
    may = request.actor.may(CHANGE_CLASS) and row.closed_on is None
    found = []
    for change in row.class_changes.all():
        signed = {each.account_id for each in change.sign_offs.all()}
        waits = change.counts_since is None and request.actor.account_id not in signed
        found.append((change, may and waits))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@needs(JUDGE_RISK)
def judge(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Judge one kind of harm by sentences; first its kind is chosen."""
    row = queries.risk_of(request.organisation, pk=pk)
    harm, phase = request.GET.get("harm", ""), request.GET.get("phase", Phase.INHERENT)
    if harm not in Harm.values or phase not in Phase.values:
        return _choose_harm(request, row=row)
    rules = queries.rules_in_force(request.organisation).rules
    form = JudgeForm(
        request.POST or None,
        rules=rules,
        harm=harm,
        initial=_last_judgement(request, row=row, harm=harm, phase=phase),
    )
    form.fields["scope"].help_text = _people_hint(row, rules=rules)

    def act(facts: dict[str, Any]) -> None:
        actions.judge_severity(
            **acting(request),
            risk=row,
            harm=harm,
            phase=phase,
            facets=form.facets,
            reasons=form.reasons,
        )

    remains = phase == Phase.RESIDUAL
    page = FormPage(
        title=_("How grave is what remains?") if remains else _("How grave is it?"),
        lead=_("%(risk)s. About: %(harm)s.") % {"risk": row.title, "harm": Harm(harm).label},
        note=_("Read from the top and choose the first sentence that is true.")
        + " "
        + (
            _("Think of the harm with the answers in place.")
            if remains
            else _("Think of the harm as if nothing were done about it.")
        ),
        button=_("Save this judgement"),
        done=_("Your side’s judgement is saved. The worst that any side found counts."),
        back=reverse("desk:mitigations:risk", args=[row.pk]),
        trail=risk_trail(row, last=_("Judge it")),
    )
    return answer(request, form=form, act=act, page=page)


def _choose_harm(request: PersonRequest, *, row: Risk) -> HttpResponse:
    form = HarmForm(request.GET if "harm" in request.GET else None)
    phase = request.GET.get("phase", Phase.INHERENT)
    context = {
        "form": form,
        "risk": row,
        "phase": phase if phase in Phase.values else Phase.INHERENT,
        "phases": Phase.choices,
        "trail": risk_trail(row, last=_("Judge it")),
    }
    return render(request, "mitigations/choose_harm.html", context)


def _last_judgement(request: PersonRequest, *, row: Risk, harm: str, phase: str) -> dict[str, Any]:
    """What the reader's side said last about this harm."""
    grant = request.actor.grant_for(JUDGE_RISK)
    for last in queries.judgements_of(row, phase=phase):
        if last.is_current and last.harm == harm and grant and last.side == grant.side:
            names = ("scale", "scope", "irremediability")
            scores = {name: getattr(last, name) for name in names}
            return {
                **{name: "unknown" if one is None else str(one) for name, one in scores.items()},
                **{f"{name}_because": getattr(last, f"{name}_because") for name in names},
            }
    return {}


def _people_hint(row: Risk, *, rules: SeverityRules) -> str:
    """How many people the groups have, and what the rules make of that."""
    counts = [group.people for group in row.groups.all()]
    if not counts or None in counts:
        return _("For some of its groups nobody knows how many people they are.")
    total = sum(count or 0 for count in counts)
    usual = rules.scope_of_people(total)
    risen = rules.scope_of_people(total, largest_share=Fraction(1))
    return _(
        "These groups have %(people)s people: that is %(usual)s, or %(risen)s where a large part "
        "of a site or of a group that the law protects is touched."
    ) % {"people": total, "usual": usual, "risen": risen}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(JUDGE_RISK)
def likelihood(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Say how likely the harm is."""
    row = queries.risk_of(request.organisation, pk=pk)
    form = LikelihoodForm(request.POST or None)

    def act(facts: dict[str, Any]) -> None:
        actions.judge_likelihood(**acting(request), risk=row, **facts)

    page = FormPage(
        title=_("How likely is it?"),
        lead=row.title,
        note=_("How grave it is comes first. How likely it is only orders what is equally grave."),
        button=_("Save"),
        done=_("Saved. The likeliest that any side finds counts."),
        back=reverse("desk:mitigations:risk", args=[row.pk]),
        trail=risk_trail(row, last=_("How likely")),
    )
    return answer(request, form=form, act=act, page=page)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(CHANGE_CLASS)
def change_class(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Raise the class of a risk, or ask for it to be lowered."""
    row = queries.risk_of(request.organisation, pk=pk)
    form = ClassForm(request.POST or None)

    def act(facts: dict[str, Any]) -> None:
        actions.change_class(**acting(request), risk=row, **facts)

    page = FormPage(
        title=_("Should it have another class?"),
        lead=_("“%(risk)s” is %(class)s now. A class only orders the list; it drops nothing.")
        % {"risk": row.title, "class": row.get_severity_class_display()},
        note=_(
            "A worker representative may raise it alone. Lowering it takes two people, "
            "one of them a worker representative."
        ),
        button=_("Change the class"),
        done=_("Saved. A lowering counts once enough people have signed."),
        back=reverse("desk:mitigations:risk", args=[row.pk]),
        trail=risk_trail(row, last=_("Change the class")),
    )
    return answer(request, form=form, act=act, page=page)


@require_POST
@needs(CHANGE_CLASS)
def sign_class(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Sign a lowering that somebody else asked for."""
    change = queries.class_change_of(request.organisation, pk=pk)
    actions.sign_class_change(**acting(request), change=change)
    messages.success(request, _("Your signature is on the record."))
    return redirect("desk:mitigations:risk", pk=change.risk_id)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(COMMENT)
def comment(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Say something about a risk."""
    row = queries.risk_of(request.organisation, pk=pk)
    form = CommentForm(request.POST or None)

    def act(facts: dict[str, Any]) -> None:
        actions.comment_on_risk(**acting(request), risk=row, text=facts["text"])

    page = FormPage(
        title=_("What do you want to say?"),
        lead=row.title,
        note=_("Everybody who may see this risk reads it, with your side beside it."),
        button=_("Say it"),
        done=_("Your words stand with the risk."),
        back=reverse("desk:mitigations:risk", args=[row.pk]),
        trail=risk_trail(row, last=_("Say something")),
    )
    return answer(request, form=form, act=act, page=page)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(SAY_NOTHING_HELPS)
def nothing_helps(request: PersonRequest, pk: UUID) -> HttpResponse:
    """State that nothing helps, which opens a decision to change the use or stop it."""
    row = queries.risk_of(request.organisation, pk=pk)
    form = ReasonForm(request.POST or None)

    def act(facts: dict[str, Any]) -> None:
        actions.say_nothing_helps(**acting(request), risk=row, reason=facts["reason"])

    page = FormPage(
        title=_("Does nothing help against it?"),
        lead=row.title,
        note=_(
            "This opens a decision: change the use or stop it. Workers see that it is open, "
            "and no gate lets the use pass until it is decided."
        ),
        button=_("Nothing helps: open the decision"),
        done=_("The decision to change or stop is open."),
        back=reverse("desk:mitigations:risk", args=[row.pk]),
        is_alarming=True,
        trail=risk_trail(row, last=_("Nothing helps")),
    )
    return answer(request, form=form, act=act, page=page)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(CLOSE_RISK)
def close(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Close a risk that is no longer there."""
    row = queries.risk_of(request.organisation, pk=pk)
    form = ReasonForm(request.POST or None)

    def act(facts: dict[str, Any]) -> None:
        actions.close_risk(**acting(request), risk=row, reason=facts["reason"])

    page = FormPage(
        title=_("Is this risk no longer there?"),
        lead=row.title,
        note=_(
            "It leaves the list, and workers read your reason. It cannot be closed while a side "
            "calls it present."
        ),
        button=_("Close the risk"),
        done=_("The risk is closed. Its whole history stays."),
        back=reverse("desk:mitigations:risk", args=[row.pk]),
        trail=risk_trail(row, last=_("Close it")),
    )
    return answer(request, form=form, act=act, page=page)
