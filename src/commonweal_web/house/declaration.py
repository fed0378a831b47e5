"""What a room declares about itself, in its `room.py` and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from uuid import UUID

    from commonweal.systems.requirements import Requirement
    from commonweal_web.house.searching import SearchShelf, SearchSource

    GateRequirements: TypeAlias = Callable[..., Mapping[UUID, Sequence[Requirement]]]
    from django.utils.functional import _StrPromise

    Text: TypeAlias = str | _StrPromise
else:
    GateRequirements = Any
    Text = Any

Audience = Literal["desk", "my", "public"]


@dataclass(frozen=True, slots=True)
class Permission:
    """A right, named `room.action`, and the roles that hold it."""

    code: str
    title: Text
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NavigationEntry:
    """One word in the bar at the top of an audience's pages."""

    audience: Audience
    title: Text
    url_name: str
    order: int
    permission: str = ""


@dataclass(frozen=True, slots=True)
class Operation:
    """Where one action can be reached from.

    `page`, `api` and `cli` name the url, the route and the command; an empty one needs a reason in
    `except_because`, so that a gap between the three ways in is a decision and not an oversight.
    """

    action: str
    page: str = ""
    api: str = ""
    cli: str = ""
    except_because: str = ""


@dataclass(frozen=True, slots=True)
class Unrecorded:
    """A table that changes without a leaf in the record, and why that is right."""

    table: str
    why: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about an installation that whoever runs it should know, and what to do about it.

    `level` is "unsafe" where people could be harmed or data be lost, "advice" otherwise. `where`
    names the setting, folder or command.
    """

    code: str
    level: Literal["unsafe", "advice"]
    said: str
    do: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of the installation for whoever watches over it: never about a person or a case.

    `name` ends with its unit, as Prometheus has it: `…_seconds`, `…_bytes`, or what is counted.
    """

    name: str
    says: str
    value: float


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of a use's page that a room contributes: a template and what it shows.

    `place` is "main" or "margin"; panels of a place stand in the order of `order`.
    """

    order: int
    template: str
    context: Mapping[str, Any]
    place: Literal["main", "margin"] = "main"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for a person: what, until when, and where it is done.

    `key`, `room.kind:subject`, stays the same as long as the same thing waits. `date_words` are
    neutral words for the day in a calendar that others may see, such as "review": no name, no
    case. Of what is private nobody is reminded alone, for a reminder would show who has yet to
    answer; what is done is not shown any more, and keeps its day in the calendar for that reason.
    """

    title: Text
    text: Text
    url: str
    action: Text
    due: date | None = None
    when: Text = ""
    key: str = ""
    date_words: Text = ""
    is_private: bool = False
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """Why people are told something: a code `room.what`, and neutral words without content.

    A kind `to_whole_group` (grievances, votes, surveys) is told to everyone of a group or to
    nobody, and its mail does not even say the words.
    """

    code: str
    words: Text
    to_whole_group: bool = False


@dataclass(frozen=True, slots=True)
class UseLine:
    """What a room adds to the line of a use in the list of all uses: counts and days, no score.

    `dates` are days on which something is due that is not done, each with a code that the room's
    `portfolio_words` says in words. `gravest` is the severity class of the gravest judged risk
    that is open, None where none is judged; its words are those of the code `class:<gravest>`.
    """

    dates: tuple[tuple[date, str], ...] = ()
    sides_differ: int = 0
    open_risks: int = 0
    unjudged_risks: int = 0
    gravest: int | None = None


@dataclass(frozen=True, slots=True)
class SetupStep:
    """One step of setting up an organisation; `is_done` is what the evidence says, never a tick.

    Steps stand in the order of `order`, so that none asks for what a later one brings. `who` is
    the role whose move it is, by its short name.
    """

    order: int
    code: str
    title: Text
    why: Text
    is_done: bool
    url: str
    who: str = "people_lead"
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class SubjectSeen:
    """What evidence is about, as somebody who may see it sees it.

    `desk_url` and `my_url` are its pages for staff and for workers; empty where this person has
    none. `may_be_public` says whether a public page can show what is attached to it.
    """

    title: str
    desk_url: str = ""
    my_url: str = ""
    may_be_public: bool = False


@dataclass(frozen=True, slots=True)
class LinkMade:
    """A link that lets somebody outside do one thing, for the list of all of them.

    `whom` names a body, a company or a kind of person, never a worker. `ends_by` is where a POST
    ends it, while it works; its page asks who may.
    """

    purpose: Text
    whom: Text
    made_on: date
    valid_until: date
    state: Literal["open", "used", "ended", "expired"]
    ends_by: str = ""


@dataclass(frozen=True, slots=True)
class PublicFact:
    """A part of a use's public page.

    `data` holds text, whole numbers, lists and mappings only: the template shows it, the JSON
    export carries it, and a version of the page keeps it.
    """

    order: int
    key: str
    title: Text
    template: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Translatable:
    """A kind of row whose typed texts can be given in other languages.

    `path_to_use` leads from the row to the use it belongs to; `side_column` says whose words they
    are, which are management's where it is empty.
    """

    model: str
    fields: tuple[str, ...]
    path_to_use: str
    side_column: str = ""


@dataclass(frozen=True, slots=True)
class Room:
    """The whole declaration of a room; each field is explained below its line."""

    name: str
    title: Text
    practices: tuple[str, ...] = ()
    """The practices it serves; it gives evidence for one by all that it asks at gates."""
    practice_of: Mapping[str, str] = field(default_factory=dict)
    """The practice by the code of a requirement, where it serves several, or none but these."""
    may_use: tuple[str, ...] = ()
    """The rooms whose queries and actions it may call; those below tell it things by events."""
    reacts_to: Mapping[type, Callable[..., None]] = field(default_factory=dict)
    """By event of a lower room: `(event, *, organisation, by, at)`, in the same transaction."""
    navigation: tuple[NavigationEntry, ...] = ()
    permissions: tuple[Permission, ...] = ()
    api: str = ""
    """Where its API router stands, as `module:name`."""
    gate_requirements: tuple[GateRequirements, ...] = ()
    """`(uses, *, gate, at) -> {use id: [Requirement, …]}`, for many uses in a constant number of
    queries."""
    signals_present: tuple[Callable[..., Mapping[UUID, frozenset[str]]], ...] = ()
    """`(organisation id) -> {use id: signals that any side called present}`, with a key for every
    assessed use."""
    use_panels: tuple[Callable[..., Panel | None], ...] = ()
    """`(use, *, actor, at) -> Panel | None` for the page of a use."""
    pack_parts: tuple[Callable[..., Panel | None], ...] = ()
    """Like `use_panels`, for the printed file of a use."""
    board_parts: tuple[Callable[..., Panel | None], ...] = ()
    """`(organisation, *, uses, actor, at) -> Panel | None` for the printed pack of a board."""
    public_facts: tuple[Callable[..., Sequence[PublicFact]], ...] = ()
    """`(use, *, at) -> [PublicFact, …]` for the public page of a use."""
    portfolio: tuple[Callable[..., Mapping[UUID, UseLine]], ...] = ()
    """`(uses, *, at) -> {use id: UseLine}` for the list of all uses."""
    portfolio_words: Mapping[str, Text] = field(default_factory=dict)
    """What the codes of its lines in that list say in words."""
    asks_anew: tuple[str, ...] = ()
    """The models (`room.model`) by whose change it may ask something else of every use."""
    waiting: tuple[Callable[..., Sequence[Waiting]], ...] = ()
    """`(*, actor, organisation, at) -> [Waiting, …]` for the first page of workers and staff."""
    links: tuple[Callable[..., Sequence[LinkMade]], ...] = ()
    """`(organisation, *, at, limit) -> [LinkMade, …]`, latest first: whom it lets in by a link."""
    notice_kinds: tuple[NoticeKind, ...] = ()
    """The reasons for which it tells people something."""
    evidence_subjects: Mapping[str, Callable[..., SubjectSeen | None]] = field(
        default_factory=dict
    )
    """The models (`room.model`) to which evidence is attached, each with
    `(pk, *, actor, organisation, at) -> SubjectSeen | None`: who may see it, and its pages."""
    evidence_published: tuple[Callable[..., bool], ...] = ()
    """`(organisation, *, evidence_id) -> bool`: whether a page that is public now shows it."""
    promises: tuple[Callable[..., Sequence[Text]], ...] = ()
    """`(use, *, at) -> [text, …]`: what was promised about a use and is not done, told before it
    ends."""
    keeps_access: tuple[Callable[[UUID], bool], ...] = ()
    """`(account id) -> bool`: whether somebody who left still takes part in something open."""
    setup_steps: tuple[Callable[..., Sequence[SetupStep]], ...] = ()
    """`(organisation, *, at) -> [SetupStep, …]` for the first hours of a new people lead."""
    search: tuple[SearchSource | SearchShelf, ...] = ()
    """The rows, and the things kept in memory, that the search may find, and who finds them."""
    translatable: tuple[Translatable, ...] = ()
    """Texts that people type here and that pages show in the reader's language."""
    ticks: tuple[Callable[..., int], ...] = ()
    """`(*, at) -> int`: do what time alone brings, and say how much that was."""
    checks: tuple[Callable[..., Sequence[Finding]], ...] = ()
    """`(*, at) -> [Finding, …]`: what `commonweal check` says of the installation."""
    measures: tuple[Callable[..., Sequence[Measure]], ...] = ()
    """`(*, at) -> [Measure, …]`: what `/metrics` shows."""
    exports: tuple[Callable[..., Iterable[tuple[str, Iterator[bytes]]]], ...] = ()
    """`(organisation) -> [(name, parts of bytes), …]`: files for the organisation's export."""
    blocks_deletion: tuple[Callable[..., Sequence[Text]], ...] = ()
    """`(organisation, *, at) -> [sentence, …]`: whose open case, claim or vote forbids to delete
    everything kept of the organisation."""
    forgets: tuple[Callable[..., None], ...] = ()
    """`(organisation id)`: remove what it keeps of a deleted organisation outside its own rows."""
    operations: tuple[Operation, ...] = ()
    unrecorded: tuple[Unrecorded, ...] = ()
    doc: str = ""
