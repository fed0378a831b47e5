"""What people do with their own account: language, password, second step, tokens."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal_web.house.forms import add_refusal
from commonweal_web.house.refusals import Refused
from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.people import actions, queries, roles
from commonweal_web.people.forms import LanguageForm, TokenForm
from commonweal_web.people.models import Account, CodeSheet
from commonweal_web.people.permissions import CHANGE_OWN_ACCOUNT, MAKE_TOKEN, SEE_VOICES
from commonweal_web.people.sessions import began_by_code

USUAL_TOKEN_DAYS = timedelta(days=90)


def _audience(request: PersonRequest) -> str:
    return "my" if request.path.startswith("/my/") else "desk"


def _own(request: PersonRequest) -> Account:
    return queries.person_of(request.organisation, pk=str(request.actor.account_id))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(CHANGE_OWN_ACCOUNT)
def account(request: PersonRequest) -> HttpResponse:
    """My account: who I am here, the language I read, how I sign in."""
    own = _own(request)
    audience = _audience(request)
    form = LanguageForm(request.POST or None, initial={"language": own.language})
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["language"]
        actions.change_language(
            organisation=request.organisation,
            by=request.actor,
            at=request.now,
            account=own,
            language=chosen,
        )
        with translation.override(chosen):
            messages.success(request, _("From now on you read this language."))
        answer = redirect(f"{audience}:people:account")
        if "django_language" in request.COOKIES:
            answer.delete_cookie("django_language")
        return answer
    sheets = queries.sheets_of(own)
    context = {
        "form": form,
        "own": own,
        "layout": f"layout/{audience}.html",
        "roles": [roles.BY_NAME[each.role] for each in request.actor.grants],
        "has_work_accounts": bool(settings.SOCIALACCOUNT_PROVIDERS),
        "sheets": sheets,
        "left": _codes_left(sheets),
        "today": request.now.date(),
        "by_code": began_by_code(request.session),
        "audience": audience,
        "has_deputies": bool(
            queries.offices_of(own, on=request.now.date())
            or queries.standing_by(own, on=request.now.date())
        ),
        "may_make_token": audience == "desk" and request.actor.may(MAKE_TOKEN),
    }
    return render(request, "people/account.html", context)


def _codes_left(sheets: list[CodeSheet]) -> int:
    """How many codes of the sheet in force were not used. Nobody but its holder sees this."""
    held = next((each for each in sheets if each.ended_at is None), None)
    return queries.codes_left_on(held) if held is not None else 0


@require_http_methods(["GET", "HEAD", "POST"])
@needs(MAKE_TOKEN)
def tokens(request: PersonRequest) -> HttpResponse:
    """My API tokens. The secret of a new one is on this page once, and never again."""
    own = _own(request)
    form = TokenForm(
        request.POST or None, initial={"expires_on": request.now.date() + USUAL_TOKEN_DAYS}
    )
    made = None
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make_token(
                organisation=request.organisation,
                by=request.actor,
                at=request.now,
                account=own,
                **form.cleaned_data,
            )
        except Refused as refusal:
            add_refusal(form, refusal)
    context = {
        "form": form,
        "made": made,
        "tokens": queries.tokens_of(own),
        "today": request.now.date(),
    }
    return render(request, "people/tokens.html", context)


@require_POST
@needs(MAKE_TOKEN)
def revoke_token(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Stop a token at once."""
    token = queries.token_of(_own(request), pk=pk)
    actions.revoke_token(
        organisation=request.organisation, by=request.actor, at=request.now, token=token
    )
    messages.success(request, _("The token is stopped. Programs cannot use it any more."))
    return redirect("desk:people:tokens")


@require_safe
@needs(SEE_VOICES)
def voices(request: PersonRequest) -> HttpResponse:
    """Who acts for workers here, who decides grievances, and how each of them was named."""
    found = queries.voices_of(request.organisation, on=request.now.date())
    context = {
        "voices": [(each, queries.role_title(each.role)) for each in found],
        "has_registrar": any(each.role == "registrar" for each in found),
    }
    return render(request, "people/voices.html", context)
