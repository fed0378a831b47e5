"""Files are kept whole, encrypted, and given back only as they were: in a folder and on S3."""

from __future__ import annotations

import hashlib
import io
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal_web.evidence import actions, queries, storage
from commonweal_web.evidence.keys import file_key, key_name
from commonweal_web.evidence.models import Evidence
from commonweal_web.evidence.sealed import PIECE, FileDamaged, seal, unseal
from commonweal_web.house import environment
from commonweal_web.house.refusals import Refused
from factories import files
from factories.evidence import a_file, a_note
from factories.mitigations import Workplace

LONG = b"when;what\n" + b"2026-11-02;a line of evidence\n" * 12_000


def stored_bytes(row: Evidence) -> bytes:
    with storage.open_stored(row.stored_as) as file:
        return file.read()


def overwrite(row: Evidence, content: bytes) -> None:
    storage.remove(row.stored_as)
    storage.put(row.stored_as, [content])


@pytest.mark.django_db
class TestKeptFiles:
    """The same for both storages."""

    @pytest.fixture(autouse=True)
    def _where(self, kept_in: str) -> None:
        self.kept_in = kept_in

    def test_a_file_comes_back_as_it_was_sent(self, place: Workplace, now: datetime) -> None:
        row = a_file(place.lead, place.use, at=now, content=LONG, name="list.csv")
        assert b"".join(queries.plain_pieces(row)) == LONG
        assert (row.size, row.file_type) == (len(LONG), "text")
        assert row.sha256 == hashlib.sha256(LONG).hexdigest()

    def test_nothing_of_it_can_be_read_where_it_is_kept(
        self, place: Workplace, now: datetime
    ) -> None:
        row = a_file(place.lead, place.use, at=now, content=LONG, name="list.csv")
        found = stored_bytes(row)
        assert b"evidence" not in found
        assert len(found) > len(LONG)
        assert "list" not in row.stored_as

    def test_every_file_is_found_and_right(self, place: Workplace, now: datetime) -> None:
        row = a_file(place.lead, place.use, at=now)
        a_note(place.lead, place.use, at=now)
        [kept] = queries.stored_files(place.organisation.pk)
        assert kept.name == row.stored_as
        assert kept.size == len(stored_bytes(row))
        assert queries.check_files(place.organisation) == []

    def test_a_changed_file_is_named_and_never_given_out(
        self, place: Workplace, now: datetime
    ) -> None:
        row = a_file(place.lead, place.use, at=now, content=LONG, name="list.csv")
        changed = bytearray(stored_bytes(row))
        changed[len(changed) // 2] ^= 1
        overwrite(row, bytes(changed))
        [problem] = queries.check_files(place.organisation)
        assert problem.code == "evidence_changed"
        assert str(row.pk) in problem.subject
        with pytest.raises(FileDamaged):
            list(queries.plain_pieces(row))

    def test_a_file_put_in_the_place_of_another_is_named(
        self, place: Workplace, now: datetime
    ) -> None:
        one = a_file(place.lead, place.use, at=now)
        other = a_file(place.lead, place.use, at=now, content=files.png(), name="a.png")
        overwrite(one, stored_bytes(other))
        assert [each.code for each in queries.check_files(place.organisation)] == [
            "evidence_changed"
        ]

    def test_a_file_whose_row_names_another_hash_is_named(
        self, place: Workplace, now: datetime
    ) -> None:
        row = a_file(place.lead, place.use, at=now)
        key = file_key(place.organisation.pk)
        overwrite(row, b"".join(seal([b"%PDF-1.7 another"], key=key, name=row.stored_as)))
        assert [each.code for each in queries.check_files(place.organisation)] == [
            "evidence_changed"
        ]

    def test_a_missing_file_is_named(self, place: Workplace, now: datetime) -> None:
        row = a_file(place.lead, place.use, at=now)
        storage.remove(row.stored_as)
        [problem] = queries.check_files(place.organisation)
        assert problem.code == "evidence_missing"
        assert row.sha256 in problem.message

    def test_an_export_holds_every_file_in_plain(self, place: Workplace, now: datetime) -> None:
        row = a_file(place.lead, place.use, at=now, content=LONG, name="../list.csv")
        found = {name: b"".join(parts) for name, parts in queries.for_export(place.organisation)}
        assert found == {f"evidence/{row.pk}/list.csv": LONG}

    def test_the_file_of_what_was_taken_back_goes_after_its_time_and_its_hash_stays(
        self, place: Workplace, now: datetime, django_capture_on_commit_callbacks: Any
    ) -> None:
        row = a_file(place.lead, place.use, at=now)
        given = {"organisation": place.organisation, "by": place.by(place.lead)["by"]}
        actions.withdraw(**given, at=now, evidence=row, reason="The wrong year.")
        assert actions.remove_old_files(at=now + timedelta(days=365)) == 0
        later = now + timedelta(days=366)
        with django_capture_on_commit_callbacks(execute=True):
            assert actions.remove_old_files(at=later) == 1
        row.refresh_from_db()
        assert row.file_removed_at == later
        assert row.sha256
        assert list(queries.stored_files(place.organisation.pk)) == []
        assert queries.check_files(place.organisation) == []

    def test_a_file_without_a_row_goes_after_a_day_and_no_sooner(
        self, place: Workplace, now: datetime
    ) -> None:
        row = a_file(place.lead, place.use, at=now)
        lost = Evidence(organisation=place.organisation)
        storage.put(lost.stored_as, [b"cut off"])
        came = storage.came_at(lost.stored_as)
        assert actions.remove_unknown_files(at=came + timedelta(hours=23)) == 0
        assert actions.remove_unknown_files(at=came + timedelta(hours=25)) == 1
        assert [each.name for each in queries.stored_files(row.organisation_id)] == [row.stored_as]

    def test_a_refused_row_leaves_a_file_that_is_cleaned_up(
        self, place: Workplace, now: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refused(*_given: Any, **_more: Any) -> None:
            raise Refused("full", "The disk of the database is full.")

        monkeypatch.setattr("commonweal_web.record.action.Act.create", refused)
        with pytest.raises(Refused):
            a_file(place.lead, place.use, at=now)
        [left] = queries.stored_files(place.organisation.pk)
        assert Evidence.objects.count() == 0
        assert actions.remove_unknown_files(at=left.at + timedelta(days=2)) == 1

    def test_a_name_is_never_overwritten(self, place: Workplace, now: datetime) -> None:
        row = a_file(place.lead, place.use, at=now)
        with pytest.raises(ValueError, match="stored already"):
            storage.put(row.stored_as, [b"another"])

    @pytest.mark.parametrize("name", ["../x", "a/b", "", "0" * 32, f"{'0' * 32}/../{'0' * 32}"])
    def test_a_name_that_is_none_of_ours_reaches_no_storage(self, name: str) -> None:
        with pytest.raises(FileNotFoundError):
            storage.open_stored(name)
        with pytest.raises(ValueError, match="no name"):
            storage.put(name, [b""])

    def test_all_files_of_an_organisation_can_be_deleted_with_it(
        self, place: Workplace, now: datetime
    ) -> None:
        a_file(place.lead, place.use, at=now)
        assert storage.stored_folders() == [place.organisation.pk]
        assert storage.remove_all(place.organisation.pk) == 1
        assert list(queries.stored_files(place.organisation.pk)) == []


def test_a_file_in_the_folder_is_its_owners_alone(
    place: Workplace, now: datetime, folder: Path
) -> None:
    row = a_file(place.lead, place.use, at=now)
    path = folder / row.stored_as
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert sorted(each.name for each in path.parent.iterdir()) == [row.pk.hex]


def test_a_draft_that_a_crash_left_is_cleaned_up(
    place: Workplace, now: datetime, folder: Path
) -> None:
    row = a_file(place.lead, place.use, at=now)
    draft = folder / place.organisation.pk.hex / f".{'a' * 32}.{'b' * 16}"
    draft.write_bytes(b"half")
    came = storage.came_at(f"{place.organisation.pk.hex}/{draft.name}")
    assert actions.remove_unknown_files(at=came + timedelta(days=2)) == 1
    assert not draft.exists()
    assert (folder / row.stored_as).exists()


def test_without_its_key_no_file_opens_and_no_new_key_is_drawn(
    place: Workplace, now: datetime
) -> None:
    row = a_file(place.lead, place.use, at=now)
    path = environment.keys_folder() / key_name(place.organisation.pk)
    text = path.read_text()
    path.unlink()
    with pytest.raises(Refused, match="Put it back"):
        list(queries.plain_pieces(row))
    with pytest.raises(Refused, match="Put it back"):
        a_file(place.lead, place.use, at=now)
    assert [each.code for each in queries.check_files(place.organisation)] == [
        "evidence_unreadable"
    ]
    path.write_text(text)
    path.chmod(0o600)
    assert queries.check_files(place.organisation) == []


@settings(max_examples=40)
@given(st.lists(st.binary(max_size=PIECE), max_size=4), st.integers(0, 400_000))
def test_what_is_sealed_opens_to_the_same_and_no_prefix_of_it_opens(
    parts: list[bytes], cut: int
) -> None:
    key, plain = b"k" * 32, b"".join(parts)
    sealed = b"".join(seal(parts, key=key, name="a"))
    assert b"".join(unseal(io.BytesIO(sealed), key=key, name="a")) == plain
    for wrong, name in ((sealed[: cut % len(sealed)], "a"), (sealed, "b"), (sealed + b"x", "a")):
        with pytest.raises(FileDamaged):
            list(unseal(io.BytesIO(wrong), key=key, name=name))
