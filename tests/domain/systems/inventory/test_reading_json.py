"""Reading JSON registers."""

import io
import json

import pytest

from commonweal.systems.inventory.reading import read_register
from commonweal.systems.inventory.refusal import RegisterRefused
from commonweal.systems.inventory.table import Limits, Table


def read(text: str, **options: object) -> Table:
    return read_register(io.BytesIO(text.encode()), **options)  # type: ignore[arg-type]


def refusal(text: str, **options: object) -> RegisterRefused:
    with pytest.raises(RegisterRefused) as caught:
        read(text, **options)
    return caught.value


def test_a_list_and_a_records_object_read_alike() -> None:
    records = '[{"name": "A", "note": "x"}, {"name": "B", "extra": "y"}]'
    table = read(records)
    assert [column.name for column in table.columns] == ["name", "note", "extra"]
    assert table.rows == (("A", "x", ""), ("B", "", "y"))
    assert table.row_numbers == (1, 2)
    assert table.kind == "json"
    assert read(f'{{"records": {records}}}') == table


def test_numbers_stay_as_they_were_written() -> None:
    table = read('[{"a": 1.10, "b": 12345678901234567890123, "c": 1e400, "d": -0}]')
    assert table.rows == (("1.10", "12345678901234567890123", "1e400", "-0"),)


def test_true_false_and_null_become_words_and_blank() -> None:
    assert read('[{"a": true, "b": false, "c": null}]').rows == (("true", "false", ""),)


def test_nested_values_become_canonical_text() -> None:
    table = read('[{"a": {"z": [1.50, null], "b": "é\\"", "a": {}}}]')
    assert table.rows[0][0] == '{"a":{},"b":"é\\"","z":[1.50,null]}'


def test_lists_under_declared_columns_may_repeat_headers() -> None:
    table = read('{"columns": ["a", "a", ""], "records": [["1", "2", "3"], ["4"]]}')
    assert [column.name for column in table.columns] == ["a", "a", ""]
    assert table.rows == (("1", "2", "3"), ("4",))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('[{"a": 1}', "json-broken"),
        ('[{"a": NaN}]', "json-broken"),
        ('[{"a": 1, "a": 2}]', "json-key-repeated"),
        ('[{"a": {"b": 1, "b": 2}}]', "json-key-repeated"),
        ('{"rows": []}', "json-shape"),
        ("[1, 2]", "json-shape"),
        ('[["a"], ["b"]]', "json-shape"),
        ('{"columns": [1], "records": [["a"]]}', "json-shape"),
        ('{"columns": ["a"], "records": [{"b": 1}]}', "json-shape"),
        ("[]", "empty"),
        ("[{}]", "empty"),
        ('[{"a": ""}]', "no-rows"),
        ('[{"a": "\\ud800"}]', "half-character"),
        ('[{"\\ud800": "a"}]', "half-character"),
        ('[{"a": "x\\u0000y"}]', "nul-character"),
        ("[" * 100_000, "json-too-deep"),
        ('[{"a":' + "[" * 900 + "]" * 900 + "}]", "json-too-deep"),
    ],
)
def test_what_cannot_be_kept_whole_is_refused(text: str, code: str) -> None:
    assert refusal(text).code == code


def test_a_broken_file_names_line_and_character() -> None:
    assert refusal('[\n{"a": }]').where == "line 2, character 7"


def test_limits_hold_for_json_too() -> None:
    assert refusal(json.dumps([{"a": "1"}, {"a": "2"}]), limits=Limits(rows=1)).where == "row 2"
    wide = json.dumps([{f"k{place}": "1" for place in range(1001)}])
    assert refusal(wide).code == "too-many-columns"


def test_a_declared_kind_wins_over_a_guess() -> None:
    assert read("[note],x\n1,2\n", kind="csv").rows == (("1", "2"),)
