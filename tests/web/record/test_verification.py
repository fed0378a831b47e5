"""Whatever is changed around this software, in any column of any table, is found and named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from commonweal.record import Verification
from commonweal_web.organisations.models import Organisation
from commonweal_web.record import models as tables
from commonweal_web.record.fields import subject_of
from commonweal_web.record.queries import verify_record
from commonweal_web.record.verification import recorded_models
from factories.record import a_row

IS_SQLITE = connection.vendor == "sqlite"
STRANGER = "0123456789abcdef0123456789abcdef"
LOG_TABLES = (tables.LogHead, tables.LogLeaf, tables.LogNode, tables.Opening)


class Accepted(Exception):
    """Ends a block whose database changes shall be undone."""


@contextmanager
def undone() -> Iterator[None]:
    """Change something, look, and have it as before."""
    try:
        with transaction.atomic():
            yield
            raise Accepted
    except Accepted:
        pass


def run_sql(sql: str, *values: Any) -> list[Any]:
    """Plain SQL past this software, as somebody with the database's password would type it.

    It ends in RETURNING, so that the rows it touched can be told.
    """
    raw = connection.connection.cursor()
    raw.execute(sql.replace("%s", "?") if IS_SQLITE else sql, values)
    return list(raw.fetchall())


def delete(table: str, where: str, *values: Any) -> None:
    assert run_sql(f"DELETE FROM {table} WHERE {where} RETURNING 1", *values)


def seen(name: str) -> str:
    """A column as it is stored, with its type, also where no driver could read it."""
    return f"typeof({name}) || hex({name})" if IS_SQLITE else f"{name}::text"


def quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def where_of(row: models.Model) -> tuple[str, tuple[Any, ...]]:
    """The condition that finds exactly this row."""
    fields = getattr(type(row)._meta.pk, "fields", None) or (type(row)._meta.pk,)
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    return " AND ".join(f"{quoted(field.column)} = %s" for field in fields), tuple(values)


def sqlite_edits(name: str) -> list[str]:
    """Changes of one byte, of type and of spelling that SQLite accepts in a column."""
    return [
        f"{name} || ' '",
        f"' ' || {name}",
        f"substr({name}, 2)",
        f"substr({name}, 1, length({name}) - 1)",
        f"'~' || substr({name}, 2)",
        f"substr({name}, 1, length({name}) - 1) || '~'",
        f"substr({name}, 1, length({name}) / 2) || '~' || substr({name}, length({name}) / 2 + 2)",
        f"upper({name})",
        f"lower({name})",
        f"replace({name}, ',', ' ,')",
        f"replace({name}, '\"', '')",
        f"replace({name}, ' ', '  ')",
        f"replace({name}, ' ', 'T')",
        f"CAST({name} AS BLOB)",
        f"CAST(x'ff' || CAST({name} AS BLOB) AS TEXT)",
        f"{name} + 1",
        f"{name} + 0.5",
        "2",
        "'x'",
        "x'00'",
        "''",
        "'[]'",
        "'null'",
        "NULL",
        f"'{STRANGER}'",
        "'2026-13-45'",
        "'9999-12-31 23:59:59.999999'",
        "9223372036854775807",
    ]


POSTGRES_EDITS: dict[str, list[str]] = {
    "text": [
        "{} || ' '",
        "' ' || {}",
        "substr({}, 2)",
        "'~' || substr({}, 2)",
        "left({}, -1) || '~'",
        "upper({})",
        "lower({})",
        "''",
        "'x'",
    ],
    "uuid": [f"'{STRANGER}'::uuid", "NULL"],
    "boolean": ["NOT {}"],
    "integer": ["{} + 1", "{} - 1", "0", "NULL"],
    "bytea": ["set_byte({}, 0, get_byte({}, 0) # 1)", "{} || '\\x00'", "'\\x'::bytea"],
    "date": ["{} + 1", "'infinity'::date", "'0044-03-15 BC'::date", "NULL", "'2026-01-01'::date"],
    "time": ["{} + interval '1 second'", "'24:00:00'::time"],
    "timestamptz": ["{} + interval '1 microsecond'", "'infinity'::timestamptz", "NULL", "now()"],
    "jsonb": [
        "'[]'::jsonb",
        "'{{}}'::jsonb",
        "'null'::jsonb",
        "to_jsonb({}::text)",
        "'[1.0]'::jsonb",
        "NULL",
    ],
}


def postgres_edits(field: models.Field[Any, Any], name: str) -> list[str]:
    """Changes that fit the type of a column."""
    written = (field.db_type(connection) or "").split("(")[0]
    kinds = {
        "varchar": "text",
        "bigint": "integer",
        "smallint": "integer",
        "timestamp with time zone": "timestamptz",
    }
    edits = POSTGRES_EDITS[kinds.get(written, written)]
    return [edit.replace("{}", name).replace("{{", "{").replace("}}", "}") for edit in edits]


def edits_of(field: models.Field[Any, Any]) -> list[str]:
    name = quoted(field.column)
    return sqlite_edits(name) if IS_SQLITE else postgres_edits(field, name)


def edited(row: models.Model, field: models.Field[Any, Any], edit: str) -> str | None:
    """What a column holds after an edit; None when it was refused or changed nothing."""
    where, values = where_of(row)
    table, name = quoted(row._meta.db_table), quoted(field.column)
    try:
        with transaction.atomic():
            [(before,)] = run_sql(f"SELECT {seen(name)} FROM {table} WHERE {where}", *values)
            change = f"UPDATE {table} SET {name} = {edit} WHERE {where} RETURNING {seen(name)}"
            [(after,)] = run_sql(change, *values)
    except (DatabaseError, connection.Database.Error):
        return None
    return None if after == before else f"now {after}"


def missed_edits(row: models.Model, *, is_named: Callable[[Verification], bool]) -> list[str]:
    """The edits of single columns that verification did not find and name."""
    organisation = row.organisation_id  # type: ignore[attr-defined]
    missed = []
    for field in type(row)._meta.concrete_fields:
        applied: set[str] = set()
        for edit in edits_of(field):
            with undone():
                result = edited(row, field, edit)
                if result is None or result in applied:
                    continue
                applied.add(result)
                if not is_named(verify_record(organisation)):
                    missed.append(f"{field.column} = {edit}")
        if not applied:
            missed.append(f"{field.column}: no edit was possible")
    return missed


@pytest.mark.parametrize("model", recorded_models(), ids=lambda model: model._meta.label)
def test_an_edit_of_any_column_of_any_recorded_row_is_found_and_its_leaf_named(
    model: type[models.Model], organisation: Organisation
) -> None:
    row = a_row(model, organisation)
    subject = subject_of(row)
    latest = tables.LogLeaf.objects.filter(subject=subject).latest("index").index
    assert verify_record(organisation).problems == ()

    def is_named(verification: Verification) -> bool:
        return any(
            (each.leaf, each.subject) == (latest, subject) for each in verification.problems
        )

    assert missed_edits(row, is_named=is_named) == []
    assert verify_record(organisation).problems == ()


@pytest.mark.parametrize("model", recorded_models(), ids=lambda model: model._meta.label)
def test_a_deleted_row_is_found_and_named(
    model: type[models.Model], organisation: Organisation
) -> None:
    row = a_row(model, organisation)
    table, (where, values) = quoted(row._meta.db_table), where_of(row)
    with undone():
        delete(table, where, *values)
        found = verify_record(organisation).problems
        assert ("row_deleted", subject_of(row)) in [(each.code, each.subject) for each in found]


@pytest.mark.parametrize("model", recorded_models(), ids=lambda model: model._meta.label)
def test_an_inserted_row_is_found_also_where_it_belongs_to_nobody(
    model: type[models.Model], organisation: Organisation
) -> None:
    row = a_row(model, organisation)
    for owner in ("", f"'{STRANGER}'"):
        with undone():
            if not is_copied(row, owner=owner):
                assert not owner, "a row of nobody meets no uniqueness within an organisation"
                continue
            twin = UUID(STRANGER) if model is Organisation else organisation.pk
            found = verify_record(twin).problems
            assert {"row_inserted", "head_missing"} & {each.code for each in found}


def is_copied(row: models.Model, *, owner: str) -> bool:
    """Insert a copy of a row under another id; False when a unique column forbids it."""
    table, (where, values) = quoted(row._meta.db_table), where_of(row)
    fields = type(row)._meta.concrete_fields
    names = ", ".join(quoted(each.column) for each in fields)
    copied = ", ".join(copied_value(each, owner=owner) for each in fields)
    try:
        with transaction.atomic():
            sql = f"INSERT INTO {table} ({names}) SELECT {copied} FROM {table} WHERE {where}"
            return bool(run_sql(f"{sql} RETURNING 1", *values))
    except (DatabaseError, connection.Database.Error):
        return False


def copied_value(field: models.Field[Any, Any], *, owner: str) -> str:
    if field.primary_key:
        return f"'{STRANGER}'"
    if field.name == "organisation" and owner:
        return owner
    if field.unique or owner:
        return UNIQUE_VALUES.get(type(field), quoted(field.column))
    return quoted(field.column)


UNIQUE_VALUES: dict[type[models.Field[Any, Any]], str] = {
    models.CharField: "'t'",
    models.SlugField: "'t'",
    models.OneToOneField: f"'{STRANGER}'",
    models.ForeignKey: f"'{STRANGER}'",
    models.UUIDField: f"'{STRANGER}'",
}


def test_a_row_that_moved_to_another_organisation_is_found_in_both(
    organisation: Organisation, other_organisation: Organisation
) -> None:
    row = a_row(tables.Erasure, organisation)
    table = quoted(Organisation._meta.db_table)
    owner = f"(SELECT id FROM {table} WHERE slug = %s)"
    with undone():
        run_sql(
            f"UPDATE record_erasure SET organisation_id = {owner} RETURNING 1",
            other_organisation.slug,
        )
        here, there = verify_record(organisation), verify_record(other_organisation)
        assert [(each.code, each.subject) for each in here.problems] == [
            ("row_deleted", subject_of(row))
        ]
        assert [(each.code, each.subject) for each in there.problems] == [
            ("row_inserted", subject_of(row))
        ]


@pytest.mark.parametrize("table", LOG_TABLES, ids=lambda table: table._meta.label)
def test_an_edit_of_any_column_of_the_log_itself_is_found(
    table: type[models.Model], organisation: Organisation
) -> None:
    for _ in range(3):
        a_row(tables.Erasure, organisation)
    assert verify_record(organisation).problems == ()
    row = table._default_manager.filter(organisation=organisation).first()
    place = getattr(row, "index", None)

    def is_named(verification: Verification) -> bool:
        leaves = {each.leaf for each in verification.problems} - {None}
        return bool(leaves if table in {tables.LogNode, tables.LogHead} else place in leaves) or (
            table is tables.LogHead
            and bool({"head_missing", "log_orphan"} & codes_of(verification))
        )

    assert missed_edits(row, is_named=is_named) == []
    assert verify_record(organisation).problems == ()


def codes_of(verification: Verification) -> set[str]:
    return {each.code for each in verification.problems}


@pytest.mark.parametrize("table", LOG_TABLES, ids=lambda table: table._meta.label)
def test_a_deleted_row_of_the_log_itself_is_found(
    table: type[models.Model], organisation: Organisation
) -> None:
    for _ in range(3):
        a_row(tables.Erasure, organisation)
    for row in table._default_manager.filter(organisation=organisation):
        where, values = where_of(row)
        with undone():
            delete(quoted(table._meta.db_table), where, *values)
            assert verify_record(organisation).problems


def test_the_last_step_cannot_be_taken_back_without_the_head(organisation: Organisation) -> None:
    a_row(tables.Witness, organisation)
    a_row(tables.Erasure, organisation)
    last = tables.LogHead.objects.get(organisation=organisation).size - 1
    with undone():
        for name in ("record_logleaf", "record_opening"):
            delete(name, '"index" = %s', last)
        run_sql("DELETE FROM record_erasure RETURNING 1")
        found = verify_record(organisation).problems
        assert ("head_changed", last) in [(each.code, each.leaf) for each in found]


def test_rows_of_a_log_without_an_organisation_are_found(
    organisation: Organisation, other_organisation: Organisation
) -> None:
    table = quoted(Organisation._meta.db_table)
    with undone():
        delete(table, "slug = %s", other_organisation.slug)
        found = codes_of(verify_record(organisation))
        assert {"log_orphan"} <= found


def test_a_number_stored_as_text_a_capital_letter_and_a_space_in_json_are_found(
    organisation: Organisation,
) -> None:
    """SQLite would give the same Python values back for all three."""
    site = a_row(apps.get_model("workplaces.Site"), organisation)
    edits = {"id": "upper(id)", "working_days": "replace(working_days, ',', ' ,')"}
    for column, edit in edits.items() if IS_SQLITE else ():
        with undone():
            assert run_sql(f"UPDATE workplaces_site SET {column} = {edit} RETURNING 1")
            [problem] = verify_record(organisation).problems
            assert (problem.code, problem.subject) == ("row_changed", subject_of(site))
            assert column in problem.message
