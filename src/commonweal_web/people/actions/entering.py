"""Coming in by a printed code: each works once, and wrong ones make the door slower, not shut."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from commonweal_web.people.models import CodeLeft, CodeSheet, WrongTries
from commonweal_web.people.queries import WINDOW, digest_of_typed, open_code, tries_key


def spend_code(typed: str, *, at: datetime) -> CodeSheet | None:
    """Use up a code; the sheet it stood on, or None for any code that does not work.

    Of several who send one code at once, one comes in: deleting a row happens once.
    """
    digest = digest_of_typed(typed)
    with transaction.atomic():
        found = open_code(digest, on=at.date())
        if found is None:
            return None
        spent, _by_model = CodeLeft.objects.filter(pk=digest).delete()
        return found.sheet if spent else None


def count_wrong_try(network: str, *, at: datetime) -> None:
    """Remember for some minutes that a wrong code came from a network, and from anywhere."""
    keys = [tries_key(network, at=at), tries_key("", at=at)]
    rows = [WrongTries(key=key, count=0, until=at + 2 * WINDOW) for key in keys]
    with transaction.atomic():
        WrongTries.objects.bulk_create(rows, ignore_conflicts=True)
        WrongTries.objects.filter(pk__in=keys).update(count=F("count") + 1)


def forget_tries(*, at: datetime) -> int:
    """Delete counts of wrong tries that no longer matter."""
    return WrongTries.objects.filter(until__lt=at).delete()[0]
