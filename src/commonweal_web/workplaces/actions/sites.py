"""Workplaces: where they are, when people work there, which languages they speak."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from commonweal_web.house.refusals import Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.action import action
from commonweal_web.record.actor import Actor
from commonweal_web.workplaces import permissions
from commonweal_web.workplaces.models import Site

MONDAY_TO_FRIDAY = (1, 2, 3, 4, 5)
_COLUMNS = ("name", "country", "region", "time_zone", "working_days", "holidays", "languages")


def add_site(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    name: str,
    country: str,
    region: str = "",
    time_zone: str = "UTC",
    working_days: Sequence[int] = MONDAY_TO_FRIDAY,
    holidays: Sequence[date] = (),
    languages: Sequence[str] = ("en",),
) -> Site:
    """Add a workplace with its time and calendar; working days count from 1, Monday, to 7."""
    facts = _facts(
        name=name,
        country=country,
        region=region,
        time_zone=time_zone,
        working_days=working_days,
        holidays=holidays,
        languages=languages,
    )
    with action("workplaces.add_site", organisation=organisation, by=by, at=at) as act:
        act.may(permissions.CHANGE_WORKPLACES)
        act.lock(Organisation, organisation.pk)
        _refuse_known_name(organisation, name=name)
        return act.create(Site(organisation=organisation, **facts))


def change_site(
    *, organisation: Organisation, by: Actor, at: datetime, site: Site, **changes: Any
) -> Site:
    """Change what is known of a workplace; what is not named stays."""
    stands = {column: getattr(site, column) for column in _COLUMNS}
    facts = _facts(**(stands | changes))
    with action("workplaces.change_site", organisation=organisation, by=by, at=at) as act:
        act.may(permissions.CHANGE_WORKPLACES)
        act.lock(Organisation, organisation.pk)
        _refuse_known_name(organisation, name=facts["name"], but=site)
        return act.change(site, **facts)


def _facts(
    *,
    name: str,
    country: str,
    region: str,
    time_zone: str,
    working_days: Sequence[int],
    holidays: Sequence[date | str],
    languages: Sequence[str],
) -> dict[str, Any]:
    days = sorted(set(working_days))
    if not days or not set(days) <= set(range(1, 8)):
        raise Refused(
            "no_working_day",
            _("Choose at least one working day, from 1 (Monday) to 7 (Sunday)."),
            where="working_days",
        )
    return {
        "name": name,
        "country": _country(country),
        "region": region,
        "time_zone": time_zone,
        "working_days": days,
        "holidays": sorted({_day(each) for each in holidays}),
        "languages": sorted(set(languages)),
    }


def _country(code: str) -> str:
    if len(code) != 2 or not (code.isascii() and code.isalpha()):
        raise Refused(
            "country_unknown",
            _("“%(code)s” is no country. Use two letters, such as ES.") % {"code": code},
            where="country",
        )
    return code.upper()


def _day(day: date | str) -> str:
    try:
        return (day if isinstance(day, date) else date.fromisoformat(day)).isoformat()
    except ValueError as fault:
        raise Refused(
            "holiday_unclear",
            _("“%(day)s” is no day. Write it like 2027-12-25.") % {"day": day},
            where="holidays",
        ) from fault


def _refuse_known_name(organisation: Organisation, *, name: str, but: Site | None = None) -> None:
    others = Site.objects.of(organisation).filter(name=name)
    if others.exclude(pk=but.pk if but else None).exists():
        raise Refused(
            "site_known",
            _("There is a site called “%(name)s” already. Choose another name.") % {"name": name},
            where="name",
        )
