"""Links for one purpose: long enough never to be guessed, and kept as a digest only."""

from __future__ import annotations

import hashlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.people.links import SECRET_BYTES, LinkError, link_digest, link_secret


@given(st.binary(min_size=SECRET_BYTES, max_size=40))
def test_the_secret_of_a_link_fits_into_an_address(drawn: bytes) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]{32,}", link_secret(drawn))


@given(
    st.binary(min_size=SECRET_BYTES, max_size=SECRET_BYTES),
    st.binary(min_size=SECRET_BYTES, max_size=SECRET_BYTES),
)
def test_other_bytes_make_another_link(one: bytes, other: bytes) -> None:
    assert (link_secret(one) == link_secret(other)) is (one == other)


def test_too_few_bytes_make_no_link() -> None:
    with pytest.raises(LinkError, match="23 random bytes"):
        link_secret(bytes(23))


def test_a_link_is_found_again_by_its_digest() -> None:
    assert link_digest("abc") == hashlib.sha256(b"abc").hexdigest()
