"""Which uses need attention first, and why: reasons in words, never a score."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from commonweal.shared.language import _, marked
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
        return _(_CATEGORY_WORDS[self])


_CATEGORY_WORDS = {
    AttentionCategory.NEVER_ALLOWED: marked("Never allowed here"),
    AttentionCategory.HUMAN_RIGHTS: marked("People's rights"),
    AttentionCategory.HEALTH_AND_SAFETY: marked("Health and safety"),
    AttentionCategory.JOBS_AND_PAY: marked("Jobs and pay"),
    AttentionCategory.RUNNING_UNCHECKED: marked("Running, but not checked"),
    AttentionCategory.LIKELY_HARM: marked("Harm that is likely"),
    AttentionCategory.NOT_DESCRIBED: marked("Not yet described"),
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
    """One reason why a use needs attention; it can be kept, and read in any language."""

    category: AttentionCategory
    code: str
    said: str
    harm: str = ""

    @property
    def words(self) -> str:
        """The reason as a reader sees it."""
        return _(self.said) % {"harm": _(self.harm)} if self.harm else _(self.said)


@dataclass(frozen=True, kw_only=True)
class Attention:
    """A use with its reasons, gravest category first."""

    use: UseFacts
    reasons: tuple[AttentionReason, ...]


_RIGHTS = AttentionCategory.HUMAN_RIGHTS
_SAFETY = AttentionCategory.HEALTH_AND_SAFETY
_JOBS = AttentionCategory.JOBS_AND_PAY

_FACTS = (
    (_RIGHTS, "rights_impacting", marked("It is declared to affect people's rights.")),
    (
        _RIGHTS,
        "decides_without_person",
        marked("It decides about people before any person has looked."),
    ),
    (_RIGHTS, "employment_decisions", marked("It takes part in decisions about people's jobs.")),
    (_RIGHTS, "could_reveal_organising", marked("It could show who organises.")),
    (_RIGHTS, "reads_messages", marked("It reads or listens to what people say at work.")),
    (_RIGHTS, "monitors_individuals", marked("It watches single persons.")),
    (_RIGHTS, "biometric_identification", marked("It recognises people by their bodies.")),
    (_RIGHTS, "shares_data_outside", marked("Data about workers goes to others outside.")),
    (_RIGHTS, "outsourced_data_labour", marked("It needs hidden work by people elsewhere.")),
    (_SAFETY, "safety_impacting", marked("It is declared to affect people's safety.")),
    (_SAFETY, "sets_pace_or_targets", marked("It sets how fast people work.")),
    (
        _SAFETY,
        "fatigue_or_injury_detection",
        marked("It judges whether people are tired or hurt."),
    ),
    (_JOBS, "replaces_paid_work", marked("It is meant to replace paid work.")),
    (_JOBS, "sets_individual_pay", marked("It sets pay for single persons.")),
    (_JOBS, "changes_schedules", marked("It changes shifts at short notice.")),
)

_CODES = (
    (_RIGHTS, "hiring", marked("People meet it when they are hired.")),
    (_RIGHTS, "evaluation_and_pay", marked("People meet it when they are rated or paid.")),
    (_RIGHTS, "exit", marked("People meet it when they lose a job.")),
    (_RIGHTS, "monitoring", marked("It is used to watch work or people.")),
    (_RIGHTS, "manages_people", marked("It manages people.")),
)

_GRAVE_SIGNALS = (
    (_RIGHTS, "RS6", marked("work that is badly paid or treated elsewhere")),
    (_RIGHTS, "RS7", marked("use of people's work or data without asking or paying")),
    (_RIGHTS, "RS13", marked("close watching of people")),
    (_RIGHTS, "RS17", marked("influence on jobs and pay")),
    (_RIGHTS, "RS18", marked("unfair treatment of some groups")),
    (_SAFETY, "RS9", marked("faster work without other changes")),
    (_SAFETY, "RS11", marked("lost breaks")),
    (_JOBS, "RS1", marked("the loss of a job's main tasks")),
    (_JOBS, "RS2", marked("tasks moving to worse-paid or less secure jobs")),
    (_JOBS, "RS4", marked("jobs leaving places with few others")),
    (_JOBS, "RS8", marked("working out the lowest pay people accept")),
    (_JOBS, "RS10", marked("working hours that are hard to plan")),
)

_SEEN = marked("Somebody sees this: %(harm)s.")
_LIKELY = marked("It may well bring this: %(harm)s.")

_CONDITIONS: tuple[tuple[AttentionCategory, str, Callable[[UseFacts], bool], str], ...] = (
    (
        AttentionCategory.RUNNING_UNCHECKED,
        "open_incident",
        lambda use: use.open_incident,
        marked("An incident is still open."),
    ),
    (
        AttentionCategory.RUNNING_UNCHECKED,
        "running_unassessed",
        lambda use: use.is_running and not use.assessed,
        marked("People already work with it, and nothing was assessed."),
    ),
    (
        AttentionCategory.RUNNING_UNCHECKED,
        "entered_without_gate",
        lambda use: use.entered_without_gate,
        marked("It started without passing a gate."),
    ),
    (
        AttentionCategory.RUNNING_UNCHECKED,
        "review_overdue",
        lambda use: use.review_overdue,
        marked("Its review is overdue."),
    ),
    (
        AttentionCategory.NOT_DESCRIBED,
        "not_classified",
        lambda use: not use.classification.is_complete,
        marked("It is not fully described yet."),
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
        yield AttentionReason(
            category=AttentionCategory.NEVER_ALLOWED, code=block.fact, said=block.reason_marked
        )


def _declared(use: UseFacts) -> Iterable[AttentionReason]:
    for rows, given in ((_FACTS, use.facts.yes), (_CODES, use.classification.codes)):
        for category, code, said in rows:
            if code in given:
                yield AttentionReason(category=category, code=code, said=said)


def _signalled(use: UseFacts) -> Iterable[AttentionReason]:
    for category, signal, harm in _GRAVE_SIGNALS:
        if signal in use.present_signals:
            yield AttentionReason(category=category, code=signal, said=_SEEN, harm=harm)
        elif signal in use.likely_signals:
            likely = AttentionCategory.LIKELY_HARM
            yield AttentionReason(category=likely, code=signal, said=_LIKELY, harm=harm)


def _conditions(use: UseFacts) -> Iterable[AttentionReason]:
    for category, code, applies, said in _CONDITIONS:
        if applies(use):
            yield AttentionReason(category=category, code=code, said=said)
