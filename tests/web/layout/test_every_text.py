"""No page shows a word that no translator saw, and no action keeps one reader's translation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.test import Client, override_settings
from django.utils import translation

from commonweal.practices import catalogue
from commonweal_web.operations.sample import load_sample_organisation
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.models import Account
from commonweal_web.people.roles import ROLES
from commonweal_web.workplaces.models import WorkerGroup
from factories.people import a_person
from factories.workplaces import a_member
from web.addresses.walking import Address, addresses, path_of, table
from web.layout.pseudo_language import (
    XA,
    XB,
    is_phrase,
    stored_texts,
    unmarked_words,
    write_catalogues,
)

pytestmark = pytest.mark.django_db

FILE = re.compile(r"[\w-]+\.(?:csv|txt)|[0-9a-f]{64}")
"""The name of a file, or its hash."""
# What is the same in every language: names, kinds of files, and what the sample calls things.
SILENT = (
    "Partnership on AI",
    *"Commonweal PAI CSV XLSX JSON TOML UTF-8 PDF SHA-256 Ed25519 EUR USD SQLite".split(),
    *"English Spanish German Español Deutsch xa xb Xa Xb us-federal-2024".split(),
    *"northbank northbank-2026.1 tests person transport-watch".split(),
)


@pytest.fixture
def pseudo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    write_catalogues(tmp_path)
    for language in (XA, XB):
        info = {"bidi": False, "code": language, "name": language, "name_local": language}
        monkeypatch.setitem(LANG_INFO, language, info)
    names = {"en": "English", "es": "Spanish", "de": "German", XA: "xa", XB: "xb"}
    languages = list(names.items())
    with override_settings(LANGUAGES=languages, LOCALE_PATHS=[tmp_path]):
        yield


@pytest.fixture
def sample(pseudo: None, now: datetime) -> Organisation:
    """The sample organisation, made by people who read another language."""
    with translation.override(XB):
        load_sample_organisation(at=now)
    return Organisation.objects.get(slug="northbank")


def test_pages_show_translated_or_typed_words_and_nothing_said_is_stored(
    sample: Organisation, now: datetime
) -> None:
    assert sorted({where for where, text in stored_texts() if "⟪" in text}) == []
    browsers = {role.name: _browser(sample, role.name, now=now) for role in ROLES}
    browsers["nobody"] = Client(headers={"accept-language": XA})
    typed = _typed()
    left = {}
    for address in addresses():
        row = table().get(address.name)
        if row and row["opens"]:
            words = _left(address, row=row, browsers=browsers, sample=sample, typed=typed)
            left |= {f"{address.name}: {each}": True for each in words}
    assert "; ".join(left) == ""


def _typed() -> list[str]:
    """What people typed, names of accounts too, longest first."""
    phrases = {text for _, text in stored_texts() if is_phrase(text) or FILE.fullmatch(text)}
    names = set(Account.objects.values_list("username", flat=True))
    works = {name for each in catalogue().sources for name in (each.title, each.publisher)}
    tongues = {info["name_local"] for info in LANG_INFO.values() if "name_local" in info}
    return sorted(phrases | names | works | tongues | set(SILENT), key=len, reverse=True)


def _browser(organisation: Organisation, role: str, *, now: datetime) -> Client:
    account = a_person(organisation, role, at=now)
    if role == "worker":
        pickers = WorkerGroup.objects.get(organisation=organisation, name="Pickers")
        a_member(pickers, account, at=now)
    client = Client()
    client.force_login(account)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = XA
    return client


def _left(
    address: Address,
    *,
    row: dict[str, object],
    browsers: dict[str, Client],
    sample: Organisation,
    typed: list[str],
) -> list[str]:
    path = path_of(address, about=row.get("about", {}), organisation=sample)  # type: ignore[arg-type]
    role = row["opens"][0]  # type: ignore[index]
    response = browsers[role].get(path)
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return []
    return list(unmarked_words(response.content.decode(), typed=typed))
