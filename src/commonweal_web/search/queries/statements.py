"""What looks through the index: a part for each kind of row, each bounded.

However many rows fit, a part reads only as many as it needs. SQLite walks its lists of rows in
step and stops when it has enough. PostgreSQL has to read a list to its end; so it first looks
through a fair sample of a place, where common words are found often enough, and asks the index
only for what is rare there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models.expressions import RawSQL

from commonweal_web.house.searching import Touched
from commonweal_web.search.folding import mark, mark_of_pair
from commonweal_web.search.queries.asking import Asked

MOST = 200
COMPARED = 2000
"""So many rows that hold the words of a phrase side by side are read for the whole of it."""
SAMPLE = 2000

Part = tuple[str, list[Any]]
SIGN = "~"


@dataclass(frozen=True, slots=True)
class Scope:
    """The rows of a source that a reader may open: all of a place, or those that touch somebody.

    `is_own` leaves out the words that only the desk reads.
    """

    source: str
    place: str
    is_own: bool
    touched: Touched | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns whose words this reader may find."""
        return ("title", "text") if self.is_own else ("title", "text", "more")

    @property
    def vector(self) -> str:
        """The column of PostgreSQL that holds those words."""
        return "own_words" if self.is_own else "all_words"

    @property
    def marks(self) -> list[str]:
        """The marks of the groups of which one must be touched."""
        groups = self.touched.groups if self.touched else ()
        return sorted(mark(str(each), length=4) for each in groups)


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
    look = _in_sqlite if connection.vendor == "sqlite" else _in_postgresql
    return [Place(source, _uuid(subject), title) for source, subject, title in look(asked, scopes)]


def _uuid(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def _rows(parts: Sequence[Part]) -> list[tuple[Any, ...]]:
    if not parts:
        return []
    sql = " UNION ALL ".join(f"SELECT * FROM ({each}) part" for each, _ in parts)  # noqa: S608
    with connection.cursor() as cursor:
        # writes no row: a SELECT built from our own names
        cursor.execute(sql, [value for _, values in parts for value in values])
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def _in_sqlite(asked: Asked, scopes: Sequence[Scope]) -> list[tuple[Any, ...]]:
    return _rows([_sqlite(asked, scope, sign) for scope in scopes for sign in (SIGN, "")])


def _sqlite(asked: Asked, scope: Scope, sign: str) -> Part:
    first = (
        "SELECT e.source, e.subject, e.title FROM (SELECT entry.* FROM search_words "  # noqa: S608
        "CROSS JOIN search_entry entry ON entry.id = search_words.rowid "
        f"WHERE search_words MATCH %s LIMIT {COMPARED}) e WHERE TRUE",
        [_match(asked, scope=scope, sign=sign)],
    )
    return _joined([first, *_conditions(asked, scope=scope)], limit=MOST + 1)


def _match(asked: Asked, *, scope: Scope, sign: str) -> str:
    """The question in the language of FTS5. Words and marks hold no sign that means something."""
    within = "{heading title text} : " if scope.is_own else ""
    beside = "{pairs} : " if scope.is_own else ""
    wanted = [f'"{scope.place}"', *(f'({within}"{sign}{word}")' for word in asked.words)]
    wanted += [f"({beside}{_quoted(pair)})" for words in asked.phrases for pair in _pairs(words)]
    if scope.touched:
        wanted.append(f"({' OR '.join(map(_quoted, scope.marks))})")
    if asked.beginning:
        wanted.append(f'({within}"{sign}{asked.beginning}" *)')
    match = f"({' AND '.join(wanted)})"
    for words in asked.without:
        if len(words) == 1:
            match = f'({match} NOT ({within}"{words[0]}"))'
        if len(words) == 2:
            match = f"({match} NOT ({beside}{_quoted(mark_of_pair(*words))}))"
    return match


def _quoted(word: str) -> str:
    return f'"{word}"'


def _in_postgresql(asked: Asked, scopes: Sequence[Scope]) -> list[tuple[Any, ...]]:
    rows = _rows([part for scope in scopes for part in _sampled(asked, scope)])
    large = {source for source, subject, *_ in rows if subject is None}
    found = [row for row in rows if row[1] is not None]
    parts = []
    for scope in scopes:
        by_title = [row[3] for row in found if row[0] == scope.source]
        if scope.source in large and by_title.count(True) <= MOST:
            parts.append(_listed(asked, scope, SIGN))
            if len(by_title) <= MOST:
                parts.append(_listed(asked, scope, ""))
    return [row[:3] for row in (*found, *_rows(parts))]


def _sampled(asked: Asked, scope: Scope) -> list[Part]:
    """What fits among the first rows of a place, titles first, and a row that says there are more.

    Ids are drawn by chance, so these rows are a fair sample.
    """
    rows = f"SELECT * FROM search_entry WHERE place = %s ORDER BY subject LIMIT {SAMPLE}"  # noqa: S608
    first = (
        f"SELECT e.source, e.subject, e.title, e.{scope.vector} @@ %s::tsquery AS by_title "  # noqa: S608
        f"FROM ({rows}) e WHERE e.{scope.vector} @@ %s::tsquery",
        [_tsquery(asked, scope, SIGN), scope.place, _tsquery(asked, scope, "")],
    )
    more = (
        "SELECT %s, NULL::uuid, '', FALSE WHERE EXISTS "  # noqa: S608
        f"(SELECT 1 FROM search_entry WHERE place = %s ORDER BY subject OFFSET {SAMPLE})",
        [scope.source, scope.place],
    )
    order = "by_title DESC, e.subject"
    fitting = _joined([first, *_compared(asked, scope=scope)], limit=MOST + 1, order=order)
    # The rule is asked of these few alone, or PostgreSQL reads the groups of all rows at once.
    few = (f"SELECT e.* FROM ({fitting[0]}) e WHERE TRUE", fitting[1])  # noqa: S608
    return [_joined([few, *_among(scope)], limit=MOST + 1), more]


def _listed(asked: Asked, scope: Scope, sign: str) -> Part:
    first = (
        f"SELECT e.source, e.subject, e.title FROM search_words_{scope.vector}(%s::tsquery, %s) "  # noqa: S608
        "AS listed JOIN search_entry e ON e.id = listed WHERE TRUE",
        [_tsquery(asked, scope, sign), COMPARED if asked.has_phrases else MOST + 1],
    )
    return _joined([first, *_conditions(asked, scope=scope)], limit=MOST + 1)


def _tsquery(asked: Asked, scope: Scope, sign: str) -> str:
    """The question in the language of PostgreSQL."""
    wanted = [f"'{scope.place}'", *(f"'{sign}{word}'" for word in asked.words)]
    wanted += [f"'{pair}'" for words in asked.phrases for pair in _pairs(words)]
    if scope.touched:
        marks = " | ".join(f"'{each}'" for each in scope.marks)
        wanted.append(f"({marks})")
    if asked.beginning:
        wanted.append(f"'{sign}{asked.beginning}':*")
    wanted += [f"!'{words[0]}'" for words in asked.without if len(words) == 1]
    wanted += [f"!'{mark_of_pair(*words)}'" for words in asked.without if len(words) == 2]
    return " & ".join(wanted)


def _pairs(words: Sequence[str]) -> list[str]:
    return [mark_of_pair(*pair) for pair in pairwise(words)]


def _joined(conditions: Iterable[Part], *, limit: int, order: str = "") -> Part:
    found = list(conditions)
    sql = " AND ".join(sql for sql, _ in found)
    ordered = f" ORDER BY {order}" if order else ""
    return f"{sql}{ordered} LIMIT {limit}", [value for _, values in found for value in values]


def _conditions(asked: Asked, *, scope: Scope) -> list[Part]:
    """What is asked of the rows that the index gives."""
    return [*_compared(asked, scope=scope), *_among(scope)]


def _compared(asked: Asked, *, scope: Scope) -> list[Part]:
    unwanted = (words for words in asked.without if len(words) > 1)
    return [
        *(_somewhere(words, columns=scope.columns) for words in asked.phrases),
        *(_nowhere(words, columns=scope.columns) for words in unwanted),
    ]


def _among(scope: Scope) -> list[Part]:
    """The rule of the pages, asked of each row: the marks of groups only say where to look."""
    if scope.touched is None:
        return []
    ids = scope.touched.ids
    (name,) = ids.query.values_select
    sql, values = (
        ids.filter(**{name: RawSQL("e.subject", ())}).values(name).query.sql_with_params()
    )
    return [(f"EXISTS ({sql})", list(values))]


def _somewhere(words: Sequence[str], *, columns: Sequence[str]) -> Part:
    tests = " OR ".join(f"e.{column} LIKE %s" for column in columns)
    return f"({tests})", [f"% {' '.join(words)} %"] * len(columns)


def _nowhere(words: Sequence[str], *, columns: Sequence[str]) -> Part:
    sql, values = _somewhere(words, columns=columns)
    return f"NOT {sql}", values
