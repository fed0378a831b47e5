"""A use with the people around it, and a storage of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from commonweal_web.house.file_storage import evidence_storage
from commonweal_web.organisations.models import Organisation
from factories.mitigations import Workplace, a_workplace

BUCKET = "evidence-of-tests"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    """The files of a test stay in its own folder."""
    kept = tmp_path / "evidence"
    in_folder = evidence_storage("")
    in_folder["OPTIONS"]["location"] = kept
    settings.STORAGES = {**settings.STORAGES, "evidence": in_folder}
    return kept


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """A real S3 server on loopback, from the package index."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(settings: Any, s3_server: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The same storage on that server, as the setting makes it; gives the server's address."""
    import boto3

    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "tests")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "tests-secret")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    client = boto3.client("s3", endpoint_url=s3_server, region_name="eu-central-1")
    where = {"LocationConstraint": "eu-central-1"}
    client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration=where)
    address = f"s3://{BUCKET}/kept?endpoint={s3_server}&region=eu-central-1"
    settings.STORAGES = {**settings.STORAGES, "evidence": evidence_storage(address)}
    yield s3_server
    for each in client.list_objects_v2(Bucket=BUCKET).get("Contents", []):
        client.delete_object(Bucket=BUCKET, Key=each["Key"])
    client.delete_bucket(Bucket=BUCKET)
    client.close()


@pytest.fixture(params=["folder", "bucket"])
def kept_in(request: pytest.FixtureRequest) -> str:
    """Where files are kept: every test that asks runs for a folder and for a real S3 server."""
    if request.param == "bucket":
        request.getfixturevalue("bucket")
    return str(request.param)


@pytest.fixture
def place(organisation: Organisation, now: datetime) -> Workplace:
    """A use that touches twenty represented drivers."""
    return a_workplace(organisation, at=now)
