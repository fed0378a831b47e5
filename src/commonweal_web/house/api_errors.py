"""The one shape of every refusal of the API, and how each kind of fault becomes it."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import RawPostDataException, UnreadablePostError
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import Field

from commonweal_web.house.refusals import Conflict, NotAllowed, NotHere, Refused

log = logging.getLogger(__name__)
Answer = Callable[[HttpRequest, Any], HttpResponse]


class ErrorDetail(Schema):
    """What was wrong, and what to do next."""

    code: str = Field(description="Stable and machine-readable.", examples=["reason_missing"])
    message: str = Field(
        description="For a person: what was wrong, and what to do next.",
        examples=["Write why the use ends."],
    )
    where: str = Field(
        description="The field, parameter, header or row it is about; empty when it is none.",
        examples=["reason"],
    )


class ErrorAnswer(Schema):
    """The one shape of every refusal."""

    error: ErrorDetail


class NotKnown(Refused):
    """No token, or one that is not in force."""

    status = 401


class WrongMethod(Refused):
    """This address answers other methods."""

    status = 405


class TooLarge(Refused):
    """The body is larger than this route takes."""

    status = 413


class WrongType(Refused):
    """The body is in a format that this route does not read."""

    status = 415


class Fault(Refused):
    """Our own mistake; it is in the server's log."""

    status = 500


def error_response(refusal: Refused) -> HttpResponse:
    """A refusal as the API answers it."""
    body = json.dumps(refusal.as_error(), ensure_ascii=False)
    response = HttpResponse(body, status=refusal.status, content_type="application/json")
    if refusal.status == NotKnown.status:
        response["WWW-Authenticate"] = 'Bearer realm="Commonweal"'
    return response


def no_such_address() -> NotHere:
    """The refusal for an address that is no route."""
    return NotHere(
        "address_unknown",
        _("There is nothing at this address. /api/v1/openapi.json lists every route."),
    )


def too_large(limit: int) -> TooLarge:
    """The refusal for a body over this many bytes."""
    return TooLarge(
        "body_too_large",
        _("The body is larger than %(limit)s bytes. Send less at once.") % {"limit": limit},
        where="body",
    )


def unreadable() -> Refused:
    """The refusal for a body that cannot be read at all."""
    return Refused(
        "body_unreadable",
        _("The body cannot be read. Send it again, whole and in the declared format."),
        where="body",
    )


def _of_validation(error: ValidationError) -> Refused:
    first = error.errors[0]
    return Refused("value_refused", str(first["msg"]), where=_place(first["loc"]))


def _place(location: tuple[Any, ...]) -> str:
    """The field as its sender knows it: without the source and our own name for the body."""
    source, *rest = location
    if source in {"body", "file", "form"} and len(rest) > 1:
        rest = rest[1:]
    return ".".join(str(each) for each in rest) or str(source)


def _of_http(error: HttpError) -> Refused:
    if isinstance(error.__cause__, Refused):
        return error.__cause__
    return unreadable()


def _of_missing_token(error: AuthenticationError) -> Refused:
    return NotKnown(
        "token_missing",
        _("Send a token: “Authorization: Bearer cw_…”. You make one on the page “My account”."),
        where="Authorization",
    )


def _of_size(error: Exception) -> Refused:
    from django.conf import settings

    return too_large(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


def _of_fault(error: Exception) -> Refused:
    log.error("the API could not answer", exc_info=error)
    return Fault(
        "fault", _("Something went wrong here. It is in our log; nothing was half-written.")
    )


_REFUSALS: tuple[tuple[type[Exception], Callable[[Any], Refused]], ...] = (
    (Exception, _of_fault),
    (Refused, lambda refusal: refusal),
    (Http404, lambda error: no_such_address()),
    (HttpError, _of_http),
    (AuthenticationError, _of_missing_token),
    (ValidationError, _of_validation),
    (RequestDataTooBig, _of_size),
    (SuspiciousOperation, _of_size),
    (BadRequest, lambda error: unreadable()),
    (UnreadablePostError, lambda error: unreadable()),
    (RawPostDataException, lambda error: unreadable()),
)


def answer_errors(api: NinjaAPI) -> None:
    """Let this API answer every fault in the one shape."""
    for kind, refuse in _REFUSALS:
        api.add_exception_handler(kind, _handler(refuse))


def _handler(refuse: Callable[[Any], Refused]) -> Answer:
    return lambda request, error: error_response(refuse(error))


__all__ = [
    "Conflict",
    "ErrorAnswer",
    "NotAllowed",
    "NotHere",
    "NotKnown",
    "Refused",
    "TooLarge",
    "WrongMethod",
    "WrongType",
    "answer_errors",
    "error_response",
    "no_such_address",
    "too_large",
    "unreadable",
]
