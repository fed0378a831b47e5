"""Where files are kept is said by one setting; what cannot be used is refused at the start."""

from __future__ import annotations

import pytest

from commonweal_web.house.environment import SettingRefused
from commonweal_web.house.file_storage import evidence_storage

ADDRESS = "s3://kept/northbank?endpoint=https://s3.example.org&region=eu-central-1"


@pytest.fixture(autouse=True)
def _credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "id")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")


def test_without_a_setting_files_are_in_the_data_folder() -> None:
    assert evidence_storage("")["BACKEND"].endswith("EvidenceFolder")


def test_an_s3_server_is_named_by_bucket_endpoint_and_region() -> None:
    options = evidence_storage(ADDRESS)["OPTIONS"]
    assert options["bucket_name"] == "kept"
    assert options["location"] == "northbank"
    assert options["endpoint_url"] == "https://s3.example.org"
    assert options["region_name"] == "eu-central-1"


@pytest.mark.parametrize(
    "address",
    [
        "s3://kept",
        "kept",
        "https://kept",
        "s3://?endpoint=https://a.example",
        "s3://kept?endpoint=a",
    ],
)
def test_an_address_that_cannot_be_used_is_refused(address: str) -> None:
    with pytest.raises(SettingRefused, match="s3://bucket"):
        evidence_storage(address)


@pytest.mark.parametrize("name", ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])
def test_credentials_come_from_the_environment_and_from_nowhere_else(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(name)
    with pytest.raises(SettingRefused, match=name):
        evidence_storage(ADDRESS)


def test_every_request_goes_to_the_endpoint_of_the_setting(bucket: str) -> None:
    from commonweal_web.evidence import storage

    asked: list[str] = []
    client = storage.storage().connection.meta.client  # type: ignore[attr-defined]
    client.meta.events.register("before-send.s3", lambda request, **_: asked.append(request.url))
    name = f"{'a' * 32}/{'b' * 32}"
    storage.put(name, [b"sealed"])
    with storage.open_stored(name) as file:
        assert file.read() == b"sealed"
    storage.remove(name)
    assert len(asked) >= 3
    assert all(url.startswith(f"{bucket}/evidence-of-tests/kept/") for url in asked)
