"""The record at the desk: check it, read a row's history, sign, witness, erase."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal_web.house.declaration import Text
from commonweal_web.house.forms import add_refusal
from commonweal_web.house.paging import page_number, page_of
from commonweal_web.house.refusals import Refused
from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.record import actions, permissions, queries
from commonweal_web.record.erasing import SCRUBS
from commonweal_web.record.forms import AnswerForm, CosignatureForm, ErasureForm, WitnessForm
from commonweal_web.record.shown import check_context, shown_step, step_context
from commonweal_web.record.words import kind_in_words, subject_in_words, who

ANSWER = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@needs(permissions.READ_RECORD)
def check(request: PersonRequest) -> HttpResponse:
    """How anybody here can check the record."""
    context = check_context(request.organisation) | {
        "crumbs": [(_("Record"), "")],
        "may_sign": request.actor.may(permissions.SIGN_CHECKPOINT),
        "may_witness": request.actor.may(permissions.ADD_WITNESS),
        "may_erase": request.actor.may(permissions.ASK_TO_ERASE),
    }
    return render(request, "record/check_desk.html", context)


@require_safe
@needs(permissions.READ_RECORD)
def steps(request: PersonRequest) -> HttpResponse:
    """All steps, newest first."""
    number = page_number(request.GET.get("page"))
    page = page_of(queries.latest_leaves(request.organisation), number=number)
    context = {"page": page, "steps": [shown_step(each) for each in page.rows]}
    return render(request, "record/steps.html", context)


@require_safe
@needs(permissions.READ_RECORD)
def step(request: PersonRequest, index: int) -> HttpResponse:
    """One step with its proof, and the way to the history of what it is about."""
    context = step_context(request.organisation, index=index)
    subject = context["step"].subject
    context["has_history"] = subject and queries.may_read(subject, actor=request.actor)
    return render(request, "record/step_desk.html", context)


@require_safe
@needs(permissions.READ_HISTORY)
def history(request: PersonRequest, subject: str) -> HttpResponse:
    """Who did what to one row, when, and where the proof is."""
    found = queries.history_of(request.organisation, subject=subject, actor=request.actor)
    context = {
        "about": subject_in_words(subject),
        "subject": subject,
        "may_erase": subject.partition(":")[0] in SCRUBS
        and request.actor.may(permissions.ASK_TO_ERASE),
        "steps": [
            {"step": each, "who": who(each.role), "kind": kind_in_words(each.kind)}
            for each in found
        ],
    }
    return render(request, "record/history.html", context)


@require_POST
@needs(permissions.SIGN_CHECKPOINT)
def sign(request: PersonRequest) -> HttpResponse:
    """Sign the log as it stands."""
    try:
        signed = actions.sign_checkpoint(
            organisation=request.organisation, by=request.actor, at=request.now
        )
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Signed: %(size)s steps.") % {"size": signed.size})
    return redirect("desk:record:check")


@ANSWER
@needs(permissions.ADD_WITNESS)
def witness(request: PersonRequest) -> HttpResponse:
    """Name a witness."""
    return _form_page(
        request,
        WitnessForm(request.POST or None),
        act=actions.add_witness,
        title=gettext_lazy("Name a witness"),
        why=gettext_lazy(
            "A witness keeps our signed checkpoints somewhere else. Nobody here can then rewrite "
            "the past without the witness noticing. A union, a university or a lawyer will do."
        ),
        done=gettext_lazy("The witness is named."),
    )


@ANSWER
@needs(permissions.ADD_WITNESS)
def cosignature(request: PersonRequest) -> HttpResponse:
    """Take in what a witness signed."""
    return _form_page(
        request,
        CosignatureForm(request.POST or None),
        act=actions.take_cosignature,
        title=gettext_lazy("Bring a witness’s signature"),
        why=gettext_lazy("We check both signatures before we keep the text."),
        done=gettext_lazy("The signature is kept."),
    )


@ANSWER
@needs(permissions.ASK_TO_ERASE)
def erase(request: PersonRequest, subject: str) -> HttpResponse:
    """Ask that the personal data of one row is erased."""

    def act(**given: Any) -> Any:
        return actions.request_erasure(subject=subject, **given)

    return _form_page(
        request,
        ErasureForm(request.POST or None),
        act=act,
        title=gettext_lazy("Ask to erase a person’s data"),
        why=gettext_lazy(
            "A second person must approve. Erasing cannot be undone. The record keeps that it was "
            "done, why, and which two accounts agreed."
        ),
        done=gettext_lazy("You asked for it. Now a second person must approve."),
    )


@ANSWER
@needs(permissions.ASK_TO_ERASE)
def erasures(request: PersonRequest) -> HttpResponse:
    """What waits for a second person, and that person’s answer."""
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            said = _answer_erasure(request, form)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, said)
            return redirect("desk:record:erasures")
    waiting = queries.waiting_erasures(request.organisation)
    context = {
        "form": form,
        "waiting": [(each, each.requester == request.actor.account_id) for each in waiting],
    }
    is_wrong = request.method == "POST"
    return render(request, "record/erasures.html", context, status=422 if is_wrong else 200)


def _answer_erasure(request: PersonRequest, form: AnswerForm) -> str:
    """Approve or decline one request; what to say to the person who did."""
    is_approved = form.cleaned_data["answer"] == "approve"
    answer: Callable[..., Any] = (
        actions.approve_erasure if is_approved else actions.decline_erasure
    )
    answer(
        organisation=request.organisation,
        by=request.actor,
        at=request.now,
        request=form.cleaned_data["request"],
    )
    if is_approved:
        return _("The data is erased, and the record says so.")
    return _("Nothing is erased.")


def _form_page(
    request: PersonRequest,
    form: forms.Form,
    *,
    act: Callable[..., Any],
    title: Text,
    why: Text,
    done: Text,
) -> HttpResponse:
    """Show a form, do what it asks for, and keep what was typed when it is refused."""
    if request.method == "POST" and form.is_valid():
        try:
            act(
                organisation=request.organisation,
                by=request.actor,
                at=request.now,
                **form.cleaned_data,
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, str(done))
            return redirect("desk:record:check")
    status = 422 if form.errors else 200
    context = {"form": form, "title": title, "why": why}
    return render(request, "record/form.html", context, status=status)
