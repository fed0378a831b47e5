"""Our own rules find what they are for, and leave alone what only looks like it."""

from __future__ import annotations

import pytest

from lint import floats, names, templates, texts, traces, writes

VIEW = "src/commonweal_web/systems/views.py"
DOMAIN = "src/commonweal/disclosure/threshold.py"


@pytest.mark.parametrize(
    "line",
    [
        "use.save()",
        "Use.objects.create(name='x')",
        "Use.objects.filter(pk=1).update(name='x')",
        "use.delete()",
        "Use.objects.bulk_create(rows)",
        "Use.objects.bulk_update(rows, ['name'])",
        "Use.objects.get_or_create(name='x')",
        "Use.objects.update_or_create(name='x')",
        "cursor.execute('DELETE FROM systems_use')",
        "cursor.execute(sql)",
        "act.change(use, name='x')",
        "act.remove(use)",
        "act.create_many(rows)",
        "await use.asave()",
    ],
)
def test_a_write_in_a_view_is_found(line: str) -> None:
    text = f"async def view():\n    {line}\n"
    assert [found.line for found in writes.writes(VIEW, text)] == [2]


@pytest.mark.parametrize(
    "line",
    [
        "context.update({'use': use})",
        "digest.update(data)",
        "cursor.execute('SELECT 1')",
        "fields.remove(name)",
        "Use.objects.filter(name='save')",
        "book.save(path)  # writes no row: a spreadsheet in memory",
    ],
)
def test_what_only_looks_like_a_write_is_left_alone(line: str) -> None:
    assert list(writes.writes(VIEW, line)) == []


@pytest.mark.parametrize(
    "path",
    [
        "src/commonweal_web/systems/actions.py",
        "src/commonweal_web/systems/actions/gates.py",
        "src/commonweal_web/systems/migrations/0001_initial.py",
        "src/commonweal_web/record/action.py",
    ],
)
def test_an_action_may_write(path: str) -> None:
    assert list(writes.writes(path, "use.save()")) == []


def test_the_writer_of_another_room_is_no_place_for_writes() -> None:
    assert list(writes.writes("src/commonweal_web/systems/action.py", "use.save()"))


def test_a_mark_without_a_reason_excuses_nothing() -> None:
    assert list(writes.writes(VIEW, "book.save(path)  # writes no row:"))


@pytest.mark.parametrize("reason", list(writes.WRITERS.values()))
def test_every_place_that_may_write_says_why(reason: str) -> None:
    assert len(reason.split()) >= 3


@pytest.mark.parametrize(
    "line",
    [
        "name = forms.CharField(label='Name')",
        "name = models.CharField(help_text='Say it plainly.')",
        "name = models.CharField(verbose_name='name')",
        "messages.success(request, 'Saved.')",
        "messages.error(request, f'{name} is unknown')",
        "entry = NavigationEntry(title='Uses')",
        "class Kind(models.TextChoices):\n    OPEN = 'open', 'Open'",
    ],
)
def test_text_without_translation_is_found(line: str) -> None:
    assert len(list(texts.untranslated(VIEW, line))) == 1


@pytest.mark.parametrize(
    "line",
    [
        "name = forms.CharField(label=_('Name'))",
        "messages.success(request, _('Saved.'))",
        "empty = forms.ChoiceField(empty_label='—')",
        "logger.error('inventory.refused', 'row')",
        "class Kind(models.TextChoices):\n    OPEN = 'open', _('Open')",
        "entry = Entry(title='Commonweal')",
        "entry = Entry(title='SHA-256')  # untranslated: a name",
    ],
)
def test_translated_or_wordless_text_is_left_alone(line: str) -> None:
    assert list(texts.untranslated(VIEW, line)) == []


@pytest.mark.parametrize(
    "line",
    [
        "<p>Gap</p>",
        "<img alt='A rail of stages'>",
        "<button aria-label='Close'></button>",
        "<p>{% translate 'Gap' %} open</p>",
        "<p>{{ count }} uses</p>",
        "{% include 'button.html' with label='Save' %}",
        "{% block content %}words{% endblock %}",
    ],
)
def test_words_in_a_template_are_found(line: str) -> None:
    found = list(templates.untranslated("t.html", f"<main>\n{line}\n</main>"))
    assert [each.line for each in found] == [2]


@pytest.mark.parametrize(
    "text",
    [
        "<p>{% translate 'Gap' %}</p>",
        "{% blocktranslate count n=n %}\na use\n{% plural %}\nuses\n{% endblocktranslate %}",
        "<p>{{ use.name }} · 12 &nbsp; →</p>",
        "<script>let a = 'word'</script>",
        "<code>commonweal record verify</code>",
        "{# a note to the reader of this file #}<p></p>",
        "{% comment %}\nwords\n{% endcomment %}",
        "<b>Commonweal</b>",
        "{# untranslated: a code that people compare #}\n<b>SHA</b>",
        "{% include 'button.html' with label=_('Save') kind='plain' %}",
        "{% block page_width %}narrow{% endblock %}",
        "<img alt='{% translate \"Stages\" %}' class='rail'>",
    ],
)
def test_translated_or_silent_template_text_is_left_alone(text: str) -> None:
    assert list(templates.untranslated("t.html", text)) == []


def test_a_finding_after_a_long_translated_block_keeps_its_line() -> None:
    text = "{% blocktranslate %}\na\nb\n{% endblocktranslate %}\n<p>Gap</p>\n"
    assert [each.line for each in templates.untranslated("t.html", text)] == [5]


@pytest.mark.parametrize("name", sorted(names.EMPTY_NAMES))
def test_a_name_that_says_nothing_is_found_as_file_and_as_folder(name: str) -> None:
    for path in (f"src/commonweal_web/systems/{name}.py", f"src/commonweal/{name}/rules.py"):
        assert list(names.empty_names(path))


def test_a_name_that_only_contains_an_empty_one_is_left_alone() -> None:
    assert list(names.empty_names("src/commonweal/database/basement.py")) == []


@pytest.mark.parametrize("line", ["share = 0.5", "share = float(part)", "if share > 1e-3: pass"])
def test_a_binary_fraction_in_the_domain_is_found(line: str) -> None:
    assert len(list(floats.floats(DOMAIN, line))) == 1


@pytest.mark.parametrize("line", ["share = Fraction(1, 2)", "hint: float", "n = 5"])
def test_exact_arithmetic_is_left_alone(line: str) -> None:
    assert list(floats.floats(DOMAIN, line)) == []


@pytest.mark.parametrize("part", sorted(floats.EXEMPT))
def test_where_nothing_is_decided_binary_fractions_may_be(part: str) -> None:
    assert list(floats.floats(f"src/commonweal/{part}model.py", "share = 0.5")) == []


@pytest.mark.parametrize(
    "pieces",
    [
        ("see https://", "pypi", ".org/project/x"),
        ("files.", "pythonhosted", ".org"),
        ("https://", "registry", ".npmjs.org/x"),
        ("data = '/", "root", "/checkout/data'"),
        ("cd /", "tmp", "/x"),
        ("/", "home", "/someone/x"),
        ("file:///", "opt", "/wheels"),
        ("cp .", "./sha", "red/data.csv ."),
    ],
)
def test_a_trace_of_a_machine_is_found(pieces: tuple[str, ...]) -> None:
    assert len(list(traces.traces("README.md", "".join(pieces)))) == 1


@pytest.mark.parametrize(
    "line",
    [
        "http://127.0.0.1:8000/desk/work/",
        "extra_work/room.py",
        "cp ./shared/data.csv .",
        "/usr/lib/postgresql/15/bin",
        "the root/branch",
    ],
)
def test_what_every_machine_has_is_left_alone(line: str) -> None:
    assert list(traces.traces("README.md", line)) == []
