"""The rule file: from facts to the three facets, and from facets to the class."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from itertools import pairwise

from commonweal.mitigations.rule_reading import Table, read_toml
from commonweal.shared.language import _
from commonweal.shared.severity import FACETS, HIGHEST, Severity, SeverityClass

HARMS = ("surveillance", "pace", "autonomy", "discrimination", "health")
"""The harms that are not money and have sentences for each score."""

_CLASSES = {
    SeverityClass.CRITICAL: "critical",
    SeverityClass.HIGH: "high",
    SeverityClass.MEDIUM: "medium",
}


@dataclass(frozen=True)
class Band:
    """The score that starts at `lowest`; `open` bands start just after it."""

    score: int
    lowest: Fraction
    open: bool = False

    def holds(self, value: Fraction) -> bool:
        return value > self.lowest if self.open else value >= self.lowest


@dataclass(frozen=True)
class Anchors:
    """A harm that is not money: one sentence per score, from 0 to 5."""

    title: str
    scale: tuple[str, ...]
    irremediability: tuple[str, ...]


@dataclass(frozen=True)
class ClassRow:
    """The class that holds when each facet is at least as high as the row says."""

    severity_class: SeverityClass
    at_least: Severity

    def holds(self, severity: Severity) -> bool:
        return all(
            (getattr(severity, name) or 0) >= (getattr(self.at_least, name) or 0)
            for name in FACETS
        )


@dataclass(frozen=True)
class SeverityRules:
    """One version of the rule file, read and checked."""

    version: str
    source: str
    scale_bands: tuple[Band, ...]
    scope_bands: tuple[Band, ...]
    irremediability_bands: tuple[Band, ...]
    scale_below_minimum: int
    irremediability_undoable: int
    scope_rise_from: Fraction
    scope_rise: int
    classes: tuple[ClassRow, ...]
    harms: Mapping[str, Anchors]

    def scale_of_loss(self, share: Fraction, *, below_minimum: bool = False) -> int:
        """Scale from a person's loss as a share of a year's earnings.

        `below_minimum` says that income falls below a living or legal minimum.
        """
        score = _score(share, bands=self.scale_bands)
        return max(score, self.scale_below_minimum) if below_minimum else score

    def scope_of_people(self, people: int, *, largest_share: Fraction = Fraction(0)) -> int:
        """Scope from how many are affected; `largest_share` is of a site or protected group."""
        score = _score(Fraction(people), bands=self.scope_bands)
        if people and largest_share >= self.scope_rise_from:
            return min(HIGHEST, score + self.scope_rise)
        return score

    def irremediability_of_loss(self, share: Fraction, *, cannot_be_undone: bool = False) -> int:
        """Irremediability from the share of the loss not made good within 24 months."""
        score = _score(share, bands=self.irremediability_bands)
        return max(score, self.irremediability_undoable) if cannot_be_undone else score


def load_severity_rules(text: str, *, file: str) -> SeverityRules:
    """Read a rule file; a fault names the file, the key, what is wrong and what to do."""
    table = read_toml(text, file=file)
    at_once = table.table("at_once")
    rise = table.table("scope_rise")
    rules = SeverityRules(
        version=table.text("version"),
        source=table.text("source"),
        scale_bands=_bands(table.table("scale")),
        scope_bands=_bands(table.table("scope")),
        irremediability_bands=_bands(table.table("irremediability")),
        scale_below_minimum=at_once.score("income_below_living_or_legal_minimum"),
        irremediability_undoable=at_once.score("loss_that_cannot_be_undone"),
        scope_rise_from=rise.exact("from_share"),
        scope_rise=rise.score("rise"),
        classes=_class_rows(table),
        harms=_harms(table.table("harms")),
    )
    for read in (table, at_once, rise):
        read.refuse_unknown()
    return rules


@cache
def default_severity_rules() -> SeverityRules:
    """The rules that come with Commonweal."""
    path = files("commonweal.mitigations.rules") / "severity.toml"
    return load_severity_rules(path.read_text(encoding="utf-8"), file="severity.toml")


def _score(value: Fraction, *, bands: tuple[Band, ...]) -> int:
    if isinstance(value, float):
        raise TypeError(f"{value!r} is a float, which is not exact: give a Fraction or an int.")
    if value < 0:
        raise ValueError(f"{value} is negative: a gain is no harm, give 0 for it.")
    return max(band.score for band in bands if band.holds(value))


def _bands(table: Table) -> tuple[Band, ...]:
    bands = tuple(_band(row) for row in table.tables("bands"))
    table.refuse_unknown()
    for before, after in pairwise(bands):
        if after.score != before.score + 1 or after.lowest <= before.lowest:
            table.fault(
                "bands",
                _("score %(after)s does not follow score %(before)s")
                % {"after": after.score, "before": before.score},
                _("raise the score by one and the lowest value from band to band"),
            )
    if bands[0].lowest != 0 or bands[0].open or bands[-1].score != HIGHEST:
        table.fault(
            "bands",
            _("they run from %(lowest)s to score %(score)s")
            % {"lowest": bands[0].lowest, "score": bands[-1].score},
            _('begin with from = "0" and end with score = %(highest)s') % {"highest": HIGHEST},
        )
    return bands


def _band(row: Table) -> Band:
    is_open = row.has("above")
    band = Band(row.score("score"), row.exact("above" if is_open else "from"), is_open)
    row.refuse_unknown()
    return band


def _class_rows(table: Table) -> tuple[ClassRow, ...]:
    rows: list[ClassRow] = []
    listed = table.tables("classes")
    for severity_class, row in zip(_CLASSES, listed, strict=False):
        name = row.text("class")
        if name != _CLASSES[severity_class]:
            row.fault(
                "class",
                _("it is %(name)r") % {"name": name},
                _("write %(class)r here") % {"class": _CLASSES[severity_class]},
            )
        rows += (ClassRow(severity_class, _minima(one)) for one in row.tables("any"))
        row.refuse_unknown()
    if len(listed) != len(_CLASSES):
        table.fault(
            "classes",
            _("there are %(listed)s") % {"listed": len(listed)},
            _("list critical, high and medium, in this order"),
        )
    return tuple(rows)


def _minima(row: Table) -> Severity:
    found = {name: row.score(name) for name in FACETS if row.has(name)}
    row.refuse_unknown()
    if not found.get("scale"):
        row.fault("scale", _("a harm of scale 0 is always low"), _("ask for scale 1 or more"))
    return Severity(**found)


def _harms(table: Table) -> Mapping[str, Anchors]:
    found = {}
    for name in HARMS:
        row = table.table(name)
        found[name] = Anchors(
            row.text("title"),
            row.texts("scale", count=HIGHEST + 1),
            row.texts("irremediability", count=HIGHEST + 1),
        )
        row.refuse_unknown()
    table.refuse_unknown()
    return found
