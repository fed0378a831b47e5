"""Implementation choices: alternatives side by side, by the signals each adds or takes away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commonweal.practices import catalogue
from commonweal_web.house.refusals import NotHere
from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.systems import actions, queries
from commonweal_web.systems.forms.declarations import AlternativeForm, ChoiceForm, ChooseForm
from commonweal_web.systems.models import Alternative, Choice
from commonweal_web.systems.permissions import DESCRIBE_USE, SEE_USES
from commonweal_web.systems.views.answers import acting, asked, is_done, the_use, trail_to
from commonweal_web.workplaces.queries import group_of

FORM = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, slots=True)
class Compared:
    """One group's line of the comparison: for each alternative what it adds and takes away."""

    group: str
    effects: list[tuple[Alternative, list[str], list[str]]]


def compare(choice: Choice) -> list[Compared]:
    """The alternatives of a choice side by side, one line per group."""
    alternatives = list(choice.alternatives.all())
    groups = {str(each.group or ""): each.group for a in alternatives for each in a.signals.all()}
    return [
        Compared(
            name or _("Everyone it touches"),
            [(a, _titles(a, name, "adds"), _titles(a, name, "removes")) for a in alternatives],
        )
        for name in sorted(groups)
    ]


def _titles(alternative: Alternative, group: str, effect: str) -> list[str]:
    return [
        catalogue().signal(each.signal).title
        for each in alternative.signals.all()
        if str(each.group or "") == group and each.effect == effect
    ]


@require_http_methods(FORM)
@needs(SEE_USES)
def choices(request: PersonRequest, pk: UUID) -> HttpResponse:
    """All choices of a use; those who describe it can put another on the table."""
    use = the_use(request, pk)
    may = request.actor.may(DESCRIBE_USE)
    if request.method == "POST":
        request.actor.require(DESCRIBE_USE)
    form = ChoiceForm(request.POST or None)
    if request.method == "POST" and is_done(
        form, act=lambda **given: actions.add_choice(**acting(request), use=use, **given)
    ):
        messages.success(request, _("It is on the table. Add at least two alternatives."))
        return redirect("desk:systems:choices", pk=use.pk)
    context = {
        "use": use,
        "choices": [(each, compare(each)) for each in queries.choices_of(use)],
        "form": form,
        "may_describe": may,
        "trail": trail_to((_("Choices"), ""), use=use),
    }
    return render(request, "systems/choices.html", context)


@require_http_methods(FORM)
@needs(DESCRIBE_USE)
def alternative(request: PersonRequest, pk: UUID, choice: UUID) -> HttpResponse:
    """Add a way to do it, with what it adds or takes away for whom."""
    use = the_use(request, pk)
    found = queries.choice_of(use, pk=choice)
    groups = [
        (str(each.group_id), str(each))
        for each in queries.affected_groups_of(use)
        if each.group_id
    ]

    def act(title: str, effects: list[tuple[str, str, str]], **_fields: Any) -> None:
        signals = [
            (signal, effect, group_of(request.organisation, group) if group else None)
            for signal, effect, group in effects
        ]
        actions.add_alternative(**acting(request), choice=found, title=title, signals=signals)

    return asked(
        request,
        template="systems/alternative.html",
        form=AlternativeForm(request.POST or None, groups=groups),
        use=use,
        title=_("Add an alternative"),
        act=act,
        said=_("The alternative stands beside the others."),
        back="desk:systems:choices",
        choice=found,
    )


@require_http_methods(FORM)
@needs(DESCRIBE_USE)
def choose(request: PersonRequest, pk: UUID, choice: UUID) -> HttpResponse:
    """Choose one of the alternatives, with the reason."""
    use = the_use(request, pk)
    found = queries.choice_of(use, pk=choice)
    options = [(str(each.pk), each.title) for each in found.alternatives.all()]

    def act(alternative: str, reason: str) -> None:
        chosen = _among(found, alternative)
        actions.choose_alternative(
            **acting(request), choice=found, alternative=chosen, reason=reason
        )

    return asked(
        request,
        template="systems/choose.html",
        form=ChooseForm(request.POST or None, alternatives=options, initial=_now(found)),
        use=use,
        title=_("Choose one"),
        act=act,
        said=_("It is chosen, with the reason."),
        back="desk:systems:choices",
        choice=found,
        compared=compare(found),
    )


def _now(choice: Choice) -> dict[str, str]:
    chosen = next((str(each.pk) for each in choice.alternatives.all() if each.is_chosen), "")
    return {"alternative": chosen, "reason": choice.reason}


def _among(choice: Choice, pk: str) -> Alternative:
    for each in choice.alternatives.all():
        if str(each.pk) == pk:
            return each
    raise NotHere("not_found", _("There is no such alternative here."))
