"""How large a file may be, and how far an office file may unpack."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of one file. `unpacked_ratio` counts for parts above `small_part_bytes`."""

    file_bytes: int = 25 * MEGABYTE
    parts: int = 5_000
    unpacked_bytes: int = 250 * MEGABYTE
    unpacked_ratio: int = 200
    small_part_bytes: int = MEGABYTE
