from django.utils.translation import gettext_lazy as _

from commonweal_web.disclosure.actions import note_where_due
from commonweal_web.disclosure.actions.duties import follow_facts, follow_risks, follow_years
from commonweal_web.disclosure.panels import waiting, what_the_public_reads
from commonweal_web.disclosure.permissions import PERMISSIONS
from commonweal_web.disclosure.queries import disclosure_up_to_date
from commonweal_web.disclosure.queries.seen import SUBJECTS, shows_evidence
from commonweal_web.disclosure.queries.setup import setup_steps
from commonweal_web.house.declaration import NavigationEntry, NoticeKind, Operation, Room
from commonweal_web.mitigations.events import RiskChanged, RiskClosed, RiskOpened
from commonweal_web.systems.events import ClaimsChanged, UseDescribed
from commonweal_web.workplaces.events import YearStated

NO_COMMAND = "a command speaks for the server’s operator, not for the employer"
BY_ITSELF = "follows by itself from every change, in the same transaction"

ROOM = Room(
    name="disclosure",
    title=_("Disclosure"),
    practices=("RPU1",),
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
        "mitigations",
    ),
    navigation=(
        NavigationEntry(
            "desk", _("Public"), "desk:disclosure:overview", 70, "disclosure.see_disclosure"
        ),
    ),
    permissions=PERMISSIONS,
    setup_steps=(setup_steps,),
    api="commonweal_web.disclosure.api:router",
    gate_requirements=(disclosure_up_to_date,),
    use_panels=(what_the_public_reads,),
    asks_anew=(
        "disclosure.commitmentversion",
        "disclosure.consultedparty",
        "organisations.organisationyear",
    ),
    notice_kinds=(NoticeKind("disclosure.duty", _("something is to be made public")),),
    waiting=(waiting,),
    evidence_subjects=SUBJECTS,
    evidence_published=(shows_evidence,),
    ticks=(note_where_due,),
    reacts_to={
        ClaimsChanged: follow_facts,
        UseDescribed: follow_facts,
        RiskOpened: follow_risks,
        RiskChanged: follow_risks,
        RiskClosed: follow_risks,
        YearStated: follow_years,
    },
    operations=(
        *(
            Operation(name, page=f"desk:disclosure:{page}", api=api, except_because=NO_COMMAND)
            for name, page, api in (
                ("adopt_commitment", "adopt", "POST /commitment"),
                ("consult_party", "consult", "POST /commitment/consulted"),
                ("sign_commitment", "sign", "POST /commitment/{version_id}/sign"),
                ("decline_commitment", "decline", "POST /commitment/{version_id}/decline"),
                ("withdraw_proposal", "withdraw", "POST /commitment/{version_id}/withdraw"),
                ("publish_use_page", "publish_use", "POST /uses/{use_id}/page"),
                ("withdraw_use_page", "withdraw_use", "POST /uses/{use_id}/page/withdraw"),
                ("publish_organisation_page", "publish_own", "POST /organisation/page"),
            )
        ),
        Operation("note_duties", cli="tick", except_because=BY_ITSELF),
        Operation("note_known", except_because=BY_ITSELF),
    ),
    doc="how-to/publish-a-commitment.md",
)
