"""The class of a risk, and how people may change it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from commonweal.mitigations.severity_rules import SeverityRules
from commonweal.shared.language import _
from commonweal.shared.severity import Severity, SeverityClass


class ClassChangeError(ValueError):
    """A change of class that may not be made, with the reason and what to do."""


def classify(severity: Severity, rules: SeverityRules) -> SeverityClass:
    """The class of a harm; facets not yet judged are taken at their worst.

    Scale 0 or 1 is low under the rules that come with Commonweal: it stays on the list.
    """
    worst = severity.at_worst()
    holding = (row.severity_class for row in rules.classes if row.holds(worst))
    return max(holding, default=SeverityClass.LOW)


@dataclass(frozen=True)
class SignOff:
    """A named person's signature under a change of class."""

    person: str
    is_representative: bool


@dataclass(frozen=True)
class ClassChange:
    """A class raised or lowered by people, with their reason.

    Raising needs one worker representative. Lowering needs two people, one of them a worker
    representative.
    """

    changed_from: SeverityClass
    changed_to: SeverityClass
    reason: str
    sign_offs: tuple[SignOff, ...]

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise ClassChangeError(_("The change of class has no reason: write why."))
        if self.changed_to == self.changed_from:
            raise ClassChangeError(_("The class is this one already: choose another."))
        if not any(sign_off.is_representative for sign_off in self.sign_offs):
            raise ClassChangeError(
                _("No worker representative signed the change: ask one to sign it.")
            )
        people = {sign_off.person for sign_off in self.sign_offs}
        if self.is_lowering and len(people) < 2:
            raise ClassChangeError(
                _(
                    "Lowering a class needs two people, here signed %(people)s: "
                    "ask a second person to sign."
                )
                % {"people": len(people)}
            )

    @property
    def is_lowering(self) -> bool:
        return self.changed_to < self.changed_from


def class_after(classified: SeverityClass, changes: Iterable[ClassChange]) -> SeverityClass:
    """The class that orders the queue, after the changes in the order they were made.

    A raised class never falls back with the facets. A lowered class holds only up to the class
    it was lowered from: once the risk is found to be graver than that, the lowering lapses.
    """
    current = classified
    for change in changes:
        if not change.is_lowering:
            current = max(current, change.changed_to)
        elif current <= change.changed_from:
            current = min(current, change.changed_to)
    return current
