"""Everything kept of an organisation comes out in one file that reads without this software."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import datetime
from html.parser import HTMLParser

import pytest

from commonweal.operations.export_file import check_export, signed_text
from commonweal.record import (
    check_signatures,
    parse_public_key,
    read_bundle,
    verify_bundle,
)
from commonweal_web.house.refusals import Refused
from commonweal_web.operations import exporting
from commonweal_web.operations.exporting import export_organisation
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.queries import log_keys, recorded_models
from factories.populated import Populated, populate


class Links(HTMLParser):
    """The addresses and the anchors of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.to: set[str] = set()
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            self.to.add(str(given["href"]))
        if given.get("id"):
            self.anchors.add(str(given["id"]))


@pytest.fixture
def exported(populated: Populated, now: datetime) -> bytes:
    stream = io.BytesIO()
    export_organisation(populated.organisation, stream=stream, at=now)
    return stream.getvalue()


def members(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_every_row_of_every_recorded_table_is_in_it(
    exported: bytes, organisation: Organisation
) -> None:
    found = members(exported)
    for model in recorded_models():
        name = model._meta.label_lower
        owner = "pk" if model is Organisation else "organisation_id"
        expected = {
            str(pk)
            for pk in model._default_manager.filter(**{owner: organisation.pk}).values_list(
                "pk", flat=True
            )
        }
        lines = found[f"tables/{name}.jsonl"].decode().splitlines()
        assert {json.loads(line)["id"] for line in lines} == expected, name
        rows = list(csv.DictReader(io.StringIO(found[f"tables/{name}.csv"].decode())))
        assert {row["id"] for row in rows} == expected, name


def test_the_file_says_of_itself_that_it_is_whole_and_who_wrote_it(
    exported: bytes, organisation: Organisation
) -> None:
    found = check_export(io.BytesIO(exported))
    assert found.problems == ()
    assert found.manifest["organisation"]["short_name"] == organisation.slug
    assert found.note.startswith(signed_text(found.manifest_sha256))
    [key] = log_keys(organisation)
    assert check_signatures(found.note, verify_keys=dict([parse_public_key(key)]))


def test_the_record_in_it_verifies_without_the_database(exported: bytes) -> None:
    raw = members(exported)["record/bundle.json"]
    bundle = read_bundle(io.BytesIO(raw), limit=1 << 28)
    assert verify_bundle(bundle).problems == ()


def test_every_link_leads_to_a_page_and_a_row_that_are_there(
    exported: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = members(exported)
    pages = {name: Links() for name in found if name.endswith(".html")}
    for name, links in pages.items():
        links.feed(found[name].decode())
    for name, links in pages.items():
        for address in links.to:
            target, _, anchor = address.partition("#")
            target = target.removeprefix("../")
            assert target in found, (name, address)
            assert not anchor or anchor in pages[target].anchors, (name, address)


def test_a_long_table_is_divided_and_its_links_still_lead_to_the_right_part(
    populated: Populated, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "PAGE_ROWS", 2)
    stream = io.BytesIO()
    export_organisation(populated.organisation, stream=stream, at=now)
    parts = [
        name for name in members(stream.getvalue()) if name.startswith("pages/people.account")
    ]
    assert len(parts) > 1
    test_every_link_leads_to_a_page_and_a_row_that_are_there(stream.getvalue(), monkeypatch)


def test_nothing_of_another_organisation_and_no_password_is_in_it(
    populated: Populated, other_organisation: Organisation, now: datetime
) -> None:
    other = populate(other_organisation, at=now)
    stream = io.BytesIO()
    export_organisation(populated.organisation, stream=stream, at=now)
    whole = b"".join(members(stream.getvalue()).values()).decode()
    assert str(other_organisation.pk) not in whole
    assert str(other.worker.pk) not in whole
    assert populated.worker.password not in whole
    assert populated.worker.name in whole


def test_without_a_signed_record_nothing_is_exported(
    organisation: Organisation, now: datetime
) -> None:
    with pytest.raises(Refused, match="Sign the record first"):
        export_organisation(organisation, stream=io.BytesIO(), at=now)
