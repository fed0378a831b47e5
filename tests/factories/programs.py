"""Programs for tests, each with the token of a person."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.test import Client

from commonweal_web.people.actions import make_token
from commonweal_web.people.models import Account, ApiToken
from commonweal_web.people.queries import actor_of, operator, token_digest
from commonweal_web.record.action import action


@dataclass
class Program:
    """Something that calls the API."""

    secret: str
    account: Account
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """The answer to a request."""
        if self.secret:
            headers.setdefault("Authorization", f"Bearer {self.secret}")
        more = {} if body is None else {"data": body, "content_type": "application/json"}
        return self.client.generic(
            method,
            f"/api/v1{path}",
            **{**more, "data": json.dumps(body) if body is not None else ""},
            headers=headers,
        )

    def get(self, path: str, **headers: str) -> Any:
        return self.call("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.call("POST", path, body, **headers)


def a_program(
    account: Account, *, scopes: Sequence[str] = ("*:write",), expires_on: date | None = None
) -> Program:
    """A program with a token that this person made today."""
    today = datetime.now(UTC)
    made = make_token(
        organisation=account.organisation,
        by=actor_of(account, on=today.date()),
        at=today,
        account=account,
        name="tests",
        scopes=list(scopes),
        expires_on=expires_on or today.date() + timedelta(days=30),
    )
    return Program(made.secret, account)


def a_program_of_anyone(account: Account, *, scopes: Sequence[str] = ("*:write",)) -> Program:
    """A program of somebody whose roles may make no token, such as a worker."""
    today = datetime.now(UTC)
    secret = f"cw_{secrets.token_hex(32)}"
    with action("tests.token", organisation=account.organisation, by=operator(), at=today) as act:
        act.create(
            ApiToken(
                organisation=account.organisation,
                account=account,
                name="tests",
                prefix=secret[:12],
                digest=token_digest(secret),
                scopes=list(scopes),
                expires_on=today.date() + timedelta(days=30),
            )
        )
    return Program(secret, account)
