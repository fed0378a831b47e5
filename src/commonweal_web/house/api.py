"""The API under `/api/v1/`, collected from the rooms."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from importlib import import_module
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import URLPattern, URLResolver, path, re_path
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.parser import Parser

from commonweal_web.house.api_errors import (
    WrongMethod,
    WrongType,
    answer_errors,
    error_response,
    no_such_address,
    unreadable,
)
from commonweal_web.house.refusals import Refused
from commonweal_web.house.rooms import rooms

DESCRIPTION = """\
Everything that an organisation's pages can do, for programs. A program sends the token that a
person made for it and has that person's rights, no more. Lists come in pages: send `next` as
`cursor`. Every refusal has one shape: `error` with `code`, `message` and `where`. Every POST takes
an `Idempotency-Key`.
"""
DEEPEST = 32


class BoundedParser(Parser):
    """Reads JSON bodies and addresses, and refuses what no column can hold."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The JSON of a body. Raises `Refused`."""
        if request.content_type != "application/json":
            raise WrongType(
                "type_refused", _("Send the body as application/json."), where="Content-Type"
            )
        try:
            found = json.loads(request.body)
        except (ValueError, RecursionError) as error:
            raise Refused(
                "json_malformed",
                _("The body is no JSON: %(fault)s") % {"fault": str(error)[:200]},
                where="body",
            ) from error
        _refuse_nul(found, where="body")
        return found

    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> Any:
        """The parameters of an address or a form. Raises `Refused`."""
        found = super().parse_querydict(data, list_fields, request)
        if isinstance(data, QueryDict):
            _refuse_nul(found, where="query")
        return found


def _refuse_nul(value: Any, *, where: str, depth: int = 0) -> None:
    if depth > DEEPEST:
        raise Refused("too_deep", _("The body is nested too deeply."), where=where)
    if isinstance(value, str) and "\x00" in value:
        raise Refused("nul_character", _("Remove the NUL character."), where=where)
    if isinstance(value, dict):
        for name, each in value.items():
            _refuse_nul(name, where=where, depth=depth + 1)
            _refuse_nul(each, where=str(name), depth=depth + 1)
    if isinstance(value, list):
        for each in value:
            _refuse_nul(each, where=where, depth=depth + 1)


class HouseApi(NinjaAPI):
    """The API whose every answer, also to a wrong address or method, is JSON in one shape."""

    def _get_urls(self) -> list[URLResolver | URLPattern]:
        routes = super()._get_urls()[:-1]
        for each in routes:
            each.callback = _in_one_shape(each.callback)  # type: ignore[arg-type]
        return [*routes, path("", nothing, name="api-root"), re_path(r"^", nothing)]


@csrf_exempt
def nothing(request: HttpRequest) -> HttpResponse:
    """No route has this address."""
    return error_response(no_such_address())


def _in_one_shape(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @csrf_exempt
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except UnicodeDecodeError:
            response = error_response(unreadable())
        if response.status_code == WrongMethod.status:
            response = _wrong_method(request, allowed=response["Allow"])
        response["Cache-Control"] = "no-store"
        return response

    return answered


def _wrong_method(request: HttpRequest, *, allowed: str) -> HttpResponse:
    message = _("This address answers %(allowed)s, not %(method)s.")
    refusal = WrongMethod(
        "method_refused", message % {"allowed": allowed, "method": request.method}
    )
    response = error_response(refusal)
    response["Allow"] = allowed
    return response


def build_api() -> HouseApi:
    """The API with the routes of every room that declares some."""
    made = HouseApi(
        title="Commonweal",  # untranslated: our name
        version="1",
        description=DESCRIPTION,
        urls_namespace="api",
        docs_url=None,
        parser=BoundedParser(),
    )
    answer_errors(made)
    for room in rooms():
        if room.api:
            module, name = room.api.split(":")
            made.add_router("", getattr(import_module(module), name), tags=[room.name])
    return made


api = build_api()
