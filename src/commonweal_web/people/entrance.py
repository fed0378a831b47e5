"""The addresses of signing in and out, and the first page of all."""

from __future__ import annotations

import base64
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from allauth.socialaccount import views as outside
from allauth.socialaccount.providers.openid_connect import views as connect
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse_lazy
from django.views.decorators.http import require_http_methods

from commonweal_web.people import sign_in_forms as forms
from commonweal_web.people.actions import disconnect_work_account
from commonweal_web.people.code_views import for_passwords_only, own_password, sign_in_by_code
from commonweal_web.people.leaving import SignOutView, signed_out, still_here
from commonweal_web.people.queries import work_accounts_of
from commonweal_web.people.sessions import begin_sitting
from commonweal_web.people.sign_in import signed_in_by_password

CLOSED_TO_CODES = frozenset(
    {
        "account_change_password",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_remove_webauthn",
        "mfa_edit_webauthn",
    }
)
"""Pages that change how somebody signs in. A printed code, which others held, opens none."""


def home(request: HttpRequest) -> HttpResponse:
    """Send people where their work is: workers to /my/, everybody else to /desk/."""
    if not request.user.is_authenticated:
        return redirect_to_login("/", login_url=settings.LOGIN_URL)
    actor = request.actor  # type: ignore[attr-defined]
    return redirect("/my/" if actor.roles <= {"worker"} else "/desk/")


def go_to_work_account(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Begin to sign in through work, with a page between: forms may not lead to other sites."""
    if request.method != "POST":
        return redirect(settings.LOGIN_URL)
    answer: HttpResponse = connect.login(request, provider_id)
    if answer.status_code != 302:
        return answer
    address = answer["Location"]
    page = render(request, "people/sign_in/go_on.html", {"address": address})
    page["Refresh"] = f"0; url={address}"
    return page


@require_http_methods(["GET", "HEAD", "POST"])
def work_account(request: HttpRequest) -> HttpResponse:
    """Connect one's work account, or part from it: both are one's own to do."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.path, login_url=settings.LOGIN_URL)
    account: Any = request.user
    if request.method == "POST":
        disconnect_work_account(account)
        return redirect("account_work")
    context = {
        "own": account,
        "connected": work_accounts_of(account),
        "by_password": signed_in_by_password(request),
    }
    return render(request, "people/sign_in/work_account.html", context)


class SwitchOnCodesView(totp.ActivateTOTPView):  # type: ignore[misc]
    """Shows the picture for the app on white paper, so that it can be read in dark mode too."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        head, svg, body = context["totp_svg"].partition("<svg")
        tag, end, drawing = body.partition(">")
        paper = '<rect width="100%" height="100%" fill="#fff"/>'
        picture = f"{head}{svg}{tag}{end}{paper}{drawing}".encode()
        encoded = base64.b64encode(picture).decode()
        return context | {"totp_svg_data_uri": f"data:image/svg+xml;base64,{encoded}"}


class SignInView(account.LoginView):  # type: ignore[misc]
    """Notes on whose device somebody signs in, before the library lets them in."""

    def form_valid(self, form: Any) -> HttpResponse:
        begin_sitting(self.request, device=form.cleaned_data.get("device", ""))
        answer: HttpResponse = super().form_valid(form)
        return answer


def _page(address: str, name: str, view: Any, template: str, **options: Any) -> URLPattern:
    shown = view.as_view(template_name=f"people/sign_in/{template}.html", **options)
    if name in CLOSED_TO_CODES:
        shown = for_passwords_only(shown)
    found: URLPattern = path(address, shown, name=name)
    return found


urlpatterns = [
    path("", home, name="home"),
    _page("sign-in/", "account_login", SignInView, "sign_in", form_class=forms.SignInForm),
    path("sign-in/code/", sign_in_by_code, name="sign_in_by_code"),
    _page("sign-out/", "account_logout", SignOutView, "sign_out"),
    path("signed-out/", signed_out, name="signed_out"),
    path("still-here/", still_here, name="still_here"),
    path("account/own-password/", own_password, name="account_set_password"),
    _page(
        "sign-up/",
        "account_signup",
        account.SignupView,
        "closed",
        template_name_signup_closed="people/sign_in/closed.html",
    ),
    _page("account/inactive/", "account_inactive", account.AccountInactiveView, "inactive"),
    _page(
        "account/confirm/",
        "account_reauthenticate",
        account.ReauthenticateView,
        "confirm",
        form_class=forms.ConfirmByPasswordForm,
    ),
    _page(
        "account/password/",
        "account_change_password",
        account.PasswordChangeView,
        "password",
        form_class=forms.NewPasswordForm,
        success_url=reverse_lazy("home"),
    ),
    path("account/work/", for_passwords_only(work_account), name="account_work"),
    _page("account/second-step/", "mfa_index", second_step.IndexView, "second_step"),
    _page(
        "account/second-step/ask/",
        "mfa_authenticate",
        second_step.AuthenticateView,
        "ask_second_step",
        form_class=forms.SecondStepForm,
    ),
    _page(
        "account/second-step/confirm/",
        "mfa_reauthenticate",
        second_step.ReauthenticateView,
        "confirm",
        form_class=forms.ConfirmByCodeForm,
    ),
    _page(
        "account/second-step/app/on/",
        "mfa_activate_totp",
        SwitchOnCodesView,
        "app_on",
        form_class=forms.SwitchOnCodesForm,
    ),
    _page(
        "account/second-step/app/off/", "mfa_deactivate_totp", totp.DeactivateTOTPView, "app_off"
    ),
    _page(
        "account/second-step/recovery/",
        "mfa_view_recovery_codes",
        recovery.ViewRecoveryCodesView,
        "recovery",
    ),
    _page(
        "account/second-step/recovery/new/",
        "mfa_generate_recovery_codes",
        recovery.GenerateRecoveryCodesView,
        "new_recovery",
    ),
    path(
        "account/second-step/recovery/codes.txt",
        for_passwords_only(recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    _page("account/second-step/keys/", "mfa_list_webauthn", keys.ListWebAuthnView, "keys"),
    _page(
        "account/second-step/keys/add/",
        "mfa_add_webauthn",
        keys.AddWebAuthnView,
        "add_key",
        form_class=forms.AddKeyForm,
    ),
    _page(
        "account/second-step/keys/confirm/",
        "mfa_reauthenticate_webauthn",
        keys.ReauthenticateWebAuthnView,
        "confirm_by_key",
    ),
    _page(
        "account/second-step/keys/<int:pk>/remove/",
        "mfa_remove_webauthn",
        keys.RemoveWebAuthnView,
        "remove_key",
    ),
    _page(
        "account/second-step/keys/<int:pk>/name/",
        "mfa_edit_webauthn",
        keys.EditWebAuthnView,
        "rename_key",
        form_class=forms.RenameKeyForm,
    ),
    path("account/second-step/keys/sign-in/", keys.login_webauthn, name="mfa_login_webauthn"),
]
if settings.SOCIALACCOUNT_PROVIDERS:
    urlpatterns += [
        _page(
            "work/sign-in/cancelled/",
            "socialaccount_login_cancelled",
            outside.LoginCancelledView,
            "work_cancelled",
        ),
        _page(
            "work/sign-in/error/",
            "socialaccount_login_error",
            outside.LoginErrorView,
            "work_error",
        ),
        _page(
            "work/sign-in/unknown/",
            "socialaccount_signup",
            outside.SignupView,
            "work_unknown",
            template_name_signup_closed="people/sign_in/work_unknown.html",
        ),
        path("work/<str:provider_id>/", go_to_work_account, name="openid_connect_login"),
        path("work/<str:provider_id>/back/", connect.callback, name="openid_connect_callback"),
    ]
