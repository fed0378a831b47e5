"""The router that the routes of this room are declared on."""

from commonweal_web.house.api_routes import RoomRouter

router = RoomRouter("disclosure")
