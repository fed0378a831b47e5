"""What changed in public, as an Atom feed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from commonweal_web.disclosure import queries
from commonweal_web.disclosure.models import CommitmentVersion, PublishedPage
from commonweal_web.disclosure.views.answers import public
from commonweal_web.house.texts import day_text
from commonweal_web.organisations.models import Organisation

MOST = 50


@public()
def feed(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The latest versions of pages and of the commitment, and thresholds that were met."""
    made = Atom1Feed(
        title=_("%(name)s: how we use AI at work") % {"name": organisation.name},
        link=request.build_absolute_uri(
            reverse("public:disclosure:organisation", args=[organisation.slug])
        ),
        description="",
        author_name=organisation.name,
        feed_url=request.build_absolute_uri(request.path),
        feed_guid=f"urn:uuid:{organisation.pk}",
    )
    entries = sorted(_entries(organisation), key=lambda each: each["updateddate"], reverse=True)
    for each in entries[:MOST]:
        made.add_item(**{**each, "link": request.build_absolute_uri(each["link"])})
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    made.write(response, "utf-8")
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _entries(organisation: Organisation) -> Iterator[dict[str, Any]]:
    for page in queries.published_pages(organisation, limit=MOST):
        yield _of_page(organisation, page)
    for version in queries.published_versions(organisation, limit=MOST):
        yield _of_commitment(organisation, version)
    for duty in queries.latest_duties(organisation, limit=MOST):
        yield _entry(
            title=_("%(use)s met a threshold of our commitment") % {"use": duty.use.name},
            link=reverse("public:disclosure:organisation", args=[organisation.slug]),
            text=_("It must be disclosed since %(day)s.") % {"day": day_text(duty.since)},
            key=str(duty.pk),
            at=duty.noted_at,
        )


def _of_page(organisation: Organisation, page: PublishedPage) -> dict[str, Any]:
    if page.use_id is None:
        name, to = organisation.name, "public:disclosure:organisation_version"
        args: list[Any] = [organisation.slug, page.number]
    else:
        name, to = page.payload["use"]["name"], "public:disclosure:use_version"
        args = [organisation.slug, page.use_id, page.number]
    return _entry(
        title=_("%(name)s: version %(n)s of its page") % {"name": name, "n": page.number},
        link=reverse(to, args=args),
        text=page.payload["withdrawn"] or _("A new version is public."),
        key=str(page.pk),
        at=page.published_at,
    )


def _of_commitment(organisation: Organisation, version: CommitmentVersion) -> dict[str, Any]:
    at = version.published_at or version.proposed_at
    return _entry(
        title=_("Our commitment: version %(n)s") % {"n": version.number},
        link=reverse(
            "public:disclosure:commitment_version", args=[organisation.slug, version.number]
        ),
        text=version.text,
        key=str(version.pk),
        at=at,
    )


def _entry(*, title: str, link: str, text: str, key: str, at: datetime) -> dict[str, Any]:
    return {
        "title": title,
        "link": link,
        "description": text,
        "unique_id": f"urn:uuid:{key}",
        "pubdate": at,
        "updateddate": at,
    }
