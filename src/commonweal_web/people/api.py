"""The people, the roles they hold, and one's own tokens, for programs."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from ninja import Query
from pydantic import Field

from commonweal_web.house.api_pages import PageOf, Paging, page_by
from commonweal_web.house.api_routes import (
    CREATED,
    ApiRequest,
    Given,
    RoomRouter,
    Schema,
    deciding,
)
from commonweal_web.people import actions, queries
from commonweal_web.people.models import Account
from commonweal_web.people.permissions import CHANGE_OWN_ACCOUNT, SEE_PEOPLE

router = RoomRouter("people")


class RoleHeld(Schema):
    """That somebody holds a role, from a day until another."""

    id: UUID
    role: str = Field(examples=["worker_representative"])
    site_id: UUID | None = Field(description="The one site it is for; null: everywhere.")
    since: date
    until: date | None
    named_by: str = Field(description="Who gave the role.")
    invited_on: date | None = Field(description="The day of the invitation to the body.")
    is_pending: bool = Field(description="Whether the other side has yet to confirm it.")


class Person(Schema):
    """Somebody who may sign in."""

    id: UUID
    name: str = Field(examples=["Ana Ruiz"])
    username: str = Field(examples=["ana"])
    language: str = Field(examples=["es"])
    is_active: bool = Field(description="Whether they may sign in.")


class PersonInList(Person):
    """Somebody who may sign in, with the roles in force today."""

    roles: list[str] = Field(examples=[["people_lead"]])

    @staticmethod
    def resolve_roles(account: Account) -> list[str]:
        return [each.role for each in account.current_roles]  # type: ignore[attr-defined]


class PersonFile(Person):
    """Somebody who may sign in, with every role they hold or held."""

    appointments: list[RoleHeld]

    @staticmethod
    def resolve_appointments(account: Account) -> list[RoleHeld]:
        return [RoleHeld.from_orm(each) for each in queries.appointments_of(account)]


class NewPerson(Given):
    """A person who may sign in from now on; without a first password they cannot yet."""

    name: str = Field(min_length=1, max_length=150, examples=["Ana Ruiz"])
    username: str = Field(min_length=1, max_length=150, examples=["ana"])
    password: str | None = Field(None, max_length=200)
    email: str = Field("", max_length=254)
    language: str = Field("en", pattern="^(en|es|de)$")


class NewRole(Given):
    """A role for a person, everywhere or at one site."""

    role: str = Field(max_length=40, examples=["use_owner"])
    since: date
    until: date | None = None
    site_id: UUID | None = None


class LastDay(Given):
    """The last day; null ends it at once."""

    until: date | None


class Token(Schema):
    """A token of one's own. Its secret was shown once, when it was made."""

    id: UUID
    name: str
    prefix: str = Field(description="How the secret begins.", examples=["cw_1a2b3c4d5"])
    scopes: list[str] = Field(examples=[["systems:read", "people:write"]])
    expires_on: date
    revoked_at: datetime | None


class PeopleFilter(Paging):
    """Which people."""

    words: str = Field("", max_length=100, description="In the name or the sign-in name.")
    role: str = Field("", max_length=40, description="Who hold this role today.")


@router.route("GET /people", PageOf[PersonInList], right=SEE_PEOPLE)
def people(request: ApiRequest, *, asked: Query[PeopleFilter]) -> dict[str, object]:
    """Everybody who can sign in and the roles they hold today, by name."""
    found = queries.people(
        request.organisation, on=request.now.date(), words=asked.words, role=asked.role
    )
    return page_by(request, found, paging=asked, by=("name", "id"))


@router.route("POST /people", Person, status=CREATED)
def add_account(request: ApiRequest, *, person: NewPerson) -> Account:
    """Let a person sign in."""
    return actions.add_account(**deciding(request), **person.model_dump())


@router.route("GET /people/{uuid:account_id}", PersonFile, right=SEE_PEOPLE)
def person(request: ApiRequest, *, account_id: UUID) -> Account:
    """One person with every role they hold or held, latest first."""
    return queries.person_of(request.organisation, pk=account_id)


@router.route("POST /people/{uuid:account_id}/appointments", RoleHeld, status=CREATED)
def appoint(request: ApiRequest, *, account_id: UUID, role: NewRole) -> object:
    """Give a person a role. The side the role belongs to decides who may do this."""
    account = queries.person_of(request.organisation, pk=account_id)
    return actions.appoint(**deciding(request), account=account, **role.model_dump())


@router.route("POST /appointments/{uuid:appointment_id}/end", RoleHeld)
def end_appointment(request: ApiRequest, *, appointment_id: UUID, end: LastDay) -> object:
    """Say which day is the last one of a role."""
    appointment = queries.appointment_of(request.organisation, pk=appointment_id)
    return actions.end_appointment(**deciding(request), appointment=appointment, until=end.until)


@router.route("POST /appointments/{uuid:appointment_id}/confirm", RoleHeld)
def confirm_appointment(request: ApiRequest, *, appointment_id: UUID) -> object:
    """Agree to a handler whom the other side proposed."""
    appointment = queries.appointment_of(request.organisation, pk=appointment_id)
    return actions.confirm_appointment(**deciding(request), appointment=appointment)


@router.route("POST /people/{uuid:account_id}/close", Person)
def close_account(request: ApiRequest, *, account_id: UUID) -> Account:
    """End a person’s access. What they said and decided stays."""
    account = queries.person_of(request.organisation, pk=account_id)
    return actions.close_account(**deciding(request), account=account)


@router.route("GET /tokens", PageOf[Token], right=CHANGE_OWN_ACCOUNT)
def tokens(request: ApiRequest, *, paging: Query[Paging]) -> dict[str, object]:
    """One’s own tokens, revoked ones too, by name. New ones are made on a page only."""
    found = queries.tokens_by(request.token.account)
    return page_by(request, found, paging=paging, by=("name", "id"))


@router.route("POST /tokens/{uuid:token_id}/revoke", Token)
def revoke_token(request: ApiRequest, *, token_id: UUID) -> object:
    """Stop one of one’s own tokens at once, this one too."""
    token = queries.token_of(request.token.account, pk=token_id)
    actions.revoke_token(**deciding(request), token=token)
    return token
