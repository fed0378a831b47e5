"""The stops for lengths hold at the line, not near it."""

from __future__ import annotations

import pytest

from check_sizes import FILE_STOP, FUNCTION_STOP, TEMPLATE_STOP, measure, report


def function_of(lines: int) -> str:
    return "def f():\n" + "    x = 1\n" * (lines - 1)


def too_long(path: str, text: str) -> list[str]:
    return [each.kind for each in measure(path, text) if each.is_too_long]


def test_a_function_may_reach_its_stop_and_not_pass_it() -> None:
    assert too_long("src/a.py", function_of(FUNCTION_STOP)) == []
    assert too_long("src/a.py", function_of(FUNCTION_STOP + 1)) == ["function"]


def test_a_file_may_reach_its_stop_and_not_pass_it() -> None:
    assert too_long("src/a.py", "x = 1\n" * FILE_STOP) == []
    assert too_long("src/a.py", "x = 1\n" * (FILE_STOP + 1)) == ["file"]


def test_a_template_may_reach_its_stop_and_not_pass_it() -> None:
    assert too_long("src/a.html", "<p>\n" * TEMPLATE_STOP) == []
    assert too_long("src/a.html", "<p>\n" * (TEMPLATE_STOP + 1)) == ["template"]


def test_a_last_line_without_its_end_counts() -> None:
    assert too_long("src/a.html", "<p>\n" * TEMPLATE_STOP + "<p>") == ["template"]


def test_a_migration_may_be_long() -> None:
    assert too_long("src/commonweal_web/a/migrations/0001_initial.py", "x = 1\n" * 900) == []


@pytest.mark.parametrize("word", ["async def inner():", "def inner():"])
def test_an_inner_function_is_measured_on_its_own(word: str) -> None:
    text = f"def outer():\n    {word}\n        pass\n"
    assert [each.lines for each in measure("src/a.py", text)] == [3, 3, 2]


def test_the_report_tells_the_median() -> None:
    found = [*measure("src/a.py", function_of(3)), *measure("src/b.py", function_of(9))]
    assert "src/          2 × function: median 6, longest 9" in list(report(found))
