"""`commonweal record`: exit 0 fine, 1 a check failed, 2 refused; offline without Django."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from commonweal_cli.main import run
from commonweal_web.organisations.models import Organisation
from commonweal_web.record import queries
from commonweal_web.record.models import Erasure
from factories.record import a_checkpoint, a_cosignature, a_row


@pytest.fixture(autouse=True)
def ready(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database of the tests is the installation."""
    monkeypatch.setattr("commonweal_cli.installation.open_installation", lambda **_: None)


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    status = run(["record", *map(str, words)])
    shown = capsys.readouterr()
    return status, shown.out + shown.err


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    status, text = told(capsys, *words, "--json")
    return status, json.loads(text)


def export_of(organisation: Organisation, path: Path, capsys: Any) -> Path:
    status, _ = told(capsys, "export", "--organisation", organisation.slug, str(path))
    assert status == 0
    return path


def tamper(sql: str) -> None:
    raw = connection.connection.cursor()
    raw.execute(sql)
    assert raw.rowcount > 0


def test_an_untouched_record_verifies_and_says_that_nobody_outside_confirms_it(
    organisation: Organisation, capsys: Any
) -> None:
    a_checkpoint(organisation)
    status, text = told(capsys, "verify")
    assert status == 0
    assert f"northbank: {queries.size(organisation)} steps, root " in text
    assert "can rebuild its whole history" in text


def test_a_confirmed_record_names_its_witnesses(organisation: Organisation, capsys: Any) -> None:
    a_cosignature(organisation)
    status, text = told(capsys, "verify", "--organisation", "northbank")
    assert (status, "union.example" in text) == (0, True)
    assert "rebuild" not in text


def test_one_changed_byte_makes_verify_exit_1_and_name_the_leaf(
    organisation: Organisation, capsys: Any
) -> None:
    row = a_row(Erasure, organisation)
    tamper("UPDATE record_erasure SET reason = reason || '.'")
    status, found = answer(capsys, "verify")
    assert status == 1
    [problem] = found["records"][0]["problems"]
    assert problem["subject"] == f"record.erasure:{row.pk}"
    assert problem["leaf"] == queries.size(organisation) - 1
    assert told(capsys, "verify")[0] == 1


def test_an_export_is_checked_elsewhere_without_django(
    organisation: Organisation, tmp_path: Path, capsys: Any, checkout: Path
) -> None:
    a_cosignature(organisation)
    export = export_of(organisation, tmp_path / "record.json", capsys)
    assert export.stat().st_mode & 0o777 == 0o600
    key, note = queries.log_keys(organisation)[0], tmp_path / "kept.txt"
    note.write_text(queries.checkpoints(organisation)[0].note)
    code = (
        "import sys; from commonweal_cli.main import run; "
        "status = run(sys.argv[1:]); assert 'django' not in sys.modules; sys.exit(status)"
    )
    words = ["record", "verify", "--export", export, "--key", key, "--checkpoint", note]
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, words)],
        cwd=checkout / "src",
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_an_edited_export_fails_and_one_that_is_none_is_refused(
    organisation: Organisation, tmp_path: Path, capsys: Any
) -> None:
    a_row(Erasure, organisation)
    export = export_of(organisation, tmp_path / "record.json", capsys)
    export.write_text(export.read_text().replace("Añejo text", "Anejo text"))
    assert told(capsys, "verify", "--export", str(export))[0] == 1
    export.write_text("{}")
    status, refused = answer(capsys, "verify", "--export", str(export))
    assert (status, refused["error"]["code"]) == (2, "export_rejected")
    status, refused = answer(capsys, "verify", "--export", str(tmp_path / "none"))
    assert (status, refused["error"]["where"]) == (2, str(tmp_path / "none"))


def test_a_key_that_is_not_trusted_fails_and_one_that_is_none_is_refused(
    organisation: Organisation, tmp_path: Path, capsys: Any
) -> None:
    a_cosignature(organisation)
    witness_key = queries.witnesses(organisation)[0].public_key
    status, text = told(capsys, "verify", "--key", witness_key)
    assert (status, "key_untrusted" in text) == (1, True)
    assert answer(capsys, "verify", "--key", "nonsense")[0] == 2


def test_a_witness_follows_the_log_and_refuses_a_rollback(
    organisation: Organisation, tmp_path: Path, capsys: Any
) -> None:
    store, out = tmp_path / "store", tmp_path / "signed.txt"
    a_checkpoint(organisation)
    old = export_of(organisation, tmp_path / "old.json", capsys)
    a_row(Erasure, organisation)
    a_checkpoint(organisation)
    new = export_of(organisation, tmp_path / "new.json", capsys)
    words = ["witness", "--name", "union", "--store", str(store), "--out", str(out)]
    for export in (old, new, new):
        status, found = answer(capsys, *words, "--export", str(export))
        assert (status, found["accepted"]) == (0, True)
    named = told(capsys, "add-witness", "--organisation", "northbank", found["public_key"])
    assert named[0] == 0
    assert told(capsys, "cosignature", "--organisation", "northbank", str(out))[0] == 0
    assert [each.size for each in queries.witnesses(organisation)] == [found["size"]]
    status, refused = answer(capsys, *words, "--export", str(old))
    assert (status, refused["accepted"]) == (1, False)
    assert "rolled back" in refused["why"]
    assert queries.verify_record(organisation).problems == ()


def test_two_witnesses_who_were_shown_two_histories_find_out(
    organisation: Organisation, tmp_path: Path, capsys: Any
) -> None:
    """The log is forked by rolling the database back to before a decision."""
    from django.db import transaction

    a_checkpoint(organisation)
    start = export_of(organisation, tmp_path / "start.json", capsys)
    exports = []
    for name in ("a", "b"):
        point = transaction.savepoint()
        a_row(Erasure, organisation)
        a_checkpoint(organisation)
        exports.append(export_of(organisation, tmp_path / f"{name}.json", capsys))
        transaction.savepoint_rollback(point)
    for name, export in zip(("a", "b"), exports, strict=True):
        for shown in (start, export):
            words = ["--name", name, "--store", str(tmp_path / name), "--export", str(shown)]
            assert told(capsys, "witness", *words)[0] == 0
    status, found = answer(capsys, "compare", str(tmp_path / "a"), str(tmp_path / "b"))
    assert (status, found["split"]) == (1, True)
    same = answer(capsys, "compare", str(tmp_path / "a"), str(tmp_path / "a"))
    assert same == (0, {"split": False, "compared_all": False})
    whole = ["--export", str(exports[0])]
    assert answer(capsys, "compare", str(tmp_path / "a"), str(tmp_path / "a"), *whole)[0] == 0


def test_a_log_that_grew_apart_at_other_sizes_is_found_with_an_export(
    organisation: Organisation, tmp_path: Path, capsys: Any
) -> None:
    from django.db import transaction

    a_checkpoint(organisation)
    exports = []
    for rows in (1, 3):
        point = transaction.savepoint()
        for _ in range(rows):
            a_row(Erasure, organisation)
        a_checkpoint(organisation)
        exports.append(export_of(organisation, tmp_path / f"{rows}.json", capsys))
        transaction.savepoint_rollback(point)
    for name, export in zip(("a", "b"), exports, strict=True):
        words = ["--name", name, "--store", str(tmp_path / name), "--export", str(export)]
        assert told(capsys, "witness", *words)[0] == 0
    stores = [str(tmp_path / "a"), str(tmp_path / "b")]
    status, text = told(capsys, "compare", *stores, "--export", str(exports[1]))
    assert (status, "TWO HISTORIES" in text) == (1, True)


def test_a_proof_from_the_database_and_from_an_export_are_the_same(
    organisation: Organisation, tmp_path: Path, capsys: Any
) -> None:
    a_row(Erasure, organisation)
    export = export_of(organisation, tmp_path / "record.json", capsys)
    here = told(capsys, "proof", "1", "--organisation", "northbank")
    assert here == told(capsys, "proof", "1", "--export", str(export))
    assert json.loads(here[1])["index"] == 1
    assert told(capsys, "proof", "999", "--export", str(export))[0] == 2


def test_a_command_that_needs_one_organisation_asks_which(
    organisation: Organisation, other_organisation: Organisation, tmp_path: Path, capsys: Any
) -> None:
    status, found = told(capsys, "export", str(tmp_path / "x"))
    assert status == 2
    assert "southquay" in found
    assert told(capsys, "verify", "--organisation", "nobody")[0] == 2
    assert told(capsys, "witness", "--name", "x", "--store", str(tmp_path / "s"))[0] == 2
    assert told(capsys, "compare", str(tmp_path / "p"), str(tmp_path / "q"))[0] == 2


def test_checkpoint_key_and_erasure_from_the_command_line(
    organisation: Organisation, capsys: Any, person: Any
) -> None:
    assert "northbank/record" in told(capsys, "checkpoint")[1]
    assert told(capsys, "replace-key", "--organisation", "northbank")[0] == 0
    names = [person("people_lead").username for _ in range(2)]
    words = ["--reason", "asked", "--requester", names[0], "--approver", names[1]]
    subject = f"people.account:{person('worker').pk}"
    assert told(capsys, "erase", "--organisation", "northbank", *words, subject)[0] == 0
    status, found = answer(capsys, "verify")
    assert (status, found["records"][0]["erased"]) == (0, [subject])
