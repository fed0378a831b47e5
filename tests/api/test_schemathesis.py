"""The API against its own description: no 5xx, and no answer that is not documented.

Every route is called as a people lead, as a worker and as nobody, with bodies and parameters that
the description allows and with ones that it does not, on an organisation with something of
everything. What a call changes is undone before the next, so that the cases stay the same.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from commonweal_web.house.wsgi import application
from commonweal_web.people.queries import tokens_of
from factories.people import an_organisation
from factories.populated import NO_ROW, Populated, populate
from factories.programs import a_program, a_program_of_anyone

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES = int(os.environ.get("API_EXAMPLES", "4"))
SCHEMA = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
OPERATIONS = {each.ok().label: each.ok() for each in SCHEMA.get_all_operations()}


@pytest.fixture
def kept_connection() -> Iterator[None]:
    """Keep the test's transaction open over requests, as Django's own test client does."""
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    yield
    for signal in ends:
        signal.connect(close_old_connections)


@pytest.fixture
def filled(db: None, kept_connection: None) -> Populated:
    """An organisation with something of everything."""
    now = datetime.now(UTC)
    return populate(an_organisation("northbank", at=now), at=now)


def known(value: Any, *, ids: dict[str, str]) -> Any:
    """The body with the ids of rows that are there, so that calls reach further."""
    if isinstance(value, dict):
        return {
            name: ids[name] if name in ids and each is not None else known(each, ids=ids)
            for name, each in value.items()
        }
    return value


def run(headers: dict[str, str], *, ids: dict[str, str], examples: int = EXAMPLES) -> set[int]:
    """Call every route; the statuses that were answered."""
    seen: set[int] = set()
    for operation in OPERATIONS.values():
        names = [each.name for each in operation.path_parameters]
        fixed = {name: ids.get(name, str(NO_ROW)) for name in names}
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            how = {"headers": headers, "mode": mode, "ids": ids}
            seen |= _cases(operation, path=fixed, examples=examples, **how)
            if fixed:
                seen |= _cases(operation, path=None, examples=1, **how)
    return seen


def _cases(
    operation: Any,
    *,
    headers: dict[str, str],
    mode: GenerationMode,
    path: dict[str, str] | None,
    ids: dict[str, str],
    examples: int,
) -> set[int]:
    seen: set[int] = set()

    @given(case=operation.as_strategy(generation_mode=mode, path_parameters=path))
    @settings(
        max_examples=examples,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def call(case: Any) -> None:
        if mode is GenerationMode.POSITIVE and path is not None:
            case.body = known(case.body, ids=ids)
        case.headers = {
            name: value for name, value in case.headers.items() if name != "Authorization"
        }
        with transaction.atomic():
            response = case.call(headers=headers)
            transaction.set_rollback(True)
        seen.add(response.status_code)
        case.validate_response(response, checks=CHECKS)

    call()
    return seen


def test_a_people_lead_gets_documented_answers_only(filled: Populated) -> None:
    program = a_program(filled.lead)
    ids = filled.ids | {"token_id": str(tokens_of(filled.lead)[0].pk)}

    seen = run({"Authorization": f"Bearer {program.secret}"}, ids=ids)

    assert {200, 201, 204, 403, 404, 409, 422} <= seen


def test_a_worker_gets_documented_answers_only(filled: Populated) -> None:
    program = a_program_of_anyone(filled.worker)

    seen = run({"Authorization": f"Bearer {program.secret}"}, ids=filled.ids, examples=1)

    assert {200, 403} <= seen


def test_nobody_gets_documented_answers_only(filled: Populated) -> None:
    seen = run({}, ids=filled.ids, examples=1)

    assert seen <= {401, 404, 415}
    assert 401 in seen
