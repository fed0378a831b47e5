"""The addresses of signing in and out, and the first page of all."""

from __future__ import annotations

from allauth.account import views as account
from allauth.socialaccount import views as outside
from allauth.socialaccount.providers.openid_connect import views as connect
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path


def home(request: HttpRequest) -> HttpResponse:
    """Send people where their work is: workers to /my/, everybody else to /desk/."""
    if not request.user.is_authenticated:
        return redirect_to_login("/", login_url=settings.LOGIN_URL)
    actor = request.actor  # type: ignore[attr-defined]
    return redirect("/my/" if actor.roles <= {"worker"} else "/desk/")


urlpatterns = [
    path("", home, name="home"),
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("sign-up/", account.signup, name="account_signup"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("account/confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/second-step/", include("allauth.mfa.urls")),
]
if settings.SOCIALACCOUNT_PROVIDERS:
    urlpatterns += [
        path("work/<str:provider_id>/", connect.login, name="openid_connect_login"),
        path("work/<str:provider_id>/back/", connect.callback, name="openid_connect_callback"),
        path(
            "work/sign-in/cancelled/",
            outside.login_cancelled,
            name="socialaccount_login_cancelled",
        ),
        path("work/sign-in/error/", outside.login_error, name="socialaccount_login_error"),
        path("work/sign-in/unknown/", outside.signup, name="socialaccount_signup"),
    ]
