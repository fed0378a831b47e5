"""Checkpoints, keys, witnesses: what makes a rewritten history impossible to hide."""

from __future__ import annotations

import stat
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client

from commonweal.record import (
    WitnessRefused,
    WitnessState,
    advance,
    cosign,
    encode_public_key,
    new_key,
    open_note,
    parse_public_key,
    verify_consistency,
    verify_inclusion,
)
from commonweal_web.house.refusals import NotAllowed, NotHere, Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.queries import operator
from commonweal_web.record import actions, queries
from commonweal_web.record.actor import Actor
from commonweal_web.record.models import Checkpoint, Erasure, LogKey
from factories.record import AT, a_checkpoint, a_cosignature, a_row, a_witness, witness_pair

ActorOf = Callable[..., Actor]


def sign(organisation: Organisation, *, at: datetime = AT) -> Checkpoint:
    return actions.sign_checkpoint(organisation=organisation, by=operator(), at=at)


def test_a_checkpoint_says_size_root_and_day_and_is_signed_with_the_published_key(
    organisation: Organisation,
) -> None:
    size, box = queries.size(organisation), queries.proof_box(organisation)
    signed = sign(organisation)
    keys = dict(parse_public_key(key) for key in queries.log_keys(organisation))
    checkpoint, names = open_note(signed.note, verify_keys=keys)
    assert (checkpoint.size, checkpoint.day) == (size, AT.date())
    assert names == {queries.origin_of(organisation)}
    assert box.size == size
    assert queries.verify_record(organisation).signed_size == size


def test_the_signing_key_is_a_file_of_its_owner_alone(
    organisation: Organisation, keys_folder: Path
) -> None:
    sign(organisation)
    [path] = keys_folder.glob("record-*")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(keys_folder.stat().st_mode) == 0o700


def test_keys_inside_the_data_folder_are_refused(
    organisation: Organisation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMMONWEAL_KEYS", str(tmp_path / "data" / "keys"))
    with pytest.raises(Refused, match="inside the data folder"):
        sign(organisation)


def test_a_lost_key_file_is_not_silently_replaced(
    organisation: Organisation, keys_folder: Path
) -> None:
    sign(organisation)
    a_row(Erasure, organisation)
    for path in keys_folder.glob("record-*"):
        path.unlink()
    with pytest.raises(Refused, match="replace-key"):
        sign(organisation)
    actions.replace_key(organisation=organisation, by=operator(), at=AT)
    sign(organisation)
    assert LogKey.objects.of(organisation).count() == 2
    assert queries.verify_record(organisation).problems == ()


def test_another_key_in_the_file_is_refused(organisation: Organisation, keys_folder: Path) -> None:
    sign(organisation)
    a_row(Erasure, organisation)
    [path] = keys_folder.glob("record-*")
    path.write_text("ab" * 32)
    with pytest.raises(Refused, match="not that of the published key"):
        sign(organisation)
    path.write_text("no key")
    with pytest.raises(Refused, match="damaged"):
        sign(organisation)


def test_signing_twice_at_one_size_gives_one_checkpoint(organisation: Organisation) -> None:
    size = queries.size(organisation)
    sign(organisation)
    first = sign(organisation, at=AT + timedelta(days=1))
    assert first.size > size
    a_row(Erasure, organisation)
    assert sign(organisation).size > first.size


def test_time_alone_signs_once_a_day_and_only_when_something_happened(
    organisation: Organisation,
) -> None:
    assert actions.sign_where_grown(at=AT) == 1
    a_row(Erasure, organisation)
    assert actions.sign_where_grown(at=AT) == 0
    assert actions.sign_where_grown(at=AT + timedelta(days=1)) == 1
    assert actions.sign_where_grown(at=AT + timedelta(days=2)) == 0


def test_a_worker_may_read_the_record_but_not_sign_it(
    organisation: Organisation, actor: ActorOf
) -> None:
    with pytest.raises(NotAllowed):
        actions.sign_checkpoint(organisation=organisation, by=actor("worker"), at=AT)


def test_every_leaf_of_every_size_has_a_proof_and_every_size_continues_the_smaller_ones(
    organisation: Organisation,
) -> None:
    for _ in range(6):
        a_row(Erasure, organisation)
    now = queries.size(organisation)
    for size in range(1, now + 1):
        root = queries.leaf_proof(organisation, index=0, size=size).root
        for index in range(size):
            proof = queries.leaf_proof(organisation, index=index, size=size)
            verify_inclusion(
                proof.path, leaf_hash=proof.leaf_hash, index=index, size=size, root=root
            )
        older = queries.consistency(organisation, old=size)
        verify_consistency(
            older.path,
            old_size=size,
            old_root=root,
            new_size=now,
            new_root=queries.leaf_proof(organisation, index=0).root,
        )


def test_a_proof_costs_few_statements(
    organisation: Organisation, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for _ in range(9):
        a_row(Erasure, organisation)
    with django_assert_max_num_queries(3):  # type: ignore[attr-defined]
        queries.leaf_proof(organisation, index=4)
    with django_assert_max_num_queries(1):  # type: ignore[attr-defined]
        queries.proof_box(organisation)


def test_a_leaf_or_size_that_never_was_is_not_here(organisation: Organisation) -> None:
    size = queries.size(organisation)
    for ask in (
        lambda: queries.leaf_proof(organisation, index=size),
        lambda: queries.leaf_proof(organisation, index=0, size=size + 1),
        lambda: queries.consistency(organisation, old=3, new=1),
        lambda: queries.checkpoint_of_size(organisation, size=size),
    ):
        with pytest.raises(NotHere):
            ask()


def test_a_witness_that_cosigned_confirms_the_record(organisation: Organisation) -> None:
    cosigned = a_cosignature(organisation)
    found = queries.verify_record(organisation)
    assert [(each.name, each.size) for each in found.witnesses] == [
        ("union.example", cosigned.size)
    ]
    assert found.problems == ()
    box = queries.proof_box(organisation)
    assert (box.witnesses, box.signed_size) == (1, cosigned.size)
    assert "Confirmed by 1 witness" in box.text


def test_a_cosignature_that_does_not_hold_is_refused(organisation: Organisation) -> None:
    witness = a_witness(organisation)
    note = a_checkpoint(organisation).note
    other = new_key(b"x" * 32).signing_key
    bad = (
        note,
        cosign(note, name="somebody.else", signing_key=other),
        cosign(note, name=witness.name, signing_key=other),
        note.replace("day 2026", "day 2025"),
        "no note",
    )
    for text in bad:
        with pytest.raises(Refused):
            actions.take_cosignature(organisation=organisation, by=operator(), at=AT, note=text)


def test_a_cosignature_of_another_organisations_checkpoint_is_refused(
    organisation: Organisation, other_organisation: Organisation
) -> None:
    witness = a_witness(organisation)
    a_checkpoint(organisation)
    note = a_checkpoint(other_organisation).note
    signed = cosign(note, name=witness.name, signing_key=witness_pair(witness.name).signing_key)
    with pytest.raises(Refused):
        actions.take_cosignature(organisation=organisation, by=operator(), at=AT, note=signed)


def test_the_log_cannot_be_its_own_witness_and_names_are_given_once(
    organisation: Organisation,
) -> None:
    a_checkpoint(organisation)
    a_witness(organisation)
    own = queries.log_keys(organisation)[0]
    key = parse_public_key(own).key
    again = encode_public_key("union.example", public_key=new_key(b"y" * 32).public_key)
    for text in (own, encode_public_key("alias", public_key=key), again, "no key"):
        with pytest.raises(Refused):
            actions.add_witness(organisation=organisation, by=operator(), at=AT, public_key=text)


def test_a_log_restored_from_an_old_backup_is_refused_by_its_witness(
    organisation: Organisation,
) -> None:
    old = sign(organisation).note
    key = queries.log_keys(organisation)[0]
    a_row(Erasure, organisation)
    new = sign(organisation)
    proof = queries.consistency(organisation, old=0, new=new.size).path
    seen = advance(WitnessState(queries.origin_of(organisation), key), new.note, proof=proof)
    with pytest.raises(WitnessRefused, match="rolled back"):
        advance(seen, old, proof=())
    found = queries.verify_record(organisation, printed=[new.note])
    assert found.problems == ()


def test_a_reader_who_trusts_another_key_is_told(organisation: Organisation) -> None:
    sign(organisation)
    stranger = encode_public_key("x", public_key=new_key(b"z" * 32).public_key)
    found = queries.verify_record(organisation, trusted_keys=[stranger])
    assert [each.code for each in found.problems] == ["key_untrusted"]


def test_somebody_who_may_not_witness_is_refused(
    organisation: Organisation, browse: Callable[..., Client]
) -> None:
    assert browse("worker").get("/desk/record/add-witness/").status_code == 403
