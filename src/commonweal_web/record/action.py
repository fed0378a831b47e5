"""The only way to write: one transaction, the right checked, every row with its leaf.

    with action("systems.describe_use", organisation=organisation, by=actor, at=now) as act:
        act.may(DESCRIBE_USE)
        use = act.create(Use(…))

Leaves are collected and appended when the outermost block ends, under a lock on the organisation's
log, so that a crash leaves either everything or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import QuerySet

from commonweal.record.tree import grow
from commonweal_web.house.declaration import Permission
from commonweal_web.house.events import handlers_of
from commonweal_web.house.refusals import NotHere, Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.actor import UNNAMED_ROLES, Actor
from commonweal_web.record.appending import BATCH, Step, append_steps, refuse_tampered, seal_of
from commonweal_web.record.events import RowsWritten
from commonweal_web.record.fields import payload_of, statement_of, subject_of
from commonweal_web.record.models import LogHead
from commonweal_web.record.storing import update_rows

Row = TypeVar("Row", bound=models.Model)

_running: ContextVar[_Transaction | None] = ContextVar("commonweal_action", default=None)


@dataclass(slots=True)
class _Transaction:
    organisation: Organisation
    at: datetime
    by: Actor
    role: str
    steps: list[Step] = field(default_factory=list)
    rows: list[models.Model] = field(default_factory=list)


class Act:
    """One action under way: what may be read with a lock, written, told and done after commit."""

    def __init__(self, kind: str, *, by: Actor, shared: _Transaction) -> None:
        self.kind, self.by, self._shared = kind, by, shared
        self.role = shared.role if by is shared.by else _first_role(by)

    @property
    def at(self) -> datetime:
        """The moment of the action."""
        return self._shared.at

    @property
    def organisation(self) -> Organisation:
        """Whose record it is."""
        return self._shared.organisation

    def may(self, permission: Permission) -> None:
        """Check the right; from here on the leaf names the role that holds it.

        Raises `NotAllowed`.
        """
        self.role = self.by.require(permission).role
        if self.by is self._shared.by:
            self._shared.role = self.role

    def lock(self, model: type[Row], pk: Any) -> Row:
        """The row as it stands now, held until the action ends.

        Raises `NotHere` when this organisation has no such row.
        """
        found = self._locked(model).filter(pk=pk).first()
        if found is None:
            raise NotHere("not_found", f"There is no {model._meta.verbose_name} {pk} here.")
        return found

    def lock_many(self, model: type[Row], keys: Iterable[Any]) -> dict[Any, Row]:
        """Rows of this organisation by their ids, as they stand now, held until the end.

        They are asked for by id alone and another organisation's left out here: SQLite would
        otherwise walk through all rows of the organisation for every few hundred ids.
        """
        rows = model._default_manager.select_for_update(no_key=True).order_by("pk")
        owner = "pk" if model is Organisation else "organisation_id"
        return {
            row.pk: row
            for part in _parts(list(keys))
            for row in rows.filter(pk__in=part)
            if getattr(row, owner) == self.organisation.pk
        }

    def _locked(self, model: type[Row]) -> QuerySet[Row]:
        """The organisation's rows of a model, locked without blocking rows that refer to them."""
        rows: QuerySet[Row] = model._default_manager.select_for_update(no_key=True)
        if model is Organisation:
            return rows.filter(pk=self.organisation.pk)
        return rows.filter(organisation_id=self.organisation.pk)

    def create(self, row: Row) -> Row:
        """Store a new row with its leaf. Raises `Refused` when a value does not fit its column."""
        self._check(row)
        row.save(force_insert=True)
        self._append(row)
        return row

    def create_many(self, rows: Iterable[Row]) -> list[Row]:
        """Store many new rows of one model, each with a leaf of its own."""
        found = list(rows)
        for row in found:
            self._check(row)
        if found:
            type(found[0])._default_manager.bulk_create(found, batch_size=BATCH)
        for row in found:
            self._append(row)
        return found

    def change(self, row: Row, **values: Any) -> Row:
        """Set columns of a row and append the row as it then stands.

        The row is read again under a lock first, so that nothing another person just wrote is lost
        from the record. Without a difference nothing is written. A row that is not as the record
        last saw it is refused: a change would make an edit around the software look right.
        """
        fresh = self.lock(type(row), row.pk)
        self._refuse_tampered([fresh])
        changed = _assign(fresh, values)
        if changed:
            self._check(fresh)
            fresh.save(update_fields=changed)
            self._append(fresh)
        for name in values:
            setattr(row, name, getattr(fresh, name))
        return fresh

    def change_many(self, rows: Iterable[Row], *, fields: tuple[str, ...]) -> list[Row]:
        """Store the named columns of many rows of one model; each is read again under a lock."""
        wanted = {row.pk: row for row in rows}
        if not wanted:
            return []
        model = type(next(iter(wanted.values())))
        fresh = list(self.lock_many(model, wanted).values())
        self._refuse_tampered(fresh)
        for row in fresh:
            _assign(row, {name: getattr(wanted[row.pk], name) for name in fields})
            self._check(row)
        update_rows(fresh, names=fields)
        for row in fresh:
            self._append(row)
        return fresh

    def remove(self, row: Row) -> None:
        """Delete a row; the record keeps that it stood here and was removed."""
        fresh = self.lock(type(row), row.pk)
        self._refuse_tampered([fresh])
        self._append(fresh, state="removed")
        fresh.delete()
        fresh.pk = row.pk  # so that whoever is told of it knows which row is gone

    def emit(self, event: Any) -> None:
        """Tell the rooms above, inside this transaction."""
        for handler in handlers_of(event):
            handler(event, organisation=self.organisation, by=self.by, at=self.at)

    def after_commit(self, call: Callable[[], None]) -> None:
        """Do something once everything is stored, such as queueing a notice."""
        transaction.on_commit(call)

    def _refuse_tampered(self, rows: list[Row]) -> None:
        refuse_tampered(rows, organisation=self.organisation, steps=self._shared.steps)

    def _append(self, row: models.Model, *, state: str = "present") -> None:
        actor = str(self.by.account_id) if self.by.account_id and self._is_named else None
        payload = payload_of(row, actor=actor, state=state)
        self._shared.steps.append(Step(self.kind, subject_of(row), self.role, payload))
        self._shared.rows.append(row)

    @property
    def _is_named(self) -> bool:
        return self.role not in UNNAMED_ROLES

    def _check(self, row: models.Model) -> None:
        _check_columns(row)
        _check_owner(row, organisation=self.organisation)


@contextmanager
def action(kind: str, *, organisation: Organisation, by: Actor, at: datetime) -> Iterator[Act]:
    """Open an action of this kind; inside another one it joins its transaction."""
    outer = _running.get()
    if by.organisation_id not in (None, organisation.pk):
        raise NotHere("not_found", "This belongs to another organisation.")
    if outer is not None:
        if outer.organisation.pk != organisation.pk:
            raise RuntimeError(f"{kind}: one action cannot write in two organisations")
        yield Act(kind, by=by, shared=outer)
        return
    shared = _Transaction(organisation, at.astimezone(UTC), by, _first_role(by))
    with transaction.atomic():
        token = _running.set(shared)
        try:
            act = Act(kind, by=by, shared=shared)
            yield act
            append_steps(organisation, steps=shared.steps, day=shared.at.date())
            # Told under the lock on the log, so that what is derived sees every earlier action.
            act.emit(RowsWritten(tuple(shared.rows)))
        finally:
            _running.reset(token)


def is_open() -> bool:
    """Whether an action is under way here; the write guard of the tests asks this."""
    return _running.get() is not None


@contextmanager
def end_of_log(organisation: Organisation, *, by: Actor, at: datetime) -> Iterator[None]:
    """One transaction in which an organisation's rows go, and its log with them.

    The one way to remove rows without a leaf: there is no log left to append one to. What led here
    was recorded and signed before.
    """
    shared = _Transaction(organisation=organisation, at=at, by=by, role=_first_role(by))
    token = _running.set(shared)
    try:
        with transaction.atomic():
            yield
    finally:
        _running.reset(token)


def start_log(organisation: Organisation, *, origin: str) -> LogHead:
    """Begin the log of a new organisation, inside the action that creates it.

    Its name is recorded too, so that it cannot be changed before the first checkpoint either.
    """
    shared = _running.get()
    if shared is None:
        raise RuntimeError(f"The log of {organisation.slug} must be begun inside an action.")
    empty = grow(0, (), ())
    head = LogHead(organisation=organisation, origin=origin, size=0, root=empty.root, frontier=b"")
    head.seal = seal_of(head, may_make_key=True)
    head.save(force_insert=True)
    payload = statement_of(head.recorded, actor=None, state="present")
    shared.steps.append(Step("record.start_log", subject_of(head), "operator", payload))
    return head


def log_root(organisation: Organisation) -> bytes:
    """The root over all steps; it changes with every step, so it dates what is kept in memory."""
    return bytes(LogHead.objects.values_list("root", flat=True).get(organisation=organisation))


def _first_role(by: Actor) -> str:
    return by.grants[0].role if by.grants else "public"


def _parts(keys: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]


def _assign(row: models.Model, values: dict[str, Any]) -> list[str]:
    changed = []
    for name, value in values.items():
        column = row._meta.get_field(name).attname  # type: ignore[union-attr]
        before = getattr(row, column)
        setattr(row, name, value)
        if getattr(row, column) != before:
            changed.append(name)
    return changed


def _check_columns(row: models.Model) -> None:
    relations = [each.name for each in row._meta.concrete_fields if each.is_relation]
    try:
        row.clean_fields(exclude=relations)
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        raise Refused("value_refused", " ".join(messages), where=name) from error
    for each in row._meta.concrete_fields:
        if isinstance(getattr(row, each.attname), str) and "\x00" in getattr(row, each.attname):
            raise Refused("nul_character", "Remove the NUL character.", where=each.name)


def _check_owner(row: models.Model, *, organisation: Organisation) -> None:
    if getattr(row, "organisation_id", None) != organisation.pk:
        raise RuntimeError(f"{subject_of(row)} does not belong to {organisation.slug}")
    for each in row._meta.concrete_fields:
        if isinstance(each, models.ForeignKey) and each.is_cached(row):
            other = getattr(row, each.name)
            owner = getattr(other, "organisation_id", organisation.pk)
            if other is not None and owner != organisation.pk:
                raise NotHere("not_found", f"There is no such {each.verbose_name} here.")
