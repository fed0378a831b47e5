"""The catalogue of practices, signals, pillars and words, as data with its origins."""

from commonweal.practices.contents import Catalogue, Edition, SignalPath
from commonweal.practices.entries import (
    ClassificationChoice,
    DeclaredFact,
    Dimension,
    Entry,
    LikelySignal,
    Pillar,
    Practice,
    Signal,
    SignalKind,
    Source,
    StageGroup,
    Stakeholder,
    Term,
)
from commonweal.practices.faults import CatalogueError, UnknownIdError
from commonweal.practices.loading import catalogue, load_catalogue
from commonweal.practices.provenance import Provenance

__all__ = [
    "Catalogue",
    "CatalogueError",
    "ClassificationChoice",
    "DeclaredFact",
    "Dimension",
    "Edition",
    "Entry",
    "LikelySignal",
    "Pillar",
    "Practice",
    "Provenance",
    "Signal",
    "SignalKind",
    "SignalPath",
    "Source",
    "StageGroup",
    "Stakeholder",
    "Term",
    "UnknownIdError",
    "catalogue",
    "load_catalogue",
]
