"""What people fill in about the record."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from commonweal.record.note import MAX_NOTE_CHARACTERS


class WitnessForm(forms.Form):
    """The public key of a witness."""

    public_key = forms.CharField(
        max_length=300,
        label=_("Public key of the witness"),
        help_text=_("One line that begins with the witness’s name. The witness gives it to you."),
    )


class CosignatureForm(forms.Form):
    """A checkpoint as a witness gave it back."""

    note = forms.CharField(
        max_length=MAX_NOTE_CHARACTERS,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        label=_("Signed checkpoint"),
        help_text=_("Paste the whole text that the witness sent back."),
    )

    def clean_note(self) -> str:
        """Browsers send two characters at the end of a line; what was signed has one."""
        note: str = self.cleaned_data["note"].replace("\r\n", "\n")
        return note if note.endswith("\n") else f"{note}\n"


class ErasureForm(forms.Form):
    """Why a person's data is to be erased. Who asks is who is signed in."""

    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3}),
        label=_("Why"),
        help_text=_("Do not write the person’s name here: the reason stays."),
    )


class AnswerForm(forms.Form):
    """Yes or no to one request."""

    request = forms.UUIDField(widget=forms.HiddenInput, label=_("Request"))
    answer = forms.ChoiceField(
        choices=[("approve", _("Erase")), ("decline", _("Do not erase"))], label=_("Your answer")
    )
