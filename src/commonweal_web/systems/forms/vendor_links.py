"""What a vendor answers, and until when it may."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from commonweal_web.layout.fields import DayField

MOST_CHARACTERS = 5000


class AskForm(forms.Form):
    expires_on = DayField(
        label=_("Until which day does the link work?"),
        help_text=_("At most 120 days from today."),
    )


class AnswerForm(forms.Form):
    """What a vendor says to one claim."""

    kind = forms.ChoiceField(
        label=_("Is this right?"),
        choices=[("confirms", _("Yes, this is what we say")), ("corrects", _("No, or not quite"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether this is right.")},
    )
    text = forms.CharField(
        label=_("In your own words"),
        help_text=_("Needed where you correct something. It is shown beside what we wrote."),
        required=False,
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class StatementForm(forms.Form):
    """What a vendor adds about its system."""

    text = forms.CharField(
        label=_("What should people here know about your product?"),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write your statement.")},
    )
