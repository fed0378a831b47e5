"""The forms of the evidence pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf.locale import LANG_INFO
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from commonweal_web.evidence.models import Evidence
from commonweal_web.evidence.queries.pieces import WORKERS_AND_INDEPENDENT

READER_HINTS = {
    Evidence.SeenBy.EVERYONE: _("Management too."),
    Evidence.SeenBy.WORKERS: _("Workers, their representatives, experts and handlers."),
    Evidence.SeenBy.OWN_SIDE: _("Nobody of the other side."),
    Evidence.SeenBy.PUBLIC: _("Nobody outside sees it before the page is published anew."),
}


def _languages() -> list[tuple[str, Any]]:
    """Every language with its own name, as its speakers write it."""
    names = {code: info["name_local"] for code, info in LANG_INFO.items() if "name_local" in info}
    named = sorted(names.items(), key=lambda each: each[1].casefold())
    return [("", _("No language, or several")), *named]


def _forms() -> list[tuple[str, str]]:
    """The forms as choices: a list begins with capitals."""
    return [(value, capfirst(str(label))) for value, label in Evidence.Form.choices]


class AttachForm(forms.Form):
    """What every piece needs: a title, what it shows, and who may see it."""

    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        error_messages={"required": _("Give it a title, so that others know what it is.")},
    )
    text = forms.CharField(
        label=_("What does it show?"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    language = forms.ChoiceField(label=_("In which language?"), required=False, choices=_languages)
    seen_by = forms.ChoiceField(
        label=_("Who may see it?"),
        widget=forms.RadioSelect,
        initial=Evidence.SeenBy.EVERYONE,
        error_messages={"required": _("Choose who may see it.")},
    )

    def __init__(self, *given: Any, side: str, may_be_public: bool, **options: Any) -> None:
        super().__init__(*given, **options)
        open_ones = {Evidence.SeenBy.EVERYONE, Evidence.SeenBy.OWN_SIDE}
        if side in WORKERS_AND_INDEPENDENT:
            open_ones.add(Evidence.SeenBy.WORKERS)
        if may_be_public:
            open_ones.add(Evidence.SeenBy.PUBLIC)
        choices = [each for each in Evidence.SeenBy.choices if each[0] in open_ones]
        self.fields["seen_by"].choices = choices  # type: ignore[attr-defined]


class _InAForm(AttachForm):
    form = forms.ChoiceField(
        label=_("How is it taken in?"),
        choices=_forms,
        initial=Evidence.Form.DOCUMENT,
    )


class FileForm(_InAForm):
    """A file to keep."""

    file = forms.FileField(
        label=_("File"),
        max_length=1000,
        error_messages={
            "required": _("Choose the file to keep."),
            "empty": _("This file is empty. Choose the one you meant."),
            "max_length": _("The name of this file is too long. Shorten it and send it again."),
        },
    )
    field_order = ("file", "title", "text", "language", "form", "seen_by")


class LinkForm(_InAForm):
    """An address to keep."""

    address = forms.CharField(
        label=_("Web address"),
        max_length=2000,
        widget=forms.TextInput(attrs={"inputmode": "url"}),
        error_messages={"required": _("Write the web address, beginning with https://.")},
    )
    field_order = ("address", "title", "text", "language", "form", "seen_by")


class NoteForm(AttachForm):
    """What somebody saw or was told."""

    text = forms.CharField(
        label=_("What did you see, or what were you told?"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write what you saw or were told.")},
    )


class WithdrawForm(forms.Form):
    """Why a piece is taken back."""

    reason = forms.CharField(
        label=_("Why do you take it back?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why you take it back. The reason stays.")},
    )
    delete_now = forms.BooleanField(
        label=_("It shows what it must not, such as somebody’s private data: delete the file now"),
        required=False,
    )


FORMS: dict[str, type[AttachForm]] = {
    Evidence.Kind.FILE: FileForm,
    Evidence.Kind.LINK: LinkForm,
    Evidence.Kind.NOTE: NoteForm,
}
