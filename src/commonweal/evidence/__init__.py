"""Evidence: which files are kept, told by their content and never by their name."""

from commonweal.evidence.contents import recognise
from commonweal.evidence.kinds import KINDS, FileKind, kind_named, kind_title
from commonweal.evidence.limits import Limits
from commonweal.evidence.names import clean_name
from commonweal.evidence.refusal import FileRefused

__all__ = [
    "KINDS",
    "FileKind",
    "FileRefused",
    "Limits",
    "clean_name",
    "kind_named",
    "kind_title",
    "recognise",
]
