"""No database write outside `actions.py`: there it is in a transaction and on the record.

A call that only looks like a write carries `# writes no row: reason` on its line or the one
above.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from lint.finding import Finding, is_marked

RULE = "write-outside-action"
MARK = "writes no row"

# Where writing is right, and why.
WRITERS = {
    "*/actions.py": "an action: right checked, one transaction, leaf appended",
    "*/actions/*.py": "the same, where a room has many",
    "*/migrations/*.py": "Django's own schema changes",
    "src/commonweal_web/record/action.py": "the one place that stores rows with their leaves",
    "src/commonweal_web/record/appending.py": "stores the leaves themselves, for that one place",
    "src/commonweal_web/record/storing.py": "stores many rows at once, for those two places",
}
ROW_WRITES = frozenset(
    "save create delete bulk_create bulk_update get_or_create update_or_create".split()
    + "asave acreate adelete abulk_create abulk_update aget_or_create aupdate_or_create".split()
)
QUERYSET_UPDATES = frozenset({"update", "aupdate"})
ACT_WRITES = frozenset("create create_many change change_many remove".split())
SQL_CALLS = frozenset({"execute", "executemany"})
READING_SQL = re.compile(r"\s*(select|pragma|explain|with|set|show)\b", re.IGNORECASE)


def may_write(path: str) -> bool:
    """Whether this file is one of the places where writing is right."""
    return any(PurePosixPath(path).match(pattern) for pattern in WRITERS)


def writes(path: str, text: str) -> Iterator[Finding]:
    """Every write in a Python file that is no place for one."""
    if may_write(path):
        return
    lines = text.splitlines()
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if is_write(node, node.func) and not is_marked(lines, line=node.lineno, mark=MARK):
            message = f".{node.func.attr}() writes; move it into an action of the room."
            yield Finding(path, node.lineno, RULE, message)


def is_write(call: ast.Call, called: ast.Attribute) -> bool:
    """Whether a method call writes rows.

    `update` with positional arguments is that of a dict, a set or a hash: a queryset takes none.
    """
    name = called.attr
    if name in SQL_CALLS:
        return not is_reading(call)
    if name in QUERYSET_UPDATES:
        return bool(call.keywords) and not call.args
    of_an_act = isinstance(called.value, ast.Name) and called.value.id == "act"
    return name in ROW_WRITES or (of_an_act and name in ACT_WRITES)


def is_reading(call: ast.Call) -> bool:
    """Whether an `execute` is given literal SQL that only reads."""
    first = call.args[0] if call.args else None
    if isinstance(first, ast.Constant) and isinstance(first.value, str):
        return bool(READING_SQL.match(first.value))
    return False
