"""The catalogue as one value, with the ways other rooms look things up in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from commonweal.practices.entries import (
    ClassificationChoice,
    DeclaredFact,
    Dimension,
    Entry,
    Pillar,
    Practice,
    Signal,
    SignalKind,
    Source,
    StageGroup,
    Stakeholder,
    Term,
)
from commonweal.practices.faults import UnknownIdError, suggestion
from commonweal.shared.language import _

E = TypeVar("E", bound=Entry)


@dataclass(frozen=True, kw_only=True)
class Edition:
    """Which edition of the catalogue this is, and what its readers are told about it."""

    version: str
    title: str
    notice: str


@dataclass(frozen=True, kw_only=True)
class SignalPath:
    """One line of the map: a signal, the practices it leads to, the pillars it touches."""

    signal: Signal
    practices: tuple[Practice, ...]
    pillars: tuple[Pillar, ...]


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """Everything Commonweal asks about, in the order of its files."""

    edition: Edition
    practices: tuple[Practice, ...]
    signals: tuple[Signal, ...]
    pillars: tuple[Pillar, ...]
    choices: tuple[ClassificationChoice, ...]
    facts: tuple[DeclaredFact, ...]
    sources: tuple[Source, ...]
    terms: tuple[Term, ...]
    stakeholders: tuple[Stakeholder, ...]

    @property
    def version(self) -> str:
        """The version that an answer keeps beside the id it answers."""
        return self.edition.version

    def practice(self, id: str) -> Practice:
        """The practice with this id, such as RPU3. Raises UnknownIdError."""
        return _found(id, among=self._practices, noun="practice")

    def signal(self, id: str) -> Signal:
        """The signal with this id, such as RS13. Raises UnknownIdError."""
        return _found(id, among=self._signals, noun="signal")

    def pillar(self, id: str) -> Pillar:
        """The pillar with this id, such as human_rights. Raises UnknownIdError."""
        return _found(id, among=self._pillars, noun="pillar")

    def choice(self, id: str) -> ClassificationChoice:
        """The classification choice with this code. Raises UnknownIdError."""
        return _found(id, among=self._choices, noun="classification choice")

    def fact(self, id: str) -> DeclaredFact:
        """The declared fact with this code. Raises UnknownIdError."""
        return _found(id, among=self._facts, noun="declared fact")

    def source(self, id: str) -> Source:
        """The source with this id. Raises UnknownIdError."""
        return _found(id, among=self._sources, noun="source")

    def signals_of(self, kind: SignalKind) -> tuple[Signal, ...]:
        """The signals of opportunity, or those of risk."""
        return tuple(signal for signal in self.signals if signal.kind is kind)

    def choices_of(self, dimension: Dimension) -> tuple[ClassificationChoice, ...]:
        """The choices of one dimension of the classification."""
        return tuple(choice for choice in self.choices if choice.dimension is dimension)

    def practices_by_stage_group(self) -> Mapping[StageGroup, tuple[Practice, ...]]:
        """All practices by the earliest stage at which each can start, earliest first."""
        return _grouped(self.practices)

    def practices_for_signals(
        self, ids: Iterable[str]
    ) -> Mapping[StageGroup, tuple[Practice, ...]]:
        """The practices that these signals lead to, earliest group first, each once.

        A group without a practice is left out. Raises UnknownIdError.
        """
        wanted = {practice for id in ids for practice in self.signal(id).practices}
        return _grouped(practice for practice in self.practices if practice.id in wanted)

    def signal_map(self) -> tuple[SignalPath, ...]:
        """For every signal the practices it leads to and the pillars it touches."""
        return tuple(self._path(signal) for signal in self.signals)

    def _path(self, signal: Signal) -> SignalPath:
        return SignalPath(
            signal=signal,
            practices=tuple(self.practice(id) for id in signal.practices),
            pillars=tuple(self.pillar(id) for id in signal.pillars),
        )

    @cached_property
    def _practices(self) -> Mapping[str, Practice]:
        return _by_id(self.practices)

    @cached_property
    def _signals(self) -> Mapping[str, Signal]:
        return _by_id(self.signals)

    @cached_property
    def _pillars(self) -> Mapping[str, Pillar]:
        return _by_id(self.pillars)

    @cached_property
    def _choices(self) -> Mapping[str, ClassificationChoice]:
        return _by_id(self.choices)

    @cached_property
    def _facts(self) -> Mapping[str, DeclaredFact]:
        return _by_id(self.facts)

    @cached_property
    def _sources(self) -> Mapping[str, Source]:
        return _by_id(self.sources)


def _by_id(entries: Iterable[E]) -> Mapping[str, E]:
    return {entry.id: entry for entry in entries}


def _found(id: str, *, among: Mapping[str, E], noun: str) -> E:
    if id not in among:
        hint = suggestion(id, known=among)
        raise UnknownIdError(
            _("The catalogue has no %(noun)s '%(id)s'. %(hint)s")
            % {"noun": noun, "id": id, "hint": hint}
        )
    return among[id]


def _grouped(practices: Iterable[Practice]) -> Mapping[StageGroup, tuple[Practice, ...]]:
    chosen = tuple(practices)
    groups = {
        group: tuple(practice for practice in chosen if practice.stage_group is group)
        for group in StageGroup
    }
    return {group: members for group, members in groups.items() if members}
