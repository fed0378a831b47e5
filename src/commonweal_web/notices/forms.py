"""The form in which somebody says how they want to be told."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from commonweal_web.house.addresses import safe_address
from commonweal_web.notices.models import Channel, Rhythm


class HowForm(forms.Form):
    """How and how often, and the address that mail goes to."""

    channel = forms.ChoiceField(
        label=_("Where do we tell you?"), choices=Channel.choices, widget=forms.RadioSelect
    )
    rhythm = forms.ChoiceField(
        label=_("How often do we send mail?"), choices=Rhythm.choices, widget=forms.RadioSelect
    )
    email = forms.EmailField(
        label=_("My e-mail address"),
        required=False,
        validators=[safe_address],
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Leave it empty to get no mail. An address of your own is fine."),
    )
