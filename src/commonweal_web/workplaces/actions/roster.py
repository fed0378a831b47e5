"""The roster: one change or a whole file of them, made in the same way."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.workplaces.people import Person
from commonweal.workplaces.places import Place
from commonweal.workplaces.planning import Change, Kind, Plan, change_of
from commonweal_web.house.refusals import Conflict, NotHere, Refused
from commonweal_web.house.rooms import rooms
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.actions import change_details, end_access, give_access_again
from commonweal_web.people.queries import operator
from commonweal_web.record.action import Act, action
from commonweal_web.record.actor import Actor
from commonweal_web.workplaces.actions.groups import add_group
from commonweal_web.workplaces.actions.sites import add_site
from commonweal_web.workplaces.models import Membership, RosterImport, Site
from commonweal_web.workplaces.permissions import CHANGE_ROSTER
from commonweal_web.workplaces.queries.roster import (
    RosterFile,
    RosterPlan,
    RosterResult,
    groups_by_place,
    left_with_access,
    lines_by_number,
    plan_import,
)
from commonweal_web.workplaces.queries.workplaces import in_force

COLUMNS = ("name", "email", "language", "since", "until")
REACH_ACCOUNTS = ("name", "email", "language")


class RosterRefused(Refused):
    """A roster with problems: nothing was changed, and `result` tells every row."""

    def __init__(self, result: RosterResult) -> None:
        first = result.problems[0]
        message = ngettext(
            "%(count)s row cannot be taken in, so nothing was changed. Row %(row)s, "
            "%(column)s “%(value)s”: %(message)s",
            "%(count)s rows cannot be taken in, so nothing was changed. The first is row "
            "%(row)s, %(column)s “%(value)s”: %(message)s",
            len(result.problems),
        ) % {"count": len(result.problems), **first.as_record()}
        super().__init__("roster_problems", message, where=f"row {first.row}")
        self.result = result


def import_roster(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    roster: RosterFile,
    leavers_confirmed: bool = False,
    expected: str = "",
) -> RosterResult:
    """Bring in a roster: all of it or nothing. The same file again changes nothing.

    The plan is made anew under the lock; where somebody saw one before, `expected` is its digest,
    and another plan is refused. Raises `RosterRefused` with the problems by row.
    """
    with action("workplaces.import_roster", organisation=organisation, by=by, at=at) as act:
        act.may(CHANGE_ROSTER)
        act.lock(Organisation, organisation.pk)  # one change of the roster at a time
        planned = plan_import(organisation, roster=roster, on=at.date())
        _refuse_unfit(planned, leavers_confirmed=leavers_confirmed, expected=expected)
        if planned.plan.changes:
            act.create(_batch(act, roster=roster, planned=planned))
            _make_places(act, planned=planned)
            carry_out(act, changes=planned.plan.changes)
        return planned.result


def _refuse_unfit(planned: RosterPlan, *, leavers_confirmed: bool, expected: str) -> None:
    if planned.problems:
        raise RosterRefused(planned.result)
    if expected and planned.digest != expected:
        raise Conflict(
            "roster_changed",
            _("The roster changed since this was shown. Now it is: %(counts)s. Look again.")
            % {"counts": _in_words(planned.plan)},
            where="expected",
        )
    if planned.plan.many_leave and not leavers_confirmed:
        raise Refused(
            "many_leave",
            _(
                "%(left)s of %(current)s people would leave, which is more than a fifth. If that "
                "is meant, confirm it."
            )
            % {"left": planned.plan.counts["left"], "current": planned.plan.current},
            where="leavers_confirmed",
        )


def _in_words(plan: Plan) -> str:
    return _("%(joined)s join, %(changed)s change, %(moved)s move, %(left)s leave") % plan.counts


def _batch(act: Act, *, roster: RosterFile, planned: RosterPlan) -> RosterImport:
    return RosterImport(
        organisation=act.organisation,
        file_name=roster.name,
        file_sha256=roster.sha256,
        columns=dict(roster.columns),
        lists=roster.lists,
        counts={"rows": planned.reading.rows, **planned.plan.counts},
        imported_at=act.at,
    )


def _make_places(act: Act, *, planned: RosterPlan) -> None:
    """The sites and groups that the file adds; a new group's headcount is whom the file names."""
    acting: dict[str, Any] = {"organisation": act.organisation, "by": act.by, "at": act.at}
    places = planned.reading.places
    known = {each.name: each for each in Site.objects.of(act.organisation)}
    for name, country in places.new_sites.items():
        known[name] = add_site(**acting, name=name, country=country)
    named: dict[Place, int] = {}
    for person in planned.reading.people:
        named[person.place] = named.get(person.place, 0) + 1
    for place in places.new_groups:
        add_group(
            **acting,
            name=place.group,
            site=known[place.site],
            contract=place.contract,
            headcount=named.get(place, 0),
        )


@dataclass(frozen=True, slots=True)
class RosterChange:
    """What one statement about a person changed; no kind where all was as it said."""

    kind: Kind | None
    line: Membership | None


def apply_roster_change(
    *, organisation: Organisation, by: Actor, at: datetime, person: Person
) -> RosterChange:
    """Take in one statement about a person: they join, change, move or leave.

    Whoever is stated with a last day that is past leaves. A program that keeps the roster calls
    this once for each person; a file comes to the same rows.
    """
    with action("workplaces.apply_roster_change", organisation=organisation, by=by, at=at) as act:
        act.may(CHANGE_ROSTER)
        act.lock(Organisation, organisation.pk)
        known = lines_by_number(organisation, numbers=[person.number]).get(person.number)
        change = change_of(person, line=known, on=at.date())
        if change is None:
            standing = act.lock(Membership, known.id) if known else None
            return RosterChange(None, standing)
        return RosterChange(change.kind, carry_out(act, changes=[change])[0])


def carry_out(act: Act, *, changes: Sequence[Change]) -> list[Membership]:
    """Make the rows of these changes; for each the line that then stands.

    A line that ends is stored before the one that follows it, because a number has one open line.
    """
    groups = groups_by_place(act.organisation)
    standing = act.lock_many(Membership, [each.line for each in changes if each.line])
    accounts = {each.number: _account(each, standing=standing) for each in changes}
    former = {line.account_id: line.email for line in standing.values() if line.account_id}
    ends = [each for each in changes if each.kind != "joined"]
    act.change_many((_changed(each, standing=standing) for each in ends), fields=COLUMNS)
    made = act.create_many(
        _new_line(act, change=each, group=_group(groups, place=each.place), account=account)
        for each in changes
        if each.kind in ("joined", "moved")
        for account in (accounts[each.number],)
    )
    _reach_accounts(act, changes=changes, accounts=accounts, former=former)
    new = {each.number: each for each in made}
    return [new.get(each.number) or standing[each.line] for each in changes]


def _account(change: Change, *, standing: Mapping[UUID, Membership]) -> UUID | None:
    """The account that goes on. Under another name a number that was free belongs to another."""
    if change.line is None:
        return None
    line = standing[change.line]
    is_other = change.kind == "joined" and _folded(line.name) != _folded(change.name)
    return None if is_other else line.account_id


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _group(groups: Mapping[Place, UUID], *, place: Place) -> UUID:
    found = groups.get(place)
    if found is None:
        raise NotHere(
            "group_gone",
            _("There is no group %(group)s at %(site)s any more. Look at the list again.")
            % {"group": place.group, "site": place.site},
            where="group",
        )
    return found


def _changed(change: Change, *, standing: Mapping[UUID, Membership]) -> Membership:
    line = standing[change.line]  # type: ignore[index]
    sets = {"until": change.ends} if change.kind == "moved" else change.sets
    for name, value in sets.items():
        setattr(line, name, value)
    return line


def _new_line(act: Act, *, change: Change, group: UUID, account: UUID | None) -> Membership:
    return Membership(
        organisation=act.organisation,
        group_id=group,
        account_id=account,
        number=change.number,
        **change.sets,
    )


def _reach_accounts(
    act: Act,
    *,
    changes: Sequence[Change],
    accounts: Mapping[str, UUID | None],
    former: Mapping[UUID, str],
) -> None:
    """Carry what concerns somebody who can sign in over to their account."""
    acting: dict[str, Any] = {"organisation": act.organisation, "by": act.by, "at": act.at}
    details: dict[UUID, dict[str, str]] = {}
    back: list[UUID] = []
    left: list[UUID] = []
    for change in changes:
        account = accounts[change.number]
        if account is None:
            continue
        if change.kind == "left":
            left.append(account)
            continue
        if change.kind == "joined":
            back.append(account)
        said = {name: change.sets[name] for name in REACH_ACCOUNTS if change.sets.get(name)}
        if said:
            details[account] = said
    if details:
        change_details(**acting, details=details, former=former)
    if back:
        give_access_again(**acting, accounts=back)
    _end(act, accounts=left)


def _end(act: Act, *, accounts: Collection[UUID]) -> None:
    """End the access of those who are in no other line and take part in nothing that is open."""
    current = in_force(Membership.objects.of(act.organisation), on=act.at.date())
    elsewhere = set(current.filter(account__isnull=False).values_list("account_id", flat=True))
    ending = [each for each in accounts if each not in elsewhere and not is_kept(each)]
    if ending:
        end_access(organisation=act.organisation, by=act.by, at=act.at, accounts=ending)


def is_kept(account: UUID) -> bool:
    """Whether a room says that this person still takes part in something that is open."""
    return any(keeps(account) for room in rooms() for keeps in room.keeps_access)


def end_access_of_leavers(*, at: datetime) -> int:
    """End the access of those whose last day has passed, or whose last open case has ended."""
    ended = 0
    waiting: dict[Organisation, list[UUID]] = {}
    for line in left_with_access(on=at.date()):
        if line.account_id and not is_kept(line.account_id):
            waiting.setdefault(line.organisation, []).append(line.account_id)
    for organisation, accounts in waiting.items():
        end_access(
            organisation=organisation, by=operator(), at=at, accounts=dict.fromkeys(accounts)
        )
        ended += len(set(accounts))
    return ended
