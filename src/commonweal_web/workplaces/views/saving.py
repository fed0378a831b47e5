"""What the forms share: a refusal goes back into the form, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.http import HttpResponse

from commonweal.systems.inventory.table import Column
from commonweal.systems.inventory.writing import write_csv
from commonweal_web.house.forms import add_refusal
from commonweal_web.house.refusals import NotAllowed, NotHere, Refused
from commonweal_web.house.requests import PersonRequest


def saved(
    request: PersonRequest, *, form: forms.Form, action: Callable[..., Any], **values: Any
) -> Any:
    """What the action made; None when it refused, and then the form says why.

    A missing right or a missing thing is not the form's fault and becomes a page of its own.
    """
    try:
        return action(
            organisation=request.organisation, by=request.actor, at=request.now, **values
        )
    except (NotAllowed, NotHere):
        raise
    except Refused as refusal:
        add_refusal(form, refusal)
        return None


def is_sent(request: PersonRequest, *, form: forms.Form) -> bool:
    """Whether a form was sent and can be read."""
    return request.method == "POST" and form.is_valid()


def sheet(name: str, *, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> HttpResponse:
    """A list as a file that spreadsheet programs open without running anything in it."""
    columns = [Column(place, heading) for place, heading in enumerate(headings, start=1)]
    response = HttpResponse(
        write_csv(columns, rows, profile="spreadsheet"), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
