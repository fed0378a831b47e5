"""What the views share: a refusal goes back into the form, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms

from commonweal_web.house.forms import add_refusal
from commonweal_web.house.refusals import NotAllowed, NotHere, Refused
from commonweal_web.house.requests import PersonRequest


def acted(request: PersonRequest, action: Callable[..., Any], **values: Any) -> Any:
    """Take an action as the person who asks."""
    return action(organisation=request.organisation, by=request.actor, at=request.now, **values)


def saved(
    request: PersonRequest, *, form: forms.Form, action: Callable[..., Any], **values: Any
) -> Any:
    """What the action made; None when it refused, and then the form says why."""
    try:
        return acted(request, action, **values)
    except (NotAllowed, NotHere):
        raise
    except Refused as refusal:
        add_refusal(form, refusal)
        return None
