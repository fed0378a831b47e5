"""One statement that looks through the index: a part for each kind of row, each bounded.

A part asks the full-text index; or, where a reader may open only few rows of a kind, reads the
words of those few. Both give the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from commonweal_web.search.queries.asking import Asked

MOST = 200
FEW = 5000
"""Up to so many rows that somebody may open are looked through one by one."""

Part = tuple[str, list[Any]]
TITLE = ("title",)
SIGN = "~"


@dataclass(frozen=True, slots=True)
class Scope:
    """The rows of a source that a reader may open: all of a place, or those with these ids.

    `is_own` leaves out the words that only the desk reads.
    """

    source: str
    place: str
    is_own: bool
    ids: QuerySet[Any, Any] | None = None
    is_few: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns whose words this reader may find."""
        return ("title", "text") if self.is_own else ("title", "text", "more")


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was found: the source, the row, and the folded words of its title."""

    source: str
    subject: UUID
    title: str


def places(asked: Asked, *, scopes: Sequence[Scope]) -> list[Place]:
    """The rows of each scope that fit: up to `MOST` + 1 by their titles, as many by all words."""
    if asked.is_empty or not scopes:
        return []
    parts = [
        _part(asked, scope=scope, columns=columns)
        for scope in scopes
        for columns in (TITLE, scope.columns)
    ]
    sql = " UNION ALL ".join(f"SELECT * FROM ({each} LIMIT {MOST + 1}) part" for each, _ in parts)  # noqa: S608
    with connection.cursor() as cursor:
        # writes no row: a SELECT built from our own names
        cursor.execute(sql, [value for _, values in parts for value in values])
        rows = cursor.fetchall()
    return [Place(source, _uuid(subject), title) for source, subject, title in rows]


def _uuid(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def _part(asked: Asked, *, scope: Scope, columns: tuple[str, ...]) -> Part:
    if scope.is_few:
        start = _read_one_by_one(asked, scope=scope, columns=columns)
    elif connection.vendor == "sqlite":
        start = _sqlite(asked, scope=scope, columns=columns)
    else:
        start = _postgresql(asked, scope=scope, columns=columns)
    return _joined([start, *_phrases(asked, scope=scope), *_among(scope)])


def _joined(conditions: Iterable[Part]) -> Part:
    found = list(conditions)
    return " AND ".join(sql for sql, _ in found), [
        value for _, values in found for value in values
    ]


def _sqlite(asked: Asked, *, scope: Scope, columns: tuple[str, ...]) -> Part:
    within = "{heading title text} : " if scope.is_own else ""
    sign = SIGN if columns == TITLE else ""
    wanted = [f'"{scope.place}"', *(f'({within}"{sign}{word}")' for word in asked.words)]
    if asked.beginning:
        wanted.append(f'({within}"{sign}{asked.beginning}" *)')
    match = f"({' AND '.join(wanted)})"
    for word in _single(asked):
        match = f'({match} NOT ({within}"{word}"))'
    return (
        "SELECT e.source, e.subject, e.title FROM search_words CROSS JOIN search_entry e "
        "ON e.id = search_words.rowid WHERE search_words MATCH %s",
        [match],
    )


def _postgresql(asked: Asked, *, scope: Scope, columns: tuple[str, ...]) -> Part:
    sign = SIGN if columns == TITLE else ""
    wanted = [f"'{scope.place}'", *(f"'{sign}{word}'" for word in asked.words)]
    if asked.beginning:
        wanted.append(f"'{sign}{asked.beginning}':*")
    without = [f"!'{word}'" for word in _single(asked)]
    return (
        "SELECT e.source, e.subject, e.title FROM search_entry e "  # noqa: S608  # our own names
        f"WHERE e.{'own_words' if scope.is_own else 'all_words'} @@ %s::tsquery",
        [" & ".join([*wanted, *without])],
    )


def _read_one_by_one(asked: Asked, *, scope: Scope, columns: tuple[str, ...]) -> Part:
    first = (
        "SELECT e.source, e.subject, e.title FROM search_entry e "
        "WHERE e.source = %s AND e.place = %s"
    )
    patterns = [f"% {word} %" for word in asked.words]
    if asked.beginning:
        patterns.append(f"% {asked.beginning}%")
    without = [_nowhere(f"% {word} %", columns=scope.columns) for word in _single(asked)]
    wanted = (_somewhere(pattern, columns=columns) for pattern in patterns)
    return _joined([(first, [scope.source, scope.place]), *wanted, *without])


def _phrases(asked: Asked, *, scope: Scope) -> list[Part]:
    """The full-text indexes know which words stand in a row, not beside which others."""
    wanted = (_pattern(words) for words in asked.phrases)
    unwanted = (_pattern(words) for words in asked.without if len(words) > 1)
    return [
        *(_somewhere(each, columns=scope.columns) for each in wanted),
        *(_nowhere(each, columns=scope.columns) for each in unwanted),
    ]


def _among(scope: Scope) -> list[Part]:
    if scope.ids is None:
        return []
    sql, values = scope.ids.query.sql_with_params()
    if scope.is_few:
        return [(f"e.subject IN ({sql})", list(values))]
    # Many rows: each find is looked up, so that a part ends when it has found enough.
    (name,) = scope.ids.query.values_select
    one = scope.ids.filter(**{name: RawSQL("e.subject", ())}).values(name)
    sql, values = one.query.sql_with_params()
    return [(f"EXISTS ({sql})", list(values))]


def _single(asked: Asked) -> list[str]:
    return [words[0] for words in asked.without if len(words) == 1]


def _pattern(words: Sequence[str]) -> str:
    return f"% {' '.join(words)} %"


def _somewhere(pattern: str, *, columns: Sequence[str]) -> Part:
    tests = " OR ".join(f"e.{column} LIKE %s" for column in columns)
    return f"({tests})", [pattern] * len(columns)


def _nowhere(pattern: str, *, columns: Sequence[str]) -> Part:
    sql, values = _somewhere(pattern, columns=columns)
    return f"NOT {sql}", values
