"""Every action appends to the record: it writes through its act, or hands the act to what does."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

WEB = Path(__file__).resolve().parents[2] / "src" / "commonweal_web"
WRITES = {"create", "create_many", "change", "change_many", "remove"}


def modules() -> list[Path]:
    """The modules of all rooms that hold actions."""
    return sorted([*WEB.glob("*/actions.py"), *WEB.glob("*/actions/*.py")])


def actions() -> dict[str, ast.FunctionDef]:
    """Every function that opens an action, by room and name."""
    found = {}
    for path in modules():
        room = path.relative_to(WEB).parts[0]
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and opened(node):
                found[f"{room}.{node.name}"] = node
    return found


def opened(function: ast.AST) -> list[str]:
    """The kind of each action that a function opens, as it is written."""
    return [
        ast.unparse(item.context_expr.args[0]).strip("'")
        for node in ast.walk(function)
        if isinstance(node, ast.With)
        for item in node.items
        if isinstance(item.context_expr, ast.Call)
        and getattr(item.context_expr.func, "id", "") == "action"
    ]


def appends(function: ast.AST) -> bool:
    """Whether a function writes through its act, or passes the act on."""
    for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
        on_act = (
            isinstance(call.func, ast.Attribute) and getattr(call.func.value, "id", "") == "act"
        )
        if on_act and call.func.attr in WRITES:
            return True
        given = [*call.args, *(keyword.value for keyword in call.keywords)]
        if any(isinstance(each, ast.Name) and each.id == "act" for each in given):
            return True
    return False


def test_there_are_actions_in_every_room_that_people_act_in() -> None:
    rooms = {name.split(".")[0] for name in actions()}
    assert {"workplaces", "people", "systems", "job_impact", "mitigations", "disclosure"} <= rooms


@pytest.mark.parametrize("name", sorted(actions()))
def test_every_action_appends(name: str) -> None:
    assert appends(actions()[name]), f"{name} opens an action and writes nothing through it"


def test_an_action_is_recorded_under_its_own_name() -> None:
    others = [
        name
        for name, function in actions().items()
        if not function.name.startswith("_") and f"'{name}'" not in ast.unparse(function)
    ]
    assert others == []


def test_an_action_that_writes_nothing_is_found() -> None:
    empty = ast.parse("def f():\n    with action('x.f') as act:\n        act.may(RIGHT)\n")
    assert not appends(empty)
