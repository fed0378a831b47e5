"""A day, asked for as three numbers: easier to type than a calendar, on any phone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

PARTS = ("day", "month", "year")


class DayWidget(forms.MultiWidget):
    """Three number fields: day, month, year. Their value is one text, year first."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        inputs: dict[str, forms.Widget | type[forms.Widget]] = {
            part: forms.TextInput(attrs={"inputmode": "numeric"}) for part in PARTS
        }
        super().__init__(inputs, attrs)

    def decompress(self, value: Any) -> list[str]:
        """Day, month and year of a date, or of what was typed when it is no date."""
        if isinstance(value, date):
            return [str(value.day), str(value.month), str(value.year)]
        if isinstance(value, str) and value.count("-") == 2:
            return value.split("-")[::-1]
        return ["", "", ""]

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """What was typed, year first; an empty text when nothing was."""
        day, month, year = (str(data.get(f"{name}_{part}", "")).strip() for part in PARTS)
        return f"{year}-{month}-{day}" if day or month or year else ""


class DayField(forms.DateField):
    """A day without a time of day."""

    widget = DayWidget
    default_error_messages = {
        "invalid": _("This is not a day of the calendar. Write it like 27 3 2027."),
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **options)
