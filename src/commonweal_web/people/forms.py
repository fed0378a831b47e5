"""The forms of the people pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from commonweal_web.house.declaration import Text
from commonweal_web.house.rooms import rooms
from commonweal_web.layout.fields import DayField
from commonweal_web.people import roles
from commonweal_web.people.queries import roles_open_to
from commonweal_web.record.actor import Actor


class PeopleFilter(forms.Form):
    words = forms.CharField(label=_("Search"), required=False, max_length=100)
    role = forms.ChoiceField(
        label=_("Role"), required=False, choices=[("", _("Any role")), *roles.CHOICES]
    )


class PersonForm(forms.Form):
    """A new person, who may sign in from then on."""

    name = forms.CharField(label=_("Name"), max_length=150)
    username = forms.CharField(
        label=_("Sign-in name"),
        max_length=150,
        help_text=_("Short and easy to type. It must differ from everybody else’s."),
    )
    password = forms.CharField(
        label=_("First password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        required=False,
        help_text=_(
            "At least 10 characters. Pass it on in private. They choose their own when they first "
            "sign in. Without a first password they cannot sign in."
        ),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


class AppointmentForm(forms.Form):
    """A role for a person, limited to what the one who fills it in may give."""

    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    since = DayField(label=_("From which day?"))
    until = DayField(
        label=_("Until which day?"), required=False, help_text=_("Leave it empty for no end.")
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles_open_to(actor)  # type: ignore[attr-defined]


class EndForm(forms.Form):
    at_once = forms.BooleanField(label=_("End it at once, not with the day"), required=False)
    until = DayField(label=_("Which day is the last one?"), required=False)

    def clean(self) -> dict[str, Any] | None:
        found = super().clean()
        is_open = found and not found.get("at_once") and not found.get("until")
        if is_open and "until" not in self.errors:
            self.add_error("until", _("Give the last day, or end it at once."))
        return found

    @property
    def last_day(self) -> date | None:
        """The last day; None to end it at once."""
        found: date | None = self.cleaned_data["until"]
        return None if self.cleaned_data["at_once"] else found


class DeputyForm(forms.Form):
    """Who stands in for one of somebody's roles."""

    appointment = forms.UUIDField(widget=forms.HiddenInput)
    username = forms.CharField(
        label=_("Their sign-in name"),
        max_length=150,
        error_messages={"required": _("Write the sign-in name of the person who stands in.")},
    )


class AbsenceForm(forms.Form):
    """From when until when somebody is away."""

    since = DayField(label=_("Away from"))
    until = DayField(
        label=_("Until and including"),
        required=False,
        help_text=_("Leave it empty if nobody knows yet."),
    )


class LanguageForm(forms.Form):
    language = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )


def scopes() -> list[tuple[str, Text]]:
    """What a token may do: read in a room, or also write there."""
    found: list[tuple[str, Text]] = []
    for room in rooms():
        if room.permissions:
            found.append((f"{room.name}:read", _("%(room)s: read") % {"room": room.title}))
            found.append((f"{room.name}:write", _("%(room)s: write") % {"room": room.title}))
    return found


class TokenForm(forms.Form):
    """A new API token."""

    name = forms.CharField(
        label=_("What is it for?"), max_length=100, help_text=_("Such as “monthly report”.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may the program do?"), widget=forms.CheckboxSelectMultiple, choices=scopes
    )
    expires_on = DayField(label=_("Until which day?"), help_text=_("At most one year from today."))
