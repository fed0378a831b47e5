"""Forms about people who take part, and about the tasks of a job."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonweal.practices import catalogue
from commonweal.shared.money import Money
from commonweal_web.job_impact.models import Contributor
from commonweal_web.job_impact.queries.groups import Column
from commonweal_web.layout.fields import DayField


def help_of_kind() -> dict[Contributor.Kind, str]:
    """What each kind of participant is, in the reader's language."""
    return {
        Contributor.Kind(
            each.id if each.id != "elsewhere_in_chain" else "elsewhere_in_the_chain"
        ): each.help
        for each in catalogue().stakeholders
    }


class InviteForm(forms.Form):
    """Whom to ask, as what, and on which terms."""

    name = forms.CharField(label=_("Who is it?"), max_length=150)
    kind = forms.ChoiceField(
        label=_("As what do they take part?"),
        choices=Contributor.Kind.choices,
        widget=forms.RadioSelect,
    )
    group = forms.ChoiceField(
        label=_("Do they belong to a group that is affected?"), required=False
    )
    fee = forms.DecimalField(
        label=_("What are they paid?"),
        min_value=Decimal(0),
        max_digits=12,
        decimal_places=2,
        help_text=_("For employees: what their paid working time costs."),
    )
    minutes = forms.IntegerField(
        label=_("How many minutes will it take?"), min_value=5, max_value=6000, initial=30
    )
    payment_due = DayField(label=_("By when are they paid?"), help_text=_("For example 27 3 2027"))
    helped_by = forms.CharField(
        label=_("Does somebody fill it in with them or for them?"),
        required=False,
        max_length=150,
        help_text=_("The helper’s name. Answers will say that there was help."),
    )

    def __init__(self, *args: Any, columns: tuple[Column, ...], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["group"]
        if isinstance(field, forms.ChoiceField):
            groups = [(str(column.key), column.name) for column in columns]
            field.choices = [("", _("No")), *groups]

    def terms(self, *, currency: str) -> dict[str, Any]:
        """What the action takes: the fee in smallest units, no group as None."""
        said = dict(self.cleaned_data)
        fee = Money.of(said.pop("fee"), currency=currency)
        return {
            **said,
            "fee_minor": fee.minor,
            "currency": currency,
            "group": said["group"] or None,
        }


class PaymentForm(forms.Form):
    """When somebody was paid."""

    paid_on = DayField(label=_("Paid on"), help_text=_("For example 27 3 2027"))


class AcceptForm(forms.Form):
    """What an expert declares before starting."""

    discipline = forms.CharField(
        label=_("What is your field?"),
        max_length=150,
        help_text=_("For example work psychology, or labour law."),
    )
    tie_to_employer = forms.CharField(
        label=_("Any tie to the employer?"),
        max_length=300,
        required=False,
        help_text=_("Work, money, family. Leave it empty to declare that there is none."),
    )
    tie_to_vendor = forms.CharField(
        label=_("Any tie to the vendor?"),
        max_length=300,
        required=False,
        help_text=_("Leave it empty to declare that there is none."),
    )


class TaskForm(forms.Form):
    """A task of one's own job."""

    name = forms.CharField(
        label=_("A task of your job"), max_length=200, help_text=_("A few plain words.")
    )


YES_NO = (("yes", _("Yes")), ("no", _("No")))


class RateForm(forms.Form):
    """What one thinks of a task."""

    is_core = forms.ChoiceField(
        label=_("Is it part of the core of your job?"), choices=YES_NO, widget=forms.RadioSelect
    )
    is_liked = forms.ChoiceField(
        label=_("Do you like doing it?"),
        choices=[*YES_NO, ("", _("Rather not say"))],
        widget=forms.RadioSelect,
        required=False,
    )
    share_percent = forms.IntegerField(
        label=_("About how much of your time does it take, in per cent?"),
        min_value=0,
        max_value=100,
        required=False,
    )

    def said(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        liked = {"yes": True, "no": False}.get(data["is_liked"])
        return {
            "is_core": data["is_core"] == "yes",
            "is_liked": liked,
            "share_percent": data["share_percent"],
        }
