"""What `commonweal check` says of the settings: what would be unsafe where others reach it."""

from __future__ import annotations

import ipaddress
import os
import shutil
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from commonweal_web.house import environment, heartbeat
from commonweal_web.house.declaration import Finding
from commonweal_web.house.known_settings import KNOWN, OF_TESTS

LEAST_SECRET = 50
LEAST_FREE = 1 << 30
TICK_WITHIN = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the settings are judged by, read once."""

    given: Mapping[str, str]
    data: Path
    keys: Path
    at: datetime
    user: int

    @classmethod
    def now(cls, *, at: datetime) -> Surroundings:
        """As they are on this machine."""
        return cls(
            given=dict(os.environ),
            data=environment.data_folder(),
            keys=environment.keys_folder(),
            at=at,
            user=os.geteuid(),
        )

    def is_on(self, name: str) -> bool:
        """Whether a setting that is on or off is on."""
        return self.given.get(name, "").strip().lower() in environment.TRUE

    def words(self, name: str) -> list[str]:
        """A setting that is a list."""
        return [word.strip() for word in self.given.get(name, "").split(",") if word.strip()]


def settings_findings(*, at: datetime) -> list[Finding]:
    """Everything to say of the settings, the folders and the machine."""
    seen = Surroundings.now(at=at)
    return [finding for judge in JUDGES for finding in judge(seen)]


def _switches(seen: Surroundings) -> Iterator[Finding]:
    if seen.is_on("COMMONWEAL_DEBUG"):
        yield Finding(
            "debug_on",
            "unsafe",
            "Pages of faults show settings and what people typed.",
            "Take COMMONWEAL_DEBUG away.",
            "COMMONWEAL_DEBUG",
        )
    if seen.is_on("COMMONWEAL_DEMO"):
        yield Finding(
            "demo_on",
            "unsafe",
            "Passwords are hashed in the quick way of the demo.",
            "Take COMMONWEAL_DEMO away, and never turn a demo into the real thing.",
            "COMMONWEAL_DEMO",
        )


def _https(seen: Surroundings) -> Iterator[Finding]:
    if not seen.is_on("COMMONWEAL_HTTPS"):
        yield Finding(
            "https_missing",
            "unsafe",
            "Cookies and passwords travel where anybody between can read them.",
            "Put a proxy with HTTPS in front, then set COMMONWEAL_HTTPS=1.",
            "COMMONWEAL_HTTPS",
        )
    elif not seen.given.get("COMMONWEAL_PROXIES", "").strip("0 "):
        yield Finding(
            "proxy_not_counted",
            "unsafe",
            "Everybody seems to come from the proxy: one person’s wrong tries hold up all others.",
            "Say how many proxies stand in front: COMMONWEAL_PROXIES=1.",
            "COMMONWEAL_PROXIES",
        )


def _addresses(seen: Surroundings) -> Iterator[Finding]:
    if "*" in seen.words("COMMONWEAL_HOSTS"):
        yield Finding(
            "any_host",
            "unsafe",
            "It answers to any name, so links it sends could lead elsewhere.",
            "Name the hosts that are yours: COMMONWEAL_HOSTS=people.example.org.",
            "COMMONWEAL_HOSTS",
        )
    address = urlsplit(seen.given.get("COMMONWEAL_ADDRESS", "http://127.0.0.1:8000"))
    if address.scheme != "https" or is_loopback(address.hostname or ""):
        yield Finding(
            "address_local",
            "unsafe",
            f"Links in mails and on printed sheets would begin with {address.geturl()}.",
            "Give the address as people type it: COMMONWEAL_ADDRESS=https://people.example.org.",
            "COMMONWEAL_ADDRESS",
        )


def is_loopback(host: str) -> bool:
    """Whether a host is this machine alone."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _secret(seen: Surroundings) -> Iterator[Finding]:
    given = seen.given.get("COMMONWEAL_SECRET_KEY", "")
    if given and (len(given) < LEAST_SECRET or len(set(given)) < 10):
        yield Finding(
            "secret_short",
            "unsafe",
            f"The key for sessions has {len(given)} characters and could be guessed.",
            "Take COMMONWEAL_SECRET_KEY away: a good one is made in the keys folder.",
            "COMMONWEAL_SECRET_KEY",
        )


def _database(seen: Surroundings) -> Iterator[Finding]:
    url = seen.given.get("DATABASE_URL", "")
    if not url:
        yield Finding(
            "sqlite",
            "advice",
            "The database is SQLite: right for one server and some hundred people.",
            "For more, give a PostgreSQL server in DATABASE_URL.",
            "DATABASE_URL",
        )
        return
    parts = urlsplit(url)
    asked = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    host = asked.get("host") or parts.hostname or ""
    is_near = host == "" or host.startswith("/") or is_loopback(host)
    if not is_near and asked.get("sslmode") not in {"require", "verify-ca", "verify-full"}:
        yield Finding(
            "database_unencrypted",
            "unsafe",
            f"What passes between here and the database on {host} may be read on the way.",
            "End DATABASE_URL with ?sslmode=verify-full.",
            "DATABASE_URL",
        )


def _folders(seen: Surroundings) -> Iterator[Finding]:
    for folder, option in ((seen.data, "--data"), (seen.keys, "--keys")):
        if folder.is_dir() and stat.S_IMODE(folder.stat().st_mode) & environment.OTHERS:
            yield Finding(
                "folder_open",
                "unsafe",
                f"Others on this machine can look into {folder}.",
                f"Make it its owner’s alone: chmod 700 {folder}",
                option,
            )
    for key in sorted(seen.keys.glob("*")) if seen.keys.is_dir() else ():
        if key.is_file() and stat.S_IMODE(key.stat().st_mode) & environment.OTHERS:
            yield Finding(
                "key_readable",
                "unsafe",
                f"Others on this machine can read the key file {key.name}.",
                f"Make it its owner’s alone: chmod 600 {key}",
                key.name,
            )


def _machine(seen: Surroundings) -> Iterator[Finding]:
    if seen.user == 0:
        yield Finding(
            "runs_as_root",
            "unsafe",
            "It runs as root: a fault in it would be a fault in the whole machine.",
            "Run it as a user of its own, as docs/how-to/run-it-for-real.md shows.",
        )
    if seen.data.is_dir() and shutil.disk_usage(seen.data).free < LEAST_FREE:
        yield Finding(
            "disk_full",
            "unsafe",
            f"Less than {LEAST_FREE >> 30} GiB is free where {seen.data} lies.",
            "Make room: what cannot be written is lost.",
            "--data",
        )


def _time(seen: Surroundings) -> Iterator[Finding]:
    last = heartbeat.last_tick(seen.data)
    if last is None or seen.at - last > TICK_WITHIN:
        when = "never" if last is None else f"last at {last:%Y-%m-%d %H:%M} UTC"
        yield Finding(
            "clock_stands",
            "unsafe",
            f"What time alone brings was not done: {when}. Deadlines would pass unnoticed.",
            "Run `commonweal serve`, which does it each minute, or `commonweal tick` by a timer.",
            "commonweal tick",
        )


def _unknown(seen: Surroundings) -> Iterator[Finding]:
    for name in sorted(seen.given):
        if name.startswith("COMMONWEAL_") and name not in KNOWN | OF_TESTS:
            yield Finding(
                "setting_unknown",
                "advice",
                f"There is no setting {name}; what it says has no effect.",
                "Look for the right name in docs/reference/settings.md.",
                name,
            )


JUDGES: tuple[Callable[[Surroundings], Iterator[Finding]], ...] = (
    _switches,
    _https,
    _addresses,
    _secret,
    _database,
    _folders,
    _machine,
    _time,
    _unknown,
)
