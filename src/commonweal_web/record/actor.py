"""Who acts: a person in their roles, a contributor by a scoped link, the operator's command."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.utils.translation import gettext as _

from commonweal_web.house.declaration import Permission
from commonweal_web.house.refusals import NotAllowed

UNNAMED_ROLES = frozenset({"worker", "contributor"})
"""Roles whose holders history never names: nothing may show who answered."""


@dataclass(frozen=True, slots=True)
class RoleGrant:
    """One role a person holds, and the sites it is limited to (empty: the whole organisation)."""

    role: str
    side: str
    permissions: frozenset[str]
    sites: frozenset[uuid.UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, with every role they hold. `named` tells whether history may say their name."""

    organisation_id: uuid.UUID | None
    grants: tuple[RoleGrant, ...]
    account_id: uuid.UUID | None = None
    contributor_id: uuid.UUID | None = None
    absent_ids: frozenset[uuid.UUID] = frozenset()
    """The people who are away and for whom this actor stands in."""
    is_limited: bool = False
    """Whether they came in by a way that is good for some of their roles alone: a printed code."""

    @property
    def stands_for(self) -> frozenset[uuid.UUID]:
        """The accounts whose work this actor does: their own, and of those they stand in for."""
        own = frozenset() if self.account_id is None else frozenset({self.account_id})
        return own | self.absent_ids

    def grant_for(self, permission: Permission) -> RoleGrant | None:
        """The role that holds the right, or None.

        Where several do, one whose holders are never named comes first: who answers as a worker
        stays unnamed, whatever else they are.
        """
        holding = [each for each in self.grants if permission.code in each.permissions]
        return min(holding, key=lambda each: each.role not in UNNAMED_ROLES, default=None)

    def may(self, permission: Permission) -> bool:
        """Whether any of this actor's roles holds the right."""
        return self.grant_for(permission) is not None

    def require(self, permission: Permission) -> RoleGrant:
        """The role under which this actor may do it. Raises `NotAllowed` when there is none."""
        grant = self.grant_for(permission)
        if grant is None:
            raise NotAllowed(
                "not_allowed",
                _("“%(right)s” is not open to you here. It is for: %(roles)s.")
                % {"right": permission.title, "roles": _words(permission.roles)},
                where=permission.code,
            )
        return grant

    @property
    def roles(self) -> frozenset[str]:
        """The names of the roles held."""
        return frozenset(each.role for each in self.grants)


def _words(roles: tuple[str, ...]) -> str:
    return ", ".join(role.replace("_", " ") for role in roles)


ANONYMOUS = Actor(organisation_id=None, grants=())
