"""Typed texts with their translations: what a page shows, and what is still missing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from commonweal_web.house.declaration import Text, Translatable
from commonweal_web.house.paging import Page, page_of
from commonweal_web.house.refusals import NotHere
from commonweal_web.house.rooms import rooms
from commonweal_web.languages.models import Translation
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.fields import subject_of
from commonweal_web.workplaces.queries import sites

WORKERS = frozenset({"workers", "representatives"})
APART = frozenset({"experts", "independent", "outside"})
"""Whose words neither side may put in another language: pages show them as they were written."""
MOST = 2000
Found = Mapping[tuple[str, str], Translation]


def digest(text: str) -> str:
    """The hash by which a translation knows its original."""
    return hashlib.sha256(text.encode()).hexdigest()


def translatables() -> list[Translatable]:
    """What the rooms let people give in other languages."""
    return [each for room in rooms() for each in room.translatable]


def languages_wanted(organisation: Organisation) -> list[str]:
    """The languages of the sites that pages can be read in, without the one people write in."""
    spoken = {code for site in sites(organisation) for code in site.languages}
    offered = [code for code, _name in settings.LANGUAGES]
    return [code for code in offered if code in spoken and code != organisation.language]


def uses_page(organisation: Organisation, *, number: int) -> Page[Any]:
    """One page of the uses, by name."""
    model: Any = apps.get_model("systems.Use")
    return page_of(model.objects.of(organisation), number=number)


def translations_of(
    organisation: Organisation, *, subjects: Iterable[str], language: str
) -> Found:
    """The translations of these rows in one language, in one statement."""
    rows = Translation.objects.of(organisation).filter(
        language=language, subject__in=list(subjects)
    )
    return {(row.subject, row.field): row for row in rows}


@dataclass(frozen=True, slots=True)
class TypedText:
    """One text of one row: its original, and its translation where there is one."""

    subject: str
    field: str
    about: Text
    original: str
    side: str
    language: str
    translation: Translation | None = None

    @property
    def state(self) -> str:
        """`translated`, `machine`, `outdated` or `missing`."""
        if self.translation is None:
            return "missing"
        if self.translation.of_sha256 != digest(self.original):
            return "outdated"
        return "machine" if self.translation.is_machine_made else "translated"


def side_of_row(kind: Translatable, *, row: Model) -> str:
    """Whose words a row holds: management's where its room does not say otherwise."""
    said = getattr(row, kind.side_column) if kind.side_column else ""
    return "workers" if said in WORKERS else "management"


def _is_apart(kind: Translatable, *, row: Model) -> bool:
    return bool(kind.side_column) and getattr(row, kind.side_column) in APART


def texts_of_use(organisation: Organisation, *, use: Any, language: str) -> list[TypedText]:
    """Every text of a use that people typed, with its state in a language."""
    found = [(kind, row) for kind in translatables() for row in _rows(kind, organisation, use=use)]
    known = translations_of(
        organisation, subjects=[subject_of(row) for _kind, row in found], language=language
    )
    return [each for kind, row in found for each in _texts(kind, row, language, known)]


def _rows(kind: Translatable, organisation: Organisation, *, use: Any) -> list[Any]:
    model: Any = apps.get_model(kind.model)
    return list(model.objects.of(organisation).filter(**{kind.path_to_use: use.pk})[:MOST])


def _texts(kind: Translatable, row: Any, language: str, known: Found) -> Iterator[TypedText]:
    if _is_apart(kind, row=row):
        return
    for name in kind.fields:
        original = getattr(row, name)
        if original.strip():
            yield TypedText(
                subject=subject_of(row),
                field=name,
                about=row._meta.get_field(name).verbose_name,
                original=original,
                side=side_of_row(kind, row=row),
                language=language,
                translation=known.get((subject_of(row), name)),
            )


def text_named(
    organisation: Organisation, *, subject: str, field: str, language: str
) -> TypedText:
    """One text by the name of its row. Raises `NotHere` for what is no typed text here."""
    label, _colon, key = subject.partition(":")
    kind = next((each for each in translatables() if each.model.lower() == label), None)
    nothing = NotHere("text_unknown", _("There is no such text here."))
    if kind is None or field not in kind.fields or language not in dict(settings.LANGUAGES):
        raise nothing
    model: Any = apps.get_model(kind.model)
    try:
        row = model.objects.of(organisation).filter(pk=key).first()
    except ValidationError:  # no id at all
        row = None
    known = translations_of(organisation, subjects=[subject], language=language)
    texts = _texts(kind, row, language, known) if row else ()
    found = next((each for each in texts if each.field == field), None)
    if found is None:
        raise nothing
    return found
