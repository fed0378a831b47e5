"""The roster: who is on it, one person at a time, or a whole file."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from ninja import File, Form, Query
from ninja.files import UploadedFile
from pydantic import Field

from commonweal.systems.inventory.reading import read_register
from commonweal.systems.inventory.refusal import RegisterRefused
from commonweal_web.house.api_pages import PageOf, Paging, page_by, page_of_known
from commonweal_web.house.api_routes import ApiRequest, Given, Schema, deciding, named
from commonweal_web.house.refusals import Refused
from commonweal_web.workplaces import actions, queries
from commonweal_web.workplaces.api.groups import Contract
from commonweal_web.workplaces.api.routes import router
from commonweal_web.workplaces.models import Membership
from commonweal_web.workplaces.permissions import CHANGE_ROSTER, SEE_ROSTER
from commonweal_web.workplaces.uploads import ROSTERS


class RosterLine(Schema):
    """A person on the roster, from a day until another."""

    id: UUID
    number: str = Field(description="Empty for who does not keep the roster.")
    name: str
    email: str = Field(description="Empty for who does not keep the roster.")
    language: str
    group_id: UUID
    since: date
    until: date | None


class RosterFilter(Paging):
    """Which lines."""

    words: str = Field("", max_length=100, description="In the name, number or e-mail.")
    site_id: UUID | None = None
    group_id: UUID | None = None
    state: Literal["current", "ended", "all"] = "current"


class StatedPerson(Given):
    """What is known of a person; what is left out stays as it is."""

    number: str = Field(min_length=1, max_length=64, examples=["P-1001"])
    name: str = Field(min_length=1, max_length=150)
    site: str = Field("", max_length=150, description="Needed where there are several.")
    group: str = Field(min_length=1, max_length=150, examples=["Pickers"])
    contract: Contract | None = None
    email: str | None = Field(None, max_length=254)
    language: str | None = Field(None, max_length=10, examples=["es"])
    since: date | None = None
    until: date | None = Field(None, description="A day that is past: the person leaves.")


class Changed(Schema):
    """What one statement changed: null when all was as it said."""

    change: Literal["joined", "changed", "moved", "left"] | None
    line: RosterLine | None


class RosterProblem(Schema):
    """What is wrong in one cell of a roster, and what to do."""

    row: int
    column: str
    value: str
    message: str


class RosterImported(Schema):
    """What came of a roster, or would come of it. With a problem nothing changes."""

    rows: int
    joined: int
    changed: int
    moved: int
    left: int
    unchanged: int
    problems: list[RosterProblem]
    digest: str = Field("", description="Of a dry run; send it as `expected`.")


class Bringing(Given):
    """How a roster is brought in."""

    lists: Literal["some", "sites", "everyone"] = Field(
        "some", description="Whom the file lists; in the last two, whoever is missing leaves."
    )
    make_workplaces: bool = Field(False, description="Make the sites and groups that are new.")
    leavers_confirmed: bool = Field(False, description="More than a fifth leave: it is meant.")
    dry_run: bool = Field(False, description="Change nothing, and list every problem.")
    expected: str = Field("", max_length=64, description="The digest of a dry run.")
    encoding: str = Field("", max_length=30, description="Where it cannot be told.")
    sheet: str = Field("", max_length=100, description="Of a workbook that holds several.")


class RosterImportFacts(Schema):
    """A roster that came in."""

    id: UUID
    file_name: str
    file_sha256: str
    lists: str
    counts: dict[str, int]
    imported_at: datetime


@router.route("GET /roster/people", PageOf[RosterLine], right=SEE_ROSTER)
def roster_people(request: ApiRequest, *, asked: Query[RosterFilter]) -> dict[str, object]:
    """The people on the roster, by name: all, or those at the sites one speaks for."""
    found = queries.roster(
        request.organisation,
        actor=request.actor,
        on=request.now.date(),
        words=asked.words,
        site=asked.site_id or "",
        group=asked.group_id or "",
        state=asked.state,
    )
    page = page_by(request, found, paging=asked, by=("name", "id"))
    return {**page, "items": [_line(request, line=each) for each in page["items"]]}


def _line(request: ApiRequest, *, line: Membership) -> Membership:
    """A line as this person may see it: representatives see names and groups."""
    if not request.actor.may(CHANGE_ROSTER):
        line.number = line.email = ""
    return line


@router.route("PUT /roster/people", Changed)
def apply_roster_change(request: ApiRequest, *, person: StatedPerson) -> object:
    """State one person: they join, change, move or leave. The same again changes nothing."""
    request.actor.require(CHANGE_ROSTER)
    said = {
        name: value.isoformat() if isinstance(value, date) else str(value or "")
        for name, value in named(person).items()
    }
    stated = queries.person_stated(request.organisation, said)
    done = actions.apply_roster_change(**deciding(request), person=stated)
    return {"change": done.kind, "line": done.line}


@router.route("POST /roster/imports", RosterImported)
def import_roster(
    request: ApiRequest, *, file: File[UploadedFile], bringing: Form[Bringing]
) -> dict[str, Any]:
    """Bring in a roster: all of it, or nothing where a row has a problem."""
    request.actor.require(CHANGE_ROSTER)
    roster = _read(file, bringing=bringing)
    if bringing.dry_run:
        planned = queries.plan_import(request.organisation, roster=roster, on=request.now.date())
        return {**planned.result.as_json(), "digest": planned.digest}
    result = actions.import_roster(
        **deciding(request),
        roster=roster,
        leavers_confirmed=bringing.leavers_confirmed,
        expected=bringing.expected,
    )
    return {**result.as_json(), "digest": ""}


def _read(file: UploadedFile, *, bringing: Bringing) -> queries.RosterFile:
    data = file.read()
    file.seek(0)
    try:
        table = read_register(
            file, encoding=bringing.encoding or None, sheet=bringing.sheet or None
        )
    except RegisterRefused as refusal:
        raise Refused(refusal.code, refusal.message, where=refusal.where) from refusal
    return queries.RosterFile.of(
        ROSTERS.plain_name(file.name),
        data=data,
        table=table,
        lists=bringing.lists,
        may_make=bringing.make_workplaces,
    )


@router.route("GET /roster/imports", PageOf[RosterImportFacts], right=CHANGE_ROSTER)
def roster_imports(request: ApiRequest, *, paging: Query[Paging]) -> dict[str, object]:
    """The rosters that came in, latest first."""
    found = list(queries.imports_of(request.organisation)[:1000])
    return page_of_known(request, found, paging=paging)
