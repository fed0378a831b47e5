"""Packs to print: one use for a meeting, all uses for a board, in the browser or as a PDF."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from commonweal_web.house.refusals import NotHere
from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.systems import actions, queries
from commonweal_web.systems.models import Pack
from commonweal_web.systems.packing import board_context, use_context
from commonweal_web.systems.pdf import is_installed
from commonweal_web.systems.permissions import SEE_USES
from commonweal_web.systems.tasks import draw_pack
from commonweal_web.systems.views.answers import acting, the_use, trail_to
from commonweal_web.systems.views.uses import narrowing


@require_safe
@needs(SEE_USES)
def of_use(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Everything a meeting about a use needs, on one page that prints."""
    use = the_use(request, pk)
    context = {
        **use_context(use, actor=request.actor, at=request.now),
        "request": request,
        "inner": "systems/pack_of_use.html",
        "has_pdf": is_installed(),
        "trail": trail_to((_("Pack to print"), ""), use=use),
    }
    return render(request, "systems/pack.html", context)


@require_safe
@needs(SEE_USES)
def board(request: PersonRequest) -> HttpResponse:
    """All uses, or those of a filter, for a board."""
    organisation, at = request.organisation, request.now
    actions.bring_up_to_date(organisation, at=at)
    filters = _filters(request)
    context = {
        **board_context(organisation, filters=filters, actor=request.actor, at=at),
        "request": request,
        "inner": "systems/pack_of_board.html",
        "filters": filters,
        "kept": narrowing(request).items(),
        "has_pdf": is_installed(),
        "trail": trail_to((_("Pack for a board"), "")),
    }
    return render(request, "systems/pack.html", context)


def _filters(request: PersonRequest) -> str:
    query = narrowing(request)
    if request.GET.get("since"):
        query["since"] = request.GET["since"][:10]
    return query.urlencode()


@require_POST
@needs(SEE_USES)
def ask(request: PersonRequest) -> HttpResponse:
    """Ask for the PDF; it is made in the background, and its page says how far it is."""
    asked_of = request.POST.get("use", "")
    pack = actions.ask_pack(
        **acting(request),
        use=queries.use_of(request.organisation, pk=_uuid(asked_of)) if asked_of else None,
        filters=request.POST.get("filters", "")[:2000],
    )
    draw_pack.enqueue(str(pack.pk))
    return redirect("desk:systems:pack_progress", pk=pack.pk)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise NotHere("not_found", _("There is no such use of AI here.")) from error


@require_safe
@needs(SEE_USES)
def progress(request: PersonRequest, pk: UUID) -> HttpResponse:
    """How far a PDF is; this address stays the same, and can be left and come back to."""
    pack = queries.pack_of(request.actor, organisation=request.organisation, pk=pk)
    context: dict[str, Any] = {
        "pack": pack,
        "kilobytes": -(-pack.size // 1024),
        "trail": trail_to((_("Pack as a PDF"), ""), use=pack.use),
    }
    response = render(request, "systems/pack_progress.html", context)
    if pack.state == Pack.State.WAITING:
        response["Refresh"] = "5"
    return response


@require_safe
@needs(SEE_USES)
def file(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The PDF itself, for whoever asked for it."""
    pack = queries.pack_of(request.actor, organisation=request.organisation, pk=pk)
    path = actions.path_of(pack)
    if pack.state != Pack.State.DONE or not path.exists():
        raise NotHere("not_found", _("This file is not made yet, or no longer kept."))
    name = slugify(pack.use.name)[:80] if pack.use else "board"
    return FileResponse(  # type: ignore[return-value]
        path.open("rb"),
        as_attachment=True,
        filename=f"{name or 'use'}-{pack.asked_at.date().isoformat()}.pdf",
        content_type="application/pdf",
    )
