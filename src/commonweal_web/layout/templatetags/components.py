"""The components of every page. `docs/guides/pages.md` shows each with an example."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import forms, template
from django.core.paginator import Paginator
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from commonweal_web.house.texts import money_text
from commonweal_web.layout.form_parts import error_links, field_context
from commonweal_web.layout.parts import Fact, Need, Stop, Waiting, side_mark

register = template.Library()
register.filter("money", money_text)

DOTS = 5
TAG_KINDS = ("plain", "gap", "met", "due")


@register.simple_tag
def side(key: str, text: str = "") -> SafeString:
    """A side's mark and word; `text` stands in the word's place, which is then read out first."""
    return side_mark(key, text)


@register.simple_tag
def dots(facet: int | None) -> SafeString:
    """A severity facet from 1 to 5 as dots, and in words for those who listen.

    None says "not yet judged"; 0 is shown as five open dots.
    """
    if facet is None:
        return format_html('<span class="quiet">{}</span>', _("not yet judged"))
    if isinstance(facet, bool) or facet not in range(DOTS + 1):
        raise ValueError(f"A facet is a whole number from 0 to {DOTS} or None, not {facet!r}.")
    circles = format_html_join(
        "",
        '<circle cx="{}" cy="6" r="{}"{}/>',
        (_circle(place, is_filled=place < facet) for place in range(DOTS)),
    )
    return format_html(
        '<span class="dots"><svg viewBox="0 0 72 12" aria-hidden="true" focusable="false">{}</svg>'
        '<span class="govuk-visually-hidden">{}</span></span>',
        circles,
        _("%(facet)s of %(all)s") % {"facet": facet, "all": DOTS},
    )


def _circle(place: int, *, is_filled: bool) -> tuple[int, str, SafeString]:
    return 6 + place * 15, "5" if is_filled else "4.6", _class("open", not is_filled)


@register.simple_tag
def tag(text: str, kind: str = "plain") -> SafeString:
    """A word of state in a frame. `kind` is plain, gap, met or due; never a tick."""
    if kind not in TAG_KINDS:
        raise ValueError(f"There is no tag {kind!r}. Use one of: {', '.join(TAG_KINDS)}.")
    return format_html('<strong class="tag tag-{}">{}</strong>', kind, text)


@register.simple_tag
def day(moment: date | datetime | None, with_year: bool = True) -> SafeString:
    """A day without its hour, as it is written in the reader's language; None gives nothing."""
    if moment is None:
        return mark_safe("")
    on = _local_day(moment)
    pattern = (
        pgettext("day with year, in Django's date format", "j F Y")
        if with_year
        else pgettext("day without year, in Django's date format", "j F")
    )
    written = date_format(on, pattern)
    return format_html('<time datetime="{}">{}</time>', on.strftime("%Y-%m-%d"), written)


def _local_day(moment: date | datetime) -> date:
    if isinstance(moment, datetime) and timezone.is_aware(moment):
        return timezone.localtime(moment).date()
    return moment


@register.inclusion_tag("components/rail.html")
def rail(stops: Sequence[Stop], label: str = "") -> dict[str, Any]:
    """The stages of a use, with the present one marked."""
    return {"stops": stops, "label": label}


@register.inclusion_tag("components/needed_next.html")
def needed_next(needs: Sequence[Need], title: str = "") -> dict[str, Any]:
    """What is needed next and whose move it is; with nothing needed it says so."""
    return {"needs": needs, "title": title}


@register.inclusion_tag("components/facts.html")
def facts(facts: Sequence[Fact], title: str = "") -> dict[str, Any]:
    """Labelled facts, mostly for the margin; with a title they stand in a card."""
    return {"facts": facts, "title": title}


@register.inclusion_tag("components/waits.html")
def waits(waiting: Sequence[Waiting], below: bool = False) -> dict[str, Any]:
    """What waits for a person: one card and one button each; `below` another heading or not."""
    return {"waiting": waiting, "below": below}


@register.inclusion_tag("components/empty_state.html")
def empty_state(what: str, why: str = "", step: str = "", url: str = "") -> dict[str, Any]:
    """An empty page that teaches: what belongs here, why it matters, the first step."""
    return {"what": what, "why": why, "step": step, "url": url}


@register.inclusion_tag("components/proof.html")
def proof(text: str, code: str = "", url: str = "", title: str = "") -> dict[str, Any]:
    """The calm box of the record, with the way to check it oneself."""
    return {"text": text, "code": code, "url": url, "title": title}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, page: Any) -> dict[str, Any]:
    """Numbered pages; `page` has `number`, `count_of_pages`, `previous`, `next` and `total`."""
    pages = Paginator(range(page.count_of_pages), 1)
    shown = pages.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    links = [(number, _address(context, page=number)) for number in shown]
    return {
        "page": page,
        "links": links,
        "gap": pages.ELLIPSIS,
        "previous": _address(context, page=page.previous) if page.previous else "",
        "next": _address(context, page=page.next) if page.next else "",
    }


@register.inclusion_tag("components/cursor_pagination.html", takes_context=True)
def cursor_pagination(
    context: Context, previous: str | None = None, next: str | None = None
) -> dict[str, Any]:
    """Earlier and later parts of a list without page numbers, by their cursors."""
    return {
        "previous": _address(context, cursor=previous) if previous else "",
        "next": _address(context, cursor=next) if next else "",
    }


@register.inclusion_tag("components/column.html", takes_context=True)
def column(context: Context, text: str, sort: str = "", amount: bool = False) -> dict[str, Any]:
    """One column heading; with `sort` it sorts by that key, and a second press turns the order."""
    now = _query(context).get("sort", "")
    order = {sort: "ascending", f"-{sort}": "descending"}.get(now, "") if sort else ""
    wanted = f"-{sort}" if now == sort else sort
    url = _address(context, sort=wanted, page=None, cursor=None) if sort else ""
    return {"text": text, "order": order, "url": url, "amount": amount}


def _query(context: Context) -> QueryDict:
    request = context.get("request")
    return request.GET if request is not None else QueryDict()


def _address(context: Context, **changes: Any) -> str:
    query = _query(context).copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag
def field(
    bound: BoundField,
    hints: Mapping[str, str] | None = None,
    heading: bool = False,
    in_filter: bool = False,
) -> SafeString:
    """A field with label, hint, error and control.

    `hints` explains single choices by their value. `heading` makes the label the page's heading.
    `in_filter` leaves out the word "optional", since every filter is.
    """
    context = field_context(bound, hints=hints or {}, is_heading=heading, in_filter=in_filter)
    return mark_safe(get_template(context["template"]).render(context))  # noqa: S308


@register.inclusion_tag("components/error_summary.html")
def error_summary(*several: forms.BaseForm) -> dict[str, Any]:
    """Every fault of one form or several, with links to mend it; nothing when there is none."""
    return {"faults": [fault for form in several for fault in error_links(form)]}


@register.inclusion_tag("components/filter_form.html", takes_context=True)
def filter_form(context: Context, form: forms.BaseForm, label: str = "") -> dict[str, Any]:
    """Search and filters of a list, sent as an address that can be shared."""
    query = _query(context)
    return {"form": form, "label": label, "sort": query.get("sort", ""), "is_used": bool(query)}


@register.inclusion_tag("components/leave_page.html")
def leave_page(url: str) -> dict[str, Any]:
    """A way to leave a page at once; `url` is a harmless page, chosen by the organisation."""
    return {"url": url}


@register.simple_block_tag
def stacked_table(content: str, caption: str = "", show_caption: bool = False) -> SafeString:
    """A table whose rows become cards on a phone. Inside: `columns`, then `row` tags."""
    return format_html(
        '<table class="table" role="table"><caption class="{}">{}</caption>{}</table>',
        "" if show_caption else "govuk-visually-hidden",
        caption,
        content,
    )


@register.simple_tag
def columns(*headings: str) -> SafeString:
    """The whole head of a table in plain words; `table_head` holds `column` tags that sort."""
    cells = ((heading,) for heading in headings)
    return table_head(
        format_html_join("", '<th role="columnheader" scope="col">{}</th>', cells),
    )


@register.simple_block_tag
def table_head(content: str) -> SafeString:
    """The head of a stacked table, around its `column` tags."""
    return format_html('<thead role="rowgroup"><tr role="row">{}</tr></thead>', content)


@register.simple_block_tag
def row(content: str, apart: bool = False) -> SafeString:
    """One row; `apart` warms it because the sides differ in it."""
    return format_html('<tr role="row"{}>{}</tr>', _class("apart", apart), content)


def _class(name: str, is_set: bool) -> SafeString:
    return format_html(' class="{}"', name) if is_set else mark_safe("")


@register.simple_block_tag
def row_heading(content: str) -> SafeString:
    """The first cell of a row: what the row is about."""
    return format_html('<th role="rowheader" scope="row">{}</th>', content)


@register.simple_block_tag
def cell(content: str, label: str, of_side: str = "", amount: bool = False) -> SafeString:
    """One cell; `label` names its column on a phone, `of_side` sets that side's mark there."""
    marked = _side_label(of_side)
    return format_html(
        '<td role="cell" data-label="{}"{}{}>{}<div class="cell">{}</div></td>',
        label,
        _class("amount", amount),
        format_html(' data-side="{}"', of_side) if of_side else "",
        marked,
        content,
    )


def _side_label(key: str) -> SafeString | str:
    if not key:
        return ""
    return format_html('<span class="cell-side" aria-hidden="true">{}</span>', side(key))
