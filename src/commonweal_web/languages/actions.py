"""Giving a typed text in another language."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from commonweal_web.house.refusals import Refused
from commonweal_web.languages.models import Translation
from commonweal_web.languages.permissions import TRANSLATE_FOR_MANAGEMENT, TRANSLATE_FOR_WORKERS
from commonweal_web.languages.queries import digest, text_named
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.action import action
from commonweal_web.record.actor import Actor


def translate_text(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    subject: str,
    field: str,
    language: str,
    text: str,
    is_machine_made: bool = False,
) -> Translation:
    """Give one typed text in another language. Each side gives its own words, nobody another's.

    Given anew, it takes the place of what was there; the record keeps both.
    """
    with action("languages.translate_text", organisation=organisation, by=by, at=at) as act:
        found = text_named(organisation, subject=subject, field=field, language=language)
        act.may(TRANSLATE_FOR_WORKERS if found.side == "workers" else TRANSLATE_FOR_MANAGEMENT)
        if language == organisation.language:
            raise Refused(
                "own_language", _("People write in this language already."), where="language"
            )
        if not text.strip():
            raise Refused("text_missing", _("Write the text in the other language."), where="text")
        said = {
            "text": text.strip(),
            "of_sha256": digest(found.original),
            "is_machine_made": is_machine_made,
            "side": found.side,
            "translated_at": act.at,
        }
        if found.translation is not None:
            return act.change(act.lock(Translation, found.translation.pk), **said)
        return act.create(
            Translation(
                organisation=organisation,
                subject=subject,
                field=field,
                language=language,
                **said,
            )
        )
