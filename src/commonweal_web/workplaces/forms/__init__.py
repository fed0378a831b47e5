"""The forms of the workplaces pages."""

from commonweal_web.workplaces.forms.workplaces import (
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
    WEEK,
    YearForm,
    read_money,
)

__all__ = [
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
    "WEEK",
    "YearForm",
    "read_money",
]
