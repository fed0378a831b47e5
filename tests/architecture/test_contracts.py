"""Every contract is there for every room, is current, and catches what it forbids."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

import contracts

# The order of the rooms in ARCHITECTURE.md; a room not named here stands between the last two.
ORDER = (
    {"organisations"},
    {"record"},
    {"people", "practices", "evidence", "notices", "layout"},
    {"workplaces"},
    {"systems"},
    {"participation"},
    {"job_impact"},
    {"mitigations"},
)
LAST = {"disclosure", "search", "operations"}

# A house with two rooms, in which nothing is wrong.
SOUND = {
    "commonweal/shared/money.py": "",
    "commonweal/systems/stages.py": "import commonweal.shared.money",
    "commonweal/job_impact/views.py": "import commonweal.systems.stages",
    "commonweal/record/tree.py": "import commonweal.shared.money",
    "commonweal_web/house/declaration.py": "class Room: ...",
    "commonweal_web/organisations/room.py": "ROOM = Room(name='organisations')",
    "commonweal_web/organisations/models.py": "",
    "commonweal_web/record/room.py": "ROOM = Room(name='record')",
    "commonweal_web/record/action.py": "import commonweal_web.organisations.models",
    "commonweal_web/record/actor.py": "",
    "commonweal_web/record/fields.py": "",
    "commonweal_web/systems/room.py": "ROOM = Room(name='systems', may_use=('organisations',))",
    "commonweal_web/systems/views.py": "import commonweal_web.systems.queries",
    "commonweal_web/systems/actions.py": (
        "import commonweal_web.record.action\nimport commonweal_web.systems.queries"
    ),
    "commonweal_web/systems/queries.py": "import commonweal_web.systems.models",
    "commonweal_web/systems/models.py": "import commonweal_web.organisations.models",
    "commonweal_web/disclosure/room.py": "ROOM = Room(name='disclosure', may_use=('systems',))",
    "commonweal_web/disclosure/views.py": "import commonweal_web.systems.queries",
    "commonweal_web/disclosure/models.py": "",
    "commonweal_cli/main.py": "import commonweal_web.systems.queries",
}

# What is wrong, the file it is written into, the line, and the contract that must say so.
VIOLATIONS = {
    "the domain imports Django": (
        "commonweal/record/tree.py",
        "import django",
        "The domain knows no web framework",
    ),
    "the domain imports the web": (
        "commonweal/shared/money.py",
        "import commonweal_web.systems.models",
        "The command line uses the web",
    ),
    "the web imports the command line": (
        "commonweal_web/systems/views.py",
        "import commonweal_cli.main",
        "The command line uses the web",
    ),
    "two domain rooms meet": (
        "commonweal/job_impact/views.py",
        "import commonweal.record.tree",
        "Domain rooms are independent",
    ),
    "a foundation leans on a room": (
        "commonweal/systems/stages.py",
        "import commonweal.record.tree",
        "Domain rooms are independent",
    ),
    "a query calls an action": (
        "commonweal_web/systems/queries.py",
        "import commonweal_web.systems.actions",
        "systems: its modules use each other downwards",
    ),
    "a model calls a view": (
        "commonweal_web/systems/models.py",
        "import commonweal_web.systems.views",
        "systems: its modules use each other downwards",
    ),
    "a room reads another's models": (
        "commonweal_web/disclosure/views.py",
        "import commonweal_web.systems.models",
        "systems: others reach it through",
    ),
    "a room shows another's view": (
        "commonweal_web/disclosure/views.py",
        "from commonweal_web.systems import views",
        "systems: others reach it through",
    ),
    "a room goes against the order": (
        "commonweal_web/systems/views.py",
        "import commonweal_web.disclosure.queries",
        "systems: uses organisations",
    ),
    "two rooms need each other": (
        "commonweal_web/systems/views.py",
        "import commonweal_web.disclosure.queries",
        "No two rooms need each other",
    ),
    "two domain siblings need each other": (
        "commonweal/shared/money.py",
        "import commonweal.systems.stages",
        "No two siblings in the domain need each other",
    ),
}


def build(root: Path, *, extra: dict[str, str]) -> None:
    """Write the sound house with some lines added, and its contracts."""
    for path in {**SOUND, **extra}:
        file = root / "src" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        for folder in (file.parent, file.parent.parent):
            if folder.name != "src":
                (folder / "__init__.py").touch()
        file.write_text(f"{SOUND.get(path, '')}\n{extra.get(path, '')}\n", encoding="utf-8")


def lint(root: Path, *, config: Path) -> str:
    """What import-linter says of the house under `root`; empty when every contract is kept."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--config"]
    done = subprocess.run(
        [*command, str(config)],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root / "src"), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr if done.returncode else ""


def broken_contracts(root: Path, *, checkout: Path) -> str:
    """What both files of contracts say of the house under `root`."""
    assert contracts.main([], root=root) == 0
    shutil.copy(checkout / "pyproject.toml", root / "pyproject.toml")
    files = (root / "pyproject.toml", root / contracts.TARGET)
    return "".join(lint(root, config=config) for config in files)


def generated(checkout: Path) -> list[dict[str, Any]]:
    """The contracts of our own rooms, as they are stored."""
    text = (checkout / contracts.TARGET).read_text(encoding="utf-8")
    return list(tomllib.loads(text)["tool"]["importlinter"]["contracts"])


def rank(name: str) -> int:
    """The place of a room in the order of ARCHITECTURE.md."""
    places = [place for place, names in enumerate(ORDER) if name in names]
    return places[0] if places else len(ORDER) + (name in LAST)


def test_a_sound_house_keeps_every_contract(tmp_path: Path, checkout: Path) -> None:
    build(tmp_path, extra={"commonweal_web/disclosure/queries.py": ""})
    assert broken_contracts(tmp_path, checkout=checkout) == ""


@pytest.mark.parametrize("what", VIOLATIONS)
def test_a_contract_catches_its_violation(what: str, tmp_path: Path, checkout: Path) -> None:
    path, line, said = VIOLATIONS[what]
    build(tmp_path, extra={"commonweal_web/disclosure/queries.py": "", path: line})
    told = broken_contracts(tmp_path, checkout=checkout)
    assert any(row.startswith(said) and "BROKEN" in row for row in told.splitlines()), told


def test_naming_a_type_of_another_room_is_not_reaching_into_it(
    tmp_path: Path, checkout: Path
) -> None:
    named = (
        "from typing import TYPE_CHECKING\n"
        "if TYPE_CHECKING:\n    import commonweal_web.systems.models"
    )
    build(tmp_path, extra={"commonweal_web/disclosure/views.py": named})
    assert broken_contracts(tmp_path, checkout=checkout) == ""


def test_the_stored_contracts_are_those_of_the_folders(checkout: Path) -> None:
    stored = (checkout / contracts.TARGET).read_text(encoding="utf-8")
    assert stored == contracts.generate(checkout / "src"), "run `make contracts`"


def test_every_web_room_has_its_contracts(checkout: Path) -> None:
    stored = {each["id"] for each in generated(checkout)}
    rooms = contracts.web_rooms(checkout / "src")
    assert rooms
    for room in rooms:
        assert {f"layers-{room.name}", f"protected-{room.name}"} <= stored


def test_every_package_of_the_web_is_a_room_or_the_machinery(checkout: Path) -> None:
    web = checkout / "src" / "commonweal_web"
    packages = {path.parent.name for path in web.glob("*/__init__.py")}
    rooms = {room.name for room in contracts.web_rooms(checkout / "src")}
    assert packages - rooms == {contracts.MACHINERY}


def test_rooms_stand_in_the_order_of_the_architecture(checkout: Path) -> None:
    rooms = contracts.web_rooms(checkout / "src")
    against = [
        f"{room.name} uses {used}"
        for room in rooms
        for used in room.may_use
        if rank(used) > rank(room.name)
    ]
    assert against == []


def test_a_stale_file_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(tmp_path, extra={})
    assert contracts.main(["--check"], root=tmp_path) == 1
    assert "is stale: run `make contracts`" in capsys.readouterr().err
    assert contracts.main([], root=tmp_path) == 0
    assert contracts.main(["--check"], root=tmp_path) == 0


@pytest.mark.parametrize(
    ("room", "said"),
    [
        ("ROOM = Room(name='disclosure', may_use=('systems', 'astrology'))", "astrology"),
        ("ROOM = Room(name='disclosure', may_use=OTHERS)", "must be a literal tuple"),
        ("ROOM = None", "write exactly one"),
    ],
)
def test_an_unclear_room_is_named_with_its_fault(room: str, said: str, tmp_path: Path) -> None:
    build(tmp_path, extra={})
    file = tmp_path / "src/commonweal_web/disclosure/room.py"
    file.write_text(room, encoding="utf-8")
    with pytest.raises(contracts.UnclearRoom, match=said):
        contracts.generate(tmp_path / "src")


def test_rooms_that_declare_each_other_are_refused(tmp_path: Path) -> None:
    build(tmp_path, extra={})
    file = tmp_path / "src/commonweal_web/systems/room.py"
    file.write_text("ROOM = Room(name='systems', may_use=('disclosure',))", encoding="utf-8")
    with pytest.raises(contracts.UnclearRoom, match="Use an event"):
        contracts.generate(tmp_path / "src")
