"""Both databases, and both ways of looking, find what a plain reading of the words finds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commonweal_web.house.searching import SearchReader, Touched
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.queries import actor_of
from commonweal_web.record.action import action
from commonweal_web.search.queries import found, statements
from commonweal_web.search.queries.asking import asked_for
from commonweal_web.search.queries.offered import place_of, sources
from commonweal_web.search.queries.statements import Scope, places
from commonweal_web.systems.models import AffectedGroup, AiSystem, Use
from commonweal_web.workplaces.models import WorkerGroup
from factories.people import a_person
from factories.workplaces import a_group, a_member

Read = Callable[..., SearchReader]
WORDS = ("shift", "shifts", "plan", "planner", "Über", "uber", "a-b", "night's", "5G", "E10", "x")
TEXTS = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
ASKED = st.lists(
    st.tuples(
        st.sampled_from(("", "", "-", '"')),
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=2),
    ),
    max_size=3,
)
ROWS = [
    ("Shift plan", "Über night's"),
    ("shifts", "plan planner x"),
    ("a-b", "planner E10 5G"),
    ("Über plan", "shift x a-b"),
    ("plan shift", ""),
    ("x", "night's shifts uber"),
    ("E10", "shift plan planner"),
]


def typed(terms: list[tuple[str, list[str]]]) -> str:
    return " ".join(
        f'"{" ".join(words)}"' if sign == '"' else f"{sign}{words[0]}" for sign, words in terms
    )


def plain(text: str) -> list[str]:
    """Another way to fold a text than the one that is tested."""
    apart = unicodedata.normalize("NFD", text.lower())
    return re.sub("[^a-z0-9]+", " ", re.sub("[\u0300-\u036f]", "", apart)).split()


def fits(row: tuple[str, ...], terms: list[tuple[str, list[str]]]) -> bool:
    """Reads the row word by word."""
    fields = [plain(text) for text in row]
    every = [word for words in fields for word in words]

    def stands(phrase: list[str]) -> bool:
        runs = ((words, at) for words in fields for at in range(len(words)))
        return any(words[at : at + len(phrase)] == phrase for words, at in runs)

    wanted = [term for term in terms if term[0] != "-"]
    if not wanted:
        return False
    for term in terms:
        sign, words = term
        phrase = plain(" ".join(words if sign == '"' else words[:1]))
        if sign == "-" and stands(phrase):
            return False
        if sign == '"' and not stands(phrase):
            return False
        if sign == "" and not all(word in every for word in phrase[:-1]):
            return False
        if sign == "":
            last, is_last = phrase[-1], term is wanted[-1]
            begins = is_last and len(last) >= 3 and any(each.startswith(last) for each in every)
            if last not in every and not begins:
                return False
    return True


@pytest.fixture
def rows(organisation: Organisation, now: datetime) -> list[Use]:
    lead = a_person(organisation, "people_lead", at=now)
    by = actor_of(lead, on=now.date())
    with action("systems.register_use", organisation=organisation, by=by, at=now) as act:
        system = act.create(AiSystem(organisation=organisation, name="Zzz"))
        uses = act.create_many(
            Use(
                organisation=organisation,
                system=system,
                name=name,
                purpose=purpose,
                stage_since=now.date(),
                created_at=now,
            )
            for name, purpose in ROWS
        )
    group = a_group(organisation, at=now)
    for use in uses:
        touch(use, groups=[group], now=now)
    return uses


def touch(use: Use, *, groups: list[WorkerGroup], now: datetime) -> None:
    """Says that a use touches these groups, too."""
    by = actor_of(a_person(use.organisation, "people_lead", at=now), on=now.date())
    with action("systems.touch_group", organisation=use.organisation, by=by, at=now) as act:
        act.create_many(
            AffectedGroup(organisation=use.organisation, use=use, group=each) for each in groups
        )


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(terms=ASKED)
def test_what_is_found_is_what_a_plain_reading_finds(
    rows: list[Use], terms: list[tuple[str, list[str]]]
) -> None:
    (uses,) = (each for each in sources() if each.model == "systems.Use")
    place = place_of(uses, organisation=rows[0].organisation_id)
    ids = AffectedGroup.objects.values("use_id")
    group = AffectedGroup.objects.values_list("group_id", flat=True).distinct().get()
    touched = Touched(frozenset([group]), ids=ids)
    expected = sorted(row.name for row in rows if fits((row.name, row.purpose), terms))
    names = {row.pk: row.name for row in rows}
    ways = (
        Scope("systems.use", place, is_own=False),
        Scope("systems.use", place, is_own=True),
        Scope("systems.use", place, is_own=True, touched=touched),
    )
    for scope in ways:
        subjects = {each.subject for each in places(asked_for(typed(terms)), scopes=[scope])}
        assert sorted(names[each] for each in subjects) == expected, (typed(terms), scope)


def test_where_more_rows_than_a_sample_are_kept_the_same_is_found(
    rows: list[Use], reading: Read, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = a_person(rows[0].organisation, "worker", at=now)
    a_member(AffectedGroup.objects.first().group, worker, at=now)
    answers = []
    for sample in (1, 2, 2000):
        monkeypatch.setattr(statements, "SAMPLE", sample)
        page = found("plan", reader=reading(worker, "my")).page
        answers.append([each.hit.title for each in page.rows])
    expected = ["Über plan", "plan shift", "Shift plan", "a-b", "E10", "shifts"]
    assert answers == [expected] * 3


def test_few_rows_among_many_that_fit_are_found(
    rows: list[Use], reading: Read, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statements, "MOST", 1)
    monkeypatch.setattr(statements, "SAMPLE", 1)
    for row in rows:
        worker = a_person(row.organisation, "worker", at=now)
        group = a_group(row.organisation, at=now)
        a_member(group, worker, at=now)
        touch(row, groups=[group], now=now)
        word = plain(f"{row.name} {row.purpose}")[0]
        page = found(word, reader=reading(worker, "my")).page
        assert [each.hit.title for each in page.rows] == [row.name]
