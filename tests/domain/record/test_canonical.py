from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.record import NotCanonicalError, canonical_json

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda parts: st.lists(parts) | st.dictionaries(TEXTS, parts),
    max_leaves=20,
)


@given(VALUES)
def test_what_is_written_reads_back_as_the_same_value(value: Any) -> None:
    assert json.loads(canonical_json(value)) == value


@given(VALUES)
def test_spelling_again_what_was_read_gives_the_same_bytes(value: Any) -> None:
    written = canonical_json(value)
    assert canonical_json(json.loads(written)) == written


@given(st.dictionaries(TEXTS, st.integers()), st.randoms())
def test_the_order_of_keys_in_memory_does_not_matter(value: dict[str, int], random: Any) -> None:
    pairs = list(value.items())
    random.shuffle(pairs)
    assert canonical_json(dict(pairs)) == canonical_json(value)


def test_the_strings_and_keys_of_rfc_8785_are_spelled_as_it_says() -> None:
    # Section 3.2.2 and 3.2.3 of RFC 8785 (its sample without the fractions).
    value = {"string": "€$\u000f\u000aA'\u0042\u0022\u005c\\\"/", "literals": [None, True, False]}
    assert canonical_json(value) == (
        '{"literals":[null,true,false],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'.encode()
    )
    keys = ["€", "\r", "\ufb33", "1", "\U0001f600", "\x80", "ö"]
    order = ["\r", "1", "\x80", "ö", "€", "\U0001f600", "\ufb33"]
    assert list(json.loads(canonical_json(dict.fromkeys(keys)))) == order


@pytest.mark.parametrize(
    ("value", "place"),
    [
        (1.5, r"^\$ is 1.5"),
        ({"fields": {"fee": float("nan")}}, r"^\$\.fields\.fee is nan"),
        ([1, {"a": {2, 3}}], r"^\$\[1\]\.a is \{2, 3\} of type set"),
        ({"a": b"x"}, r"^\$\.a is b'x' of type bytes"),
        ({"a": ["ok", "\ud800"]}, r"^\$\.a\[1\] holds half a character"),
        ({"\udfff": 1}, r"^the key '\\udfff' of \$ holds half"),
        ({"a": {1: 2}}, r"^\$\.a has the key 1, which is no text"),
        ([1 << 5000], r"^\$\[0\] is a whole number of 5001 bits"),
    ],
)
def test_what_has_no_single_spelling_is_refused_by_its_place(value: object, place: str) -> None:
    with pytest.raises(NotCanonicalError, match=place):
        canonical_json(value)


def test_a_value_that_holds_itself_is_refused() -> None:
    value: list[Any] = []
    value.append(value)
    with pytest.raises(NotCanonicalError, match="deeper than 64 levels"):
        canonical_json(value)


def test_true_and_one_are_spelled_apart() -> None:
    assert canonical_json([True, 1]) == b"[true,1]"
