"""Reads of people, and how a person becomes an actor."""

from __future__ import annotations

import hashlib
import hmac
import uuid
from collections.abc import Collection
from datetime import date

from allauth.socialaccount.models import SocialAccount
from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from commonweal_web.house.declaration import Permission, Text
from commonweal_web.house.refusals import NotAllowed, NotHere, Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.people import permissions, roles
from commonweal_web.people.models import Account, ApiToken, Appointment
from commonweal_web.record.actor import Actor, RoleGrant

_APPOINTED_BY_SIDE: dict[str, Permission] = {
    "management": permissions.APPOINT_MANAGEMENT,
    "operator": permissions.APPOINT_MANAGEMENT,
    "workers": permissions.APPOINT_WORKER_SIDE,
    "independent": permissions.APPOINT_INDEPENDENT,
    "experts": permissions.APPOINT_INDEPENDENT,
}


def account_with_roles(pk: uuid.UUID | str) -> Account | None:
    """An account that may sign in, with its organisation and appointments read along."""
    return (
        Account.objects.select_related("organisation")
        .prefetch_related(
            Prefetch("appointments", queryset=Appointment.objects.select_related("deputy_of"))
        )
        .filter(pk=pk, is_active=True)
        .first()
    )


def actor_of(account: Account, *, on: date, only: Collection[str] | None = None) -> Actor:
    """The account as an actor, with the roles of its own organisation in force on a day.

    `only` names the roles that the way somebody came in is good for; None: all of them.
    """
    held: dict[str, set[uuid.UUID | None]] = {}
    absent: set[uuid.UUID] = set()
    for appointment in account.appointments.all():
        is_own = appointment.organisation_id == account.organisation_id
        is_open = only is None or appointment.role in only
        if is_own and is_open and appointment.holds_on(on):
            held.setdefault(appointment.role, set()).add(appointment.site_id)
            if appointment.deputy_of is not None:
                absent.add(appointment.deputy_of.account_id)
    return Actor(
        organisation_id=account.organisation_id,
        grants=tuple(_grant(name, sites) for name, sites in held.items()),
        account_id=account.pk,
        absent_ids=frozenset(absent),
        is_limited=only is not None,
    )


def operator() -> Actor:
    """The actor of a command given on the server."""
    return Actor(organisation_id=None, grants=(_grant("operator", {None}),))


def body_of_workers(organisation: Organisation) -> Actor:
    """A body that names its person: the workers’ side, with the two rights that this takes."""
    rights = frozenset({permissions.ADD_ACCOUNT.code, permissions.APPOINT_WORKER_SIDE.code})
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


def people(
    organisation: Organisation, *, on: date, words: str = "", role: str = ""
) -> QuerySet[Account]:
    """The accounts that fit the words and hold the role, each with its `current_roles`."""
    current = in_force(Appointment.objects.of(organisation), on=on)
    found = Account.objects.of(organisation).prefetch_related(
        Prefetch("appointments", queryset=current, to_attr="current_roles")
    )
    if words:
        found = found.filter(Q(name__icontains=words) | Q(username__icontains=words))
    if role:
        found = found.filter(pk__in=current.filter(role=role).values("account_id"))
    return found.order_by("name", "id")


def people_of(organisation: Organisation, *, on: date, limit: int = 500) -> list[Account]:
    """The accounts of an organisation with the roles in force, by name."""
    return list(people(organisation, on=on)[:limit])


def appointments_of(account: Account, *, limit: int = 200) -> list[Appointment]:
    """Every appointment of an account, past ones too, latest first."""
    found = Appointment.objects.of(account.organisation_id).filter(account=account)
    return list(found.order_by("-since", "role", "id")[:limit])


def appointments_at(
    organisation: Organisation, *, site_id: uuid.UUID, on: date, limit: int = 200
) -> list[Appointment]:
    """The appointments in force that are limited to one site, with their people."""
    found = in_force(Appointment.objects.of(organisation).filter(site_id=site_id), on=on)
    return list(found.select_related("account").order_by("role", "account__name", "id")[:limit])


def appointment_of(organisation: Organisation, *, pk: uuid.UUID | str) -> Appointment:
    """One appointment of an organisation. Raises `NotHere`."""
    rows = Appointment.objects.of(organisation).select_related("account")
    found: Appointment | None = rows.filter(pk=pk).first()
    if found is None:
        raise NotHere("not_found", "There is no such appointment here.")
    return found


def in_force(rows: QuerySet[Appointment], *, on: date) -> QuerySet[Appointment]:
    """The appointments that hold on a day, as `Appointment.holds_on` says of one."""
    acts = Q(deputy_of__isnull=True) | (
        Q(acts_from__lte=on) & (Q(acts_until__isnull=True) | Q(acts_until__gte=on))
    )
    return _named(rows, on=on).filter(acts)


def _named(rows: QuerySet[Appointment], *, on: date) -> QuerySet[Appointment]:
    """The appointments that hold on a day or would, were the person they stand in for away."""
    is_confirmed = ~Q(role__in=roles.OF_BOTH_SIDES) | Q(confirmed_at__isnull=False)
    not_over = Q(recalled_at__isnull=True) & (Q(until__isnull=True) | Q(until__gte=on))
    return rows.filter(is_confirmed, not_over, since__lte=on)


def not_ended(account: Account, *, on: date) -> QuerySet[Appointment]:
    """The appointments of an account that hold or will hold, proposed ones too."""
    held = Appointment.objects.of(account.organisation_id).filter(account=account)
    return held.filter(Q(until__isnull=True) | Q(until__gte=on), recalled_at__isnull=True)


def representatives_of_body(
    organisation: Organisation, *, body_id: uuid.UUID, on: date
) -> QuerySet[Account]:
    """Those who speak for a body: named by it, or by somebody whom it had named."""
    held = Appointment.objects.of(organisation).filter(
        body_id=body_id, role="worker_representative"
    )
    return Account.objects.of(organisation).filter(
        pk__in=in_force(held, on=on).values("account_id"), is_active=True
    )


def voices_of(organisation: Organisation, *, on: date, limit: int = 200) -> list[Appointment]:
    """Who acts for workers today and who decides their grievances, with how each was named."""
    shown = Appointment.objects.of(organisation).filter(role__in=roles.BY_OWN_PASSWORD)
    found = in_force(shown, on=on).filter(account__is_active=True).select_related("account")
    return list(found.order_by("role", "account__name", "id")[:limit])


def accounts_in_role(
    organisation: Organisation | uuid.UUID,
    *,
    role: str,
    on: date,
    site_id: uuid.UUID | None = None,
) -> QuerySet[Account]:
    """The accounts that hold a role on a day; with a site: there, or everywhere."""
    held = in_force(Appointment.objects.of(organisation).filter(role=role), on=on)
    if site_id is not None:
        held = held.filter(Q(site_id__isnull=True) | Q(site_id=site_id))
    return _holding(organisation, held)


def accounts_named_for(
    organisation: Organisation | uuid.UUID, *, role: str, on: date
) -> QuerySet[Account]:
    """Those who hold a role, and its deputies, away or not: what they signed goes on counting."""
    held = _named(Appointment.objects.of(organisation).filter(role=role), on=on)
    return _holding(organisation, held)


def _holding(
    organisation: Organisation | uuid.UUID, held: QuerySet[Appointment]
) -> QuerySet[Account]:
    return Account.objects.of(organisation).filter(
        pk__in=held.values("account_id"), is_active=True
    )


def roles_held(organisation: Organisation | uuid.UUID, *, on: date) -> frozenset[str]:
    """The roles that somebody with an open account holds on a day."""
    held = in_force(Appointment.objects.of(organisation), on=on)
    return frozenset(
        held.filter(account__is_active=True).values_list("role", flat=True).distinct()
    )


def account_of(organisation: Organisation, *, pk: uuid.UUID | str) -> Account | None:
    """One account of an organisation."""
    return Account.objects.of(organisation).filter(pk=pk).first()


def account_keys(organisation: Organisation) -> list[uuid.UUID]:
    """The ids of all accounts of an organisation, closed ones too."""
    return list(Account.objects.of(organisation).values_list("pk", flat=True))


def person_of(organisation: Organisation, *, pk: uuid.UUID | str) -> Account:
    """One account of an organisation. Raises `NotHere`."""
    found = account_of(organisation, pk=pk)
    if found is None:
        raise NotHere("not_found", "There is no such person here.")
    return found


def token_of(account: Account, *, pk: uuid.UUID | str) -> ApiToken:
    """One token that an account made. Raises `NotHere`."""
    made = ApiToken.objects.of(account.organisation_id).filter(account=account)
    found: ApiToken | None = made.filter(pk=pk).first()
    if found is None:
        raise NotHere("not_found", "There is no such token here.")
    return found


def account_named(organisation: Organisation, *, username: str) -> Account | None:
    """The account with this sign-in name, in whatever case it is typed."""
    return Account.objects.of(organisation).filter(username__iexact=username.strip()).first()


def appointment_permission(role: str) -> Permission:
    """The right that appointing to this role needs. Raises `Refused` for an unknown role."""
    known = roles.BY_NAME.get(role)
    if known is None or known not in roles.ROLES:
        names = ", ".join(each.name for each in roles.ROLES)
        raise Refused(
            "role_unknown",
            _("“%(role)s” is no role. Choose one of: %(names)s.") % {"role": role, "names": names},
            where="role",
        )
    if known is roles.Worker:
        return permissions.ADD_ACCOUNT
    return _APPOINTED_BY_SIDE[known.side]


def may_confirm(appointment: Appointment, *, actor: Actor, on: date) -> bool:
    """Whether this actor is of the side that a proposed handler waits for."""
    if not appointment.is_pending or appointment.has_ended(on):
        return False
    grant = actor.grant_for(appointment_permission(appointment.role))
    is_named_alone = appointment.is_deputy and appointment.named_by_side == "independent"
    if grant is None or (is_named_alone and grant.side != "workers"):
        return False  # a handler names a deputy alone, so the workers’ side agrees
    return grant.side != appointment.named_by_side


def roles_open_to(actor: Actor) -> list[tuple[str, Text]]:
    """The roles that this actor may appoint to, with their titles."""
    return [
        (role.name, role.title)
        for role in roles.ROLES
        if actor.may(appointment_permission(role.name))
    ]


def name_is_taken(username: str) -> bool:
    """Whether an account of any organisation signs in by this name, in whatever case."""
    return Account.objects.filter(username__iexact=username).exists()


def role_title(name: str) -> Text:
    """What people call a role."""
    return roles.BY_NAME[name].title


def tokens_by(account: Account) -> QuerySet[ApiToken]:
    """The tokens an account has made, revoked ones too, for a page of them."""
    return ApiToken.objects.of(account.organisation_id).filter(account=account)


def tokens_of(account: Account, *, limit: int = 100) -> list[ApiToken]:
    """The tokens an account has made, revoked ones too."""
    return list(tokens_by(account)[:limit])


def work_accounts_of(account: Account) -> list[SocialAccount]:
    """The work accounts that this person connected."""
    return list(SocialAccount.objects.filter(user_id=account.pk)[:20])


def token_digest(secret: str) -> str:
    """What is stored of a token: its secret has 256 random bits, so no slow hash is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def token_in_force(presented: str, *, on: date) -> ApiToken | None:
    """The token with this secret, unless it has expired or was revoked."""
    found: ApiToken | None = (
        ApiToken.objects.select_related("account__organisation")
        .prefetch_related("account__appointments")
        .filter(prefix=presented[:12], revoked_at__isnull=True, expires_on__gte=on)
        .filter(account__is_active=True)
        .first()
    )
    if found is None or not hmac.compare_digest(found.digest, token_digest(presented)):
        return None
    return found


def names_taken(usernames: Collection[str]) -> set[str]:
    """Which of these sign-in names somebody has."""
    found = Account.objects.filter(username__in=list(usernames))
    return set(found.values_list("username", flat=True))


def refuse_printed_code(by: Actor, *, on: date) -> None:
    """Refuse somebody who came in by a printed code and is more than a worker.

    Whoever printed their sheet could have kept a code. Raises `NotAllowed`.
    """
    if not by.is_limited or by.account_id is None or by.organisation_id is None:
        return
    own = Account.objects.of(by.organisation_id).filter(pk=by.account_id).first()
    if own is not None and has_other_roles(own, on=on):
        raise NotAllowed(
            "needs_password",
            _(
                "You hold a role beside that of a worker, and came in by a printed code. Sign in "
                "with your password to do this."
            ),
        )


def has_other_roles(account: Account, *, on: date) -> bool:
    """Whether somebody is more than a worker, today or from a later day on."""
    return not_ended(account, on=on).exclude(role=roles.Worker.name).exists()
