"""The record as anyone may read it, with stable addresses that witnesses' programs use."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commonweal_web.house.refusals import NotHere
from commonweal_web.organisations.models import Organisation
from commonweal_web.organisations.queries import organisation_by_slug
from commonweal_web.record import queries
from commonweal_web.record.shown import check_context, step_context

TEXT = "text/plain; charset=utf-8"


def _organisation(slug: str) -> Organisation:
    return organisation_by_slug(slug)


@require_safe
def check(request: HttpRequest, slug: str) -> HttpResponse:
    """How anyone can check this organisation's record."""
    context = check_context(_organisation(slug))
    return render(request, "record/check_public.html", context)


@require_safe
def step(request: HttpRequest, slug: str, index: int) -> HttpResponse:
    """One step with its proof."""
    context = step_context(_organisation(slug), index=index)
    return render(request, "record/step_public.html", context)


@require_safe
def latest_note(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest signed checkpoint, as the text that was signed."""
    latest = queries.latest_checkpoint(_organisation(slug))
    if latest is None:
        raise NotHere("checkpoint_unknown", _("Nothing was signed yet."))
    return HttpResponse(latest.note, content_type=TEXT)


@require_safe
def note(request: HttpRequest, slug: str, size: int) -> HttpResponse:
    """The checkpoint of one size."""
    found = queries.checkpoint_of_size(_organisation(slug), size=size)
    return HttpResponse(found.note, content_type=TEXT)


@require_safe
def notes(request: HttpRequest, slug: str) -> JsonResponse:
    """The log's name, its keys, and its newest checkpoints."""
    organisation = _organisation(slug)
    signed = queries.checkpoints(organisation)
    return JsonResponse(
        {
            "origin": queries.origin_of(organisation),
            "log_keys": queries.log_keys(organisation),
            "checkpoints": [each.note for each in signed],
        }
    )


@require_safe
def proof(request: HttpRequest, slug: str, index: int, size: int) -> JsonResponse:
    """The proof that a step is in the log of a size."""
    made = queries.leaf_proof(_organisation(slug), index=index, size=size)
    return JsonResponse(
        {
            "index": made.index,
            "size": made.size,
            "leaf_hash": made.leaf_hash.hex(),
            "path": [each.hex() for each in made.path],
            "root": made.root.hex(),
        }
    )


@require_safe
def consistency(request: HttpRequest, slug: str, old: int, new: int) -> JsonResponse:
    """The proof that the log of the newer size begins with the whole older one."""
    made = queries.consistency(_organisation(slug), old=old, new=new)
    return JsonResponse({"old": old, "new": new, "path": [each.hex() for each in made.path]})
