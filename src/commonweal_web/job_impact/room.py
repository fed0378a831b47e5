from django.utils.translation import gettext_lazy as _

from commonweal_web.house.declaration import NavigationEntry, NoticeKind, Room, Translatable
from commonweal_web.job_impact.actions import reactions
from commonweal_web.job_impact.actions.telling import remind_of_questions
from commonweal_web.job_impact.operations import OPERATIONS
from commonweal_web.job_impact.permissions import PERMISSIONS
from commonweal_web.job_impact.queries import gates, house, portfolio
from commonweal_web.job_impact.queries.ending import unpaid
from commonweal_web.job_impact.queries.links import links_to_contributors
from commonweal_web.job_impact.queries.seen import SUBJECTS
from commonweal_web.systems import events as systems

ROOM = Room(
    name="job_impact",
    title=_("Job impact"),
    practices=("RPU3",),
    may_use=(
        "organisations",
        "record",
        "people",
        "notices",
        "evidence",
        "practices",
        "workplaces",
        "systems",
    ),
    navigation=(
        NavigationEntry(
            "desk",
            _("Assessments"),
            "desk:job_impact:assessments",
            30,
            "job_impact.see_assessments",
        ),
    ),
    permissions=PERMISSIONS,
    translatable=(Translatable("job_impact.Assessment", ("closing_reason",), "use"),),
    setup_steps=(portfolio.setup_steps,),
    blocks_deletion=(unpaid,),
    links=(links_to_contributors,),
    api="commonweal_web.job_impact.api:router",
    gate_requirements=(gates.assessed,),
    use_panels=(house.where_sides_differ,),
    portfolio=(portfolio.views_in_line,),
    pack_parts=(house.views_for_pack,),
    portfolio_words=portfolio.WORDS,
    reacts_to={
        systems.UseRegistered: reactions.use_registered,
        systems.StageEntered: reactions.stage_entered,
        systems.IncidentUpheld: reactions.incident_upheld,
        systems.ClaimsChanged: reactions.claims_changed,
        systems.UseDescribed: reactions.use_described,
    },
    evidence_subjects=SUBJECTS,
    signals_present=(house.signals_present,),
    notice_kinds=(
        NoticeKind("job_impact.questions", _("questions about your work"), to_whole_group=True),
        NoticeKind(
            "job_impact.questions_close",
            _("questions about your work close soon"),
            to_whole_group=True,
        ),
        NoticeKind("job_impact.views", _("your side is asked for its view")),
    ),
    waiting=(house.waiting,),
    ticks=(
        reactions.uncertain_past_date,
        reactions.review_dates_passed,
        remind_of_questions,
    ),
    operations=OPERATIONS,
    doc="how-to/assess-a-use.md",
)
