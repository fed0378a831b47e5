"""For whom sheets of sign-in codes are printed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonweal_web.organisations.models import Organisation
from commonweal_web.workplaces.queries.sheets import places_for_sheets


class PlaceForm(forms.Form):
    """A site or a group; without one, everybody."""

    place = forms.ChoiceField(label=_("Who gets a sheet?"), required=False)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Everybody on the roster")), *places_for_sheets(organisation)]
        self.fields["place"].choices = choices  # type: ignore[attr-defined]
