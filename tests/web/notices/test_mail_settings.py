"""The settings of mail: read, refused with the next step, and safe where nothing is said."""

from __future__ import annotations

import pytest

from commonweal_web.house.environment import SettingRefused
from commonweal_web.house.mail_settings import FROM, HOUR, URL, mail_hour, mail_server

SENDER = "commonweal@north.example"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (URL, FROM, HOUR):
        monkeypatch.delenv(name, raising=False)


def test_without_a_server_there_is_none_and_nothing_is_asked() -> None:
    assert mail_server().host == ""
    assert mail_hour() == 6


@pytest.mark.parametrize(
    ("url", "port", "starts_tls", "is_tls"),
    [
        ("smtp://mail.example.org", 587, True, False),
        ("smtp://mail.example.org:25?tls=none", 25, False, False),
        ("smtps://mail.example.org", 465, False, True),
        ("smtp://127.0.0.1:2525", 2525, False, False),
        ("smtp://localhost?tls=starttls", 587, True, False),
    ],
)
def test_others_cannot_read_the_connection_unless_that_is_said(
    monkeypatch: pytest.MonkeyPatch, url: str, port: int, starts_tls: bool, is_tls: bool
) -> None:
    monkeypatch.setenv(URL, url)
    monkeypatch.setenv(FROM, SENDER)
    found = mail_server()
    assert (found.port, found.starts_tls, found.is_tls) == (port, starts_tls, is_tls)


def test_names_and_passwords_are_read_as_they_are_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(URL, "smtp://me%40a.example:p%2Fw@mail.example.org")
    monkeypatch.setenv(FROM, SENDER)
    found = mail_server()
    assert (found.user, found.password, found.sender) == ("me@a.example", "p/w", SENDER)


@pytest.mark.parametrize(
    ("url", "sender", "code"),
    [
        ("mail.example.org", SENDER, "mail_url"),
        ("http://mail.example.org", SENDER, "mail_url"),
        ("smtp://mail.example.org:many", SENDER, "mail_port"),
        ("smtp://mail.example.org?tls=maybe", SENDER, "mail_tls"),
        ("smtp://mail.example.org", "", "mail_from"),
        ("smtp://mail.example.org", "a@b.example\nBcc: c@d.example", "mail_from"),
    ],
)
def test_a_server_that_cannot_be_used_is_refused_and_its_password_not_shown(
    monkeypatch: pytest.MonkeyPatch, url: str, sender: str, code: str
) -> None:
    monkeypatch.setenv(URL, url.replace("smtp://", "smtp://me:secret@"))
    monkeypatch.setenv(FROM, sender)
    with pytest.raises(SettingRefused) as refused:
        mail_server()
    assert refused.value.code == code
    assert "secret" not in refused.value.message


def test_an_hour_that_no_clock_has_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOUR, "24")
    with pytest.raises(SettingRefused, match="Give an hour, 0 to 23"):
        mail_hour()
