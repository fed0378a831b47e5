"""A catalogue file that is wrong is refused with file, key, fault and fix."""

import shutil
from pathlib import Path

import pytest

from commonweal.practices import CatalogueError, load_catalogue
from commonweal.practices.loading import SHIPPED


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "catalogue"))


def change(folder: Path, *, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def fault_in(folder: Path) -> CatalogueError:
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(folder)
    return caught.value


CASES = [
    (
        "a misspelled key gets the closest one",
        ("signals.toml", 'question = "Could it do', 'qestion = "Could it do'),
        "signals.toml, signal OS1, key 'qestion': This key is not known. Did you mean 'question'?",
    ),
    (
        "a key unlike any other gets the whole list",
        ("pillars.toml", 'title = "Human rights"', 'title = "Human rights"\nxyz = 1'),
        "pillars.toml, pillar human_rights, key 'xyz': This key is not known. "
        "Use one of: id, title, provenance, provenance_of, provenance_note, why, may_help, "
        "may_harm, sources, supports_all.",
    ),
    (
        "a missing key is named",
        ("practices.toml", 'title = "Public commitment"\n', ""),
        "practices.toml, practice RPU1, key 'title': This key is missing. Add 'title = …'.",
    ),
    (
        "an entry without an id is named by its number",
        ("practices.toml", 'id = "RPU1"\n', ""),
        "practices.toml, practice number 1, key 'id': This key is missing. Add 'id = …'.",
    ),
    (
        "a number instead of a text",
        ("practices.toml", 'title = "Public commitment"', "title = 7"),
        "practices.toml, practice RPU1, key 'title': A text was expected, found int 7. "
        'Write it in "quotes".',
    ),
    (
        "a blank text",
        ("practices.toml", 'title = "Public commitment"', 'title = " "'),
        "practices.toml, practice RPU1, key 'title': The text is blank. Write the text.",
    ),
    (
        "a text instead of a list",
        ("practices.toml", 'rooms = ["disclosure", "record"]', 'rooms = "disclosure"'),
        "practices.toml, practice RPU1, key 'rooms': A list was expected, found str "
        '\'disclosure\'. Write ["…", "…"].',
    ),
    (
        "a list that repeats itself",
        ("practices.toml", 'rooms = ["disclosure", "record"]', 'rooms = ["record", "record"]'),
        "practices.toml, practice RPU1, key 'rooms': It lists 'record' twice. "
        "Remove one of the two.",
    ),
    (
        "a text instead of a flag",
        ("pillars.toml", "supports_all = true", 'supports_all = "yes"'),
        "pillars.toml, pillar human_rights, key 'supports_all': True or false was expected, "
        "found str 'yes'. Write true.",
    ),
    (
        "a text instead of a day",
        ("sources.toml", "date_checked = 2026-11-22", 'date_checked = "last week"'),
        "sources.toml, source pai_guidelines_using, key 'date_checked': A day was expected, "
        "found str 'last week'. Write 2026-01-31.",
    ),
    (
        "a stage group that does not exist",
        ("practices.toml", 'stage_group = "organisation"', 'stage_group = "organization"'),
        "practices.toml, practice RPU1, key 'stage_group': 'organization' is not a known "
        "choice. Did you mean 'organisation'?",
    ),
    (
        "a bad provenance mark",
        ("practices.toml", 'provenance = "S"', 'provenance = "X"'),
        "practices.toml, practice RPU1, key 'provenance': 'X' is not a provenance mark. "
        "Use one of: S, V, R, D.",
    ),
    (
        "a bad mark of a part",
        ("practices.toml", '{ asks = "D"', '{ asks = "P"'),
        "practices.toml, practice RPU1, key 'provenance_of.asks': 'P' is not a provenance "
        "mark. Use one of: S, V, R, D.",
    ),
    (
        "a mark for a part that is not there",
        ("practices.toml", '{ asks = "D"', '{ sumary = "D"'),
        "practices.toml, practice RPU1, key 'provenance_of': It marks a part 'sumary' that "
        "this entry does not have. Did you mean 'summary'?",
    ),
    (
        "marks that are no table",
        ("signals.toml", "provenance_of = {", 'provenance_of = "D" # {'),
        "signals.toml, signal OS1, key 'provenance_of': A table was expected, found str 'D'. "
        'Write { part = "D" }.',
    ),
    (
        "an id used twice",
        ("practices.toml", 'id = "RPU2"', 'id = "RPU1"'),
        "practices.toml, key 'id': The id 'RPU1' is used twice in this file. "
        "Give one of them another id.",
    ),
    (
        "a practice that does not exist",
        ("signals.toml", 'practices = ["RPU3"', 'practices = ["RPU33"'),
        "signals.toml, signal OS1, key 'practices': There is no practice 'RPU33'. "
        "Did you mean 'RPU3'?",
    ),
    (
        "a likely signal that does not exist",
        ("classification.toml", 'signal = "RS14"', 'signal = "RS144"'),
        "classification.toml, choice supports_decision, key 'signals': There is no signal "
        "'RS144'. Did you mean 'RS14'?",
    ),
    (
        "a likely signal without a reason",
        ("classification.toml", 'signal = "RS14", reason', 'signal = "RS14", reson'),
        "classification.toml, choice supports_decision, key 'reson': This key is not known. "
        "Did you mean 'reason'?",
    ),
    (
        "a likely signal that is no table",
        ("classification.toml", "signals = [\n", 'signals = [\n  "RS14",\n'),
        "classification.toml, choice supports_decision, key 'signals': A table was expected, "
        "found str 'RS14'. Write it as a table of keys and values.",
    ),
    (
        "an unknown kind of entry",
        ("practices.toml", "[[practice]]", "[[practise]]"),
        "practices.toml, key 'practise': This key is not known. Did you mean 'practice'?",
    ),
    (
        "an unknown key of the edition",
        ("catalogue.toml", "version =", "verson ="),
        "catalogue.toml, key 'verson': This key is not known. Did you mean 'version'?",
    ),
]


@pytest.mark.parametrize(
    ("edit", "message"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_a_wrong_file_is_refused_with_file_key_fault_and_fix(
    folder: Path, edit: tuple[str, str, str], message: str
):
    file, old, new = edit
    change(folder, file=file, old=old, new=new)
    error = fault_in(folder)
    assert str(error) == message
    assert error.file == file
    assert error.key
    assert error.fault
    assert error.fix


def test_a_copied_folder_loads_like_the_shipped_one(folder: Path):
    assert load_catalogue(folder) == load_catalogue()


def test_an_own_folder_may_hold_fewer_words(folder: Path):
    text = '[[term]]\nid = "use"\ntitle = "Use"\nmeaning = "One system."\nprovenance = "D"\n'
    (folder / "glossary.toml").write_text(text, encoding="utf-8")
    assert [term.id for term in load_catalogue(folder).terms] == ["use"]


def test_a_missing_file_is_named(folder: Path):
    (folder / "pillars.toml").unlink()
    assert str(fault_in(folder)) == (
        "pillars.toml: The file is missing. Put it back, or copy the shipped one."
    )


def test_a_file_that_is_not_toml_is_named_with_its_line(folder: Path):
    (folder / "pillars.toml").write_text("[[pillar]\n", encoding="utf-8")
    assert str(fault_in(folder)).startswith("pillars.toml: The file is not valid TOML: ")
    assert "line 1" in str(fault_in(folder))


def test_a_file_in_another_encoding_is_named(folder: Path):
    (folder / "pillars.toml").write_bytes("# größer".encode("cp1252"))
    assert str(fault_in(folder)) == (
        "pillars.toml: The file is not UTF-8 text (byte 4). Save it as UTF-8."
    )


def test_a_file_without_its_list_is_named(folder: Path):
    (folder / "pillars.toml").write_text('pillar = "all"\n', encoding="utf-8")
    assert str(fault_in(folder)) == (
        "pillars.toml, key 'pillar': The file holds no list of [[pillar]] tables. "
        "Start each entry with [[pillar]]."
    )


def test_an_entry_that_is_no_table_is_named_by_its_number(folder: Path):
    (folder / "pillars.toml").write_text("pillar = [3]\n", encoding="utf-8")
    assert str(fault_in(folder)) == (
        "pillars.toml, pillar number 1, key 'pillar': A table was expected, found int 3. "
        "Write it as a table of keys and values."
    )
