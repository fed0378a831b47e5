"""The backup file: what it holds, how it is sealed, and what is refused when it is read.

From the outside in: a ``Header`` in clear says how the key is derived from the passphrase; then
come sealed messages, which give *members*, each with a name, its bytes and their hash; the first
member is the ``Manifest``. A reader that reaches the end has read exactly what was written.
"""

from .container import (
    PIECE_BYTES,
    Member,
    MemberWriter,
    members,
    refuse_unsafe_name,
)
from .header import HEADER_BYTES, Header, read_header
from .manifest import MANIFEST, KeptRecord, Manifest, fingerprint, read_manifest
from .passphrase import (
    ENOUGH,
    LEAST_CHARACTERS,
    Effort,
    PassphraseRefused,
    derive_key,
    refuse_weak,
)
from .reading import begin_backup, open_backup
from .rejected import BackupRejected

__all__ = [
    "ENOUGH",
    "HEADER_BYTES",
    "LEAST_CHARACTERS",
    "MANIFEST",
    "PIECE_BYTES",
    "BackupRejected",
    "Effort",
    "Header",
    "KeptRecord",
    "Manifest",
    "Member",
    "MemberWriter",
    "PassphraseRefused",
    "begin_backup",
    "derive_key",
    "fingerprint",
    "members",
    "open_backup",
    "read_header",
    "read_manifest",
    "refuse_unsafe_name",
    "refuse_weak",
]
