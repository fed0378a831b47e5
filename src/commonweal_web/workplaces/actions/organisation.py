"""Beginning an organisation, and its facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as kept

from commonweal.shared.money import Money
from commonweal_web.house.refusals import Refused
from commonweal_web.organisations.models import Organisation, OrganisationYear
from commonweal_web.people.actions import add_account, appoint
from commonweal_web.record.action import action, start_log
from commonweal_web.record.actor import Actor
from commonweal_web.workplaces import permissions
from commonweal_web.workplaces.events import YearStated


@dataclass(frozen=True, slots=True)
class FirstLead:
    """Somebody who runs the programme of a new organisation from its first day."""

    username: str
    name: str
    password: str | None = None


def create_organisation(
    *,
    by: Actor,
    at: datetime,
    slug: str,
    name: str,
    currency: str = "EUR",
    people_leads: Sequence[FirstLead] = (),
    help_contact: str = "",
    is_sample: bool = False,
) -> Organisation:
    """Begin an organisation, its record and its first people leads, all at once or not at all."""
    if Organisation.objects.filter(slug=slug).exists():
        raise Refused(
            "slug_taken",
            _("The short name “%(slug)s” is taken. Choose another.") % {"slug": slug},
            where="slug",
        )
    made = Organisation(
        slug=slug,
        name=name,
        currency=currency,
        help_contact=help_contact,
        is_sample=is_sample,
        created_at=at,
    )
    with action("workplaces.create_organisation", organisation=made, by=by, at=at) as act:
        act.may(permissions.CREATE_ORGANISATION)
        act.create(made)
        start_log(made, origin=f"{slug}/record")
        for lead in people_leads:
            _appoint_first(lead, organisation=made, by=by, at=at)
    return made


def _appoint_first(
    lead: FirstLead, *, organisation: Organisation, by: Actor, at: datetime
) -> None:
    account = add_account(
        organisation=organisation,
        by=by,
        at=at,
        username=lead.username,
        name=lead.name,
        password=lead.password,
    )
    appoint(
        organisation=organisation,
        by=by,
        at=at,
        account=account,
        role="people_lead",
        since=at.date(),
        named_by=kept("whoever set up the organisation"),
    )


def change_organisation(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    name: str,
    currency: str,
    help_contact: str = "",
    colour: str = "",
    language: str = "",
) -> Organisation:
    """Change the facts of an organisation; its short name and its record stay.

    `language` is the one people write in here; it stays where none is given.
    """
    with action("workplaces.change_organisation", organisation=organisation, by=by, at=at) as act:
        act.may(permissions.CHANGE_ORGANISATION)
        if language and language not in dict(settings.LANGUAGES):
            raise Refused(
                "language_unknown",
                _("“%(code)s” is no language of this site.") % {"code": language},
                where="language",
            )
        return act.change(
            organisation,
            name=name,
            currency=currency,
            help_contact=help_contact,
            colour=colour,
            language=language or organisation.language,
        )


def state_year(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    year: int,
    costs: Money,
    revenue: Money,
    source: str = "",
) -> OrganisationYear:
    """State what an organisation spent and earned in a year; stating it again corrects it.

    Raises `Refused` when the two amounts are in different currencies.
    """
    if costs.currency != revenue.currency:
        raise Refused(
            "currencies_differ", _("Give costs and revenue in one currency."), where="revenue"
        )
    values = {
        "currency": costs.currency,
        "costs_minor": costs.minor,
        "revenue_minor": revenue.minor,
        "source": source,
    }
    with action("workplaces.state_year", organisation=organisation, by=by, at=at) as act:
        act.may(permissions.STATE_YEAR)
        act.lock(Organisation, organisation.pk)
        years = OrganisationYear.objects.of(organisation)
        known: OrganisationYear | None = years.filter(year=year).first()
        if known is not None:
            stated = act.change(known, **values)
        else:
            row = OrganisationYear(organisation=organisation, year=year, **values)
            stated = act.create(row)
        act.emit(YearStated(year=year))
        return stated
