"""The four sides that speak in Commonweal, each with its shape, colour and word."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from commonweal_web.house.declaration import Text


@dataclass(frozen=True, slots=True)
class Side:
    """A side: its id, its word, and the path of its mark on a square of ten by ten."""

    key: str
    word: Text
    path: str


SIDES = {
    side.key: side
    for side in (
        Side("workers", _("Workers"), "M5 0a5 5 0 1 0 0 10a5 5 0 1 0 0-10z"),
        Side("management", _("Management"), "M.5.5h9v9h-9z"),
        Side("experts", _("Experts"), "M5 0l5 5-5 5-5-5z"),
        Side("public", _("Public"), "M5 .5l5 9H0z"),
    )
}


def side_named(key: str) -> Side:
    """The side with this id; an unknown one is refused, since a view without a side misleads."""
    try:
        return SIDES[key]
    except KeyError:
        known = ", ".join(SIDES)
        raise ValueError(f"There is no side {key!r}. Use one of: {known}.") from None
