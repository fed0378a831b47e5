from django.utils.translation import gettext_lazy as _

from commonweal_web.house.declaration import NavigationEntry, NoticeKind, Room, Translatable
from commonweal_web.job_impact.events import SignalBecamePresent, SignalNoLongerPresent
from commonweal_web.mitigations.actions import (
    follow_groups,
    follow_no_longer_present,
    follow_present,
)
from commonweal_web.mitigations.house_parts import promises, risks_of_use, waiting
from commonweal_web.mitigations.operations import OPERATIONS
from commonweal_web.mitigations.pack_parts import risks_for_pack, severe_for_board
from commonweal_web.mitigations.permissions import PERMISSIONS
from commonweal_web.mitigations.queries.ending import undecided
from commonweal_web.mitigations.queries.portfolio import WORDS, risks_in_line
from commonweal_web.mitigations.queries.requirements import GATE_REQUIREMENTS
from commonweal_web.mitigations.queries.seen import SUBJECTS
from commonweal_web.mitigations.searching import SEARCH
from commonweal_web.systems.events import UseDescribed

ROOM = Room(
    name="mitigations",
    title=_("Risks and answers"),
    practices=("RPU4",),
    may_use=(
        "organisations",
        "record",
        "people",
        "notices",
        "evidence",
        "practices",
        "workplaces",
        "systems",
        "job_impact",
    ),
    navigation=(
        NavigationEntry("desk", _("Risks"), "desk:mitigations:risks", 40, "mitigations.see_risks"),
        NavigationEntry("my", _("Risks"), "my:mitigations:risks", 40, "mitigations.see_own_risks"),
    ),
    permissions=PERMISSIONS,
    search=SEARCH,
    evidence_subjects=SUBJECTS,
    api="commonweal_web.mitigations.api:router",
    gate_requirements=GATE_REQUIREMENTS,
    use_panels=(risks_of_use,),
    portfolio=(risks_in_line,),
    pack_parts=(risks_for_pack,),
    board_parts=(severe_for_board,),
    portfolio_words=WORDS,
    notice_kinds=(
        NoticeKind("mitigations.answer_waits", _("an answer to a risk waits for your word")),
    ),
    waiting=(waiting,),
    translatable=(
        Translatable("mitigations.Risk", ("own_title", "description"), "use", "opened_by_side"),
        Translatable("mitigations.Mitigation", ("text",), "risk__use", "side"),
    ),
    promises=(promises,),
    blocks_deletion=(undecided,),
    reacts_to={
        SignalBecamePresent: follow_present,
        SignalNoLongerPresent: follow_no_longer_present,
        UseDescribed: follow_groups,
    },
    operations=OPERATIONS,
    doc="how-to/answer-a-risk.md",
)
