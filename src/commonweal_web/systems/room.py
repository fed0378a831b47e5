from django.utils.translation import gettext_lazy as _

from commonweal_web.house.declaration import (
    NavigationEntry,
    NoticeKind,
    Operation,
    Room,
    Translatable,
    Unrecorded,
)
from commonweal_web.record.events import RowsWritten
from commonweal_web.systems.actions.packs import forget_lost_packs, forget_old_packs
from commonweal_web.systems.actions.standings import count_anew, follow_rows
from commonweal_web.systems.permissions import PERMISSIONS
from commonweal_web.systems.queries.requirements import GATE_REQUIREMENTS
from commonweal_web.systems.queries.seen import SUBJECTS
from commonweal_web.systems.queries.setup import own_steps
from commonweal_web.systems.queries.standings import own_line
from commonweal_web.systems.queries.vendor_links import links_to_vendors
from commonweal_web.systems.queries.waiting import WAITING
from commonweal_web.systems.searching import SEARCH
from commonweal_web.systems.uploads import REGISTERS, forget_old_uploads

_USE = "/uses/{use_id}"
_INCIDENT = f"{_USE}/incidents/{{incident_id}}"
_OVERRIDE = f"{_USE}/overrides/{{override_id}}"


def _at_desk(action: str, page: str, api: str = "") -> Operation:
    """An action of people at a desk."""
    why = "people decide this beside the page that says what it means"
    return Operation(action, page=f"desk:systems:{page}", api=api, except_because=why)


ROOM = Room(
    name="systems",
    title=_("Uses of AI"),
    practices=("RPU2",),
    practice_of={"predicts_union_activity": "RPU2"},
    may_use=(
        "organisations",
        "record",
        "people",
        "notices",
        "evidence",
        "practices",
        "workplaces",
    ),
    navigation=(
        NavigationEntry("desk", _("Uses"), "desk:systems:uses", 10, "systems.see_uses"),
        NavigationEntry("my", _("What waits"), "my:systems:home", 10, "systems.see_own_uses"),
        NavigationEntry("my", _("Uses"), "my:systems:uses", 20, "systems.see_own_uses"),
    ),
    permissions=PERMISSIONS,
    search=SEARCH,
    api="commonweal_web.systems.api:router",
    gate_requirements=GATE_REQUIREMENTS,
    waiting=WAITING,
    translatable=(Translatable("systems.Use", ("name", "purpose", "outputs"), "pk"),),
    notice_kinds=(
        NoticeKind("systems.gate_waits", _("a gate waits for your side")),
        NoticeKind("systems.decided", _("something was decided about AI that touches your work")),
        NoticeKind("systems.ending", _("AI that touches your work is ending")),
    ),
    evidence_subjects=SUBJECTS,
    links=(links_to_vendors,),
    ticks=(forget_old_uploads, count_anew, forget_old_packs),
    forgets=(REGISTERS.forget_of, forget_lost_packs),
    setup_steps=(own_steps,),
    reacts_to={RowsWritten: follow_rows},
    portfolio=(own_line,),
    portfolio_words={
        "review": _("Review"),
        "stopping": _("It will have stopped"),
        "follow_up": _("Something is to be done about an incident"),
    },
    unrecorded=(
        Unrecorded(
            "systems_standing",
            "worked out from recorded rows; `tick` makes it anew where it is thrown away",
        ),
        Unrecorded("systems_savedview", "filters of a list that a person wants to see again"),
        Unrecorded("systems_setupdismissed", "that a person wants a list of steps no longer"),
        Unrecorded("systems_pack", "a file that is being made from what the record holds"),
    ),
    operations=(
        Operation(
            "register_use",
            page="desk:systems:register",
            api="POST /uses",
            except_because="a list comes in by `import uses`; one use by a person who knows it",
        ),
        _at_desk("describe_use", "describe", f"POST {_USE}/description"),
        _at_desk("classify_use", "classify", f"POST {_USE}/classification"),
        _at_desk("declare_facts", "facts", f"POST {_USE}/facts"),
        _at_desk("state_money", "money", f"POST {_USE}/money"),
        _at_desk("appoint_owner", "owner", f"POST {_USE}/owner"),
        _at_desk("set_review_day", "review", f"POST {_USE}/review"),
        _at_desk("copy_use", "copy", f"POST {_USE}/copies"),
        Operation(
            "change_many",
            page="desk:systems:change_many",
            except_because="a program changes uses one by one, each with an answer of its own",
        ),
        _at_desk("use_at_site", "groups", f"POST {_USE}/sites"),
        _at_desk("touch_group", "groups", f"POST {_USE}/groups"),
        _at_desk("touch_outsiders", "groups", f"POST {_USE}/outsiders"),
        _at_desk("untouch", "untouch", f"DELETE {_USE}/affected/{{affected_id}}"),
        _at_desk("add_choice", "choices", f"POST {_USE}/choices"),
        _at_desk(
            "add_alternative", "alternative", f"POST {_USE}/choices/{{choice_id}}/alternatives"
        ),
        _at_desk("choose_alternative", "choose", f"POST {_USE}/choices/{{choice_id}}/choose"),
        _at_desk("state_claim", "claims", f"POST {_USE}/claims"),
        _at_desk("remove_claim", "remove_claim", f"DELETE {_USE}/claims/{{claim_id}}"),
        _at_desk("report_incident", "incidents", f"POST {_USE}/incidents"),
        _at_desk("follow_up_incident", "incident", f"POST {_INCIDENT}/follow-up"),
        _at_desk("uphold_incident", "uphold_incident", f"POST {_INCIDENT}/confirm"),
        _at_desk("close_incident", "close_incident", f"POST {_INCIDENT}/close"),
        _at_desk("sign_gate", "gate", f"POST {_USE}/gate/signatures"),
        _at_desk(
            "withdraw_signature",
            "withdraw_signature",
            f"POST {_USE}/gate/signatures/{{signature_id}}/withdraw",
        ),
        _at_desk("ask_override", "override", f"POST {_USE}/gate/overrides"),
        _at_desk("agree_override", "agree_override", f"POST {_OVERRIDE}/agree"),
        _at_desk("withdraw_override", "withdraw_override", f"POST {_OVERRIDE}/withdraw"),
        _at_desk("enter_paper_vote", "vote", f"POST {_USE}/votes"),
        _at_desk("stop_use", "stop", f"POST {_USE}/stop"),
        _at_desk("finish_stopping", "finish_stopping", f"POST {_USE}/stopped"),
        _at_desk("retire_use", "retire", f"POST {_USE}/retire"),
        Operation(
            "ask_vendor",
            page="desk:systems:vendor_links",
            except_because="the link is a secret for the eyes of whoever sends it, shown once",
        ),
        Operation(
            "end_vendor_link",
            page="desk:systems:end_vendor_link",
            api="POST /vendor-links/{link_id}/end",
            except_because="a command speaks for the server’s operator, who asked no vendor",
        ),
        Operation(
            "state_as_vendor",
            page="public:systems:vendor_page",
            except_because="a vendor speaks by the link it holds, and by nothing else",
        ),
        Operation(
            "import_register",
            page="desk:systems:bring_in",
            api="POST /registers",
            cli="import uses",
        ),
    ),
    doc="how-to/bring-in-your-uses.md",
)
