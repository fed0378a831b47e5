"""The example of a second format: the Dutch algorithm register's publication standard."""

from pathlib import Path

from commonweal.systems.inventory.interpret import interpret
from commonweal.systems.inventory.mapping_file import read_mapping
from commonweal.systems.inventory.reading import read_register

EXAMPLES = Path(__file__).parents[4] / "examples" / "inventory"


def test_the_invented_dutch_sample_is_understood() -> None:
    known = read_mapping(EXAMPLES / "nl-algoritmeregister-1.0.toml")
    uses = list(interpret(read_register(EXAMPLES / "sample-nl.csv"), register_format=known))
    assert [(use.mapped.name, use.mapped.stage) for use in uses] == [
        ("Roosterhulp buitendienst", "in_use"),
        ("Voorselectie van sollicitanten", "procuring"),
        ("Vertaalhulp", "identified"),
        ("Oude meldingenverdeler", "retired"),
    ]
    assert uses[1].mapped.declared_facts[0].fact == "high_risk"
    assert [hint.code for hint in uses[1].mapped.hints] == ["hiring"]
    assert uses[1].mapped.purpose == "Zet brieven van sollicitanten op volgorde."
    assert uses[3].mapped.date_retired == "2022-12"
    problems = [problem for use in uses for problem in use.problems]
    assert [(problem.row, problem.value) for problem in problems] == [
        (4, "voorjaar 2024"),
        (4, "Proef"),
    ]
    assert uses[0].mapped.vendor == "Voorbeeld Software B.V."


def test_the_sample_says_that_it_is_invented() -> None:
    assert "**invented**" in (EXAMPLES / "README.md").read_text(encoding="utf-8")
