"""Forms for opening, feeding and closing a run."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonweal.practices import catalogue
from commonweal_web.job_impact.actions.runs import USUAL_MINUTES
from commonweal_web.job_impact.forms.answers import words_field
from commonweal_web.job_impact.models import Assessment
from commonweal_web.job_impact.models.runs import Trigger
from commonweal_web.job_impact.queries.groups import Column
from commonweal_web.layout.fields import DayField

SCOPES = (
    (Assessment.Scope.LIKELY, _("The likely signals first")),
    (Assessment.Scope.WHOLE, _("The whole list of 27")),
)


class OpenForm(forms.Form):
    """What a run goes through, and how long people have."""

    scope = forms.ChoiceField(
        label=_("What should people be asked?"),
        choices=SCOPES,
        widget=forms.RadioSelect,
        help_text=_("The whole list is needed only before the use goes into daily work."),
    )
    due_on = DayField(
        label=_("Until when can people answer?"), help_text=_("For example 27 3 2027")
    )
    paid_minutes = forms.IntegerField(
        label=_("How many minutes of paid time does each worker get?"),
        min_value=5,
        max_value=480,
        initial=USUAL_MINUTES,
    )


class DataForm(forms.Form):
    """Which facts there are, and which are missing."""

    available = words_field(
        _("Which facts are there?"),
        required=False,
        help_text=_("One on each line. Leave it empty to say that there are none."),
    )
    missing = words_field(
        _("Which facts are missing?"),
        required=False,
        help_text=_(
            "One on each line. When one comes in, move it up: "
            "answers that wait for it are asked again."
        ),
    )

    def lines(self, name: str) -> list[str]:
        """The lines of one field."""
        return str(self.cleaned_data[name]).splitlines()


class TellForm(forms.Form):
    """What changed, and whose answers it touches."""

    trigger = forms.ChoiceField(label=_("What happened?"), choices=Trigger.choices)
    detail = words_field(_("In a sentence"))
    signals = forms.MultipleChoiceField(
        label=_("Which signals does it touch?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose none to ask everything again."),
    )
    groups = forms.MultipleChoiceField(
        label=_("Whom does it touch?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose none for everybody."),
    )

    def __init__(self, *args: Any, columns: tuple[Column, ...], **options: Any) -> None:
        super().__init__(*args, **options)
        signals = [(one.id, f"{one.id} {one.title}") for one in catalogue().signals]
        groups = [(str(column.key), column.name) for column in columns]
        for name, choices in (("signals", signals), ("groups", groups)):
            field = self.fields[name]
            if isinstance(field, forms.MultipleChoiceField):
                field.choices = choices
        if not groups:
            del self.fields["groups"]


class CloseForm(forms.Form):
    """What comes of a run."""

    outcome = words_field(
        _("What comes of it?"),
        help_text=_("A few plain sentences. Everybody who took part can read them."),
    )


class ClosePresentForm(forms.Form):
    """Why somebody's "present" no longer stands."""

    side = forms.ChoiceField(label=_("Whose answer do you close?"))
    group = forms.ChoiceField(label=_("For whom?"), required=False)
    reason = words_field(
        _("Why?"), help_text=_("Workers and their representatives read this reason.")
    )

    def __init__(
        self,
        *args: Any,
        sides: list[tuple[str, str]],
        columns: tuple[Column, ...],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        groups = [(str(column.key), column.name) for column in columns]
        everybody = ("", _("Everybody affected"))
        for name, choices in (("side", sides), ("group", [everybody, *groups])):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices


class FollowUpForm(forms.Form):
    """Who finds out, and by when."""

    person = forms.CharField(label=_("Who finds out?"), max_length=150)
    until = DayField(
        label=_("By when?"),
        help_text=_("It cannot be set back later. After that day it counts as present."),
    )
