"""What a file is called when somebody takes it home; no path is ever made from it."""

from __future__ import annotations

import re
import unicodedata

from commonweal.evidence.kinds import FileKind

LONGEST_NAME = 120
_NOT_ON_EVERY_DISK = re.compile(r'[<>:"|?*]')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


def clean_name(name: str, *, kind: FileKind) -> str:
    """A name without folders, control or direction characters, with the ending of its content.

    >>> from commonweal.evidence.kinds import kind_named
    >>> clean_name("../../etc/passwd", kind=kind_named("text"))
    'passwd.txt'
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    shown = "".join(each for each in last if unicodedata.category(each)[0] != "C")
    plain = _NOT_ON_EVERY_DISK.sub("_", " ".join(shown.split())).strip(". ")
    stem, _dot, ending = plain.rpartition(".")
    if ending.lower() not in kind.endings or not stem:
        stem, ending = plain, kind.endings[0]
    stem = stem[: LONGEST_NAME - len(ending) - 1].rstrip(". ") or "file"
    safe = f"_{stem}" if _DEVICES.match(stem) else stem
    return f"{safe}.{ending.lower()}"


def ending_of(name: str) -> str:
    """What stands after the last dot, in small letters; empty where nothing does."""
    _stem, dot, ending = name.rpartition(".")
    return ending.strip().lower() if dot else ""
