"""The beginning of a backup file, in clear: what it is, and how its key is derived."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from .passphrase import SALT_BYTES, Effort
from .rejected import BackupRejected

MAGIC = b"commonweal-copy\n"
VERSION = 1
NONCE_BYTES = 24
_LAYOUT = struct.Struct(f">{len(MAGIC)}sHIQ{SALT_BYTES}s{NONCE_BYTES}s")
HEADER_BYTES = _LAYOUT.size


@dataclass(frozen=True, slots=True)
class Header:
    """How the key is derived, and the nonce that the sealed messages begin with.

    Salt and nonce are random bytes that whoever writes the file draws anew each time.
    """

    effort: Effort
    salt: bytes
    nonce: bytes

    def encode(self) -> bytes:
        """The bytes at the beginning of the file; every sealed message is bound to them."""
        if len(self.salt) != SALT_BYTES or len(self.nonce) != NONCE_BYTES:
            raise ValueError(f"A header needs {SALT_BYTES} and {NONCE_BYTES} random bytes.")
        effort = self.effort
        return _LAYOUT.pack(MAGIC, VERSION, effort.passes, effort.memory, self.salt, self.nonce)


def read_header(raw: bytes) -> Header:
    """Read the first `HEADER_BYTES` of a file.

    Raises:
        BackupRejected: when it does not begin like a backup, or like one of a later version.
    """
    if not raw.startswith(MAGIC) or len(raw) != HEADER_BYTES:
        raise BackupRejected("not_a_backup", "This file is not a backup of Commonweal.")
    _magic, version, passes, memory, salt, nonce = _LAYOUT.unpack(raw)
    if version != VERSION:
        raise BackupRejected(
            "format_unknown",
            f"The backup is of format {version}, this program reads format {VERSION}. "
            "Use the newest version of Commonweal, or the file is damaged.",
        )
    return Header(Effort(passes, memory), salt, nonce)
