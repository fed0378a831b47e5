"""The restore itself, once the settings name the empty place: fill it, judge it, move it."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from commonweal.operations import Manifest
from commonweal.record import Problem, parse_public_key, read_checkpoint
from commonweal_cli.answers import InputRefused
from commonweal_cli.installation import open_installation
from commonweal_cli.restore_words import Older, Restored

if TYPE_CHECKING:
    from commonweal_web.operations.key_files import KeysNeeded
    from commonweal_web.operations.restoring import Judged
    from commonweal_web.organisations.models import Organisation

ONLY_OLDER = frozenset({"log_rolled_back", "checkpoint_ahead", "key_row_missing"})
"""What verification says of a record of which more was signed than is there."""
BEGUN_LATER = "organisation_missing"
DATABASE = "commonweal.sqlite3"


def restore_into(
    data: Path,
    *,
    manifest: Manifest,
    rest: Iterable[tuple[str, Iterator[bytes]]],
    notes: Sequence[str],
    reason: str | None,
    keys: KeysNeeded,
) -> Restored:
    """Restore where the settings point, and move it into `data` when every record is sound."""
    open_installation(must_exist=False)
    from commonweal_web.operations import restoring

    restoring.refuse_other_version(manifest)
    printed = _by_origin(notes, manifest=manifest)
    restoring.refuse_filled_places()
    moved: list[Path] = []
    try:
        with restoring.wholly_or_not():
            restored = _filled(manifest, rest=rest, printed=printed, reason=reason)
            restored.place, restored.keys, restored.is_against = data, keys, bool(notes)
            if restored.is_in_place:
                outdated = _outdated(restored.older) if reason is not None else []
                moved += _moved(data)
            else:
                restoring.give_up()
    except BaseException:
        for path in moved:
            shutil.rmtree(path, ignore_errors=True)
        raise
    if restored.is_in_place:
        restored.set_aside = _set_aside(outdated, manifest=manifest)
    return restored


def _filled(
    manifest: Manifest,
    *,
    rest: Iterable[tuple[str, Iterator[bytes]]],
    printed: dict[str, list[str]],
    reason: str | None,
) -> Restored:
    """Put everything back and judge it; an older record that is accepted gets its step."""
    from commonweal_web.operations import restoring
    from commonweal_web.operations.actions import end_all_sessions

    restoring.put_back(rest, manifest=manifest)
    end_all_sessions()
    judged, beyond = restoring.judge(manifest, printed=printed)
    older = [older for each in judged if (older := _older(each, printed=printed))]
    bad = _problems(judged, older=older, is_accepted=reason is not None)
    bad += [each for each in beyond if reason is None or each.code != BEGUN_LATER]
    if not bad and reason is not None:
        _accept(older, manifest=manifest, reason=reason)
    files = [] if bad else _files_not_as_kept(judged)
    return Restored(manifest, Path(), judged=judged, older=older, problems=bad, files=files)


def _by_origin(notes: Sequence[str], *, manifest: Manifest) -> dict[str, list[str]]:
    """The signed texts by the record they are of; one that no record here is of is refused."""
    found: dict[str, list[str]] = defaultdict(list)
    known = {each.origin for each in manifest.records}
    for note in notes:
        origin = read_checkpoint(note).origin
        if origin not in known:
            raise InputRefused(
                "checkpoint_of_other_log",
                f"The signed text is of the record {origin}, which is not in this backup. "
                f"It holds: {', '.join(sorted(known)) or 'none'}.",
                where="--against",
            )
        found[origin].append(note)
    return found


def _older(judged: Judged, *, printed: dict[str, list[str]]) -> Older | None:
    """The record, where more of it was signed or witnessed than the backup holds."""
    from commonweal_web.record.last_signed import last_signed

    record = judged.record
    last = last_signed(UUID(record.organisation_id))
    sizes = [read_checkpoint(note).size for note in printed.get(record.origin, ())]
    known = max([*sizes, last.size if last else 0])
    return Older(record, known) if known > record.size else None


def _problems(
    judged: Sequence[Judged], *, older: Sequence[Older], is_accepted: bool
) -> list[Problem]:
    """What keeps the restore from being in place."""
    behind = {each.record.organisation_id for each in older} if is_accepted else set()
    return [
        problem
        for each in judged
        for problem in each.found.problems
        if each.record.organisation_id not in behind or problem.code not in ONLY_OLDER
    ]


def _files_not_as_kept(judged: Sequence[Judged]) -> list[str]:
    """The files kept as evidence that do not have their recorded hash; the backup is as it was."""
    from commonweal_web.evidence.queries import check_files
    from commonweal_web.organisations.queries import organisation_by_slug

    organisations = [organisation_by_slug(each.record.slug) for each in judged]
    return [each.message for organisation in organisations for each in check_files(organisation)]


def _accept(older: Sequence[Older], *, manifest: Manifest, reason: str) -> None:
    """Put on each record that is older that it goes on from here, and why."""
    from django.utils import timezone

    from commonweal_web.operations.actions import accept_older_backup
    from commonweal_web.organisations.queries import organisation_by_slug
    from commonweal_web.people.queries import operator

    for each in older:
        accept_older_backup(
            organisation=organisation_by_slug(each.record.slug),
            by=operator(),
            at=timezone.now(),
            made_at=manifest.made_at,
            size=each.record.size,
            known_size=each.known_size,
            reason=reason,
        )


def _moved(data: Path) -> list[Path]:
    """Move what was restored into its place; SQLite's file comes last, for it makes it whole."""
    from django.conf import settings

    from commonweal_web.operations.pieces import settle
    from commonweal_web.operations.restoring import close_file

    close_file()
    found = sorted(Path(settings.DATA).iterdir(), key=lambda path: path.name == DATABASE)
    moved = []
    for path in found:
        target = data / path.name
        path.rename(target)
        moved.append(target)
    settle(data)
    return moved


def _set_aside(names: Iterable[str], *, manifest: Manifest) -> list[str]:
    """Keep apart what the keys folder says of steps that are lost, so that signing can go on."""
    named = []
    for name in names:
        path = _keys() / name
        aside = path.with_name(f"{name}.set-aside-{manifest.made_at:%Y%m%dT%H%M%S}")
        path.rename(aside)
        named.append(aside.name)
    return named


def _outdated(older: Sequence[Older]) -> list[str]:
    """Files in the keys folder of steps, keys and organisations that are lost now."""
    from commonweal_web.organisations.queries import all_organisations
    from commonweal_web.record.key_check import organisations_with_keys

    kept = {str(each.pk): each for each in all_organisations()}
    behind = {each.record.organisation_id for each in older}
    found = []
    for owner, names in organisations_with_keys().items():
        if owner not in kept:
            found += names
        elif owner in behind:
            found += [f"record-{owner}.last", *_unknown_keys(kept[owner])]
    return [name for name in found if (_keys() / name).exists()]


def _unknown_keys(organisation: Organisation) -> list[str]:
    """The signing keys whose public halves are not on the record any more."""
    from commonweal_web.record.queries import log_keys
    from commonweal_web.record.signing import key_files

    known = {parse_public_key(text).key for text in log_keys(organisation)}
    return [name for name, public in key_files(organisation.pk) if public not in known]


def _keys() -> Path:
    from commonweal_web.house import environment

    return environment.keys_folder()
