"""How a room declares its routes: scope, right, answer, errors and repeats in one place."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, get_args

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status
from ninja.decorators import decorate_view
from ninja.files import UploadedFile
from pydantic import ConfigDict, Field

from commonweal.shared.money import Money
from commonweal_web.house.api_errors import ErrorAnswer, WrongType, error_response, too_large
from commonweal_web.house.api_repeats import PARAMETER, once
from commonweal_web.house.api_tokens import ApiRequest, BearerToken
from commonweal_web.house.declaration import Permission

View = TypeVar("View", bound=Callable[..., Any])
BIGGEST = 2**53 - 1  # a JSON number that every program reads exactly
BIGGEST_COUNT = 2**31 - 1  # what a column of people holds
LARGEST_FILE = 64 * 1024 * 1024
CREATED = 201
NO_CONTENT = 204


class Given(Schema):
    """What a program sends; a field that is not known is refused, so that no typo is lost."""

    model_config = ConfigDict(extra="forbid")


class MoneyShape(Schema):
    """An amount in whole minor units, such as cents."""

    currency: str = Field(pattern=r"^[A-Z]{3}$", examples=["EUR"])
    minor: int = Field(ge=-BIGGEST, le=BIGGEST, examples=[125_000_00])

    @property
    def money(self) -> Money:
        """The amount as the domain reads it."""
        return Money(self.currency, self.minor)


class Ended(Given):
    """Nothing but the reason."""

    reason: str = Field(max_length=5000, examples=["The vendor ends its support."])


def deciding(request: ApiRequest) -> dict[str, Any]:
    """Who acts, for whom and when, as every action asks."""
    return {"organisation": request.organisation, "by": request.actor, "at": request.now}


def named(change: Given) -> dict[str, Any]:
    """What a change names; what it leaves out stays as it is."""
    return change.model_dump(exclude_unset=True)


class RoomRouter(Router):
    """The routes of one room."""

    def __init__(self, room: str) -> None:
        super().__init__()
        self.room = room

    def route(
        self,
        route: str,
        answer: Any = None,
        *,
        right: Permission | None = None,
        status: int = 200,
        is_kept: bool = True,
        deprecated: bool | None = None,
        **extra: Any,
    ) -> Callable[[View], View]:
        """Open `METHOD /path` to tokens with the room's scope, and say every answer it gives.

        Of reads, `right` is what the person must hold; of writes, the action checks that.
        `is_kept` is false where the answer holds a secret that repeats must not show.
        """
        method, path = route.split(" ")
        verb = "read" if method == "GET" else "write"
        code = NO_CONTENT if method == "DELETE" and answer is None else status

        def declare(view: View) -> View:
            signature = inspect.signature(view, eval_str=True)
            takes = _body_of(signature)
            called = _answering(view, shape=answer, method=method, status=code, is_kept=is_kept)
            called.__signature__ = signature  # type: ignore[attr-defined]
            if takes == "file":
                called = decorate_view(_only_uploads)(called)
            self.api_operation(
                [method],
                path,
                auth=BearerToken(room=self.room, verb=verb, right=right),
                response={code: answer, **_errors(method, path=path, takes=takes)},
                operation_id=f"{self.room}_{view.__name__}",
                summary=view.__name__.replace("_", " ").capitalize(),
                description=inspect.getdoc(view),
                deprecated=deprecated,
                openapi_extra=_described(method, scope=f"{self.room}:{verb}", extra=extra),
            )(called)
            return view

        return declare


def _described(method: str, *, scope: str, extra: dict[str, Any]) -> dict[str, Any]:
    more: dict[str, Any] = {"x-scope": scope, **extra}
    if method == "POST":
        more["parameters"] = [PARAMETER]
    return more


def _body_of(signature: inspect.Signature) -> str:
    """What a route reads: a JSON body, a file, or nothing."""
    for each in signature.parameters.values():
        kinds = (each.annotation, *get_args(each.annotation))
        if UploadedFile in kinds:
            return "file"
        if any(isinstance(kind, type) and issubclass(kind, Given) for kind in kinds):
            return "json"
    return ""


def _errors(method: str, *, path: str, takes: str) -> dict[int, type[Schema]]:
    codes = [401, 403, 422]
    if "{" in path or method != "GET":
        codes.append(404)
    if method != "GET":
        codes.append(409)
    if takes:
        codes += [413, 415]
    return dict.fromkeys(sorted(codes), ErrorAnswer)


def _answering(
    view: Callable[..., Any], *, shape: Any, method: str, status: int, is_kept: bool
) -> Callable[..., Any]:
    """The view with its answer in shape, and a POST that repeats safely."""

    @wraps(view)
    def answered(request: ApiRequest, **values: Any) -> Any:
        def act() -> Any:
            return _shaped(view(request, **values), shape=shape)

        if method != "POST":
            made = act()
        else:
            made = once(request, act=act, status=status, is_kept=is_kept)
        return made if isinstance(made, HttpResponseBase) else Status(status, made)

    return answered


def _shaped(made: Any, *, shape: Any) -> Any:
    if shape is None or isinstance(made, HttpResponseBase):
        return made
    return made if isinstance(made, shape) else shape.model_validate(made)


def _only_uploads(run: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuse a body that is no upload or too large, before a byte of it is kept."""

    @wraps(run)
    def checked(request: HttpRequest, **values: Any) -> HttpResponse:
        if request.content_type != "multipart/form-data":
            message = _("Send the file as multipart/form-data.")
            return error_response(WrongType("type_refused", message, where="Content-Type"))
        length = str(request.META.get("CONTENT_LENGTH") or 0)
        if not length.isdigit() or int(length) > LARGEST_FILE:
            return error_response(too_large(LARGEST_FILE))
        return run(request, **values)

    return checked


__all__ = [
    "BIGGEST",
    "BIGGEST_COUNT",
    "CREATED",
    "ApiRequest",
    "Ended",
    "Given",
    "MoneyShape",
    "RoomRouter",
    "Schema",
    "deciding",
    "named",
]
