"""Whose a code is, which sheets a person was given, and who may print them."""

from __future__ import annotations

import secrets
import uuid
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from commonweal.people.codes import code_digest, read_code
from commonweal_web.house import environment
from commonweal_web.house.refusals import NotHere
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.models import Account, CodeLeft, CodeSheet, WrongTries
from commonweal_web.people.queries.accounts import accounts_in_role
from commonweal_web.record.actor import Actor

LONGEST_TYPED = 100
WINDOW = timedelta(minutes=10)
WRONG_OF_A_NETWORK = 30
WRONG_OF_ALL = 1000
NEWS_FOR = timedelta(days=30)


def key_of_codes() -> bytes:
    """The key of the digests of codes. It lies apart from the data, so that a stolen database
    tells nobody which codes are right."""
    drawn = environment.key_file("sign-in-codes.key", make=lambda: secrets.token_hex(32) + "\n")
    return bytes.fromhex(drawn)


def digest_of_typed(typed: str) -> str:
    """The digest of what somebody typed; text that is no code takes the same way."""
    typed = typed[:LONGEST_TYPED]
    return code_digest(read_code(typed) or typed, key=key_of_codes())


def open_code(digest: str, *, on: date) -> CodeLeft | None:
    """A code that lets somebody in on this day. One statement, whatever is wrong with the code.

    A row that the sheet on the record does not list lets nobody in.
    """
    found = (
        CodeLeft.objects.select_related("sheet")
        .filter(
            digest=digest,
            sheet__ended_at__isnull=True,
            sheet__expires_on__gte=on,
            sheet__account__is_active=True,
        )
        .first()
    )
    return found if found is not None and digest in found.sheet.digests else None


def sheets_of(account: Account, *, limit: int = 50) -> list[CodeSheet]:
    """Every sheet that was printed for a person, latest first."""
    return list(CodeSheet.objects.of(account.organisation_id).filter(account=account)[:limit])


def sheet_of(account: Account, *, pk: uuid.UUID | str) -> CodeSheet:
    """One sheet of a person. Raises `NotHere`."""
    mine = CodeSheet.objects.of(account.organisation_id).filter(account=account)
    found: CodeSheet | None = mine.filter(pk=pk).first()
    if found is None:
        raise NotHere("not_found", "There is no such sheet of codes here.")
    return found


def codes_left_on(sheet: CodeSheet) -> int:
    """How many codes of a sheet were not used; its holder alone may know."""
    return CodeLeft.objects.filter(sheet=sheet).count()


def news_of_sheet(account: Account, *, at: datetime) -> CodeSheet | None:
    """The sheet in force, where its holder may not know of it yet.

    That is in the month after printing, and until the first of its codes has been used.
    """
    mine = CodeSheet.objects.of(account.organisation_id).filter(account=account)
    held: CodeSheet | None = mine.filter(ended_at__isnull=True).first()
    if held is None or at - held.issued_at <= NEWS_FOR:
        return held
    return held if codes_left_on(held) >= len(held.digests) - 1 else None


def accounts_with_sheet(organisation: Organisation, *, on: date) -> QuerySet[CodeSheet, uuid.UUID]:
    """The ids of the accounts that hold a sheet in force, for a filter of another query."""
    held = CodeSheet.objects.of(organisation).filter(ended_at__isnull=True, expires_on__gte=on)
    return held.values_list("account_id", flat=True)


def has_registrar(organisation: Organisation, *, on: date) -> bool:
    """Whether somebody keeps the codes on the workers' side."""
    return accounts_in_role(organisation, role="registrar", on=on).exists()


def may_print(actor: Actor, *, organisation: Organisation, on: date) -> bool:
    """The registrar prints sheets; a people lead only as long as there is no registrar."""
    if "registrar" in actor.roles:
        return True
    return "people_lead" in actor.roles and not has_registrar(organisation, on=on)


def is_busy(network: str, *, at: datetime) -> bool:
    """Whether so many wrong codes came lately that a try must have waited a few seconds."""
    limits = {
        tries_key(network, at=at): WRONG_OF_A_NETWORK,
        tries_key("", at=at): WRONG_OF_ALL,
    }
    counted = WrongTries.objects.filter(pk__in=limits).values_list("key", "count")
    return any(count >= limits[key] for key, count in counted)


def tries_key(network: str, *, at: datetime) -> str:
    """Under which name tries of a network are counted in these ten minutes; empty: of all."""
    window = int(at.timestamp()) // int(WINDOW.total_seconds())
    return code_digest(f"tries|{at.date()}|{window}|{network}", key=key_of_codes())
