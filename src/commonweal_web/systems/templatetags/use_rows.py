"""The rows of the list of uses, written in one go, since fifty rows of tags cost far more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

from django import template
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from commonweal_web.systems.queries import ListedUse

register = template.Library()

ROW = (
    '<tr role="row"><th role="rowheader" scope="row"><a href="{}{}/">{}</a>{}</th>'
    '<td role="cell" data-label="{}"><div class="cell">{}</div></td>'
    '<td role="cell" data-label="{}"><div class="cell">{}{}</div></td>'
    '<td role="cell" data-label="{}"><div class="cell nowrap">{}</div></td>'
    '<td role="cell" data-label="{}"><div class="cell">{}</div></td></tr>\n'
)


@register.simple_tag
def use_rows(uses: Iterable[ListedUse]) -> SafeString:
    """One row for each use: name and system, unit, stage, since when, and whom it touches."""
    base = reverse("desk:systems:uses")
    unit, stage, since = _("Part of the organisation"), _("Stage"), _("Since")
    touches = _("Touches")
    no_gate = format_html(' <strong class="tag tag-gap nowrap">{}</strong>', _("no gate passed"))
    nobody = format_html('<span class="quiet">{}</span>', _("nobody named yet"))
    day = cache(_day)
    return format_html_join(
        "",
        ROW,
        (
            (
                base,
                use.pk,
                use.name,
                _system(use),
                unit,
                use.unit,
                stage,
                use.stage,
                no_gate if use.without_gate else "",
                since,
                day(use.since),
                touches,
                ", ".join(use.touches) or nobody,
            )
            for use in uses
        ),
    )


def _system(use: ListedUse) -> SafeString:
    """The system, where it has another name than the use."""
    if use.system == use.name:
        return mark_safe("")
    return format_html(' <span class="says">{}</span>', use.system)


def _day(on: date) -> str:
    return date_format(on, "j M Y")
