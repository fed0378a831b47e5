"""An expression of licences is met by its choices and its parts, and by nothing else."""

from __future__ import annotations

from email.message import Message

import pytest

from check_licences import SHIPPED, TOOLS_ONLY, Verdict, licence_of, suits, verdicts


@pytest.mark.parametrize(
    ("expression", "is_met"),
    [
        ("MIT", True),
        ("GPL-3.0-only", False),
        ("GPL-3.0-only OR MIT", True),
        ("GPL-3.0-only AND MIT", False),
        ("Apache-2.0 AND MIT", True),
        ("Apache-2.0 WITH LLVM-exception", True),
        ("MIT AND (GPL-3.0-only OR BSD-3-Clause)", False),  # mixed: every part must suit
        ("", False),
    ],
)
def test_every_part_and_one_choice_must_suit(expression: str, is_met: bool) -> None:
    assert suits(expression, allowed=SHIPPED) is is_met


@pytest.mark.parametrize("licence", sorted(TOOLS_ONLY))
def test_what_a_tool_may_carry_may_not_be_shipped(licence: str) -> None:
    assert Verdict("x", licence, is_shipped=False).accepted
    assert not Verdict("x", licence, is_shipped=True).accepted


def test_two_classifiers_are_read_as_two_parts() -> None:
    said = Message()
    said["Classifier"] = "License :: OSI Approved :: MIT License"
    said["Classifier"] = "License :: Other/Proprietary License"
    assert licence_of(said) == "MIT AND Other/Proprietary License"


def test_every_package_installed_here_suits() -> None:
    found = list(verdicts())
    assert len(found) > 40
    assert [str(each) for each in found if not each.accepted] == []
