"""Every text is taken out for translators, each fault is found, and nothing is missing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

import texts
from wording.extracting import KEYWORDS, Text, from_names, from_python, from_template
from wording.faults import faults_of
from wording.files import Texts, as_compiled, as_text, is_translated, merged, read

ROOT = Path(__file__).resolve().parents[2]


def found(source: str) -> list[tuple[str, str, str]]:
    return [(each.context, each.one, each.many) for each in from_python(source, where="a.py")]


def test_every_way_to_say_a_text_in_python_is_found() -> None:
    assert found('_("One " "text.")') == [("", "One text.", "")]
    assert found('ngettext("%(count)s day", "%(count)s days", count)') == [
        ("", "%(count)s day", "%(count)s days")
    ]
    assert found('pgettext("verb", "use")') == [("verb", "use", "")]
    assert found('A = marked("Later.")\nB = kept("Stored.")') == [
        ("", "Later.", ""),
        ("", "Stored.", ""),
    ]
    assert found("_(name); pgettext(CATALOGUE, text)") == []


def test_every_way_to_say_a_text_in_a_template_is_found() -> None:
    template = """{% load i18n %}<p>Not ( this "one {% translate "A word" as word %}
      {% blocktranslate count days=days trimmed %}
        {{ days }} day{% plural %}{{ days }} days{% endblocktranslate %}
   </p> {% blocktranslate with name=use.name %}For {{ name }}{% endblocktranslate %}
      {% cell _("Named") %} {% translate "use" context "verb" %}"""
    assert [
        (each.context, each.one, each.many) for each in from_template(template, where="a.html")
    ] == [
        ("", "A word", ""),
        ("", "%(days)s day", "%(days)s days"),
        ("", "For %(name)s", ""),
        ("", "Named", ""),
        ("verb", "use", ""),
    ]


def test_the_names_of_steps_and_rows_on_the_record_are_texts() -> None:
    source = 'with action("systems.sign_gate", by=by): ...'
    where = "src/commonweal_web/systems/actions/gates.py"
    assert [each.one for each in from_names(source, where=where)] == ["sign gate"]
    where = "src/commonweal_web/systems/models/uses.py"
    assert [each.one for each in from_names("class GateSignature(Owned): ...", where=where)] == [
        "gate signature"
    ]


def test_a_translation_is_imported_only_under_names_that_are_looked_for() -> None:
    used = set()
    for path in (ROOT / "src").rglob("*.py"):
        used |= set(
            re.findall(r"gettext(?:_lazy|_noop)? as (\w+)", path.read_text(encoding="utf-8"))
        )
    assert used <= set(KEYWORDS)


def german(**said: str) -> Catalog:
    catalogue = Texts(locale="de", fuzzy=False)
    for english, translation in said.items():
        catalogue.add(english, string=translation)
    return catalogue


def test_translations_stay_and_what_is_gone_is_kept_aside_for_its_return() -> None:
    old = german(Risk="Risiko", Gate="Freigabe")
    without = merged([Text("Risk")], old=old, language="de")
    assert without["Risk"].string == "Risiko"
    assert b'#~ msgid "Gate"' in as_text(without)
    again = merged([Text("Risk"), Text("Gate")], old=without, language="de")
    assert again["Gate"].string == "Freigabe"
    assert not again.obsolete


def test_a_changed_text_begins_anew_and_a_fuzzy_one_counts_as_none() -> None:
    old = german(Risk="Risiko")
    old["Risk"].flags.add("fuzzy")
    after = merged([Text("Risk"), Text("Risks")], old=old, language="de")
    assert not is_translated(after["Risk"])
    assert not is_translated(after["Risks"])


def test_files_say_nothing_that_changes_by_itself(tmp_path: Path) -> None:
    catalogue = merged([Text("Risk", places=("b.py", "a.py"))], old=german(), language="de")
    path = tmp_path / "django.po"
    path.write_bytes(as_text(catalogue))
    assert re.search(rb"20\d\d|Babel", path.read_bytes()) is None
    again = merged(
        [Text("Risk", places=("b.py", "a.py"))], old=read(path, language="de"), language="de"
    )
    assert (as_text(again), as_compiled(again)) == (as_text(catalogue), as_compiled(catalogue))


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (Message("Risk", ""), "is not translated"),
        (Message("Risk", "Risiko", flags=["fuzzy"]), "marked fuzzy"),
        (Message(("a day", "days"), ("ein Tag", "")), "lacks a form"),
        (Message("On %(day)s", "Am %(tag)s"), "other placeholders"),
        (Message("On %(day)s", "Am"), "other placeholders"),
        (Message(("%(n)s day", "%(n)s days"), ("ein Tag", "Tage")), "other placeholders"),
        (Message("%(share)s %%", "%(share)s %"), "other placeholders"),
        (Message("Ends with ", "Endet mit"), "other blanks"),
        (Message("%(share)s %%", "%(share)s %% von 10 % mehr"), "a lone %"),
        (Message("%(share)s %%", "%(share)s %%% mehr"), "a lone %"),
    ],
)
def test_each_kind_of_fault_is_found(message: Message, words: str) -> None:
    assert any(words in fault for fault in faults_of(message))


@pytest.mark.parametrize(
    "message",
    [
        Message("On %(day)s for %(who)s", "Für %(who)s am %(day)s"),
        Message(("%(n)s day", "%(n)s days"), ("ein Tag", "%(n)s Tage")),
        Message(("One day", "%(n)s days"), ("Ein Tag", "%(n)s Tage")),
        Message("Over %(share)s %% of %(year)s.", "Über %(share)s %% von %(year)s."),
        Message("%(share)s%%", "%(share)s %%"),
        Message("%%(share)s is %(share)s", "%%(share)s ist %(share)s"),
    ],
)
def test_a_good_translation_is_left_alone(message: Message) -> None:
    assert list(faults_of(message)) == []


def test_the_files_of_translations_are_what_the_code_gives() -> None:
    assert texts.check(ROOT) == 0, "run `make texts`"
