"""Erasing a person takes their ways in away at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from commonweal_web.organisations.models import Organisation
from commonweal_web.people.actions import forget_erased, make_token
from commonweal_web.people.models import Account, ApiToken
from commonweal_web.people.queries import actor_of, operator
from commonweal_web.record.action import action
from commonweal_web.record.events import SubjectErased


def test_an_erased_account_has_no_token_left(
    organisation: Organisation, person: Callable[..., Account], now: datetime
) -> None:
    account = person("people_lead")
    make_token(
        organisation=organisation,
        by=actor_of(account, on=now.date()),
        at=now,
        account=account,
        name="canteen",
        scopes=["systems:read"],
        expires_on=now.date() + timedelta(days=9),
    )
    with action("test.erase", organisation=organisation, by=operator(), at=now) as act:
        act.emit(SubjectErased(subject=f"people.account:{account.pk}"))
    assert ApiToken.objects.get().revoked_at == now


def test_erasing_something_else_touches_nobody(
    organisation: Organisation, person: Callable[..., Account], now: datetime
) -> None:
    person("people_lead")
    event = SubjectErased(subject="people.appointment:11111111-1111-4111-8111-111111111111")
    forget_erased(event, organisation=organisation, by=operator(), at=now)
    assert not ApiToken.objects.exists()
