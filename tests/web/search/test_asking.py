"""What was typed becomes something that both databases understand alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal_web.search.folding import LONGEST_WORD, stored, words_of
from commonweal_web.search.queries.asking import MOST_WORDS, Asked, asked_for


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Scheduling shifts", ["scheduling", "shifts"]),
        ("Über-Stunden, STRASSE & Straße", ["uber", "stunden", "strasse", "strasse"]),
        ("Señal nº 5 — «años»", ["senal", "no", "5", "anos"]),
        ("snake_case e-mail@x.org", ["snake", "case", "e", "mail", "x", "org"]),
        ("smørrebrød ﬁne", ["smorrebrod", "fine"]),
        ("", []),
        ("* \" ' ( ) NEAR:^", ["near"]),
    ],
)
def test_case_accents_and_signs_do_not_matter(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@given(st.text())
def test_folding_again_changes_nothing(text: str) -> None:
    once = words_of(text)
    assert words_of(" ".join(once)) == once or any(len(word) == LONGEST_WORD for word in once)


@given(st.lists(st.text(max_size=40), max_size=4))
def test_what_is_kept_holds_each_word_between_spaces(texts: list[str]) -> None:
    kept = stored(texts)
    assert all(f" {word} " in kept for text in texts for word in words_of(text))


def test_all_words_count_and_the_last_is_a_beginning() -> None:
    assert asked_for("Shift plan") == Asked(words=("shift",), beginning="plan")


def test_a_short_last_word_stands_for_itself() -> None:
    assert asked_for("plans of HR") == Asked(words=("plans", "of", "hr"))


def test_quotation_marks_hold_a_phrase_together() -> None:
    assert asked_for('risk "of the shift"') == Asked(
        words=("risk", "of", "the", "shift"), phrases=(("of", "the", "shift"),)
    )


def test_a_minus_leaves_out_a_word_or_a_phrase() -> None:
    asked = asked_for('plan -night -"early shift" roll-out')
    assert asked.words == ("plan", "roll")
    assert asked.beginning == "out"
    assert asked.without == (("night",), ("early", "shift"))


def test_only_to_leave_out_is_to_ask_for_nothing() -> None:
    assert asked_for("-night").is_empty


def test_a_flood_of_words_is_cut_and_says_so() -> None:
    asked = asked_for(" ".join(f"word{number}" for number in range(2000)))
    assert asked.is_cut
    assert len(asked.words) < MOST_WORDS


@given(st.text(alphabet="ab\"- *():^'{}\x00\\%_é", max_size=60))
def test_whatever_is_typed_is_read(text: str) -> None:
    asked = asked_for(text)
    typed = words_of(text)
    assert {asked.beginning} - {""} <= set(typed)
    assert set(asked.words) <= set(typed)
