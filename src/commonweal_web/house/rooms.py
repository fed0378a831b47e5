"""Finds the rooms and puts them in order, so that no list of them is kept by hand."""

from __future__ import annotations

from functools import cache
from graphlib import TopologicalSorter
from importlib import import_module
from pathlib import Path

from commonweal_web.house.declaration import Permission, Room

ROOMS_FOLDER = Path(__file__).resolve().parents[1]


def room_names() -> list[str]:
    """The names of all rooms: every folder beside this one that has a `room.py`."""
    return sorted(path.parent.name for path in ROOMS_FOLDER.glob("*/room.py"))


@cache
def rooms() -> tuple[Room, ...]:
    """All rooms, each after those it may use; ties in alphabetical order."""
    found = {name: _declaration(name) for name in room_names()}
    sorter = TopologicalSorter({name: sorted(room.may_use) for name, room in found.items()})
    return tuple(found[name] for name in sorter.static_order())


def room(name: str) -> Room:
    """The declaration of one room."""
    return next(each for each in rooms() if each.name == name)


@cache
def permissions() -> dict[str, Permission]:
    """Every right of every room by its code."""
    return {right.code: right for each in rooms() for right in each.permissions}


@cache
def permissions_of_role(role: str) -> frozenset[str]:
    """The codes of the rights that a role holds."""
    return frozenset(code for code, right in permissions().items() if role in right.roles)


def _declaration(name: str) -> Room:
    declared = import_module(f"commonweal_web.{name}.room").ROOM
    if not isinstance(declared, Room) or declared.name != name:
        raise ImportError(f"commonweal_web/{name}/room.py must hold ROOM = Room(name={name!r}, …)")
    return declared
