"""What a register says becomes what the catalogue calls a declared fact."""

from commonweal.practices import catalogue
from commonweal.systems.inventory.catalogue_facts import DECLARES, facts_declared_by


def test_every_fact_is_in_the_catalogue() -> None:
    named = {fact for both in DECLARES.values() for facts in both for fact in facts}
    assert named <= {fact.id for fact in catalogue().facts}


def test_a_register_that_contradicts_itself_declares_neither() -> None:
    yes, no = facts_declared_by(["acts_alone", "person_decides", "affects_rights"])
    assert (yes, no) == ({"rights_impacting"}, frozenset())


def test_an_unknown_statement_declares_nothing() -> None:
    assert facts_declared_by(["public_information"]) == (frozenset(), frozenset())
