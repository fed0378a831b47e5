"""How a view carries a form to an action and keeps what was typed when that refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, QueryDict

from commonweal_web.house.forms import add_refusal
from commonweal_web.house.refusals import NotAllowed, NotHere, Refused


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, even when it is empty; None when the page was only opened."""
    return request.POST if request.method == "POST" else None


def carried_out(form: BaseForm, call: Callable[[], Any]) -> bool:
    """Whether the form was right and the action did not refuse; a refusal is put into the form."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        call()
    except (NotAllowed, NotHere):
        raise
    except Refused as refusal:
        add_refusal(form, refusal)
        return False
    return True
