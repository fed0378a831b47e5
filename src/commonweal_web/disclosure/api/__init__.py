"""Disclosure for programs: the commitment, what must be disclosed, and what was published."""

from commonweal_web.disclosure.api import commitment, duties, pages
from commonweal_web.disclosure.api.routes import router

__all__ = ["commitment", "duties", "pages", "router"]
