"""Reads the settings that whoever runs the installation may give, and where data and keys live."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

TRUE = {"1", "true", "yes", "on"}
OTHERS = stat.S_IRWXG | stat.S_IRWXO
TLS = ("sslmode", "sslrootcert", "sslcert", "sslkey")
"""What DATABASE_URL may say after its question mark about an encrypted connection."""


class SettingRefused(ValueError):
    """A setting that cannot be used; `message` says what to do next, `where` names it."""

    def __init__(self, code: str, message: str, *, where: str) -> None:
        super().__init__(message)
        self.code, self.message, self.where = code, message, where


def flag(name: str, *, default: bool = False) -> bool:
    """A setting that is on or off."""
    return os.environ.get(name, str(default)).strip().lower() in TRUE


def words(name: str, *, default: str = "") -> list[str]:
    """A setting that is a list, separated by commas."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def number(name: str, *, default: int = 0) -> int:
    """A setting that is a whole number, from 0 on. Raises `SettingRefused`."""
    given = os.environ.get(name, "").strip() or str(default)
    if not (given.isascii() and given.isdigit()):
        raise SettingRefused(
            "not_a_number", f"{name} is {given!r}. Give a whole number, from 0 on.", where=name
        )
    return int(given)


def data_folder() -> Path:
    """Where everything but keys is kept."""
    home = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(os.environ.get("COMMONWEAL_DATA") or Path(home) / "commonweal")


def keys_folder() -> Path:
    """Where keys are kept: never inside the data folder, never in a backup of it."""
    home = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(os.environ.get("COMMONWEAL_KEYS") or Path(home) / "commonweal" / "keys")


def refuse_keys_inside_data() -> None:
    """Keys beside the data would travel in its backups, and whoever has both could rewrite it.

    Raises `SettingRefused`; called before anything is written.
    """
    keys, data = keys_folder().resolve(), data_folder().resolve()
    if keys.is_relative_to(data):
        raise SettingRefused(
            "keys_inside_data",
            f"The keys folder {keys} lies inside the data folder. Choose another with --keys.",
            where="--keys",
        )


def secret_key() -> str:
    """The key for sessions and signed links: from the environment, else a file made once."""
    given = os.environ.get("COMMONWEAL_SECRET_KEY")
    return given or key_file("web.secret", make=lambda: secrets.token_urlsafe(64)).strip()


def key_file(name: str, *, make: Any) -> str:
    """The text of a key file, made with owner-only rights when it is not there yet.

    Two processes that start at once agree: the first to link its file wins. Raises
    `SettingRefused` where anybody but its owner can read it, or where it would lie among the data.
    """
    refuse_keys_inside_data()
    path = keys_folder() / name
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _draw(path, text=make())
    _refuse_readable(path)
    return path.read_text()


def _draw(path: Path, *, text: str) -> None:
    """Write a key that is whole and on the disk before it has its name."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _refuse_readable(path: Path) -> None:
    if path.stat().st_mode & OTHERS:
        raise SettingRefused(
            "key_readable",
            f"Others on this machine can read the key file {path}. "
            f"Make it its owner's alone: chmod 600 {path}",
            where=path.name,
        )


def database() -> dict[str, Any]:
    """The database: `DATABASE_URL` for PostgreSQL, otherwise SQLite in the data folder."""
    url = os.environ.get("DATABASE_URL", "")
    return _postgresql(url) if url else _sqlite(data_folder() / "commonweal.sqlite3")


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(
            f"DATABASE_URL begins with {parts.scheme!r}; use postgresql://user:password@host/name."
        )
    asked = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": asked.get("host") or parts.hostname or "",
        "PORT": str(parts.port or asked.get("port", "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {name: asked[name] for name in TLS if name in asked},
    }


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
                "PRAGMA cache_size=-8000; PRAGMA foreign_keys=ON; "
                "PRAGMA secure_delete=ON;"  # what is erased must not stay in free pages
            ),
        },
    }


def identity_providers() -> dict[str, Any]:
    """OpenID Connect, when `COMMONWEAL_OIDC_ISSUER` and a client id and secret are given."""
    issuer = os.environ.get("COMMONWEAL_OIDC_ISSUER", "")
    if not issuer:
        return {}
    application = {
        "provider_id": "work",
        "name": os.environ.get("COMMONWEAL_OIDC_NAME", "Work account"),
        "client_id": os.environ.get("COMMONWEAL_OIDC_CLIENT_ID", ""),
        "secret": os.environ.get("COMMONWEAL_OIDC_SECRET", ""),
        "settings": {"server_url": issuer},
    }
    return {"openid_connect": {"APPS": [application]}}
