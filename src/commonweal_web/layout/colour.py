"""An organisation's own colour, moved as far towards black or white as it takes to be seen."""

from __future__ import annotations

import re
from fractions import Fraction

LIGHT_PAPER = "#fbf9f4"
DARK_PAPER = "#10191c"
SEEN = 3.0
"""WCAG 2.2, 1.4.11: a line or shape that means something needs this contrast."""

_HEX = re.compile(r"#[0-9a-fA-F]{6}")


def contrast_ratio(first: str, second: str) -> float:
    """The contrast of two colours like `#0b5566`, from 1 (equal) to 21 (WCAG 2.2).

    >>> contrast_ratio("#000000", "#ffffff")
    21.0
    """
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def seen_on(paper: str, *, colour: str) -> str:
    """The colour nearest to `colour` that is seen on `paper`: unchanged when it already is."""
    towards = "#000000" if _luminance(paper) > 0.18 else "#ffffff"
    steps = (_mixed(colour, towards, share=Fraction(step, 20)) for step in range(21))
    return next(mixed for mixed in steps if contrast_ratio(mixed, paper) >= SEEN)


def organisation_style_sheet(colour: str) -> str:
    """The style sheet that carries an organisation's colour, in light and in dark.

    Only a colour written as `#rrggbb` is taken; anything else raises ValueError, so that no
    text of an organisation ever becomes style.
    """
    if not _HEX.fullmatch(colour):
        raise ValueError(f"The colour {colour!r} is not written as #rrggbb, for example #0b5566.")
    light = seen_on(LIGHT_PAPER, colour=colour.lower())
    dark = seen_on(DARK_PAPER, colour=colour.lower())
    return (
        f":root{{--organisation:{light}}}\n"
        f"@media (prefers-color-scheme:dark){{:root{{--organisation:{dark}}}}}\n"
    )


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _mixed(colour: str, towards: str, *, share: Fraction) -> str:
    pairs = zip(_channels(colour), _channels(towards), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)
