"""The style of a printed sheet, written into it, so that drawing it opens no file."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
STYLE = Path(__file__).resolve().parents[1] / "static" / "systems" / "pack.css"


@register.simple_tag
def sheet_style() -> SafeString:
    """The style sheet of packs."""
    return _read()


@cache
def _read() -> SafeString:
    return mark_safe(STYLE.read_text(encoding="utf-8"))  # noqa: S308 - our own file
