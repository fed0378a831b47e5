"""The severity rules: those that come with Commonweal, and an organisation's own versions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from uuid import UUID

from commonweal.mitigations.severity_rules import (
    SeverityRules,
    default_severity_rules,
    load_severity_rules,
)
from commonweal_web.house.refusals import NotHere
from commonweal_web.mitigations.models import RuleFile
from commonweal_web.organisations.models import Organisation

FILE_NAME = "severity.toml"


@dataclass(frozen=True, slots=True)
class RulesInForce:
    """The rules that count today; `file` is None for those that come with Commonweal."""

    rules: SeverityRules
    file: RuleFile | None

    @property
    def version(self) -> str:
        """The version that judgements made by these rules name."""
        return self.rules.version


def rules_in_force(organisation: Organisation | UUID) -> RulesInForce:
    """The latest version that both sides signed, or the rules that come with Commonweal."""
    signed = RuleFile.objects.of(organisation).filter(in_force_since__isnull=False)
    file = signed.order_by("-in_force_since", "-proposed_at").first()
    return RulesInForce(rules_of(file), file)


def rules_of(file: RuleFile | None) -> SeverityRules:
    """The rules of one version, read; None means those that come with Commonweal."""
    return default_severity_rules() if file is None else _read(file.text)


@lru_cache(maxsize=64)
def _read(text: str) -> SeverityRules:
    return load_severity_rules(text, file=FILE_NAME)


def shipped_text() -> str:
    """The rule file that comes with Commonweal, to copy and edit."""
    return (files("commonweal.mitigations.rules") / FILE_NAME).read_text(encoding="utf-8")


def rule_files_of(organisation: Organisation, *, limit: int = 100) -> list[RuleFile]:
    """The organisation's own versions, latest first, with their signatures."""
    rows = RuleFile.objects.of(organisation).prefetch_related("signatures__account")
    return list(rows[:limit])


def rule_file_of(organisation: Organisation, *, pk: UUID | str) -> RuleFile:
    """One version. Raises `NotHere`."""
    rows = RuleFile.objects.of(organisation).prefetch_related("signatures__account")
    found: RuleFile | None = rows.filter(pk=pk).first()
    if found is None:
        raise NotHere("not_found", "There is no such version of the rules here.")
    return found
