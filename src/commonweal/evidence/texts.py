"""Plain text: readable as text from beginning to end, and no page in disguise."""

from __future__ import annotations

import re
from typing import BinaryIO

from commonweal.evidence.refusal import DoesNotHold

_STEP = 1024 * 1024
_MARKUP = re.compile(
    rb"<(?:!doctype|!--|\?xml|\?php|html|head|body|script|svg|iframe|math|xsl:)", re.IGNORECASE
)
_LOOKED_AT = 1024
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")


def holds_markup(head: bytes) -> bool:
    """Whether a file begins as a page: readers look at the first kilobyte to decide."""
    start = head[:_LOOKED_AT]
    return _CONTROL.search(start) is None and _MARKUP.search(start) is not None


def walk_text(file: BinaryIO, *, head: bytes) -> None:
    """Every byte belongs to text, in UTF-8 or in an older encoding of one byte a letter."""
    if head.startswith(b"{\\rtf"):
        raise DoesNotHold("it is rich text")
    file.seek(0)
    while part := file.read(_STEP):
        if _CONTROL.search(part):
            raise DoesNotHold("it is no text")
