"""Addresses of the disclosure room."""

from django.urls import path

from commonweal_web.disclosure.views import commitment, feed
from commonweal_web.disclosure.views import desk as pages
from commonweal_web.disclosure.views import public as read

desk = [
    path("disclosure/", pages.overview, name="overview"),
    path("disclosure/publish/", pages.publish_own, name="publish_own"),
    path("disclosure/uses/<uuid:pk>/", pages.use_versions, name="use_versions"),
    path("disclosure/uses/<uuid:pk>/publish/", pages.publish_use, name="publish_use"),
    path("disclosure/uses/<uuid:pk>/withdraw/", pages.withdraw_use, name="withdraw_use"),
    path("disclosure/commitment/", commitment.commitment, name="commitment"),
    path("disclosure/commitment/new/", commitment.adopt, name="adopt"),
    path("disclosure/commitment/consulted/", commitment.consult, name="consult"),
    path("disclosure/commitment/<uuid:pk>/sign/", commitment.sign, name="sign"),
    path("disclosure/commitment/<uuid:pk>/decline/", commitment.decline, name="decline"),
    path("disclosure/commitment/<uuid:pk>/withdraw/", commitment.withdraw, name="withdraw"),
]
_OWN = "<slug:slug>/versions/<int:number>"
_PLEDGE = "<slug:slug>/commitment/versions/<int:number>"
_USE = "<slug:slug>/uses/<uuid:pk>"
public = [
    path("", read.index, name="index"),
    path("<slug:slug>/", read.organisation, name="organisation"),
    path("<slug:slug>.json", read.organisation_json, name="organisation_json"),
    path("<slug:slug>/feed.atom", feed.feed, name="feed"),
    path(f"{_OWN}/", read.organisation_version, name="organisation_version"),
    path(f"{_OWN}.json", read.organisation_json, name="organisation_version_json"),
    path(f"{_OWN}/changes/", read.organisation_changes, name="organisation_changes"),
    path("<slug:slug>/commitment/", read.commitment, name="commitment"),
    path("<slug:slug>/commitment.json", read.commitment_json, name="commitment_json"),
    path(f"{_PLEDGE}/", read.commitment_version, name="commitment_version"),
    path(f"{_PLEDGE}.json", read.commitment_json, name="commitment_version_json"),
    path(f"{_PLEDGE}/changes/", read.commitment_changes, name="commitment_changes"),
    path(f"{_USE}/", read.use, name="use"),
    path(f"{_USE}.json", read.use_json, name="use_json"),
    path(f"{_USE}/versions/<int:number>/", read.use_version, name="use_version"),
    path(f"{_USE}/versions/<int:number>.json", read.use_json, name="use_version_json"),
    path(f"{_USE}/versions/<int:number>/changes/", read.use_changes, name="use_changes"),
]
