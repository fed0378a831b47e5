"""Words that the pages of this room need: a language by its own name, a hash in lines."""

from __future__ import annotations

from django import template
from django.conf.locale import LANG_INFO

register = template.Library()

_LINE = 16


@register.filter
def own_language(code: str) -> str:
    """A language as its speakers call it; a code that is not known stands as it is."""
    return str(LANG_INFO.get(code, {}).get("name_local", code))


@register.filter
def in_lines(digest: str) -> str:
    """A hash in lines of sixteen, so that people can compare it."""
    return "\n".join(digest[start : start + _LINE] for start in range(0, len(digest), _LINE))
