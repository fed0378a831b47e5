"""Every link that lets somebody outside in, on one page, each ended where it was made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone

from commonweal_web.organisations.models import Organisation
from commonweal_web.record.actor import Actor
from commonweal_web.workplaces import actions
from factories.workplaces import a_representation

Browse = Callable[..., Client]


@pytest.fixture
def now() -> datetime:
    """The page asks the clock."""
    return timezone.now()


@pytest.fixture
def invitation(
    organisation: Organisation, actor: Callable[..., Actor], now: datetime
) -> actions.NewInvitation:
    """A link that a union was sent."""
    body = a_representation(organisation, at=now, name="Union of Drivers")
    return actions.invite_representative(
        organisation=organisation, by=actor("people_lead"), at=now, representation=body
    )


def test_a_link_is_listed_with_what_for_whom_and_until_when(
    invitation: actions.NewInvitation, browse: Browse
) -> None:
    for role in ("people_lead", "worker_representative"):
        text = browse(role).get("/desk/links/").content.decode()
        assert "To name who speaks for workers" in text
        assert "Union of Drivers" in text
        assert invitation.secret not in text


def test_it_is_ended_from_there_by_the_room_that_made_it(
    invitation: actions.NewInvitation, browse: Browse
) -> None:
    client = browse("people_lead")
    end = f"/desk/workplaces/invitations/{invitation.invitation.pk}/withdraw/"
    assert f'action="{end}"' in client.get("/desk/links/").content.decode()
    client.post(end)
    text = client.get("/desk/links/").content.decode()
    assert "was ended" in text
    assert f'action="{end}"' not in text


@pytest.mark.parametrize("role", ["worker", "registrar", "executive", "administrator"])
def test_others_do_not_see_the_links(role: str, browse: Browse) -> None:
    assert browse(role).get("/desk/links/").status_code == 403


def test_another_organisation_s_links_are_not_there(
    other_organisation: Organisation, browse: Browse, now: datetime
) -> None:
    from factories import people as make

    lead = make.a_person(other_organisation, "people_lead", at=now)
    body = a_representation(other_organisation, at=now, name="Elsewhere")
    from commonweal_web.people.queries import actor_of

    actions.invite_representative(
        organisation=other_organisation,
        by=actor_of(lead, on=now.date()),
        at=now,
        representation=body,
    )
    text = browse("people_lead").get("/desk/links/").content.decode()
    assert "Elsewhere" not in text
    assert "Nobody has a link now." in text


def test_the_page_costs_the_same_for_one_link_and_for_many(
    invitation: actions.NewInvitation,
    organisation: Organisation,
    actor: Callable[..., Actor],
    browse: Browse,
    now: datetime,
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    lead, client = actor("people_lead"), browse("people_lead")
    for _each in range(5):
        actions.invite_representative(
            organisation=organisation,
            by=lead,
            at=now,
            representation=a_representation(organisation, at=now),
        )
    with django_assert_max_num_queries(8):  # type: ignore[attr-defined]
        client.get("/desk/links/")
