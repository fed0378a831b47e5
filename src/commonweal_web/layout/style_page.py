"""Believable content for the style page; every name in it is invented."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonweal_web.house.paging import Page
from commonweal_web.layout.fields import DayField
from commonweal_web.layout.parts import Fact, Need, Waiting, rail_stops

STAGES = (
    ("identified", _("Identified")),
    ("selecting", _("Selecting")),
    ("procuring", _("Procuring")),
    ("piloting", _("Piloting")),
    ("in_use", _("In use")),
)
LIKELIHOODS = (("rare", _("rare")), ("possible", _("possible")), ("occurring", _("it happens")))


class RiskForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label=_("What could go wrong?"), help_text=_("A few plain words."))
    story = forms.CharField(
        label=_("What has happened so far?"),
        widget=forms.Textarea,
        max_length=400,
        required=False,
    )
    group = forms.ChoiceField(
        label=_("Who is touched?"),
        choices=[("", ""), ("drivers", _("31 contract drivers")), ("pickers", _("212 pickers"))],
    )
    likelihood = forms.ChoiceField(
        label=_("How likely is it?"), choices=LIKELIHOODS, widget=forms.RadioSelect
    )
    sites = forms.MultipleChoiceField(
        label=_("Where?"),
        choices=[("harbour", _("Harbour depot")), ("mill", _("Mill Lane"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    seen_on = DayField(label=_("When was it first seen?"), help_text=_("For example 27 3 2027"))
    proof = forms.FileField(label=_("A file that shows it"), required=False)
    secret = forms.CharField(
        label=_("Your password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    is_open = forms.BooleanField(
        label=_("Workers may read this"), help_text=_("They may by default."), required=False
    )


class SearchForm(forms.Form):
    """Search and one filter."""

    words = forms.CharField(label=_("Search"), required=False)
    stage = forms.ChoiceField(
        label=_("Stage"), choices=[("", _("Any stage")), *STAGES], required=False
    )


def style_page_context() -> dict[str, Any]:
    """What the style page shows."""
    return {
        "trail": [(_("Uses"), "#uses"), (_("Harbour depot"), "")],
        "stops": rail_stops(STAGES, now="piloting", note=_("since 3 March")),
        "needs": _needs(),
        "deciders": _deciders(),
        "practices": _practices(),
        "waiting": _waiting(),
        "page": Page(rows=[], number=7, size=50, total=2133),
        "search": SearchForm(auto_id="search_%s"),
        "faulty": RiskForm({"seen_on_day": "31", "seen_on_month": "4", "seen_on_year": "2027"}),
        "fresh": RiskForm(auto_id="fresh_%s", initial={"seen_on": date(2027, 3, 27)}),
        "hints": {"occurring": _("Someone has seen it at work.")},
        "checkpoint": "northbank/record 48213\nt3wQm0Zk1b9yV5c…e7Rk=",
        "march": date(2027, 3, 3),
    }


def _needs() -> list[Need]:
    return [
        Need(
            _("Answer “less notice for shift changes” with a mitigation that drivers accept"),
            side="management",
            url="#risk",
            due=date(2027, 4, 12),
        ),
        Need(
            _("Roll-out vote of 249 affected workers, quorum one half"),
            side="workers",
            who=_("Registrar opens it"),
        ),
        Need(
            _("Bias audit by sex and age, last one is 13 months old"),
            side="experts",
            who=_("Auditor"),
            due=date(2027, 4, 20),
        ),
    ]


def _deciders() -> list[Fact]:
    return [
        Fact(_("Use owner"), _("Head of planning"), side="management"),
        Fact(_("Worker representatives"), _("Depot council, 3 seats"), side="workers"),
        Fact(_("Registrar"), _("Elected, until 2027"), side="workers"),
        Fact(_("Outside expert"), _("Work psychologist, paid by the hour"), side="experts"),
    ]


def _practices() -> list[Fact]:
    return [
        Fact(_("Assess early and often"), _("met with evidence, 3 runs")),
        Fact(_("Answer each risk"), _("gap"), tag="gap"),
        Fact(_("Worker agency"), _("vote due"), tag="due"),
        Fact(_("Worker data"), _("met with evidence"), tag="met"),
        Fact(_("Extra work"), _("41 h logged, 36 h paid"), url="#extra"),
    ]


def _waiting() -> list[Waiting]:
    return [
        Waiting(
            _("Should the pace system stay?"),
            _("You and 248 others decide. If half of you vote and most say no, it must go."),
            _("Read and vote"),
            "#vote",
            when=_("Closes Friday 18:00"),
            is_first=True,
        ),
        Waiting(
            _("A new purpose for your scan times"),
            _("The depot wants to use them to plan training. Saying no costs you nothing."),
            _("See what is asked"),
            "#purpose",
            when=_("Off until you answer"),
        ),
    ]
