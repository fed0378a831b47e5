from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal_web.layout import colour
from commonweal_web.layout.colour import contrast_ratio, organisation_style_sheet, seen_on

TEXT = 4.5
SHAPE = 3.0
SIDES = ("workers", "management", "experts", "public")
GROUNDS = ("paper", "card", "calm", "warm", "grave")
PAIRS = [
    *((ink, ground, TEXT) for ink in ("ink", "quiet", "link") for ground in GROUNDS),
    *((side, ground, TEXT) for side in (*SIDES, "alarm") for ground in GROUNDS),
    *(("edge", ground, SHAPE) for ground in ("paper", "card")),
    *(("warm-edge", ground, SHAPE) for ground in ("paper", "warm")),
    ("paper", "ink", TEXT),
    ("paper", "link-hover", TEXT),
    ("paper", "alarm", TEXT),
    ("ink", "line", TEXT),
    ("focus-ink", "focus", TEXT),
    ("organisation", "paper", SHAPE),
]
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def palettes(checkout) -> dict[str, dict[str, str]]:
    path = "src/commonweal_web/layout/static/commonweal/commonweal.css"
    css = (checkout / path).read_text(encoding="utf-8")
    dark_at = css.index("@media (prefers-color-scheme: dark)")
    dark_end = css.index("/* The same palette", dark_at)
    read = re.compile(r"--([a-z-]+): (#[0-9a-f]{6});").findall
    light = dict(read(css[:dark_at]))
    return {"light": light, "dark": {**light, **dict(read(css[dark_at:dark_end]))}}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_every_pair_of_colours_in_use_can_be_read(checkout, scheme, front, ground, least):
    palette = palettes(checkout)[scheme]
    found = contrast_ratio(palette[front], palette[ground])
    assert found >= least, f"{front} on {ground} has {found:.2f}, needs {least}"


def test_dark_mode_gives_every_colour_of_its_own(checkout):
    both = palettes(checkout)
    same = {name for name in both["light"] if both["light"][name] == both["dark"][name]}
    assert same == {"focus"}


def test_the_papers_of_the_contrast_check_are_those_of_the_style_sheet(checkout):
    both = palettes(checkout)
    assert (both["light"]["paper"], both["dark"]["paper"]) == (
        colour.LIGHT_PAPER,
        colour.DARK_PAPER,
    )


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#0000ff", "#ffffff", 8.59)],
)
def test_contrast_agrees_with_published_values(first, second, ratio):
    assert contrast_ratio(first, second) == pytest.approx(ratio, abs=0.005)
    assert contrast_ratio(second, first) == contrast_ratio(first, second)


@given(COLOURS, st.sampled_from([colour.LIGHT_PAPER, colour.DARK_PAPER]))
def test_any_colour_of_an_organisation_ends_up_visible(chosen, paper):
    assert contrast_ratio(seen_on(paper, colour=chosen), paper) >= SHAPE


@given(COLOURS)
def test_a_colour_that_is_seen_already_stays_as_it_is(chosen):
    shown = seen_on(colour.LIGHT_PAPER, colour=chosen)
    assert (shown == chosen) == (contrast_ratio(chosen, colour.LIGHT_PAPER) >= SHAPE)


@pytest.mark.parametrize("wrong", ["red", "#fff", "#0b5566;}", "#0b5566\n", "0b5566", ""])
def test_only_a_plain_colour_becomes_style(wrong):
    with pytest.raises(ValueError, match="not written as #rrggbb"):
        organisation_style_sheet(wrong)


def test_an_organisations_colour_reaches_light_and_dark():
    sheet = organisation_style_sheet("#0B5566")
    assert ":root{--organisation:#0b5566}" in sheet
    assert "prefers-color-scheme:dark" in sheet
