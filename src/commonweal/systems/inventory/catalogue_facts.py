"""Which declared facts of the catalogue a statement in a register amounts to."""

from __future__ import annotations

from collections.abc import Iterable

# statement of a register format -> (facts it declares true, facts it declares untrue)
DECLARES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "affects_rights": (("rights_impacting",), ()),
    "affects_safety": (("safety_impacting",), ()),
    "neither_rights_nor_safety": ((), ("rights_impacting", "safety_impacting")),
    "acts_alone": (("decides_without_person",), ()),
    "person_decides": ((), ("decides_without_person",)),
}


def facts_declared_by(statements: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The catalogue's facts that statements declare true and untrue.

    A register that says both of one fact declares neither: a person must settle it.
    """
    found = [DECLARES[each] for each in statements if each in DECLARES]
    yes = {fact for true, _ in found for fact in true}
    no = {fact for _, untrue in found for fact in untrue}
    return frozenset(yes - no), frozenset(no - yes)
