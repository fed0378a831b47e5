"""The search over 10,000 uses and 100,000 risks: how much of the server's time a page takes.

Rows and their entries are stored in bulk, as no action would, and the index is made at the end.
Django's own handler is measured, from request to rendered answer, and on PostgreSQL the time of
the database's process too. The promise: under 50 ms of CPU for each page.

    pytest benches/bench_search.py                              SQLite
    scripts/with_postgres pytest benches/bench_search.py        PostgreSQL
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from commonweal.practices import catalogue
from commonweal_web.mitigations.models import Risk, RiskGroup
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.models import Account
from commonweal_web.search.full_text import make_full_text
from commonweal_web.search.models import Entry
from commonweal_web.search.queries import sources
from commonweal_web.search.queries.agreement import entry_of, rows_in_parts
from commonweal_web.systems.models import AffectedGroup, AiSystem, Use, Vendor
from factories.people import a_person, an_organisation
from factories.workplaces import a_group, a_member

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
USES, RISKS_OF_EACH, SYSTEMS, VENDORS = 10_000, 10, 2_000, 300
TIMES = 15
LIMIT_MS = 50
VOCABULARY = [
    f"{begin}{end}"
    for begin in (
        "schedul",
        "roster",
        "invoic",
        "claim",
        "camer",
        "translat",
        "transcri",
        "rout",
        "pick",
        "forecast",
        "audit",
        "recruit",
        "train",
        "sort",
        "weld",
        "triag",
        "chat",
        "brows",
        "gat",
        "fraud",
    )
    for end in ("er", "ing", "ement", "ed", "ist", "ory", "ation", "able", "ive", "less")
]

ASKED = {
    "a rare word": "quetzal",
    "a word of an eighth of the rows": "scheduler",
    "two such words": "scheduler rostering",
    "a word of every risk": "people",
    "two words of every risk": "people work",
    "a beginning of three letters": "tra",
    "a beginning of five": "sched",
    "a long beginning of every risk": "surveillan",
    "one letter at the end": "people s",
    "five words": "scheduler rostering people work night",
    "words never together": "quetzal zebrafish",
    "a phrase of every risk": '"people at work"',
    "a phrase that never stands": '"work people"',
    "a long phrase that never stands": '"people at night"',
    "a phrase that is rare": '"scheduler rostering"',
    "leaving out a phrase of every risk": 'people -"at work"',
    "leaving out what is everywhere": "people -work",
    "nothing": "nothingatall",
}


def sentence(chance: random.Random, *, words: int) -> str:
    return " ".join(chance.choices(VOCABULARY, k=words))


def description(chance: random.Random) -> str:
    """What stands in every risk, around words that stand in some."""
    return f"Surveillance of people at work, {sentence(chance, words=24)} in the night"


def filled() -> dict[str, Account]:
    """One organisation of that size with a people lead, and workers of two groups."""
    organisation = an_organisation("northbank", at=NOW)
    fill(organisation)
    found = people_of(organisation)
    started = time.process_time()
    index_all()
    count = Entry.objects.count()
    print(f"\n{count:,} rows indexed in {time.process_time() - started:.1f} s of our CPU")
    return found


def index_all() -> None:
    """Keeps all entries while nothing follows them, and makes the index of all at the end."""
    run(FORGOTTEN[connection.vendor])
    for source in sources():
        for part in rows_in_parts(source):
            Entry.objects.bulk_create(entry_of(source, row) for row in part)
    make_full_text(using="default")
    run(MADE[connection.vendor])


def run(statements: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


FORGOTTEN = {
    "sqlite": [f"DROP TRIGGER search_words_{name}" for name in ("new", "old", "changed")],
    "postgresql": ["DROP INDEX search_words"],
}
MADE = {
    "sqlite": ["INSERT INTO search_words(search_words) VALUES ('rebuild')"],
    "postgresql": ["ANALYZE"],
}


def fill(organisation: Organisation) -> None:
    chance = random.Random(3)
    own = {"organisation": organisation}
    vendors = Vendor.objects.bulk_create(
        Vendor(**own, name=f"{sentence(chance, words=1).title()} {number}")
        for number in range(VENDORS)
    )
    systems = AiSystem.objects.bulk_create(
        (
            AiSystem(
                **own,
                name=f"{sentence(chance, words=2).title()} {number}",
                vendor=chance.choice(vendors),
                description=sentence(chance, words=12),
            )
            for number in range(SYSTEMS)
        ),
        batch_size=1000,
    )
    uses = Use.objects.bulk_create(
        (
            Use(
                **own,
                system=chance.choice(systems),
                name=f"{sentence(chance, words=3).title()} {number}",
                purpose=sentence(chance, words=40) + (" quetzal" if number % 2000 == 7 else ""),
                outputs=sentence(chance, words=10),
                unit=sentence(chance, words=2),
                stage="identified",
                stage_since=NOW.date(),
                created_at=NOW,
            )
            for number in range(USES)
        ),
        batch_size=1000,
    )
    risks_for(organisation, uses=uses, chance=chance)


def risks_for(organisation: Organisation, *, uses: list[Use], chance: random.Random) -> None:
    signals = [each.id for each in catalogue().signals]
    for start in range(0, USES, 500):
        Risk.objects.bulk_create(
            (
                Risk(
                    organisation=organisation,
                    use=use,
                    signal=signals[number] if number < 8 else "",
                    own_title="" if number < 8 else sentence(chance, words=4).title(),
                    description=description(chance),
                    catalogue_version="1",
                    source="hand",
                    present_since=NOW.date(),
                    severity_since=NOW.date(),
                    rules_version="1",
                )
                for use in uses[start : start + 500]
                for number in range(RISKS_OF_EACH)
            ),
            batch_size=1000,
        )


def people_of(organisation: Organisation) -> dict[str, Account]:
    """A people lead, a worker of a group that few uses touch, one of a group that all touch."""
    people = {"people lead": a_person(organisation, "people_lead", at=NOW)}
    uses = list(Use.objects.order_by("pk"))
    for name, touched in (("worker, 150 uses", uses[:150]), ("worker, all uses", uses)):
        group = a_group(organisation, at=NOW)
        people[name] = a_person(organisation, "worker", at=NOW)
        a_member(group, people[name], at=NOW)
        AffectedGroup.objects.bulk_create(
            (AffectedGroup(organisation=organisation, use=use, group=group) for use in touched),
            batch_size=1000,
        )
        risks = Risk.objects.filter(use__in=[use.pk for use in touched]).values_list("pk", "id")
        RiskGroup.objects.bulk_create(
            (
                RiskGroup(
                    organisation=organisation,
                    risk_id=pk,
                    key=group.pk,
                    group=group,
                    since=NOW.date(),
                )
                for pk, _ in risks.iterator()
            ),
            batch_size=1000,
        )
    return people


@pytest.mark.django_db
def test_search(capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        lines = [
            (who, what, kind or "all", *measured(address, browser=browser))
            for who, browser, base in browsers(filled())
            for what, words in ASKED.items()
            for kind in ("", "risk")
            for address in [f"{base}?{urlencode({'words': words, 'kind': kind})}"]
        ]
        for who, what, kind, statements, ours, theirs in lines:
            print(
                f"{who:18} {what:32} {kind:5} {statements:>3} statements "
                f"{ours:6.1f} ms ours {theirs:6.1f} ms of the database"
            )
        worst = max(line[4] + line[5] for line in lines)
        print(f"{connection.vendor}: worst {worst:.1f} ms of {LIMIT_MS}")


def browsers(people: dict[str, Account]) -> Iterator[tuple[str, Client, str]]:
    for who, account in people.items():
        browser = Client()
        browser.force_login(account)
        yield who, browser, "/my/search/" if who.startswith("worker") else "/desk/search/"


def measured(address: str, *, browser: Client) -> tuple[int, float, float]:
    ask = asking(address, browser=browser)
    assert b"<h1>" in ask()
    with CaptureQueriesContext(connection) as statements:
        ask()
    ours, theirs = [], []
    for _ in range(TIMES):
        before, there = time.process_time(), database_ms()
        ask()
        ours.append((time.process_time() - before) * 1000)
        theirs.append(database_ms() - there)
    return len(statements), median(ours), sum(theirs) / TIMES


def database_ms() -> float:
    """CPU of the database's process for this connection; SQLite works in our own."""
    if connection.vendor != "postgresql":
        return 0.0
    connection.ensure_connection()
    pid = connection.connection.info.backend_pid
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    schedstat = Path(f"/proc/{pid}/schedstat").read_text().split()[0]
    return int(schedstat) / 1_000_000 if schedstat else (int(fields[11]) + int(fields[12])) * 10.0


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
