"""One question per page, each answer stored at once; for an account and for a link alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from commonweal.job_impact.views import Answer
from commonweal_web.house.refusals import NotHere
from commonweal_web.job_impact import actions
from commonweal_web.job_impact.forms.answers import PHONE_ANSWERS, PhoneAnswer
from commonweal_web.job_impact.forms.sending import carried_out, posted
from commonweal_web.job_impact.queries.closings import closed_answers
from commonweal_web.job_impact.queries.own import OwnWay
from commonweal_web.job_impact.queries.pages import page_of_run, practices_ahead
from commonweal_web.record.actor import Actor

A_SITTING = 8
"""Questions in about four minutes; then the page offers a break."""


@dataclass(frozen=True)
class Visitor:
    """Who answers: their way through the questions, and where their pages are."""

    by: Actor
    way: OwnWay
    audience: str
    args: tuple[Any, ...]
    name: str = ""
    may_answer: bool = True

    @property
    def base(self) -> str:
        """The layout of their pages."""
        return {"my": "layout/my.html", "public": "job_impact/phone/by_link.html"}[self.audience]

    def url(self, page: str, *more: str) -> str:
        """The address of one of their pages."""
        return reverse(f"{self.audience}:job_impact:{page}", args=[*self.args, *more])


def context_of(visitor: Visitor, **more: Any) -> dict[str, Any]:
    """What every page of theirs shows."""
    assessment = visitor.way.assessment
    return {
        "visitor": visitor,
        "way": visitor.way,
        "assessment": assessment,
        "use": assessment.use,
        "base": visitor.base,
        "home_url": visitor.url("assessment"),
        "answers_url": visitor.url("answers"),
        "outcome_url": visitor.url("outcome"),
        "may_answer": visitor.may_answer and assessment.is_open,
        **more,
    }


def overview(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """What it is about, how far one is, and the one button that goes on."""
    following = visitor.way.next_after()
    url = visitor.url("question", following) if following else ""
    return render(request, "job_impact/phone/overview.html", context_of(visitor, next_url=url))


def question(request: Any, visitor: Visitor, *, signal: str) -> HttpResponse:
    """One question."""
    way = visitor.way
    found = next((one for one in way.signals if one.id == signal), None)
    if found is None or not visitor.may_answer or not way.assessment.is_open:
        raise NotHere("not_found", _("This question is not open here."))
    form = PhoneAnswer(posted(request), way=way, signal=found)
    if carried_out(
        form,
        lambda: actions.give_view(
            organisation=request.organisation,
            by=visitor.by,
            at=request.now,
            assessment=way.assessment,
            signal=signal,
            side=way.side if visitor.audience == "my" else "",
            **form.cleaned_data,
        ),
    ):
        return _after(request, visitor, signal=signal)
    context = context_of(
        visitor,
        form=form,
        signal=found,
        place=way.place(signal),
        mine=way.answers.get(signal),
        skip_url=_skip(visitor, signal=signal),
    )
    return render(request, "job_impact/phone/question.html", context)


def _skip(visitor: Visitor, *, signal: str) -> str:
    following = visitor.way.next_after(signal)
    other = following if following != signal else None
    return visitor.url("question", other) if other else visitor.url("answers")


def _after(request: HttpRequest, visitor: Visitor, *, signal: str) -> HttpResponse:
    """On to the next question; after a sitting, or at the end, to the overview."""
    way = visitor.way
    was_open = signal in way.unanswered
    following = next((one for one in [way.next_after(signal)] if one != signal), None)
    done = way.answered + was_open
    if not was_open:
        messages.success(request, _("Your new answer is stored."))
        return redirect(visitor.url("answers"))
    if following is None:
        return redirect(visitor.url("assessment"))
    if done % A_SITTING == 0:
        messages.success(request, _("Everything is stored. This is a good place for a break."))
        return redirect(visitor.url("assessment"))
    return redirect(visitor.url("question", following))


def answers(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """One's own answers, which nobody else can see as one's own."""
    words = {str(value): label for value, label in PHONE_ANSWERS}
    rows = [
        {
            "signal": signal,
            "mine": visitor.way.answers.get(signal.id),
            "said": words.get(getattr(visitor.way.answers.get(signal.id), "answer", ""), ""),
            "is_open": signal.id in visitor.way.unanswered,
            "url": visitor.url("question", signal.id),
        }
        for signal in visitor.way.signals
    ]
    return render(request, "job_impact/phone/answers.html", context_of(visitor, rows=rows))


def outcome(request: Any, visitor: Visitor) -> HttpResponse:
    """What came of it: what each side calls present, closings with reasons, and what follows."""
    way = visitor.way
    page = page_of_run(way.file, assessment=way.assessment, on=request.now.date())
    empty = Answer.NOT_YET_ASSESSED.value
    telling = [row for row in page.rows if row.is_present or row.differs]
    context = context_of(
        visitor,
        page=page,
        telling=telling,
        empty=empty,
        closed=closed_answers(way.file),
        ahead=practices_ahead(page.run),
    )
    return render(request, "job_impact/phone/outcome.html", context)
