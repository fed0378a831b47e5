"""How a use is described, what is declared about it, and which signals that makes likely."""

from collections.abc import Iterable
from dataclasses import dataclass

from commonweal.practices import Catalogue, ClassificationChoice, DeclaredFact, Dimension
from commonweal.practices.faults import suggestion
from commonweal.shared.language import _


class ClassificationError(ValueError):
    """A code is not in the catalogue, or a fact is declared both yes and no."""


@dataclass(frozen=True, kw_only=True)
class Classification:
    """The codes of a use in the framework's three dimensions; build it with `classify`."""

    forms: frozenset[str] = frozenset()
    instances: frozenset[str] = frozenset()
    aspects: frozenset[str] = frozenset()

    @property
    def codes(self) -> frozenset[str]:
        """All codes together."""
        return self.forms | self.instances | self.aspects

    @property
    def is_complete(self) -> bool:
        """Whether each dimension says something."""
        return bool(self.forms and self.instances and self.aspects)


@dataclass(frozen=True, kw_only=True)
class DeclaredFacts:
    """What is declared true of a use and what is declared untrue; the rest is not answered."""

    yes: frozenset[str] = frozenset()
    no: frozenset[str] = frozenset()

    def unanswered(self, *, catalogue: Catalogue) -> tuple[str, ...]:
        """The facts nobody has declared either way, in the catalogue's order."""
        return tuple(
            fact.id
            for fact in catalogue.facts
            if fact.id not in self.yes and fact.id not in self.no
        )


@dataclass(frozen=True, kw_only=True)
class SignalReasons:
    """A signal that is likely for a use, and why, in words."""

    signal: str
    reasons: tuple[str, ...]


def classify(
    *,
    catalogue: Catalogue,
    forms: Iterable[str] = (),
    instances: Iterable[str] = (),
    aspects: Iterable[str] = (),
) -> Classification:
    """The classification with these codes. Raises ClassificationError for an unknown one."""
    return Classification(
        forms=_known(forms, catalogue=catalogue, dimension=Dimension.FORM_OF_INTEGRATION),
        instances=_known(instances, catalogue=catalogue, dimension=Dimension.INSTANCE),
        aspects=_known(aspects, catalogue=catalogue, dimension=Dimension.TECHNOLOGICAL_ASPECT),
    )


def declare(
    *, catalogue: Catalogue, yes: Iterable[str] = (), no: Iterable[str] = ()
) -> DeclaredFacts:
    """The declared facts with these codes.

    Raises ClassificationError for an unknown code, or one that is both yes and no.
    """
    known = [fact.id for fact in catalogue.facts]
    facts = DeclaredFacts(
        yes=_checked(yes, known=known, noun="declared fact"),
        no=_checked(no, known=known, noun="declared fact"),
    )
    both = sorted(facts.yes & facts.no)
    if both:
        raise ClassificationError(
            _("'%(fact)s' is declared both yes and no. Choose one.") % {"fact": both[0]}
        )
    return facts


def likely_signals(
    classification: Classification, *, facts: DeclaredFacts, catalogue: Catalogue
) -> tuple[SignalReasons, ...]:
    """The signals to ask about first, in the catalogue's order, with every reason in words.

    Likely does not mean present: people still answer. What is not listed still gets asked.
    """
    named = classification.codes | facts.yes
    entries: tuple[ClassificationChoice | DeclaredFact, ...] = (
        *catalogue.choices,
        *catalogue.facts,
    )
    reasons: dict[str, list[str]] = {signal.id: [] for signal in catalogue.signals}
    for entry in (each for each in entries if each.id in named):
        for likely in entry.signals:
            reasons[likely.signal].append(f"{entry.title}: {likely.reason}")
    return tuple(
        SignalReasons(signal=signal, reasons=tuple(given))
        for signal, given in reasons.items()
        if given
    )


def _known(codes: Iterable[str], *, catalogue: Catalogue, dimension: Dimension) -> frozenset[str]:
    known = [choice.id for choice in catalogue.choices_of(dimension)]
    return _checked(codes, known=known, noun=dimension.value.replace("_", " "))


def _checked(codes: Iterable[str], *, known: list[str], noun: str) -> frozenset[str]:
    given = frozenset(codes)
    for code in sorted(given.difference(known)):
        hint = suggestion(code, known=known)
        raise ClassificationError(
            _("The catalogue has no %(noun)s '%(code)s'. %(hint)s")
            % {"noun": noun, "code": code, "hint": hint}
        )
    return given
