"""What somebody typed, in the reader's language where it is there: `{% typed use "name" %}`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info, gettext

from commonweal_web.languages.queries import digest, translations_of
from commonweal_web.record.fields import subject_of

register = template.Library()


@register.simple_tag(takes_context=True)
def typed(
    context: Context, row: Any, field: str, among: Iterable[Any] = (), quiet: bool = False
) -> str | SafeString:
    """A typed text; where it is missing in the reader's language, the original, and it says so.

    A whole list `among` costs one statement. `quiet` leaves the note out, as in a heading.
    """
    subjects = [subject_of(getattr(each, "row", each)) for each in among]
    original = str(getattr(row, field))
    return _said(context, subject_of(row), field, original, among=subjects, quiet=quiet)


@register.simple_tag(takes_context=True)
def typed_text(
    context: Context, subject: str, field: str, original: str, quiet: bool = False
) -> str | SafeString:
    """The same for a text that a published page keeps, by the name of its row."""
    return _said(context, subject, field, original, among=(), quiet=quiet)


def _said(
    context: Context,
    subject: str,
    field: str,
    original: str,
    *,
    among: Iterable[str],
    quiet: bool,
) -> str | SafeString:
    organisation = context["request"].organisation
    reader, written = get_language() or "en", organisation.language
    if not original.strip() or reader == written:
        return original
    known = _known(context, subject, among=among, reader=reader)
    found = known.get((subject, field))
    if found is None or found.of_sha256 != digest(original):
        return _in_original(original, written=written, reader=reader, quiet=quiet)
    if found.is_machine_made and not quiet:
        note = gettext("Translated by a machine. Nobody has checked it.")
        return format_html('{} <span class="says">{}</span>', found.text, note)
    return str(found.text)


def _known(context: Context, subject: str, *, among: Iterable[str], reader: str) -> dict[Any, Any]:
    """What is known of these rows on this page; each row is asked for once."""
    request = context["request"]
    nothing: dict[str, Any] = {"found": {}, "asked": set()}
    kept: dict[str, Any] = request.__dict__.setdefault("typed_texts", nothing)
    if subject not in kept["asked"]:
        subjects = {subject, *among}
        kept["found"] |= translations_of(request.organisation, subjects=subjects, language=reader)
        kept["asked"] |= subjects
    return kept["found"]  # type: ignore[no-any-return]


def _in_original(text: str, *, written: str, reader: str, quiet: bool) -> SafeString:
    if quiet:
        return format_html('<span lang="{}">{}</span>', written, text)
    note = gettext("Not yet in %(wanted)s. Shown in %(written)s.") % {
        "wanted": gettext(get_language_info(reader)["name"]),
        "written": gettext(get_language_info(written)["name"]),
    }
    return format_html(
        '<span lang="{}">{}</span> <span class="says">{}</span>', written, text, note
    )
