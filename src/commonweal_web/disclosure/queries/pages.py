"""Published pages: what a page would say now, its versions, and its name on the record."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Max
from django.utils.translation import gettext as _

from commonweal.disclosure.duties import undisclosed_days
from commonweal.disclosure.lines import DisclosedLine
from commonweal.record import canonical_json
from commonweal_web.disclosure.models import CommitmentVersion, DutyMet, PublishedPage
from commonweal_web.disclosure.queries.commitments import commitment_in_force
from commonweal_web.disclosure.queries.duties import standing_duties
from commonweal_web.disclosure.queries.risks import RiskForPublic, present_risks
from commonweal_web.disclosure.thresholds import READERS
from commonweal_web.house.declaration import PublicFact
from commonweal_web.house.refusals import NotHere
from commonweal_web.house.rooms import rooms
from commonweal_web.house.texts import in_english
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.queries import latest_leaves

if TYPE_CHECKING:
    from commonweal_web.systems.models import Use

Payload = dict[str, Any]
MOST = 2000


def public_facts(use: Use, *, at: datetime) -> list[PublicFact]:
    """What every room offers to the public page of a use, in order."""
    found = [fact for room in rooms() for offer in room.public_facts for fact in offer(use, at=at)]
    return sorted(found, key=lambda fact: (fact.order, fact.key))


def line_payload(duty: DutyMet, *, risk: RiskForPublic, today: date) -> Payload:
    """A disclosed risk with for whom, what is done, why it is public and since when."""
    published = duty.disclosed_on or today
    days = undisclosed_days(met_since=duty.since, published_at=published, today=today)
    line = DisclosedLine(
        risk=risk.id,
        signal=risk.signal,
        title=risk.title,
        groups=risk.groups,
        mitigations=risk.mitigations,
        since=duty.since,
        days_undisclosed=days,
    )
    return {
        **line.payload(),
        "published_on": published.isoformat(),
        "reasons": list(duty.reasons),
    }


def lines_of(
    duties: Iterable[DutyMet], *, risks: Mapping[str, RiskForPublic], today: date
) -> list[Payload]:
    """The lines of a page, earliest duty first."""
    return [
        line_payload(duty, risk=risks[duty.risk], today=today)
        for duty in duties
        if duty.risk in risks
    ]


def use_payload(use: Use, *, at: datetime) -> Payload:
    """What the public page of a use would say if it were published at this moment.

    Our own words in it are English, whoever publishes: pages translate them for their readers.
    """
    with in_english():
        return _use_payload(use, at=at)


def _use_payload(use: Use, *, at: datetime) -> Payload:
    today = at.date()
    organisation = use.organisation
    commitment = commitment_in_force(organisation, on=today)
    risks = {each.id: each for each in present_risks(organisation, on=today) if each.use == use.pk}
    return _plain(
        {
            "use": _about(use),
            "readers": list(commitment.readers if commitment else READERS),
            "commitment": _pledge(commitment),
            "lines": lines_of(standing_duties(organisation, uses=[use]), risks=risks, today=today),
            "facts": [_fact(each) for each in public_facts(use, at=at)],
            "withdrawn": "",
        }
    )


def _plain(payload: Payload) -> Payload:
    """The payload as it comes back from the database, so that two versions can be compared."""
    plain: Payload = json.loads(json.dumps(payload, cls=DjangoJSONEncoder))
    return plain


def _about(use: Use) -> Payload:
    vendor = use.system.vendor
    return {
        "name": use.name,
        "purpose": use.purpose,
        "outputs": use.outputs,
        "part_of_organisation": use.unit,
        "system": use.system.name,
        "vendor": vendor.name if vendor else "",
        "stage": use.stage,
        "stage_since": use.stage_since.isoformat(),
    }


def _pledge(commitment: CommitmentVersion | None) -> Payload:
    if commitment is None:
        return {}
    return {
        "version": commitment.number,
        "in_force_from": commitment.in_force_from.isoformat(),
        "thresholds": list(commitment.thresholds),
        "consulted": [each["name"] for each in commitment.consulted],
    }


def _fact(fact: PublicFact) -> Payload:
    return {
        "id": fact.key,
        "title": str(fact.title),
        "template": fact.template,
        "data": dict(fact.data),
    }


def organisation_payload(organisation: Organisation, *, on: date) -> Payload:
    """What the organisation's own page would say: its promise and the uses it disclosed."""
    commitment = commitment_in_force(organisation, on=on)
    pages = latest_use_pages(organisation)
    return _plain(
        {
            "organisation": organisation.name,
            "readers": list(commitment.readers if commitment else READERS),
            "promise": commitment.text if commitment else "",
            "commitment": _pledge(commitment),
            "uses": [_listed(page) for page in pages if not page.is_withdrawn],
            "withdrawn": "",
        }
    )


def _listed(page: PublishedPage) -> Payload:
    return {
        "id": str(page.use_id),
        "name": page.payload["use"]["name"],
        "version": page.number,
        "published_on": page.published_at.date().isoformat(),
        "risks": [line["title"] for line in page.payload["lines"]],
    }


def latest_use_pages(
    organisation: Organisation | UUID, *, uses: Sequence[Use] | None = None
) -> list[PublishedPage]:
    """The newest version of each use's page, by the name of the use."""
    rows = PublishedPage.objects.of(organisation).filter(use__isnull=False)
    if uses is not None:
        rows = rows.filter(use__in=list(uses))
    newest = rows.order_by().values("use_id").annotate(newest=Max("number"))
    numbers = {each["use_id"]: each["newest"] for each in newest[:MOST]}
    found = rows.filter(use__in=numbers).select_related("use")
    latest = [page for page in found if numbers[page.use_id] == page.number]
    return sorted(latest, key=lambda page: (page.payload["use"]["name"], str(page.use_id)))


def pages_of(
    organisation: Organisation, *, use: Use | UUID | None, limit: int = 500
) -> list[PublishedPage]:
    """The versions of a page, the newest first; without a use those of the organisation."""
    return list(_versions(organisation, use=use).order_by("-number")[:limit])


def latest_page(organisation: Organisation, *, use: Use | UUID | None) -> PublishedPage | None:
    """The newest version of a page, or None while nothing was published."""
    found: PublishedPage | None = _versions(organisation, use=use).order_by("-number").first()
    return found


def page_numbered(
    organisation: Organisation, *, use: Use | UUID | None, number: int | None = None
) -> PublishedPage:
    """A version of a page; without a number the newest. Raises `NotHere`."""
    rows = _versions(organisation, use=use)
    rows = rows if number is None else rows.filter(number=number)
    found: PublishedPage | None = rows.order_by("-number").first()
    if found is None:
        raise NotHere("page_unknown", _("Nothing was published at this address."))
    return found


def _versions(organisation: Organisation, *, use: Use | UUID | None) -> Any:
    rows = PublishedPage.objects.of(organisation)
    return rows.filter(use__isnull=True) if use is None else rows.filter(use=use)


def published_pages(organisation: Organisation, *, limit: int = 50) -> list[PublishedPage]:
    """The latest versions of all pages, the newest first, for the feed."""
    return list(PublishedPage.objects.of(organisation)[:limit])


def document_of(page: PublishedPage, *, slug: str) -> Payload:
    """What was published, whole: the value that the page's id is made from."""
    return document(
        slug=slug,
        use=str(page.use_id) if page.use_id else "",
        number=page.number,
        published_at=page.published_at,
        payload=page.payload,
    )


def document(
    *, slug: str, use: str, number: int, published_at: datetime, payload: Mapping[str, Any]
) -> Payload:
    """A version of a page with whose it is, its number and its moment."""
    return {
        "organisation": slug,
        "use": use,
        "version": number,
        "published_at": published_at.isoformat(timespec="microseconds"),
        "page": dict(payload),
    }


def page_id(published: Mapping[str, Any]) -> UUID:
    """The id of a page: the first 16 bytes of the SHA-256 of its canonical JSON, as UUID 8.

    The public step of the record names its subject by this id, so that anyone can check that what
    they read is what was recorded.
    """
    digest = bytearray(hashlib.sha256(canonical_json(published)).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x80
    digest[8] = digest[8] & 0x3F | 0x80
    return UUID(bytes=bytes(digest))


def subject_on_record(row: PublishedPage | CommitmentVersion) -> str:
    """The name under which the record speaks of this row."""
    return f"{row._meta.label_lower}:{row.pk}"


def step_on_record(organisation: Organisation, *, page: PublishedPage) -> int | None:
    """The place of the step in which this version was recorded."""
    steps = latest_leaves(organisation).filter(subject=subject_on_record(page))
    return steps.values_list("index", flat=True).first()
