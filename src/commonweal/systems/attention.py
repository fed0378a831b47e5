"""Which uses need attention first, and why: reasons in words, never a score."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from commonweal.systems.classification import Classification, DeclaredFacts
from commonweal.systems.hard_blocks import hard_blocks
from commonweal.systems.stages import Stage


class AttentionCategory(StrEnum):
    """Kinds of reasons, the gravest first; the order of uses follows this order alone."""

    NEVER_ALLOWED = "never_allowed"
    HUMAN_RIGHTS = "human_rights"
    HEALTH_AND_SAFETY = "health_and_safety"
    JOBS_AND_PAY = "jobs_and_pay"
    RUNNING_UNCHECKED = "running_unchecked"
    LIKELY_HARM = "likely_harm"
    NOT_DESCRIBED = "not_described"

    @property
    def words(self) -> str:
        """The category as a reader sees it."""
        return _CATEGORY_WORDS[self]


_CATEGORY_WORDS = {
    AttentionCategory.NEVER_ALLOWED: "Never allowed here",
    AttentionCategory.HUMAN_RIGHTS: "People's rights",
    AttentionCategory.HEALTH_AND_SAFETY: "Health and safety",
    AttentionCategory.JOBS_AND_PAY: "Jobs and pay",
    AttentionCategory.RUNNING_UNCHECKED: "Running, but not checked",
    AttentionCategory.LIKELY_HARM: "Harm that is likely",
    AttentionCategory.NOT_DESCRIBED: "Not yet described",
}


@dataclass(frozen=True, kw_only=True)
class UseFacts:
    """What must be known of a use to say whether it needs attention.

    `likely_signals` come from `likely_signals(...)`; `present_signals` are those that any
    side called present; `assessed` says whether anything was answered at all.
    """

    use: str
    name: str
    stage: Stage
    classification: Classification
    facts: DeclaredFacts
    likely_signals: frozenset[str] = frozenset()
    present_signals: frozenset[str] = frozenset()
    assessed: bool = False
    entered_without_gate: bool = False
    review_overdue: bool = False
    open_incident: bool = False

    @property
    def is_running(self) -> bool:
        """Whether people already meet it at work."""
        return self.stage in (Stage.PILOTING, Stage.IN_USE, Stage.STOPPING)


@dataclass(frozen=True, kw_only=True)
class AttentionReason:
    """One reason why a use needs attention, in words."""

    category: AttentionCategory
    code: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Attention:
    """A use with its reasons, gravest category first."""

    use: UseFacts
    reasons: tuple[AttentionReason, ...]


_RIGHTS = AttentionCategory.HUMAN_RIGHTS
_SAFETY = AttentionCategory.HEALTH_AND_SAFETY
_JOBS = AttentionCategory.JOBS_AND_PAY

_FACTS = (
    (_RIGHTS, "rights_impacting", "It is declared to affect people's rights."),
    (_RIGHTS, "decides_without_person", "It decides about people before any person has looked."),
    (_RIGHTS, "employment_decisions", "It takes part in decisions about people's jobs."),
    (_RIGHTS, "could_reveal_organising", "It could show who organises."),
    (_RIGHTS, "reads_messages", "It reads or listens to what people say at work."),
    (_RIGHTS, "monitors_individuals", "It watches single persons."),
    (_RIGHTS, "biometric_identification", "It recognises people by their bodies."),
    (_RIGHTS, "shares_data_outside", "Data about workers goes to others outside."),
    (_RIGHTS, "outsourced_data_labour", "It needs hidden work by people elsewhere."),
    (_SAFETY, "safety_impacting", "It is declared to affect people's safety."),
    (_SAFETY, "sets_pace_or_targets", "It sets how fast people work."),
    (_SAFETY, "fatigue_or_injury_detection", "It judges whether people are tired or hurt."),
    (_JOBS, "replaces_paid_work", "It is meant to replace paid work."),
    (_JOBS, "sets_individual_pay", "It sets pay for single persons."),
    (_JOBS, "changes_schedules", "It changes shifts at short notice."),
)

_CODES = (
    (_RIGHTS, "hiring", "People meet it when they are hired."),
    (_RIGHTS, "evaluation_and_pay", "People meet it when they are rated or paid."),
    (_RIGHTS, "exit", "People meet it when they lose a job."),
    (_RIGHTS, "monitoring", "It is used to watch work or people."),
    (_RIGHTS, "manages_people", "It manages people."),
)

_GRAVE_SIGNALS = (
    (_RIGHTS, "RS6", "work that is badly paid or treated elsewhere"),
    (_RIGHTS, "RS7", "use of people's work or data without asking or paying"),
    (_RIGHTS, "RS13", "close watching of people"),
    (_RIGHTS, "RS17", "influence on jobs and pay"),
    (_RIGHTS, "RS18", "unfair treatment of some groups"),
    (_SAFETY, "RS9", "faster work without other changes"),
    (_SAFETY, "RS11", "lost breaks"),
    (_JOBS, "RS1", "the loss of a job's main tasks"),
    (_JOBS, "RS2", "tasks moving to worse-paid or less secure jobs"),
    (_JOBS, "RS4", "jobs leaving places with few others"),
    (_JOBS, "RS8", "working out the lowest pay people accept"),
    (_JOBS, "RS10", "working hours that are hard to plan"),
)

_CONDITIONS: tuple[tuple[AttentionCategory, str, Callable[[UseFacts], bool], str], ...] = (
    (
        AttentionCategory.RUNNING_UNCHECKED,
        "open_incident",
        lambda use: use.open_incident,
        "An incident is still open.",
    ),
    (
        AttentionCategory.RUNNING_UNCHECKED,
        "running_unassessed",
        lambda use: use.is_running and not use.assessed,
        "People already work with it, and nothing was assessed.",
    ),
    (
        AttentionCategory.RUNNING_UNCHECKED,
        "entered_without_gate",
        lambda use: use.entered_without_gate,
        "It started without passing a gate.",
    ),
    (
        AttentionCategory.RUNNING_UNCHECKED,
        "review_overdue",
        lambda use: use.review_overdue,
        "Its review is overdue.",
    ),
    (
        AttentionCategory.NOT_DESCRIBED,
        "not_classified",
        lambda use: not use.classification.is_complete,
        "It is not fully described yet.",
    ),
)


def attention_reasons(use: UseFacts) -> tuple[AttentionReason, ...]:
    """Every reason why this use needs attention, gravest category first; none once it is over."""
    if use.stage.is_over:
        return ()
    found = (*_blocked(use), *_declared(use), *_signalled(use), *_conditions(use))
    order = list(AttentionCategory)
    return tuple(sorted(found, key=lambda reason: order.index(reason.category)))


def by_attention(uses: Iterable[UseFacts]) -> tuple[Attention, ...]:
    """The uses in the order in which to look at them.

    Compared category by category: a use with a reason of a graver category comes first,
    however many lighter reasons another has. Then those already running, then by name.
    """
    weighed = (Attention(use=use, reasons=attention_reasons(use)) for use in uses)
    return tuple(sorted(weighed, key=_place_in_order))


def _place_in_order(attention: Attention) -> tuple[tuple[bool, ...], bool, str, str]:
    present = {reason.category for reason in attention.reasons}
    absent = tuple(category not in present for category in AttentionCategory)
    use = attention.use
    return absent, not use.is_running, use.name.casefold(), use.use


def _blocked(use: UseFacts) -> Iterable[AttentionReason]:
    for block in hard_blocks(use.facts):
        yield _reason(AttentionCategory.NEVER_ALLOWED, code=block.fact, words=block.reason)


def _declared(use: UseFacts) -> Iterable[AttentionReason]:
    for rows, given in ((_FACTS, use.facts.yes), (_CODES, use.classification.codes)):
        for category, code, words in rows:
            if code in given:
                yield _reason(category, code=code, words=words)


def _signalled(use: UseFacts) -> Iterable[AttentionReason]:
    for category, signal, harm in _GRAVE_SIGNALS:
        if signal in use.present_signals:
            yield _reason(category, code=signal, words=f"Somebody sees {harm}.")
        elif signal in use.likely_signals:
            likely = AttentionCategory.LIKELY_HARM
            yield _reason(likely, code=signal, words=f"It may well bring {harm}.")


def _conditions(use: UseFacts) -> Iterable[AttentionReason]:
    for category, code, applies, words in _CONDITIONS:
        if applies(use):
            yield _reason(category, code=code, words=words)


def _reason(category: AttentionCategory, *, code: str, words: str) -> AttentionReason:
    return AttentionReason(category=category, code=code, words=words)
