from django.urls import path

from commonweal_web.job_impact.views import desk as at_desk
from commonweal_web.job_impact.views import my as at_phone
from commonweal_web.job_impact.views import parts, running
from commonweal_web.job_impact.views import public as by_link

_USE = "uses/<uuid:pk>/assessment/"
_SIGNAL = f"{_USE}signals/<slug:signal>/"

desk = [
    path("assessments/", at_desk.assessments, name="assessments"),
    path(_USE, at_desk.assessment, name="assessment"),
    path(f"{_USE}outcome/", at_desk.outcome, name="outcome"),
    path(f"{_USE}compare/", at_desk.compare, name="compare"),
    path(f"{_USE}tasks/", at_desk.tasks, name="tasks"),
    path(_SIGNAL, at_desk.signal, name="signal"),
    path(f"{_SIGNAL}answer/", running.answer, name="answer"),
    path(f"{_SIGNAL}close/", running.close_present, name="close_present"),
    path(f"{_SIGNAL}follow-up/", running.follow_up, name="follow_up"),
    path(f"{_USE}open/", running.open_run, name="open"),
    path(f"{_USE}facts/", running.data, name="data"),
    path(f"{_USE}changed/", running.tell, name="tell"),
    path(f"{_USE}close/", running.close, name="close"),
    path(f"{_USE}people/", parts.contributors, name="contributors"),
    path(f"{_USE}people/invite/", parts.invite, name="invite"),
    path(f"{_USE}people/<uuid:part>/paid/", parts.pay, name="pay"),
    path(f"{_USE}people/<uuid:part>/end-link/", parts.revoke, name="revoke"),
]
_MINE = "assessments/<uuid:pk>/"
my = [
    path(_MINE, at_phone.overview, name="assessment"),
    path(f"{_MINE}questions/<slug:signal>/", at_phone.question, name="question"),
    path(f"{_MINE}answers/", at_phone.answers, name="answers"),
    path(f"{_MINE}outcome/", at_phone.outcome, name="outcome"),
    path(f"{_MINE}tasks/", at_phone.tasks, name="tasks"),
    path(f"{_MINE}tasks/<uuid:task>/", at_phone.rate, name="rate"),
]
_PART = "<slug:slug>/take-part/"
public = [
    path(f"{_PART}with/<str:secret>/", by_link.invitation, name="invitation"),
    path(_PART, by_link.overview, name="assessment"),
    path(f"{_PART}questions/<slug:signal>/", by_link.question, name="question"),
    path(f"{_PART}answers/", by_link.answers, name="answers"),
    path(f"{_PART}outcome/", by_link.outcome, name="outcome"),
]
