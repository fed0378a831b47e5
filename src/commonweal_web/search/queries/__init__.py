"""Reads of the search."""

from commonweal_web.search.queries.agreement import Agreement, agreements, index_findings
from commonweal_web.search.queries.asking import LONGEST
from commonweal_web.search.queries.finding import Find, Found, Group, KnownHit, found, overview
from commonweal_web.search.queries.offered import kinds, sources
from commonweal_web.search.queries.statements import MOST

__all__ = [
    "LONGEST",
    "MOST",
    "Agreement",
    "Find",
    "Found",
    "Group",
    "KnownHit",
    "agreements",
    "found",
    "index_findings",
    "kinds",
    "overview",
    "sources",
]
