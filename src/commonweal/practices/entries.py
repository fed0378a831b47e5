"""What the catalogue holds: practices, signals, pillars, classification, sources, words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from commonweal.practices.provenance import Provenance
from commonweal.shared.language import _, marked


class StageGroup(StrEnum):
    """The earliest time in the life of a use at which a practice can start."""

    ORGANISATION = "organisation"
    PROCUREMENT_PROCESS = "procurement_process"
    NEEDS_PROCUREMENT_IMPLEMENTATION = "needs_procurement_implementation"

    @property
    def heading(self) -> str:
        """The group's name as a reader sees it."""
        return _(_GROUP_HEADINGS[self])


_GROUP_HEADINGS = {
    StageGroup.ORGANISATION: marked("For the whole organisation"),
    StageGroup.PROCUREMENT_PROCESS: marked("All the way, from the first idea to daily use"),
    StageGroup.NEEDS_PROCUREMENT_IMPLEMENTATION: marked(
        "While finding needs, buying and starting"
    ),
}


class SignalKind(StrEnum):
    """Whether a signal points to a chance or to a risk for working people."""

    OPPORTUNITY = "opportunity"
    RISK = "risk"


class Dimension(StrEnum):
    """The three ways in which the well-being framework describes a use of AI."""

    FORM_OF_INTEGRATION = "form_of_integration"
    INSTANCE = "instance"
    TECHNOLOGICAL_ASPECT = "technological_aspect"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing of the catalogue: a stable id, a short title, and where it comes from.

    `provenance` speaks for the entry and its title; `provenance_of` names the parts that
    have another origin.
    """

    id: str
    title: str
    provenance: Provenance
    provenance_of: Mapping[str, Provenance] = field(default_factory=dict, hash=False)
    provenance_note: str = ""

    def provenance_for(self, part: str) -> Provenance:
        """The origin of one part, such as `question`; the entry's own where none is given."""
        return self.provenance_of.get(part, self.provenance)


@dataclass(frozen=True, kw_only=True)
class Practice(Entry):
    """One responsible practice for an organisation that uses AI (RPU1 to RPU17)."""

    summary: str
    asks: str
    stage_group: StageGroup
    rooms: tuple[str, ...]
    reading: tuple[str, ...]
    pillars: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Signal(Entry):
    """One signal of the job impact assessment, with its question in a worker's words."""

    kind: SignalKind
    question: str
    hint: str
    caveats: tuple[str, ...]
    measures: tuple[str, ...]
    pillars: tuple[str, ...]
    practices: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Pillar(Entry):
    """One pillar of workforce well-being; the one that supports all others says so."""

    why: str
    may_help: tuple[str, ...]
    may_harm: tuple[str, ...]
    sources: tuple[str, ...]
    supports_all: bool = False


@dataclass(frozen=True, kw_only=True)
class LikelySignal:
    """A signal that a choice or fact makes likely, and why, in words."""

    signal: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ClassificationChoice(Entry):
    """One way to describe a use: how AI is built in, where it is met, how it works."""

    dimension: Dimension
    help: str
    signals: tuple[LikelySignal, ...]


@dataclass(frozen=True, kw_only=True)
class DeclaredFact(Entry):
    """Something the organisation declares about a use, yes or no."""

    help: str
    signals: tuple[LikelySignal, ...]


@dataclass(frozen=True, kw_only=True)
class Source(Entry):
    """Something to read further; a source, never an endorsement of this product."""

    publisher: str
    date_checked: date
    how_checked: str
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Term(Entry):
    """A word of the field and its meaning in plain words."""

    meaning: str


@dataclass(frozen=True, kw_only=True)
class Stakeholder(Entry):
    """A kind of person who takes part in an assessment."""

    help: str
