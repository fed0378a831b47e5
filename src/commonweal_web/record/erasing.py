"""What is blanked when a person's data is erased, per model. Only models listed here qualify."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

Scrub = Callable[[models.Model], Mapping[str, Any]]
ERASED = "erased"


def _account(row: models.Model) -> Mapping[str, Any]:
    return {
        "username": f"{ERASED}-{row.pk}",
        "name": ERASED,
        "email": "",
        "language": "en",
        "password": "!",
        "is_active": False,
    }


def _appointment(row: models.Model) -> Mapping[str, Any]:
    return {"named_by": ERASED}


SCRUBS: Mapping[str, Scrub] = MappingProxyType(
    {"people.account": _account, "people.appointment": _appointment}
)
"""Model, as in a subject, to the columns that hold personal data and what stands there after."""


def scrubbed(row: models.Model) -> Mapping[str, Any]:
    """The columns to blank and their new values. Raises `KeyError` where nothing is personal."""
    return SCRUBS[row._meta.label_lower](row)


def erasable_kinds() -> str:
    """The kinds of rows that can be erased, for a message."""
    return _("kinds that can be erased: %(kinds)s") % {"kinds": ", ".join(SCRUBS)}
