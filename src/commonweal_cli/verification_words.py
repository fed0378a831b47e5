"""How a verification is told, and the public keys somebody trusts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import click

from commonweal.record import Bundle, Problem, Verification, parse_public_key
from commonweal_cli.answers import InputRefused, as_json

FINE, FAILED = 0, 1
ALONE = (
    "No witness confirms this record. Without one, whoever holds both the data and the keys "
    "folder can rebuild its whole history, and this command cannot tell."
)
NOTHING = "There is nothing to verify: no organisation, no rows and no keys."


@dataclass(frozen=True, slots=True)
class Told:
    """What was found in one record, and the role that named each witness."""

    name: str
    found: Verification
    named_by: Mapping[str, str]


def tell(verified: Iterable[Told], *, wants_json: bool, beyond: Sequence[Problem] = ()) -> int:
    """Print the answers; 1 when any of them has a problem.

    `beyond` are the problems of the installation that belong to no record.
    """
    answers = [_answer(each) for each in verified]
    others = [_problem(each) for each in beyond]
    if wants_json:
        click.echo(as_json({"records": answers, "problems": others}))
    else:
        parts = [_words(each) for each in answers]
        parts += [_problem_words(each) for each in others]
        click.echo("\n\n".join(parts) or NOTHING)
    return FAILED if others or any(each["problems"] for each in answers) else FINE


def named_in_export(bundle: Bundle) -> dict[str, str]:
    """The role that named each witness, from the rows of an export."""
    named = {}
    for subject, text in bundle.rows.items():
        if subject.startswith("record.witness:"):
            fields = json.loads(text)
            named[str(fields.get("name"))] = str(fields.get("named_by", ""))
    return named


def _answer(told: Told) -> dict[str, Any]:
    found = told.found
    return {
        "record": told.name,
        "size": found.size,
        "root": found.root.hex(),
        "signed_size": found.signed_size,
        "witnesses": [
            {"name": each.name, "size": each.size, "named_by": told.named_by.get(each.name, "")}
            for each in found.witnesses
        ],
        "erased": list(found.erased),
        "problems": [_problem(each) for each in found.problems],
    }


def _problem(found: Problem) -> dict[str, Any]:
    return {
        "code": found.code,
        "leaf": found.leaf,
        "subject": found.subject,
        "message": found.message,
    }


def _problem_words(problem: Mapping[str, Any]) -> str:
    return f"PROBLEM {problem['code']}: {problem['message']}"


def _words(answer: dict[str, Any]) -> str:
    lines = [
        f"{answer['record']}: {answer['size']} steps, root {answer['root']}",
        f"Signed: the first {answer['signed_size']} steps.",
    ]
    told = ", ".join(
        f"{each['name']} (first {each['size']}; named by {each['named_by'] or 'nobody known'})"
        for each in answer["witnesses"]
    )
    count = len(answer["witnesses"])
    lines.append(f"Witnesses who confirm it: {count}: {told}." if count else ALONE)
    lines += [f"Erased on the record: {each}" for each in answer["erased"]]
    lines += [_problem_words(each) for each in answer["problems"]]
    if not answer["problems"]:
        lines.append("Nothing is wrong: every step and every row is as it was recorded.")
    return "\n".join(lines)


def trusted(keys: Iterable[str]) -> list[str] | None:
    """The public keys given, checked; None when none was given. Raises `InputRefused`."""
    given = list(keys)
    for text in given:
        try:
            parse_public_key(text)
        except ValueError as malformed:
            raise InputRefused("key_malformed", str(malformed), where="--key") from malformed
    return given or None
