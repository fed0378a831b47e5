"""The organisation, its sites, its worker groups and who speaks for them, for programs."""

from commonweal_web.workplaces.api import bodies, groups, organisation, roster, sites
from commonweal_web.workplaces.api.routes import router

__all__ = ["bodies", "groups", "organisation", "roster", "router", "sites"]
