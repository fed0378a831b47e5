"""No tracked file carries a trace of one machine: an index address, a path, the folder beside us.

The patterns are put together from pieces, so that this file does not break its own rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint.finding import Finding

RULE = "trace-of-a-machine"

INDEX_HOSTS = (
    "pypi" + r"\.org",
    "pythonhosted" + r"\.org",
    "registry" + r"\.npmjs",
    "yarn" + r"pkg\.",
)
HOME_FOLDERS = ("work", "root", "tmp", "opt", "Users", "home/" + r"\w+")
PATTERNS = {
    "a package index": re.compile("|".join(INDEX_HOSTS)),
    "an option that names an index": re.compile(r"--(?:extra-)?index" + r"-url[ =]\S+:"),
    "a path on one machine": re.compile(rf"(?<![\w.~\-*}}])/(?:{'|'.join(HOME_FOLDERS)})/\w"),
    "a folder beside the checkout": re.compile(r"\.\./" + "shared"),
}


def traces(path: str, text: str) -> Iterator[Finding]:
    """Every line of a tracked file that only makes sense on one machine."""
    for number, line in enumerate(text.splitlines(), start=1):
        for what, pattern in PATTERNS.items():
            found = pattern.search(line)
            if found:
                yield Finding(path, number, RULE, f"names {what}: {found.group()!r}; take it out.")
