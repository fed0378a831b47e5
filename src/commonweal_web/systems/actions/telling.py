"""Whom gates and endings are told to: those whose move it is, and those whose work it touches."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse

from commonweal.systems.gates import Gate, GateDecision
from commonweal.systems.requirements import Role
from commonweal_web.notices.actions import tell
from commonweal_web.people.queries import accounts_in_role, with_deputies
from commonweal_web.record.action import Act
from commonweal_web.systems.models import Use
from commonweal_web.systems.queries import affected_groups_of
from commonweal_web.systems.queries.uses import sites_touched
from commonweal_web.workplaces.queries import members_of_groups

GATE_WAITS, DECIDED, ENDING = "systems.gate_waits", "systems.decided", "systems.ending"
NO_SITE = UUID(int=0)  # holders of a role everywhere are found for any site


def tell_next_signers(act: Act, *, use: Use, gate: Gate, decision: GateDecision) -> None:
    """Tell those who can give a signature that is still missing."""
    tell(
        organisation=act.organisation,
        at=act.at,
        kind=GATE_WAITS,
        about=f"systems.gate:{use.pk}:{gate.entering.value}",
        accounts=_signers(act, use=use, roles=decision.missing_signatures),
        url=reverse("desk:systems:gate", args=[use.pk, gate.entering.value]),
    )


def tell_touched(act: Act, *, use: Use, kind: str) -> None:
    """Tell the workers whom a use touches, and their representatives, what was decided."""
    groups = [row.group for row in affected_groups_of(use) if row.group is not None]
    audiences = (
        ("my:systems:use", [each.pk for each in members_of_groups(groups, act.at.date())]),
        ("desk:systems:use", _holders(act, use=use, role=Role.WORKER_REPRESENTATIVE)),
    )
    for page, accounts in audiences:
        tell(
            organisation=act.organisation,
            at=act.at,
            kind=kind,
            about=f"systems.use:{use.pk}",
            accounts=accounts,
            url=reverse(page, args=[use.pk]),
        )


def _signers(act: Act, *, use: Use, roles: Iterable[Role]) -> set[UUID]:
    found: set[UUID] = set()
    for role in roles:
        if role is Role.USE_OWNER:
            found |= _owners(act, use=use)
        else:
            found |= _holders(act, use=use, role=role)
    return found


def _owners(act: Act, *, use: Use) -> set[UUID]:
    """Who answers for the use, and their deputy while they are away."""
    if use.owner_id is None:
        return set()
    return with_deputies(
        act.organisation, [use.owner_id], role=Role.USE_OWNER.value, on=act.at.date()
    )


def _holders(act: Act, *, use: Use, role: Role) -> set[UUID]:
    """Who holds a role everywhere, or at a site that the use touches."""
    return {
        pk
        for site in sites_touched(use) or [NO_SITE]
        for pk in accounts_in_role(
            act.organisation, role=role.value, on=act.at.date(), site_id=site
        ).values_list("pk", flat=True)
    }
