"""Links that let somebody outside do one thing: how their secret is written, and what is kept."""

from __future__ import annotations

import base64
import hashlib

SECRET_BYTES = 24
"""192 random bits: no slow hash is needed, and nobody guesses a link."""


class LinkError(ValueError):
    """A link that cannot be made; the message says what is needed."""


def link_secret(drawn: bytes) -> str:
    """The secret part of a link from random bytes; it is shown once and never stored.

    Raises `LinkError` when there are fewer bytes than a link takes.
    """
    if len(drawn) < SECRET_BYTES:
        raise LinkError(
            f"{len(drawn)} random bytes were given. A link takes at least {SECRET_BYTES}."
        )
    return base64.urlsafe_b64encode(drawn).rstrip(b"=").decode()


def link_digest(secret: str) -> str:
    """What is kept of a link, by which it is found again."""
    return hashlib.sha256(secret.encode()).hexdigest()
