"""Searching and filtering uses."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from commonweal_web.systems.models import Stage

YES = (("", _("All")), ("yes", _("Only those already running when registered")))


class UsesFilter(forms.Form):
    """Words, stage, part of the organisation, and whether a gate was ever passed."""

    words = forms.CharField(label=_("Words"), required=False, max_length=200)
    stage = forms.ChoiceField(
        label=_("Stage"), required=False, choices=[("", _("Any stage")), *Stage.choices]
    )
    unit = forms.CharField(label=_("Part of the organisation"), required=False, max_length=200)
    without_gate = forms.ChoiceField(label=_("Gates"), required=False, choices=YES)
