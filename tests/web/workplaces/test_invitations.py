"""A body names its person by a link; management cannot, and a link works once."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commonweal_web.house.refusals import Conflict, NotAllowed, NotHere, Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.actions import appoint, end_appointment
from commonweal_web.people.models import Account, Appointment
from commonweal_web.people.permissions import APPOINT_WORKER_SIDE
from commonweal_web.people.queries import account_with_roles, actor_of, operator
from commonweal_web.record.action import action
from commonweal_web.record.actor import ANONYMOUS, Actor
from commonweal_web.record.models import LogHead, LogLeaf, Opening
from commonweal_web.workplaces import actions
from commonweal_web.workplaces.models import (
    Membership,
    Representation,
    RepresentativeInvitation,
)
from commonweal_web.workplaces.queries import groups_of_account, members_of_groups
from factories.workplaces import a_group, a_representation, a_site

ActorOf = Callable[..., Actor]
Browse = Callable[..., Client]
PERSON = {"name": "Marta Gil", "username": "marta", "password": "tidal cedar lantern"}


@pytest.fixture
def body(organisation: Organisation, now: datetime) -> Representation:
    """A union at one site."""
    site = a_site(organisation, at=now)
    return a_representation(organisation, site, at=now, name="Depot union")


@pytest.fixture
def made(
    organisation: Organisation, body: Representation, actor: ActorOf, now: datetime
) -> actions.NewInvitation:
    """A fresh link for the union."""
    return actions.invite_representative(
        organisation=organisation, by=actor("people_lead"), at=now, representation=body
    )


def accept(organisation: Organisation, *, at: datetime, secret: str, **changes: str) -> Account:
    return actions.accept_invitation(
        organisation=organisation, by=ANONYMOUS, at=at, secret=secret, **(PERSON | changes)
    )


def test_the_secret_has_192_bits_and_only_its_hash_is_stored(
    made: actions.NewInvitation,
) -> None:
    assert len(base64.urlsafe_b64decode(made.secret + "==")) == 24
    assert made.secret not in str(RepresentativeInvitation.objects.values().get())
    assert not Opening.objects.filter(payload__contains=made.secret).exists()


def test_the_body_names_its_person_for_its_own_site(
    organisation: Organisation, made: actions.NewInvitation, body: Representation, now: datetime
) -> None:
    account = accept(organisation, at=now, secret=made.secret)
    held = Appointment.objects.get(account=account)
    assert (held.role, held.named_by, held.site_id) == (
        "worker_representative",
        "Depot union",
        body.site_id,
    )
    assert account.check_password(PERSON["password"])
    made.invitation.refresh_from_db()
    assert (made.invitation.accepted_at, made.invitation.account) == (now, account)


def test_the_record_says_that_the_workers_side_named_them(
    organisation: Organisation, made: actions.NewInvitation, now: datetime
) -> None:
    before = LogHead.objects.get(organisation=organisation).size
    accept(organisation, at=now, secret=made.secret)
    leaves = LogLeaf.objects.filter(organisation=organisation, index__gte=before)
    assert {(leaf.kind, leaf.role) for leaf in leaves} == {
        ("people.add_account", "worker_representative"),
        ("people.appoint", "worker_representative"),
        ("workplaces.accept_invitation", "worker_representative"),
    }


def test_a_link_works_once(
    organisation: Organisation, made: actions.NewInvitation, now: datetime
) -> None:
    accept(organisation, at=now, secret=made.secret)
    with pytest.raises(Conflict, match="used"):
        accept(organisation, at=now, secret=made.secret, username="second")
    assert not Account.objects.filter(username="second").exists()


def test_a_link_runs_out(
    organisation: Organisation, made: actions.NewInvitation, now: datetime
) -> None:
    with pytest.raises(Conflict, match="run out"):
        accept(organisation, at=now + timedelta(days=14), secret=made.secret)


def test_a_withdrawn_link_is_useless_and_a_used_one_cannot_be_withdrawn(
    organisation: Organisation,
    made: actions.NewInvitation,
    body: Representation,
    actor: ActorOf,
    now: datetime,
) -> None:
    lead = actor("people_lead")
    actions.withdraw_invitation(
        organisation=organisation, by=lead, at=now, invitation=made.invitation
    )
    with pytest.raises(Conflict, match="withdrawn"):
        accept(organisation, at=now, secret=made.secret)
    other = actions.invite_representative(
        organisation=organisation, by=lead, at=now, representation=body
    )
    accept(organisation, at=now, secret=other.secret)
    with pytest.raises(Conflict, match="alone"):
        actions.withdraw_invitation(
            organisation=organisation, by=lead, at=now, invitation=other.invitation
        )


def test_a_wrong_secret_or_another_organisation_finds_nothing(
    organisation: Organisation,
    other_organisation: Organisation,
    made: actions.NewInvitation,
    now: datetime,
) -> None:
    with pytest.raises(NotHere):
        accept(organisation, at=now, secret="A" * 22)
    with pytest.raises(NotHere):
        accept(other_organisation, at=now, secret=made.secret)


@pytest.mark.parametrize(
    "changes", [{"password": "short"}, {"username": "taken"}, {"name": "x" * 151}]
)
def test_a_refused_acceptance_leaves_nothing_half_written(
    organisation: Organisation,
    made: actions.NewInvitation,
    actor: ActorOf,
    now: datetime,
    changes: dict[str, str],
) -> None:
    from commonweal_web.people.actions import add_account

    add_account(
        organisation=organisation, by=actor("people_lead"), at=now, username="Taken", name="T"
    )
    before = (LogHead.objects.get(organisation=organisation).size, Account.objects.count())
    with pytest.raises(Refused):
        accept(organisation, at=now, secret=made.secret, **changes)
    after = (LogHead.objects.get(organisation=organisation).size, Account.objects.count())
    assert after == before
    assert not Appointment.objects.filter(named_by="Depot union").exists()
    accept(organisation, at=now, secret=made.secret)


@pytest.mark.parametrize(
    "role", ["executive", "administrator", "use_owner", "worker", "registrar"]
)
def test_other_roles_cannot_invite(
    organisation: Organisation, body: Representation, actor: ActorOf, now: datetime, role: str
) -> None:
    with pytest.raises(NotAllowed):
        actions.invite_representative(
            organisation=organisation, by=actor(role), at=now, representation=body
        )


def test_nobody_of_management_holds_the_right_to_name_the_workers_side() -> None:
    assert set(APPOINT_WORKER_SIDE.roles) == {"worker_representative", "registrar"}


@pytest.mark.parametrize("days", [0, 61])
def test_a_link_is_valid_for_a_bounded_time(
    organisation: Organisation, body: Representation, actor: ActorOf, now: datetime, days: int
) -> None:
    with pytest.raises(Refused, match="60"):
        actions.invite_representative(
            organisation=organisation,
            by=actor("people_lead"),
            at=now,
            representation=body,
            days=days,
        )


def link_on(page: str) -> str:
    return page.split("<code>http://127.0.0.1:8000")[1].split("</code>")[0]


def test_the_pages_carry_a_body_from_the_link_to_signing_in(
    browse: Browse, body: Representation
) -> None:
    lead, stranger = browse("people_lead"), Client()
    address = reverse("desk:workplaces:invite", kwargs={"pk": body.pk})
    assert "http" not in lead.get(address).content.decode().split("<main")[1]
    link = link_on(lead.post(address).content.decode())
    assert link not in lead.get(reverse("desk:workplaces:bodies")).content.decode()
    page = stranger.get(link)
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    assert not Account.objects.filter(username="marta").exists()
    weak = stranger.post(link, PERSON | {"password": "password12"})
    assert weak.context["form"].errors["password"]
    assert b"Marta Gil" in weak.content
    page = stranger.post(link, PERSON, follow=True)
    assert page.redirect_chain == [("/sign-in/", 302)]
    stranger.post("/sign-in/", {"login": "marta", "password": PERSON["password"]})
    assert stranger.get(reverse("desk:workplaces:organisation")).status_code == 200
    used = Client().get(link)
    assert used.status_code == 409
    assert b"was used" in used.content
    assert b"Marta Gil was named" in lead.get(reverse("desk:workplaces:bodies")).content


def test_a_link_is_withdrawn_on_the_page(browse: Browse, body: Representation) -> None:
    lead = browse("people_lead")
    invite = reverse("desk:workplaces:invite", kwargs={"pk": body.pk})
    link = link_on(lead.post(invite).content.decode())
    pk = RepresentativeInvitation.objects.get().pk
    address = reverse("desk:workplaces:withdraw_invitation", kwargs={"pk": pk})
    assert lead.get(address).status_code == 405
    assert browse("executive").post(address).status_code == 403
    lead.post(address)
    assert Client().get(link).status_code == 409
    unknown = reverse("public:workplaces:accept_invitation", args=["northbank", "nothing"])
    assert Client().get(unknown).status_code == 404


def invite(organisation: Organisation, body: Representation, *, by: Actor, at: datetime) -> Any:
    return actions.invite_representative(
        organisation=organisation, by=by, at=at, representation=body
    )


def test_once_somebody_speaks_for_a_body_only_they_ask_it_for_another_person(
    organisation: Organisation,
    made: actions.NewInvitation,
    body: Representation,
    actor: ActorOf,
    now: datetime,
) -> None:
    marta = accept(organisation, at=now, secret=made.secret)
    for stranger in ("people_lead", "worker_representative"):
        with pytest.raises(NotAllowed, match="speaks for Depot union already"):
            invite(organisation, body, by=actor(stranger), at=now)
    second = invite(organisation, body, by=actor_of(marta, on=now.date()), at=now)
    accept(organisation, at=now, secret=second.secret, username="second")


def test_whom_a_representative_names_speaks_for_the_same_body(
    organisation: Organisation,
    made: actions.NewInvitation,
    body: Representation,
    actor: ActorOf,
    person: Callable[..., Account],
    now: datetime,
) -> None:
    marta = accept(organisation, at=now, secret=made.secret)
    by, successor, tomorrow = actor_of(marta, on=now.date()), person(), now + timedelta(days=1)
    facts = {"organisation": organisation, "by": by, "at": now}
    role = {"role": "worker_representative", "since": now.date()}
    appoint(**facts, account=successor, **role)
    mine = Appointment.objects.get(account=marta)
    end_appointment(**facts, appointment=mine, until=now.date())
    with pytest.raises(NotAllowed):
        invite(organisation, body, by=actor("people_lead"), at=tomorrow)
    fresh = account_with_roles(successor.pk)
    assert fresh is not None
    invite(organisation, body, by=actor_of(fresh, on=tomorrow.date()), at=tomorrow)


def test_management_may_ask_again_once_nobody_speaks_for_the_body(
    organisation: Organisation,
    made: actions.NewInvitation,
    body: Representation,
    actor: ActorOf,
    now: datetime,
) -> None:
    marta = accept(organisation, at=now, secret=made.secret)
    facts = {"organisation": organisation, "by": actor_of(marta, on=now.date()), "at": now}
    end_appointment(**facts, appointment=Appointment.objects.get(account=marta), until=now.date())
    invite(organisation, body, by=actor("people_lead"), at=now + timedelta(days=1))


def test_links_that_were_made_in_store_end_when_one_of_them_is_used(
    organisation: Organisation,
    made: actions.NewInvitation,
    body: Representation,
    actor: ActorOf,
    now: datetime,
) -> None:
    stored = invite(organisation, body, by=actor("people_lead"), at=now)
    accept(organisation, at=now, secret=made.secret)
    with pytest.raises(Conflict, match="withdrawn"):
        accept(organisation, at=now, secret=stored.secret, username="puppet")


@pytest.mark.parametrize("role", ["people_lead", "executive", "use_owner", "administrator"])
def test_a_body_s_link_does_nothing_in_the_session_of_management(
    organisation: Organisation,
    made: actions.NewInvitation,
    actor: ActorOf,
    browse: Browse,
    role: str,
) -> None:
    manager, now = browse(role), timezone.now()
    address = reverse("public:workplaces:accept_invitation", args=["northbank", made.secret])
    for answer in (manager.get(address), manager.post(address, PERSON)):
        assert answer.status_code == 403
        assert b"Give it to the body" in answer.content
    with pytest.raises(NotAllowed):
        actions.accept_invitation(
            organisation=organisation, by=actor(role), at=now, secret=made.secret, **PERSON
        )
    assert not Account.objects.filter(username="marta").exists()
    assert browse("worker").get(address).status_code == 200
    assert Client().get(address).status_code == 200


def test_the_people_page_shows_by_which_invitation_somebody_was_named(
    organisation: Organisation, made: actions.NewInvitation, browse: Browse, now: datetime
) -> None:
    marta = accept(organisation, at=now, secret=made.secret)
    held = Appointment.objects.get(account=marta)
    assert (held.invited_on, held.named_by_side) == (now.date(), "workers")
    assert marta.password_is_own
    address = reverse("desk:people:person", kwargs={"pk": marta.pk})
    page = browse("people_lead").get(address).content.decode()
    assert "Depot union, by the invitation of" in page
    assert "23 November 2026" in page


def test_a_membership_in_another_organisation_counts_for_nothing(
    organisation: Organisation,
    other_organisation: Organisation,
    person: Callable[..., Account],
    now: datetime,
) -> None:
    account, group = person("worker"), a_group(organisation, at=now)
    with action("tests.stray", organisation=other_organisation, by=operator(), at=now) as act:
        act.create(
            Membership(
                organisation=other_organisation,
                account_id=account.pk,
                group_id=group.pk,
                since=date(2026, 1, 1),
            )
        )
    assert groups_of_account(account, now.date()) == []
    assert members_of_groups([group], now.date()) == []
