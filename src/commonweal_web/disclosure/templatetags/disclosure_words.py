"""Values of a stored page as people read them."""

from __future__ import annotations

from datetime import date

from django import template

from commonweal_web.disclosure.thresholds import loosening_in_words
from commonweal_web.disclosure.words import STAGES
from commonweal_web.house.declaration import Text

register = template.Library()


@register.filter
def as_day(text: str) -> date:
    """The day that a payload keeps as text."""
    return date.fromisoformat(text)


@register.filter
def stage_in_words(stage: str) -> Text:
    """A stage of a use as people call it."""
    return STAGES.get(stage, stage)


@register.filter
def loosening(code: str) -> str:
    """What became looser, as people read it."""
    return loosening_in_words(code)
