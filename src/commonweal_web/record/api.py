"""The record for programs: its size, steps, signed checkpoints, proofs and witnesses."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from ninja import Query
from pydantic import Field

from commonweal_web.house.api_pages import PageOf, Paging, page_by, page_of_known
from commonweal_web.house.api_routes import BIGGEST, ApiRequest, RoomRouter, Schema
from commonweal_web.record import queries
from commonweal_web.record.actor import UNNAMED_ROLES
from commonweal_web.record.models import LogLeaf
from commonweal_web.record.permissions import READ_RECORD

router = RoomRouter("record")


class Log(Schema):
    """The log of an organisation as it stands."""

    origin: str = Field(description="Its name, the first line of its checkpoints.")
    size: int = Field(description="How many steps it has.")
    keys: list[str] = Field(description="Its public keys, oldest first.")


class Step(Schema):
    """One step. Of workers and contributors only the side and the day are told."""

    index: int
    kind: str = Field(description="Empty where it would tell who answered.")
    subject: str = Field(description="Empty where it would tell who answered.")
    role: str
    day: date
    hash: str = Field(description="The leaf hash in hexadecimal.")


class Checkpoint(Schema):
    """A signed statement of the log’s size and root on a day."""

    size: int
    day: date
    note: str = Field(description="The signed text, with its signature.")


class Proof(Schema):
    """That a step is in the log of a size (RFC 9162). Hashes are in hexadecimal."""

    index: int
    size: int
    leaf_hash: str
    path: list[str]
    root: str


class Continuity(Schema):
    """That the log of the newer size begins with the whole older one (RFC 9162)."""

    old: int
    new: int
    path: list[str]


class Witness(Schema):
    """Somebody outside who keeps checkpoints, and the largest size they confirm."""

    name: str
    public_key: str
    size: int
    named_by: str = Field(description="The role that named this witness.")


class ProofSize(Schema):
    """Against which size of the log."""

    size: int | None = Field(None, ge=0, le=BIGGEST, description="Left out: the size now.")


@router.route("GET /record", Log, right=READ_RECORD)
def log(request: ApiRequest) -> dict[str, object]:
    """The log as it stands."""
    return {
        "origin": queries.origin_of(request.organisation),
        "size": queries.size(request.organisation),
        "keys": queries.log_keys(request.organisation),
    }


@router.route("GET /record/steps", PageOf[Step], right=READ_RECORD)
def steps(request: ApiRequest, *, paging: Query[Paging]) -> dict[str, object]:
    """The steps, newest first."""
    found = queries.latest_leaves(request.organisation)
    return page_by(request, found, paging=paging, by=("-index",), shape=_step)


@router.route("GET /record/steps/{index}", Step, right=READ_RECORD)
def step(
    request: ApiRequest, *, index: Annotated[int, Field(ge=0, le=BIGGEST)]
) -> dict[str, object]:
    """One step of the record, by its place in it."""
    return _step(queries.leaf_at(request.organisation, index=index))


def _step(leaf: LogLeaf) -> dict[str, object]:
    is_unnamed = leaf.role in UNNAMED_ROLES
    return {
        "index": leaf.index,
        "kind": "" if is_unnamed else leaf.kind,
        "subject": "" if is_unnamed else leaf.subject,
        "role": leaf.role,
        "day": leaf.day,
        "hash": bytes(leaf.hash).hex(),
    }


@router.route("GET /record/steps/{index}/proof", Proof, right=READ_RECORD)
def proof(
    request: ApiRequest,
    *,
    index: Annotated[int, Field(ge=0, le=BIGGEST)],
    asked: Query[ProofSize],
) -> dict[str, object]:
    """The proof that a step is in the log."""
    made = queries.leaf_proof(request.organisation, index=index, size=asked.size)
    return {
        "index": made.index,
        "size": made.size,
        "leaf_hash": made.leaf_hash.hex(),
        "path": [each.hex() for each in made.path],
        "root": made.root.hex(),
    }


@router.route("GET /record/consistency/{old}", Continuity, right=READ_RECORD)
def consistency(
    request: ApiRequest,
    *,
    old: Annotated[int, Field(ge=0, le=BIGGEST)],
    asked: Query[ProofSize],
) -> dict[str, object]:
    """The proof that the log only grew since it had `old` steps."""
    made = queries.consistency(request.organisation, old=old, new=asked.size)
    return {"old": made.old, "new": made.new, "path": [each.hex() for each in made.path]}


@router.route("GET /record/checkpoints", PageOf[Checkpoint], right=READ_RECORD)
def checkpoints(request: ApiRequest, *, paging: Query[Paging]) -> dict[str, object]:
    """The signed checkpoints, newest first."""
    found = queries.signed(request.organisation)
    return page_by(request, found, paging=paging, by=("-size",))


@router.route("GET /record/witnesses", PageOf[Witness], right=READ_RECORD)
def witnesses(request: ApiRequest, *, paging: Query[Paging]) -> dict[str, object]:
    """The witnesses, each with the largest size of the log it confirms."""
    return page_of_known(request, queries.witnesses(request.organisation), paging=paging)
