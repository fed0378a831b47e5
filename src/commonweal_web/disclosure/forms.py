"""The forms of the disclosure pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonweal.disclosure.commitment import Reader, ThresholdKind
from commonweal_web.disclosure.models import CommitmentVersion
from commonweal_web.disclosure.thresholds import READERS, hundredths
from commonweal_web.layout.fields import DayField

SEVERITY = ThresholdKind.SEVERITY.value
CAPABILITY = ThresholdKind.MARKETED_CAPABILITY.value
RETURN = ThresholdKind.RETURN_MULTIPLE.value
COST = ThresholdKind.COST_OR_REVENUE.value

SOURCE_OF_FIVE_PERCENT = _(
    "In 2021 about a quarter of the firms that were asked said that AI brought them at least 5 % "
    "of their earnings before interest and taxes (McKinsey, The State of AI in 2022). We took "
    "that share as the point from which AI moves a whole employer."
)
NEEDS: dict[str, tuple[str, ...]] = {
    SEVERITY: ("severity_at_least",),
    CAPABILITY: (
        "capability_measure",
        "capability_value",
        "capability_quote",
        "capability_source",
        "capability_publisher",
        "capability_checked",
    ),
    RETURN: ("return_above",),
    COST: ("cost_above", "cost_base_year"),
}
MISSING = _("Fill this in, or switch this threshold off.")


def _text(label: Any, *, help_text: Any = "", required: bool = True, **more: Any) -> Any:
    missing = {"required": _("Write something here.")}
    return forms.CharField(
        label=label, help_text=help_text, required=required, error_messages=missing, **more
    )


class CommitmentForm(forms.Form):
    """The commitment: what is promised, its four kinds of threshold, why, and for whom."""

    text = _text(
        _("What do you promise, in one or two sentences?"),
        widget=forms.Textarea,
        max_length=2000,
    )
    severity_on = forms.BooleanField(label=_("Use this threshold"), required=False)
    severity_at_least = forms.TypedChoiceField(
        label=_("From which mark on is a risk severe?"),
        choices=[("", "")] + [(number, str(number)) for number in range(1, 6)],
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Any one of the three questions is enough. 4 is a usual mark."),
    )
    capability_on = forms.BooleanField(label=_("Use this threshold"), required=False)
    capability_measure = _text(
        _("What is counted?"),
        required=False,
        max_length=200,
        help_text=_("In the words that the claims of your uses have, such as “hours saved”."),
    )
    capability_value = forms.DecimalField(
        label=_("From which number on?"), required=False, min_value=0, decimal_places=2
    )
    capability_quote = _text(_("The advertisement, word for word"), required=False, max_length=500)
    capability_source = _text(_("Where was it said?"), required=False, max_length=200)
    capability_publisher = _text(_("Who said it?"), required=False, max_length=200)
    capability_checked = DayField(label=_("When did you last look?"), required=False)
    return_on = forms.BooleanField(label=_("Use this threshold"), required=False)
    return_above = forms.DecimalField(
        label=_("More than how many times?"),
        required=False,
        min_value=0,
        decimal_places=2,
        help_text=_("10 is a usual mark."),
    )
    cost_on = forms.BooleanField(label=_("Use this threshold"), required=False)
    cost_above = forms.DecimalField(
        label=_("More than how many percent?"),
        required=False,
        min_value=0,
        decimal_places=2,
        help_text=_("5 is a usual mark."),
    )
    cost_base_year = forms.IntegerField(
        label=_("Of the costs and revenue of which year?"),
        required=False,
        min_value=1900,
        max_value=2200,
    )
    source_of_share = _text(
        _("Where does that share come from?"),
        required=False,
        widget=forms.Textarea,
        max_length=1000,
    )
    why = _text(
        _("Why did you set the marks there?"),
        widget=forms.Textarea,
        max_length=2000,
        help_text=_("The public reads this."),
    )
    readers = forms.MultipleChoiceField(
        label=_("For whom are your public pages written?"),
        choices=list(READERS.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one kind of reader.")},
    )
    in_force_from = DayField(
        label=_("From which day does it hold?"), error_messages={"required": _("Give a day.")}
    )
    next_review = DayField(
        label=_("When will you look at the marks again?"),
        error_messages={"required": _("Give a day.")},
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for kind, fields in NEEDS.items():
            if given.get(SWITCHES[kind]):
                for name in fields:
                    if given.get(name) in (None, "") and name not in self.errors:
                        self.add_error(name, MISSING)
        return given

    def facts(self) -> dict[str, Any]:
        """The values for the action."""
        names = ("text", "why", "readers", "in_force_from", "next_review", "source_of_share")
        facts = {name: self.cleaned_data[name] for name in names}
        if not self.cleaned_data["cost_on"]:
            facts["source_of_share"] = ""
        return {**facts, "thresholds": self._thresholds()}

    def _thresholds(self) -> list[dict[str, Any]]:
        given = self.cleaned_data
        made: dict[str, Callable[[], dict[str, Any]]] = {
            SEVERITY: lambda: {"at_least": given["severity_at_least"]},
            CAPABILITY: lambda: {
                "measure": given["capability_measure"],
                "at_least_hundredths": _in_hundredths(given["capability_value"]),
                "quote": given["capability_quote"],
                "source": given["capability_source"],
                "publisher": given["capability_publisher"],
                "checked": given["capability_checked"].isoformat(),
            },
            RETURN: lambda: {"above_hundredths": _in_hundredths(given["return_above"])},
            COST: lambda: {
                "above_percent_hundredths": _in_hundredths(given["cost_above"]),
                "base_year": given["cost_base_year"],
            },
        }
        return [
            {"kind": kind, **values()} for kind, values in made.items() if given[SWITCHES[kind]]
        ]


SWITCHES = {
    SEVERITY: "severity_on",
    CAPABILITY: "capability_on",
    RETURN: "return_on",
    COST: "cost_on",
}


def _in_hundredths(value: Decimal) -> int:
    return int(value * 100)


def first_values(*, today: date) -> dict[str, Any]:
    """What the editor proposes for a first commitment."""
    return {
        "severity_on": True,
        "severity_at_least": 4,
        "return_above": "10",
        "cost_above": "5",
        "cost_base_year": today.year - 1,
        "source_of_share": SOURCE_OF_FIVE_PERCENT,
        "readers": [reader.value for reader in Reader],
        "in_force_from": today,
        "next_review": _in_a_year(today),
    }


def values_of(version: CommitmentVersion, *, today: date) -> dict[str, Any]:
    """The editor filled with the version that stands, so that little has to be typed."""
    values = {
        **first_values(today=today),
        "severity_on": False,
        "text": version.text,
        "why": version.why,
        "readers": version.readers,
        "source_of_share": version.source_of_share or SOURCE_OF_FIVE_PERCENT,
        "in_force_from": max(today, version.in_force_from),
    }
    for stored in version.thresholds:
        values |= _READ[stored["kind"]](stored)
    return values


_READ: dict[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    SEVERITY: lambda each: {"severity_on": True, "severity_at_least": each["at_least"]},
    CAPABILITY: lambda each: {
        "capability_on": True,
        "capability_measure": each["measure"],
        "capability_value": hundredths(each["at_least_hundredths"]),
        "capability_quote": each["quote"],
        "capability_source": each["source"],
        "capability_publisher": each["publisher"],
        "capability_checked": each["checked"],
    },
    RETURN: lambda each: {
        "return_on": True,
        "return_above": hundredths(each["above_hundredths"]),
    },
    COST: lambda each: {
        "cost_on": True,
        "cost_above": hundredths(each["above_percent_hundredths"]),
        "cost_base_year": each["base_year"],
    },
}


def _in_a_year(day: date) -> date:
    leap = day.month == 2 and day.day == 29
    return date(day.year + 1, day.month, 28 if leap else day.day)


class ConsultedForm(forms.Form):
    """Somebody outside who was asked."""

    name = _text(
        _("Who was asked?"),
        max_length=200,
        help_text=_("A body or its office, such as “transport union”. The public reads it."),
    )
    consulted_on = DayField(label=_("When?"), error_messages={"required": _("Give the day.")})
    said = _text(
        _("What did they say?"),
        widget=forms.Textarea,
        max_length=2000,
        help_text=_("In short, and so that they would agree. The public reads it."),
    )


class ReasonForm(forms.Form):
    """A reason that others will read."""

    reason = _text(_("Why?"), widget=forms.Textarea, max_length=2000)
