"""Signing in by a printed code, and choosing a password after it."""

from __future__ import annotations

from typing import Any

from allauth.core.internal.ratelimit import get_ip
from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth.views import redirect_to_login
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commonweal_web.house.forms import add_refusal
from commonweal_web.house.refusals import Refused
from commonweal_web.people import actions, queries
from commonweal_web.people.sessions import began_by_code, begin_sitting, note_code
from commonweal_web.people.sign_in_forms import CodeForm, OwnPasswordForm

BACKEND = "commonweal_web.people.sign_in.AccountBackend"
WAIT_SECONDS, WAIT_COUNTS_FOR = 5, 30 * 60
_waits = TimestampSigner(salt="people.waited")


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_by_code(request: Any) -> HttpResponse:
    """The door for people with a sheet of codes: no name, no password, no e-mail.

    An expired, used, cancelled or mistyped code is answered exactly like a wrong one. After many
    wrong codes from a network, or from anywhere, a try counts only from a page that has been open
    for five seconds: slower for whoever guesses, and nobody is ever shut out.
    """
    if request.method != "POST":
        return _page(request, CodeForm())
    form = CodeForm(request.POST)
    network = get_ip(request)
    form.is_valid()
    typed = form.cleaned_data.get("code", "")
    if queries.is_busy(network, at=request.now) and not _has_waited(request, network):
        return _page(request, CodeForm(), said=_wait(), status=429)
    sheet = actions.spend_code(typed, at=request.now)
    if sheet is None:
        actions.count_wrong_try(network, at=request.now)
        return _page(request, CodeForm(), said=_wrong())
    return _let_in(request, sheet=sheet, device=form.cleaned_data.get("device", ""))


def _wrong() -> str:
    return _(
        "This code does not work. Check it letter by letter, or take the next one on your sheet. "
        "Each code works once."
    )


def _wait() -> str:
    return _("Many wrong codes were tried. Wait five seconds, then type your code and go on.")


def _page(request: Any, form: CodeForm, *, said: str = "", status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "said": said,
        "waited": _waits.sign(_network_mark(get_ip(request))),
        "next": request.POST.get("next") or request.GET.get("next", ""),
    }
    return render(request, "people/sign_in/by_code.html", context, status=status)


def _network_mark(network: str) -> str:
    return salted_hmac("people.waited", network, algorithm="sha256").hexdigest()[:16]


def _has_waited(request: Any, network: str) -> bool:
    """Whether the page this came from was open for some seconds, in the same network."""
    given = request.POST.get("waited", "")
    try:
        mark = _waits.unsign(given, max_age=WAIT_COUNTS_FOR)
    except BadSignature:
        return False
    try:
        _waits.unsign(given, max_age=WAIT_SECONDS)
    except BadSignature:
        return mark == _network_mark(network)
    return False


def _let_in(request: Any, *, sheet: Any, device: str) -> HttpResponse:
    account: Any = queries.account_with_roles(sheet.account_id)
    if account is None:  # closed since the code was spent
        return redirect("sign_in_by_code")
    request.session.flush()
    begin_sitting(request, device=device)
    note_code(request, sheet=str(sheet.pk))
    login(request, account, backend=BACKEND)
    target = request.POST.get("next", "")
    hosts = {request.get_host()}
    is_ours = url_has_allowed_host_and_scheme(target, hosts, require_https=request.is_secure())
    return redirect(target if target and is_ours else "home")


@require_http_methods(["GET", "HEAD", "POST"])
def own_password(request: Any) -> HttpResponse:
    """Choose a first password, or a new one after a code, so as to need no code next time."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.path)
    if not began_by_code(request.session) and request.user.has_usable_password():
        return redirect("account_change_password")
    form = OwnPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _choose(request, password=form.cleaned_data["password1"])
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("From now on you can sign in with your password, too."))
            return redirect("my:people:account")
    own = request.user
    return render(request, "people/sign_in/own_password.html", {"form": form, "own": own})


def _choose(request: Any, *, password: str) -> None:
    own = queries.person_of(request.organisation, pk=request.user.pk)
    changed = actions.set_own_password(
        organisation=request.organisation,
        by=request.actor,
        at=request.now,
        account=own,
        password=password,
    )
    request.user.password = changed.password
    update_session_auth_hash(request, request.user)


def for_passwords_only(view: Any) -> Any:
    """Close a page to whoever came in by a printed code: keys and passwords are not changed so."""

    def checked(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        if began_by_code(request.session):
            return render(request, "people/sign_in/not_by_code.html", status=403)
        answer: HttpResponse = view(request, *args, **named)
        return answer

    return checked
