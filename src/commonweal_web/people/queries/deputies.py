"""Who stands in for whom, and whose role has nobody to stand in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal_web.house.declaration import Text, Waiting
from commonweal_web.house.texts import day_text
from commonweal_web.organisations.models import Organisation
from commonweal_web.people import roles
from commonweal_web.people.models import Account, Appointment
from commonweal_web.people.queries.accounts import (
    appointment_permission,
    in_force,
    not_ended,
    role_title,
)
from commonweal_web.record.actor import Actor

MOST = 50


@dataclass(frozen=True, slots=True)
class OfficeHeld:
    """A role somebody holds, and who stands in for them; None where nobody is named."""

    appointment: Appointment
    title: Text
    deputy: Appointment | None

    @property
    def away_words(self) -> str:
        """Since when and until when the deputy acts, or will; empty where no absence is noted."""
        if self.deputy is None or self.deputy.acts_from is None:
            return ""
        if self.deputy.acts_until is None:
            return _("away from %(day)s on") % {"day": day_text(self.deputy.acts_from)}
        return _("away from %(since)s to %(until)s") % {
            "since": day_text(self.deputy.acts_from),
            "until": day_text(self.deputy.acts_until),
        }


def offices_of(account: Account, *, on: date) -> list[OfficeHeld]:
    """The roles of a person that need a deputy, each with the one who is named."""
    own = not_ended(account, on=on).filter(
        role__in=roles.WITH_DEPUTY, deputy_of__isnull=True, since__lte=on
    )
    held = list(own.order_by("role", "since", "id")[:MOST])
    named = {
        each.deputy_of_id: each
        for each in Appointment.objects.of(account.organisation_id)
        .filter(deputy_of__in=held)
        .select_related("account")
        if not each.has_ended(on)
    }
    return [OfficeHeld(each, role_title(each.role), named.get(each.pk)) for each in held]


def may_cover(office: OfficeHeld, *, actor: Actor) -> bool:
    """Whether this actor may say that the holder is away: they, their deputy, the role's side."""
    deputies = {office.deputy.account_id} if office.deputy is not None else set()
    people = {office.appointment.account_id, *deputies}
    permission = appointment_permission(office.appointment.role)
    return actor.account_id in people or actor.may(permission)


def standing_by(account: Account, *, on: date) -> list[Appointment]:
    """The roles in which a person stands in for somebody, now or when they are away."""
    rows = not_ended(account, on=on).filter(deputy_of__isnull=False)
    return list(rows.select_related("deputy_of__account").order_by("role", "since", "id")[:MOST])


def holds_only_for(
    organisation: Organisation,
    account_id: UUID | None,
    *,
    holder: UUID | None,
    among: Collection[str],
    on: date,
) -> bool:
    """Whether somebody has these roles only by standing in for one person, now or before.

    Where two people must agree, such a deputy is no second one: the other one chose them.
    """
    rows = Appointment.objects.of(organisation).filter(account_id=account_id, role__in=among)
    own = in_force(rows.filter(deputy_of__isnull=True), on=on)
    return rows.filter(deputy_of__account_id=holder).exists() and not own.exists()


def with_deputies(
    organisation: Organisation, accounts: Collection[UUID], *, role: str, on: date
) -> set[UUID]:
    """These people, and for each who is away whoever stands in for them in a role."""
    rows = in_force(Appointment.objects.of(organisation).filter(role=role), on=on)
    standing_in = rows.filter(deputy_of__account_id__in=accounts, account__is_active=True)
    return {*accounts, *standing_in.values_list("account_id", flat=True)}


def deputies_missing(*, actor: Actor, organisation: Organisation, at: datetime) -> list[Waiting]:
    """Asks whoever holds a role to name a deputy, so that nothing waits while they are away."""
    if actor.account_id is None or actor.roles.isdisjoint(roles.WITH_DEPUTY):
        return []
    own = Appointment.objects.of(organisation).filter(
        account_id=actor.account_id, role__in=actor.roles & frozenset(roles.WITH_DEPUTY)
    )
    held = [each for each in own.filter(deputy_of__isnull=True) if each.holds_on(at.date())]
    named = Appointment.objects.of(organisation).filter(deputy_of__in=held)
    covered = {each.deputy_of_id for each in named if not each.has_ended(at.date())}
    bare = [each for each in held if each.pk not in covered]
    return [_missing(bare)] if bare else []


def _missing(bare: list[Appointment]) -> Waiting:
    titles = ", ".join(str(role_title(each.role)) for each in bare)
    return Waiting(
        title=ngettext(
            "Your role has no deputy", "%(count)s of your roles have no deputy", len(bare)
        )
        % {"count": len(bare)},
        text=_("When you are away, nobody can act as: %(titles)s. Deadlines run on all the same.")
        % {"titles": titles},
        url=reverse("desk:people:deputies"),
        action=_("Name a deputy"),
        key="people.deputy_missing:" + "+".join(sorted(str(each.pk) for each in bare)),
    )
