"""Choices with their alternatives, claims of vendors, and incidents."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonweal.practices import catalogue
from commonweal_web.layout.fields import DayField
from commonweal_web.systems.forms.uses import TEXT, hundredths
from commonweal_web.systems.models import AlternativeSignal, Choice, Incident

EFFECTS_ASKED = 6


class ChoiceForm(forms.Form):
    """A decision about how to bring in a use."""

    kind = forms.ChoiceField(
        label=_("What is it about?"), choices=Choice.Kind.choices, widget=forms.RadioSelect
    )
    question = forms.CharField(
        label=_("What is to be chosen?"),
        max_length=300,
        help_text=_("Such as: does the planner see names or only numbers?"),
        error_messages={"required": _("Write what is to be chosen.")},
    )


class AlternativeForm(forms.Form):
    """One way to do it, with up to six effects: a signal it adds or takes away, for whom."""

    title = forms.CharField(
        label=_("What would be done?"),
        max_length=300,
        error_messages={"required": _("Write what would be done.")},
    )

    def __init__(self, *args: Any, groups: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        signals = [("", ""), *((each.id, each.title) for each in catalogue().signals)]
        for number in range(1, EFFECTS_ASKED + 1):
            self.fields[f"effect_{number}"] = forms.ChoiceField(
                label=_("What does it do?"),
                choices=[("", ""), *AlternativeSignal.Effect.choices],
                required=False,
            )
            self.fields[f"signal_{number}"] = forms.ChoiceField(
                label=_("Which signal?"), choices=signals, required=False
            )
            self.fields[f"group_{number}"] = forms.ChoiceField(
                label=_("For whom?"),
                choices=[("", _("everyone it touches")), *groups],
                required=False,
            )

    @property
    def lines(self) -> list[list[forms.BoundField]]:
        """The fields of each effect together, for the page."""
        numbers = range(1, EFFECTS_ASKED + 1)
        return [
            [self[f"effect_{number}"], self[f"signal_{number}"], self[f"group_{number}"]]
            for number in numbers
        ]

    def clean(self) -> dict[str, Any]:
        """An effect needs both its signal and what happens to it."""
        given = super().clean() or {}
        given["effects"] = []
        for number in range(1, EFFECTS_ASKED + 1):
            effect, signal = given.get(f"effect_{number}"), given.get(f"signal_{number}")
            if bool(effect) != bool(signal):
                missing = f"signal_{number}" if effect else f"effect_{number}"
                self.add_error(missing, _("Choose this too, or empty the whole line."))
            elif effect:
                given["effects"].append((signal, effect, given.get(f"group_{number}", "")))
        return given


class ChooseForm(forms.Form):
    """Which alternative is chosen, and why."""

    alternative = forms.ChoiceField(
        label=_("Which one is chosen?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    reason = forms.CharField(
        label=_("Why this one?"),
        widget=TEXT,
        max_length=5000,
        error_messages={"required": _("Write why this one.")},
    )

    def __init__(self, *args: Any, alternatives: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["alternative"].choices = alternatives  # type: ignore[attr-defined]


class ClaimForm(forms.Form):
    """What a vendor says, word for word, with the source."""

    quote = forms.CharField(
        label=_("What do they say, word for word?"),
        widget=TEXT,
        max_length=5000,
        error_messages={"required": _("Copy the claim.")},
    )
    source = forms.CharField(
        label=_("Where was it said?"),
        max_length=300,
        help_text=_("A brochure, an offer, a web page with its address."),
        error_messages={"required": _("Say where.")},
    )
    source_date = DayField(label=_("On which day?"), required=False)
    measure = forms.CharField(
        label=_("What does it measure?"),
        max_length=200,
        required=False,
        help_text=_("Such as hours saved per week."),
    )
    value = forms.CharField(label=_("Which number do they claim?"), required=False, max_length=15)

    def clean_value(self) -> int | None:
        """In hundredths."""
        return hundredths(self.cleaned_data["value"])


class IncidentForm(forms.Form):
    """Something that went wrong."""

    kind = forms.ChoiceField(
        label=_("What kind of thing was it?"),
        choices=Incident.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the one that fits best.")},
    )
    occurred_on = DayField(
        label=_("On which day?"), error_messages={"required": _("Give the day, about.")}
    )
    harm = forms.CharField(
        label=_("What happened, and to whom?"),
        widget=TEXT,
        max_length=5000,
        help_text=_("Name roles, not persons: everyone at the desk can read this."),
        error_messages={"required": _("Write what happened.")},
    )


class FollowUpForm(forms.Form):
    """What is done about an incident."""

    follow_up = forms.CharField(
        label=_("What is done about it?"),
        widget=TEXT,
        max_length=5000,
        error_messages={"required": _("Write what is done about it.")},
    )
    follow_up_due = DayField(label=_("Until which day?"), required=False)
