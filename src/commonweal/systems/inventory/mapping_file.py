"""Reading a format from its TOML file; every fault names file, key, what is wrong and the fix."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from importlib import resources
from pathlib import Path
from typing import Any, NoReturn

from commonweal.shared.language import _, marked
from commonweal.systems.inventory.dates import is_date_pattern
from commonweal.systems.inventory.mapping import (
    CHOICES,
    CLASSIFICATIONS,
    DECLARED_FACT,
    TARGET_FIELDS,
    USUAL_ABSENT,
    DateRule,
    FactRule,
    FieldRule,
    HintRule,
    RegisterFormat,
    catalogue_codes,
    fold,
)
from commonweal.systems.inventory.refusal import RegisterRefused
from commonweal.systems.inventory.table import Column

LARGEST_MAPPING_BYTES = 1024 * 1024

Check = tuple[str, Callable[[Any], bool]]
TEXT: Check = (marked("a text"), lambda value: type(value) is str and bool(value.strip()))
ANY_TEXT: Check = (marked("a text"), lambda value: type(value) is str)
YES_NO: Check = (marked("true or false"), lambda value: type(value) is bool)
POSITION: Check = (
    marked("a column number from 1"),
    lambda value: type(value) is int and value > 0,
)
YEAR: Check = (marked("a year"), lambda value: type(value) is int and 0 < value < 10_000)
TABLE: Check = (marked("a table"), lambda value: type(value) is dict)
TEXTS: Check = (
    marked("a list of texts"),
    lambda value: type(value) is list and all(type(part) is str for part in value),
)
POSITIONS: Check = (
    marked("a list of column numbers from 1"),
    lambda value: type(value) is list and bool(value) and all(POSITION[1](v) for v in value),
)
TABLES: Check = (
    marked("a list of tables"),
    lambda value: type(value) is list and all(type(part) is dict for part in value),
)

# key → (check, must it be there)
Keys = Mapping[str, tuple[Check, bool]]
FILE_KEYS: Keys = {
    "format": (TABLE, True),
    "columns": (TABLES, True),
    "identity": (TABLE, True),
    "fields": (TABLE, True),
    "absent": (TABLE, False),
    "dates": (TABLE, False),
    "facts": (TABLES, False),
    "hints": (TABLES, False),
}
FORMAT_KEYS: Keys = {
    "name": (TEXT, True),
    "version": (TEXT, True),
    "description": (TEXT, True),
    "source": (TEXT, False),
    "columns_by": (TEXT, False),
}
COLUMN_KEYS: Keys = {"position": (POSITION, True), "header": (ANY_TEXT, True)}
IDENTITY_KEYS: Keys = {"columns": (POSITIONS, True)}
ABSENT_KEYS: Keys = {"values": (TEXTS, False), "starts": (TEXTS, False)}
DATE_KEYS: Keys = {
    "patterns": (TEXTS, False),
    "earliest_year": (YEAR, False),
    "latest_year": (YEAR, False),
}
FIELD_KEYS: Keys = {
    "columns": (POSITIONS, True),
    "combine": (TEXT, False),
    "joined_by": (ANY_TEXT, False),
    "skip": (TEXTS, False),
    "values": (TABLE, False),
    "default": (TEXT, False),
    "required": (YES_NO, False),
}
FACT_KEYS: Keys = {
    "fact": (TEXT, True),
    "column": (POSITION, True),
    "values": (TEXTS, True),
    "statement": (TEXT, True),
    "catalogue_yes": (TEXTS, False),
    "catalogue_no": (TEXTS, False),
}
HINT_KEYS: Keys = {
    "classification": (TEXT, True),
    "code": (TEXT, True),
    "columns": (POSITIONS, True),
    "words": (TEXTS, True),
}


def shipped_formats() -> tuple[str, ...]:
    """The names of the formats that come with Commonweal."""
    files = resources.files("commonweal.systems.inventory.formats").iterdir()
    return tuple(sorted(file.name[:-5] for file in files if file.name.endswith(".toml")))


def shipped_format(name: str) -> RegisterFormat:
    """Load a shipped format by its name, for example `us-federal-2024`."""
    if name not in shipped_formats():
        raise RegisterRefused(
            "format-unknown",
            _(
                "There is no format %(name)r. There is: %(formats)s. For another "
                "register, give a mapping file."
            )
            % {"name": name, "formats": ", ".join(shipped_formats())},
            where="format",
        )
    file = resources.files("commonweal.systems.inventory.formats") / f"{name}.toml"
    return parse_mapping(file.read_text(encoding="utf-8"), file=f"{name}.toml")


def read_mapping(path: str | Path) -> RegisterFormat:
    """Load a format from a user's mapping file."""
    file = Path(path)
    try:
        with file.open("rb") as stream:
            data = stream.read(LARGEST_MAPPING_BYTES + 1)
        if len(data) > LARGEST_MAPPING_BYTES:
            _fault(
                file.name,
                "",
                _("is larger than a mapping file can be"),
                _("Give another file."),
            )
        return parse_mapping(data.decode("utf-8-sig"), file=file.name)
    except OSError as fault:
        _fault(
            str(path),
            "",
            _("cannot be opened (%(strerror)s)") % {"strerror": fault.strerror},
            _("Check its name."),
        )
    except UnicodeDecodeError as fault:
        _fault(
            file.name,
            "",
            _("is not UTF-8 at byte %(start)s") % {"start": fault.start},
            _("Save it as UTF-8."),
        )


def parse_mapping(text: str, *, file: str) -> RegisterFormat:
    """Read a format from TOML text; `file` is named in every fault."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        _fault(
            file,
            "",
            _("is not TOML: %(fault)s") % {"fault": fault},
            _("Correct the line that is named."),
        )
    return _Reader(file).format(document)


def _fault(file: str, key: str, finding: str, fix: str) -> NoReturn:
    where = f"{file}: {key}" if key else file
    raise RegisterRefused(
        "mapping-fault",
        _("%(key)s %(finding)s. %(fix)s")
        % {"key": key or _("The file"), "finding": finding, "fix": fix},
        where=where,
    )


class _Reader:
    """Reads the tables of one mapping file, and keeps its name for the faults."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._positions: frozenset[int] = frozenset()

    def format(self, document: dict[str, Any]) -> RegisterFormat:
        self._check(document, keys=FILE_KEYS, at="")
        about = self._check(document["format"], keys=FORMAT_KEYS, at="format")
        columns = self._columns(document["columns"])
        self._positions = frozenset(column.position for column in columns)
        identity = self._check(document["identity"], keys=IDENTITY_KEYS, at="identity")
        absent = self._check(document.get("absent", {}), keys=ABSENT_KEYS, at="absent")
        by = about.get("columns_by", "position")
        self._one_of(by, allowed=("position", "header"), key="format.columns_by")
        return RegisterFormat(
            name=about["name"],
            version=about["version"],
            description=about["description"],
            source=about.get("source", ""),
            columns_by=by,
            columns=columns,
            identity=self._known(identity["columns"], key="identity.columns"),
            absent=frozenset(map(fold, absent.get("values", USUAL_ABSENT))),
            absent_starts=tuple(map(fold, absent.get("starts", ()))),
            dates=self._dates(document.get("dates", {})),
            fields=self._fields(document["fields"]),
            facts=tuple(self._fact(fact, n) for n, fact in _counted(document.get("facts", []))),
            hints=tuple(self._hint(hint, n) for n, hint in _counted(document.get("hints", []))),
        )

    def _check(self, table: dict[str, Any], *, keys: Keys, at: str) -> dict[str, Any]:
        prefix = f"{at}." if at else ""
        for key, value in table.items():
            if key not in keys:
                _fault(
                    self._file,
                    prefix + key,
                    _("is unknown"),
                    _("Known here: %(keys)s.") % {"keys": ", ".join(keys)},
                )
            words, fits = keys[key][0]
            if not fits(value):
                _fault(
                    self._file,
                    prefix + key,
                    _("is %(value)s") % {"value": f"{value!r:.80}"},
                    _("Write %(kind)s.") % {"kind": _(words)},
                )
        for key, (check, must) in keys.items():
            if must and key not in table:
                _fault(
                    self._file,
                    prefix + key,
                    _("is missing"),
                    _("Add it as %(kind)s.") % {"kind": _(check[0])},
                )
        return table

    def _one_of(self, value: str, *, allowed: tuple[str, ...], key: str) -> None:
        if value not in allowed:
            _fault(
                self._file,
                key,
                _("is %(value)s") % {"value": repr(value)},
                _("Write one of: %(allowed)s.") % {"allowed": ", ".join(allowed)},
            )

    def _known(self, positions: list[int], *, key: str) -> tuple[int, ...]:
        for position in positions:
            if position not in self._positions:
                _fault(
                    self._file,
                    key,
                    _("names column %(position)s") % {"position": position},
                    _("Add it to [[columns]] first."),
                )
        return tuple(positions)

    def _columns(self, tables: list[dict[str, Any]]) -> tuple[Column, ...]:
        columns = []
        seen: set[int] = set()
        for number, table in _counted(tables):
            at = f"columns[{number}]"
            self._check(table, keys=COLUMN_KEYS, at=at)
            if table["position"] in seen:
                _fault(
                    self._file,
                    f"{at}.position",
                    _("repeats"),
                    _("Give each column its own place."),
                )
            seen.add(table["position"])
            columns.append(Column(table["position"], table["header"]))
        return tuple(sorted(columns, key=lambda column: column.position))

    def _dates(self, table: dict[str, Any]) -> DateRule:
        self._check(table, keys=DATE_KEYS, at="dates")
        for pattern in table.get("patterns", ()):
            if not is_date_pattern(pattern):
                _fault(
                    self._file,
                    "dates.patterns",
                    f"holds {pattern!r}",
                    _("Write YYYY, and M and D where given, as in D-M-YYYY or YYYY-MM."),
                )
        settings = dict(table)
        if "patterns" in settings:
            settings["patterns"] = tuple(settings["patterns"])
        return DateRule(**settings)

    def _fields(self, tables: dict[str, Any]) -> dict[str, FieldRule]:
        for name, table in tables.items():
            self._one_of(name, allowed=tuple(TARGET_FIELDS), key=f"fields.{name}")
            if type(table) is not dict:
                _fault(
                    self._file,
                    f"fields.{name}",
                    _("is %(value)s") % {"value": f"{table!r:.80}"},
                    _("Write a table."),
                )
        if "name" not in tables:
            _fault(
                self._file, "fields.name", _("is missing"), _("Say which column names the use.")
            )
        return {name: self._field(table, name=name) for name, table in tables.items()}

    def _field(self, table: dict[str, Any], *, name: str) -> FieldRule:
        at = f"fields.{name}"
        self._check(table, keys=FIELD_KEYS, at=at)
        self._one_of(table.get("combine", "join"), allowed=("join", "first"), key=f"{at}.combine")
        values = self._values(table.get("values", {}), name=name)
        if "default" in table and name in CHOICES:
            self._one_of(table["default"], allowed=CHOICES[name], key=f"{at}.default")
        if name in CHOICES and not values:
            _fault(
                self._file,
                f"{at}.values",
                _("is missing"),
                _("Say what each raw value means."),
            )
        settings = {
            key: table[key]
            for key in ("combine", "joined_by", "default", "required")
            if key in table
        }
        return FieldRule(
            columns=self._known(table["columns"], key=f"{at}.columns"),
            skip=frozenset(map(fold, table.get("skip", ()))),
            values=values,
            **settings,
        )

    def _values(self, table: dict[str, Any], *, name: str) -> dict[str, str]:
        values: dict[str, str] = {}
        for raw, ours in table.items():
            key = f"fields.{name}.values.{raw!r}"
            if type(ours) is not str:
                _fault(
                    self._file,
                    key,
                    _("is %(value)s") % {"value": f"{ours!r:.80}"},
                    _("Write a text."),
                )
            if name in CHOICES:
                self._one_of(ours, allowed=CHOICES[name], key=key)
            if values.setdefault(fold(raw), ours) != ours:
                _fault(
                    self._file, key, _("says something else than its twin"), _("Keep one of them.")
                )
        return values

    def _fact(self, table: dict[str, Any], number: int) -> FactRule:
        at = f"facts[{number}]"
        self._check(table, keys=FACT_KEYS, at=at)
        (column,) = self._known([table["column"]], key=f"{at}.column")
        folded = frozenset(map(fold, table["values"]))
        answers = {key: tuple(table.get(key, ())) for key in ("catalogue_yes", "catalogue_no")}
        for key, codes in answers.items():
            for code in codes:
                self._one_of(code, allowed=catalogue_codes(DECLARED_FACT), key=f"{at}.{key}")
        return FactRule(table["fact"], column, folded, table["statement"], **answers)

    def _hint(self, table: dict[str, Any], number: int) -> HintRule:
        at = f"hints[{number}]"
        self._check(table, keys=HINT_KEYS, at=at)
        self._one_of(table["classification"], allowed=CLASSIFICATIONS, key=f"{at}.classification")
        codes = catalogue_codes(table["classification"])
        self._one_of(table["code"], allowed=codes, key=f"{at}.code")
        columns = self._known(table["columns"], key=f"{at}.columns")
        if not table["words"] or not all(map(fold, table["words"])):
            _fault(
                self._file,
                f"{at}.words",
                _("holds no word"),
                _("Write the words to look for."),
            )
        return HintRule(table["classification"], table["code"], columns, tuple(table["words"]))


def _counted(tables: list[dict[str, Any]]) -> enumerate[dict[str, Any]]:
    return enumerate(tables, start=1)
