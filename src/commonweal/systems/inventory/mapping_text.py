"""Writing a format as the TOML of a mapping file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from commonweal.systems.inventory.mapping import FieldRule, RegisterFormat

Value = str | bool | int | tuple[int, ...] | tuple[str, ...]


def to_toml(register_format: RegisterFormat) -> str:
    """Write a format so that `parse_mapping` gives it back unchanged."""
    return "\n".join(_lines(register_format)) + "\n"


def _lines(known: RegisterFormat) -> Iterator[str]:
    about = {key: getattr(known, key) for key in ("name", "version", "description", "columns_by")}
    if known.source:
        about["source"] = known.source
    yield from _section("[format]", **about)
    yield from _section("[identity]", columns=known.identity)
    yield from _section("[absent]", values=tuple(sorted(known.absent)), starts=known.absent_starts)
    yield from _section(
        "[dates]",
        patterns=known.dates.patterns,
        earliest_year=known.dates.earliest_year,
        latest_year=known.dates.latest_year,
    )
    for name, rule in known.fields.items():
        yield from _field(name, rule)
    for fact in known.facts:
        yield from _section(
            "[[facts]]",
            fact=fact.fact,
            column=fact.column,
            values=tuple(sorted(fact.values)),
            statement=fact.statement,
            catalogue_yes=fact.catalogue_yes,
            catalogue_no=fact.catalogue_no,
        )
    for hint in known.hints:
        yield from _section(
            "[[hints]]",
            classification=hint.classification,
            code=hint.code,
            columns=hint.columns,
            words=hint.words,
        )
    for column in known.columns:
        yield from _section("[[columns]]", position=column.position, header=column.name)


def _field(name: str, rule: FieldRule) -> Iterator[str]:
    usual = FieldRule(columns=rule.columns)
    settings: dict[str, Value] = {
        key: getattr(rule, key)
        for key in ("combine", "joined_by", "default", "required")
        if getattr(rule, key) != getattr(usual, key)
    }
    if rule.skip:
        settings["skip"] = tuple(sorted(rule.skip))
    yield from _section(f"[fields.{name}]", columns=rule.columns, **settings)
    if rule.values:
        yield f"[fields.{name}.values]"
        yield from (f"{_text(raw)} = {_text(ours)}" for raw, ours in rule.values.items())
        yield ""


def _section(title: str, **settings: Value) -> Iterable[str]:
    lines = (f"{key} = {_value(value)}" for key, value in settings.items())
    return (title, *lines, "")


def _value(value: Value) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    return _text(value) if isinstance(value, str) else str(value).lower()


def _text(text: str) -> str:
    """A TOML basic string; JSON escapes alike, save for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
