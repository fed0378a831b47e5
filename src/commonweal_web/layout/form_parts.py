"""Turns a Django form field into what the field templates show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.widgets import Input
from django.utils.translation import gettext as _

from commonweal_web.layout.fields import PARTS, DayWidget

KIND_OF_WIDGET: dict[type[forms.Widget], str] = {
    DayWidget: "day",
    forms.HiddenInput: "hidden",
    forms.PasswordInput: "password",
    forms.CheckboxInput: "checkbox",
    forms.CheckboxSelectMultiple: "choices",
    forms.RadioSelect: "choices",
    forms.Select: "select",
    forms.Textarea: "textarea",
    forms.FileInput: "file",
    Input: "input",
}
DJANGO_ROWS = "10"
CLASS_OF_KIND = {
    "input": "govuk-input",
    "password": "govuk-input govuk-password-input__input govuk-js-password-input-input",
    "textarea": "govuk-textarea",
    "select": "govuk-select",
    "file": "govuk-file-upload",
}


def kind_of(field: BoundField) -> str:
    """Which template shows this field; a widget of another family is refused with TypeError."""
    for ancestor in type(field.field.widget).__mro__:
        if ancestor in KIND_OF_WIDGET:
            return KIND_OF_WIDGET[ancestor]
    name = type(field.field.widget).__name__
    raise TypeError(f"The field {field.name!r} uses {name}, which no field template shows.")


def field_context(
    field: BoundField, *, hints: Mapping[str, str], is_heading: bool, in_filter: bool
) -> dict[str, Any]:
    """Everything a field template needs; `hints` explains single choices by their value."""
    kind = kind_of(field)
    limit = field.field.widget.attrs.get("maxlength")
    return {
        "field": field,
        "kind": kind,
        "template": f"components/fields/{kind}.html",
        "control": _control(field, kind=kind, counted=kind == "textarea" and bool(limit)),
        "limit": limit,
        "is_optional": not field.field.required and not in_filter,
        "is_heading": is_heading,
        "described_by": _described_by(field),
        "choices": list(_choices(field, hints=hints)) if kind == "choices" else [],
        "is_many": isinstance(field.field.widget, forms.CheckboxSelectMultiple),
        "day_parts": list(_day_parts(field)) if kind == "day" else [],
    }


def error_links(form: forms.BaseForm) -> Iterator[tuple[str, str]]:
    """Each fault of a form with the id of the control that mends it, or "" for the whole form."""
    for text in form.non_field_errors():
        yield str(text), ""
    for field in form:
        for text in field.errors:
            yield f"{_as_opening(str(field.label))} {text}", first_id(field)


def first_id(field: BoundField) -> str:
    """The id of a field's first control: where a link from the error summary leads."""
    identifier = str(field.auto_id or field.html_name)
    return f"{identifier}_0" if kind_of(field) in ("choices", "day") else identifier


def _as_opening(label: str) -> str:
    return label if label.endswith(("?", ".", ":")) else f"{label}:"


def _control(field: BoundField, *, kind: str, counted: bool) -> str:
    own = str(field.field.widget.attrs.get("class", ""))
    classes = [CLASS_OF_KIND.get(kind, ""), own]
    if counted:
        classes.append("govuk-js-character-count")
    if field.errors and kind in CLASS_OF_KIND:
        classes.append(CLASS_OF_KIND[kind].split()[0] + "--error")
    attributes: dict[str, str | bool] = {"class": " ".join(name for name in classes if name)}
    if kind == "textarea" and field.field.widget.attrs.get("rows") == DJANGO_ROWS:
        attributes["rows"] = "5"
    return field.as_widget(attrs=attributes) if kind in (*CLASS_OF_KIND, "hidden") else ""


def _described_by(field: BoundField) -> str:
    identifier = field.auto_id
    parts = [f"{identifier}_helptext"] if field.help_text else []
    return " ".join([*parts, f"{identifier}_error"] if field.errors else parts)


def _choices(field: BoundField, *, hints: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for choice in field.subwidgets:
        data = choice.data
        yield {
            "id": data["attrs"]["id"],
            "name": data["name"],
            "value": data["value"],
            "label": data["label"],
            "is_chosen": data["selected"],
            "hint": hints.get(str(data["value"]), ""),
        }


def _day_parts(field: BoundField) -> Iterator[dict[str, Any]]:
    labels = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
    shown = field.subwidgets[0].data["subwidgets"]
    for part, data in zip(PARTS, shown, strict=True):
        yield {
            "id": data["attrs"]["id"],
            "name": data["name"],
            "value": data["value"] or "",
            "label": labels[part],
            "size": 4 if part == "year" else 2,
        }
