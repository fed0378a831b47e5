"""Bringing in a list by its pages: seen before anything changes, and refused with its reason."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from commonweal.systems.inventory.reading import read_register
from commonweal.systems.inventory.table import named_columns
from commonweal.systems.inventory.writing import unescape_cell, write_xlsx
from commonweal_web.house import uploads
from commonweal_web.organisations.models import Organisation
from commonweal_web.systems.models import ImportBatch, ImportedRow, Use
from commonweal_web.systems.uploads import REGISTERS, forget_old_uploads
from factories.people import a_person
from factories.systems import a_use

Browse = Callable[..., Client]

HEADERS = ("Use Case Name", "Department", "Purpose", "Status", "Note", "Note")
ROWS = (
    ("Mail sorter", "Post", "Sorts mail", "in use", "=cmd|'/C calc'!A0", "two\nlines"),
    ("Chat helper", "Sales", "Answers customers", "planned", "", "'quoted"),
    ("Chat helper", "Sales", "Answers customers", "planned", "", "'quoted"),
)
BRING_IN = "/desk/uses/registers/bring-in/"
MAPPING = """
[format]
name = "our-list"
version = "1"
description = "Ours"
[identity]
columns = [1, 2]
[fields.name]
columns = [1]
required = true
"""


def as_csv(rows: Any = ROWS, *, encoding: str = "utf-8") -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file).writerows([HEADERS, *rows])
    return file.getvalue().encode(encoding)


def mapping(*, extra: str = "") -> bytes:
    columns = "".join(
        f"[[columns]]\nposition = {place}\nheader = {json.dumps(name)}\n"
        for place, name in enumerate(HEADERS, start=1)
    )
    return f"{MAPPING}{extra}\n{columns}".encode()


def send(browser: Client, data: bytes, *, name: str = "list.csv", **more: Any) -> Any:
    file = SimpleUploadedFile(name, data)
    return browser.post(BRING_IN, {"file": file, "format": "own", **more})


def waiting(page: Any) -> str:
    found = re.search(r"/waiting/([0-9a-f]{32})/", page["Location"])
    assert found
    return found[1]


def at(name: str, code: str) -> str:
    return reverse(f"desk:systems:{name}", args=[code])


def columns_of(browser: Client, code: str) -> dict[str, Any]:
    """The form with the guessed columns, as a browser would send it back."""
    form = browser.get(at("mapping", code)).context["form"]
    given = {field.name: field.value() for field in form}
    return {name: value for name, value in given.items() if value}


def bring_in(browser: Client, data: bytes, *, name: str = "list.csv") -> Any:
    code = waiting(send(browser, data, name=name))
    browser.post(at("mapping", code), columns_of(browser, code))
    return browser.post(at("preview", code))


def test_a_list_is_sent_explained_seen_and_only_then_brought_in(
    lead: Client, organisation: Organisation, data_folder: Path
) -> None:
    code = waiting(send(lead, as_csv()))
    assert "What do the columns mean?" in lead.get(at("mapping", code)).content.decode()
    assert lead.get(at("preview", code)).status_code == 302
    to_preview = lead.post(at("mapping", code), columns_of(lead, code))
    assert to_preview["Location"] == at("preview", code)
    html = lead.get(at("preview", code)).content.decode()
    assert "Nothing has changed yet." in html
    assert "Mail sorter" in html
    assert Use.objects.count() == 0
    done = lead.post(at("preview", code))
    assert done["Location"] == reverse("desk:systems:registers")
    assert Use.objects.count() == 3
    assert list((data_folder / "uploads").iterdir()) == []


def test_the_same_list_again_changes_nothing_and_a_changed_row_is_told(
    lead: Client, organisation: Organisation
) -> None:
    bring_in(lead, as_csv())
    code = waiting(send(lead, as_csv([("Mail sorter", "Post", "Sorts parcels", *ROWS[0][3:])])))
    lead.post(at("mapping", code), columns_of(lead, code))
    result = lead.get(at("preview", code)).context["result"]
    assert (result.created, result.updated, result.unchanged) == (0, 1, 0)
    lead.post(at("preview", code))
    bring_in(lead, as_csv([("Mail sorter", "Post", "Sorts parcels", *ROWS[0][3:])]))
    assert ImportBatch.objects.count() == 2
    assert Use.objects.count() == 3


def test_a_shipped_format_goes_straight_to_what_would_come_in(
    lead: Client, organisation: Organisation
) -> None:
    page = send(lead, as_csv(), format="us-federal-2024")
    html = lead.get(page["Location"])
    assert html.status_code == 422
    assert "This list cannot come in like this" in html.content.decode()
    assert Use.objects.count() == 0


def test_a_mapping_file_is_sent_along(lead: Client, organisation: Organisation) -> None:
    page = send(lead, as_csv(), format="mapped", mapping=SimpleUploadedFile("m.toml", mapping()))
    code = waiting(page)
    assert lead.get(at("preview", code)).context["format"].name == "our-list"
    lead.post(at("preview", code))
    assert Use.objects.filter(name="Mail sorter").exists()


def test_an_unknown_key_in_a_mapping_file_is_named(
    lead: Client, organisation: Organisation, data_folder: Path
) -> None:
    file = SimpleUploadedFile("m.toml", mapping(extra="\n[surprise]\nx = 1"))
    html = send(lead, as_csv(), format="mapped", mapping=file).content.decode()
    assert "surprise" in html
    assert "Please look at this again" in html
    assert list(REGISTERS.folder().iterdir()) == []


def test_the_mapping_is_taken_along_corrected_and_sent_back(
    lead: Client, organisation: Organisation
) -> None:
    code = waiting(send(lead, as_csv()))
    draft = lead.get(at("mapping_file", code))
    assert draft["Content-Type"].startswith("application/toml")
    wrong = SimpleUploadedFile("m.toml", b"this is no toml")
    html = lead.post(at("send_mapping", code), {"mapping": wrong}).content.decode()
    assert "is not TOML" in html
    right = SimpleUploadedFile("m.toml", draft.content)
    page = lead.post(at("send_mapping", code), {"mapping": right})
    assert page["Location"] == at("preview", code)
    assert lead.get(at("preview", code)).status_code == 200


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 300_000_000)
    return file.getvalue()


HOSTILE = {
    "nothing": ("list.csv", lambda: b"", "The file is empty"),
    "blanks": ("list.csv", lambda: b"  \n ", "The file is empty"),
    "header only": ("list.csv", lambda: as_csv([]), "no rows below it"),
    "truncated workbook": (
        "list.xlsx",
        lambda: write_xlsx(named_columns(HEADERS), ROWS)[:-200],
        "Please look at this again",
    ),
    "zip bomb": ("list.xlsx", bomb, "was not unpacked"),
    "no workbook": ("list.xlsx", lambda: b"PK\x03\x04 not at all", "Please look at this again"),
    "old workbook": ("list.xls", lambda: b"\xd0\xcf\x11\xe0" + b"0" * 64, "old .xls file"),
    "macros": ("list.xlsm", lambda: b"PK\x03\x04", "macros"),
    "broken JSON": ("list.json", lambda: b'{"columns": [', "Please look at this again"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_file_that_cannot_be_read_is_explained_and_not_kept(
    lead: Client, organisation: Organisation, kind: str
) -> None:
    name, make, said = HOSTILE[kind]
    page = send(lead, make(), name=name)
    assert page.status_code == 200
    assert said in page.content.decode()
    assert list(REGISTERS.folder().iterdir()) == []
    assert Use.objects.count() == 0


def test_a_list_in_windows_letters_comes_in_right(
    lead: Client, organisation: Organisation
) -> None:
    bring_in(
        lead, as_csv([("Señal", "Büro", "Prüft – alles", "in use", "", "")], encoding="cp1252")
    )
    assert Use.objects.filter(name="Señal").exists()


def test_a_list_beyond_the_limit_is_refused_by_its_length_before_it_is_taken_in(
    lead: Client, organisation: Organisation
) -> None:
    length = str(200 * 1024 * 1024)
    page = lead.generic(
        "POST",
        BRING_IN,
        b"",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=length,
    )
    assert page.status_code == 413
    assert "larger than 64 MB" in page.content.decode()


def test_a_list_that_hides_its_length_is_refused_while_it_is_stored(
    lead: Client, organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "LARGEST_FILE", 100)
    page = send(lead, as_csv())
    assert "larger than 64 MB" in page.content.decode()
    assert list(REGISTERS.folder().iterdir()) == []


def test_a_form_from_elsewhere_brings_nothing_in(
    organisation: Organisation, now: datetime
) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(a_person(organisation, "people_lead", at=now))
    assert send(strict, as_csv()).status_code == 403
    assert list(REGISTERS.folder().iterdir()) == []


def test_a_sent_name_never_becomes_a_path(
    lead: Client, organisation: Organisation, data_folder: Path
) -> None:
    code = waiting(send(lead, as_csv(), name="..\\..\\etc\\passwd.csv"))
    names = {path.name for path in REGISTERS.folder().iterdir()}
    assert names == {f"{code}.csv", f"{code}.note"}
    assert "passwd.csv" in lead.get(at("mapping", code)).content.decode()


@pytest.mark.parametrize("code", ["0" * 32, "..", "x", "%2e%2e%2fetc"])
def test_a_code_that_nobody_was_given_leads_nowhere(
    lead: Client, organisation: Organisation, code: str
) -> None:
    assert lead.get(f"/desk/uses/registers/waiting/{code}/").status_code == 404


def test_a_waiting_file_is_nobody_elses(
    lead: Client, browse: Browse, other_organisation: Organisation, now: datetime
) -> None:
    code = waiting(send(lead, as_csv()))
    stranger = Client()
    stranger.force_login(a_person(other_organisation, "people_lead", at=now))
    for browser in (browse("people_lead"), stranger):
        assert browser.get(at("preview", code)).status_code == 404
        assert browser.post(at("preview", code)).status_code == 404


def test_a_file_that_changed_on_the_disk_is_not_brought_in(
    lead: Client, organisation: Organisation
) -> None:
    code = waiting(send(lead, as_csv()))
    lead.post(at("mapping", code), columns_of(lead, code))
    (REGISTERS.folder() / f"{code}.csv").write_bytes(as_csv([ROWS[1]]))
    page = lead.post(at("preview", code))
    assert page.status_code == 409
    assert "not the one that was sent" in page.content.decode()
    assert Use.objects.count() == 0


def test_a_file_that_nobody_brought_in_is_deleted_after_a_day(
    lead: Client, organisation: Organisation, now: datetime
) -> None:
    code = waiting(send(lead, as_csv()))
    assert forget_old_uploads(at=now) == 0
    for path in REGISTERS.folder().iterdir():
        old = (now - timedelta(days=2)).timestamp()
        os.utime(path, (old, old))
    assert forget_old_uploads(at=now) == 1
    assert lead.get(at("preview", code)).status_code == 404


@pytest.mark.parametrize("role", ["use_owner", "executive", "worker_representative", "expert"])
def test_only_a_people_lead_brings_in_a_list(
    browse: Browse, organisation: Organisation, role: str
) -> None:
    browser = browse(role)
    assert browser.get(BRING_IN).status_code == 403
    assert send(browser, as_csv()).status_code == 403
    assert list(REGISTERS.folder().iterdir()) == []


def export(browser: Client, way: str) -> Any:
    address = browser.get(reverse("desk:systems:registers")).context["kept"][0].code
    return browser.get(reverse("desk:systems:export", args=[address, way]))


@pytest.mark.parametrize("way", ["csv", "spreadsheet", "json", "xlsx"])
def test_every_cell_of_every_row_comes_out_again(
    lead: Client, organisation: Organisation, tmp_path: Path, way: str
) -> None:
    bring_in(lead, as_csv())
    page = export(lead, way)
    suffix = {"spreadsheet": "csv"}.get(way, way)
    path = tmp_path / f"out.{suffix}"
    path.write_bytes(page.content)
    rows = read_back(path, way=way)
    assert rows == [list(HEADERS), *map(list, ROWS)]


def read_back(path: Path, *, way: str) -> list[list[str]]:
    """The cells of an exported file, by another reader than ours where there is one."""
    if way == "json":
        document = json.loads(path.read_text())
        return [document["columns"], *document["records"]]
    if way == "xlsx":
        table = read_register(path)
        return [[each.name for each in table.columns], *map(list, table.rows)]
    with path.open(newline="", encoding="utf-8-sig") as file:
        cells = list(csv.reader(file))
    return [[unescape_cell(c) for c in row] for row in cells] if way == "spreadsheet" else cells


def test_uses_that_came_with_no_list_have_a_file_of_their_own(
    lead: Client, organisation: Organisation, now: datetime
) -> None:
    bring_in(lead, as_csv())
    a_use(organisation, at=now, name="By hand")
    page = lead.get(reverse("desk:systems:export", args=["registered-here", "csv"]))
    text = page.content.decode("utf-8-sig")
    assert "By hand" in text
    assert "Mail sorter" not in text


def test_a_register_or_kind_of_file_that_is_not_there_is_told(
    lead: Client, organisation: Organisation
) -> None:
    for register, way in (("registered-here", "pdf"), ("0" * 16, "csv")):
        assert lead.get(reverse("desk:systems:export", args=[register, way])).status_code == 404


def test_another_organisations_registers_are_not_here(
    lead: Client, organisation: Organisation, other_organisation: Organisation, now: datetime
) -> None:
    bring_in(lead, as_csv())
    code = lead.get(reverse("desk:systems:registers")).context["kept"][0].code
    stranger = Client()
    stranger.force_login(a_person(other_organisation, "people_lead", at=now))
    assert stranger.get(reverse("desk:systems:export", args=[code, "csv"])).status_code == 404
    batch = ImportBatch.objects.get()
    assert stranger.get(reverse("desk:systems:batch", args=[batch.pk])).status_code == 404
    assert lead.get(reverse("desk:systems:batch", args=[batch.pk])).status_code == 200


def test_odd_values_are_told_by_row_and_column(lead: Client, organisation: Organisation) -> None:
    bring_in(lead, as_csv([*ROWS, ("Robot", "Post", "Lifts", "somewhere", "", "")]))
    batch = ImportBatch.objects.get()
    html = lead.get(reverse("desk:systems:batch", args=[batch.pk])).content.decode()
    assert "Row 5" in html
    assert "somewhere" in html


def test_words_of_a_column_that_fills_nothing_are_found(
    lead: Client, organisation: Organisation
) -> None:
    bring_in(lead, as_csv())
    assert ImportedRow.objects.count() == 3
    html = lead.get("/desk/uses/?words=calc").content.decode()
    assert "Mail sorter" in html
    assert "Chat helper" not in html
