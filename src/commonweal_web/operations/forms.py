"""Forms of the operations room."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class DeletionForm(forms.Form):
    """Why everything should be deleted."""

    reason = forms.CharField(
        label=_("Why should everything be deleted?"),
        help_text=_("Workers and their representatives read this too."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say why, in a sentence that everybody may read.")},
    )
