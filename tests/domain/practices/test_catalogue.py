"""The shipped catalogue is complete, marked, linked, readable, and in our own words."""

import re
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from commonweal.practices import (
    Dimension,
    Entry,
    Provenance,
    Signal,
    SignalKind,
    StageGroup,
    UnknownIdError,
    catalogue,
    load_catalogue,
)
from commonweal.practices.translation import translated
from commonweal.shared import language
from domain.practices.shingles import hashed_runs

HASHES = Path(__file__).parent / "data" / "source_text_shingles.txt"
SHIPPED = catalogue()
ALL_ENTRIES: tuple[Entry, ...] = (
    *SHIPPED.practices,
    *SHIPPED.signals,
    *SHIPPED.pillars,
    *SHIPPED.choices,
    *SHIPPED.facts,
    *SHIPPED.sources,
    *SHIPPED.terms,
    *SHIPPED.stakeholders,
)
VERIFIED = {"OS1", "OS2", "OS3", "OS4", "OS5", "OS6"}
STATED = {"OS7", "OS9"}
# The table of pillars and signals in the specification, kept here as an independent copy.
SPECIFIED_PILLARS = {
    "human_rights": "RS6 RS7 RS13 RS17 RS18",
    "physical": "RS9 RS11",
    "financial": "OS2 OS3 OS7 RS1 RS2 RS4 RS5 RS8 RS10",
    "intellectual": "RS3 RS12 RS15",
    "emotional": "RS9 RS12 RS13 RS14 RS16",
    "purpose_and_meaning": "OS9 RS1 RS14 RS16",
}
ROOMS = set(
    "practices workplaces organisations people evidence notices systems job_impact labour_market "
    "mitigations participation procurement data_enrichment audits worker_data explanations "
    "grievances red_team extra_work gain_sharing wellbeing disclosure record".split()
)


def ids(entries: tuple[Entry, ...]) -> list[str]:
    return [entry.id for entry in entries]


def texts_of(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [text for each in value for text in texts_of(each)]
    if hasattr(value, "reason"):
        return [value.reason]
    return []


def own_texts(entry: Entry) -> list[str]:
    skipped = {"id", "url", "provenance", "reading", "rooms"}
    names = [field.name for field in fields(entry) if field.name not in skipped]
    return [text for name in names for text in texts_of(getattr(entry, name))]


def test_it_holds_seventeen_practices_in_their_order():
    assert ids(SHIPPED.practices) == [f"RPU{number}" for number in range(1, 18)]


def test_it_holds_nine_opportunities_and_eighteen_risks():
    opportunities = SHIPPED.signals_of(SignalKind.OPPORTUNITY)
    risks = SHIPPED.signals_of(SignalKind.RISK)
    assert ids(opportunities) == [f"OS{number}" for number in range(1, 10)]
    assert ids(risks) == [f"RS{number}" for number in range(1, 19)]


def test_it_holds_six_pillars_with_human_rights_first_and_supporting_all():
    assert ids(SHIPPED.pillars) == list(SPECIFIED_PILLARS)
    assert [pillar.id for pillar in SHIPPED.pillars if pillar.supports_all] == ["human_rights"]


@pytest.mark.parametrize("signal", SHIPPED.signals, ids=lambda signal: signal.id)
def test_every_signal_carries_the_mark_of_the_specification(signal: Signal):
    expected = "V" if signal.id in VERIFIED else "S" if signal.id in STATED else "R"
    assert signal.provenance == expected
    for part in ("question", "hint", "measures", "pillars", "practices"):
        assert signal.provenance_for(part) is Provenance.OURS


def test_caveats_carry_their_own_marks():
    assert SHIPPED.signal("OS2").provenance_for("caveats") is Provenance.VERIFIED
    assert len(SHIPPED.signal("OS2").caveats) == 3
    assert SHIPPED.signal("OS3").provenance_for("caveats") is Provenance.VERIFIED
    assert SHIPPED.signal("OS9").provenance_for("caveats") is Provenance.RECALLED


def test_what_a_practice_asks_here_is_marked_as_ours_and_its_summary_as_stated():
    for practice in SHIPPED.practices:
        assert practice.provenance_for("summary") is Provenance.STATED
        assert practice.provenance_for("asks") is Provenance.OURS


def test_only_stated_and_verified_texts_may_be_named_as_partnership_on_ais():
    attributable = {mark for mark in Provenance if mark.may_be_attributed}
    assert attributable == {Provenance.STATED, Provenance.VERIFIED}
    assert len({mark.sentence for mark in Provenance}) == 4
    assert "not" in Provenance.RECALLED.sentence
    assert "does not come from" in Provenance.OURS.sentence


def test_practices_are_grouped_by_the_earliest_stage_of_the_source():
    groups = SHIPPED.practices_by_stage_group()
    assert list(groups) == list(StageGroup)
    assert [len(members) for members in groups.values()] == [1, 7, 9]
    assert ids(groups[StageGroup.PROCUREMENT_PROCESS]) == [f"RPU{n}" for n in range(2, 9)]


@pytest.mark.parametrize("signal", SHIPPED.signals, ids=lambda signal: signal.id)
def test_every_signal_leads_to_a_practice_and_a_pillar(signal: Signal):
    assert signal.practices
    assert signal.pillars
    assert signal.measures
    assert signal.question.endswith("?")


def test_the_pillars_of_signals_are_those_of_the_specification():
    listed = {id for row in SPECIFIED_PILLARS.values() for id in row.split()}
    for pillar, row in SPECIFIED_PILLARS.items():
        mapped = {s.id for s in SHIPPED.signals if pillar in s.pillars and s.id in listed}
        assert mapped == set(row.split()), pillar


def test_the_map_has_a_line_for_all_twenty_seven_signals():
    lines = SHIPPED.signal_map()
    assert ids(tuple(line.signal for line in lines)) == ids(SHIPPED.signals)
    assert all(line.practices and line.pillars for line in lines)


def test_every_practice_is_reached_by_some_signal():
    reached = {practice.id for line in SHIPPED.signal_map() for practice in line.practices}
    assert reached == set(ids(SHIPPED.practices))


def test_the_signals_a_practice_names_in_the_source_lead_to_it():
    for signal in ("OS2", "OS9", "RS1", "RS2"):
        assert "RPU9" in SHIPPED.signal(signal).practices
    assert "RPU17" in SHIPPED.signal("OS7").practices
    for signal in ("RS13", "RS17"):
        assert "RPU2" in SHIPPED.signal(signal).practices


def test_practices_for_signals_come_once_and_earliest_group_first():
    found = SHIPPED.practices_for_signals(["OS7", "RS13", "RS13"])
    assert list(found) == list(StageGroup)
    assert [ids(members) for members in found.values()] == [
        ["RPU1"],
        ["RPU2", "RPU5"],
        ["RPU12", "RPU15", "RPU17"],
    ]
    assert SHIPPED.practices_for_signals([]) == {}


def test_every_practice_has_a_known_room_and_reading_with_the_date_checked():
    for practice in SHIPPED.practices:
        assert practice.rooms
        assert set(practice.rooms) <= ROOMS
        assert {"pai_guidelines_using", "pai_feedback_form"} <= set(practice.reading)
        assert len(practice.reading) > 2
        for id in practice.reading:
            assert date(2026, 1, 1) <= SHIPPED.source(id).date_checked <= date(2026, 12, 31)


def test_every_dimension_of_the_framework_has_choices():
    sizes = {dimension: len(SHIPPED.choices_of(dimension)) for dimension in Dimension}
    assert sizes == {
        Dimension.FORM_OF_INTEGRATION: 6,
        Dimension.INSTANCE: 11,
        Dimension.TECHNOLOGICAL_ASPECT: 7,
    }


def test_every_source_is_used_except_background_texts_that_are_listed():
    used = {id for practice in SHIPPED.practices for id in practice.reading}
    used |= {id for pillar in SHIPPED.pillars for id in pillar.sources}
    assert set(ids(SHIPPED.sources)) == used


def test_an_unknown_id_is_answered_with_the_closest_one():
    with pytest.raises(UnknownIdError, match=r"no signal 'RS-13'\. Did you mean 'RS13'\?"):
        SHIPPED.signal("RS-13")
    with pytest.raises(UnknownIdError, match=r"no practice 'zzz'\. Use one of: RPU1, RPU2"):
        SHIPPED.practice("zzz")


def test_the_shipped_catalogue_is_read_once_and_equals_a_fresh_reading():
    assert catalogue() is catalogue()
    assert load_catalogue() == catalogue()
    assert re.fullmatch(r"\d{4}\.\d+", SHIPPED.version)


def test_readers_are_told_that_nobody_endorses_this():
    assert "did not write, check or approve" in SHIPPED.edition.notice


@pytest.mark.parametrize("entry", ALL_ENTRIES, ids=lambda entry: entry.id)
def test_no_text_copies_eight_words_in_a_row_from_the_source(entry: Entry):
    known = set(HASHES.read_text(encoding="ascii").split())
    titles_of_works = isinstance(entry, type(SHIPPED.sources[0]))
    for text in own_texts(entry):
        if titles_of_works and text == entry.title:
            continue
        assert not hashed_runs(text) & known, text


def test_the_comparison_with_the_source_would_find_a_copied_sentence():
    copied = "one two three four five six seven eight nine"
    assert len(hashed_runs(copied)) == 2
    assert hashed_runs("Zero. " + copied.upper()) >= hashed_runs(copied)
    assert hashed_runs("the Labour of people who organise at their own site") == hashed_runs(
        "The labor of people who organize at their own site!"
    )
    title = "Framework for Promoting Workforce Well-being in the AI-Integrated Workplace"
    assert hashed_runs(title) & set(HASHES.read_text(encoding="ascii").split())
    assert len(HASHES.read_text(encoding="ascii").split()) == 3494


def reading_grade(text: str) -> float:
    """Automated Readability Index: about the school year that can read the text."""
    words = re.findall(r"[A-Za-z0-9']+", text)
    sentences = max(1, len(re.findall(r"[.?!]", text)))
    letters = sum(len(word) for word in words)
    return 4.71 * letters / len(words) + 0.5 * len(words) / sentences - 21.43


@pytest.mark.parametrize("signal", SHIPPED.signals, ids=lambda signal: signal.id)
def test_a_twelve_year_old_can_read_the_questions(signal: Signal):
    words = [len(text.split()) for text in (signal.question, signal.hint)]
    assert max(words) <= 22
    assert reading_grade(f"{signal.question} {signal.hint}") <= 7.0


@pytest.mark.parametrize("entry", ALL_ENTRIES, ids=lambda entry: entry.id)
def test_explanations_for_everyone_stay_plain(entry: Entry):
    for part in ("summary", "why", "meaning", "help"):
        text = getattr(entry, part, None)
        if text is not None:
            assert reading_grade(text) <= 9.0, text


def test_another_language_has_the_same_ids_marks_and_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said: list[str] = []

    def marked(context: str, sentence: str) -> str:
        said.append(context)
        return f"⟦{sentence}⟧"

    monkeypatch.setattr(language, "_lent", language.Voice(in_context=marked))
    english, other = catalogue(), translated(catalogue())
    assert set(said) == {language.CATALOGUE}
    assert other.signal("RS13").question == f"⟦{english.signal('RS13').question}⟧"
    assert other.signal("RS13").practices == english.signal("RS13").practices
    assert other.source("ungp").title == english.source("ungp").title
    reason = english.choices[0].signals[0].reason
    assert other.choices[0].signals[0].reason == f"⟦{reason}⟧"
    for one, told in zip(english.signals, other.signals, strict=True):
        assert (one.id, one.provenance, one.kind) == (told.id, told.provenance, told.kind)


def test_every_language_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_lent", language.Voice(language=lambda: "xx"))
    assert catalogue() is catalogue()
    assert catalogue() == load_catalogue()
