"""Addresses of the people room."""

from django.urls import path

from commonweal_web.people import deputy_views, link_views, own_views, sheet_views, views

desk = [
    path("people/", views.people, name="people"),
    path("people/new/", views.new_person, name="new_person"),
    path("people/<uuid:pk>/", views.person, name="person"),
    path("people/<uuid:pk>/appoint/", views.appoint, name="appoint"),
    path("people/<uuid:pk>/close/", views.close_account, name="close_account"),
    path("people/<uuid:pk>/codes/", sheet_views.print_sheet, name="print_sheet"),
    path("people/roles/<uuid:pk>/end/", views.end_appointment, name="end_appointment"),
    path("people/roles/<uuid:pk>/confirm/", views.confirm_appointment, name="confirm_appointment"),
    path("account/", own_views.account, name="account"),
    path("account/codes/<uuid:pk>/cancel/", sheet_views.cancel_sheet, name="cancel_sheet"),
    path("account/deputies/", deputy_views.deputies, name="deputies"),
    path("account/roles/<uuid:pk>/end/", deputy_views.step_down, name="step_down"),
    path("people/<uuid:pk>/away/", deputy_views.away, name="away"),
    path("account/back/", deputy_views.back, name="back"),
    path("links/", link_views.links, name="links"),
    path("account/tokens/", own_views.tokens, name="tokens"),
    path("account/tokens/<uuid:pk>/revoke/", own_views.revoke_token, name="revoke_token"),
]
my = [
    path("account/", own_views.account, name="account"),
    path("account/codes/<uuid:pk>/cancel/", sheet_views.cancel_sheet, name="cancel_sheet"),
    path("voices/", own_views.voices, name="voices"),
]
