"""Writes of the commitment, of duties as they come into being, and of published pages."""

from commonweal_web.disclosure.actions.commitments import (
    adopt_commitment,
    consult_party,
    decline_commitment,
    sign_commitment,
    withdraw_proposal,
)
from commonweal_web.disclosure.actions.duties import note_duties, note_known, note_where_due
from commonweal_web.disclosure.actions.pages import (
    Published,
    publish_organisation_page,
    publish_use_page,
    withdraw_use_page,
)

__all__ = [
    "Published",
    "adopt_commitment",
    "consult_party",
    "decline_commitment",
    "note_duties",
    "note_known",
    "note_where_due",
    "publish_organisation_page",
    "publish_use_page",
    "sign_commitment",
    "withdraw_proposal",
    "withdraw_use_page",
]
