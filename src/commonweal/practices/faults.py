"""Errors of the catalogue: each names the file, the key, the fault and the fix."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from commonweal.shared.language import _


class CatalogueError(Exception):
    """A catalogue file cannot be used as it is."""

    def __init__(self, *, file: str, entry: str, key: str, fault: str, fix: str) -> None:
        self.file, self.entry, self.key, self.fault, self.fix = file, entry, key, fault, fix
        places = [file, entry, f"key '{key}'" if key else ""]
        super().__init__(f"{', '.join(p for p in places if p)}: {fault} {fix}")


class UnknownIdError(LookupError):
    """The catalogue holds nothing under this id."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """A spot in a catalogue file, for messages."""

    file: str
    entry: str = ""

    def error(self, key: str, *, fault: str, fix: str) -> CatalogueError:
        """The error for one key at this place."""
        return CatalogueError(file=self.file, entry=self.entry, key=key, fault=fault, fix=fix)


def suggestion(word: str, *, known: Iterable[str]) -> str:
    """The fix for a word that is not known: the closest known one, or the whole list."""
    choices = list(known)
    close = get_close_matches(word, choices, n=1, cutoff=0.6)
    if close:
        return _("Did you mean '%(known)s'?") % {"known": close[0]}
    return _("Use one of: %(choices)s.") % {"choices": ", ".join(choices) or _("none are defined")}
