"""Keep the files of translations current.

python scripts/texts.py              take every text out of the code, keep translations, compile
python scripts/texts.py --check      exit 1 when a file is not what that would write
python scripts/texts.py --complete   exit 1 when a translation is missing or faulty (es, de)
"""

from __future__ import annotations

import sys
from pathlib import Path

from wording.faults import faults
from wording.files import files

ROOT = Path(__file__).resolve().parent.parent
SHOWN = 200


def write(root: Path) -> int:
    """Write every file that is not as it should be."""
    changed = [path for path, content in files(root) if _differs(path, content)]
    for path, content in files(root):
        if path in changed:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    print(f"texts: {len(changed)} files written")
    return 0


def check(root: Path) -> int:
    """Name every file that is not as it should be."""
    stale = [path for path, content in files(root) if _differs(path, content)]
    for path in stale:
        print(f"{path.relative_to(root)}: not current. Run `make texts`.")
    return 1 if stale else 0


def complete(root: Path) -> int:
    """Name every translation that is missing or faulty."""
    found = list(faults(root))
    for fault in found[:SHOWN]:
        print(fault)
    print(f"translations: {len(found)} faults")
    return 1 if found else 0


def _differs(path: Path, content: bytes) -> bool:
    return not path.exists() or path.read_bytes() != content


if __name__ == "__main__":
    ways = {(): write, ("--check",): check, ("--complete",): complete}
    asked = ways.get(tuple(sys.argv[1:]))
    sys.exit(asked(ROOT) if asked else __doc__)
