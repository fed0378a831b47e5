"""The page on the format holds a program that reads a backup without Commonweal."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from commonweal.operations import begin_backup

PASSPHRASE = "lantern orbit mustard velvet canoe"
CONTENTS = {
    "about.json": b"{}",
    "database.sqlite3": b"rows" * 200_000,
    "evidence/ab/cd": b"",
}


def test_the_program_of_the_page_reads_a_backup(checkout: Path, tmp_path: Path) -> None:
    page = (checkout / "docs/reference/backup-format.md").read_text()
    [program] = re.findall(r"```python\n(.*?)```", page, re.S)
    found: dict[str, Any] = {}
    exec(program, found)
    path = tmp_path / "backup.cw"
    with path.open("wb") as stream:
        writer = begin_backup(stream, passphrase=PASSPHRASE, salt=b"s" * 16, nonce=b"n" * 24)
        for name, content in CONTENTS.items():
            writer.add(name, [content])
        writer.finish()
    found["open_backup"](path, PASSPHRASE, tmp_path / "out")
    assert {name: (tmp_path / "out" / name).read_bytes() for name in CONTENTS} == CONTENTS
