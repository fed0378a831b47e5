"""The pages of evidence for staff."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from commonweal_web.evidence.permissions import SEE_EVIDENCE
from commonweal_web.evidence.views import pages
from commonweal_web.house.requests import PersonRequest, needs

FORM = ["GET", "HEAD", "POST"]
HERE = pages.Audience("desk")


@require_safe
@needs(SEE_EVIDENCE)
def about(request: PersonRequest, label: str, row: UUID) -> HttpResponse:
    """Everything that is attached to one subject."""
    return pages.about(request, audience=HERE, label=label, row=row)


@csrf_exempt  # the page looks at the length first, then asks for the form's token itself
@require_http_methods(FORM)
@needs(SEE_EVIDENCE)
def attach(request: PersonRequest, label: str, row: UUID, kind: str) -> HttpResponse:
    """Attach a file, a link or a note."""
    return pages.attach(request, audience=HERE, label=label, row=row, kind=kind)


@require_safe
@needs(SEE_EVIDENCE)
def piece(request: PersonRequest, pk: UUID) -> HttpResponse:
    """One piece of evidence."""
    return pages.piece(request, audience=HERE, pk=pk)


@require_safe
@needs(SEE_EVIDENCE)
def download(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The file of a piece, to be saved."""
    return pages.download(request, audience=HERE, pk=pk)


@require_http_methods(FORM)
@needs(SEE_EVIDENCE)
def withdraw(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Take a piece back, with a reason."""
    return pages.withdraw(request, audience=HERE, pk=pk)
