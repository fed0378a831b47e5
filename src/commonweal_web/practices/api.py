"""The catalogue for programs: practices, signals, pillars, and the way between them.

All of it is kept as data in `commonweal.practices`; nothing here belongs to one organisation.
"""

from __future__ import annotations

from datetime import date

from ninja import Query
from pydantic import Field

from commonweal.practices import Dimension, SignalKind, StageGroup, UnknownIdError, catalogue
from commonweal_web.house.api_pages import PageOf, Paging, page_of_known
from commonweal_web.house.api_routes import ApiRequest, RoomRouter, Schema
from commonweal_web.house.refusals import NotHere

router = RoomRouter("practices")


class Practice(Schema):
    """One responsible practice for an organisation that uses AI."""

    id: str = Field(examples=["RPU3"])
    title: str
    summary: str
    asks: str = Field(description="What it asks of the organisation.")
    stage_group: StageGroup = Field(description="The earliest time at which it can start.")
    pillars: list[str]
    reading: list[str] = Field(description="Ids of sources to read further.")
    provenance: str = Field(description="Where it comes from: a source, or our own choice.")


class Signal(Schema):
    """One signal of the job impact assessment."""

    id: str = Field(examples=["RS13"])
    title: str
    kind: SignalKind
    question: str = Field(description="In a worker’s words.")
    hint: str
    caveats: list[str]
    pillars: list[str]
    practices: list[str]
    provenance: str


class Pillar(Schema):
    """One pillar of workforce well-being."""

    id: str = Field(examples=["human_rights"])
    title: str
    why: str
    may_help: list[str]
    may_harm: list[str]
    supports_all: bool
    provenance: str


class Named(Schema):
    """An id with its title."""

    id: str
    title: str


class SignalPath(Schema):
    """For one signal: the practices it leads to and the pillars it touches."""

    signal: Named
    practices: list[Named]
    pillars: list[Named]


class ClassificationCode(Schema):
    """One way to describe a use: how AI is built in, where it is met, how it works."""

    id: str = Field(examples=["supports_decision"])
    title: str
    dimension: Dimension
    help: str


class DeclarableFact(Schema):
    """Something an organisation declares about a use, yes or no."""

    id: str = Field(examples=["infers_emotion"])
    title: str
    help: str


class Source(Schema):
    """Something to read further; a source, never an endorsement."""

    id: str
    title: str
    publisher: str
    url: str
    date_checked: date


class CatalogueEdition(Schema):
    """Which catalogue this is; answers keep its version beside the ids."""

    version: str
    title: str
    notice: str = Field(description="What its readers are told about it.")


@router.route("GET /catalogue", CatalogueEdition)
def catalogue_edition(request: ApiRequest) -> object:
    """Which catalogue the ids are of."""
    return catalogue().edition


@router.route("GET /practices", PageOf[Practice])
def practices(request: ApiRequest, *, paging: Query[Paging]) -> dict[str, object]:
    """The practices in their order."""
    return page_of_known(request, catalogue().practices, paging=paging)


@router.route("GET /practices/{practice_id}", Practice)
def practice(request: ApiRequest, *, practice_id: str) -> object:
    """One practice."""
    try:
        return catalogue().practice(practice_id)
    except UnknownIdError as error:
        raise NotHere("practice_unknown", str(error), where="practice_id") from error


@router.route("GET /signals", PageOf[Signal])
def signals(request: ApiRequest, *, paging: Query[Paging]) -> dict[str, object]:
    """The signals of opportunity and of risk in their order."""
    return page_of_known(request, catalogue().signals, paging=paging)


@router.route("GET /signals/{signal_id}", Signal)
def signal(request: ApiRequest, *, signal_id: str) -> object:
    """One signal."""
    try:
        return catalogue().signal(signal_id)
    except UnknownIdError as error:
        raise NotHere("signal_unknown", str(error), where="signal_id") from error


@router.route("GET /pillars", PageOf[Pillar])
def pillars(request: ApiRequest, *, paging: Query[Paging]) -> dict[str, object]:
    """The pillars of workforce well-being in their order."""
    return page_of_known(request, catalogue().pillars, paging=paging)


@router.route("GET /signal-map", PageOf[SignalPath])
def signal_map(request: ApiRequest, *, paging: Query[Paging]) -> dict[str, object]:
    """For every signal the practices it leads to and the pillars it touches."""
    return page_of_known(request, catalogue().signal_map(), paging=paging)


@router.route("GET /classification", PageOf[ClassificationCode])
def classification(request: ApiRequest, *, paging: Query[Paging]) -> dict[str, object]:
    """The codes that a use is classified with."""
    return page_of_known(request, catalogue().choices, paging=paging)


@router.route("GET /facts", PageOf[DeclarableFact])
def facts(request: ApiRequest, *, paging: Query[Paging]) -> dict[str, object]:
    """The facts that are declared about a use."""
    return page_of_known(request, catalogue().facts, paging=paging)


@router.route("GET /sources", PageOf[Source])
def sources(request: ApiRequest, *, paging: Query[Paging]) -> dict[str, object]:
    """What to read further."""
    return page_of_known(request, catalogue().sources, paging=paging)
