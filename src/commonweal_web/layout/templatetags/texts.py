"""Texts that were kept, as their reader sees them."""

from __future__ import annotations

from django import template

from commonweal_web.house.texts import kept_text

register = template.Library()


@register.filter
def ours(text: str) -> str:
    """A sentence of ours that was stored; what people typed stays as it is."""
    return kept_text(str(text))
