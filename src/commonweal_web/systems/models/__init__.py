"""AI systems, vendors and uses, with everything that is declared about a use."""

from commonweal_web.systems.models.declarations import (
    Alternative,
    AlternativeSignal,
    Choice,
    Claim,
    Incident,
)
from commonweal_web.systems.models.gates import GateSignature, Override, PaperVote, StageChange
from commonweal_web.systems.models.portfolio import (
    Pack,
    SavedView,
    SetupDismissed,
    Standing,
    UseCopy,
)
from commonweal_web.systems.models.registers import ImportBatch, ImportedRow
from commonweal_web.systems.models.stages import Stage
from commonweal_web.systems.models.uses import AffectedGroup, AiSystem, Use, UseSite, Vendor
from commonweal_web.systems.models.vendor_links import VendorLink, VendorStatement

__all__ = [
    "AffectedGroup",
    "AiSystem",
    "Alternative",
    "AlternativeSignal",
    "Choice",
    "Claim",
    "GateSignature",
    "ImportBatch",
    "ImportedRow",
    "Incident",
    "Override",
    "Pack",
    "PaperVote",
    "SavedView",
    "SetupDismissed",
    "Stage",
    "StageChange",
    "Standing",
    "Use",
    "UseCopy",
    "UseSite",
    "Vendor",
    "VendorLink",
    "VendorStatement",
]
