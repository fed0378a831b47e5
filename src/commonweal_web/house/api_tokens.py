"""Whom a program acts for: its token, the scopes, and the rights of the person behind it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from commonweal_web.house.api_errors import NotKnown
from commonweal_web.house.declaration import Permission
from commonweal_web.house.refusals import NotAllowed
from commonweal_web.house.requests import PersonRequest
from commonweal_web.people.models import ApiToken
from commonweal_web.people.queries import actor_of, token_in_force


class ApiRequest(PersonRequest):
    """A request of a program: beside the person it acts for, its token."""

    token: ApiToken


class BearerToken(HttpBearer):
    """A token made on the page “My account”, for some rooms, reading or also writing.

    Scopes are `room:read` and `room:write`; `*` stands for all rooms, and writing includes
    reading. A session is never enough: a page in a browser cannot be made to call the API.
    """

    def __init__(self, *, room: str, verb: str, right: Permission | None = None) -> None:
        super().__init__()
        self.room, self.verb, self.right = room, verb, right

    def authenticate(self, request: Any, token: str) -> ApiToken:
        """The token in force, with the request now acting for its maker.

        Raises `NotKnown` (401) and `NotAllowed` (403).
        """
        found = token_in_force(token, on=request.now.date())
        if found is None:
            raise NotKnown(
                "token_refused",
                _("This token is unknown, has expired or was revoked. Make a new one."),
                where="Authorization",
            )
        self._require_scope(found)
        account = found.account
        request.token, request.organisation = found, account.organisation
        request.actor = actor_of(account, on=request.now.date())
        if self.right is not None:
            request.actor.require(self.right)
        return found

    def _require_scope(self, token: ApiToken) -> None:
        verbs = {"read": ("read", "write"), "write": ("write",)}[self.verb]
        open_to = {f"{room}:{verb}" for room in (self.room, "*") for verb in verbs}
        if open_to.isdisjoint(token.scopes):
            wanted = f"{self.room}:{self.verb}"
            raise NotAllowed(
                "scope_missing",
                _("This token lacks the scope “%(scope)s”. Make one that has it.")
                % {"scope": wanted},
                where=wanted,
            )
