"""Searching and filtering uses, and saving what was looked for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonweal.practices import catalogue
from commonweal.systems.requirements import Role
from commonweal_web.systems.models import Stage
from commonweal_web.systems.page_parts import ROLE_TITLES
from commonweal_web.systems.queries import Asked, classes_in_words

YES = (("", _("All")), ("yes", _("Only those already running when registered")))
GAPS = (("", _("With or without")), ("yes", _("Has gaps")), ("none", _("Has none")))
DATES = (
    ("", _("Any date")),
    ("soon", _("Within 30 days, or overdue")),
    ("overdue", _("Overdue")),
    ("none", _("No date")),
)
MOVERS = (
    Role.USE_OWNER,
    Role.PEOPLE_LEAD,
    Role.EXECUTIVE,
    Role.WORKER_REPRESENTATIVE,
    Role.REGISTRAR,
    Role.EXPERT,
    Role.HEAD_OF_OVERSIGHT,
)
FIRST_FIELDS = ("words", "stage", "gaps", "move", "dates")


def _text(label: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=200)


def _choice(label: Any, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=choices)


def _classes() -> list[tuple[str, Any]]:
    return [("", _("Any")), *((str(value), words) for value, words in classes_in_words())]


def _codes() -> list[tuple[str, Any]]:
    return [("", _("Any")), *((each.id, each.title) for each in catalogue().choices)]


class UsesFilter(forms.Form):
    """Everything the list of uses can be narrowed by; `Asked` says what each means."""

    words = _text(_("Words"))
    stage = _choice(_("Stage"), [("", _("Any stage")), *Stage.choices])
    gaps = _choice(_("Gaps before the next gate"), GAPS)
    move = _choice(
        _("Whose move"),
        [("", _("Anybody’s")), *((each.value, ROLE_TITLES[each]) for each in MOVERS)],
    )
    dates = _choice(_("Next date"), DATES)
    owner = _text(_("Who answers for it"))
    group = _text(_("Worker group"))
    site = _text(_("Site"))
    unit = _text(_("Part of the organisation"))
    system = _text(_("System or vendor"))
    code = _choice(_("Classified as"), _codes)
    severity = _choice(_("Gravest open risk"), _classes)
    differ = _choice(_("Views"), (("", _("All")), ("yes", _("Only where sides differ"))))
    vulnerable = _choice(
        _("Whom it touches"),
        (("", _("Anybody")), ("yes", _("Only an especially vulnerable group"))),
    )
    without_gate = _choice(_("Gates"), YES)

    def asked(self, *, sort: str = "name") -> Asked:
        """What to look for; a filter with a value of nobody's is left out."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        return Asked(**given, sort=sort)

    @property
    def first(self) -> list[Any]:
        """The filters that most people use."""
        return [self[name] for name in FIRST_FIELDS]

    @property
    def more(self) -> list[Any]:
        """The others, one tap away."""
        return [self[name] for name in self.fields if name not in FIRST_FIELDS]


class SaveViewForm(forms.Form):
    """A name for what the list shows now."""

    name = forms.CharField(
        label=_("Save this view as"),
        max_length=80,
        error_messages={"required": _("Give the view a name.")},
    )
    filters = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)
    is_shared = forms.BooleanField(label=_("Show it to everybody on my side"), required=False)
    is_default = forms.BooleanField(label=_("Open the list with it"), required=False)
