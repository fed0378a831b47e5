"""Rules speak English until a translation is lent to them."""

from collections.abc import Iterator

import pytest

from commonweal.shared import language


@pytest.fixture
def german() -> Iterator[None]:
    before = language._lent
    language.lend(
        language.Voice(
            {"need": "Bedarf"}.__getitem__,
            lambda one, many, count: "Tag" if count == 1 else "Tage",
            lambda context, sentence: {("verb", "use"): "nutzen"}[context, sentence],
            lambda: "de",
        )
    )
    yield
    language._lent = before


def test_without_a_translation_a_sentence_stays_as_it_was_written() -> None:
    assert language._("need") == "need"
    assert [language.ngettext("day", "days", count) for count in (0, 1, 2)] == [
        "days",
        "day",
        "days",
    ]


def test_a_lent_translation_is_used(german: None) -> None:
    assert language._("need") == "Bedarf"
    assert language.ngettext("day", "days", 2) == "Tage"
    assert language.pgettext("verb", "use") == "nutzen"
    assert language.language() == "de"


def test_a_marked_sentence_waits_for_its_reader(german: None) -> None:
    assert language.marked("need") == "need"
