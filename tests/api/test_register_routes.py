"""Registers in by upload and out as files, with every cell."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

pytestmark = pytest.mark.django_db
MAPPING = """\
[format]
name = "depot-list"
version = "1"
description = "Uses of AI in our depots"
source = "Our own list"
columns_by = "position"

[identity]
columns = [1]

[fields.name]
columns = [1]
required = true

[fields.purpose]
columns = [2]

[fields.stage]
columns = [3]
default = "identified"

[fields.stage.values]
"running" = "in_use"

[[columns]]
position = 1
header = "Name"

[[columns]]
position = 2
header = "For"

[[columns]]
position = 3
header = "Stage"
"""
ROWS = [
    ["Name", "For", "Stage"],
    ["Shift planner", "=1+1", ""],
    ["Route finder", "Finds routes,\nfast", "running"],
]


def as_csv(rows):
    target = io.StringIO()
    csv.writer(target).writerows(rows)
    return target.getvalue().encode()


def send(program, rows=ROWS, *, mapping=MAPPING, **headers):
    file = SimpleUploadedFile("uses.csv", as_csv(rows))
    return program.client.post(
        "/api/v1/registers",
        {"file": file, "mapping": mapping},
        headers={"Authorization": f"Bearer {program.secret}", **headers},
    )


def test_a_register_comes_in_once_and_goes_out_with_every_cell(program):
    lead = program("people_lead")

    first, again = send(lead), send(lead)
    register = lead.get("/registers").json()["items"][0]["code"]
    table = lead.get(f"/registers/{register}/file?way=json").json()

    assert first.status_code == 200, first.content
    assert (first.json()["created"], again.json()["unchanged"]) == (2, 2)
    assert [table["columns"], *table["records"]] == ROWS
    assert len(lead.get("/imports").json()["items"]) == 1
    assert {each["name"] for each in lead.get("/uses").json()["items"]} == {
        "Shift planner",
        "Route finder",
    }


@pytest.mark.parametrize(("way", "cell"), [("csv", "=1+1"), ("spreadsheet", "'=1+1")])
def test_a_formula_is_exact_in_one_file_and_harmless_in_the_other(program, way, cell):
    lead = program("people_lead")
    send(lead)
    register = lead.get("/registers").json()["items"][0]["code"]

    answer = lead.get(f"/registers/{register}/file?way={way}")

    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert rows[1][1] == cell


def test_a_workbook_holds_the_same_rows(program):
    lead = program("people_lead")
    send(lead)
    register = lead.get("/registers").json()["items"][0]["code"]

    answer = lead.get(f"/registers/{register}/file?way=xlsx")

    sheet = load_workbook(io.BytesIO(answer.content), read_only=True).active
    assert [row[0] for row in sheet.iter_rows(values_only=True)] == [row[0] for row in ROWS]


def test_a_repeated_upload_gives_the_first_answer(program):
    lead = program("people_lead")
    first = send(lead, **{"Idempotency-Key": "one"})

    again = send(lead, **{"Idempotency-Key": "one"})
    other = send(lead, [*ROWS, ["Third", "", ""]], **{"Idempotency-Key": "one"})

    assert again.json() == first.json()
    assert again["Idempotent-Replayed"] == "true"
    assert other.json()["error"]["code"] == "key_reused"


def test_a_faulty_mapping_is_named(program):
    answer = send(program("people_lead"), mapping="[format]\nnme = 1")

    assert answer.status_code == 422
    assert answer.json()["error"]["message"]


def test_a_register_is_an_upload_and_bounded(program, monkeypatch):
    lead = program("people_lead")
    monkeypatch.setattr("commonweal_web.house.api_routes.LARGEST_FILE", 100)

    assert lead.post("/registers", {"file": "x"}).status_code == 415
    assert send(lead).status_code == 413


def test_a_register_is_brought_in_by_the_people_lead_only(program):
    assert send(program("expert")).status_code == 403
