"""Copying a use, and changing several at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as now_translated
from django.utils.translation import gettext_lazy as _

from commonweal_web.layout.fields import DayField

KINDS = (
    ("owner", _("Who answers for them")),
    ("review", _("The day of the next review")),
    ("unit", _("The part of the organisation")),
    ("topic", _("The topic")),
    ("codes_on", _("Add to how they are classified")),
    ("codes_off", _("Take off how they are classified")),
    ("group_on", _("Add a worker group that they touch")),
    ("group_off", _("Take off a worker group that they touch")),
)


class CopyForm(forms.Form):
    """The name of a copy, and whom it touches."""

    name = forms.CharField(
        label=_("What do you call the new use?"),
        max_length=500,
        error_messages={"required": _("Give it a name.")},
    )
    groups = forms.MultipleChoiceField(
        label=_("Which worker groups does it touch?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None is taken over: choose them again, now or later."),
        error_messages={"invalid_choice": _("This worker group is not here. Choose again.")},
    )

    def __init__(self, *args: Any, groups: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groups"].choices = groups  # type: ignore[attr-defined]


def _picked(label: Any, required: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        error_messages={"required": required, "invalid_choice": _("Choose one of the list.")},
    )


def _value_field(kind: str) -> forms.Field:
    """The one field that a kind of change asks for."""
    asked: dict[str, forms.Field] = {
        "owner": _picked(_("Who answers for them from now on?"), _("Choose a person.")),
        "review": DayField(
            label=_("On which day will they be reviewed next?"),
            help_text=_("A day that stands only moves earlier."),
            error_messages={"required": _("Say the day.")},
        ),
        "unit": forms.CharField(
            label=_("To which part of the organisation do they belong?"),
            max_length=500,
            error_messages={"required": _("Name the part of the organisation.")},
        ),
        "topic": forms.CharField(
            label=_("What is their topic?"),
            max_length=300,
            error_messages={"required": _("Name the topic.")},
        ),
        "codes": _picked(_("Classified as"), _("Choose what they are classified as.")),
        "group": _picked(_("Worker group"), _("Choose a worker group.")),
    }
    return asked[kind.partition("_")[0]]


class ChangeForm(forms.Form):
    """One change for several uses, and which uses those are."""

    uses = forms.MultipleChoiceField(
        label=_("For which uses?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one use."),
            "invalid_choice": _("A use of the list is no longer there. Look at the list again."),
        },
    )

    def __init__(
        self,
        *args: Any,
        kind: str,
        values: list[tuple[str, str]],
        uses: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"] = _value_field(kind)
        if isinstance(self.fields["value"], forms.ChoiceField):
            self.fields["value"].choices = [("", now_translated("Choose")), *values]
        self.fields["uses"].choices = uses  # type: ignore[attr-defined]
        self.order_fields(["value", "uses"])
