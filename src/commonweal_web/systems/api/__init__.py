"""Uses of AI for programs: their files, what is declared, their gates, and whole registers."""

from commonweal_web.systems.api import (
    declared,
    describing,
    endings,
    gates,
    registers,
    uses,
    vendor_links,
)
from commonweal_web.systems.api.routes import router

__all__ = [
    "declared",
    "describing",
    "endings",
    "gates",
    "registers",
    "router",
    "uses",
    "vendor_links",
]
