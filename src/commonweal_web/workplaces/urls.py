"""Addresses of the workplaces room."""

from django.urls import path

from commonweal_web.workplaces.views import (
    bodies,
    groups,
    members,
    organisation,
    roster,
    roster_import,
    sheets,
    sites,
)

desk = [
    path("workplaces/", organisation.organisation, name="organisation"),
    path("workplaces/change/", organisation.change_organisation, name="change_organisation"),
    path("workplaces/years/", organisation.state_year, name="state_year"),
    path("workplaces/sites/", sites.sites, name="sites"),
    path("workplaces/sites/new/", sites.new_site, name="new_site"),
    path("workplaces/sites/<uuid:pk>/", sites.site, name="site"),
    path("workplaces/sites/<uuid:pk>/change/", sites.change_site, name="change_site"),
    path("workplaces/sites/<uuid:pk>/appoint/", sites.appoint_at_site, name="appoint_at_site"),
    path("workplaces/groups/", groups.groups, name="groups"),
    path("workplaces/groups/new/", groups.new_group, name="new_group"),
    path("workplaces/groups/<uuid:pk>/", groups.group, name="group"),
    path("workplaces/groups/<uuid:pk>/change/", groups.change_group, name="change_group"),
    path("workplaces/groups/<uuid:pk>/vulnerable/", groups.vulnerable, name="vulnerable"),
    path("workplaces/groups/<uuid:pk>/members/new/", members.new_member, name="new_member"),
    path("workplaces/members/<uuid:pk>/end/", members.end_membership, name="end_membership"),
    path("workplaces/codes/", sheets.sheets, name="sheets"),
    path("workplaces/roster/", roster.roster, name="roster"),
    path("workplaces/roster/new/", roster.new_line, name="new_line"),
    path("workplaces/roster/people/<uuid:pk>/", roster.change_line, name="change_line"),
    path("workplaces/roster/imports/", roster_import.roster_imports, name="roster_imports"),
    path(
        "workplaces/roster/imports/<uuid:pk>/", roster_import.roster_import, name="roster_import"
    ),
    path("workplaces/roster/bring-in/", roster_import.bring_in_roster, name="bring_in_roster"),
    path(
        "workplaces/roster/bring-in/<str:code>/",
        roster_import.preview_roster,
        name="preview_roster",
    ),
    path("workplaces/bodies/", bodies.bodies, name="bodies"),
    path("workplaces/bodies/new/", bodies.new_body, name="new_body"),
    path("workplaces/bodies/<uuid:pk>/change/", bodies.change_body, name="change_body"),
    path("workplaces/bodies/<uuid:pk>/invite/", bodies.invite, name="invite"),
    path(
        "workplaces/invitations/<uuid:pk>/withdraw/",
        bodies.withdraw_invitation,
        name="withdraw_invitation",
    ),
]
public = [
    path(
        "<slug:slug>/name-your-representative/<str:secret>/",
        bodies.accept_invitation,
        name="accept_invitation",
    ),
]
