"""The rows of the list of uses, written in one go, since fifty rows of tags cost far more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache

from django import template
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.systems.requirements import Role
from commonweal_web.layout.parts import side_mark
from commonweal_web.systems.models import Stage
from commonweal_web.systems.page_parts import MARK_OF_SIDE, ROLE_TITLES
from commonweal_web.systems.queries import ListedUse, class_in_words, date_in_words

register = template.Library()

NAMED = 3


@register.simple_tag
def use_rows(uses: Iterable[ListedUse], today: date) -> SafeString:
    """One row for each use: who answers, where it stands, what is missing and what comes next."""
    rows = "".join(_Rows(today).of(uses))
    return mark_safe(rows)  # noqa: S308 - each text was escaped


class _Rows:
    """Says the same words once for all rows of a page; what people typed is always escaped."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.base = escape(reverse("desk:systems:uses"))
        self.stages = {stage.value: escape(stage.label) for stage in Stage}
        self.cells = [
            f'<td role="cell" data-label="{escape(title)}"><div class="cell">'
            for title in column_titles()[1:]
        ]
        self.day = cache(lambda on: escape(date_format(on, "j M Y")))
        self.since = cache(lambda on: says(escape(_("since %(day)s") % {"day": self.day(on)})))
        self.role = cache(_role)
        self.what = cache(lambda what: says(escape(date_in_words(what))))
        self.gravest = cache(lambda found: escape(class_in_words(found) or _("not yet judged")))
        self.missing = cache(_missing)
        self.differ = cache(_differ)
        self.none = _quiet(_("none on file"))
        self.no_gate = _tag("gap", _("no gate passed"))
        self.late = _tag("due", _("overdue"))
        self.nobody = _quiet(_("nobody yet"))
        self.unnamed = says(escape(_("nobody named yet that it touches")))
        self.signed = says(escape(_("it can be signed")))
        self.nothing, self.over = escape(_("nothing missing")), _quiet(_("no gate ahead"))

    def of(self, uses: Iterable[ListedUse]) -> Iterator[str]:
        """Each row as markup."""
        for use in uses:
            apart = ' class="apart"' if use.differ else ""
            heading = f'<a href="{self.base}{use.pk}/">{escape(use.name)}</a>'
            said = "" if use.system == use.name else says(escape(use.system))
            shown = zip(self.cells, self._cells(use), strict=True)
            cells = "".join(f"{opening}{text}</div></td>" for opening, text in shown)
            yield (
                f'<tr role="row"{apart}><th role="rowheader" scope="row">{heading}{said}'
                f"{self._touches(use)}</th>{cells}</tr>\n"
            )

    def _cells(self, use: ListedUse) -> tuple[str, ...]:
        gate = f" {self.no_gate}" if use.without_gate else ""
        return (
            escape(use.owner) if use.owner else self.nobody,
            f"{self.stages[use.stage]}{gate}{self.since(use.since)}",
            self._gaps(use),
            self._next(use),
            self.differ(use.differ) if use.differ else self.none,
            self._risks(use),
        )

    def _touches(self, use: ListedUse) -> str:
        names = use.touches.split("; ") if use.touches else []
        if not names:
            return self.unnamed
        more, shown = len(names) - NAMED, ", ".join(names[:NAMED])
        if more > 0:
            shown = _("%(names)s and %(count)s more") % {"names": shown, "count": more}
        return says(escape(shown))

    def _gaps(self, use: ListedUse) -> str:
        if not use.gate:
            return self.over
        text = self.missing(use.gaps) if use.gaps else self.nothing
        who = self.role(use.first_move) if use.gaps else self.signed
        return f'<a href="{self.base}{use.pk}/gate/{escape(use.gate)}/">{text}</a>{who}'

    def _next(self, use: ListedUse) -> str:
        if use.next_on is None:
            return self.none
        late = self.late if use.next_on < self.today else ""
        day = f'<span class="nowrap">{self.day(use.next_on)}</span>'
        return f"{day} {late}{self.what(use.next_what or '')}"

    def _risks(self, use: ListedUse) -> str:
        if not use.open_risks:
            return self.none
        return f"{self.gravest(use.gravest)}{says(escape(risks_in_words(use)))}"


def says(markup: str) -> str:
    """A second, smaller line of a cell; what it holds is markup already."""
    return f'<span class="says">{markup}</span>'


def _quiet(text: str) -> str:
    """A word that says there is nothing."""
    return f'<span class="quiet">{escape(text)}</span>'


def _tag(kind: str, text: str) -> str:
    return f'<strong class="tag tag-{kind} nowrap">{escape(text)}</strong>'


def _missing(count: int) -> str:
    return escape(ngettext("%(count)s missing", "%(count)s missing", count) % {"count": count})


def _differ(count: int) -> str:
    words = ngettext("differ on %(count)s question", "differ on %(count)s questions", count)
    return says(escape(words % {"count": count}))


def _role(name: str) -> str:
    role = Role(name)
    return says(side_mark(MARK_OF_SIDE[role.side], str(ROLE_TITLES[role])))


def risks_in_words(use: ListedUse) -> str:
    """How many risks are open, and how many of them nobody has judged."""
    count, unjudged = use.open_risks or 0, use.unjudged or 0
    words = ngettext("%(count)s open", "%(count)s open", count) % {"count": count}
    if not unjudged or unjudged == count:
        return words
    return _("%(open)s, %(unjudged)s not yet judged") % {"open": words, "unjudged": unjudged}


def column_titles() -> tuple[str, ...]:
    """The headings of the list, in order."""
    return (
        _("Use"),
        _("Who answers"),
        _("Stage"),
        _("Before the next gate"),
        _("Next date"),
        _("Where sides differ"),
        _("Gravest open risk"),
    )


@register.simple_tag
def date_words(what: str | None) -> str:
    """What is due on a day, in words."""
    return date_in_words(what or "")
