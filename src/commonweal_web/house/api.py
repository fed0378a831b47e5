"""The API under `/api/v1/`, collected from the rooms."""

from __future__ import annotations

from importlib import import_module

from ninja import NinjaAPI

from commonweal_web.house.rooms import rooms

api = NinjaAPI(title="Commonweal", version="1", urls_namespace="api", docs_url=None)
for _room in rooms():
    if _room.api:
        _module, _name = _room.api.split(":")
        api.add_router("", getattr(import_module(_module), _name), tags=[_room.name])
