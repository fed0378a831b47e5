"""Everything the public reads: the installation, an organisation, its commitment, its uses."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from commonweal_web.disclosure import queries
from commonweal_web.disclosure.models import CommitmentVersion, PublishedPage
from commonweal_web.disclosure.shown import readers_sentence, thresholds_of, use_page_context
from commonweal_web.disclosure.views.answers import (
    LONG,
    SOON,
    as_json,
    choose_language,
    page,
    public,
)
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.queries import latest_checkpoint, proof_box, witnesses


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The organisations of this installation that publish."""
    choose_language(request)
    context = {"organisations": queries.publishing_organisations()}
    response = page(request, "disclosure/public/index.html", context)
    patch_cache_control(response, public=True, max_age=SOON)
    return response


def _proof(organisation: Organisation) -> dict[str, Any]:
    """The box of the record: what was last signed, and who outside confirms it."""
    signed = latest_checkpoint(organisation)
    return {
        "box": proof_box(organisation),
        "witnesses": [each.name for each in witnesses(organisation) if each.size],
        "code": _shortened(signed.note) if signed else "",
    }


def _shortened(note: str) -> str:
    """The signed log’s name, its size, and both ends of its root, as people can compare them."""
    origin, size, root = note.split("\n")[:3]
    return f"{origin} {size}\n{root[:16]}…{root[-5:]}"


def _today() -> Any:
    return timezone.now().date()


@public()
def organisation(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """What the organisation promises, what it disclosed, and what it has not yet."""
    return _organisation_page(request, organisation, number=None)


@public(keep=LONG)
def organisation_version(
    request: HttpRequest, organisation: Organisation, number: int
) -> HttpResponse:
    """One version of the organisation's own page."""
    return _organisation_page(request, organisation, number=number)


def _organisation_page(
    request: HttpRequest, organisation: Organisation, *, number: int | None
) -> HttpResponse:
    shown = queries.page_numbered(organisation, use=None, number=number)
    today = _today()
    context = {
        "organisation": organisation,
        "page": shown,
        "is_latest": number is None,
        "readers": readers_sentence(shown.payload["readers"]),
        "thresholds": thresholds_of(shown.payload["commitment"].get("thresholds", [])),
        "undisclosed": queries.undisclosed_uses(organisation, on=today) if not number else [],
        "ended": queries.ended_duties(organisation) if not number else [],
        "today": today,
        "proof": _proof(organisation),
        "step": queries.step_on_record(organisation, page=shown),
    }
    return page(request, "disclosure/public/organisation.html", context)


@public()
def organisation_json(
    request: HttpRequest, organisation: Organisation, number: int | None = None
) -> HttpResponse:
    """The organisation's page as data, with what is met and undisclosed today."""
    shown = queries.page_numbered(organisation, use=None, number=number)
    today = _today()
    late = queries.undisclosed_uses(organisation, on=today) if number is None else []
    undisclosed = [
        {"use": str(each.use.pk), "name": each.use.name, "since": each.since, "days": each.days}
        for each in late
    ]
    return as_json({**_data(organisation, shown), "undisclosed": undisclosed, "today": today})


@public(keep=LONG)
def organisation_changes(
    request: HttpRequest, organisation: Organisation, number: int
) -> HttpResponse:
    """What a version of the organisation's page changed."""
    new, old = _pair(organisation, use=None, number=number)
    context = _changes_context(organisation, new=new, old=old)
    context |= {
        "name": organisation.name,
        "back": reverse(
            "public:disclosure:organisation_version", args=[organisation.slug, number]
        ),
    }
    return page(request, "disclosure/public/changes.html", context)


@public()
def use(request: HttpRequest, organisation: Organisation, pk: UUID) -> HttpResponse:
    """The newest version of a use's page."""
    return _use_page(request, organisation, pk=pk, number=None)


@public(keep=LONG)
def use_version(
    request: HttpRequest, organisation: Organisation, pk: UUID, number: int
) -> HttpResponse:
    """One version of a use's page, at an address that stays."""
    return _use_page(request, organisation, pk=pk, number=number)


def _use_page(
    request: HttpRequest, organisation: Organisation, *, pk: UUID, number: int | None
) -> HttpResponse:
    shown = queries.page_numbered(organisation, use=pk, number=number)
    duties = queries.undisclosed_of_use(organisation, use=pk, on=_today())
    context = {
        "organisation": organisation,
        "page": shown,
        "is_latest": number is None,
        "undisclosed": duties if number is None else None,
        "versions": queries.pages_of(organisation, use=pk),
        "proof": _proof(organisation),
        "step": queries.step_on_record(organisation, page=shown),
        **use_page_context(shown.payload),
    }
    return page(request, "disclosure/public/use.html", context)


@public()
def use_json(
    request: HttpRequest, organisation: Organisation, pk: UUID, number: int | None = None
) -> HttpResponse:
    """A use's page as data, with what is needed to check it against the record."""
    shown = queries.page_numbered(organisation, use=pk, number=number)
    return as_json(_data(organisation, shown))


@public(keep=LONG)
def use_changes(
    request: HttpRequest, organisation: Organisation, pk: UUID, number: int
) -> HttpResponse:
    """What a version of a use's page changed."""
    new, old = _pair(organisation, use=pk, number=number)
    context = _changes_context(organisation, new=new, old=old)
    address = reverse("public:disclosure:use_version", args=[organisation.slug, pk, number])
    context |= {"name": new.payload["use"]["name"], "back": address}
    return page(request, "disclosure/public/changes.html", context)


def _pair(
    organisation: Organisation, *, use: UUID | None, number: int
) -> tuple[PublishedPage, PublishedPage | None]:
    new = queries.page_numbered(organisation, use=use, number=number)
    if number == 1:
        return new, None
    return new, queries.page_numbered(organisation, use=use, number=number - 1)


def _changes_context(
    organisation: Organisation, *, new: PublishedPage, old: PublishedPage | None
) -> dict[str, Any]:
    return {
        "organisation": organisation,
        "number": new.number,
        "published_at": new.published_at,
        "changes": queries.changes(old.payload, new.payload) if old else [],
        "is_first": old is None,
    }


def _data(organisation: Organisation, shown: PublishedPage) -> dict[str, Any]:
    """A published version as data: what the record committed to, and where it stands there."""
    step = queries.step_on_record(organisation, page=shown)
    address = reverse("public:record:step", args=[organisation.slug, step]) if step else ""
    return {
        "published": queries.document_of(shown, slug=organisation.slug),
        "record": {
            "subject": queries.subject_on_record(shown),
            "step": step,
            "address": address,
        },
    }


@public()
def commitment(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The newest version of the commitment."""
    newest = queries.published_versions(organisation, limit=1)[0]
    return _commitment_page(request, organisation, version=newest)


@public(keep=LONG)
def commitment_version(
    request: HttpRequest, organisation: Organisation, number: int
) -> HttpResponse:
    """One version of the commitment, at an address that stays."""
    version = queries.version_numbered(organisation, number=number)
    return _commitment_page(request, organisation, version=version)


def _commitment_page(
    request: HttpRequest, organisation: Organisation, *, version: CommitmentVersion
) -> HttpResponse:
    versions = queries.published_versions(organisation)
    context = {
        "organisation": organisation,
        "version": version,
        "versions": versions,
        "is_newest": version.pk == versions[0].pk,
        "holds": queries.commitment_in_force(organisation, on=_today()),
        "thresholds": thresholds_of(version.thresholds),
        "readers": readers_sentence(version.readers),
        "proof": _proof(organisation),
    }
    return page(request, "disclosure/public/commitment.html", context)


@public()
def commitment_json(
    request: HttpRequest, organisation: Organisation, number: int | None = None
) -> HttpResponse:
    """A version of the commitment as data."""
    version = (
        queries.version_numbered(organisation, number=number)
        if number is not None
        else queries.published_versions(organisation, limit=1)[0]
    )
    return as_json(
        {
            "organisation": organisation.slug,
            "version": version.number,
            "published_at": version.published_at,
            "commitment": queries.commitment_payload(version),
        }
    )


@public(keep=LONG)
def commitment_changes(
    request: HttpRequest, organisation: Organisation, number: int
) -> HttpResponse:
    """What a version of the commitment changed."""
    new = queries.version_numbered(organisation, number=number)
    old = queries.version_numbered(organisation, number=number - 1) if number > 1 else None
    payload = queries.commitment_payload
    context = {
        "organisation": organisation,
        "number": number,
        "published_at": new.published_at,
        "changes": queries.changes(payload(old), payload(new)) if old else [],
        "is_first": old is None,
        "name": None,
        "back": reverse("public:disclosure:commitment_version", args=[organisation.slug, number]),
    }
    return page(request, "disclosure/public/changes.html", context)
