"""Signing the log, witnesses, and erasing a person's data."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from commonweal.record import Checkpoint as SignedCheckpoint
from commonweal.record import (
    KeyPair,
    NoteRejected,
    PublicKey,
    encode_public_key,
    open_note,
    parse_public_key,
    read_checkpoint,
    sign,
)
from commonweal_web.house.refusals import NotHere, Refused
from commonweal_web.house.rooms import permissions_of_role
from commonweal_web.organisations.models import Organisation
from commonweal_web.record import permissions
from commonweal_web.record.action import Act, action
from commonweal_web.record.actor import Actor, RoleGrant
from commonweal_web.record.erasing import SCRUBS, erasable_kinds, scrubbed
from commonweal_web.record.models import (
    Checkpoint,
    Cosignature,
    Erasure,
    LogHead,
    LogKey,
    LogLeaf,
    Opening,
    Witness,
)
from commonweal_web.record.signing import signing_key

BOOKKEEPING = ("record.sign_checkpoint", "record.take_cosignature")
"""Steps about signing itself; they alone are no reason to sign again."""


def sign_checkpoint(*, organisation: Organisation, by: Actor, at: datetime) -> Checkpoint:
    """Sign the log as it stands; a log that was signed at this size gives that checkpoint."""
    with action("record.sign_checkpoint", organisation=organisation, by=by, at=at) as act:
        act.may(permissions.SIGN_CHECKPOINT)
        head = LogHead.objects.select_for_update().get(organisation=organisation)
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


def replace_key(*, organisation: Organisation, by: Actor, at: datetime) -> LogKey:
    """Sign with a new key from now on, because the old one was lost or is no longer safe.

    The old public key stays, so that what it signed can still be checked. Witnesses and readers
    must be told: to them a new key is a new log until they accept it.
    """
    with action("record.replace_key", organisation=organisation, by=by, at=at) as act:
        act.may(permissions.SIGN_CHECKPOINT)
        head = LogHead.objects.select_for_update().get(organisation=organisation)
        number = LogKey.objects.of(organisation).count() + 1
        name = head.origin if number == 1 else f"{head.origin}/{number}"
        return _new_key(act, name=name, number=number)[0]


def add_witness(
    *, organisation: Organisation, by: Actor, at: datetime, public_key: str
) -> Witness:
    """Name somebody outside whose signature under our checkpoints counts."""
    with action("record.add_witness", organisation=organisation, by=by, at=at) as act:
        act.may(permissions.ADD_WITNESS)
        name, key = _read_key(public_key)
        _refuse_own_key(organisation, name=name, key=key)
        if Witness.objects.of(organisation).filter(name=name).exists():
            raise Refused(
                "witness_known",
                _("There is a witness named “%(name)s” already.") % {"name": name},
                where="public_key",
            )
        return act.create(
            Witness(organisation=organisation, name=name, public_key=public_key.strip())
        )


def take_cosignature(
    *, organisation: Organisation, by: Actor, at: datetime, note: str
) -> Cosignature:
    """Keep a checkpoint of ours that a witness has signed, after checking both signatures."""
    with action("record.take_cosignature", organisation=organisation, by=by, at=at) as act:
        act.may(permissions.ADD_WITNESS)
        witness, size = _judge_cosignature(organisation, note=note)
        known: Cosignature | None = (
            Cosignature.objects.of(organisation).filter(witness=witness, size=size).first()
        )
        if known is not None:
            return known
        row = Cosignature(organisation=organisation, witness=witness, size=size, note=note)
        return act.create(row)


def erase_subject(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    subject: str,
    reason: str,
    requester: str,
    approver: str,
) -> Erasure:
    """Erase the personal data of one recorded row, for good, and put that on the record.

    The columns that hold personal data are blanked and the salts of all older leaves destroyed,
    so that nobody can test a guess against them. The log itself stays whole.
    """
    with action("record.erase_subject", organisation=organisation, by=by, at=at) as act:
        act.may(permissions.ERASE_PERSON)
        _refuse_one_person(requester, approver=approver)
        row = _erasable(act, subject=subject)
        erasure = act.create(
            Erasure(
                organisation=organisation,
                subject=subject,
                reason=reason.strip(),
                requester=requester.strip(),
                approver=approver.strip(),
                erased_at=at,
            )
        )
        values = scrubbed(row)
        for name, value in values.items():
            setattr(row, name, value)
        # Written also where nothing differs: the erased row needs a leaf that can be opened.
        act.change_many([row], fields=tuple(values))
        # The new leaf is appended when the action ends, so these are all older ones.
        _destroy_openings(organisation, subject=subject)
        return erasure


def sign_where_grown(*, at: datetime) -> int:
    """Sign each log that has grown since its last checkpoint, at most once a day."""
    rights = permissions_of_role("operator")
    clock = Actor(None, grants=(RoleGrant("operator", "operator", rights),))
    signed = 0
    for organisation in Organisation.objects.order_by("slug").iterator():
        if _needs_signing(organisation, at=at):
            sign_checkpoint(organisation=organisation, by=clock, at=at)
            signed += 1
    return signed


def _needs_signing(organisation: Organisation, *, at: datetime) -> bool:
    last = Checkpoint.objects.of(organisation).order_by("-size").first()
    if last is None:
        return LogHead.objects.filter(organisation=organisation, size__gt=0).exists()
    if last.day >= at.astimezone(UTC).date():
        return False
    since = LogLeaf.objects.filter(organisation=organisation, index__gte=last.size)
    return bool(since.exclude(kind__in=BOOKKEEPING).exists())


def _current_key(act: Act, *, head: LogHead) -> tuple[str, KeyPair]:
    known = list(LogKey.objects.of(act.organisation).order_by("since", "name"))
    if not known:
        _row, pair = _new_key(act, name=head.origin, number=1)
        return head.origin, pair
    # The log's own place, not the day, says which key is the newest: names are counted.
    current = next(each for each in known if each.name == _key_name(head, number=len(known)))
    pair = signing_key(act.organisation.pk, number=len(known), may_make=False)
    if encode_public_key(current.name, public_key=pair.public_key) != current.public_key:
        raise Refused(
            "key_other",
            _("The key file is not that of the published key “%(name)s”. Put the right one back.")
            % {"name": current.name},
        )
    return current.name, pair


def _key_name(head: LogHead, *, number: int) -> str:
    return head.origin if number == 1 else f"{head.origin}/{number}"


def _new_key(act: Act, *, name: str, number: int) -> tuple[LogKey, KeyPair]:
    pair = signing_key(act.organisation.pk, number=number, may_make=True)
    text = encode_public_key(name, public_key=pair.public_key)
    since = act.at.date()
    row = LogKey(organisation=act.organisation, name=name, public_key=text, since=since)
    return act.create(row), pair


def _read_key(text: str) -> PublicKey:
    try:
        return parse_public_key(text)
    except ValueError as malformed:
        raise Refused("key_malformed", str(malformed), where="public_key") from malformed


def _refuse_own_key(organisation: Organisation, *, name: str, key: bytes) -> None:
    own = [parse_public_key(each.public_key) for each in LogKey.objects.of(organisation)]
    head = LogHead.objects.get(organisation=organisation)
    names = {head.origin, *(each.name for each in own)}
    if name in names or key in {each.key for each in own}:
        raise Refused(
            "witness_is_the_log",
            _("This is the log’s own name or key. A witness is somebody else."),
            where="public_key",
        )


def _judge_cosignature(organisation: Organisation, *, note: str) -> tuple[Witness, int]:
    witnesses = {each.name: each for each in Witness.objects.of(organisation)}
    log_keys = [parse_public_key(each.public_key) for each in LogKey.objects.of(organisation)]
    keys = {name: parse_public_key(each.public_key).key for name, each in witnesses.items()}
    try:
        checkpoint, names = open_note(note, verify_keys={**keys, **dict(log_keys)})
    except NoteRejected as rejected:
        raise Refused("cosignature_rejected", str(rejected), where="note") from rejected
    signers = sorted(names & set(witnesses))
    if len(signers) != 1 or not names & {each.name for each in log_keys}:
        raise Refused(
            "cosignature_signers",
            _("A cosignature is signed by our log and by exactly one witness we know."),
            where="note",
        )
    stored = Checkpoint.objects.of(organisation).filter(size=checkpoint.size).first()
    if stored is None or read_checkpoint(stored.note) != checkpoint:
        raise Refused(
            "cosignature_of_other_checkpoint",
            _("The witness signed a checkpoint that is not on our record. Ask it which one."),
            where="note",
        )
    return witnesses[signers[0]], checkpoint.size


def _refuse_one_person(requester: str, *, approver: str) -> None:
    asked, approved = requester.strip().casefold(), approver.strip().casefold()
    if asked == approved:
        raise Refused(
            "approver_is_requester",
            _("Who asks for an erasure cannot also approve it. Name a second person."),
            where="approver",
        )


def _erasable(act: Act, *, subject: str) -> models.Model:
    kind, _colon, key = subject.partition(":")
    if kind not in SCRUBS:
        raise Refused(
            "not_erasable",
            _("“%(kind)s” holds no personal data to erase; %(kinds)s.")
            % {"kind": kind, "kinds": erasable_kinds()},
            where="subject",
        )
    model: Any = apps.get_model(kind)
    try:
        return act.lock(model, model._meta.pk.to_python(key))  # type: ignore[no-any-return]
    except (ValidationError, ValueError) as malformed:
        raise NotHere("not_found", _("There is no such row here."), where="subject") from malformed


def _destroy_openings(organisation: Organisation, *, subject: str) -> None:
    leaves = LogLeaf.objects.filter(organisation=organisation, subject=subject)
    places = list(leaves.values_list("index", flat=True))
    Opening.objects.filter(organisation=organisation, index__in=places).delete()
