"""The list page of fifty uses: how many statements and how much of the server's time it takes.

Django's own handler is measured, from request to rendered answer, with 50, 500 and 2,133 uses of
the real register, by name and by what is open. The promise: at most 6 statements and under 25 ms
of the server's CPU. The first reading after something changed counts the changed lines anew; how
long that takes for all of them is printed too.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from commonweal.systems.inventory.mapping_file import shipped_format
from commonweal.systems.inventory.reading import read_register
from commonweal.systems.inventory.table import Table
from commonweal_web.people.queries import actor_of
from commonweal_web.systems.actions import RegisterFile, import_register
from commonweal_web.systems.actions.standings import count_anew
from factories.people import a_person, an_organisation

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
REGISTER = (
    Path(__file__).parents[1]
    / "tests/domain/systems/inventory/data/us_federal_ai_use_cases_2024.csv"
)
TIMES = 40
ADDRESSES = (
    "/desk/uses/",
    "/desk/uses/?gaps=yes&sort=-gaps",
)


@pytest.mark.django_db
@pytest.mark.parametrize("size", [50, 500, 2133])
@pytest.mark.parametrize("address", ADDRESSES)
def test_list_page(
    size: int, address: str, capsys: pytest.CaptureFixture[str], benchmark: Any
) -> None:
    browser = browser_of_an_organisation_with(size)
    anew = cpu_ms(lambda: count_anew(at=timezone.now()))
    ask = asking(address, browser=browser)
    assert 0 < ask().count(b'role="rowheader"') <= min(size, 50)
    with CaptureQueriesContext(connection) as statements:
        ask()
        counted = len(statements)
    used = median(cpu_ms(ask) for _ in range(TIMES))
    with capsys.disabled():
        print(f"\n{size:>5} uses, {address}: {counted} statements, {used:.1f} ms of CPU")
        print(f"      every line counted anew: {anew:.0f} ms of CPU")
    benchmark.pedantic(ask, rounds=TIMES)


def asking(address: str, *, browser: Client) -> Callable[[], bytes]:
    """Asks the handler that serves the site, since the test client copies every context."""
    handler, factory = WSGIHandler(), RequestFactory()
    factory.cookies = browser.cookies

    def ask() -> bytes:
        response = handler(factory.get(address).environ, lambda *_started: None)
        body = b"".join(response)
        response.close()
        return body

    return ask


def browser_of_an_organisation_with(size: int) -> Client:
    organisation = an_organisation("northbank", at=NOW)
    lead = a_person(organisation, "people_lead", at=NOW)
    data = REGISTER.read_bytes()
    whole = read_register(REGISTER)
    table = Table(
        whole.columns, whole.rows[:size], whole.row_numbers[:size], whole.encoding, whole.kind
    )
    register = RegisterFile.of(
        REGISTER.name, data=data, table=table, format=shipped_format("us-federal-2024")
    )
    by = actor_of(lead, on=NOW.date())
    import_register(organisation=organisation, by=by, at=NOW, register=register)
    browser = Client()
    browser.force_login(lead)
    return browser


def cpu_ms(call: Callable[[], Any]) -> float:
    before = time.process_time()
    call()
    return (time.process_time() - before) * 1000
