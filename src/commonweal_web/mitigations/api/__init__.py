"""Risks for programs: in the order in which to look at them, with what is done about each."""

from commonweal_web.mitigations.api import answers, decisions, risks, rules
from commonweal_web.mitigations.api.routes import router

__all__ = ["answers", "decisions", "risks", "router", "rules"]
