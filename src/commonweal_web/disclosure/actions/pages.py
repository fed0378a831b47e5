"""Publishing: each page only ever as a new version; nothing is edited, nothing is deleted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from commonweal.disclosure.lines import difference
from commonweal_web.disclosure.actions.duties import note_duties
from commonweal_web.disclosure.models import PublishedPage
from commonweal_web.disclosure.permissions import PUBLISH
from commonweal_web.disclosure.queries.commitments import commitment_in_force
from commonweal_web.disclosure.queries.duties import standing_duties
from commonweal_web.disclosure.queries.pages import (
    document,
    latest_page,
    organisation_payload,
    page_id,
    use_payload,
)
from commonweal_web.house.refusals import Conflict, Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.queries import operator
from commonweal_web.record.action import Act, action
from commonweal_web.record.actions import sign_what_was_published
from commonweal_web.record.actor import Actor
from commonweal_web.systems.queries import use_of

if TYPE_CHECKING:
    from commonweal_web.systems.models import Use


@dataclass(frozen=True, slots=True)
class Published:
    """The newest version of a page, and whether it was made now; else nothing had changed."""

    page: PublishedPage
    is_new: bool


def publish_use_page(
    *, organisation: Organisation, by: Actor, at: datetime, use: Use
) -> Published:
    """Publish what is true of a use now, as its next version; nothing when nothing changed.

    Every standing duty of the use counts as disclosed from then on.
    """
    with action("disclosure.publish_use_page", organisation=organisation, by=by, at=at) as act:
        act.may(PUBLISH)
        act.lock(Organisation, organisation.pk)
        if commitment_in_force(organisation, on=act.at.date()) is None:
            raise Refused(
                "commitment_missing",
                _("No commitment is in force. Write it first: the page says what it promises."),
            )
        note_duties(organisation=organisation, by=operator(), at=at)
        fresh = use_of(organisation, pk=use.pk)
        _mark_disclosed(act, use=fresh)
        published = _next_version(act, use=fresh, payload=use_payload(fresh, at=act.at))
        if published.is_new:
            publish_own_page(act)
            act.after_commit(partial(sign_what_was_published, organisation=organisation, at=at))
        return published


def _mark_disclosed(act: Act, *, use: Use) -> None:
    for duty in standing_duties(act.organisation, uses=[use], undisclosed_only=True):
        act.change(duty, disclosed_on=act.at.date())


def publish_organisation_page(*, organisation: Organisation, by: Actor, at: datetime) -> Published:
    """Publish the organisation's own page as its next version; nothing when nothing changed."""
    with action(
        "disclosure.publish_organisation_page", organisation=organisation, by=by, at=at
    ) as act:
        act.may(PUBLISH)
        act.lock(Organisation, organisation.pk)
        return publish_own_page(act)


def publish_own_page(act: Act) -> Published:
    """The organisation's page as it follows from its commitment and its pages of uses."""
    payload = organisation_payload(act.organisation, on=act.at.date())
    return _next_version(act, use=None, payload=payload)


def withdraw_use_page(
    *, organisation: Organisation, by: Actor, at: datetime, use: Use, reason: str
) -> PublishedPage:
    """Withdraw the page of a use by a last version that says why; all versions stay readable.

    Refused while a threshold is met: what was promised stays public.
    """
    with action("disclosure.withdraw_use_page", organisation=organisation, by=by, at=at) as act:
        act.may(PUBLISH)
        act.lock(Organisation, organisation.pk)
        latest = latest_page(organisation, use=use)
        if latest is None or latest.is_withdrawn:
            raise Conflict("nothing_public", _("No page of this use stands in public."))
        if not reason.strip():
            raise Refused("reason_missing", _("Write why: the public reads it."), where="reason")
        note_duties(organisation=organisation, by=operator(), at=at)
        if standing_duties(organisation, uses=[use]):
            raise Refused(
                "threshold_met",
                _("A threshold is met, so this page stays public. Publish a new version instead."),
            )
        payload = {**latest.payload, "lines": [], "facts": [], "withdrawn": reason}
        withdrawn = _next_version(act, use=use, payload=payload)
        publish_own_page(act)
        return withdrawn.page


def _next_version(act: Act, *, use: Use | None, payload: dict[str, Any]) -> Published:
    latest = latest_page(act.organisation, use=use)
    if latest is not None and not difference(latest.payload, payload):
        return Published(latest, is_new=False)
    number = latest.number + 1 if latest else 1
    published = document(
        slug=act.organisation.slug,
        use=str(use.pk) if use else "",
        number=number,
        published_at=act.at,
        payload=payload,
    )
    page = PublishedPage(
        id=page_id(published),
        organisation=act.organisation,
        use=use,
        number=number,
        payload=payload,
        published_at=act.at,
    )
    return Published(act.create(page), is_new=True)
