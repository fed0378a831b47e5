"""Printed codes: written, read back from a hand, and told apart from slips."""

from __future__ import annotations

import hashlib
import hmac
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.people.codes import (
    ALPHABET,
    BYTES_FOR_A_CODE,
    LENGTH,
    RANDOM_BITS,
    CodeError,
    as_printed,
    check_character,
    code_digest,
    code_from,
    read_code,
)

drawn = st.binary(min_size=BYTES_FOR_A_CODE, max_size=BYTES_FOR_A_CODE)
codes = drawn.map(code_from)


def times_in_field(one: int, other: int) -> int:
    """Multiplication in the field of 32 elements, by shifting and adding."""
    product_ = 0
    for bit in range(5):
        if other >> bit & 1:
            product_ ^= one << bit
    for bit in range(9, 4, -1):
        if product_ >> bit & 1:
            product_ ^= 0b100101 << (bit - 5)
    return product_


def test_the_alphabet_has_32_characters_and_none_that_is_taken_for_another() -> None:
    assert len(set(ALPHABET)) == 32
    assert not set("ILOU") & set(ALPHABET)


def test_a_code_has_more_random_bits_than_guessing_online_could_ever_try() -> None:
    assert RANDOM_BITS >= 60
    open_codes, guesses_a_second = 12 * 50_000, 1_000
    years = 2**RANDOM_BITS / (2 * open_codes * guesses_a_second) / (365 * 24 * 3600)
    assert years > 900_000


@given(codes)
def test_a_printed_code_is_read_back(code: str) -> None:
    assert len(code) == LENGTH
    assert as_printed(code).split("-") == [code[i : i + 4] for i in range(0, 16, 4)]
    assert read_code(as_printed(code)) == code


@given(codes, st.sampled_from(["lower", "spaces", "letters", "dashes"]))
def test_a_code_is_read_however_it_is_typed(code: str, way: str) -> None:
    typed = {
        "lower": code.lower(),
        "spaces": f"  {' '.join(code)} ",
        "letters": code.replace("1", "l").replace("0", "o"),
        "dashes": as_printed(code).replace("-", " – "),
    }[way]
    assert read_code(typed) == code


@given(codes, st.integers(0, LENGTH - 1), st.integers(1, 31))
def test_one_wrong_character_is_noticed(code: str, place: int, shift: int) -> None:
    other = ALPHABET[(ALPHABET.index(code[place]) + shift) % 32]
    assert read_code(code[:place] + other + code[place + 1 :]) is None


@given(codes, st.integers(0, LENGTH - 2))
def test_two_neighbours_that_changed_places_are_noticed(code: str, place: int) -> None:
    one, other = code[place], code[place + 1]
    swapped = code[:place] + other + one + code[place + 2 :]
    assert read_code(swapped) == (code if one == other else None)


@given(st.text(ALPHABET, min_size=1, max_size=20))
def test_the_check_character_is_a_sum_of_powers_of_two_in_the_field(characters: str) -> None:
    total, power = 0, 1
    for character in reversed(characters):
        power = times_in_field(power, 2)
        total ^= times_in_field(ALPHABET.index(character), power)
    assert check_character(characters) == ALPHABET[total]


def test_the_field_has_an_inverse_for_every_element_but_zero() -> None:
    assert all(any(times_in_field(one, other) == 1 for other in range(32)) for one in range(1, 32))
    assert all(times_in_field(a, b) for a, b in product(range(1, 32), repeat=2))


@given(st.text(max_size=40))
def test_anything_else_that_is_typed_is_no_code(typed: str) -> None:
    found = read_code(typed)
    assert found is None or found[-1] == check_character(found[:-1])


@given(drawn, drawn)
def test_other_random_bits_make_other_codes(one: bytes, other: bytes) -> None:
    mask = (1 << RANDOM_BITS) - 1
    same = (int.from_bytes(one, "big") ^ int.from_bytes(other, "big")) & mask == 0
    assert (code_from(one) == code_from(other)) is same


@pytest.mark.parametrize("size", [0, 9, 11])
def test_a_code_is_not_made_of_too_few_or_too_many_bytes(size: int) -> None:
    with pytest.raises(CodeError, match=f"{size} random bytes"):
        code_from(bytes(size))


def test_what_is_kept_of_a_code_depends_on_the_key() -> None:
    expected = hmac.digest(b"k" * 32, b"ABCD", hashlib.sha256).hex()
    assert code_digest("ABCD", key=b"k" * 32) == expected
    assert code_digest("ABCD", key=b"j" * 32) != expected
