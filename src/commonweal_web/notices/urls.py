"""Addresses of the notices room."""

from django.urls import path

from commonweal_web.notices import views

_OWN = [
    path("notices/", views.notices, name="notices"),
    path("notices/how/", views.how, name="how"),
    path("notices/clear/", views.clear_all, name="clear_all"),
    path("notices/calendar/", views.make_feed, name="make_feed"),
    path("notices/calendar/off/", views.end_feed, name="end_feed"),
    path("notices/<uuid:pk>/", views.open_notice, name="open"),
    path("notices/<uuid:pk>/clear/", views.clear, name="clear"),
]
desk = _OWN
my = _OWN
public = [path("<slug:slug>/calendar/<str:secret>.ics", views.calendar, name="calendar")]
