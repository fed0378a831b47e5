"""How a verification is told, and the public keys somebody trusts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from commonweal.record import Verification, parse_public_key
from commonweal_cli.answers import InputRefused, as_json

FINE, FAILED = 0, 1
ALONE = (
    "No witness confirms this record. Without one, whoever runs the server and holds the signing "
    "key can rebuild its whole history."
)


def tell(verified: Iterable[tuple[str, Verification]], *, wants_json: bool) -> int:
    """Print the answers; 1 when any of them has a problem."""
    answers = [_answer(name, found) for name, found in verified]
    if wants_json:
        click.echo(as_json({"records": answers}))
    else:
        click.echo("\n\n".join(_words(each) for each in answers))
    return FAILED if any(each["problems"] for each in answers) else FINE


def _answer(name: str, found: Verification) -> dict[str, Any]:
    return {
        "record": name,
        "size": found.size,
        "root": found.root.hex(),
        "signed_size": found.signed_size,
        "witnesses": [{"name": each.name, "size": each.size} for each in found.witnesses],
        "erased": list(found.erased),
        "problems": [
            {
                "code": each.code,
                "leaf": each.leaf,
                "subject": each.subject,
                "message": each.message,
            }
            for each in found.problems
        ],
    }


def _words(answer: dict[str, Any]) -> str:
    lines = [
        f"{answer['record']}: {answer['size']} steps, root {answer['root']}",
        f"Signed: the first {answer['signed_size']} steps.",
    ]
    told = ", ".join(f"{each['name']} (first {each['size']})" for each in answer["witnesses"])
    count = len(answer["witnesses"])
    lines.append(f"Witnesses who confirm it: {count}: {told}." if count else ALONE)
    lines += [f"Erased on the record: {each}" for each in answer["erased"]]
    lines += [f"PROBLEM {each['code']}: {each['message']}" for each in answer["problems"]]
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
