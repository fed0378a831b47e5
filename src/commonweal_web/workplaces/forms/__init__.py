"""The forms of the workplaces pages."""

from commonweal_web.workplaces.forms.workplaces import (
    WEEK,
    AcceptForm,
    BodyFactsForm,
    BodyForm,
    EndForm,
    GroupFilter,
    GroupForm,
    InCurrency,
    MemberForm,
    OrganisationForm,
    ReasonForm,
    Search,
    SiteForm,
    SiteRoleForm,
    YearForm,
    read_money,
)

__all__ = [
    "WEEK",
    "AcceptForm",
    "BodyFactsForm",
    "BodyForm",
    "EndForm",
    "GroupFilter",
    "GroupForm",
    "InCurrency",
    "MemberForm",
    "OrganisationForm",
    "ReasonForm",
    "Search",
    "SiteForm",
    "SiteRoleForm",
    "YearForm",
    "read_money",
]
