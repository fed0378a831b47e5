"""The pages of an AI system and of a vendor: what it is, and where it is used."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonweal_web.house.paging import page_number, page_of
from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.systems.permissions import SEE_USES
from commonweal_web.systems.queries.products import (
    system_of,
    systems_of_vendor,
    uses_of_system,
    vendor_of,
)
from commonweal_web.systems.views.answers import trail_to


@require_safe
@needs(SEE_USES)
def system(request: PersonRequest, pk: UUID) -> HttpResponse:
    """One system, and the uses of it."""
    found = system_of(request.organisation, pk=pk)
    page = page_of(uses_of_system(found), number=page_number(request.GET.get("page")))
    context = {"system": found, "page": page, "trail": trail_to((found.name, ""))}
    return render(request, "systems/system.html", context)


@require_safe
@needs(SEE_USES)
def vendor(request: PersonRequest, pk: UUID) -> HttpResponse:
    """One vendor, and the systems it sells or makes."""
    found = vendor_of(request.organisation, pk=pk)
    page = page_of(systems_of_vendor(found), number=page_number(request.GET.get("page")))
    context = {"vendor": found, "page": page, "trail": trail_to((found.name, ""))}
    return render(request, "systems/vendor.html", context)
