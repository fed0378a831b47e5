"""Mapping files: what they say, and how a fault in one is named."""

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.systems.inventory.dates import is_date_pattern
from commonweal.systems.inventory.mapping import (
    CHOICES,
    TARGET_FIELDS,
    DateRule,
    FieldRule,
    RegisterFormat,
    fold,
)
from commonweal.systems.inventory.mapping_file import (
    parse_mapping,
    read_mapping,
    shipped_format,
    shipped_formats,
)
from commonweal.systems.inventory.mapping_text import to_toml
from commonweal.systems.inventory.refusal import RegisterRefused
from commonweal.systems.inventory.table import Column

SMALL = """
[format]
name = "small"
version = "1"
description = "A small register"

[identity]
columns = [1]

[fields.name]
columns = [1]

[fields.stage]
columns = [2]
default = "identified"

[fields.stage.values]
"Live" = "in_use"

[[columns]]
position = 1
header = "Name"

[[columns]]
position = 2
header = "Status"
"""
FACT = '[[facts]]\nfact = "f"\ncolumn = 2\nvalues = ["x"]\nstatement = "It is x."\n'
HINT = (
    '[[hints]]\nclassification = "instance"\ncode = "hiring"\ncolumns = [1]\nwords = ["hiring"]\n'
)


def test_a_small_mapping_is_read() -> None:
    known = parse_mapping(SMALL + FACT + HINT, file="small.toml")
    assert known.columns == (Column(1, "Name"), Column(2, "Status"))
    assert known.fields["stage"].values == {"live": "in_use"}
    assert known.facts[0].values == {"x"}
    assert known.hints[0].words == ("hiring",)
    assert known.columns_by == "position"
    assert known.unmapped_columns() == ()


def test_columns_that_fill_nothing_are_listed_as_unmapped() -> None:
    more = SMALL + '[[columns]]\nposition = 3\nheader = "Notes"\n'
    known = parse_mapping(more, file="small.toml")
    assert known.unmapped_columns() == (Column(3, "Notes"),)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("[identity]", "[identitty]", "identitty"),
        ('version = "1"', 'version = "1"\ncolour = "red"', "format.colour"),
        ('version = "1"', "version = 1", "format.version"),
        ('version = "1"', "", "format.version"),
        ('version = "1"', 'version = "1"\ncolumns_by = "guess"', "format.columns_by"),
        ("[fields.stage]\ncolumns = [2]", "[fields.stage]\ncolumns = [9]", "fields.stage.columns"),
        ("[fields.stage]\ncolumns = [2]", "[fields.stage]\ncolumns = []", "fields.stage.columns"),
        ("[fields.stage]\ncolumns = [2]", "[fields.stage]", "fields.stage.columns"),
        ("[fields.stage]\n", "[fields.stage]\ncolum = 2\n", "fields.stage.colum"),
        ('default = "identified"', 'default = "somewhere"', "fields.stage.default"),
        ('default = "identified"', "required = 1", "fields.stage.required"),
        ('default = "identified"', 'combine = "sum"', "fields.stage.combine"),
        ('"Live" = "in_use"', '"Live" = "alive"', "fields.stage.values.'Live'"),
        ('"Live" = "in_use"', '"Live" = 3', "fields.stage.values.'Live'"),
        ('"Live" = "in_use"', "", "fields.stage.values"),
        ('"Live" = "in_use"', '"a" = "in_use"\n"A " = "retired"', "fields.stage.values.'A '"),
        ("[fields.name]\ncolumns = [1]", "[fields.purpose]\ncolumns = [1]", "fields.name"),
        ("[fields.name]", "[fields.nickname]", "fields.nickname"),
        ("[fields.name]\ncolumns = [1]", "[fields]\nname = 1", "fields.name"),
        ("columns = [1]", "columns = [0]", "identity.columns"),
        ("position = 2", "position = 1", "columns[2].position"),
        ("position = 2", "position = true", "columns[2].position"),
        ('header = "Status"', 'headline = "Status"', "columns[2].headline"),
    ],
)
def test_a_fault_names_file_key_finding_and_fix(old: str, new: str, key: str) -> None:
    assert old in SMALL
    with pytest.raises(RegisterRefused) as caught:
        parse_mapping(SMALL.replace(old, new, 1), file="small.toml")
    fault = caught.value
    assert (fault.code, fault.where) == ("mapping-fault", f"small.toml: {key}")
    assert fault.message.startswith(key)
    assert len(fault.message.split(". ")) >= 2


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('[dates]\npatterns = ["DD/MM"]\n', "dates.patterns"),
        ("[dates]\nearliest_year = 0\n", "dates.earliest_year"),
        ("[absent]\nvalue = []\n", "absent.value"),
        ("absent = 3\n", "columns[2].absent"),
        (FACT.replace("column = 2", "column = 7"), "facts[1].column"),
        (FACT + 'catalogue_yes = ["no_such_fact"]\n', "facts[1].catalogue_yes"),
        (HINT.replace("hiring", "dancing", 1), "hints[1].code"),
        (HINT.replace('"instance"', '"place"'), "hints[1].classification"),
        (HINT.replace('["hiring"]', '[" "]'), "hints[1].words"),
    ],
)
def test_a_fault_in_an_added_table_names_its_key(text: str, key: str) -> None:
    with pytest.raises(RegisterRefused) as caught:
        parse_mapping(SMALL + text, file="small.toml")
    assert caught.value.where == f"small.toml: {key}"


def test_what_is_no_toml_is_refused_with_its_line() -> None:
    with pytest.raises(RegisterRefused, match="line 2"):
        parse_mapping("[format]\nname = \n", file="small.toml")


def test_a_mapping_file_is_read_from_disk(tmp_path) -> None:
    path = tmp_path / "small.toml"
    path.write_text(SMALL)
    assert read_mapping(path) == parse_mapping(SMALL, file="small.toml")
    for name, data in (("none.toml", None), ("bytes.toml", b"\xff"), ("big.toml", b"#" * 2**21)):
        if data is not None:
            (tmp_path / name).write_bytes(data)
        with pytest.raises(RegisterRefused) as caught:
            read_mapping(tmp_path / name)
        assert name in caught.value.where


def test_every_shipped_format_loads_under_its_own_name() -> None:
    assert "us-federal-2024" in shipped_formats()
    for name in shipped_formats():
        known = shipped_format(name)
        assert known.name == name
        assert parse_mapping(to_toml(known), file="again.toml") == known


def test_an_unknown_format_lists_those_there_are() -> None:
    with pytest.raises(RegisterRefused, match="us-federal-2024") as caught:
        shipped_format("../secrets")
    assert caught.value.code == "format-unknown"


@pytest.mark.parametrize("pattern", ["YYYY", "M/D/YYYY", "DD.MM.YYYY", "YYYY-MM"])
def test_good_date_patterns_are_known(pattern: str) -> None:
    assert is_date_pattern(pattern)


@pytest.mark.parametrize("pattern", ["", "M/D", "D-YYYY", "YYYY-YYYY", "YY-M-D", "YYYY at M"])
def test_bad_date_patterns_are_not(pattern: str) -> None:
    assert not is_date_pattern(pattern)


words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).filter(fold)


@st.composite
def formats(draw: st.DrawFn) -> RegisterFormat:
    headers = draw(st.lists(words | st.just(""), min_size=1, max_size=4))
    places = st.lists(st.integers(1, len(headers)), min_size=1, max_size=3).map(tuple)
    fields = {"name": FieldRule(columns=draw(places))}
    for name in draw(st.sets(st.sampled_from(sorted(TARGET_FIELDS)))):
        ours = st.sampled_from(CHOICES[name]) if name in CHOICES else words
        fields[name] = FieldRule(
            columns=draw(places),
            combine=draw(st.sampled_from(["join", "first"])),
            joined_by=draw(words),
            skip=frozenset(draw(st.sets(words.map(fold)))),
            values=draw(st.dictionaries(words.map(fold), ours, min_size=name in CHOICES)),
            default=draw(st.none() | ours),
            required=draw(st.booleans()),
        )
    return RegisterFormat(
        name=draw(words),
        version=draw(words),
        description=draw(words),
        columns=tuple(Column(place, text) for place, text in enumerate(headers, start=1)),
        identity=draw(places),
        fields=fields,
        columns_by=draw(st.sampled_from(["position", "header"])),
        absent=frozenset(draw(st.sets(words.map(fold)))),
        absent_starts=tuple(draw(st.lists(words.map(fold)))),
        dates=DateRule(patterns=("YYYY",), earliest_year=draw(st.integers(1, 9999))),
    )


@settings(max_examples=40)
@given(formats())
def test_a_format_written_as_toml_reads_back_unchanged(known: RegisterFormat) -> None:
    text = to_toml(known)
    assert tomllib.loads(text)["format"]["name"] == known.name
    assert parse_mapping(text, file="round.toml") == known
