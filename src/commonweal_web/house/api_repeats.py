"""A POST that may be sent again: the same `Idempotency-Key` gives the same answer once made."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from http import HTTPStatus

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Schema

from commonweal_web.house.api_tokens import ApiRequest
from commonweal_web.house.refusals import Conflict, Refused
from commonweal_web.people.actions import claim_request, keep_answer
from commonweal_web.people.models import ApiAnswer

HEADER = "Idempotency-Key"
KEY = re.compile(r"[\x21-\x7e]{1,200}")
PARAMETER = {
    "in": "header",
    "name": HEADER,
    "required": False,
    "description": "Your own name for this request. Sent again within a day with the same body, "
    "it gives the first answer and does nothing twice.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]{1,200}$"},
    "example": "8e03978e-40d5-43dd-bc93-6894a57f9324",
}


def once(
    request: ApiRequest, *, act: Callable[[], Schema], status: int, is_kept: bool
) -> Schema | HttpResponse:
    """Act, unless this key has an answer already; both in one transaction, so never twice.

    A refused request keeps nothing: it changed nothing, and may be sent again corrected. With
    `is_kept` false only the fact is kept, for answers that hold a secret.
    """
    key = request.headers.get(HEADER)
    if key is None:
        return act()
    if not KEY.fullmatch(key):
        raise Refused(
            "key_refused", _("Use 1 to 200 visible ASCII characters as the key."), where=HEADER
        )
    with transaction.atomic():
        claim, is_new = claim_request(
            token=request.token,
            key=key,
            route=f"{request.method} {request.path}"[:300],
            body_sha256=_fingerprint(request),
            at=request.now,
        )
        if not is_new:
            return _again(claim, request=request)
        made = act()
        kept = made.model_dump_json() if is_kept else ""
        keep_answer(claim, status=status, answer=kept)
        return made


def _again(claim: ApiAnswer, *, request: ApiRequest) -> HttpResponse:
    """The first answer once more."""
    same = (f"{request.method} {request.path}"[:300], _fingerprint(request))
    if (claim.route, claim.body_sha256) != same:
        raise Refused(
            "key_reused",
            _("This key was used for another request. Use a new key for a new request."),
            where=HEADER,
        )
    if not claim.answer:
        raise Conflict(
            "answered_once",
            _("This was done already. Its answer held a secret, so it is not shown again."),
            where=HEADER,
        )
    response = HttpResponse(
        claim.answer, status=HTTPStatus(claim.status), content_type="application/json"
    )
    response["Idempotent-Replayed"] = "true"
    return response


def _fingerprint(request: ApiRequest) -> str:
    """What tells two bodies apart; of an upload, its fields and the bytes of its files."""
    digest = hashlib.sha256(request.META.get("QUERY_STRING", "").encode() + b"\n")
    if request.content_type != "multipart/form-data":
        digest.update(request.body)
        return digest.hexdigest()
    for name in sorted(request.POST):
        digest.update(repr((name, request.POST.getlist(name))).encode())
    for name in sorted(request.FILES):
        for file in request.FILES.getlist(name):
            digest.update(repr((name, file.name, file.size)).encode())
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
    return digest.hexdigest()
