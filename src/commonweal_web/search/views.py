"""The page of results: by kind, or one kind page by page."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonweal_web.house.paging import page_number
from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.house.searching import SearchAudience, SearchReader
from commonweal_web.search import queries
from commonweal_web.search.permissions import SEARCH_DESK, SEARCH_OWN


@require_safe
@needs(SEARCH_DESK)
def at_the_desk(request: PersonRequest) -> HttpResponse:
    """What the reader's desk may see."""
    return _results(request, audience="desk")


@require_safe
@needs(SEARCH_OWN)
def of_own_work(request: PersonRequest) -> HttpResponse:
    """What touches the reader's own work."""
    return _results(request, audience="my")


def _results(request: PersonRequest, *, audience: SearchAudience) -> HttpResponse:
    words = request.GET.get("words", "").strip()[: queries.LONGEST + 1]
    reader = SearchReader(
        request.actor, request.user, request.organisation, audience, request.now.date()
    )
    kind = request.GET.get("kind", "")
    kind = kind if kind in queries.kinds() else ""
    context = {
        "words": words,
        "kind": kind,
        "layout": f"layout/{audience}.html",
        "is_own": audience == "my",
        "most": queries.MOST,
        **_found(words, reader=reader, kind=kind, number=page_number(request.GET.get("page"))),
    }
    return render(request, "search/results.html", context)


def _found(words: str, *, reader: SearchReader, kind: str, number: int) -> dict[str, Any]:
    if not kind:
        found = queries.overview(words, reader=reader)
        return {"found": found, "groups": found.groups}
    found = queries.found(words, reader=reader, only=(kind,), number=number)
    shown = next((group for group in found.groups if group.kind == kind), None)
    return {"found": found, "groups": found.groups, "shown": shown, "page": found.page}
