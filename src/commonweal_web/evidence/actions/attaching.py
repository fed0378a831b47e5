"""Attaching a file, a link or a note."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from commonweal.evidence import FileKind, FileRefused, Limits, clean_name, recognise
from commonweal.evidence.limits import MEGABYTE
from commonweal_web.evidence import storage
from commonweal_web.evidence.keys import file_key
from commonweal_web.evidence.models import Evidence
from commonweal_web.evidence.permissions import ATTACH
from commonweal_web.evidence.queries import author_mark, bytes_kept, has_files, subject_seen
from commonweal_web.evidence.queries.pieces import WORKERS_AND_INDEPENDENT, side_attaching
from commonweal_web.evidence.sealed import seal
from commonweal_web.house.refusals import Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.action import action
from commonweal_web.record.actor import Actor

_STEP = 256 * 1024
_FAMILIES = {
    Evidence.Form.AUDIO: ("audio", "video"),
    Evidence.Form.SIGNED: ("video",),
}


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as it was sent: what its sender calls it, how long it is, and its bytes."""

    name: str
    size: int
    file: BinaryIO


def limits() -> Limits:
    """The bounds of this installation."""
    return Limits(file_bytes=settings.EVIDENCE_FILE_MB * MEGABYTE)


def attach_file(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    subject: str,
    sent: SentFile,
    title: str,
    text: str = "",
    language: str = "",
    form: str = Evidence.Form.DOCUMENT,
    seen_by: str = Evidence.SeenBy.EVERYONE,
) -> Evidence:
    """Keep a file about something, after a look at its content.

    The file is encrypted and whole in the storage before its row is written; where the row is
    then refused, the clean-up removes the file. Raises `Refused` for a file that is not kept.
    """
    row = _row(
        organisation,
        by=by,
        at=at,
        subject=subject,
        kind=Evidence.Kind.FILE,
        title=title,
        text=text,
        language=language,
        form=form,
        seen_by=seen_by,
    )
    kind = _recognised(sent)
    _refuse_other_form(form, kind=kind)
    _refuse_beyond_total(organisation, size=sent.size)
    row.file_name, row.file_type = clean_name(sent.name, kind=kind), kind.name
    row.size, row.sha256 = sent.size, _store(sent, row=row, organisation=organisation)
    with action("evidence.attach_file", organisation=organisation, by=by, at=at) as act:
        act.may(ATTACH)
        return act.create(row)


def attach_link(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    subject: str,
    address: str,
    title: str,
    text: str = "",
    language: str = "",
    form: str = Evidence.Form.DOCUMENT,
    seen_by: str = Evidence.SeenBy.EVERYONE,
) -> Evidence:
    """Keep a web address about something. It is shown as it is and never fetched."""
    with action("evidence.attach_link", organisation=organisation, by=by, at=at) as act:
        act.may(ATTACH)
        row = _row(
            organisation,
            by=by,
            at=at,
            subject=subject,
            kind=Evidence.Kind.LINK,
            title=title,
            text=text,
            language=language,
            form=form,
            seen_by=seen_by,
        )
        row.address = _web_address(address)
        return act.create(row)


def attach_note(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    subject: str,
    title: str,
    text: str,
    language: str = "",
    seen_by: str = Evidence.SeenBy.EVERYONE,
) -> Evidence:
    """Keep what somebody saw or was told, in their words."""
    with action("evidence.attach_note", organisation=organisation, by=by, at=at) as act:
        act.may(ATTACH)
        if not text.strip():
            raise Refused("text_missing", _("Write what you saw or were told."), where="text")
        return act.create(
            _row(
                organisation,
                by=by,
                at=at,
                subject=subject,
                kind=Evidence.Kind.NOTE,
                title=title,
                text=text,
                language=language,
                form=Evidence.Form.DOCUMENT,
                seen_by=seen_by,
            )
        )


def _row(organisation: Organisation, *, by: Actor, at: datetime, **facts: Any) -> Evidence:
    """The row to be, with side and mark of whoever attaches it. Raises `Refused`."""
    side = side_attaching(by)
    subject, seen_by = facts["subject"], facts["seen_by"]
    seen = subject_seen(subject, actor=by, organisation=organisation, at=at)
    if not facts["title"].strip():
        raise Refused("title_missing", _("Give it a title."), where="title")
    _refuse_readers(seen_by, side=side, may_be_public=seen.may_be_public)
    return Evidence(
        organisation=organisation,
        side=side,
        author=author_mark(by, subject=subject),
        added_at=at,
        **facts,
    )


def _refuse_readers(seen_by: str, *, side: str, may_be_public: bool) -> None:
    if seen_by == Evidence.SeenBy.WORKERS and side not in WORKERS_AND_INDEPENDENT:
        raise Refused(
            "readers_refused",
            _("Only the workers’ side and independent people can keep something among them."),
            where="seen_by",
        )
    if seen_by == Evidence.SeenBy.PUBLIC and not may_be_public:
        raise Refused(
            "readers_refused",
            _("No public page shows this. Choose who of those inside may see it."),
            where="seen_by",
        )


def _recognised(sent: SentFile) -> FileKind:
    try:
        return recognise(sent.file, size=sent.size, name=sent.name, limits=limits())
    except FileRefused as refusal:
        raise Refused(refusal.code, refusal.message, where="file") from refusal


def _refuse_other_form(form: str, *, kind: FileKind) -> None:
    families = _FAMILIES.get(Evidence.Form(form)) if form in Evidence.Form.values else None
    if families and kind.family not in families:
        raise Refused(
            "form_refused",
            _("This file is “%(kind)s”, which cannot be “%(form)s”. Choose how it is taken in.")
            % {"kind": kind.name, "form": Evidence.Form(form).label},
            where="form",
        )


def _refuse_beyond_total(organisation: Organisation, *, size: int) -> None:
    most = settings.EVIDENCE_TOTAL_MB
    if bytes_kept(organisation) + size > most * MEGABYTE:
        raise Refused(
            "storage_full",
            _(
                "All files together may have %(most)s MB, and that is used up. "
                "Attach a link, or ask whoever runs Commonweal for more room."
            )
            % {"most": most},
            where="file",
        )


def _store(sent: SentFile, *, row: Evidence, organisation: Organisation) -> str:
    """Encrypt and store a file, piece by piece; its hash."""
    key = file_key(organisation.pk, may_make=not has_files(organisation))
    digest = hashlib.sha256()
    name = row.stored_as
    storage.put(name, seal(_hashed(_chunks(sent.file), digest=digest), key=key, name=name))
    return digest.hexdigest()


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while part := file.read(_STEP):
        yield part


def _hashed(parts: Iterable[bytes], *, digest: Any) -> Iterator[bytes]:
    for part in parts:
        digest.update(part)
        yield part


def _web_address(address: str) -> str:
    """An address of the web, without a name or password in it. Raises `Refused`."""
    given = address.strip()
    try:
        parts = urlsplit(given)
        is_web = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        is_web = False
    if not is_web or parts.username is not None or any(each.isspace() for each in given):
        raise Refused(
            "address_refused",
            _("Write a web address that begins with https:// and holds no password."),
            where="address",
        )
    return given
