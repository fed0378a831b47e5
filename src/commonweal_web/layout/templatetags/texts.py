"""Texts that were kept, as their reader sees them."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language_info, gettext

from commonweal_web.house.texts import kept_text

register = template.Library()


@register.filter
def ours(text: str) -> str:
    """A sentence of ours that was stored; what people typed stays as it is."""
    return kept_text(str(text))


@register.filter
def language_names(codes: list[str]) -> str:
    """The names of languages in the reader's language; a code nobody knows stands as it is."""
    return ", ".join(map(_language, codes))


def _language(code: str) -> str:
    try:
        return gettext(get_language_info(code)["name"])
    except KeyError:
        return code


@register.filter
def one_language(code: str) -> str:
    """The name of a language in the reader's language."""
    return _language(code)
