"""The picture beside a printed code, which a phone's camera reads."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from qrcode.constants import ERROR_CORRECT_L
from qrcode.main import QRCode

register = template.Library()
MASK = 3
"""One fixed pattern: trying all eight takes most of the time, and phones read each of them."""


@register.simple_tag
def code_picture(code: str, *, address: str) -> SafeString:
    """A QR code that opens the sign-in page with this code behind “#”.

    What stands behind “#” is never sent to a server, so no log can hold it.
    """
    drawn: QRCode = QRCode(error_correction=ERROR_CORRECT_L, border=4, mask_pattern=MASK)
    drawn.add_data(f"{address}#{code}", optimize=0)
    rows = drawn.get_matrix()
    return format_html(
        '<svg class="qr" viewBox="0 0 {0} {0}" aria-hidden="true" focusable="false">'
        '<rect width="{0}" height="{0}"/><path d="{1}"/></svg>',
        len(rows),
        "".join(_runs(rows)),
    )


def _runs(rows: list[list[bool]]) -> list[str]:
    """The dark runs of each row as one path, far shorter than a square for each dark point."""
    found = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            end = x
            while end < len(row) and row[end]:
                end += 1
            if end > x:
                found.append(f"M{x} {y}h{end - x}v1H{x}z")
            x = max(end, x + 1)
    return found
