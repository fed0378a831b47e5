"""Mail addresses that can be put into a header without becoming a second one."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# One @ between two parts without blanks, controls, double quotes, brackets or list separators.
_PART = r"[^\s\x00-\x1f\x7f-\x9f\"<>()\[\],:;\\@]+"
SAFE = re.compile(f"{_PART}@{_PART}")
LONGEST = 254


class AddressRefused(ValueError):
    """An address that is no plain mail address, for example one with a line break in it."""


def is_safe_address(address: str) -> bool:
    """Whether this is one plain address, without a line break, a list or a display name."""
    return len(address) <= LONGEST and SAFE.fullmatch(address) is not None


def refuse_unsafe_address(address: str) -> None:
    """Raises `AddressRefused`; asked again before each sending, whatever was let in."""
    if not is_safe_address(address):
        raise AddressRefused(f"{address!r} is no plain mail address")


def safe_address(value: str) -> None:
    """The same as a validator of fields and forms. Raises `ValidationError`."""
    if not is_safe_address(value):
        raise ValidationError(
            _("“%(address)s” is no plain mail address. Write it like name@example.org.")
            % {"address": " ".join(value.split())},
            code="address_unsafe",
        )
