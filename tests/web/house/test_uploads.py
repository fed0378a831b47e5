"""A file that waits is found by whoever sent it, unchanged, on its own shelf, for a day."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from commonweal_web.house import uploads
from commonweal_web.house.refusals import Conflict, NotHere, Refused
from commonweal_web.house.uploads import Shelf, WaitingFile
from commonweal_web.record.actor import Actor

Acting = Callable[..., Actor]


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter(WaitingFile):
    """A file that says in which language it is."""

    language: str


def a_shelf(folder_name: str) -> Shelf[Letter]:
    return Shelf(
        kind=Letter,
        folder_name=folder_name,
        nameless="letter",
        too_large_text="too large",
        gone_text="gone",
        vanished_text="vanished",
        changed_text="changed",
    )


LETTERS = a_shelf("letters")


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path


def sent(data: bytes = b"a,b\n", *, name: str = "..\\x/list.csv") -> Any:
    return SimpleUploadedFile(name, data)


def test_whoever_sent_a_file_finds_it_with_what_was_said_of_it(actor: Acting) -> None:
    by = actor("people_lead")
    waiting = LETTERS.keep(sent(), actor=by, language="de")
    assert LETTERS.kept(waiting.code, actor=by) == waiting
    assert (waiting.name, waiting.suffix, waiting.language) == ("list.csv", ".csv", "de")
    assert LETTERS.checked_path(waiting).read_bytes() == b"a,b\n"


def test_nobody_else_and_no_other_shelf_finds_it(actor: Acting) -> None:
    by = actor("people_lead")
    waiting = LETTERS.keep(sent(), actor=by, language="de")
    with pytest.raises(NotHere, match="gone"):
        LETTERS.kept(waiting.code, actor=actor("people_lead"))
    with pytest.raises(NotHere, match="gone"):
        a_shelf("other").kept(waiting.code, actor=by)


def test_a_file_without_a_usable_name_is_called_what_its_room_calls_it(actor: Acting) -> None:
    assert LETTERS.plain_name("") == LETTERS.plain_name("/") == "letter"


def test_other_bytes_than_those_shown_are_refused(actor: Acting) -> None:
    waiting = LETTERS.keep(sent(), actor=actor("people_lead"), language="de")
    LETTERS.path_of(waiting).write_bytes(b"c,d\n")
    with pytest.raises(Conflict, match="changed"):
        LETTERS.checked_path(waiting)
    LETTERS.path_of(waiting).unlink()
    with pytest.raises(NotHere, match="vanished"):
        LETTERS.checked_path(waiting)


def test_of_a_file_beyond_the_limit_nothing_stays(
    actor: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "LARGEST_FILE", 3)
    with pytest.raises(Refused, match="too large"):
        LETTERS.keep(sent(), actor=actor("people_lead"), language="de")
    assert list(LETTERS.folder().iterdir()) == []


def test_a_file_waits_for_a_day_and_not_longer(actor: Acting, now: datetime) -> None:
    by = actor("people_lead")
    waiting = LETTERS.keep(sent(), actor=by, language="de")
    old = (now - timedelta(days=1, seconds=1)).timestamp()
    for path in LETTERS.folder().iterdir():
        os.utime(path, (now.timestamp(), now.timestamp()))
    assert LETTERS.forget_old(at=now) == 0
    for path in LETTERS.folder().iterdir():
        os.utime(path, (old, old))
    assert LETTERS.forget_old(at=now) == 1
    with pytest.raises(NotHere):
        LETTERS.kept(waiting.code, actor=by)
