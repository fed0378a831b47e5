"""The roles of the practices, each with its side and what it is for.

A role says who somebody is; which rights it holds is said by the rooms that own those rights.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from commonweal_web.house.declaration import Text
from commonweal_web.house.rooms import permissions_of_role


class Role:
    """A role: its short name, its side, a title and one sentence that says what it is."""

    name: str
    side: str
    title: Text
    description: Text

    @classmethod
    def permissions(cls) -> frozenset[str]:
        """The codes of the rights this role holds."""
        return permissions_of_role(cls.name)


class Worker(Role):
    name = "worker"
    side = "workers"
    title = _("Worker")
    description = _("Works with AI, or is affected by it. Answers, proposes, votes and files.")


class WorkerRepresentative(Role):
    name = "worker_representative"
    side = "workers"
    title = _("Worker representative")
    description = _("Speaks and decides for workers: a union, a works council, an elected person.")


class Registrar(Role):
    name = "registrar"
    side = "workers"
    title = _("Registrar")
    description = _("Keeps the electorates and voting codes, on the workers’ side.")


class UseOwner(Role):
    name = "use_owner"
    side = "management"
    title = _("Use owner")
    description = _("The manager answerable for a use of AI.")


class PeopleLead(Role):
    name = "people_lead"
    side = "management"
    title = _("People lead")
    description = _("Runs the programme: opens assessments, appoints owners, publishes.")


class Executive(Role):
    name = "executive"
    side = "management"
    title = _("Executive")
    description = _("Passes gates together with the workers’ side; may override missing evidence.")


class CaseHandler(Role):
    name = "case_handler"
    side = "independent"
    title = _("Case handler")
    description = _("Decides grievances, apart from management.")


class AppealHandler(Role):
    name = "appeal_handler"
    side = "independent"
    title = _("Appeal handler")
    description = _("Decides appeals against a case handler’s decision.")


class Expert(Role):
    name = "expert"
    side = "experts"
    title = _("Independent expert")
    description = _("Gives a view from outside, and is paid for it.")


class HeadOfOversight(Role):
    name = "head_of_oversight"
    side = "management"
    title = _("Head of oversight")
    description = _("Sees how people oversee AI decisions, so that they can be helped.")


class Administrator(Role):
    name = "administrator"
    side = "operator"
    title = _("Administrator")
    description = _("Runs the installation. Cannot read sealed rooms or change what is agreed.")


class Operator(Role):
    name = "operator"
    side = "operator"
    title = _("Operator")
    description = _("A command given on the server itself.")


class Contributor(Role):
    name = "contributor"
    side = "outside"
    title = _("Contributor")
    description = _("Takes part through a link made for one purpose, and is paid for it.")


class Vendor(Role):
    name = "vendor"
    side = "outside"
    title = _("Vendor")
    description = _("Answers what is kept about its own product, through a link made for that.")


class Public(Role):
    name = "public"
    side = "public"
    title = _("Public")
    description = _("Anyone who reads the public pages.")


ROLES: tuple[type[Role], ...] = (
    Worker,
    WorkerRepresentative,
    Registrar,
    UseOwner,
    PeopleLead,
    Executive,
    CaseHandler,
    AppealHandler,
    Expert,
    HeadOfOversight,
    Administrator,
)
"""The roles that a person can be appointed to."""

_ALL: tuple[type[Role], ...] = (*ROLES, Operator, Contributor, Vendor, Public)
BY_NAME: dict[str, type[Role]] = {role.name: role for role in _ALL}
MANAGEMENT = tuple(role.name for role in ROLES if role.side == "management")
WORKER_SIDE = tuple(role.name for role in ROLES if role.side == "workers")
STAFF = tuple(role.name for role in ROLES if role is not Worker)
CHOICES = [(role.name, role.title) for role in ROLES]

VOICES = ("worker_representative", "registrar")
"""Who acts for workers, and is therefore named by the workers’ side alone."""
OF_BOTH_SIDES = ("case_handler", "appeal_handler")
"""Who must be apart from both sides: one side proposes them, the other confirms."""
WITH_DEPUTY = tuple(role.name for role in ROLES if role is not Worker and role is not Expert)
"""Roles in which others wait for somebody, so that each holder names a deputy."""
BY_OWN_PASSWORD = (*VOICES, *OF_BOTH_SIDES)
"""Roles that nobody may hold while somebody else has chosen their password."""


def _pairs(some: tuple[str, ...], others: tuple[str, ...]) -> frozenset[frozenset[str]]:
    return frozenset(frozenset((one, other)) for one in some for other in others)


APART = (
    _pairs(VOICES, (*MANAGEMENT, "administrator"))
    | _pairs(("case_handler",), ("appeal_handler",))
    | _pairs(OF_BOTH_SIDES, (*MANAGEMENT, *VOICES, "administrator"))
    | _pairs(("administrator",), ("executive", "people_lead", "use_owner"))
)
"""Pairs of roles that one person never holds at the same time."""


def apart_from(role: str) -> frozenset[str]:
    """The roles that nobody holds beside this one."""
    return frozenset(other for pair in APART if role in pair for other in pair - {role})
