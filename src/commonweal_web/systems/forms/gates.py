"""Overrides, votes held on paper, and ending a use."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from commonweal_web.house.declaration import Text
from commonweal_web.layout.fields import DayField
from commonweal_web.systems.forms.uses import TEXT

MOST = 2_000_000_000


class OverrideForm(forms.Form):
    """The reason for an override, which every worker can read."""

    reason = forms.CharField(
        label=_("Why should it pass although evidence is missing?"),
        widget=TEXT,
        max_length=5000,
        help_text=_("Everyone who works here can read this, with your name."),
        error_messages={"required": _("Write the reason. Everyone who works here can read it.")},
    )


def _people(label: Text, *, required: bool = True) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=required,
        min_value=0,
        max_value=MOST,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": _("Write a number, also when it is 0."),
            "invalid": _("Write a whole number, such as 120."),
        },
    )


class VoteForm(forms.Form):
    """The result of a vote held on paper."""

    held_on = DayField(
        label=_("When was it held?"), error_messages={"required": _("Give the day.")}
    )
    electorate = _people(_("How many people could vote?"))
    yes = _people(_("How many said yes?"))
    no = _people(_("How many said no?"))
    abstain = _people(_("How many abstained?"))
    counted_by = forms.CharField(
        label=_("Who counted?"),
        max_length=200,
        help_text=_("The body or the people who counted, not those who voted."),
        error_messages={"required": _("Say who counted.")},
    )


class StopForm(forms.Form):
    """Why a use stops, and by when."""

    reason = forms.CharField(
        label=_("Why does it stop?"),
        widget=TEXT,
        max_length=5000,
        error_messages={"required": _("Write why it stops.")},
    )
    stopping_on = DayField(
        label=_("By which day will it have stopped?"),
        error_messages={"required": _("Give the day by which it will have stopped.")},
    )


class RetireForm(forms.Form):
    """Why a use is retired."""

    reason = forms.CharField(
        label=_("Why is it retired?"),
        widget=TEXT,
        max_length=5000,
        error_messages={"required": _("Write why it is retired.")},
    )
