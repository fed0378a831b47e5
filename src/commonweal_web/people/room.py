from django.utils.translation import gettext_lazy as _

from commonweal_web.house.declaration import (
    NavigationEntry,
    NoticeKind,
    Operation,
    Room,
    Unrecorded,
)
from commonweal_web.people.actions import (
    forget_answers,
    forget_erased,
    forget_tries,
    forget_who_left,
)
from commonweal_web.people.permissions import PERMISSIONS
from commonweal_web.people.queries import deputies_missing
from commonweal_web.people.queries.setup import setup_steps
from commonweal_web.record.events import SubjectErased

_SIGN_IN = "who is signed in, and by which second step, is nobody’s decision and is not history"

_COMMAND = "a command is the operator’s, who names the first people lead by `init` and nobody else"

ROOM = Room(
    name="people",
    title=_("People"),
    may_use=("organisations", "record"),
    navigation=(
        NavigationEntry("desk", _("People"), "desk:people:people", 70, "people.see_people"),
        NavigationEntry(
            "desk", _("My account"), "desk:people:account", 95, "people.change_own_account"
        ),
        NavigationEntry("desk", _("Links"), "desk:people:links", 75, "people.see_links"),
        NavigationEntry("my", _("Who speaks for us"), "my:people:voices", 80, "people.see_voices"),
        NavigationEntry(
            "my", _("My account"), "my:people:account", 95, "people.change_own_account"
        ),
    ),
    permissions=PERMISSIONS,
    setup_steps=(setup_steps,),
    waiting=(deputies_missing,),
    api="commonweal_web.people.api:router",
    notice_kinds=(
        NoticeKind("people.handler_waits", _("a proposed handler waits for your side’s word")),
        NoticeKind("people.deputy_named", _("you were named as somebody’s deputy")),
        NoticeKind("people.away", _("somebody’s absence was noted, and a deputy acts")),
        NoticeKind("people.codes_issued", _("a new sheet of sign-in codes was made for you")),
    ),
    ticks=(forget_answers, forget_who_left, forget_tries),
    reacts_to={SubjectErased: forget_erased},
    operations=(
        Operation(
            "add_account",
            page="desk:people:new_person",
            api="POST /people",
            except_because=_COMMAND,
        ),
        Operation(
            "appoint",
            page="desk:people:appoint",
            api="POST /people/{account_id}/appointments",
            except_because=_COMMAND,
        ),
        Operation(
            "confirm_appointment",
            page="desk:people:confirm_appointment",
            api="POST /appointments/{appointment_id}/confirm",
            except_because=_COMMAND,
        ),
        Operation(
            "end_appointment",
            page="desk:people:end_appointment",
            api="POST /appointments/{appointment_id}/end",
            except_because="a command speaks for the server’s operator, who recalls nobody",
        ),
        *(
            Operation(
                name,
                page=f"desk:people:{page}",
                except_because="said by a person who is signed in, never by a program",
            )
            for name, page in (
                ("name_deputy", "deputies"),
                ("note_absence", "away"),
                ("note_return", "back"),
            )
        ),
        Operation(
            "change_password",
            page="account_change_password",
            except_because="a password is typed by its owner into a page, never by a program",
        ),
        Operation(
            "set_own_password",
            page="account_set_password",
            except_because="a password is typed by its owner into a page, never by a program",
        ),
        Operation(
            "issue_sheets",
            page="desk:people:print_sheet",
            except_because="codes are for the eyes of whoever prints them, never for a program",
        ),
        Operation(
            "cancel_sheet",
            page="my:people:cancel_sheet",
            except_because="a sheet is cancelled by the person who holds it, beside its history",
        ),
        Operation(
            "enrol_workers",
            except_because="part of printing the first sheet of somebody on the roster",
        ),
        Operation(
            "change_language",
            page="desk:people:account",
            except_because="a choice of how one reads pages",
        ),
        Operation(
            "change_address",
            page="desk:notices:how",
            except_because="a choice of how one is told; only its owner makes it, signed in",
        ),
        Operation(
            "close_account",
            page="desk:people:close_account",
            api="POST /people/{account_id}/close",
            except_because=_COMMAND,
        ),
        *(
            Operation(name, except_because="follows from the roster, inside what changes it")
            for name in ("change_details", "end_access", "give_access_again")
        ),
        Operation(
            "forget_sign_in",
            except_because="part of closing or erasing an account, and of a first own password",
        ),
        Operation(
            "make_token",
            page="desk:people:tokens",
            except_because="a stolen token must not be able to make more of its kind",
        ),
        Operation(
            "revoke_token",
            page="desk:people:revoke_token",
            api="POST /tokens/{token_id}/revoke",
            except_because="a command speaks for the server’s operator, who made no token",
        ),
    ),
    unrecorded=(
        Unrecorded("django_session", _SIGN_IN),
        Unrecorded("account_emailaddress", "kept by the sign-in library; never filled by us"),
        Unrecorded("mfa_authenticator", _SIGN_IN),
        Unrecorded("socialaccount_socialaccount", _SIGN_IN),
        Unrecorded("socialaccount_socialtoken", _SIGN_IN),
        Unrecorded("django_content_type", "a list of tables that the framework keeps"),
        Unrecorded("auth_permission", "kept by the framework; rights come from the rooms"),
        Unrecorded("django_migrations", "which migrations ran"),
        Unrecorded(
            "people_apianswer", "what the API answered, kept a day so that repeats are safe"
        ),
        Unrecorded(
            "people_codeleft",
            "which codes of a sheet were not used; when one is used is no history",
        ),
        Unrecorded("people_wrongtries", "counts of wrong codes, deleted within the hour"),
        Unrecorded(
            "django_tasks_database_dbtaskresult", "work waiting to be done, deleted when done"
        ),
    ),
    doc="reference/roles.md",
)
