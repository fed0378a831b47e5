"""Registering and describing a use."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext as now_translated
from django.utils.translation import gettext_lazy as _

from commonweal.practices import Dimension, catalogue
from commonweal.shared.money import Money, MoneyError
from commonweal_web.layout.fields import DayField
from commonweal_web.systems.models import Stage, Use

STARTS = [(stage.value, stage.label) for stage in Stage if stage not in ("stopped", "retired")]
START_HINTS = {
    "identified": _("Nothing is decided. Choose this for every new idea."),
    "selecting": _("Already running: products are being compared."),
    "procuring": _("Already running: it is being bought or built."),
    "piloting": _("Already running: some people try it out at work."),
    "in_use": _("Already running: people work with it every day."),
    "stopping": _("Already running: it is being switched off."),
}
TEXT = forms.Textarea(attrs={"rows": 4})


class RegisterForm(forms.Form):
    """The few words with which a use enters the register."""

    name = forms.CharField(
        label=_("What do you call this use?"),
        max_length=500,
        help_text=_("Such as “Shift planner”. One system used for two things is two uses."),
        error_messages={"required": _("Give it a name.")},
    )
    system_name = forms.CharField(
        label=_("Which system is it?"),
        max_length=500,
        required=False,
        help_text=_("The product or model. Leave it empty when it has no other name."),
    )
    vendor_name = forms.CharField(
        label=_("Who sells or makes it?"), max_length=300, required=False
    )
    purpose = forms.CharField(
        label=_("What is it for?"),
        widget=TEXT,
        required=False,
        max_length=5000,
        help_text=_("One sentence that somebody who works with it would say."),
    )
    stage = forms.ChoiceField(
        label=_("Where does it stand today?"),
        choices=STARTS,
        widget=forms.RadioSelect,
        initial="identified",
        help_text=_(
            "A use that is already running enters without gate: nothing counts as met, every gap "
            "is listed, workers see that, and a first review day is set."
        ),
        error_messages={"required": _("Say where it stands.")},
    )
    review_on = DayField(
        label=_("When will it be reviewed first?"),
        required=False,
        help_text=_("Only for one that is already running. Left empty: in 90 days."),
    )


class DescribeForm(forms.Form):
    """What a use is, for whom and what it gives out."""

    name = forms.CharField(
        label=_("Name"), max_length=500, error_messages={"required": _("Give it a name.")}
    )
    purpose = forms.CharField(
        label=_("What is it for?"),
        widget=TEXT,
        max_length=5000,
        help_text=_("A sentence a person would say: it proposes who works when."),
        error_messages={"required": _("Say what it is for.")},
    )
    outputs = forms.CharField(
        label=_("What does it give out?"),
        widget=TEXT,
        max_length=5000,
        help_text=_("A list, a score, a text, a plan, a movement. Who gets to see it?"),
        error_messages={"required": _("Say what it gives out.")},
    )
    unit = forms.CharField(label=_("Part of the organisation"), max_length=500, required=False)
    topic = forms.CharField(label=_("Topic"), max_length=300, required=False)


class ClassifyForm(forms.Form):
    """How AI is built in, where people meet it, and how it works."""

    forms_of_integration = forms.MultipleChoiceField(
        label=_("How is it built into the work?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    instances = forms.MultipleChoiceField(
        label=_("Where do people meet it?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    aspects = forms.MultipleChoiceField(
        label=_("How does it work?"), widget=forms.CheckboxSelectMultiple, required=False
    )

    DIMENSIONS = {
        "forms_of_integration": Dimension.FORM_OF_INTEGRATION,
        "instances": Dimension.INSTANCE,
        "aspects": Dimension.TECHNOLOGICAL_ASPECT,
    }

    def __init__(self, *args: Any, use: Use, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, dimension in self.DIMENSIONS.items():
            choices = [(each.id, each.title) for each in catalogue().choices_of(dimension)]
            self.fields[name].choices = choices  # type: ignore[attr-defined]
            self.fields[name].initial = [c for c, _title in choices if c in use.classification]

    @property
    def codes(self) -> list[str]:
        """Every code that was chosen."""
        return [code for name in self.DIMENSIONS for code in self.cleaned_data[name]]


def with_suggestion(help: str, *, is_suggested: bool) -> str:
    """A help text, and that a register's own words point there."""
    if not is_suggested:
        return help
    return f"{help} {now_translated('The register’s words suggest this. Is it so?')}"


ANSWERS = (("yes", _("Yes")), ("no", _("No")), ("", _("Not answered")))


class FactsForm(forms.Form):
    """One question per fact of the catalogue: yes, no, or not answered."""

    def __init__(self, *args: Any, use: Use, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for fact in catalogue().facts:
            given = "yes" if fact.id in use.facts_yes else "no" if fact.id in use.facts_no else ""
            self.fields[fact.id] = forms.ChoiceField(
                label=fact.title,
                help_text=with_suggestion(fact.help, is_suggested=fact.id in use.suggested),
                choices=ANSWERS,
                widget=forms.RadioSelect,
                required=False,
                initial=given,
            )

    def answered(self, answer: str) -> list[str]:
        """The facts with this answer."""
        return [fact for fact, given in self.cleaned_data.items() if given == answer]


def minor_units(text: str, *, currency: str) -> int | None:
    """Whole units as they were typed, in the smallest unit. Raises ValidationError."""
    plain = "".join(text.split()).replace("−", "-")
    if not plain:
        return None
    try:
        return Money.of(plain, currency=currency).minor
    except MoneyError as error:
        raise forms.ValidationError(str(error)) from error


class MoneyForm(forms.Form):
    """What the use is expected to return, and what it changes in yearly costs and revenue."""

    currency = forms.CharField(
        label=_("Currency"), max_length=3, help_text=_("Three letters, such as EUR.")
    )
    cost_change = forms.CharField(
        label=_("Change in yearly costs"),
        required=False,
        max_length=30,
        help_text=_("In whole units with a point, such as -120000 for a saving or 3500.50."),
    )
    revenue_change = forms.CharField(
        label=_("Change in yearly revenue"), required=False, max_length=30
    )
    change_since = DayField(label=_("From which day do these changes count?"), required=False)
    return_multiple = forms.CharField(
        label=_("How many times the money put in do you expect back?"),
        required=False,
        max_length=12,
        help_text=_("Such as 2.5, with at most two digits after the point."),
    )

    def clean_currency(self) -> str:
        """Three capital letters."""
        return str(self.cleaned_data["currency"]).strip().upper()

    def clean(self) -> dict[str, Any]:
        """Amounts in the smallest unit, the multiple in hundredths."""
        given = super().clean() or {}
        currency = given.get("currency") or "EUR"
        for name in ("cost_change", "revenue_change"):
            try:
                given[f"{name}_minor"] = minor_units(given.get(name, ""), currency=currency)
            except forms.ValidationError as error:
                self.add_error(name, error)
        try:
            multiple = hundredths(given.get("return_multiple", ""))
            given["return_multiple_hundredths"] = multiple
        except forms.ValidationError as error:
            self.add_error("return_multiple", error)
        return given


def hundredths(text: str) -> int | None:
    """A number with at most two digits after the point, in hundredths. Raises ValidationError."""
    plain = text.strip()
    if not plain:
        return None
    try:
        exact = Decimal(plain) * 100
    except InvalidOperation:
        exact = Decimal("0.5")
    if not exact.is_finite() or exact != exact.to_integral_value() or abs(exact) > 10**12:
        raise forms.ValidationError(
            _("“%(text)s” is no number with at most two digits after the point."),
            params={"text": plain},
        )
    return int(exact)


class OwnerForm(forms.Form):
    """Which manager answers for a use."""

    owner = forms.ChoiceField(
        label=_("Who answers for this use?"),
        error_messages={"required": _("Choose a person.")},
        help_text=_(
            "People with the role “Use owner”. Somebody missing? Give them the role first."
        ),
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", ""), *people]  # type: ignore[attr-defined]


class ReviewForm(forms.Form):
    """The day of the next review."""

    review_on = DayField(
        label=_("When is it reviewed next?"),
        help_text=_("At most a year from today."),
        error_messages={"required": _("Give a day.")},
    )


class GroupForm(forms.Form):
    """A worker group that a use touches."""

    group = forms.ChoiceField(
        label=_("Worker group"), error_messages={"required": _("Choose a group.")}
    )

    def __init__(self, *args: Any, groups: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = [("", ""), *groups]  # type: ignore[attr-defined]


class SiteForm(forms.Form):
    """A site where a use runs."""

    site = forms.ChoiceField(label=_("Site"), error_messages={"required": _("Choose a site.")})

    def __init__(self, *args: Any, sites: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].choices = [("", ""), *sites]  # type: ignore[attr-defined]


class OutsidersForm(forms.Form):
    """People outside the roster, counted with a source."""

    outside_name = forms.CharField(
        label=_("Who are they?"),
        max_length=200,
        help_text=_("Such as people who apply for a job, or drivers of another company."),
        error_messages={"required": _("Say who they are.")},
    )
    outside_count = forms.IntegerField(
        label=_("How many, about?"),
        required=False,
        min_value=0,
        max_value=2_000_000_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _("Write a whole number, such as 1200.")},
    )
    outside_source = forms.CharField(
        label=_("Where is the number from?"),
        max_length=300,
        required=False,
        help_text=_("A number needs its source: a count, a report, an estimate by somebody."),
    )
