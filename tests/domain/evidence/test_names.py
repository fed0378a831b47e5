"""A name is kept for the reader's disk alone, and can do no harm there."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.evidence import KINDS, clean_name, kind_named


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("report.pdf", "report.pdf"),
        ("../../../etc/cron.d/run.pdf", "run.pdf"),
        ("..\\..\\Windows\\win.pdf", "win.pdf"),
        ("..", "file.pdf"),
        ("", "file.pdf"),
        ("a\x00b\r\nSet-Cookie: x.pdf", "abSet-Cookie_ x.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe.pdf"),
        ("con.pdf", "_con.pdf"),
        ("  .hidden.pdf", "hidden.pdf"),
        ("Bericht 2026 (Ä).PDF", "Bericht 2026 (Ä).pdf"),
        ("version 1.2", "version 1.2.pdf"),
        ("A\u0308rger.pdf", "Ärger.pdf"),
    ],
)
def test_a_name_loses_its_folders_and_tricks(given_name: str, kept: str) -> None:
    assert clean_name(given_name, kind=kind_named("pdf")) == kept


@given(st.text(max_size=400), st.sampled_from(KINDS))
def test_every_name_is_one_short_plain_name_with_the_ending_of_its_content(name, kind) -> None:
    kept = clean_name(name, kind=kind)
    assert 0 < len(kept) <= 121
    assert not set(kept) & set('/\\<>:"|?*\x00\r\n')
    assert not any(unicodedata.category(each)[0] == "C" for each in kept)
    assert kept.rpartition(".")[2] in kind.endings
    assert not kept.startswith(".")
    assert clean_name(kept, kind=kind) == kept
