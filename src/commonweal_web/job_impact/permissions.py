"""The rights of the assessment room. Who answers, answers under one right per side."""

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
_MANAGEMENT = ("use_owner", "people_lead", "executive", "head_of_oversight")

SEE_ASSESSMENTS = Permission(
    "job_impact.see_assessments", _("See assessments with every side’s views"), _DESK
)
SEE_OWN_ASSESSMENTS = Permission(
    "job_impact.see_own_assessments",
    _("See the assessments of what touches one’s own work"),
    ("worker",),
)
OPEN_ASSESSMENT = Permission(
    "job_impact.open_assessment", _("Open an assessment"), ("people_lead",)
)
CLOSE_ASSESSMENT = Permission(
    "job_impact.close_assessment", _("Close an assessment"), ("people_lead",)
)
STATE_DATA = Permission(
    "job_impact.state_data",
    _("State which facts there are and which are missing"),
    ("people_lead", "use_owner"),
)
REOPEN_ANSWERS = Permission(
    "job_impact.reopen_answers",
    _("Say that something changed and answers are asked anew"),
    ("people_lead", "worker_representative", "operator"),
)
FOLLOW_PRESENT = Permission(
    "job_impact.follow_present", _("Keep track of what counts as present"), ("operator",)
)
NAME_FOLLOW_UP = Permission(
    "job_impact.name_follow_up",
    _("Name who finds out what is uncertain"),
    ("people_lead", "use_owner", "worker_representative"),
)
CLOSE_PRESENT = Permission(
    "job_impact.close_present",
    _("Close a “present” with a written reason"),
    ("worker_representative", *_MANAGEMENT),
)
ANSWER_AS_WORKER = Permission("job_impact.answer_as_worker", _("Answer as a worker"), ("worker",))
ANSWER_AS_REPRESENTATIVE = Permission(
    "job_impact.answer_as_representative",
    _("Answer for the worker representatives"),
    ("worker_representative",),
)
ANSWER_AS_MANAGEMENT = Permission(
    "job_impact.answer_as_management", _("Answer for management"), _MANAGEMENT
)
ANSWER_AS_EXPERT = Permission("job_impact.answer_as_expert", _("Answer as an expert"), ("expert",))
GIVE_DESK_VIEW = Permission(
    "job_impact.give_desk_view",
    _("Answer for one’s office"),
    ("worker_representative", "expert", *_MANAGEMENT),
)
INVITE_CONTRIBUTOR = Permission(
    "job_impact.invite_contributor",
    _("Ask somebody to take part"),
    ("people_lead", "worker_representative"),
)
RECORD_PAYMENT = Permission(
    "job_impact.record_payment", _("Record that a contributor was paid"), ("people_lead",)
)
TAKE_PART = Permission(
    "job_impact.take_part", _("Take part through a link made for it"), ("contributor",)
)
RATE_TASKS = Permission("job_impact.rate_tasks", _("Rate the tasks of one’s own job"), ("worker",))

PERMISSIONS = (
    SEE_ASSESSMENTS,
    SEE_OWN_ASSESSMENTS,
    OPEN_ASSESSMENT,
    CLOSE_ASSESSMENT,
    STATE_DATA,
    REOPEN_ANSWERS,
    FOLLOW_PRESENT,
    NAME_FOLLOW_UP,
    CLOSE_PRESENT,
    ANSWER_AS_WORKER,
    ANSWER_AS_REPRESENTATIVE,
    ANSWER_AS_MANAGEMENT,
    ANSWER_AS_EXPERT,
    GIVE_DESK_VIEW,
    INVITE_CONTRIBUTOR,
    RECORD_PAYMENT,
    TAKE_PART,
    RATE_TASKS,
)
