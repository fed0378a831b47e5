"""Reads of people, and how a person becomes an actor."""

from __future__ import annotations

import hashlib
import hmac
import uuid
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from commonweal_web.organisations.models import Organisation
from commonweal_web.people import roles
from commonweal_web.people.models import Account, ApiToken, Appointment
from commonweal_web.people.permissions import ADD_ACCOUNT, APPOINT_WORKER_SIDE
from commonweal_web.record.actor import Actor, RoleGrant


def account_with_roles(pk: uuid.UUID | str) -> Account | None:
    """An account that may sign in, with its organisation and appointments read along."""
    return (
        Account.objects.select_related("organisation")
        .prefetch_related("appointments")
        .filter(pk=pk, is_active=True)
        .first()
    )


def actor_of(account: Account, *, on: date) -> Actor:
    """The account as an actor, with the roles that are in force on a day."""
    held: dict[str, set[uuid.UUID | None]] = {}
    for appointment in account.appointments.all():
        if appointment.holds_on(on):
            held.setdefault(appointment.role, set()).add(appointment.site_id)
    return Actor(
        organisation_id=account.organisation_id,
        grants=tuple(_grant(name, sites) for name, sites in held.items()),
        account_id=account.pk,
    )


def operator() -> Actor:
    """The actor of a command given on the server."""
    return Actor(organisation_id=None, grants=(_grant("operator", {None}),))


def body_of_workers(organisation: Organisation) -> Actor:
    """A body that names its person: the workers’ side, with the two rights that this takes."""
    rights = frozenset({ADD_ACCOUNT.code, APPOINT_WORKER_SIDE.code})
    return Actor(
        organisation_id=organisation.pk,
        grants=(RoleGrant("worker_representative", roles.WorkerRepresentative.side, rights),),
    )


def _grant(name: str, sites: set[uuid.UUID | None]) -> RoleGrant:
    role = roles.BY_NAME[name]
    everywhere = None in sites
    return RoleGrant(
        role=name,
        side=role.side,
        permissions=role.permissions(),
        sites=frozenset() if everywhere else frozenset(site for site in sites if site),
    )


def people_of(organisation: Organisation, *, on: date, limit: int = 500) -> list[Account]:
    """The accounts of an organisation with the roles in force, by name."""
    current = Appointment.objects.of(organisation).filter(
        Q(until__isnull=True) | Q(until__gte=on), since__lte=on
    )
    return list(
        Account.objects.of(organisation)
        .prefetch_related(Prefetch("appointments", queryset=current, to_attr="current_roles"))
        .order_by("name", "id")[:limit]
    )


def accounts_in_role(
    organisation: Organisation | uuid.UUID,
    *,
    role: str,
    on: date,
    site_id: uuid.UUID | None = None,
) -> QuerySet[Account]:
    """The accounts that hold a role on a day; with a site, those who hold it there or everywhere."""
    held = Appointment.objects.of(organisation).filter(
        Q(until__isnull=True) | Q(until__gte=on), role=role, since__lte=on
    )
    if site_id is not None:
        held = held.filter(Q(site_id__isnull=True) | Q(site_id=site_id))
    return Account.objects.of(organisation).filter(
        pk__in=held.values("account_id"), is_active=True
    )


def account_of(organisation: Organisation, *, pk: uuid.UUID | str) -> Account | None:
    """One account of an organisation."""
    return Account.objects.of(organisation).filter(pk=pk).first()


def tokens_of(account: Account, *, limit: int = 100) -> list[ApiToken]:
    """The tokens an account has made, revoked ones too."""
    return list(ApiToken.objects.of(account.organisation_id).filter(account=account)[:limit])


def token_digest(secret: str) -> str:
    """What is stored of a token: its secret has 256 random bits, so no slow hash is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def token_in_force(presented: str, *, on: date) -> ApiToken | None:
    """The token with this secret, unless it has expired or was revoked."""
    found = (
        ApiToken.objects.select_related("account__organisation")
        .prefetch_related("account__appointments")
        .filter(prefix=presented[:12], revoked_at__isnull=True, expires_on__gte=on)
        .filter(account__is_active=True)
        .first()
    )
    if found is None or not hmac.compare_digest(found.digest, token_digest(presented)):
        return None
    return found
