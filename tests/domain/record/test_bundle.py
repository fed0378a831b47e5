from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.record import (
    Bundle,
    BundleRejected,
    encode_public_key,
    new_key,
    read_bundle,
    verify_bundle,
    write_bundle,
)

LIMIT = 1_000_000


@pytest.fixture(scope="module")
def texts(keys: dict[str, Any]) -> dict[str, str]:
    return {
        name: encode_public_key(name, public_key=keys[name].public_key)
        for name in ("log", "witness")
    }


@pytest.fixture(scope="module")
def written(
    build_record: Callable[..., Any], keys: dict[str, Any], texts: dict[str, str]
) -> bytes:
    record = build_record()
    stream = io.BytesIO()
    write_bundle(
        stream,
        origin=keys["origin"],
        log_keys=[texts["log"]],
        witness_keys=[texts["witness"]],
        checkpoints=record.checkpoints,
        cosignatures=record.cosignatures,
        leaves=record.leaves,
        openings=record.openings.values(),
        rows=record.rows,
    )
    return stream.getvalue()


def read(raw: bytes) -> Bundle:
    return read_bundle(io.BytesIO(raw), limit=LIMIT)


def changed(raw: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    value = json.loads(raw)
    change(value)
    return json.dumps(value).encode()


def test_an_export_reads_back_whole_and_verifies(written: bytes, record: Any) -> None:
    bundle = read(written)
    assert list(bundle.leaves) == record.leaves
    assert bundle.rows == record.rows
    verification = verify_bundle(bundle)
    assert verification.is_sound
    assert (verification.size, verification.root) == (7, record.verify().root)
    assert [seen.name for seen in verification.witnesses] == ["witness"]


def test_an_export_is_one_json_object_with_the_documented_keys(written: bytes) -> None:
    assert set(json.loads(written)) == {
        "format", "origin", "log_keys", "witness_keys", "checkpoints", "cosignatures",
        "leaves", "openings", "rows",
    }  # fmt: skip


def test_an_empty_record_can_be_exported(keys: dict[str, Any], texts: dict[str, str]) -> None:
    stream = io.BytesIO()
    write_bundle(
        stream, origin="o", log_keys=[texts["log"]], witness_keys=[], checkpoints=[],
        cosignatures=[], leaves=[], openings=[], rows=[],
    )  # fmt: skip
    assert verify_bundle(read(stream.getvalue())).is_sound


def test_a_changed_row_of_an_export_is_named(written: bytes) -> None:
    raw = changed(written, lambda value: value["rows"][0]["fields"].update(fee=1))
    problem = verify_bundle(read(raw)).problems[0]
    assert (problem.code, problem.leaf, problem.subject) == ("row_changed", 2, "systems.use:1")


def test_an_export_without_a_leaf_does_not_meet_its_checkpoint(written: bytes) -> None:
    raw = changed(written, lambda value: value["leaves"].pop())
    codes = {problem.code for problem in verify_bundle(read(raw)).problems}
    assert {"checkpoint_ahead", "opening_without_leaf"} <= codes


def test_a_printed_checkpoint_catches_an_export_of_another_history(
    written: bytes, build_record: Callable[..., Any]
) -> None:
    printed = build_record(words="other").checkpoints[1]
    problems = verify_bundle(read(written), printed=[printed]).problems
    assert [problem.code for problem in problems] == ["checkpoint_root"]


def test_a_key_the_reader_does_not_trust_is_named(written: bytes, texts: dict[str, str]) -> None:
    stranger = encode_public_key("log", public_key=new_key(b"x" * 32).public_key)
    verification = verify_bundle(read(written), trusted_keys=[stranger, texts["witness"]])
    assert [problem.code for problem in verification.problems] == ["key_untrusted"]
    assert len(verification.witnesses) == 1


def test_a_witness_the_reader_does_not_trust_confirms_nothing(
    written: bytes, texts: dict[str, str]
) -> None:
    verification = verify_bundle(read(written), trusted_keys=[texts["log"]])
    assert verification.is_sound
    assert verification.witnesses == ()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda v: v.pop("rows"), r"\$\.rows is missing"),
        (lambda v: v.update(more=1), r"\$ has the unknown key 'more'"),
        (lambda v: v.update(format="x"), r"\$\.format is 'x'"),
        (lambda v: v.update(origin=3), r"\$\.origin is no text"),
        (lambda v: v.update(leaves={}), r"\$\.leaves is no list"),
        (lambda v: v["leaves"].append(1), r"\$\.leaves\[7\] is no object"),
        (lambda v: v["leaves"][3].update(day="1 March"), r"\$\.leaves\[3\]\.day is '1 March'"),
        (lambda v: v["leaves"][3].update(day="20260301"), r"\$\.leaves\[3\]\.day"),
        (lambda v: v["leaves"][3].update(index=-1), r"\$\.leaves\[3\]\.index is -1"),
        (lambda v: v["leaves"][3].update(index=True), r"\$\.leaves\[3\]\.index is True"),
        (lambda v: v["leaves"][3].update(hash="zz"), r"\$\.leaves\[3\]\.hash is not hexa"),
        (lambda v: v["leaves"][3].update(hash="aa"), r"\$\.leaves\[3\]\.hash is not 64"),
        (lambda v: v["leaves"][3].pop("role"), r"\$\.leaves\[3\]\.role is missing"),
        (lambda v: v["openings"][0].update(payload=None), r"\$\.openings\[0\]\.payload"),
        (lambda v: v["openings"][0].update(payload="\ud800"), r"\[0\]\.payload holds half"),
        (lambda v: v["rows"][1].update(fields=[]), r"\$\.rows\[1\]\.fields is no object"),
        (lambda v: v["rows"][1].update(fields={"a": "\ud800"}), r"\$\.rows\[1\]\.fields: "),
        (lambda v: v["rows"].append(v["rows"][0]), r"\$\.rows\[4\] repeats the subject"),
        (lambda v: v["rows"][1].update(fields={"a": 1.5}), "number 1.5 has no single"),
        (lambda v: v["rows"][1].update(fields={"a": float("nan")}), "number NaN has no single"),
        (lambda v: v.update(log_keys=["nonsense"]), r"\$\.log_keys\[0\]: The public key"),
        (lambda v: v.update(checkpoints=[[]]), r"\$\.checkpoints\[0\] is no text"),
    ],
)
def test_a_malformed_export_is_refused_by_its_place(
    written: bytes, change: Callable[[dict[str, Any]], object], message: str
) -> None:
    with pytest.raises(BundleRejected, match=message):
        read(changed(written, change))


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "no JSON in UTF-8"),
        (b"\xff{}", "no JSON in UTF-8"),
        (b"[]", r"\$ is no object"),
        (b'{"a":1,"a":2}', "key 'a' occurs twice"),
        (b"[" * 200_000, "nested too deeply"),
        (b"9" * 5_000, "no JSON in UTF-8"),
    ],
)
def test_what_is_no_export_is_refused(raw: bytes, message: str) -> None:
    with pytest.raises(BundleRejected, match=message):
        read(raw)


def test_an_export_over_the_limit_is_not_read(written: bytes) -> None:
    with pytest.raises(BundleRejected, match="larger than the limit of 1000 bytes"):
        read_bundle(io.BytesIO(written), limit=1000)
    assert read_bundle(io.BytesIO(written), limit=len(written)).leaves


def test_two_keys_of_one_name_are_refused(written: bytes, texts: dict[str, str]) -> None:
    twin = encode_public_key("log", public_key=new_key(b"x" * 32).public_key)
    raw = changed(written, lambda value: value["log_keys"].append(twin))
    with pytest.raises(BundleRejected, match="Two different keys are named 'log'"):
        verify_bundle(read(raw))


@given(data=st.data())
@settings(max_examples=150)
def test_an_export_with_any_changed_byte_is_refused_or_found(
    data: st.DataObject, written: bytes
) -> None:
    place = data.draw(st.integers(0, len(written) - 1))
    raw = bytearray(written)
    raw[place] ^= data.draw(st.integers(1, 255))
    try:
        bundle = read(bytes(raw))
    except BundleRejected:
        return
    assert bundle == read(written) or not verify_bundle(bundle).is_sound
