"""Makes a PDF of a sheet, in a process of its own with bounds on time, memory and size.

`python -m commonweal_web.systems.pdf` reads HTML and writes a PDF. It opens no address: everything
the sheet needs is in it. The program that draws (WeasyPrint) is the optional extra `pdf`.
"""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec

from commonweal_web.house.refusals import Refused

LONGEST = 120
LARGEST_SHEET = 4 * 1024 * 1024
LARGEST_FILE = 20 * 1024 * 1024
MEMORY = 1536 * 1024 * 1024


class NoPdf(Refused):
    """Why no PDF could be made, in words; the page can always be printed by the browser."""


def is_installed() -> bool:
    """Whether this installation can make PDFs."""
    return find_spec("weasyprint") is not None


def pdf_of(html: str) -> bytes:
    """The PDF of a sheet. Raises `NoPdf` when it is too large, takes too long, or cannot be."""
    given = html.encode()
    if len(given) > LARGEST_SHEET:
        raise NoPdf("too_large", "The pack is too long for a PDF. Filter the list first.")
    try:
        made = subprocess.run(
            [sys.executable, "-m", "commonweal_web.systems.pdf"],
            input=given,
            capture_output=True,
            timeout=LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise NoPdf("too_slow", f"It took more than {LONGEST} seconds. Filter first.") from late
    if made.returncode or not made.stdout.startswith(b"%PDF-"):
        raise NoPdf("not_made", "The program that draws PDFs failed. Print the page instead.")
    if len(made.stdout) > LARGEST_FILE:
        raise NoPdf("too_large", "The PDF is too large. Filter the list first.")
    return made.stdout


def _draw() -> None:
    import resource

    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    nothing = URLFetcher(allowed_protocols=())
    html = sys.stdin.buffer.read().decode()
    drawn = HTML(string=html, url_fetcher=nothing).write_pdf(pdf_variant="pdf/ua-1")
    sys.stdout.buffer.write(drawn)


if __name__ == "__main__":
    _draw()
