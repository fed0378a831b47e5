"""The keys folder knows the log too: a seal, what was signed last, and each key that was drawn."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from commonweal.record import encode_public_key
from commonweal_web.house.refusals import Conflict, Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.queries import operator
from commonweal_web.record import actions, queries
from commonweal_web.record.last_signed import keep_last_signed, last_signed
from commonweal_web.record.models import Checkpoint, Erasure, LogHead
from factories.record import AT, a_checkpoint, a_row, a_witness, witness_pair

Committed = Callable[..., Any]


@pytest.fixture
def sign(django_capture_on_commit_callbacks: Committed) -> Callable[[Organisation], Checkpoint]:
    """Signs, and does what is done once that is stored."""

    def one(organisation: Organisation) -> Checkpoint:
        with django_capture_on_commit_callbacks(execute=True):
            return a_checkpoint(organisation)

    return one


def codes(organisation: Organisation) -> list[str]:
    return [each.code for each in queries.verify_record(organisation).problems]


def tamper(sql: str, *values: object) -> None:
    raw = connection.connection.cursor()
    mark = "?" if connection.vendor == "sqlite" else "%s"
    raw.execute(sql.replace("?", mark), values)
    assert raw.rowcount > 0


def test_a_seal_that_does_not_fit_is_a_finding_and_stops_signing(
    organisation: Organisation,
) -> None:
    assert codes(organisation) == []
    tamper("UPDATE record_loghead SET seal = ?", b"\x00" * 32)
    assert codes(organisation) == ["head_seal"]
    with pytest.raises(Conflict, match="changed around the software"):
        a_checkpoint(organisation)
    tamper("UPDATE record_loghead SET seal = ?", b"")
    assert codes(organisation) == ["head_seal"]


def test_verification_without_the_keys_at_hand_judges_no_seal(
    organisation: Organisation, keys_folder: Path
) -> None:
    for path in keys_folder.iterdir():
        path.unlink()
    assert codes(organisation) == []


def test_what_was_signed_last_is_kept_and_never_goes_back(
    organisation: Organisation, sign: Any, keys_folder: Path
) -> None:
    first = sign(organisation)
    kept = last_signed(organisation.pk)
    assert kept is not None
    assert kept.size == first.size
    a_row(Erasure, organisation)
    later = sign(organisation)
    keep_last_signed(organisation.pk, size=first.size, root=b"\x00" * 32)
    again = last_signed(organisation.pk)
    assert again is not None
    assert again.size == later.size
    assert codes(organisation) == []
    assert not list(keys_folder.glob(".*"))
    assert (keys_folder / f"record-{organisation.pk}.last").stat().st_mode & 0o777 == 0o600


def test_a_log_that_shrank_since_it_was_signed_is_refused_and_found(
    organisation: Organisation, sign: Any
) -> None:
    sign(organisation)
    point = transaction.savepoint()
    a_row(Erasure, organisation)
    sign(organisation)
    transaction.savepoint_rollback(point)
    assert codes(organisation) == ["log_rolled_back"]
    with pytest.raises(Conflict, match="signed last"):
        sign(organisation)


def test_a_log_that_grew_another_way_since_it_was_signed_is_refused_and_found(
    organisation: Organisation, sign: Any
) -> None:
    sign(organisation)
    point = transaction.savepoint()
    a_row(Erasure, organisation)
    sign(organisation)
    transaction.savepoint_rollback(point)
    for _ in range(5):
        a_row(Erasure, organisation)
    assert codes(organisation) == ["log_rolled_back"]
    with pytest.raises(Conflict) as refusal:
        sign(organisation)
    assert refusal.value.code == "log_rolled_back"


def test_a_damaged_note_of_what_was_signed_last_stops_signing(
    organisation: Organisation, sign: Any, keys_folder: Path
) -> None:
    sign(organisation)
    (keys_folder / f"record-{organisation.pk}.last").write_text("{}")
    assert codes(organisation) == ["log_rolled_back"]
    with pytest.raises(Conflict, match="damaged"):
        sign(organisation)


def test_a_key_whose_row_was_removed_is_found_and_no_new_first_key_is_drawn(
    organisation: Organisation, sign: Any, keys_folder: Path
) -> None:
    point = transaction.savepoint()
    sign(organisation)
    transaction.savepoint_rollback(point)
    (keys_folder / f"record-{organisation.pk}.last").unlink()
    assert codes(organisation) == ["key_row_missing"]
    for act in (actions.sign_checkpoint, actions.replace_key):
        with pytest.raises(Refused) as refusal:
            act(organisation=organisation, by=operator(), at=AT)
        assert refusal.value.code == "key_row_missing"


def test_a_first_signing_that_was_undone_leaves_no_key_behind(
    organisation: Organisation, keys_folder: Path
) -> None:
    point = transaction.savepoint()
    a_checkpoint(organisation)
    transaction.savepoint_rollback(point)
    assert not list(keys_folder.glob("record-*.key"))
    assert codes(organisation) == []
    assert a_checkpoint(organisation).size


def test_one_organisation_without_its_key_does_not_hold_up_the_others(
    organisation: Organisation,
    other_organisation: Organisation,
    sign: Any,
    keys_folder: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    sign(organisation)
    a_row(Erasure, organisation)
    [key] = keys_folder.glob(f"record-{organisation.pk}-*.key")
    secret = key.read_text().strip()
    key.unlink()
    with pytest.raises(Refused, match=r"northbank \(key_missing\)"):
        actions.sign_where_grown(at=AT + timedelta(days=1))
    assert Checkpoint.objects.of(other_organisation).count() == 1
    assert "northbank" in caplog.text
    assert secret not in caplog.text


def test_a_failing_tick_does_not_hold_up_the_ticks_of_later_rooms(
    organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from commonweal_cli import tick
    from commonweal_web.house import rooms

    def breaks(**_: object) -> int:
        raise ValueError("a secret")

    def counts(**_: object) -> int:
        return 7

    first, *others = rooms.rooms()
    changed = (replace(first, ticks=(breaks, counts)), *others)
    monkeypatch.setattr(rooms, "rooms", lambda: changed)
    ticked = tick.run_ticks()
    assert ticked.failed == {f"{first.name}.breaks": "ValueError"}
    assert ticked.done[f"{first.name}.counts"] == 7
    assert "record.sign_where_grown" in ticked.done


def test_one_key_under_two_names_is_one_witness(organisation: Organisation) -> None:
    a_witness(organisation, name="union.example")
    twin = encode_public_key("college", public_key=witness_pair("union.example").public_key)
    with pytest.raises(Refused) as refusal:
        actions.add_witness(organisation=organisation, by=operator(), at=AT, public_key=twin)
    assert refusal.value.code == "witness_key_known"


def test_pages_and_verification_say_which_side_named_a_witness(
    organisation: Organisation, browse: Callable[..., Client], capsys: Any, monkeypatch: Any
) -> None:
    client = browse("worker_representative")
    key = encode_public_key("college", public_key=witness_pair("college").public_key)
    assert client.post("/desk/record/add-witness/", {"public_key": key}).status_code == 302
    words = "named by a worker representative"
    assert words in client.get("/desk/record/").content.decode()
    assert words in client.get("/public/northbank/record/").content.decode()
    [witness] = queries.witnesses(organisation)
    assert witness.named_by == "worker_representative"
    monkeypatch.setattr("commonweal_cli.installation.open_installation", lambda **_: None)
    from commonweal.record import cosign
    from commonweal_cli.main import run

    note = cosign(
        a_checkpoint(organisation).note,
        name="college",
        signing_key=witness_pair("college").signing_key,
    )
    actions.take_cosignature(organisation=organisation, by=operator(), at=AT, note=note)
    assert run(["record", "verify", "--json"]) == 0
    [record] = json.loads(capsys.readouterr().out)["records"]
    assert [each["named_by"] for each in record["witnesses"]] == ["worker_representative"]


def test_the_seal_names_the_log_so_that_two_heads_cannot_be_exchanged(
    organisation: Organisation, other_organisation: Organisation
) -> None:
    seals = dict(LogHead.objects.values_list("organisation_id", "seal"))
    tamper(
        "UPDATE record_loghead SET seal = ? WHERE origin = 'northbank/record'",
        bytes(seals[other_organisation.pk]),
    )
    assert codes(organisation) == ["head_seal"]
