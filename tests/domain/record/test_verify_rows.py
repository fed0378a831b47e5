from __future__ import annotations

from typing import Any

import pytest

from commonweal.record import Opening, Verification

Found = set[tuple[str, int | None, str | None]]
USE = "systems.use:1"
RISK = "mitigations.risk:4"


def found(verification: Verification) -> Found:
    return {(seen.code, seen.leaf, seen.subject) for seen in verification.problems}


@pytest.mark.parametrize("index", range(7))
@pytest.mark.parametrize(
    "change",
    [
        {"salt": b"x" * 32},
        {"salt": b"short"},
        {"payload": "{}"},
        {"payload": "\ud800"},
    ],
)
def test_every_opening_is_bound_to_its_leaf(
    record: Any, index: int, change: dict[str, Any]
) -> None:
    record.openings[index] = record.openings[index]._replace(**change)
    subject = record.leaves[index].leaf.subject
    assert found(record.verify()) == {("opening_wrong", index, subject)}


def test_openings_swapped_between_leaves_are_named(record: Any) -> None:
    first, second = record.openings[0], record.openings[1]
    record.openings[0] = Opening(0, *second[1:])
    record.openings[1] = Opening(1, *first[1:])
    assert found(record.verify()) == {
        ("opening_wrong", 0, USE),
        ("opening_wrong", 1, "systems.use:2"),
    }


@pytest.mark.parametrize("index", range(7))
def test_a_salt_destroyed_without_an_erasure_is_named(record: Any, index: int) -> None:
    del record.openings[index]
    subject = record.leaves[index].leaf.subject
    assert found(record.verify()) == {("opening_missing", index, subject)}


def test_an_opening_of_no_leaf_is_named(record: Any) -> None:
    record.openings[9] = Opening(9, b"s" * 32, "{}")
    assert found(record.verify()) == {("opening_without_leaf", 9, None)}


def test_two_openings_of_one_leaf_are_named(record: Any) -> None:
    openings = [*record.openings.values(), record.openings[0]]
    assert found(record.verify(openings=openings)) == {("opening_duplicate", 0, USE)}


@pytest.mark.parametrize(
    ("row", "names"),
    [
        ('{"fee":101,"name":"first","stage":"selecting"}', "fee"),
        ('{"fee":100,"name":"First","stage":"in_use"}', "name, stage"),
        ('{"fee":100,"name":"first"}', "stage"),
        ('{"fee":100,"more":1,"name":"first","stage":"selecting"}', "more"),
        ('{"fee":"100","name":"first","stage":"selecting"}', "fee"),
        ('{"fee":100.5,"name":"first","stage":"selecting"}', "fee"),
    ],
)
def test_an_edited_row_is_named_with_its_fields(record: Any, row: str, names: str) -> None:
    record.rows[USE] = row
    verification = record.verify()
    assert found(verification) == {("row_changed", 2, USE)}
    assert verification.problems[0].message.endswith(f"in: {names}.")


@pytest.mark.parametrize("row", ["", "[]", "{", "null"])
def test_a_row_that_cannot_be_read_is_named(record: Any, row: str) -> None:
    record.rows[USE] = row
    assert found(record.verify()) == {("row_changed", 2, USE)}


def test_one_and_true_are_different_answers(record: Any) -> None:
    record.say("systems.use:6", {"answer": 1})
    record.rows["systems.use:6"] = '{"answer":true}'
    assert found(record.verify()) == {("row_changed", 7, "systems.use:6")}


def test_a_row_set_back_to_what_was_recorded_before_is_named(record: Any) -> None:
    record.rows[USE] = '{"fee":100,"name":"first","stage":"identified"}'
    assert found(record.verify()) == {("row_changed", 2, USE)}


def test_an_inserted_row_is_named(record: Any) -> None:
    record.rows["systems.use:99"] = "{}"
    assert found(record.verify()) == {("row_inserted", None, "systems.use:99")}


@pytest.mark.parametrize("subject", [USE, "systems.use:2", "people.account:7", RISK])
def test_a_deleted_row_is_named(record: Any, subject: str) -> None:
    del record.rows[subject]
    assert {seen[0::2] for seen in found(record.verify())} == {("row_deleted", subject)}


def test_a_row_that_came_back_after_its_removal_is_named(record: Any) -> None:
    record.rows["systems.use:3"] = '{"name":"gone"}'
    assert found(record.verify()) == {("row_returned", 5, "systems.use:3")}


def test_two_rows_of_one_subject_are_named(record: Any) -> None:
    rows = [*record.rows.items(), (USE, record.rows[USE])]
    assert found(record.verify(rows=rows)) == {("row_duplicate", None, USE)}


def test_a_payload_that_says_nothing_is_named(record: Any) -> None:
    for text in ("[1]", '{"fields":{}}', '{"fields":{},"state":"odd"}', "[" * 50_000):
        record.append("systems.use:50", text)
        seen = found(record.verify())
        assert ("payload_malformed", len(record.leaves) - 1, "systems.use:50") in seen


def test_the_daily_leaf_of_anonymous_acts_needs_no_row(record: Any) -> None:
    record.append("record.day:2026-03-09", '{"padded":"aa"}')
    assert record.verify(without_rows={"record.day"}).is_sound
    assert not record.verify().is_sound
    record.rows["record.day:2026-03-09"] = "{}"
    seen = found(record.verify(without_rows={"record.day"}))
    assert seen == {("row_inserted", None, "record.day:2026-03-09")}


def test_an_erased_person_is_listed_and_the_record_stays_sound(record: Any) -> None:
    record.erase("people.account:7")
    record.sign()
    verification = record.verify()
    assert verification.problems == ()
    assert verification.erased == ("people.account:7",)
    assert "Ada" not in str(record.openings)


def test_a_scrubbed_row_stays_under_a_fresh_leaf(record: Any) -> None:
    record.erase("people.account:7")
    record.say("people.account:7", {"name": ""})
    assert record.verify().is_sound
    record.rows["people.account:7"] = '{"name":"Eve"}'
    assert found(record.verify()) == {("row_changed", 8, "people.account:7")}


def test_an_erased_row_without_a_fresh_leaf_is_named(record: Any) -> None:
    record.erase("people.account:7")
    record.rows["people.account:7"] = '{"name":"Eve"}'
    assert found(record.verify()) == {("row_unverifiable", 3, "people.account:7")}


def test_a_salt_left_behind_by_an_erasure_is_named(record: Any) -> None:
    kept = record.openings[3]
    record.erase("people.account:7")
    record.openings[3] = kept
    assert ("erased_opening_kept", 3, "people.account:7") in found(record.verify())


def test_an_erasure_does_not_excuse_a_salt_destroyed_after_it(record: Any) -> None:
    record.erase("people.account:7")
    record.say("people.account:7", {"name": ""})
    del record.openings[8]
    assert found(record.verify()) == {("opening_missing", 8, "people.account:7")}


@pytest.mark.parametrize("name", ["reason", "requester", "approver"])
def test_an_erasure_without_its_reasons_is_named(record: Any, name: str) -> None:
    record.erase("people.account:7", **{name: None})
    assert found(record.verify()) == {("erasure_incomplete", 7, "record.erasure:7")}


def test_an_erasure_cannot_be_erased(record: Any) -> None:
    record.erase("people.account:7")
    record.erase("record.erasure:7")
    seen = found(record.verify())
    assert ("erasure_of_erasure", 8, "record.erasure:8") in seen
    assert ("opening_missing", 7, "record.erasure:7") in seen
    assert ("opening_missing", 3, "people.account:7") in seen


def test_a_forged_erasure_excuses_nothing(record: Any) -> None:
    record.erase("people.account:7")
    record.openings[7] = record.openings[7]._replace(salt=b"x" * 32)
    assert ("opening_missing", 3, "people.account:7") in found(record.verify())


def test_messages_name_fields_but_never_values(record: Any) -> None:
    record.rows["people.account:7"] = '{"name":"Secret"}'
    assert "Secret" not in str(record.verify().problems)
    assert "Ada" not in str(record.verify().problems)
