"""What everyone can take away: the files that a published page shows."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe

from commonweal_web.evidence import queries
from commonweal_web.evidence.sending import as_download
from commonweal_web.organisations.queries import organisation_by_slug


@require_safe
def published_file(request: HttpRequest, slug: str, pk: UUID) -> StreamingHttpResponse:
    """A file that is public now, to be saved."""
    organisation = organisation_by_slug(slug)
    return as_download(queries.public_file(organisation, pk=pk))
