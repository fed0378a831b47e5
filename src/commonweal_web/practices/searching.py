"""What of this room can be found: the practices and the signals of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonweal.practices import SignalKind, catalogue
from commonweal_web.house.searching import SearchHit, SearchReader, SearchShelf, SearchText
from commonweal_web.practices.permissions import SEE_PRACTICES


def _texts() -> Mapping[str, SearchText]:
    known = catalogue()
    practices = {
        each.id: SearchText(each.title, text=(each.id, each.summary, each.asks))
        for each in known.practices
    }
    signals = {
        each.id: SearchText(each.title, text=(each.id, each.question, each.hint, *each.caveats))
        for each in known.signals
    }
    return {**practices, **signals}


def _hits(ids: Sequence[str]) -> Mapping[str, SearchHit]:
    known = catalogue()
    practices = {each.id: each for each in known.practices}
    return {id: _practice(id) if id in practices else _signal(id) for id in ids}


def _practice(id: str) -> SearchHit:
    found = catalogue().practice(id)
    url = reverse("desk:practices:practice", args=[id])
    return SearchHit(found.title, found.summary, _("practice"), url)


def _signal(id: str) -> SearchHit:
    found = catalogue().signal(id)
    kind = _("signal of risk") if found.kind is SignalKind.RISK else _("signal of opportunity")
    url = reverse("desk:practices:signal", args=[id])
    return SearchHit(found.title, found.question, kind, url)


def _may_see(reader: SearchReader) -> bool:
    return reader.audience == "desk" and reader.actor.may(SEE_PRACTICES)


SEARCH = (
    SearchShelf(
        kind="practice",
        order=60,
        title=gettext_lazy("Practices and signals"),
        texts=_texts,
        visible=_may_see,
        hits=_hits,
    ),
)
