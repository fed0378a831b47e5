"""What a restore came to, in plain words and for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from commonweal.operations import KeptRecord, Manifest
from commonweal.record import Problem

if TYPE_CHECKING:
    from commonweal_web.operations.key_files import KeysNeeded
    from commonweal_web.operations.restoring import Judged

WITHOUT: Mapping[str, str] = MappingProxyType(
    {
        "seal-": "people can read and check, but nothing can be written",
        "record-": "nothing new can be signed",
        "evidence-": "files kept as evidence do not open",
        "second-step": "people must set up their second step anew",
        "web.": "a new one is made; links that were signed with the old one do not work",
    }
)
"""What does not work without a key file, by how its name begins."""
ALONE = (
    "Nobody outside confirms that this is the newest backup. Ask a witness for the newest signed "
    "text it keeps, and restore with --against, or check later with "
    "`commonweal record verify --checkpoint`."
)
AFTERWARDS = (
    "Everybody is signed out. What was revoked, ended or used up after the backup was made counts "
    "again: revoke it anew (links, programs’ tokens, people who left)."
)


@dataclass(frozen=True, slots=True)
class Older:
    """A record of which more steps were signed, or witnessed, than the backup holds."""

    record: KeptRecord
    known_size: int


@dataclass(slots=True)
class Restored:
    """What was found; with problems nothing is in place."""

    manifest: Manifest
    place: Path
    judged: Sequence[Judged] = ()
    keys: KeysNeeded | None = None
    keys_written: tuple[str, ...] = ()
    older: Sequence[Older] = ()
    problems: Sequence[Problem] = ()
    files: Sequence[str] = ()
    is_against: bool = False
    set_aside: Sequence[str] = field(default=())

    @property
    def is_in_place(self) -> bool:
        """Whether the backup was restored."""
        return not self.problems

    @property
    def answer(self) -> dict[str, Any]:
        """The answer for programs."""
        return {
            "restored": self.is_in_place,
            "kind": self.manifest.kind,
            "made_at": self.manifest.made_at.isoformat(),
            "place": str(self.place),
            "records": [_record_answer(each) for each in self.judged],
            "older": [
                {"record": each.record.slug, "size": each.record.size, "signed": each.known_size}
                for each in self.older
            ],
            "problems": [
                {"code": each.code, "subject": each.subject, "message": each.message}
                for each in self.problems
            ],
            "files": list(self.files),
            "keys_missing": list(self.keys.missing) if self.keys else [],
            "keys_other": list(self.keys.other) if self.keys else [],
            "keys_written": list(self.keys_written),
            "set_aside": list(self.set_aside),
        }


def words(restored: Restored) -> str:
    """The answer for people."""
    if not restored.is_in_place:
        return "\n".join(_refused(restored))
    if restored.manifest.kind == "keys":
        return _keys_written(restored)
    return "\n".join(_in_place(restored))


def _record_answer(each: Judged) -> dict[str, Any]:
    return {
        "record": each.record.slug,
        "size": each.record.size,
        "root": each.record.root,
        "signed_size": each.found.signed_size,
        "witnesses": [witness.name for witness in each.found.witnesses],
    }


def _refused(restored: Restored) -> list[str]:
    lines = ["NOT RESTORED. Nothing was kept."]
    lines += [f"PROBLEM {each.code}: {each.message}" for each in restored.problems]
    lines += [
        f"{each.record.slug}: this backup holds {each.record.size} steps, {each.known_size} were "
        "signed. Look for a newer backup."
        for each in restored.older
    ]
    if restored.older:
        lines.append(
            "If there is none, tell the workers’ side and the witnesses, then restore with "
            '--accept-older "the reason": it is put on the record.'
        )
    return lines


def _in_place(restored: Restored) -> list[str]:
    lines = [f"Restored into {restored.place}: the backup of {_moment(restored.manifest)}."]
    lines += [
        f"{each.record.slug}: {each.record.size} steps; every step and every row is as it was "
        f"recorded. Witnesses who confirm it: {len(each.found.witnesses)}."
        for each in restored.judged
    ]
    lines += [
        f"{each.record.slug}: {each.known_size - each.record.size} later steps are lost. That is "
        "on the record now; witnesses will refuse to go on until they begin anew."
        for each in restored.older
    ]
    lines += [f"FILE not as recorded: {each}" for each in restored.files]
    lines += _about_keys(restored.keys)
    if restored.set_aside:
        lines.append(f"Set aside in the keys folder: {', '.join(restored.set_aside)}.")
    if not restored.is_against:
        lines.append(ALONE)
    return [*lines, AFTERWARDS]


def _about_keys(keys: KeysNeeded | None) -> list[str]:
    if keys is None:
        return []
    lines = [f"MISSING key {name}: {_without(name)}." for name in keys.missing]
    lines += [f"OTHER key {name} than at the backup: {_without(name)}." for name in keys.other]
    if lines:
        return [*lines, "Restore them from a backup of the keys, before the server starts."]
    return ["Every key of that day is in the keys folder."]


def _without(name: str) -> str:
    said = [what for prefix, what in WITHOUT.items() if name.startswith(prefix)]
    return said[0] if said else "what it protects does not open"


def _keys_written(restored: Restored) -> str:
    if not restored.keys_written:
        return f"Every key of this backup is in {restored.place} already."
    return f"Restored into {restored.place}: {', '.join(restored.keys_written)}."


def _moment(manifest: Manifest) -> str:
    return f"{manifest.made_at:%Y-%m-%d %H:%M} UTC, by version {manifest.version}"
