"""Signing in: by password, with a second step, through work; kindly refused; in our look."""

from __future__ import annotations

import base64
import hmac
import json
import os
import re
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commonweal_web.organisations.models import Organisation
from commonweal_web.people.actions import close_account
from commonweal_web.people.entrance import urlpatterns
from commonweal_web.people.models import Account
from commonweal_web.people.queries import operator
from factories.passkey import SoftwareKey

PASSWORD = "tidal cedar lantern"
Person = Callable[..., Account]


@pytest.fixture(autouse=True)
def fresh_limits() -> Iterator[None]:
    """No test counts the attempts of another."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def real_hash(settings: Any) -> None:
    """Signing in is tried with the hash that an installation uses."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]


@pytest.fixture
def ana(person: Person) -> Account:
    """Somebody with a password."""
    return person("people_lead", password=PASSWORD, name="Ana")


def sign_in(client: Client, login: str, password: str) -> Any:
    return client.post("/sign-in/", {"login": login, "password": password})


def code_of(secret: str, *, at: float) -> str:
    """A six-digit code after RFC 6238, computed here and not by the library."""
    key = base64.b32decode(secret)
    digest = hmac.digest(key, struct.pack(">Q", int(at) // 30), "sha1")
    place = digest[-1] & 15
    number = struct.unpack(">I", digest[place : place + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def test_the_first_page_sends_strangers_to_sign_in_and_people_to_their_work(
    ana: Account, browse: Callable[..., Client]
) -> None:
    client = Client()
    assert client.get("/")["Location"].startswith("/sign-in/")
    assert sign_in(client, ana.username, PASSWORD)["Location"] == "/"
    assert client.get("/")["Location"] == "/desk/"
    assert browse("worker").get("/")["Location"] == "/my/"


def test_a_wrong_password_and_an_unknown_name_are_answered_alike(ana: Account) -> None:
    answers = [
        sign_in(Client(), ana.username, "wrong wrong wrong"),
        sign_in(Client(), "nobody", "wrong wrong wrong"),
    ]
    errors = [str(each.context["form"].errors) for each in answers]
    assert errors[0] == errors[1]
    assert "do not fit together" in errors[0]
    assert [each.status_code for each in answers] == [200, 200]


def test_after_several_wrong_passwords_signing_in_rests_for_a_while(ana: Account) -> None:
    client = Client()
    for _attempt in range(10):
        sign_in(client, ana.username, "wrong wrong wrong")
    answer = sign_in(client, ana.username, PASSWORD)
    assert answer.status_code == 200
    assert "too often" in answer.content.decode()


def test_too_many_attempts_on_many_names_get_a_page_of_our_own(ana: Account) -> None:
    client = Client()
    answers = [sign_in(client, f"name{number}", "wrong") for number in range(31)]
    assert answers[-1].status_code == 429
    assert b"That was tried too often" in answers[-1].content


def test_a_closed_account_cannot_sign_in(ana: Account, organisation: Organisation) -> None:
    client = Client()
    client.force_login(ana)
    close_account(organisation=organisation, by=operator(), at=timezone.now(), account=ana)
    assert client.get("/desk/account/").status_code == 302
    answer = sign_in(Client(), ana.username, PASSWORD)
    assert answer.status_code in (200, 302)
    assert "_auth_user_id" not in answer.client.session


def test_signing_out_asks_first(ana: Account) -> None:
    client = Client()
    client.force_login(ana)
    assert b"Do you want to sign out?" in client.get("/sign-out/").content
    assert "_auth_user_id" in client.session
    client.post("/sign-out/")
    assert "_auth_user_id" not in client.session


def test_nobody_signs_up(db: None) -> None:
    for answer in (Client().get("/sign-up/"), Client().post("/sign-up/", {"username": "x"})):
        assert b"Nobody can sign up here" in answer.content
    assert not Account.objects.exists()


def test_one_s_own_password_is_changed_on_the_record(ana: Account) -> None:
    client = Client()
    client.force_login(ana)
    facts = {
        "oldpassword": "wrong",
        "password1": "three new words",
        "password2": "three new words",
    }
    answer = client.post("/account/password/", facts)
    assert "not your password" in str(answer.context["form"].errors)
    client.post("/account/password/", facts | {"oldpassword": PASSWORD})
    ana.refresh_from_db()
    assert ana.check_password("three new words")


def switch_on_codes(client: Client) -> str:
    """Enrol an app by the page, and give the secret that the page shows."""
    client.post("/account/confirm/", {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    picture = re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', page)
    assert picture
    assert 'fill="#fff"' in base64.b64decode(picture[1]).decode()
    found = re.search(r"<code>([A-Z2-7]+)</code>", page)
    assert found
    code = code_of(found[1], at=timezone.now().timestamp())
    answer = client.post(reverse("mfa_activate_totp"), {"code": code})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    return found[1]


def test_an_app_is_switched_on_and_its_code_is_asked_for(ana: Account) -> None:
    client, stranger = Client(), Client()
    sign_in(client, ana.username, PASSWORD)
    secret = switch_on_codes(client)
    cache.clear()
    assert sign_in(stranger, ana.username, PASSWORD)["Location"] == reverse("mfa_authenticate")
    page = stranger.get(reverse("mfa_authenticate"))
    assert b"The second step" in page.content
    assert stranger.get("/desk/account/").status_code == 302
    wrong = stranger.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "does not fit" in str(wrong.context["form"].errors)
    stranger.post(
        reverse("mfa_authenticate"), {"code": code_of(secret, at=timezone.now().timestamp())}
    )
    assert stranger.get("/desk/account/").status_code == 200


def test_a_recovery_code_lets_in_once(ana: Account) -> None:
    client = Client()
    sign_in(client, ana.username, PASSWORD)
    switch_on_codes(client)
    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    code = re.findall(r"<li><code>([^<]+)</code>", page)[0]
    for expected in (200, 302):
        cache.clear()
        stranger = Client()
        sign_in(stranger, ana.username, PASSWORD)
        stranger.post(reverse("mfa_authenticate"), {"code": code})
        assert stranger.get("/desk/account/").status_code == expected


def test_nothing_keeps_when_a_second_step_was_last_used(ana: Account) -> None:
    client = Client()
    sign_in(client, ana.username, PASSWORD)
    secret = switch_on_codes(client)
    cache.clear()
    stranger = Client()
    sign_in(stranger, ana.username, PASSWORD)
    code = code_of(secret, at=timezone.now().timestamp())
    stranger.post(reverse("mfa_authenticate"), {"code": code})
    assert set(Authenticator.objects.values_list("last_used_at", flat=True)) == {None}


def add_key(client: Client) -> SoftwareKey:
    """Add a security key by the page, as its script would."""
    key = SoftwareKey(host="testserver")
    client.post("/account/confirm/", {"password": PASSWORD})
    page = client.get(reverse("mfa_add_webauthn")).content.decode()
    found = re.search(r'<script id="js_data" type="application/json">(.+?)</script>', page)
    assert found
    answer = key.register(json.loads(found[1])["creation_options"])
    facts = {"name": "My phone", "passwordless": "on", "credential": json.dumps(answer)}
    assert client.post(reverse("mfa_add_webauthn"), facts).status_code == 302
    return key


def test_a_passkey_alone_lets_in_until_it_is_removed(ana: Account) -> None:
    client = Client()
    sign_in(client, ana.username, PASSWORD)
    key = add_key(client)
    address = reverse("mfa_login_webauthn")

    def try_key() -> int:
        cache.clear()
        stranger = Client()
        asked = stranger.get(address, HTTP_ACCEPT="application/json").json()
        stranger.post(address, {"credential": json.dumps(key.sign(asked["request_options"]))})
        return stranger.get("/desk/account/").status_code

    assert try_key() == 200
    assert b"My phone" in client.get(reverse("mfa_list_webauthn")).content
    pk = Authenticator.objects.get(type="webauthn").pk
    client.post(reverse("mfa_edit_webauthn", args=[pk]), {"name": "Ring"})
    assert b"Remove the key" in client.get(reverse("mfa_remove_webauthn", args=[pk])).content
    client.post(reverse("mfa_remove_webauthn", args=[pk]))
    assert try_key() == 302


def with_second_steps(client: Client) -> Authenticator:
    """An app, recovery codes and a key."""
    switch_on_codes(client)
    cache.clear()
    add_key(client)
    return Authenticator.objects.get(type="webauthn")


@pytest.mark.parametrize("enrolled", [False, True])
def test_every_page_of_the_entrance_is_in_our_look(ana: Account, enrolled: bool) -> None:
    client = Client()
    sign_in(client, ana.username, PASSWORD)
    key = with_second_steps(client) if enrolled else None
    client.post("/account/confirm/", {"password": PASSWORD})
    seen = 0
    for pattern in urlpatterns:
        takes_key = "<int:pk>" in str(pattern.pattern)
        if takes_key and key is None:
            continue
        address = reverse(str(pattern.name), kwargs={"pk": key.pk} if takes_key and key else {})
        answer = client.get(address)
        assert answer.status_code in (200, 302, 404), address
        if answer.status_code != 302 and answer["Content-Type"].startswith("text/html"):
            text = answer.content.decode()
            assert "commonweal/commonweal.css" in text, address
            assert not re.search(r"<script(?![^>]*(?:src=|application/json))", text), address
            assert not re.search(r"\s(?:style|on\w+)=", text), address
            seen += answer.status_code == 200
    assert seen >= (13 if enrolled else 9)


def test_the_passkey_button_works_by_scripts_of_this_site_only(db: None) -> None:
    answer = Client().get("/sign-in/")
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    text = answer.content.decode()
    for script in ("mfa/js/webauthn-json", "mfa/js/webauthn", "account/js/onload"):
        assert script in text
    assert "allauth.webauthn.forms.loginForm" in text
    options = Client().get(reverse("mfa_login_webauthn"), HTTP_ACCEPT="application/json")
    assert options.json()["request_options"]["publicKey"]["challenge"]


PROVIDER = {
    "COMMONWEAL_OIDC_ISSUER": "https://login.example.org",
    "COMMONWEAL_OIDC_NAME": "Tidewater account",
    "COMMONWEAL_OIDC_CLIENT_ID": "commonweal",
    "COMMONWEAL_OIDC_SECRET": "not used here",
    "DJANGO_SETTINGS_MODULE": "commonweal_web.house.settings",
}
ASK = """
import django
django.setup()
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.conf import settings
settings.ALLOWED_HOSTS.append("testserver")
settings.DATA.mkdir()
call_command("migrate", verbosity=0)
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
OpenIDConnectOAuth2Adapter.openid_config = {
    "authorization_endpoint": "https://login.example.org/ask",
    "token_endpoint": "https://login.example.org/token"}
client = Client()
page = client.get("/sign-in/").content.decode()
assert "Sign in with Tidewater account" in page, page
address = reverse("openid_connect_login", args=["work"])
assert f'action="{address}' in page, page
assert client.get(address)["Location"] == "/sign-in/"
answer = client.post(address)
assert answer["Refresh"].startswith("0; url=https://login.example.org/ask?"), answer.headers
assert "href=\\"https://login.example.org/ask?" in answer.content.decode()
for name in ("login_cancelled", "login_error"):
    shown = client.get(reverse(f"socialaccount_{name}"))
    assert "commonweal.css" in shown.content.decode()
assert client.get(reverse("socialaccount_signup"))["Location"] == "/sign-in/"
failed = client.get(reverse("openid_connect_callback", args=["work"]) + "?error=server_error")
assert failed.status_code == 401 and b"did not answer" in failed.content, failed.status_code
print("all is well")
"""


def test_a_work_account_can_be_set_up_by_the_environment(tmp_path: Path) -> None:
    folders = {
        "COMMONWEAL_DATA": str(tmp_path / "data"),
        "COMMONWEAL_KEYS": str(tmp_path / "keys"),
        "COMMONWEAL_STATIC_FINDERS": "1",
        "DATABASE_URL": "",
    }
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        env=os.environ | PROVIDER | folders,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == "all is well", done.stderr[-3000:]
