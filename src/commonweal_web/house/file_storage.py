"""Where Django keeps files: static ones as before, evidence in a folder or on an S3 server."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import parse_qs, urlsplit

from commonweal_web.house.environment import SettingRefused

SETTING = "COMMONWEAL_STORAGE"
CREDENTIALS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")


def storages() -> dict[str, Any]:
    """Django's storages by their names."""
    return {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        "evidence": evidence_storage(os.environ.get(SETTING, "")),
    }


def evidence_storage(address: str) -> dict[str, Any]:
    """The storage of evidence: empty for the data folder, else `s3://bucket?endpoint=…&region=…`.

    Raises `SettingRefused` for anything else, and where the credentials are not set.
    """
    if not address:
        return {"BACKEND": "commonweal_web.evidence.storage.EvidenceFolder", "OPTIONS": {}}
    parts = urlsplit(address)
    asked = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    endpoint = urlsplit(asked.get("endpoint", ""))
    if parts.scheme != "s3" or not parts.netloc or endpoint.scheme not in {"http", "https"}:
        raise SettingRefused(
            "storage_unclear",
            f"{SETTING} is {address!r}. Write s3://bucket?endpoint=https://host&region=name, or "
            "leave it out: then files are kept in the data folder.",
            where=SETTING,
        )
    return _bucket(parts.netloc, folder=parts.path.strip("/"), asked=asked)


def _bucket(name: str, *, folder: str, asked: dict[str, str]) -> dict[str, Any]:
    missing = [each for each in CREDENTIALS if not os.environ.get(each)]
    if missing:
        raise SettingRefused(
            "storage_credentials_missing",
            f"{SETTING} names an S3 server, but {' and '.join(missing)} is not set. "
            "Set both; they are asked for nowhere else.",
            where=SETTING,
        )
    return {
        "BACKEND": "commonweal_web.evidence.bucket.EvidenceBucket",
        "OPTIONS": {
            "bucket_name": name,
            "location": folder,
            "endpoint_url": asked["endpoint"],
            "region_name": asked.get("region", "us-east-1"),
            "access_key": os.environ[CREDENTIALS[0]],
            "secret_key": os.environ[CREDENTIALS[1]],
            "file_overwrite": True,
            "default_acl": None,
        },
    }
