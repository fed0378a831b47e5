"""Writing the commitment, asking outside parties, and the worker side's signature."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from commonweal.disclosure.commitment import CommitmentError, ThresholdKind
from commonweal.shared.source import SourceError
from commonweal_web.disclosure.actions.duties import note_duties
from commonweal_web.disclosure.actions.pages import publish_own_page
from commonweal_web.disclosure.models import CommitmentVersion, ConsultedParty
from commonweal_web.disclosure.permissions import (
    ADOPT_COMMITMENT,
    CONSULT_PARTY,
    SIGN_COMMITMENT,
)
from commonweal_web.disclosure.queries.commitments import (
    consulted_parties,
    consulted_payload,
    proposal_open,
    published_versions,
)
from commonweal_web.disclosure.thresholds import commitment_value, loosened
from commonweal_web.house.refusals import Conflict, Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.queries import operator
from commonweal_web.record.action import Act, action
from commonweal_web.record.actor import Actor

Thresholds = Sequence[Mapping[str, Any]]
State = CommitmentVersion.State
COST = ThresholdKind.COST_OR_REVENUE.value


def consult_party(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    name: str,
    consulted_on: date,
    said: str,
) -> ConsultedParty:
    """Note that somebody outside was asked about the commitment, and what they said."""
    with action("disclosure.consult_party", organisation=organisation, by=by, at=at) as act:
        act.may(CONSULT_PARTY)
        if consulted_on > at.date():
            raise Refused("day_ahead", _("That day lies in the future."), where="consulted_on")
        return act.create(
            ConsultedParty(
                organisation=organisation, name=name, consulted_on=consulted_on, said=said
            )
        )


def adopt_commitment(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    text: str,
    thresholds: Thresholds,
    why: str,
    readers: Sequence[str],
    in_force_from: date,
    next_review: date,
    source_of_share: str = "",
) -> CommitmentVersion:
    """Publish a version of the commitment; one that loosens a threshold waits as a proposal.

    Gains are counted from the first commitment's day, whatever a later version says.
    """
    with action("disclosure.adopt_commitment", organisation=organisation, by=by, at=at) as act:
        act.may(ADOPT_COMMITMENT)
        act.lock(Organisation, organisation.pk)
        if proposal_open(organisation) is not None:
            raise Conflict(
                "proposal_open",
                _("A version waits for the workers’ side. Wait for the answer or take it back."),
            )
        earlier = published_versions(organisation)
        _check_days(act, earlier, in_force_from=in_force_from, next_review=next_review)
        first_day = earlier[-1].in_force_from if earlier else in_force_from
        version = CommitmentVersion(
            organisation=organisation,
            text=text,
            thresholds=[
                _counted(each, first_day=first_day, next_review=next_review) for each in thresholds
            ],
            why=why,
            readers=list(readers),
            consulted=consulted_payload(consulted_parties(organisation)),
            source_of_share=source_of_share,
            next_review=next_review,
            in_force_from=in_force_from,
            proposed_at=act.at,
        )
        _check_value(version)
        version.loosens = (
            list(loosened(earlier[0].thresholds, version.thresholds)) if earlier else []
        )
        _refuse_same(version, earlier=earlier)
        if not version.loosens:
            _publish(version, earlier=earlier, at=act.at)
        act.create(version)
        if version.number is not None:
            _settle(act)
        return version


def _counted(stored: Mapping[str, Any], *, first_day: date, next_review: date) -> dict[str, Any]:
    """The threshold on costs and revenue carries its first day and its next review."""
    if stored.get("kind") != COST:
        return dict(stored)
    return {
        **stored,
        "counting_from": first_day.isoformat(),
        "next_review": next_review.isoformat(),
    }


def _check_days(
    act: Act,
    earlier: Sequence[CommitmentVersion],
    *,
    in_force_from: date,
    next_review: date,
) -> None:
    today = act.at.date()
    if in_force_from < max(today, earlier[0].in_force_from if earlier else today):
        raise Refused(
            "day_past",
            _("Choose today or a later day, not before the version that holds now."),
            where="in_force_from",
        )
    if next_review <= in_force_from:
        raise Refused(
            "review_day", _("Choose a day after the commitment begins."), where="next_review"
        )


def _check_value(version: CommitmentVersion) -> None:
    try:
        commitment_value(
            version="",
            in_force_from=version.in_force_from,
            thresholds=version.thresholds,
            why=version.why,
            consulted=version.consulted,
            readers=version.readers,
        )
    except (CommitmentError, SourceError) as error:
        raise Refused("commitment_refused", str(error), where="thresholds") from error
    except (KeyError, TypeError, ValueError) as error:
        raise Refused(
            "threshold_unreadable",
            _("A threshold cannot be read (%(fault)s). Give each one its kind and its mark.")
            % {"fault": error},
            where="thresholds",
        ) from error


_SAME = ("text", "thresholds", "why", "readers", "consulted", "source_of_share", "next_review")


def _refuse_same(version: CommitmentVersion, *, earlier: Sequence[CommitmentVersion]) -> None:
    if earlier and all(getattr(version, name) == getattr(earlier[0], name) for name in _SAME):
        raise Refused("nothing_changed", _("This is the version that stands already."))


def _publish(
    version: CommitmentVersion, *, earlier: Sequence[CommitmentVersion], at: datetime
) -> None:
    version.number = (earlier[0].number or 0) + 1 if earlier else 1
    version.state, version.published_at = State.PUBLISHED, at


def _settle(act: Act) -> None:
    """Evaluate against the new commitment, and say so on the organisation's page."""
    note_duties(organisation=act.organisation, by=operator(), at=act.at)
    publish_own_page(act)


def sign_commitment(
    *, organisation: Organisation, by: Actor, at: datetime, version: CommitmentVersion
) -> CommitmentVersion:
    """The worker side signs a looser version; it is published and holds from its day or today."""
    with action("disclosure.sign_commitment", organisation=organisation, by=by, at=at) as act:
        act.may(SIGN_COMMITMENT)
        fresh = _open_proposal(act, version=version)
        earlier = published_versions(organisation)
        signed = act.change(
            fresh,
            state=State.PUBLISHED,
            number=(earlier[0].number or 0) + 1 if earlier else 1,
            published_at=act.at,
            in_force_from=max(fresh.in_force_from, act.at.date()),
            answered_by_role=act.role,
        )
        _settle(act)
        return signed


def decline_commitment(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    version: CommitmentVersion,
    reason: str,
) -> CommitmentVersion:
    """The worker side declines a looser version, with the reason; what held still holds."""
    with action("disclosure.decline_commitment", organisation=organisation, by=by, at=at) as act:
        act.may(SIGN_COMMITMENT)
        fresh = _open_proposal(act, version=version)
        if not reason.strip():
            raise Refused("reason_missing", _("Write why."), where="reason")
        return act.change(fresh, state=State.DECLINED, answered_by_role=act.role, answer=reason)


def withdraw_proposal(
    *, organisation: Organisation, by: Actor, at: datetime, version: CommitmentVersion
) -> CommitmentVersion:
    """Take a looser version back before it was signed; the record keeps it."""
    with action("disclosure.withdraw_proposal", organisation=organisation, by=by, at=at) as act:
        act.may(ADOPT_COMMITMENT)
        fresh = _open_proposal(act, version=version)
        return act.change(fresh, state=State.WITHDRAWN, answered_by_role=act.role)


def _open_proposal(act: Act, *, version: CommitmentVersion) -> CommitmentVersion:
    act.lock(Organisation, act.organisation.pk)
    fresh = act.lock(CommitmentVersion, version.pk)
    if not fresh.is_open:
        raise Conflict("not_open", _("This version was answered already. Look at it again."))
    return fresh
