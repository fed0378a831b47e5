"""What every form shares."""

from __future__ import annotations

from django.forms import BaseForm

from commonweal_web.house.refusals import Refused


def add_refusal(form: BaseForm, refusal: Refused) -> None:
    """Show a refusal at the field it is about, or at the top, and keep what was typed."""
    field = refusal.where if refusal.where in form.fields else None
    form.add_error(field, refusal.message)
