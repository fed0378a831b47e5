"""The reads of the evidence room."""

from commonweal_web.evidence.queries.files import (
    FileProblem,
    check_files,
    for_export,
    kept_files,
    plain_pieces,
    to_send,
)
from commonweal_web.evidence.queries.pieces import (
    Piece,
    attached,
    attached_rows,
    attached_to_many,
    author_mark,
    bytes_kept,
    has_files,
    is_own,
    may_see,
    may_withdraw,
    piece_of,
    public_file,
    public_pieces,
)
from commonweal_web.evidence.queries.subjects import subject_named, subject_seen
from commonweal_web.evidence.storage import Stored, open_stored, put, stored_files

__all__ = [
    "FileProblem",
    "Piece",
    "Stored",
    "attached",
    "attached_rows",
    "attached_to_many",
    "author_mark",
    "bytes_kept",
    "check_files",
    "for_export",
    "has_files",
    "is_own",
    "kept_files",
    "may_see",
    "may_withdraw",
    "open_stored",
    "piece_of",
    "plain_pieces",
    "public_file",
    "public_pieces",
    "put",
    "stored_files",
    "subject_named",
    "subject_seen",
    "to_send",
]
