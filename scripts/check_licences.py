"""Hold the licence of every installed package to the list that suits Apache-2.0; exit 1 if not.

    python scripts/check_licences.py [--list]

What is shipped with us (requirements/run.txt, postgres.txt and s3.txt) must carry a licence of
SHIPPED. A development tool is never distributed with us and may also carry one of TOOLS_ONLY.
Packages of the locks that this platform does not install are counted, not judged.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_string
from email.message import Message
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# The licences that may be shipped with Apache-2.0 work, by the ids of SPDX.
SHIPPED = frozenset(
    {
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "0BSD",
        "MIT",
        "MIT-0",
        "MIT-CMU",
        "ISC",
        "PSF-2.0",
        "Python-2.0",
        "Unlicense",
        "CC0-1.0",
        "Zlib",
        "MPL-2.0",  # file by file: we change none of its files
        "LGPL-2.1-or-later",  # pyphen, under the extra for PDF: the same
        "LGPL-3.0-only",  # psycopg: imported as a library of its own, replaceable, unchanged
    }
)
# Only for tools that run here and are never handed on.
TOOLS_ONLY = frozenset(
    {
        "Artistic-1.0",
        "GPL-3.0-or-later",  # docutils: one editor mode, which nothing here loads
        "LicenseRef-Public-Domain",
    }
)

# How packages wrote it before SPDX expressions. A bare “BSD” may be two or three clauses; either
# is accepted, so the stricter is assumed.
WRITTEN = {
    "Apache Software License": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Apache": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "BSD": "BSD-3-Clause",
    "MIT License": "MIT",
    "ISC License (ISCL)": "ISC",
    "Python Software Foundation License": "PSF-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only",
    "The Unlicense (Unlicense)": "Unlicense",
    "zlib/libpng License": "Zlib",
}
# What a package's metadata says wrongly or not at all, read in its own licence file.
READ_BY_US = {
    "axe-playwright-python": "MIT AND MPL-2.0",
    "docutils": "LicenseRef-Public-Domain AND BSD-2-Clause AND GPL-3.0-or-later",
    "pyphen": "GPL-2.0-or-later OR LGPL-2.1-or-later OR MPL-1.1",
    "fido2": "BSD-2-Clause AND Apache-2.0 AND MPL-2.0",
    "qrcode": "BSD-3-Clause AND MIT",
    "text-unidecode": "Artistic-1.0 OR GPL-1.0-or-later",
}

PINNED = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)
CLASSIFIER = re.compile(r"^License :: (?:OSI Approved :: )?(.+)$")


@dataclass(frozen=True)
class Verdict:
    """One package, what it says of its licence, and whether that suits."""

    package: str
    licence: str
    is_shipped: bool

    @property
    def accepted(self) -> bool:
        """Whether its licence is on the list for its use."""
        allowed = SHIPPED if self.is_shipped else SHIPPED | TOOLS_ONLY
        return suits(self.licence, allowed=allowed)

    def __str__(self) -> str:
        place = "shipped" if self.is_shipped else "tool"
        return f"{self.package} ({place}): {self.licence or 'says no licence'}"


def suits(expression: str, *, allowed: frozenset[str]) -> bool:
    """Whether an SPDX expression can be met by allowed licences: each AND, one of each OR."""
    parts = re.sub(r"[()]", " ", expression)
    alternatives = [re.split(r"\s+AND\s+", each) for each in re.split(r"\s+OR\s+", parts)]
    if "(" in expression and " AND " in expression and " OR " in expression:
        alternatives = [re.split(r"\s+(?:AND|OR)\s+", parts)]
    return any(
        all(re.sub(r"\s+WITH\s+.*", "", name.strip()) in allowed for name in every)
        for every in alternatives
    )


def licence_of(found: Message) -> str:
    """What a package says of its licence, as SPDX where it can be read so; empty for nothing.

    Several classifiers may mean a choice or parts under different terms; we assume the parts.
    """
    expression = found["License-Expression"]
    if expression:
        return str(expression)
    classifiers = [CLASSIFIER.match(each) for each in found.get_all("Classifier") or []]
    names = [each.group(1) for each in classifiers if each and each.group(1) != "OSI Approved"]
    if not names:
        first_lines = (found["License"] or "").strip().splitlines()[:1]
        names = [each.strip() for each in first_lines]
    return " AND ".join(WRITTEN.get(name, name) for name in names)


def read_metadata(package: str) -> Message:
    """The metadata of an installed package. Raises `PackageNotFoundError`."""
    return message_from_string(distribution(package).read_text("METADATA") or "")


def locked(name: str) -> list[str]:
    """The packages that a lock names."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return PINNED.findall(text)


def verdicts() -> Iterator[Verdict]:
    """A verdict for every locked package that is installed here."""
    shipped = {*locked("run"), *locked("postgres"), *locked("s3")}
    for package in sorted({*shipped, *locked("dev")}):
        try:
            said = READ_BY_US.get(package) or licence_of(read_metadata(package))
        except PackageNotFoundError:
            continue
        yield Verdict(package, said, package in shipped)


def main(arguments: list[str]) -> int:
    """Print what does not suit; 1 when there is such."""
    found = list(verdicts())
    elsewhere = len({*locked("run"), *locked("s3"), *locked("dev")}) - len(found)
    refused = [each for each in found if not each.accepted]
    for each in found if "--list" in arguments else []:
        print(each)
    for each in refused:
        print(f"{each}: not on the list of scripts/check_licences.py; replace it or argue it in.")
    print(
        f"licences: {len(found)} packages, {len(refused)} refused, {elsewhere} not installed here"
    )
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
