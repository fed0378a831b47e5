"""Keys of the logs in a folder of each test's own."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def keys_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the signing keys of this test are kept."""
    monkeypatch.setenv("COMMONWEAL_KEYS", str(tmp_path / "keys"))
    monkeypatch.setenv("COMMONWEAL_DATA", str(tmp_path / "data"))
    return tmp_path / "keys"
