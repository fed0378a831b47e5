"""The form for a text in another language."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class TranslateForm(forms.Form):
    """The text, and whether a machine made it."""

    text = forms.CharField(
        label=_("In the other language"),
        max_length=10_000,
        widget=forms.Textarea,
        error_messages={"required": _("Write the text in the other language.")},
    )
    is_machine_made = forms.BooleanField(
        label=_("A machine made it, and nobody has checked it yet"), required=False
    )
