"""Registers that wait: kept on the server until somebody has looked at the plan and agreed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from commonweal.systems.inventory.mapping import RegisterFormat
from commonweal.systems.inventory.mapping_file import parse_mapping, shipped_format
from commonweal.systems.inventory.reading import read_register
from commonweal.systems.inventory.refusal import RegisterRefused
from commonweal.systems.inventory.table import Table
from commonweal_web.house.refusals import Refused
from commonweal_web.house.uploads import Shelf, WaitingFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload(WaitingFile):
    """A register that waits, and how it is to be read.

    `format` names a shipped format; `mapping` is the text of a mapping file and comes first.
    """

    kept_at: str
    format: str = ""
    mapping: str = ""

    @property
    def is_explained(self) -> bool:
        """Whether somebody said what its columns mean."""
        return bool(self.format or self.mapping)


REGISTERS = Shelf(
    kind=Upload,
    folder_name="uploads",
    nameless="register",
    too_large_text=_(
        "The file is larger than 64 MB, the most that is read. Split it, or remove pictures "
        "and columns that hold no facts about a use."
    ),
    gone_text=_("This file no longer waits here. It is kept for one day. Send it again."),
    vanished_text=_("This file no longer waits here. Send it again."),
    changed_text=_(
        "The file on the server is not the one that was sent. Nothing was brought in. "
        "Send it again."
    ),
)


def explain(upload: Upload, *, mapping: str) -> Upload:
    """Say what the columns of a waiting file mean, by the text of a mapping file."""
    return REGISTERS.note(replace(upload, mapping=mapping))


def forget_old_uploads(*, at: datetime) -> int:
    """Delete the files that nobody brought in within a day; how many files went."""
    return REGISTERS.forget_old(at=at)


def table_of(upload: Upload) -> Table:
    """Read a waiting file. Raises `Refused` when it cannot be read whole."""
    path = REGISTERS.checked_path(upload)
    try:
        return read_register(path)
    except RegisterRefused as refusal:
        raise in_words(refusal) from refusal


def format_of(upload: Upload) -> RegisterFormat:
    """How a waiting file is to be read. Raises `Refused` for a faulty mapping."""
    try:
        if upload.mapping:
            return parse_mapping(upload.mapping, file=str(_("the mapping")))
        return shipped_format(upload.format)
    except RegisterRefused as refusal:
        raise in_words(refusal) from refusal


def in_words(refusal: RegisterRefused, *, where: str = "") -> Refused:
    """A refusal of the domain as the house shows it, with the place in the sentence."""
    return Refused(refusal.code, str(refusal), where=where or refusal.where)
