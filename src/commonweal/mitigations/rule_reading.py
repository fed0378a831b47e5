"""Strict reading of a rule file: every fault names file, key, what is wrong and what to do."""

from __future__ import annotations

import re
import tomllib
from fractions import Fraction
from typing import Any, NoReturn

from commonweal.shared.language import _
from commonweal.shared.severity import HIGHEST, is_score

_EXACT = re.compile(r"[0-9]+(\.[0-9]+)?")


class RuleFileError(ValueError):
    """A rule file that cannot be used."""


class Table:
    """One table of the file, which remembers the keys that were asked for."""

    def __init__(self, content: dict[str, Any], *, file: str, path: str = "") -> None:
        self._content = content
        self._file = file
        self._path = path
        self._known: set[str] = set()

    def has(self, key: str) -> bool:
        return key in self._content

    def text(self, key: str) -> str:
        value = self._value(key)
        if not isinstance(value, str) or not value.strip():
            self.fault(
                key, _("it is %(value)r") % {"value": value}, _("write some text in quotes")
            )
        return value

    def texts(self, key: str, *, count: int) -> tuple[str, ...]:
        value = self._value(key)
        if not isinstance(value, list) or len(value) != count:
            self.fault(
                key,
                _("the number of sentences is wrong"),
                _("write %(count)s, for 0 to 5") % {"count": count},
            )
        if not all(isinstance(one, str) and one.strip() for one in value):
            self.fault(
                key, _("a sentence is empty or no text"), _("write each sentence in quotes")
            )
        return tuple(value)

    def score(self, key: str) -> int:
        value = self._value(key)
        if not is_score(value):
            self.fault(
                key,
                _("it is %(value)r") % {"value": value},
                _("write a whole number from 0 to %(highest)s") % {"highest": HIGHEST},
            )
        return int(value)

    def exact(self, key: str) -> Fraction:
        value = self._value(key)
        if not isinstance(value, str) or not _EXACT.fullmatch(value):
            self.fault(
                key,
                _("it is %(value)r") % {"value": value},
                _('write an exact number in quotes, as in "0.05"'),
            )
        return Fraction(value)

    def table(self, key: str) -> Table:
        value = self._value(key)
        if not isinstance(value, dict):
            self.fault(
                key,
                _("it is %(value)r") % {"value": value},
                _("begin a table with [%(key)s]") % {"key": self._full(key)},
            )
        return Table(value, file=self._file, path=self._full(key))

    def tables(self, key: str) -> list[Table]:
        value = self._value(key)
        if not isinstance(value, list) or not value or not all(isinstance(v, dict) for v in value):
            self.fault(
                key,
                _("it is %(value)r") % {"value": value},
                _("write a list of tables with at least one"),
            )
        return [
            Table(row, file=self._file, path=f"{self._full(key)}[{place}]")
            for place, row in enumerate(value, start=1)
        ]

    def refuse_unknown(self) -> None:
        for key in self._content.keys() - self._known:
            known = ", ".join(sorted(self._known))
            self.fault(
                key,
                _("this key is unknown"),
                _("remove it or use one of: %(known)s") % {"known": known},
            )

    def fault(self, key: str, fault: str, fix: str) -> NoReturn:
        raise RuleFileError(
            _("%(file)s, %(key)s: %(fault)s; %(fix)s.")
            % {"file": self._file, "key": self._full(key), "fault": fault, "fix": fix}
        )

    def _value(self, key: str) -> Any:
        self._known.add(key)
        if key not in self._content:
            self.fault(key, _("it is missing"), _("add it"))
        return self._content[key]

    def _full(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key


def read_toml(text: str, *, file: str) -> Table:
    """The whole file as a table; text that is no TOML is refused with its line."""
    try:
        return Table(tomllib.loads(text), file=file)
    except tomllib.TOMLDecodeError as wrong:
        raise RuleFileError(
            _("%(file)s: this is not TOML (%(wrong)s); mend that line.")
            % {"file": file, "wrong": wrong}
        ) from wrong
