"""Signing the log, with the key of the day and never against what was signed before."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from functools import partial

from django.utils.translation import gettext as _

from commonweal.record import Checkpoint as SignedCheckpoint
from commonweal.record import KeyPair, encode_public_key, sign
from commonweal_web.house.refusals import Refused
from commonweal_web.house.rooms import permissions_of_role
from commonweal_web.organisations.models import Organisation
from commonweal_web.record import permissions
from commonweal_web.record.action import Act, action
from commonweal_web.record.actor import Actor, RoleGrant
from commonweal_web.record.appending import refuse_unsealed
from commonweal_web.record.last_signed import keep_last_signed, refuse_rolled_back
from commonweal_web.record.log_key import key_in_force, key_name
from commonweal_web.record.models import Checkpoint, LogHead, LogKey, LogLeaf
from commonweal_web.record.signing import (
    draw_key,
    refuse_keys_among_data,
    settle_key,
)

logger = logging.getLogger("commonweal.record")
BOOKKEEPING = ("record.sign_checkpoint", "record.take_cosignature")
"""Steps about signing itself; they alone are no reason to sign again."""


def sign_checkpoint(*, organisation: Organisation, by: Actor, at: datetime) -> Checkpoint:
    """Sign the log as it stands; a log that was signed at this size gives that checkpoint.

    Raises `Conflict` for a log that was changed around the software, or does not continue the one
    that was signed last.
    """
    with action("record.sign_checkpoint", organisation=organisation, by=by, at=at) as act:
        act.may(permissions.SIGN_CHECKPOINT)
        head = LogHead.objects.select_for_update(no_key=True).get(organisation=organisation)
        refuse_keys_among_data()
        refuse_unsealed(head)
        refuse_rolled_back(head)
        keep = partial(keep_last_signed, head.pk, size=head.size, root=bytes(head.root))
        act.after_commit(keep)
        signed: Checkpoint | None = (
            Checkpoint.objects.of(organisation).filter(size=head.size).first()
        )
        if signed is not None:
            return signed
        name, pair = _current_key(act, head=head)
        day = at.astimezone(UTC).date()
        note = sign(
            SignedCheckpoint(head.origin, head.size, bytes(head.root), day),
            name=name,
            signing_key=pair.signing_key,
        )
        row = Checkpoint(organisation=organisation, size=head.size, day=day, note=note)
        return act.create(row)


def sign_what_was_published(*, organisation: Organisation, at: datetime) -> None:
    """Sign at once, so that what the public reads is covered; the tick tries again if need be."""
    try:
        sign_checkpoint(organisation=organisation, by=_clock(), at=at)
    except Refused as refusal:
        logger.warning("a published page is not signed yet: %s", refusal.code)


def replace_key(*, organisation: Organisation, by: Actor, at: datetime) -> LogKey:
    """Sign with a new key from now on, because the old one was lost or is no longer safe.

    The old public key stays, so that what it signed can still be checked. Witnesses and readers
    must be told: to them a new key is a new log until they accept it.
    """
    with action("record.replace_key", organisation=organisation, by=by, at=at) as act:
        act.may(permissions.SIGN_CHECKPOINT)
        head = LogHead.objects.select_for_update(no_key=True).get(organisation=organisation)
        number = LogKey.objects.of(organisation).count() + 1
        return _new_key(act, name=key_name(head, number=number), number=number)[0]


def sign_where_grown(*, at: datetime) -> int:
    """Sign each log that has grown since its last checkpoint, at most once a day.

    One that cannot be signed does not hold up the others; `Refused` then names it at the end.
    """
    clock = _clock()
    signed, failed = 0, []
    for organisation in Organisation.objects.order_by("slug"):
        try:
            if _needs_signing(organisation, at=at):
                sign_checkpoint(organisation=organisation, by=clock, at=at)
                signed += 1
        except Exception as error:
            why = getattr(error, "code", type(error).__name__)
            # No trace: it could show a key.
            logger.error("The record of %s was not signed: %s", organisation.slug, why)
            failed.append(f"{organisation.slug} ({why})")
    if failed:
        raise Refused("not_signed", _("Not signed: %(names)s.") % {"names": ", ".join(failed)})
    return signed


def _clock() -> Actor:
    rights = permissions_of_role("operator")
    return Actor(None, grants=(RoleGrant("operator", "operator", rights),))


def _needs_signing(organisation: Organisation, *, at: datetime) -> bool:
    last = Checkpoint.objects.of(organisation).order_by("-size").first()
    if last is None:
        return LogHead.objects.filter(organisation=organisation, size__gt=0).exists()
    if last.day >= at.astimezone(UTC).date():
        return False
    since = LogLeaf.objects.filter(organisation=organisation, index__gte=last.size)
    return bool(since.exclude(kind__in=BOOKKEEPING).exists())


def _current_key(act: Act, *, head: LogHead) -> tuple[str, KeyPair]:
    found = key_in_force(head)
    if found is None:
        _row, pair = _new_key(act, name=head.origin, number=1)
        return head.origin, pair
    return found


def _new_key(act: Act, *, name: str, number: int) -> tuple[LogKey, KeyPair]:
    pair = draw_key(act.organisation.pk, number=number)
    act.after_commit(partial(settle_key, act.organisation.pk, number=number))
    text = encode_public_key(name, public_key=pair.public_key)
    since = act.at.date()
    row = LogKey(organisation=act.organisation, name=name, public_key=text, since=since)
    return act.create(row), pair
