"""The mail server that whoever runs the installation names; without one, no mail is made.

COMMONWEAL_MAIL_URL=smtp://user:password@mail.example.org:587
COMMONWEAL_MAIL_FROM=commonweal@example.org
COMMONWEAL_MAIL_HOUR=6
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import parse_qs, unquote, urlsplit

from commonweal_web.house.addresses import is_safe_address
from commonweal_web.house.environment import SettingRefused, number

URL, FROM, HOUR = "COMMONWEAL_MAIL_URL", "COMMONWEAL_MAIL_FROM", "COMMONWEAL_MAIL_HOUR"
PORTS = {"smtp": 587, "smtps": 465}
WAYS = ("starttls", "none")
EXAMPLE = "smtp://user:password@mail.example.org:587"


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over, and who it comes from. `host` is empty where there is none."""

    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    sender: str = "commonweal@localhost"
    starts_tls: bool = False
    is_tls: bool = False


def mail_server() -> MailServer:
    """The server that the settings name. Raises `SettingRefused` for one that cannot be used.

    A connection that others could read is refused, but on this machine itself or by `?tls=none`.
    """
    given = os.environ.get(URL, "").strip()
    if not given:
        return MailServer()
    parts = urlsplit(given)
    if parts.scheme not in PORTS or not parts.hostname:
        raise SettingRefused(
            "mail_url", f"{URL} cannot be read. Write it like {EXAMPLE} (or smtps://).", where=URL
        )
    return MailServer(
        host=parts.hostname,
        port=_port(given) or PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        sender=_sender(),
        starts_tls=parts.scheme == "smtp" and _way(given, host=parts.hostname) == "starttls",
        is_tls=parts.scheme == "smtps",
    )


def mail_hour() -> int:
    """The hour of the mail of the day, in UTC. Raises `SettingRefused`."""
    hour = number(HOUR, default=6)
    if hour > 23:
        raise SettingRefused("mail_hour", f"{HOUR} is {hour}. Give an hour, 0 to 23.", where=HOUR)
    return hour


def _port(given: str) -> int | None:
    try:
        return urlsplit(given).port
    except ValueError as error:
        raise SettingRefused("mail_port", f"The port in {URL}: {error}.", where=URL) from error


def _way(given: str, *, host: str) -> str:
    usual = "none" if _is_here(host) else "starttls"
    way = parse_qs(urlsplit(given).query).get("tls", [usual])[-1]
    if way not in WAYS:
        raise SettingRefused(
            "mail_tls", f"tls={way!r} in {URL} is unknown. Use starttls or none.", where=URL
        )
    return way


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _sender() -> str:
    sender = os.environ.get(FROM, "").strip()
    if not is_safe_address(sender):
        raise SettingRefused(
            "mail_from",
            f"{FROM} is {sender!r}. Give the one plain address that mail comes from, "
            "such as commonweal@example.org.",
            where=FROM,
        )
    return sender
