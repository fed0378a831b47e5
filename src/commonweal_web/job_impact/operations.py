"""Where each action of this room can be reached from."""

from commonweal_web.house.declaration import Operation

_BY_EVENT = "A step of the system: it follows an answer, an event or the passing of a date."
_BY_LINK = "Only the person who holds the link does this, on the page the link opens."
_OWN_JOB = "Only people who hold the job do this, on their phone."

OPERATIONS = (
    Operation(
        "open_assessment",
        page="desk:job_impact:open",
        api="POST /uses/{use_id}/assessments",
        except_because="Opening a run is a decision of the people lead, not of the server.",
    ),
    Operation(
        "state_data",
        page="desk:job_impact:data",
        api="PUT /assessments/{assessment_id}/data",
        except_because="It is stated by the people who know the facts.",
    ),
    Operation(
        "give_view",
        page="my:job_impact:question",
        api="POST /assessments/{assessment_id}/views",
        except_because="Nobody answers for somebody else from the server.",
    ),
    Operation(
        "close_present",
        page="desk:job_impact:close_present",
        api="POST /uses/{use_id}/signals/{signal}/closings",
        except_because="It is for the representatives, not for the server.",
    ),
    Operation(
        "name_follow_up",
        page="desk:job_impact:follow_up",
        api="POST /uses/{use_id}/signals/{signal}/follow-ups",
        except_because="It names people; that is decided by people.",
    ),
    Operation(
        "reopen_answers",
        page="desk:job_impact:tell",
        api="POST /uses/{use_id}/reopenings",
        except_because="Events do it; by hand it is done where the change is known.",
    ),
    Operation(
        "close_assessment",
        page="desk:job_impact:close",
        api="POST /assessments/{assessment_id}/close",
        except_because="Closing a run is a decision of the people lead, not of the server.",
    ),
    Operation(
        "invite_contributor",
        page="desk:job_impact:invite",
        api="POST /assessments/{assessment_id}/contributors",
        except_because="The secret of the link is shown once, to the person who sends it.",
    ),
    Operation(
        "record_payment",
        page="desk:job_impact:contributors",
        api="POST /contributors/{contributor_id}/payment",
        except_because="Payments are entered by the people lead or by a payroll program.",
    ),
    Operation(
        "revoke_invitation",
        page="desk:job_impact:contributors",
        api="DELETE /contributors/{contributor_id}/link",
        except_because="It is done by those who invited.",
    ),
    Operation("accept_invitation", page="public:job_impact:invitation", except_because=_BY_LINK),
    Operation("add_task", page="my:job_impact:tasks", except_because=_OWN_JOB),
    Operation("rate_task", page="my:job_impact:tasks", except_because=_OWN_JOB),
    Operation("follow_present", except_because=_BY_EVENT),
)
