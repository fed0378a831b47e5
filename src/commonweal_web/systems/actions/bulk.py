"""One change for several uses: looked at first, then done for all of them or for none."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.practices import catalogue
from commonweal.record.canonical import canonical_json
from commonweal_web.house.declaration import Permission
from commonweal_web.house.refusals import Conflict, Refused
from commonweal_web.house.texts import day_text
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.action import Act, action
from commonweal_web.record.actor import Actor
from commonweal_web.systems.actions.uses import (
    appoint_owner,
    classify_use,
    describe_use,
    known_codes,
    refuse_describing,
    review_day,
    set_review_day,
    touch_group,
    untouch,
)
from commonweal_web.systems.models import AffectedGroup, Use
from commonweal_web.systems.permissions import APPOINT_OWNER, DESCRIBE_USE

if TYPE_CHECKING:
    from commonweal_web.people.models import Account
    from commonweal_web.workplaces.models import WorkerGroup

MOST_USES = 500


@dataclass(frozen=True, slots=True)
class Change:
    """What is to become of several uses: exactly one kind of change, with its value.

    `kind` is owner, review, unit, topic, codes_on, codes_off, group_on or group_off.
    """

    kind: str
    owner: Account | None = None
    day: date | None = None
    text: str = ""
    codes: tuple[str, ...] = ()
    group: WorkerGroup | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a change does to one use: the column before and after, or why it cannot be."""

    use: Use
    before: str
    after: str
    problem: str = ""

    @property
    def is_changed(self) -> bool:
        """Whether anything would be different."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class BulkPreview:
    """What would become of every use; `stamp` stands for the state that was looked at."""

    outcomes: Sequence[Outcome]
    stamp: str

    @property
    def problems(self) -> list[Outcome]:
        """The uses that stand in the way: all are changed, or none."""
        return [each for each in self.outcomes if each.problem]

    @property
    def changed(self) -> list[Outcome]:
        """The uses that would be different afterwards."""
        return [each for each in self.outcomes if each.is_changed and not each.problem]


def preview_change(
    *, organisation: Organisation, by: Actor, at: datetime, uses: Sequence[Use], change: Change
) -> BulkPreview:
    """What a change would do to each use, by the rules of the action that does it to one."""
    _refuse_too_many(uses)
    role = by.require(_KINDS[change.kind].right).role
    touched = _groups_of(uses, organisation=organisation)
    looked = _Looked(by=by, role=role, on=at.date(), change=change)
    outcomes = [looked.at(use, groups=touched.get(use.pk, {})) for use in uses]
    return BulkPreview(outcomes, _stamp(outcomes, change=change))


def change_many(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    uses: Sequence[Use],
    change: Change,
    stamp: str,
) -> int:
    """Change all of these uses in one step, each with its own leaves; says how many changed.

    Refuses when a use changed since the preview, and when any of them cannot be changed.
    """
    with action("systems.change_many", organisation=organisation, by=by, at=at) as act:
        held = act.lock_many(Use, [use.pk for use in uses])
        now = [held[use.pk] for use in uses if use.pk in held]
        seen = preview_change(organisation=organisation, by=by, at=at, uses=now, change=change)
        if seen.stamp != stamp:
            raise Conflict(
                "preview_stale",
                _("Something changed since you looked. Look at the list again, then confirm."),
            )
        if seen.problems:
            raise Conflict("problems_open", _problem_words(seen.problems))
        for outcome in seen.changed:
            _apply(act, use=outcome.use, change=change)
        return len(seen.changed)


def _refuse_too_many(uses: Sequence[Use]) -> None:
    if not uses:
        raise Refused("nothing_chosen", _("Choose at least one use."), where="uses")
    if len(uses) > MOST_USES:
        raise Refused(
            "too_many",
            _("These are %(count)s uses; at most %(most)s are changed at once. Filter first.")
            % {"count": len(uses), "most": MOST_USES},
            where="uses",
        )


def _problem_words(problems: Sequence[Outcome]) -> str:
    listed = "; ".join(f"{each.use.name}: {each.problem}" for each in problems[:5])
    return ngettext(
        "Nothing was changed: %(count)s use cannot be. %(listed)s",
        "Nothing was changed: %(count)s uses cannot be. %(listed)s",
        len(problems),
    ) % {"count": len(problems), "listed": listed}


@dataclass(frozen=True, slots=True)
class _Looked:
    """A change held against one use after the other, without doing it."""

    by: Actor
    role: str
    on: date
    change: Change

    def at(self, use: Use, *, groups: Mapping[UUID, str]) -> Outcome:
        before, after = _KINDS[self.change.kind].shown(use, self.change, groups)
        if before == after:
            return Outcome(use, before, after)
        try:
            self._refuse(use)
        except Refused as refusal:
            return Outcome(use, before, after, str(refusal.message))
        return Outcome(use, before, after)

    def _refuse(self, use: Use) -> None:
        """The rules of the single actions. Raises `Refused` where one of them would."""
        if self.change.kind != "owner":
            refuse_describing(use, by=self.by, role=self.role)
        if self.change.day is not None:
            review_day(use, on=self.on, wanted=self.change.day)


def _groups_of(uses: Sequence[Use], *, organisation: Organisation) -> dict[UUID, dict[UUID, str]]:
    rows = AffectedGroup.objects.of(organisation).filter(
        use__in=[use.pk for use in uses], group__isnull=False
    )
    found: dict[UUID, dict[UUID, str]] = {}
    for use, group, name in rows.values_list("use_id", "group_id", "group__name"):
        found.setdefault(use, {})[group] = name
    return found


def _stamp(outcomes: Sequence[Outcome], *, change: Change) -> str:
    """Stands for what was shown: another use, value or problem gives another stamp."""
    shown = [[str(each.use.pk), each.before, each.after, each.problem] for each in outcomes]
    stated = {"kind": change.kind, "shown": sorted(shown)}
    return hashlib.sha256(canonical_json(stated)).hexdigest()


def _owner(use: Use, change: Change, _groups: Any) -> tuple[str, str]:
    return use.owner.name if use.owner else "", change.owner.name if change.owner else ""


def _review(use: Use, change: Change, _groups: Any) -> tuple[str, str]:
    days = (use.review_on, change.day)
    before, after = (day_text(day) if day else "" for day in days)
    return before, after


def _column(name: str) -> Callable[..., tuple[str, str]]:
    return lambda use, change, _groups: (getattr(use, name), change.text)


def _codes(use: Use, change: Change, _groups: Any) -> tuple[str, str]:
    return _titles(use.classification), _titles(_codes_after(use, change=change))


def _codes_after(use: Use, *, change: Change) -> list[str]:
    now, given = set(use.classification), set(change.codes)
    return known_codes(now | given if change.kind == "codes_on" else now - given)


def _titles(codes: Sequence[str]) -> str:
    return ", ".join(each.title for each in catalogue().choices if each.id in codes)


def _groups(use: Use, change: Change, groups: Mapping[UUID, str]) -> tuple[str, str]:
    after = dict(groups)
    if change.group is not None and change.kind == "group_on":
        after[change.group.pk] = change.group.name
    elif change.group is not None:
        after.pop(change.group.pk, None)
    return ", ".join(sorted(groups.values())), ", ".join(sorted(after.values()))


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of change: the right it needs, and how it looks before and after."""

    right: Permission
    shown: Callable[..., tuple[str, str]]


_KINDS = {
    "owner": _Kind(APPOINT_OWNER, _owner),
    "review": _Kind(DESCRIBE_USE, _review),
    "unit": _Kind(DESCRIBE_USE, _column("unit")),
    "topic": _Kind(DESCRIBE_USE, _column("topic")),
    "codes_on": _Kind(DESCRIBE_USE, _codes),
    "codes_off": _Kind(DESCRIBE_USE, _codes),
    "group_on": _Kind(DESCRIBE_USE, _groups),
    "group_off": _Kind(DESCRIBE_USE, _groups),
}


def _apply(act: Act, *, use: Use, change: Change) -> None:
    """Do it to one use by the action of its kind."""
    about: dict[str, Any] = {"organisation": act.organisation, "by": act.by, "at": act.at}
    if change.kind == "owner" and change.owner is not None:
        appoint_owner(**about, use=use, owner=change.owner)
    elif change.kind == "review" and change.day is not None:
        set_review_day(**about, use=use, review_on=change.day)
    elif change.kind in ("unit", "topic"):
        described = {name: getattr(use, name) for name in _DESCRIBED} | {change.kind: change.text}
        describe_use(**about, use=use, **described)
    elif change.kind in ("codes_on", "codes_off"):
        classify_use(**about, use=use, codes=_codes_after(use, change=change))
    elif change.group is not None:
        _regroup(about, use=use, change=change, group=change.group)


_DESCRIBED = ("name", "purpose", "outputs", "unit", "topic")


def _regroup(about: dict[str, Any], *, use: Use, change: Change, group: WorkerGroup) -> None:
    if change.kind == "group_on":
        touch_group(**about, use=use, group=group)
        return
    rows = AffectedGroup.objects.of(use.organisation_id).filter(use=use, group=group)
    for row in rows.select_related("use"):
        untouch(**about, affected=row)
