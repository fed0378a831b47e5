"""Commitment versions, who was consulted, duties that were met, and published pages."""

from commonweal_web.disclosure.models.commitments import CommitmentVersion, ConsultedParty
from commonweal_web.disclosure.models.duties import DutyMet, KnownSince
from commonweal_web.disclosure.models.pages import PublishedPage

__all__ = ["CommitmentVersion", "ConsultedParty", "DutyMet", "KnownSince", "PublishedPage"]
