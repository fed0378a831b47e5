"""Where a witness reads a log from: an export, or the public pages of an installation."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.message import Message
from functools import cache
from http.client import HTTPResponse
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from commonweal.record import (
    Bundle,
    BundleRejected,
    consistency_proof,
    grow,
    read_bundle,
    read_checkpoint,
)
from commonweal_cli.answers import InputRefused

LARGEST_EXPORT = 1 << 30
LARGEST_ANSWER = 8 << 20
SECONDS = 20


@dataclass(frozen=True, slots=True)
class LogSource:
    """A log as it shows itself: its keys, its signed texts, and its proofs between sizes."""

    origin: str
    log_keys: tuple[str, ...]
    checkpoints: tuple[str, ...]
    consistency: Callable[[int, int], Sequence[bytes]]

    def newest(self) -> str:
        """The signed text of the largest size. Raises `InputRefused` when nothing was signed."""
        if not self.checkpoints:
            raise InputRefused("nothing_signed", f"The log {self.origin} was never signed.")
        return max(self.checkpoints, key=lambda note: read_checkpoint(note).size)


def open_export(path: Path) -> Bundle:
    """An export from a file. Raises `InputRefused`."""
    try:
        with path.open("rb") as stream:
            return read_bundle(stream, limit=LARGEST_EXPORT)
    except BundleRejected as rejected:
        raise InputRefused("export_rejected", str(rejected), where=str(path)) from rejected
    except OSError as error:
        raise InputRefused("file_unreadable", str(error), where=str(path)) from error


def of_export(bundle: Bundle) -> LogSource:
    """A log as its export shows it; proofs are computed from its leaves."""
    return LogSource(bundle.origin, bundle.log_keys, bundle.checkpoints, consistency_of(bundle))


def consistency_of(bundle: Bundle) -> Callable[[int, int], Sequence[bytes]]:
    """Proofs between any two sizes that the export covers; others raise `LookupError`."""

    @cache
    def nodes() -> dict[tuple[int, int], bytes]:
        grown = grow(0, (), [leaf.leaf.hash for leaf in bundle.leaves])
        return {(node.level, node.index): node.hash for node in grown.nodes}

    return lambda old, new: consistency_proof(old, new, lambda *place: nodes()[place])


def of_address(address: str) -> LogSource:
    """A log as its public pages show it, such as https://…/public/northbank/record.

    Raises `InputRefused` when the pages do not answer in the way they should.
    """
    address = address.rstrip("/")
    shown = _read(f"{address}/checkpoints")

    def consistency(old: int, new: int) -> Sequence[bytes]:
        try:
            path = _read(f"{address}/consistency/{old}/{new}")["path"]
            return [bytes.fromhex(each) for each in path]
        except (InputRefused, KeyError, TypeError, ValueError) as withheld:
            # A log that keeps a proof back is a finding, not a fault of what was typed.
            raise LookupError(f"the log gave no proof: {withheld}") from withheld

    try:
        return LogSource(
            str(shown["origin"]),
            tuple(map(str, shown["log_keys"])),
            tuple(map(str, shown["checkpoints"])),
            consistency,
        )
    except (KeyError, TypeError) as malformed:
        raise InputRefused(
            "answer_malformed", f"{address} does not show a record.", where=address
        ) from malformed


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A witness asks the address it was given and no other."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: Message,
        newurl: str,
    ) -> None:
        return None


def _read(address: str) -> Any:
    if urlsplit(address).scheme not in {"http", "https"}:
        raise InputRefused("address_refused", "Use an http or https address.", where=address)
    opener = urllib.request.build_opener(_NoRedirect, urllib.request.ProxyHandler({}))
    try:
        with opener.open(address, timeout=SECONDS) as answer:
            return _parse(answer, address=address)
    except (OSError, urllib.error.URLError) as error:
        raise InputRefused(
            "address_unreachable", f"{address} does not answer: {error}", where=address
        ) from error


def _parse(answer: HTTPResponse, *, address: str) -> Any:
    raw = answer.read(LARGEST_ANSWER + 1)
    if len(raw) > LARGEST_ANSWER:
        raise InputRefused("answer_too_large", f"{address} answers too much.", where=address)
    try:
        return json.loads(raw)
    except ValueError as malformed:
        raise InputRefused(
            "answer_malformed", f"{address} answers no JSON: {malformed}", where=address
        ) from malformed
