from __future__ import annotations

from fractions import Fraction
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.mitigations.rule_reading import RuleFileError
from commonweal.mitigations.severity_rules import (
    HARMS,
    default_severity_rules,
    load_severity_rules,
)

RULES = default_severity_rules()
TEXT = (files("commonweal.mitigations.rules") / "severity.toml").read_text(encoding="utf-8")


def load(old: str, new: str) -> None:
    assert old in TEXT
    load_severity_rules(TEXT.replace(old, new, 1), file="ours.toml")


@pytest.mark.parametrize(
    ("share", "score"),
    [
        ("0", 0),
        ("0.000999", 0),
        ("0.001", 1),
        ("0.01", 2),
        ("0.0499", 2),
        ("0.05", 3),
        ("0.2", 4),
        ("1", 4),
        ("1.0000001", 5),
        ("1.4", 5),
    ],
)
def test_scale_follows_the_share_of_a_years_earnings(share: str, score: int) -> None:
    assert RULES.scale_of_loss(Fraction(share)) == score


def test_an_income_below_the_minimum_is_the_highest_scale_at_once() -> None:
    assert RULES.scale_of_loss(Fraction(0), below_minimum=True) == 5


@pytest.mark.parametrize(
    ("people", "score"),
    [
        (0, 0),
        (1, 1),
        (9, 1),
        (10, 2),
        (99, 2),
        (100, 3),
        (999, 3),
        (1000, 4),
        (9999, 4),
        (10_000, 5),
    ],
)
def test_scope_follows_the_number_of_people(people: int, score: int) -> None:
    assert RULES.scope_of_people(people) == score


def test_a_fifth_of_a_site_raises_scope_by_one_and_never_above_five() -> None:
    assert RULES.scope_of_people(12, largest_share=Fraction(1, 5)) == 3
    assert RULES.scope_of_people(12, largest_share=Fraction(19, 100)) == 2
    assert RULES.scope_of_people(20_000, largest_share=Fraction(1)) == 5
    assert RULES.scope_of_people(0, largest_share=Fraction(1)) == 0


@pytest.mark.parametrize(
    ("share", "score"),
    [("0", 1), ("0.0999", 1), ("0.1", 2), ("0.25", 3), ("0.5", 4), ("0.75", 4), ("0.7501", 5)],
)
def test_irremediability_follows_what_is_not_made_good(share: str, score: int) -> None:
    assert RULES.irremediability_of_loss(Fraction(share)) == score


def test_what_cannot_be_undone_is_the_highest_irremediability_at_once() -> None:
    assert RULES.irremediability_of_loss(Fraction(0), cannot_be_undone=True) == 5


def test_a_float_or_a_gain_is_no_loss() -> None:
    with pytest.raises(TypeError, match="not exact"):
        RULES.scale_of_loss(0.05)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="negative"):
        RULES.scale_of_loss(Fraction(-1, 10))


@given(st.fractions(0, 3), st.fractions(0, 3))
def test_a_greater_loss_never_scores_lower(one: Fraction, other: Fraction) -> None:
    low, high = sorted((one, other))
    assert RULES.scale_of_loss(low) <= RULES.scale_of_loss(high)
    assert RULES.irremediability_of_loss(low) <= RULES.irremediability_of_loss(high)


def test_every_harm_that_is_not_money_has_a_different_sentence_for_each_score() -> None:
    assert set(RULES.harms) == set(HARMS)
    for anchors in RULES.harms.values():
        assert len(set(anchors.scale)) == len(set(anchors.irremediability)) == 6


def test_the_rules_carry_a_version_and_say_whose_design_they_are() -> None:
    assert RULES.version == "2026.1"
    assert "Commonweal" in RULES.source


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('version = "2026.1"', "", "version: it is missing; add it"),
        ('version = "2026.1"', 'version = ""', "version: it is '';"),
        ('version = "2026.1"', 'version = "1"\nmood = 1', "mood: this key is unknown; remove it"),
        ('from = "0.01"', "from = 0.01", r"scale\.bands\[3\]\.from: it is 0\.01; .*in quotes"),
        ('from = "0.01"', 'form = "0.01"', r"scale\.bands\[3\]\.from: it is missing"),
        ('from = "0.01"', 'from = "0.0001"', r"scale\.bands: score 2 does not follow score 1"),
        ("score = 3", "score = 4", r"scale\.bands: score 4 does not follow score 2"),
        ('score = 0\nfrom = "0"', 'score = 0\nfrom = "0.0001"', r'begin with from = "0"'),
        ('[[scale.bands]]\nscore = 5\nabove = "1"\n', "", "end with score = 5"),
        ('"0.2"\nrise = 1', '"0.2"\nrise = 1.5', r"scope_rise\.rise: it is 1\.5"),
        ('"0.2"\nrise = 1', '"0.2"\nrise = 1\nfall = 1', r"scope_rise\.fall: this key is unknown"),
        (
            'class = "high"',
            'class = "medium"',
            r"classes\[2\]\.class: it is 'medium'; write 'high'",
        ),
        (
            "{ scale = 4 }, ",
            "{ scope = 4 }, ",
            r"any\[1\]\.scale: a harm of scale 0 is always low",
        ),
        ("{ scale = 4 }, ", "{ scale = 4, mood = 1 }, ", r"any\[1\]\.mood: this key is unknown"),
        ('  "It never heals.",\n', "", r"harms\.health\.irremediability: .*write 6"),
        ('"It never heals."', '""', r"harms\.health\.irremediability: a sentence is empty"),
        ("[harms.pace]", "[harms.tempo]", r"harms\.pace: it is missing"),
        ("[harms.pace]", "[harms.tempo]\n[harms.pace]", r"harms\.tempo: this key is unknown"),
        ("[at_once]", "[at_last]", "at_once: it is missing; add it"),
        ("[scope_rise]", "[scope_rise", "this is not TOML .*; mend that line"),
    ],
)
def test_a_fault_names_file_key_fault_and_fix(old: str, new: str, message: str) -> None:
    with pytest.raises(RuleFileError, match=message) as refused:
        load(old, new)
    assert str(refused.value).startswith("ours.toml")


def test_a_missing_class_is_refused() -> None:
    start = TEXT.index('[[classes]]\nclass = "medium"')
    end = TEXT.index("# Words for harms")
    with pytest.raises(RuleFileError, match="list critical, high and medium"):
        load_severity_rules(TEXT[:start] + TEXT[end:], file="ours.toml")


def test_an_edited_copy_decides_differently() -> None:
    edited = load_severity_rules(
        TEXT.replace('score = 3\nfrom = "0.05"', 'score = 3\nfrom = "0.04"'), file="ours.toml"
    )
    assert edited.scale_of_loss(Fraction("0.045")) == 3
    assert RULES.scale_of_loss(Fraction("0.045")) == 2
