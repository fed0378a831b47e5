"""The forms of the workplaces pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from commonweal.shared.money import Money, MoneyError
from commonweal_web.house.declaration import Text
from commonweal_web.layout.fields import DayField
from commonweal_web.organisations.models import CURRENCY, Organisation
from commonweal_web.workplaces.models import Representation, Site, WorkerGroup
from commonweal_web.workplaces.queries import representations_of, sites_of

WEEK = (
    (1, _("Monday")),
    (2, _("Tuesday")),
    (3, _("Wednesday")),
    (4, _("Thursday")),
    (5, _("Friday")),
    (6, _("Saturday")),
    (7, _("Sunday")),
)
LARGEST = 9_000_000_000_000_000
AMOUNT_HINT = _("Digits, with a point before cents: 1250000.50")


def read_money(text: str, *, currency: str) -> Money:
    """The amount that was typed. Raises `ValidationError` in plain words."""
    try:
        amount = Money.of(text.replace(" ", "").replace("’", ""), currency=currency)
    except MoneyError as fault:
        raise ValidationError(
            _("“%(text)s” is no amount. Write digits, with a point before cents."),
            params={"text": text},
        ) from fault
    if not 0 <= amount.minor <= LARGEST:
        raise ValidationError(_("Give an amount from 0 to 90 000 000 000 000."))
    return amount


class InCurrency(forms.Form):
    """A form whose `amounts` are read in its currency."""

    amounts: Sequence[str] = ()
    currency = forms.CharField(label=_("Currency"), max_length=3, validators=[CURRENCY])

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        for name in self.amounts:
            if facts.get(name) and facts.get("currency"):
                try:
                    facts[name] = read_money(facts[name], currency=facts["currency"])
                except ValidationError as fault:
                    self.add_error(name, fault)
        return facts


class OrganisationForm(forms.Form):
    """The facts of the organisation."""

    name = forms.CharField(label=_("Name"), max_length=200)
    currency = forms.CharField(label=_("Currency"), max_length=3, validators=[CURRENCY])
    help_contact = forms.CharField(
        label=_("Whom do people ask for help?"),
        max_length=200,
        required=False,
        help_text=_("It stands at the foot of every page."),
    )
    language = forms.ChoiceField(
        label=_("In which language do people write here?"),
        choices=settings.LANGUAGES,
        required=False,
        help_text=_("Who reads in another language is told so where a text is not translated."),
    )
    colour = forms.CharField(
        label=_("Colour"), max_length=7, required=False, help_text=_("Such as #0f6b63.")
    )


class YearForm(InCurrency):
    """What was spent and earned in one year."""

    amounts = ("costs", "revenue")
    year = forms.IntegerField(label=_("Year"), min_value=1900, max_value=2200)
    costs = forms.CharField(label=_("All costs"), max_length=30, help_text=AMOUNT_HINT)
    revenue = forms.CharField(label=_("All revenue"), max_length=30, help_text=AMOUNT_HINT)
    source = forms.CharField(
        label=_("Where is that from?"),
        max_length=300,
        required=False,
        help_text=_("Such as “annual report 2026, page 14”."),
    )
    field_order = ("year", "currency", "costs", "revenue", "source")


class Search(forms.Form):
    words = forms.CharField(label=_("Search"), required=False, max_length=100)


class GroupFilter(Search):
    """Search and filters of the list of groups."""

    site = forms.ChoiceField(label=_("Site"), required=False)
    contract = forms.ChoiceField(
        label=_("Contract"),
        required=False,
        choices=[("", _("Any contract")), *WorkerGroup.Contract.choices],
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "site", [("", _("Any site")), *_named(sites_of(organisation))])


class SiteForm(forms.Form):
    """A workplace, its time and its calendar."""

    name = forms.CharField(label=_("Name"), max_length=150)
    country = forms.CharField(
        label=_("Country"), max_length=2, help_text=_("Two letters, such as ES.")
    )
    region = forms.CharField(label=_("Region"), max_length=100, required=False)
    time_zone = forms.CharField(
        label=_("Time zone"), max_length=60, help_text=_("Such as Europe/Madrid.")
    )
    working_days = forms.TypedMultipleChoiceField(
        label=_("On which days do people work?"),
        choices=WEEK,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    holidays = forms.CharField(
        label=_("Holidays"),
        widget=forms.Textarea,
        required=False,
        help_text=_("One day a line, such as 2027-12-25. Deadlines leave these days out."),
    )
    languages = forms.CharField(
        label=_("Languages"), max_length=100, help_text=_("Such as: es, en, ar")
    )

    def clean_holidays(self) -> list[str]:
        return str(self.cleaned_data["holidays"]).split()

    def clean_languages(self) -> list[str]:
        return str(self.cleaned_data["languages"]).replace(",", " ").lower().split()


class GroupForm(InCurrency):
    """People who share a role, a site and a contract."""

    amounts = ("cost_per_fte",)
    name = forms.CharField(
        label=_("Name"), max_length=150, help_text=_("What they do, such as “order pickers”.")
    )
    site = forms.ChoiceField(label=_("Site"))
    contract = forms.ChoiceField(
        label=_("Contract"), choices=WorkerGroup.Contract.choices, widget=forms.RadioSelect
    )
    headcount = forms.IntegerField(label=_("How many people?"), min_value=0, max_value=10_000_000)
    cost_per_fte = forms.CharField(
        label=_("What does one full-time post cost a year?"),
        max_length=30,
        required=False,
        help_text=_("With all on-costs. Digits, with a point before cents."),
    )
    representation = forms.ChoiceField(label=_("Represented by"), required=False)
    field_order = (
        "name",
        "site",
        "contract",
        "headcount",
        "cost_per_fte",
        "currency",
        "representation",
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._sites = {str(each.pk): each for each in sites_of(organisation)}
        self._bodies = {str(each.pk): each for each in representations_of(organisation)}
        _choose(self, "site", [("", ""), *_named(self._sites.values())])
        nobody = _("no body of its own")
        _choose(self, "representation", [("", nobody), *_named(self._bodies.values())])

    def clean_site(self) -> Site:
        return self._sites[self.cleaned_data["site"]]

    def clean_representation(self) -> Representation | None:
        return self._bodies.get(self.cleaned_data["representation"])

    def facts(self) -> dict[str, Any]:
        """The values for the action: the cost carries its currency."""
        facts = dict(self.cleaned_data)
        facts.pop("currency")
        facts["cost_per_fte"] = facts["cost_per_fte"] or None
        return facts


class ReasonForm(forms.Form):
    because = forms.CharField(
        label=_("Why?"),
        max_length=500,
        widget=forms.Textarea(attrs={"maxlength": "500"}),
        help_text=_("Write about the work and the group, not about single people."),
    )


class MemberForm(forms.Form):
    username = forms.CharField(label=_("Sign-in name of the person"), max_length=150)
    since = DayField(label=_("From which day?"))


class EndForm(forms.Form):
    until = DayField(label=_("Which day is the last one?"))


class BodyForm(forms.Form):
    """A body that speaks for workers."""

    name = forms.CharField(label=_("Name"), max_length=150)
    kind = forms.ChoiceField(
        label=_("What is it?"), choices=Representation.Kind.choices, widget=forms.RadioSelect
    )
    site = forms.ChoiceField(label=_("Where does it speak for workers?"), required=False)
    contact = forms.CharField(
        label=_("How is it reached?"),
        max_length=200,
        required=False,
        help_text=_("An address of the body, not of a person."),
    )
    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=30_000, required=False)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._sites = {str(each.pk): each for each in sites_of(organisation)}
        _choose(
            self, "site", [("", _("in the whole organisation")), *_named(self._sites.values())]
        )

    def clean_site(self) -> Site | None:
        return self._sites.get(self.cleaned_data["site"])


class BodyFactsForm(forms.Form):
    """What can be corrected of a body."""

    name = forms.CharField(label=_("Name"), max_length=150)
    contact = forms.CharField(label=_("How is it reached?"), max_length=200, required=False)
    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=30_000, required=False)


class SiteRoleForm(forms.Form):
    """A role at one site, for somebody who can sign in already."""

    username = forms.CharField(label=_("Sign-in name of the person"), max_length=150)
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    since = DayField(label=_("From which day?"))

    def __init__(self, *args: Any, roles: Sequence[tuple[str, Text]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "role", roles)


class AcceptForm(forms.Form):
    """The person whom a body names."""

    name = forms.CharField(label=_("Your name"), max_length=150)
    username = forms.CharField(
        label=_("Sign-in name"), max_length=150, help_text=_("Short and easy to type.")
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 10 characters. Three or four unrelated words make a good one."),
    )


def _choose(form: forms.Form, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]


def _named(rows: Any) -> list[tuple[str, str]]:
    return [(str(each.pk), each.name) for each in rows]
