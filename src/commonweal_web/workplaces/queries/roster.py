"""The roster: who is on it, and what a file or a statement would change."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from commonweal.systems.inventory.table import Table, named_columns
from commonweal.workplaces.headings import guessed_columns, missing_columns
from commonweal.workplaces.people import Person, Problem, Reading, read_people
from commonweal.workplaces.places import Place, Places
from commonweal.workplaces.planning import Line, Lists, Plan, plan_roster
from commonweal_web.house.refusals import Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.actor import Actor
from commonweal_web.workplaces.models import Membership, RosterImport, Site, WorkerGroup
from commonweal_web.workplaces.permissions import CHANGE_ROSTER, SEE_ROSTER
from commonweal_web.workplaces.queries.workplaces import in_force, one_of

STATES = ("current", "ended", "all")


@dataclass(frozen=True, slots=True)
class RosterFile:
    """A roster that was read: its name, the hash of its bytes, its table, and its columns.

    `columns` holds the position of each column that is used, counted from 1. `lists` says whom the
    file names: "some" people, everyone at the "sites" it names, or "everyone".
    """

    name: str
    sha256: str
    table: Table
    columns: Mapping[str, int]
    lists: Lists = "some"
    may_make: bool = False

    @classmethod
    def of(
        cls,
        name: str,
        *,
        data: bytes,
        table: Table,
        columns: Mapping[str, int] | None = None,
        lists: Lists = "some",
        may_make: bool = False,
    ) -> RosterFile:
        """A roster from the bytes that were read; its columns are guessed where nobody said."""
        found = columns if columns is not None else guessed_columns(table.columns)
        return cls(name, hashlib.sha256(data).hexdigest(), table, found, lists, may_make)


@dataclass(frozen=True, slots=True)
class RosterResult:
    """What a roster changes, in numbers, and what is wrong with it by row.

    With a problem nothing changes. `came_before` is the day on which the same bytes came in.
    """

    rows: int
    counts: Mapping[str, int]
    problems: Sequence[Problem]
    came_before: date | None = None

    def as_json(self) -> dict[str, Any]:
        """The result as the command line and the API give it."""
        return {
            "rows": self.rows,
            **self.counts,
            "problems": [each.as_record() for each in self.problems],
        }


@dataclass(frozen=True, slots=True)
class RosterPlan:
    """What a roster would change as things stand: the people it names and the plan for them."""

    reading: Reading
    plan: Plan
    came_before: date | None = None
    digest: str = field(default="")

    @property
    def problems(self) -> list[Problem]:
        """What keeps the roster from coming in."""
        return self.reading.problems

    @property
    def result(self) -> RosterResult:
        """The plan in numbers; all are nought where a problem keeps the roster out."""
        counts = self.plan.counts
        if self.problems:
            counts = dict.fromkeys(counts, 0)
        return RosterResult(self.reading.rows, counts, self.problems, self.came_before)


def plan_import(organisation: Organisation, *, roster: RosterFile, on: date) -> RosterPlan:
    """Compare a roster with the lines that stand. Nothing is written: this is the dry run.

    Raises `Refused` when a column is missing without which no roster can be read.
    """
    places = places_of(organisation, may_make=roster.may_make)
    _refuse_missing(roster, places=places)
    reading = read_people(roster.table, columns=roster.columns, places=places)
    plan = plan_roster(
        reading.people if not reading.problems else (),
        lines=lines_by_number(organisation),
        lists=roster.lists if not reading.problems else "some",
        on=on,
    )
    same = RosterImport.objects.of(organisation).filter(file_sha256=roster.sha256).first()
    before = same.imported_at.date() if same else None
    return RosterPlan(reading, plan, before, plan.digest)


def _refuse_missing(roster: RosterFile, *, places: Places) -> None:
    missing = missing_columns(roster.columns, site_is_clear=bool(places.only_site))
    if missing:
        raise Refused(
            "columns_missing",
            _("No column says: %(missing)s. Say which column it is. The file has: %(columns)s.")
            % {
                "missing": ", ".join(missing),
                "columns": ", ".join(each.name for each in roster.table.columns[:30]),
            },
            where="columns",
        )


def places_of(organisation: Organisation, *, may_make: bool = False) -> Places:
    """The sites and groups there are, by their names."""
    sites = Site.objects.of(organisation).values_list("name", flat=True)
    return Places(tuple(sites), tuple(groups_by_place(organisation)), may_make=may_make)


def groups_by_place(organisation: Organisation) -> dict[Place, UUID]:
    """The id of each worker group, by the names of its place."""
    rows = WorkerGroup.objects.of(organisation).values_list("site__name", "name", "contract", "pk")
    return {Place(site, name, contract): pk for site, name, contract, pk in rows}


def lines_by_number(
    organisation: Organisation, *, numbers: Sequence[str] | None = None
) -> dict[str, Line]:
    """The latest line of each number: the open one, or else the one that ended last."""
    place_of = {pk: place for place, pk in groups_by_place(organisation).items()}
    rows: QuerySet[Any] = Membership.objects.of(organisation).exclude(number="")
    if numbers is not None:
        rows = rows.filter(number__in=numbers)
    rows = rows.order_by(F("until").asc(nulls_last=True), "since", "id").values_list(
        *("pk", "number", "name", "email", "language", "group_id", "since", "until")
    )
    found: dict[str, Line] = {}
    for pk, number, name, email, language, group, since, until in rows.iterator(chunk_size=5000):
        is_first = number not in found
        place = place_of[group]
        found[number] = Line(pk, number, name, email, language, place, since, until, is_first)
    return found


def person_stated(organisation: Organisation, said: Mapping[str, str]) -> Person:
    """One person as a form or a program states them, read like a row of a file.

    Raises `Refused`, naming the field.
    """
    table = Table(named_columns(said), (tuple(said.values()),), (1,), "", "json")
    columns = {name: place for place, name in enumerate(said, start=1)}
    roster = RosterFile("", "", table, columns)
    places = places_of(organisation)
    _refuse_missing(roster, places=places)
    reading = read_people(table, columns=columns, places=places)
    for problem in reading.problems:
        raise Refused("roster_problem", problem.message, where=problem.column)
    return reading.people[0]


def roster(
    organisation: Organisation,
    *,
    actor: Actor,
    on: date,
    words: str = "",
    site: UUID | str = "",
    group: UUID | str = "",
    state: str = "current",
) -> QuerySet[Membership]:
    """The lines that fit, by name: all for who keeps the roster, else those of one’s own sites.

    Whoever may not see the roster sees nobody. Only who keeps it finds people by number.
    """
    found: QuerySet[Any] = Membership.objects.of(organisation).select_related("group__site")
    keeps = actor.may(CHANGE_ROSTER)
    if not keeps:
        found = _represented_by(found, actor=actor)
    if words:
        by_number = Q(number__icontains=words) | Q(email__icontains=words) if keeps else Q()
        found = found.filter(Q(name__icontains=words) | by_number)
    if site:
        found = found.filter(group__site_id=site)
    if group:
        found = found.filter(group_id=group)
    if state == "current":
        found = in_force(found, on=on)
    elif state == "ended":
        found = found.filter(until__lt=on)
    return found.order_by("name", "id")


def _represented_by(rows: QuerySet[Membership], *, actor: Actor) -> QuerySet[Membership]:
    """The lines at the sites where somebody speaks for workers; everywhere without a site."""
    grants = [each for each in actor.grants if SEE_ROSTER.code in each.permissions]
    if not grants:
        return rows.none()
    if not all(each.sites for each in grants):
        return rows
    sites = {site for each in grants for site in each.sites}
    return rows.filter(group__site_id__in=sites)


def line_of(organisation: Organisation, *, pk: UUID | str, actor: Actor, on: date) -> Membership:
    """One line that this person may see. Raises `NotHere`."""
    return one_of(roster(organisation, actor=actor, on=on, state="all"), Membership, pk=pk)


def lines_counted(groups: Sequence[WorkerGroup], *, on: date) -> dict[UUID, int]:
    """How many people are on the roster in each of these groups today, in one statement."""
    if not groups:
        return {}
    rows = Membership.objects.of(groups[0].organisation_id).filter(group__in=groups)
    counted = in_force(rows, on=on).values("group_id").annotate(people=Count("pk"))
    return {each["group_id"]: each["people"] for each in counted.order_by()}


def imports_of(organisation: Organisation) -> QuerySet[RosterImport]:
    """The rosters that came in, latest first."""
    found: QuerySet[RosterImport] = RosterImport.objects.of(organisation)
    return found


def import_of(organisation: Organisation, *, pk: UUID | str) -> RosterImport:
    """One import of a roster. Raises `NotHere`."""
    return one_of(imports_of(organisation), RosterImport, pk=pk)


def left_with_access(*, on: date, limit: int = 5000) -> list[Membership]:
    """Lines that ended, of people who can still sign in and are in no other line."""
    rows: QuerySet[Any] = Membership.objects.exclude(number="")
    works_on = Q(account__appointments__until__isnull=True) | Q(
        account__appointments__until__gte=on
    )
    able = Q(account__is_active=True, account__appointments__role="worker") & works_on
    others = in_force(Membership.objects.filter(account=OuterRef("account")), on=on)
    found = rows.filter(able, ~Exists(others), until__lt=on)
    return list(found.select_related("organisation", "account").distinct()[:limit])
