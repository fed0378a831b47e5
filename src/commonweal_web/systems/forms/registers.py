"""Bringing in a register, and saying what its columns mean."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as now_translated
from django.utils.translation import gettext_lazy as _

from commonweal.systems.inventory.mapping import TARGET_FIELDS, RegisterFormat
from commonweal.systems.inventory.mapping_file import LARGEST_MAPPING_BYTES, shipped_formats
from commonweal.systems.inventory.table import Column
from commonweal_web.house.declaration import Text

OWN_COLUMNS = "own"
MAPPED = "mapped"
TARGET_TITLES: dict[str, Text] = {
    "name": _("Name of the use"),
    "purpose": _("What it is for"),
    "outputs": _("What it gives out"),
    "organisation_unit": _("Part of the organisation"),
    "topic": _("Topic"),
    "system_name": _("Name of the system"),
    "vendor": _("Vendor"),
    "stage": _("Stage"),
    "rights_or_safety_impact": _("Effect on rights or safety"),
    "autonomy": _("Whether it acts alone"),
    "personal_data": _("Whether it uses data about people"),
    "date_initiated": _("Day it was begun"),
    "date_acquired": _("Day it was bought"),
    "date_in_use": _("Day it went into use"),
    "date_retired": _("Day it was retired"),
}


def _formats() -> list[tuple[str, Text]]:
    shipped = [(name, name) for name in shipped_formats()]
    return [
        (OWN_COLUMNS, _("Our own list: help me say what its columns mean")),
        *shipped,
        (MAPPED, _("A list with a mapping file, which I send along")),
    ]


class BringInForm(forms.Form):
    """A register, and how it is written."""

    file = forms.FileField(
        label=_("The file with your list"),
        help_text=_("CSV, XLSX or JSON, at most 64 MB. Nothing changes before you say so."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.json"}),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty. Check that the right file was chosen."),
        },
    )
    format = forms.ChoiceField(
        label=_("How is it written?"),
        choices=_formats,
        widget=forms.RadioSelect,
        initial=OWN_COLUMNS,
        error_messages={"required": _("Say how the list is written.")},
    )
    mapping = forms.FileField(
        label=_("Mapping file"),
        required=False,
        help_text=_("A TOML file that says what each column means."),
        widget=forms.FileInput(attrs={"accept": ".toml"}),
    )

    def clean(self) -> dict[str, Any]:
        """A mapping file belongs to the last way, and is needed there."""
        given = super().clean() or {}
        if given.get("format") == MAPPED and not given.get("mapping"):
            self.add_error("mapping", _("Choose the mapping file too."))
        return given

    def clean_mapping(self) -> str:
        """The text of the mapping file."""
        return mapping_text(self.cleaned_data.get("mapping"))


def mapping_text(file: Any) -> str:
    """The text of a mapping file that was sent. Raises ValidationError when it is no text."""
    if not file:
        return ""
    if file.size > LARGEST_MAPPING_BYTES:
        raise forms.ValidationError(_("A mapping file has at most 1 MB. Choose another file."))
    try:
        return str(file.read().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise forms.ValidationError(
            _("The mapping file is not UTF-8 at byte %(place)s. Save it as UTF-8."),
            params={"place": error.start},
        ) from error


class MappingFileForm(forms.Form):
    """A mapping file that was corrected by hand."""

    mapping = forms.FileField(
        label=_("Your corrected mapping file"),
        widget=forms.FileInput(attrs={"accept": ".toml"}),
        error_messages={"required": _("Choose the mapping file.")},
    )

    def clean_mapping(self) -> str:
        """The text of the mapping file."""
        return mapping_text(self.cleaned_data["mapping"])


class ColumnsForm(forms.Form):
    """For each field of a use the column that fills it, and what tells rows apart."""

    title = forms.CharField(
        label=_("What is this list called?"),
        max_length=100,
        help_text=_("The same name next year finds the same rows again."),
        error_messages={"required": _("Give the list a name.")},
    )

    def __init__(
        self, *args: Any, columns: tuple[Column, ...], draft: RegisterFormat, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        places = [(str(each.position), _column_words(each)) for each in columns]
        self.fields["title"].initial = draft.name
        for target in TARGET_FIELDS:
            rule = draft.fields.get(target)
            self.fields[target] = forms.ChoiceField(
                label=TARGET_TITLES[target],
                choices=[("", now_translated("no column")), *places],
                initial=str(rule.columns[0]) if rule else "",
                required=target == "name",
                error_messages={"required": _("Choose the column that names the use.")},
            )
        self.fields["identity"] = forms.MultipleChoiceField(
            label=_("Which columns together tell one row from another?"),
            help_text=_("They stay the same from year to year, like a name and a department."),
            choices=places,
            initial=[str(place) for place in draft.identity],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Choose at least one column.")},
        )

    @property
    def chosen(self) -> dict[str, int]:
        """The column of each field that has one."""
        return {
            target: int(self.cleaned_data[target])
            for target in TARGET_FIELDS
            if self.cleaned_data.get(target)
        }

    @property
    def targets(self) -> list[forms.BoundField]:
        """The fields that ask for a column."""
        return [self[target] for target in TARGET_FIELDS]


def _column_words(column: Column) -> str:
    words = " ".join(column.name.split()) or now_translated("no header")
    short = words if len(words) <= 80 else words[:79] + "…"
    return f"{column.position}: {short}"
