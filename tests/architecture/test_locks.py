"""The locks are complete, hashed, and say nothing of where they were made."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

LOCKS = ("run", "postgres", "s3", "dev")
PINNED = re.compile(r"^([a-z0-9.-]+)==(\S+)", re.MULTILINE)
NAME = re.compile(r"[A-Za-z0-9._-]+")


def lock_text(checkout: Path, *, name: str) -> str:
    return (checkout / "requirements" / f"{name}.txt").read_text(encoding="utf-8")


def pins(checkout: Path, *, name: str) -> dict[str, str]:
    return dict(PINNED.findall(lock_text(checkout, name=name)))


def project(checkout: Path) -> dict[str, Any]:
    return tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))


def declared(checkout: Path) -> dict[str, list[str]]:
    """What pyproject.toml asks for, by the lock that must hold it."""
    found = project(checkout)
    extras, groups = found["project"]["optional-dependencies"], found["dependency-groups"]
    return {
        "run": [*found["project"]["dependencies"], "setuptools", "wheel"],
        "postgres": extras["postgres"],
        "s3": extras["s3"],
        "dev": groups["dev"],
    }


def names(lines: list[str]) -> set[str]:
    """The packages that requirement lines ask for."""
    found = (NAME.match(line) for line in lines)
    return {match.group().lower() for match in found if match}


def imported(source: Path) -> Iterator[str]:
    """The top-level modules that the files under `source` import."""
    for path in source.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (each.name.partition(".")[0] for each in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module.partition(".")[0]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_of_a_lock_carries_its_hashes(lock: str, checkout: Path) -> None:
    blocks = re.split(r"\n(?=[a-z])", lock_text(checkout, name=lock))
    packages = [block for block in blocks if "==" in block.partition("\n")[0]]
    assert len(packages) > 20
    assert [block for block in packages if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address_and_no_file(lock: str, checkout: Path) -> None:
    assert not re.search(r"://|^-|\s@\s", lock_text(checkout, name=lock), re.MULTILINE)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_everything_that_is_asked_for(lock: str, checkout: Path) -> None:
    wanted = names(declared(checkout)[lock])
    assert wanted - set(pins(checkout, name=lock)) == set()


@pytest.mark.parametrize("narrow", ["run", "postgres"])
def test_developers_run_the_very_versions_that_are_shipped(narrow: str, checkout: Path) -> None:
    shipped, developed = pins(checkout, name=narrow), pins(checkout, name="dev")
    assert {name: developed.get(name) for name in shipped} == shipped


def test_the_demo_gets_no_development_tool(checkout: Path) -> None:
    tools = names(declared(checkout)["dev"])
    assert tools & set(pins(checkout, name="run")) == set()


def test_what_our_code_imports_is_asked_for_by_name(checkout: Path) -> None:
    asked = names(
        [
            *(each for lock in ("run", "postgres", "s3") for each in declared(checkout)[lock]),
            *project(checkout)["project"]["optional-dependencies"]["pdf"],
        ]
    )
    owners = packages_distributions()
    foreign = set(imported(checkout / "src")) - set(sys.stdlib_module_names)
    unasked = {
        module
        for module in foreign
        if not module.startswith("commonweal")
        and not asked & {owner.lower().replace("_", "-") for owner in owners.get(module, [])}
    }
    assert unasked == set()


def test_every_dependency_says_why_it_is_here(checkout: Path) -> None:
    lines = (checkout / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    needed = {each for group in declared(checkout).values() for each in group}
    asked = [line for line in lines if line.startswith('  "') and line.split('"')[1] in needed]
    assert len(asked) > 30
    assert [line for line in asked if not re.search(r",\s+# \w+", line)] == []
