"""The two pages of the layout room: an organisation's colour, and the style page."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonweal_web.layout.colour import organisation_style_sheet
from commonweal_web.layout.style_page import style_page_context


@require_safe
def organisation_colour(request: HttpRequest, colour: str) -> HttpResponse:
    """The style sheet of one colour, written without its hash sign: `0b5566`. It never changes."""
    try:
        sheet = organisation_style_sheet(f"#{colour}")
    except ValueError as fault:
        raise Http404(str(fault)) from None
    response = HttpResponse(sheet, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@require_safe
def style_page(request: HttpRequest) -> HttpResponse:
    """Every component with believable content, for those who build pages."""
    return render(request, "layout/style_page.html", style_page_context())
