"""Secrets at rest, tries at the door, and what a log may say."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.core.cache import cache
from django.test import Client, RequestFactory
from nacl.exceptions import CryptoError

from commonweal_web.house import environment
from commonweal_web.house.environment import SettingRefused
from commonweal_web.house.logs import AllowedOnly, chosen_format
from commonweal_web.people.models import Account

Person = Callable[..., Account]
PASSWORD, WRONG = "tidal cedar lantern", "wrong wrong wrong"


@pytest.fixture(autouse=True)
def fresh_limits() -> Iterator[None]:
    """No test counts the attempts of another."""
    cache.clear()
    yield
    cache.clear()


def test_the_secrets_of_a_second_step_are_unreadable_in_the_database(
    person: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    account, secret = person(password=PASSWORD), generate_totp_secret()
    app, codes = TOTP.activate(account, secret), RecoveryCodes.activate(account)
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored
    assert not any(code in stored for code in codes.get_unused_codes())
    seed = Authenticator.objects.get(type="recovery_codes").data["seed"]
    assert len(bytes.fromhex(seed)) > 80
    monkeypatch.setenv("COMMONWEAL_KEYS", str(tmp_path / "other"))
    with pytest.raises(CryptoError):
        app.validate_code("123456")


def tries(name: str, *, network: str, password: str = WRONG) -> str:
    answer = Client(REMOTE_ADDR=network).post("/sign-in/", {"login": name, "password": password})
    return "in" if answer.status_code == 302 else answer.content.decode()


def test_an_outsider_locks_nobody_out(person: Person) -> None:
    ana = person("worker", password=PASSWORD)
    outside = [tries(ana.username, network="203.0.113.9") for _try in range(9)]
    assert "too often" in outside[-1]
    assert tries(ana.username, network="198.51.100.4", password=PASSWORD) == "in"


def test_one_network_guesses_one_name_a_few_times_only(person: Person) -> None:
    ana = person("worker", password=PASSWORD)
    answers = [tries(ana.username, network="203.0.113.9") for _try in range(6)]
    assert ["too often" in each for each in answers] == [False] * 5 + [True]
    assert "too often" in tries(ana.username, network="203.0.113.9", password=PASSWORD)


def test_many_networks_together_guess_one_name_hundreds_of_times_at_most(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    from commonweal_web.people import sign_in

    monkeypatch.setattr(sign_in, "TRIES_PER_NAME", "6/h/key")
    ana = person("worker", password=PASSWORD)
    answers = [tries(ana.username, network=f"203.0.113.{number}") for number in range(8)]
    assert ["too often" in each for each in answers] == [False] * 6 + [True] * 2


@pytest.mark.parametrize(
    ("proxies", "expected"), [(0, "10.0.0.1"), (1, "198.51.100.7"), (2, "203.0.113.5")]
)
def test_only_as_many_proxies_are_believed_as_there_are(
    settings: pytest.MonkeyPatch, proxies: int, expected: str
) -> None:
    from allauth.account.adapter import get_adapter

    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies  # type: ignore[attr-defined]
    told = "192.0.2.66, 203.0.113.5, 198.51.100.7"
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=told)
    assert get_adapter().get_client_ip(request) == expected


@pytest.mark.parametrize(("given", "expected"), [("", 0), ("2", 2)])
def test_the_number_of_proxies_is_a_setting(
    monkeypatch: pytest.MonkeyPatch, given: str, expected: int
) -> None:
    monkeypatch.setenv("COMMONWEAL_PROXIES", given)
    assert environment.number("COMMONWEAL_PROXIES") == expected


def test_a_number_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMONWEAL_PROXIES", "-1")
    with pytest.raises(SettingRefused, match="'-1'"):
        environment.number("COMMONWEAL_PROXIES")


def test_a_key_is_on_the_disk_before_it_has_its_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("COMMONWEAL_KEYS", str(tmp_path / "keys"))
    done: list[str] = []
    sync, link = environment.os.fsync, environment.os.link
    monkeypatch.setattr(environment.os, "fsync", lambda file: (done.append("sync"), sync(file)))
    monkeypatch.setattr(environment.os, "link", lambda *names: (done.append("link"), link(*names)))
    assert environment.key_file("a.key", make=lambda: "secret") == "secret"
    assert done == ["sync", "link", "sync"]


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """What the log of an installation would hold."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(AllowedOnly())
    root = logging.getLogger()
    root.addHandler(handler)
    yield stream
    root.removeHandler(handler)


def test_every_line_of_the_log_passes_the_same_gate() -> None:
    kept = settings.LOGGING
    formatters = {each["formatter"] for each in kept["handlers"].values()}
    assert formatters == {"allowed"}
    assert kept["formatters"]["allowed"]["()"].endswith(chosen_format.__name__)
    for name in ("django", "django.server", "django.request", "django.security.csrf"):
        assert logging.getLogger(name).handlers == []


def test_a_refused_form_at_a_secret_link_leaves_no_address_in_the_log(
    db: None, logged: io.StringIO, now: datetime
) -> None:
    link = "/public/northbank/invitation/T0psecretT0psecretT0ps/"
    client = Client(enforce_csrf_checks=True)
    answer = client.post(f"{link}?name=Marta", {"password": PASSWORD})
    assert answer.status_code in (403, 404)
    said = logged.getvalue()
    assert said
    assert "django." in said
    for secret in ("T0psecret", "Marta", PASSWORD, "testserver", "northbank"):
        assert secret not in said


def test_a_fault_is_logged_by_its_class_alone(logged: io.StringIO) -> None:
    try:
        raise ValueError("the code of Marta is 4711")
    except ValueError:
        logging.getLogger("django.request").exception("at %s", "/public/secret/")
        logging.getLogger("commonweal.tasks").exception("A tick failed;\nit is tried again.")
    assert logged.getvalue().splitlines() == [
        "ERROR django.request ValueError",
        "ERROR commonweal.tasks ValueError A tick failed; it is tried again.",
    ]
