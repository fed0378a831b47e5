"""Witnesses outside, and what they have signed."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from commonweal.record import (
    NoteRejected,
    PublicKey,
    open_note,
    parse_public_key,
    read_checkpoint,
)
from commonweal_web.house.refusals import Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.record import permissions
from commonweal_web.record.action import action
from commonweal_web.record.actor import Actor
from commonweal_web.record.models import Checkpoint, Cosignature, LogHead, LogKey, Witness


def add_witness(
    *, organisation: Organisation, by: Actor, at: datetime, public_key: str
) -> Witness:
    """Name somebody outside whose signature under our checkpoints counts."""
    with action("record.add_witness", organisation=organisation, by=by, at=at) as act:
        act.may(permissions.ADD_WITNESS)
        name, key = _read_key(public_key)
        LogHead.objects.select_for_update().get(organisation=organisation)
        _refuse_own_key(organisation, name=name, key=key)
        _refuse_known_witness(organisation, name=name, key=key)
        text = public_key.strip()
        return act.create(
            Witness(organisation=organisation, name=name, public_key=text, named_by=act.role)
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


def _refuse_known_witness(organisation: Organisation, *, name: str, key: bytes) -> None:
    for each in Witness.objects.of(organisation):
        if each.name == name:
            raise Refused(
                "witness_known",
                _("There is a witness named “%(name)s” already.") % {"name": name},
                where="public_key",
            )
        if parse_public_key(each.public_key).key == key:
            raise Refused(
                "witness_key_known",
                _("This is the key of the witness “%(name)s”. One witness counts once.")
                % {"name": each.name},
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
