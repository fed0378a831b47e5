"""Beginning an organisation: everything or nothing, with its record and its first people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from commonweal.shared.money import Money
from commonweal_web.house.refusals import NotAllowed, NotHere, Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.organisations.queries import organisation_by_slug, years_of
from commonweal_web.people.models import Account
from commonweal_web.people.queries import actor_of, operator
from commonweal_web.record.actor import Actor
from commonweal_web.record.models import LogHead, LogLeaf
from commonweal_web.workplaces import actions

LEAD = actions.FirstLead("lena", "Lena Ott", "tidal cedar lantern")


def begin(at: datetime, **changes: object) -> Organisation:
    facts: dict[str, object] = {"slug": "tidewater", "name": "Tidewater", "people_leads": [LEAD]}
    return actions.create_organisation(by=operator(), at=at, **(facts | changes))  # type: ignore[arg-type]


@pytest.mark.django_db
def test_an_organisation_begins_with_its_record_and_its_first_lead(now: datetime) -> None:
    made = begin(now)
    head = LogHead.objects.get(organisation=made)
    kinds = list(LogLeaf.objects.filter(organisation=made).values_list("kind", flat=True))
    assert (head.origin, head.size) == ("tidewater/record", len(kinds))
    assert [kind for kind in kinds if not kind.startswith("record.")] == [
        "workplaces.create_organisation",
        "people.add_account",
        "people.appoint",
    ]
    lead = Account.objects.get(username="lena")
    assert actor_of(lead, on=now.date()).roles == {"people_lead"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {"people_leads": [actions.FirstLead("x", "X", "weak")]},
        {"slug": "not a slug"},
        {"currency": "euro"},
    ],
)
def test_a_refused_beginning_leaves_nothing(now: datetime, changes: dict[str, object]) -> None:
    with pytest.raises(Refused):
        begin(now, **changes)
    assert not Organisation.objects.exists()
    assert not Account.objects.exists()


def test_a_short_name_is_used_once(organisation: Organisation, now: datetime) -> None:
    with pytest.raises(Refused, match="northbank"):
        begin(now, slug="northbank")


def test_only_the_operator_begins_an_organisation(
    actor: Callable[..., Actor], now: datetime
) -> None:
    by = actor("administrator")
    with pytest.raises((NotAllowed, NotHere)):
        actions.create_organisation(by=by, at=now, slug="mine", name="Mine")


def test_years_are_given_latest_first_and_one_currency_each(
    organisation: Organisation, actor: Callable[..., Actor], now: datetime
) -> None:
    by = actor("people_lead")
    for year in (2024, 2025):
        actions.state_year(
            organisation=organisation,
            by=by,
            at=now,
            year=year,
            costs=Money("EUR", year),
            revenue=Money("EUR", 0),
        )
    assert [each.year for each in years_of(organisation)] == [2025, 2024]
    with pytest.raises(Refused, match="one currency"):
        actions.state_year(
            organisation=organisation,
            by=by,
            at=now,
            year=2025,
            costs=Money("EUR", 1),
            revenue=Money("USD", 1),
        )


@pytest.mark.django_db
def test_an_unknown_short_name_is_not_here() -> None:
    with pytest.raises(NotHere, match="nowhere"):
        organisation_by_slug("nowhere")
