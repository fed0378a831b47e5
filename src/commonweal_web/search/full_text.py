"""The full-text index of each database over the entries, made after every migration.

The database keeps it in step with the entries by itself: SQLite by triggers, PostgreSQL by
columns that are worked out. Words are folded before they come here, so neither has a dictionary,
a language or a stemmer, and both find the same.
"""

from __future__ import annotations

from typing import Any

from django.db import connections

TABLE = "search_entry"
WORDS = "search_words"
COLUMNS = ("place", "heading", "title", "text", "more", "pairs", "more_pairs", "groups")
PREFIXES = "3 4 5 6 7 8"
"""Beginnings of words, by their letters, that have a list of their own in SQLite."""

OWN = "place || heading || title || text || pairs || ' ' || groups"
VECTORS = {
    "own_words": OWN,
    "all_words": f"{OWN} || more || ' ' || more_pairs",
}
"""What PostgreSQL looks through: what every page shows, and what the desk shows."""


def make_full_text(*, using: str, **_: Any) -> None:
    """Make what is missing of the index; nothing happens where all of it stands."""
    connection = connections[using]
    if TABLE not in connection.introspection.table_names():
        return  # migrated back to before there was a search
    statements = SQLITE if connection.vendor == "sqlite" else POSTGRESQL
    with connection.cursor() as cursor:
        for statement in statements:
            # writes no row: makes indexes and triggers, as a migration does
            cursor.execute(statement)


def _listed(prefix: str = "") -> str:
    return ", ".join(f"{prefix}{column}" for column in ("id", *COLUMNS))


_NAMES = ", ".join(COLUMNS)
_FORGET = f"INSERT INTO {WORDS}({WORDS}, rowid, {_NAMES}) VALUES ('delete', {_listed('old.')})"  # noqa: S608
_KEEP = f"INSERT INTO {WORDS}(rowid, {_NAMES}) VALUES ({_listed('new.')})"  # noqa: S608

SQLITE = (
    f"CREATE VIRTUAL TABLE IF NOT EXISTS {WORDS} USING fts5({_NAMES}, content='{TABLE}', "
    f"content_rowid='id', tokenize=\"ascii tokenchars '=~'\", "
    f"prefix='{PREFIXES}', detail=column, columnsize=0)",
    f"CREATE TRIGGER IF NOT EXISTS {WORDS}_new AFTER INSERT ON {TABLE} BEGIN {_KEEP}; END",
    f"CREATE TRIGGER IF NOT EXISTS {WORDS}_old AFTER DELETE ON {TABLE} BEGIN {_FORGET}; END",
    f"CREATE TRIGGER IF NOT EXISTS {WORDS}_changed AFTER UPDATE ON {TABLE} "
    f"BEGIN {_FORGET}; {_KEEP}; END",
)

POSTGRESQL = (
    # whole rows in one place: to put words together again costs more than to compare them
    f"ALTER TABLE {TABLE} SET (toast_tuple_target = 8160)",
    *(
        f"ALTER TABLE {TABLE} ADD COLUMN IF NOT EXISTS {name} tsvector GENERATED ALWAYS AS "
        f"(array_to_tsvector(array_remove(string_to_array({words}, ' '), ''))) STORED"
        for name, words in VECTORS.items()
    ),
    f"CREATE INDEX IF NOT EXISTS {WORDS} ON {TABLE} USING gin ({', '.join(VECTORS)}) "
    "WITH (fastupdate = off)",
    *(
        f"CREATE OR REPLACE FUNCTION {WORDS}_{name}(wanted tsquery, most integer) "  # noqa: S608
        "RETURNS SETOF bigint LANGUAGE sql STABLE ROWS 200 SET enable_seqscan TO off AS "
        f"$$ SELECT id FROM {TABLE} WHERE {name} @@ wanted ORDER BY subject LIMIT most $$"
        for name in VECTORS
    ),
)
"""The functions look into the index whatever PostgreSQL thinks: it takes words for independent of
each other, and would read the whole table where two common ones never stand together."""
