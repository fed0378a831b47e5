"""What a gate asks for: one requirement, its state, and whose move it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from commonweal.shared.language import _, marked


class Side(StrEnum):
    """Who speaks."""

    WORKERS = "workers"
    MANAGEMENT = "management"
    EXPERTS = "experts"
    INDEPENDENT = "independent"
    OUTSIDE = "outside"
    OPERATOR = "operator"


class Role(StrEnum):
    """What a person does in the programme."""

    WORKER = "worker"
    WORKER_REPRESENTATIVE = "worker_representative"
    REGISTRAR = "registrar"
    USE_OWNER = "use_owner"
    PEOPLE_LEAD = "people_lead"
    EXECUTIVE = "executive"
    HEAD_OF_OVERSIGHT = "head_of_oversight"
    CASE_HANDLER = "case_handler"
    APPEAL_HANDLER = "appeal_handler"
    EXPERT = "expert"
    AUDITOR = "auditor"
    CONTRIBUTOR = "contributor"
    VENDOR = "vendor"
    WITNESS = "witness"
    ADMINISTRATOR = "administrator"

    @property
    def side(self) -> Side:
        """The side this role speaks for."""
        return _SIDES[self]

    @property
    def words(self) -> str:
        """The role as a reader sees it."""
        return _(_WORDS[self])


_SIDES = {
    Role.WORKER: Side.WORKERS,
    Role.WORKER_REPRESENTATIVE: Side.WORKERS,
    Role.REGISTRAR: Side.WORKERS,
    Role.USE_OWNER: Side.MANAGEMENT,
    Role.PEOPLE_LEAD: Side.MANAGEMENT,
    Role.EXECUTIVE: Side.MANAGEMENT,
    Role.HEAD_OF_OVERSIGHT: Side.MANAGEMENT,
    Role.CASE_HANDLER: Side.INDEPENDENT,
    Role.APPEAL_HANDLER: Side.INDEPENDENT,
    Role.EXPERT: Side.EXPERTS,
    Role.AUDITOR: Side.EXPERTS,
    Role.CONTRIBUTOR: Side.OUTSIDE,
    Role.VENDOR: Side.OUTSIDE,
    Role.WITNESS: Side.OUTSIDE,
    Role.ADMINISTRATOR: Side.OPERATOR,
}


_WORDS = {
    Role.WORKER: marked("worker"),
    Role.WORKER_REPRESENTATIVE: marked("worker representative"),
    Role.REGISTRAR: marked("registrar"),
    Role.USE_OWNER: marked("use owner"),
    Role.PEOPLE_LEAD: marked("people lead"),
    Role.EXECUTIVE: marked("executive"),
    Role.HEAD_OF_OVERSIGHT: marked("head of oversight"),
    Role.CASE_HANDLER: marked("case handler"),
    Role.APPEAL_HANDLER: marked("appeal handler"),
    Role.EXPERT: marked("expert"),
    Role.AUDITOR: marked("auditor"),
    Role.CONTRIBUTOR: marked("contributor"),
    Role.VENDOR: marked("vendor"),
    Role.WITNESS: marked("witness"),
    Role.ADMINISTRATOR: marked("administrator"),
}


class RequirementState(StrEnum):
    """Where a requirement stands, in the words a page uses."""

    MET = "met"
    GAP = "gap"
    NOT_APPLICABLE = "not_applicable"
    UNKNOWN = "unknown"


class RequirementKind(StrEnum):
    """What stands behind a requirement; only missing evidence can ever be overridden."""

    EVIDENCE = "evidence"
    VOTE = "vote"
    STOP_VOTE = "stop_vote"
    HARD_BLOCK = "hard_block"


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """One thing a gate asks for.

    `role` is whose move it is; `link_name` and `link_args` name the page where it is done.
    Anything but *met* must say why in `detail`.
    """

    code: str
    title: str
    state: RequirementState
    kind: RequirementKind = RequirementKind.EVIDENCE
    role: Role
    detail: str = ""
    link_name: str = ""
    link_args: Mapping[str, str | int] = field(default_factory=dict, hash=False)
    due: date | None = None

    def __post_init__(self) -> None:
        if not self.code.strip() or not self.title.strip():
            raise ValueError(
                f"A requirement needs a code and a title, got {self.code!r} and {self.title!r}. "
                "Write both."
            )
        if self.state is not RequirementState.MET and not self.detail.strip():
            raise ValueError(
                f"Requirement '{self.code}' is '{self.state.value}' without a reason. "
                "Say in `detail` what is missing or why it does not apply."
            )

    @property
    def side(self) -> Side:
        """The side whose move it is."""
        return self.role.side

    @property
    def is_open(self) -> bool:
        """Whether it holds the gate: neither met nor not applicable."""
        return self.state in (RequirementState.GAP, RequirementState.UNKNOWN)

    @property
    def may_be_overridden(self) -> bool:
        """Whether two executives could let the use pass without it: missing evidence only."""
        return self.is_open and self.kind is RequirementKind.EVIDENCE
