"""The rights of the room of risks. Who proposes as a worker, does so under a right of its own."""

from django.utils.translation import gettext_lazy as _

from commonweal_web.house.declaration import Permission

_DESK = (
    "use_owner",
    "people_lead",
    "executive",
    "worker_representative",
    "registrar",
    "expert",
    "head_of_oversight",
)
_EVERY_SIDE = ("worker_representative", "use_owner", "people_lead", "expert")

SEE_RISKS = Permission("mitigations.see_risks", _("See risks and their answers"), _DESK)
SEE_OWN_RISKS = Permission(
    "mitigations.see_own_risks", _("See the risks that touch one’s own work"), ("worker",)
)
OPEN_RISK = Permission("mitigations.open_risk", _("Enter a risk"), (*_EVERY_SIDE, "operator"))
FOLLOW_SIGNALS = Permission(
    "mitigations.follow_signals", _("Keep the risks in step with the assessment"), ("operator",)
)
CLOSE_RISK = Permission(
    "mitigations.close_risk",
    _("Close a risk that is no longer there"),
    ("worker_representative", "use_owner", "people_lead"),
)
JUDGE_RISK = Permission(
    "mitigations.judge_risk", _("Judge how grave and how likely a risk is"), _EVERY_SIDE
)
CHANGE_CLASS = Permission(
    "mitigations.change_class",
    _("Raise or lower the class of a risk"),
    ("worker_representative", "use_owner", "people_lead", "executive"),
)
PROPOSE_ANSWER = Permission("mitigations.propose_answer", _("Propose an answer"), _EVERY_SIDE)
PROPOSE_AS_WORKER = Permission(
    "mitigations.propose_as_worker", _("Propose an answer, or comment, as a worker"), ("worker",)
)
COMMENT = Permission("mitigations.comment", _("Say something about a risk"), _EVERY_SIDE)
DECIDE_FOR_GROUP = Permission(
    "mitigations.decide_for_group",
    _("Accept or refuse an answer for a worker group"),
    ("worker_representative", "registrar"),
)
CARRY_ANSWER = Permission(
    "mitigations.carry_answer",
    _("Say who carries out an answer and by when"),
    ("use_owner", "people_lead"),
)
CHECK_EFFECT = Permission(
    "mitigations.check_effect", _("Check whether an answer works"), _EVERY_SIDE
)
SAY_NOTHING_HELPS = Permission(
    "mitigations.say_nothing_helps", _("Say that nothing helps against a risk"), _EVERY_SIDE
)
DECIDE_CHANGE_OR_STOP = Permission(
    "mitigations.decide_change_or_stop",
    _("Decide to change a use or to stop it"),
    ("use_owner", "people_lead", "executive"),
)
ADOPT_RULES = Permission(
    "mitigations.adopt_rules",
    _("Change the severity rules, with the other side"),
    ("people_lead", "executive", "worker_representative", "registrar"),
)

PERMISSIONS = (
    SEE_RISKS,
    SEE_OWN_RISKS,
    OPEN_RISK,
    FOLLOW_SIGNALS,
    CLOSE_RISK,
    JUDGE_RISK,
    CHANGE_CLASS,
    PROPOSE_ANSWER,
    PROPOSE_AS_WORKER,
    COMMENT,
    DECIDE_FOR_GROUP,
    CARRY_ANSWER,
    CHECK_EFFECT,
    SAY_NOTHING_HELPS,
    DECIDE_CHANGE_OR_STOP,
    ADOPT_RULES,
)
