"""Where something we repeat was published, and when somebody last looked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from commonweal.shared.language import _


class SourceError(ValueError):
    """A source that a reader could not follow, with the reason and what to do."""


@dataclass(frozen=True)
class Source:
    """A published text; `checked` is the day on which a person last opened it."""

    title: str
    publisher: str
    checked: date
    url: str = ""

    def __post_init__(self) -> None:
        for name in ("title", "publisher"):
            if not getattr(self, name).strip():
                raise SourceError(
                    _("A source lacks its %(name)s: say what it is and who published it.")
                    % {"name": name}
                )
        if self.url and not _is_web_address(self.url):
            raise SourceError(
                _("%(url)r is not a web address: begin it with https:// or leave it empty.")
                % {"url": self.url}
            )


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)
