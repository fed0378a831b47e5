"""Pages on which a use is described: words, classification, facts, owner, money, review."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commonweal.practices import catalogue
from commonweal.shared.money import Money
from commonweal_web.house.refusals import Refused
from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.people.queries import account_of, accounts_in_role
from commonweal_web.systems import actions
from commonweal_web.systems.forms.uses import (
    ClassifyForm,
    DescribeForm,
    FactsForm,
    MoneyForm,
    OwnerForm,
    ReviewForm,
    with_suggestion,
)
from commonweal_web.systems.models import Use
from commonweal_web.systems.permissions import APPOINT_OWNER, DESCRIBE_USE
from commonweal_web.systems.views.answers import acting, asked, the_use

FORM = ["GET", "HEAD", "POST"]
DESCRIBED = ("name", "purpose", "outputs", "unit", "topic")


@require_http_methods(FORM)
@needs(DESCRIBE_USE)
def describe(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Say what a use is, what it is for and what it gives out."""
    use = the_use(request, pk)
    initial = {name: getattr(use, name) for name in DESCRIBED}
    return asked(
        request,
        template="systems/describe.html",
        form=DescribeForm(request.POST or None, initial=initial),
        use=use,
        title=_("Describe it"),
        act=lambda **given: actions.describe_use(**acting(request), use=use, **given),
        said=_("The description is kept."),
    )


@require_http_methods(FORM)
@needs(DESCRIBE_USE)
def classify(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Say how it is built in, where people meet it, and how it works."""
    use = the_use(request, pk)
    form = ClassifyForm(request.POST if request.method == "POST" else None, use=use)
    return asked(
        request,
        template="systems/classify.html",
        form=form,
        use=use,
        title=_("Say what kind of use it is"),
        act=lambda **_given: actions.classify_use(**acting(request), use=use, codes=form.codes),
        said=_("The classification is kept."),
        hints={
            each.id: with_suggestion(each.help, is_suggested=each.id in use.suggested)
            for each in catalogue().choices
        },
    )


@require_http_methods(FORM)
@needs(DESCRIBE_USE)
def facts(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Declare what a use does and what it does not do."""
    use = the_use(request, pk)
    form = FactsForm(request.POST if request.method == "POST" else None, use=use)

    def act(**_given: str) -> None:
        yes, no = form.answered("yes"), form.answered("no")
        actions.declare_facts(**acting(request), use=use, yes=yes, no=no)

    return asked(
        request,
        template="systems/facts.html",
        form=form,
        use=use,
        title=_("Declare the facts"),
        act=act,
        said=_("What is declared is kept."),
    )


@require_http_methods(FORM)
@needs(APPOINT_OWNER)
def owner(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Say who answers for a use."""
    use = the_use(request, pk)
    held = accounts_in_role(request.organisation, role="use_owner", on=request.now.date())
    people = [(str(each.pk), each.name) for each in held.order_by("name", "id")[:500]]
    initial = {"owner": str(use.owner_id or "")}

    def act(owner: str) -> None:
        account = account_of(request.organisation, pk=owner)
        if account is None:
            raise Refused("person_gone", _("This person is no longer here."), where="owner")
        actions.appoint_owner(**acting(request), use=use, owner=account)

    return asked(
        request,
        template="systems/owner.html",
        form=OwnerForm(request.POST or None, people=people, initial=initial),
        use=use,
        title=_("Say who answers for it"),
        act=act,
        said=_("It is said who answers for this use."),
        people=people,
    )


@require_http_methods(FORM)
@needs(DESCRIBE_USE)
def money(request: PersonRequest, pk: UUID) -> HttpResponse:
    """State what the use is expected to return and to change."""
    use = the_use(request, pk)

    def act(**given: Any) -> None:
        actions.state_money(
            **acting(request),
            use=use,
            currency=given["currency"],
            cost_change_minor=given["cost_change_minor"],
            revenue_change_minor=given["revenue_change_minor"],
            change_since=given["change_since"],
            return_multiple_hundredths=given["return_multiple_hundredths"],
        )

    return asked(
        request,
        template="systems/plain_form.html",
        form=MoneyForm(request.POST or None, initial=_money_now(use)),
        use=use,
        title=_("What does it bring, and what does it cost?"),
        act=act,
        said=_("The amounts are kept."),
        lead=_(
            "Say what is expected, as it was told to those who decide. Gains are shared later by "
            "a rule, and thresholds for publishing are measured against these numbers."
        ),
        button=_("Keep these amounts"),
    )


def _money_now(use: Use) -> dict[str, Any]:
    return {
        "currency": use.currency,
        "cost_change": _whole(use.cost_change),
        "revenue_change": _whole(use.revenue_change),
        "change_since": use.change_since,
        "return_multiple": _hundredths(use.return_multiple_hundredths),
    }


def _whole(money: Money | None) -> str:
    return "" if money is None else str(money.amount)


def _hundredths(value: int | None) -> str:
    if value is None:
        return ""
    whole, rest = divmod(abs(value), 100)
    return f"{'-' if value < 0 else ''}{whole}.{rest:02d}"


@require_http_methods(FORM)
@needs(DESCRIBE_USE)
def review(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Set the day of the next review."""
    use = the_use(request, pk)
    return asked(
        request,
        template="systems/plain_form.html",
        form=ReviewForm(request.POST or None, initial={"review_on": use.review_on}),
        use=use,
        title=_("When do we look again?"),
        act=lambda **given: actions.set_review_day(**acting(request), use=use, **given),
        said=_("The day of the review is set."),
        lead=_("On that day both sides look again at what the use does to people’s work."),
        button=_("Set this day"),
    )
