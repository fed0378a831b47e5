"""Everything a reader may open is found by any word of it, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from commonweal_web.house.searching import SearchReader
from commonweal_web.mitigations import actions as mitigations
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.queries import actor_of
from commonweal_web.record.action import action
from commonweal_web.search.queries import Found, found, overview
from commonweal_web.systems.models import Use
from factories.mitigations import Workplace, a_judged_risk
from factories.people import a_person
from factories.systems import a_described_use, a_use
from factories.workplaces import a_group, a_member

Read = Callable[..., SearchReader]


def titles(words: str, *, reader: SearchReader, **narrowed: Any) -> list[tuple[str, str]]:
    answer: Found = found(words, reader=reader, **narrowed)
    return [(each.kind, str(each.hit.title)) for each in answer.page.rows]


@pytest.mark.parametrize(
    ("words", "kind", "title"),
    [
        ("planner", "use", "Shift planner"),
        ("SHIFT PLAN", "use", "Shift planner"),
        ("nachtlog", "use", "Shift planner"),
        ("rota", "system", "Rota"),
        ("uberstunden", "risk", "Weniger Überstunden"),
        ("ÜBERSTUNDEN planner", "risk", "Weniger Überstunden"),
        ('"falls at night"', "risk", "Weniger Überstunden"),
        ("built that way", "decision", "Change “Shift planner”, or stop it?"),
        ("depots", "decision", "Which depots come first?"),
        ("RPU4", "practice", "Mitigate the harms and compensate for them"),
    ],
)
def test_a_word_of_it_finds_it(
    place: Workplace, reading: Read, words: str, kind: str, title: str
) -> None:
    hits = dict(titles(words, reader=reading(place.lead), only=(kind,)))
    if kind == "practice":
        assert len(hits) == 1
        return
    assert hits == {kind: title}


def test_a_vendor_is_found_and_so_is_its_system(
    place: Workplace, reading: Read, organisation: Organisation, now: datetime
) -> None:
    a_use(organisation, at=now, by=place.lead, name="Gate", system_name="Dora", vendor_name="Acme")
    assert titles("acme", reader=reading(place.lead)) == [
        ("use", "Gate"),
        ("system", "Dora"),
        ("vendor", "Acme"),
    ]


@pytest.mark.parametrize(
    "words",
    ["shift -planner", '"planner shift"', "shift plano", "shi", "-shift", "", "planner elephant"],
)
def test_what_does_not_fit_is_not_found(place: Workplace, reading: Read, words: str) -> None:
    kinds = [kind for kind, _ in titles(words, reader=reading(place.lead), only=("use",))]
    assert kinds == (["use"] if words == "shi" else [])


def test_titles_come_before_texts_and_shorter_titles_first(
    place: Workplace, reading: Read, organisation: Organisation, now: datetime
) -> None:
    by = {"at": now, "by": place.lead}
    a_use(organisation, name="Letters", system_name="A", purpose="It writes a rosterlike.", **by)
    a_use(organisation, name="Rosterlike for the night", system_name="B", **by)
    a_use(organisation, name="Rosterlike", system_name="C", **by)
    assert titles("rosterlike", reader=reading(place.lead)) == [
        ("use", "Rosterlike"),
        ("use", "Rosterlike for the night"),
        ("use", "Letters"),
    ]


def test_nothing_of_another_organisation_is_found(
    place: Workplace, reading: Read, other_organisation: Organisation, now: datetime
) -> None:
    a_use(other_organisation, at=now, name="Shift planner of others")
    reader = reading(place.lead)
    assert titles("shift planner", reader=reader, only=("use",)) == [("use", "Shift planner")]


def test_a_worker_finds_what_touches_their_groups_and_nothing_else(
    place: Workplace, reading: Read, organisation: Organisation, now: datetime
) -> None:
    elsewhere = a_group(organisation, at=now)
    a_described_use(
        organisation, at=now, owner=place.owner, groups=(elsewhere,), name="Shift planner two"
    )
    reader = reading(place.worker, "my")
    answer = overview("planner", reader=reader)
    assert [(each.kind, each.count) for each in answer.groups] == [
        ("use", 1),
        ("risk", 1),
        ("decision", 1),
    ]
    assert titles("planner", reader=reader, only=("use",)) == [("use", "Shift planner")]


@pytest.mark.parametrize("words", ["nachtlogistik", "rota", "depots", "plan of shifts", "RPU4"])
def test_a_worker_finds_nothing_by_words_that_only_the_desk_shows(
    place: Workplace, reading: Read, words: str
) -> None:
    assert titles(words, reader=reading(place.worker, "my")) == []


def test_who_left_the_group_finds_its_uses_no_more(
    place: Workplace, reading: Read, organisation: Organisation, now: datetime
) -> None:
    former = a_person(organisation, "worker", at=now)
    a_member(place.group, former, at=now, until=now.date().replace(day=1))
    assert titles("planner", reader=reading(former, "my")) == []


def test_who_holds_only_a_part_of_the_rights_finds_only_that_part(
    place: Workplace, reading: Read, organisation: Organisation, now: datetime
) -> None:
    handler = a_person(organisation, "case_handler", at=now)
    kinds = {group.kind for group in overview("risk", reader=reading(handler)).groups}
    assert kinds == {"practice"}
    assert titles("planner", reader=reading(handler)) == []


def test_many_rows_are_counted_to_two_hundred_and_paged(
    reading: Read, organisation: Organisation, now: datetime, filling: Callable[[int], None]
) -> None:
    lead = a_person(organisation, "people_lead", at=now)
    filling(230)
    answer = overview("counted", reader=reading(lead))
    (uses,) = (each for each in answer.groups if each.kind == "use")
    assert (uses.count, uses.is_more, len(uses.hits)) == (200, True, 5)
    pages = [
        found("counted", reader=reading(lead), only=("use",), number=number, size=50).page
        for number in (1, 4, 9)
    ]
    assert [(page.number, len(page.rows), page.total) for page in pages] == [
        (1, 50, 200),
        (4, 50, 200),
        (4, 50, 200),
    ]


@pytest.fixture
def filling(organisation: Organisation, now: datetime) -> Callable[[int], None]:
    """Registers many uses in one action."""

    def fill(count: int) -> None:
        lead = a_person(organisation, "people_lead", at=now)
        first = a_use(organisation, at=now, by=lead, name="Counted 0")
        by = actor_of(lead, on=now.date())
        with action("systems.register_use", organisation=organisation, by=by, at=now) as act:
            act.create_many(
                Use(
                    organisation=organisation,
                    system=first.system,
                    name=f"Counted {number}",
                    stage="identified",
                    stage_since=now.date(),
                    created_at=now,
                )
                for number in range(1, count)
            )

    return fill


HOSTILE = (
    "*",
    '"',
    '""',
    "' OR 1=1 --",
    "NEAR(a b, 2)",
    "a AND OR NOT",
    "title:shift",
    "{title} : x ^y",
    "(((",
    "%_\\",
    "& | ! <-> :*",
    "\x00",
    "\ud800",
    "-" * 500,
    "🦊 planner",
    "planner " * 1300,
    '"' + "planner " * 1300 + '"',
    "x" * 10_000,
    "ﷺ" * 900,
)


@pytest.mark.parametrize("audience", ["desk", "my"])
@pytest.mark.parametrize("words", HOSTILE)
def test_whatever_is_typed_gives_an_answer(
    place: Workplace, reading: Read, words: str, audience: Any
) -> None:
    reader = reading(place.representative, audience)
    answer = overview(words, reader=reader)
    assert all(group.count for group in answer.groups)


def test_a_place_cannot_be_typed(place: Workplace, reading: Read) -> None:
    typed = f"=systemsuse{place.organisation.pk.hex}"
    assert titles(typed, reader=reading(place.lead)) == []


def test_a_closed_risk_is_still_found_and_says_so(place: Workplace, reading: Read) -> None:
    risk = a_judged_risk(place, title="Solitary")
    mitigations.close_risk(**place.by(place.owner), risk=risk, reason="It is over.")
    (hit,) = found("solitary", reader=reading(place.lead)).page.rows
    assert (hit.hit.title, str(hit.hit.state)) == ("Solitary", "closed")


def test_a_vendor_of_two_systems_stands_once(
    place: Workplace, reading: Read, now: datetime
) -> None:
    for name in ("One", "Two"):
        a_use(place.organisation, at=now, by=place.lead, name=name, vendor_name="Zeta")
    assert titles("zeta", reader=reading(place.lead), only=("vendor",)) == [("vendor", "Zeta")]
