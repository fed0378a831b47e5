"""An organisation's own severity rules: put forward by one side, in force once both signed."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from commonweal.mitigations.rule_reading import RuleFileError
from commonweal.mitigations.severity_rules import (
    SeverityRules,
    default_severity_rules,
    load_severity_rules,
)
from commonweal_web.house.refusals import Conflict, NotAllowed, Refused
from commonweal_web.mitigations.actions.settling import must_say, person_id, side_of
from commonweal_web.mitigations.models import RuleFile, RuleSignature
from commonweal_web.mitigations.permissions import ADOPT_RULES
from commonweal_web.mitigations.queries.rules import FILE_NAME
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.action import Act, action
from commonweal_web.record.actor import Actor

LARGEST = 100_000


def adopt_severity_rules(
    *, organisation: Organisation, by: Actor, at: datetime, text: str, reason: str
) -> RuleFile:
    """Put forward a new version; it counts for judgements made after the other side signs too.

    Risks keep the version they were judged by until they are judged again.
    """
    kind = "mitigations.adopt_severity_rules"
    with action(kind, organisation=organisation, by=by, at=at) as act:
        act.may(ADOPT_RULES)
        rules = _read(text)
        because = must_say(reason, where="reason", message=_("Write why the rules change."))
        known = RuleFile.objects.of(organisation).filter(version=rules.version).exists()
        if known or rules.version == default_severity_rules().version:
            raise Conflict(
                "version_known",
                _("Version %(version)s exists already. Raise `version` in the file.")
                % {"version": rules.version},
                where="text",
            )
        file = act.create(
            RuleFile(
                organisation=organisation,
                version=rules.version,
                text=text,
                reason=because,
                proposed_at=at,
            )
        )
        return _sign(act, file=file)


def sign_severity_rules(
    *, organisation: Organisation, by: Actor, at: datetime, file: RuleFile
) -> RuleFile:
    """Agree to a version that the other side put forward."""
    with action("mitigations.sign_severity_rules", organisation=organisation, by=by, at=at) as act:
        act.may(ADOPT_RULES)
        file = act.lock(RuleFile, file.pk)
        if file.in_force_since is not None:
            raise Conflict("in_force", _("Both sides have signed this version."))
        if file.signatures.filter(side=side_of(act)).exists():
            raise NotAllowed(
                "side_signed", _("Your side has signed. The other side has to agree too.")
            )
        return _sign(act, file=file)


def _sign(act: Act, *, file: RuleFile) -> RuleFile:
    act.create(
        RuleSignature(
            organisation=act.organisation,
            rules=file,
            side=side_of(act),
            account_id=person_id(act),
            at=act.at,
        )
    )
    signed = set(file.signatures.values_list("side", flat=True))
    if signed >= {"workers", "management"}:
        act.change(file, in_force_since=act.at)
    return file


def _read(text: str) -> SeverityRules:
    if len(text) > LARGEST:
        raise Refused(
            "too_long", _("The file is too long. Keep it under 100,000 signs."), where="text"
        )
    try:
        rules = load_severity_rules(text, file=FILE_NAME)
    except (RuleFileError, ValueError) as error:
        raise Refused("rules_faulty", str(error), where="text") from error
    if len(rules.version) > 40:
        raise Refused("version_long", _("Shorten `version` to 40 signs."), where="text")
    return rules
