"""Addresses of the evidence room."""

from django.urls import path

from commonweal_web.evidence.views import desk as at_desk
from commonweal_web.evidence.views import my as at_phone
from commonweal_web.evidence.views import public as by_everyone

_ABOUT = "evidence/about/<str:label>/<uuid:row>/"
_PIECE = "evidence/<uuid:pk>/"

desk = [
    path(_ABOUT, at_desk.about, name="about"),
    path(f"{_ABOUT}<str:kind>/", at_desk.attach, name="attach"),
    path(_PIECE, at_desk.piece, name="piece"),
    path(f"{_PIECE}file/", at_desk.download, name="download"),
    path(f"{_PIECE}take-back/", at_desk.withdraw, name="withdraw"),
]
my = [
    path(_ABOUT, at_phone.about, name="about"),
    path(f"{_ABOUT}<str:kind>/", at_phone.attach, name="attach"),
    path(_PIECE, at_phone.piece, name="piece"),
    path(f"{_PIECE}file/", at_phone.download, name="download"),
    path(f"{_PIECE}take-back/", at_phone.withdraw, name="withdraw"),
]
public = [
    path("<slug:slug>/evidence/<uuid:pk>/", by_everyone.published_file, name="file"),
]
