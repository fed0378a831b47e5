#!/usr/bin/env python3
"""Write docs/reference/practices.md: practice → room → tests → doc, from the catalogue itself.

With --check nothing is written and a stale page fails.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
PAGE = TOP / "docs" / "reference" / "practices.md"
HEAD = """# Practice → room → tests → doc

Written by `scripts/practices_page.py` from the catalogue and the rooms; do not edit it by hand.
The practices are Partnership on AI's; the words and the software are ours, and Partnership on AI
does not endorse them.

"""


def open_house() -> None:
    """Set Django up with folders of no consequence."""
    scratch = tempfile.mkdtemp()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonweal_web.house.settings")
    os.environ["COMMONWEAL_DATA"] = os.path.join(scratch, "data")
    os.environ["COMMONWEAL_KEYS"] = os.path.join(scratch, "keys")
    import django

    django.setup()


def page() -> str:
    """The whole page."""
    from commonweal.practices import catalogue

    parts = [HEAD]
    for group, practices in catalogue().practices_by_stage_group().items():
        parts.append(f"## {group.heading}\n\n")
        parts.append("| practice | room | code | tests | doc |\n|---|---|---|---|---|\n")
        parts.extend(row(practice) for practice in practices)
        parts.append("\n")
    return "".join(parts).rstrip("\n") + "\n"


def row(practice: object) -> str:
    """One practice; rooms that are not built yet are named as such."""
    from commonweal_web.house.rooms import room_names

    id, title, rooms = practice.id, practice.title, practice.rooms  # type: ignore[attr-defined]
    built = [name for name in rooms if name in room_names()]
    planned = [name for name in rooms if name not in built]
    named = [f"`{name}`" for name in built] + [f"`{name}` (not built yet)" for name in planned]
    cells = (
        f"**{id}** {title}",
        ", ".join(named),
        "<br>".join(each for name in built for each in folders("src", name=name)) or "–",
        "<br>".join(each for name in built for each in folders("tests", name=name)) or "–",
        "<br>".join(dict.fromkeys(filter(None, map(doc, built)))) or "–",
    )
    return "| " + " | ".join(cells) + " |\n"


def folders(kind: str, *, name: str) -> list[str]:
    """The folders of a room that are there."""
    places = {
        "src": (f"src/commonweal/{name}", f"src/commonweal_web/{name}"),
        "tests": (f"tests/domain/{name}", f"tests/web/{name}"),
    }
    return [f"`{place}`" for place in places[kind] if (TOP / place).is_dir()]


def doc(name: str) -> str:
    """A link to the room's own page, when it is there."""
    from commonweal_web.house.rooms import room

    named = room(name).doc
    return f"[{named}](../{named})" if named and (TOP / "docs" / named).is_file() else ""


def main(arguments: list[str]) -> int:
    """Write the page, or with --check say whether it is current."""
    open_house()
    text = page()
    if "--check" in arguments:
        if PAGE.read_text() == text:
            return 0
        print(f"{PAGE.relative_to(TOP)} is stale. Run scripts/practices_page.py.", file=sys.stderr)
        return 1
    PAGE.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
