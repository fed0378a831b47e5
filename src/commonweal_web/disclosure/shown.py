"""What a published page shows, made from its payload alone, so that a version never moves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal_web.disclosure.queries import readers_in_words
from commonweal_web.disclosure.thresholds import FACETS, KINDS, in_words, threshold_key
from commonweal_web.disclosure.words import NO_ANSWER, STATE_KINDS, STATES
from commonweal_web.house.declaration import Text
from commonweal_web.house.texts import kept_text

Payload = Mapping[str, Any]
PLAIN_FACT = "disclosure/plain_fact.html"
DECIDED = "workers_decided"


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row of the table of risks: a risk with one answer to it, or with none."""

    title: str
    is_first: bool
    public_since: date
    groups: tuple[Payload, ...]
    answer: str
    state: Text
    state_kind: str
    on: date | None


@dataclass(frozen=True, slots=True)
class ShownFact:
    """A section that another room offers: its title, its templates, its data."""

    title: str
    templates: tuple[str, ...]
    data: Payload


def readers_sentence(codes: Sequence[str]) -> str:
    """For whom a page is written, as one sentence."""
    return _("For %(readers)s.") % {"readers": get_text_list(readers_in_words(codes), _("and"))}


def rows_of(lines: Sequence[Payload]) -> Iterator[ShownRow]:
    """The table of risks, one row for each answer."""
    for line in lines:
        answers: Sequence[Payload] = line["mitigations"] or [{}]
        for place, answer in enumerate(answers):
            yield ShownRow(
                title=kept_text(line["title"]),
                is_first=place == 0,
                public_since=date.fromisoformat(line["published_on"]),
                groups=tuple(line["for_whom"]),
                answer=answer.get("text", ""),
                state=STATES.get(answer.get("state", ""), NO_ANSWER),
                state_kind=STATE_KINDS.get(answer.get("state", ""), "plain"),
                on=date.fromisoformat(answer["date"]) if answer else None,
            )


def reasons_of(lines: Sequence[Payload], *, thresholds: Sequence[Payload]) -> list[str]:
    """The thresholds that these lines met, each in one sentence, in the commitment's order."""
    met = {reason["kind"] for line in lines for reason in line["reasons"]}
    return [in_words(each) for each in thresholds if each["kind"] in met]


def met_and_published(lines: Sequence[Payload]) -> str:
    """When the mark was met, and how long it took until the page was published."""
    if not lines:
        return ""
    slowest = max(lines, key=lambda line: (line["days_undisclosed"], line["since"]))
    days: int = slowest["days_undisclosed"]
    if days == 0:
        return _("It was published the same day.")
    return ngettext(
        "It stayed undisclosed for %(days)s day.",
        "It stayed undisclosed for up to %(days)s days.",
        days,
    ) % {"days": days}


def first_met(lines: Sequence[Payload]) -> date | None:
    """The first day on which a threshold was met."""
    return min((date.fromisoformat(line["since"]) for line in lines), default=None)


def facts_of(payload: Payload) -> list[ShownFact]:
    """The sections that other rooms offered, as this version kept them."""
    return [
        ShownFact(kept_text(each["title"]), (each["template"], PLAIN_FACT), each["data"])
        for each in payload["facts"]
    ]


def use_page_context(payload: Payload) -> dict[str, Any]:
    """Everything that the page of a use says."""
    thresholds = payload["commitment"].get("thresholds", [])
    lines = payload["lines"]
    return {
        "about": payload["use"],
        "readers": readers_sentence(payload["readers"]),
        "pledge": payload["commitment"],
        "rows": list(rows_of(lines)),
        "reasons": reasons_of(lines, thresholds=thresholds),
        "first_met": first_met(lines),
        "how_soon": met_and_published(lines),
        "facts": facts_of(payload),
        "workers_decided": any(each["id"].startswith(DECIDED) for each in payload["facts"]),
        "withdrawn": payload["withdrawn"],
    }


def reason_in_words(reason: Payload) -> str:
    """One met threshold with what met it, for the desk."""
    detail = [str(FACETS.get(each, f"“{each}”")) for each in reason["detail"]]
    name = str(KINDS[reason["kind"]])
    return f"{name} ({get_text_list(detail, _('and'))})" if detail else name


@dataclass(frozen=True, slots=True)
class ShownThreshold:
    """A threshold of a commitment: its name, its sentence, and its source where it has one."""

    key: str
    name: str
    sentence: str
    is_share: bool


def thresholds_of(stored: Sequence[Payload]) -> list[ShownThreshold]:
    """The thresholds of a version in words."""
    return [
        ShownThreshold(
            key="-".join(threshold_key(each)),
            name=str(KINDS[each["kind"]]),
            sentence=in_words(each),
            is_share=each["kind"] == "cost_or_revenue",
        )
        for each in stored
    ]
