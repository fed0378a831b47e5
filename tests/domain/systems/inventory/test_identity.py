"""Recognising rows without unique numbers."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from commonweal.systems.inventory.identity import (
    KnownRow,
    content_hash,
    identify,
    pair_with_known,
)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=4)
rows = st.lists(st.tuples(texts, texts), max_size=12)


def test_equal_rows_are_told_apart_by_their_order() -> None:
    identities = identify([("Chat", "A"), ("Chat", "B"), ("Chat", "A")])
    assert [ordinal for _, ordinal in identities] == [1, 1, 2]
    assert identities[0][0] == identities[2][0] != identities[1][0]


def test_cells_do_not_run_into_each_other() -> None:
    keys = {key for key, _ in identify([("ab", "c"), ("a", "bc"), ("abc", ""), ("", "abc")])}
    assert len(keys) == 4


def test_a_key_is_the_same_in_every_process() -> None:
    # sha256 of the JSON text ["Chat","Ministry","Bureau é"] in UTF-8, from the command line.
    expected = "8f705cdc3ab92ed5be717446381505bd3d5be418c3a254b9dc0439a2b6c3f821"
    assert identify([("Chat", "Ministry", "Bureau é")]) == [(expected, 1)]


@given(rows)
def test_identities_are_unique_stable_and_count_each_key_from_one(
    found: list[tuple[str, str]],
) -> None:
    identities = identify(found)
    assert identities == identify(found)
    assert len(set(identities)) == len(found)
    counts = Counter(key for key, _ in identities)
    assert sorted(counts.values()) == sorted(Counter(found).values())
    assert all(1 <= ordinal <= counts[key] for key, ordinal in identities)


@given(st.lists(texts), st.lists(texts))
def test_contents_have_one_fingerprint_exactly_when_equal(a: list[str], b: list[str]) -> None:
    def trimmed(cells: list[str]) -> list[str]:
        return trimmed(cells[:-1]) if cells and not cells[-1] else cells

    assert (content_hash(a) == content_hash(b)) == (trimmed(a) == trimmed(b))


def known(key: str, ordinal: int, content: str) -> KnownRow:
    return KnownRow(key, ordinal, content)


def test_the_same_import_continues_every_row() -> None:
    before = [known("k", 1, "x"), known("k", 2, "x"), known("m", 1, "y")]
    assert pair_with_known(before, known=before) == before


def test_equal_keys_in_another_order_do_not_look_changed() -> None:
    before = [known("k", 1, "x"), known("k", 2, "y")]
    after = [known("k", 1, "y"), known("k", 2, "x")]
    assert pair_with_known(after, known=before) == [before[1], before[0]]


def test_removing_the_first_of_two_leaves_the_second_unchanged() -> None:
    before = [known("k", 1, "x"), known("k", 2, "y")]
    assert pair_with_known([known("k", 1, "y")], known=before) == [before[1]]


def test_a_changed_row_continues_the_one_left_and_a_further_one_is_new() -> None:
    before = [known("k", 1, "x"), known("k", 2, "y")]
    after = [known("k", 1, "changed"), known("k", 2, "y"), known("k", 3, "z"), known("n", 1, "x")]
    assert pair_with_known(after, known=before) == [before[0], before[1], None, None]
