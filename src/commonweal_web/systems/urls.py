"""Addresses of the systems room."""

from django.urls import path

from commonweal_web.systems.views import (
    choices,
    declared,
    describing,
    endings,
    exports,
    gates,
    groups,
    home,
    mapping,
    own,
    registers,
    use,
    uses,
)

USE = "uses/<uuid:pk>"

desk = [
    path("", home.home, name="home"),
    path("uses/", uses.uses, name="uses"),
    path("uses/first/", home.attention, name="attention"),
    path("uses/new/", uses.register, name="register"),
    path("uses/registers/", registers.registers, name="registers"),
    path("uses/registers/bring-in/", registers.bring_in, name="bring_in"),
    path("uses/registers/waiting/<str:code>/", registers.preview, name="preview"),
    path("uses/registers/waiting/<str:code>/columns/", mapping.mapping, name="mapping"),
    path(
        "uses/registers/waiting/<str:code>/mapping.toml", mapping.mapping_file, name="mapping_file"
    ),
    path("uses/registers/waiting/<str:code>/mapping/", mapping.send_mapping, name="send_mapping"),
    path("uses/registers/imports/<uuid:pk>/", registers.batch, name="batch"),
    path("uses/registers/<str:register>/<str:way>/", exports.export, name="export"),
    path(f"{USE}/", use.use, name="use"),
    path(f"{USE}/history/", use.history, name="history"),
    path(f"{USE}/describe/", describing.describe, name="describe"),
    path(f"{USE}/classify/", describing.classify, name="classify"),
    path(f"{USE}/facts/", describing.facts, name="facts"),
    path(f"{USE}/owner/", describing.owner, name="owner"),
    path(f"{USE}/money/", describing.money, name="money"),
    path(f"{USE}/review/", describing.review, name="review"),
    path(f"{USE}/groups/", groups.groups, name="groups"),
    path(f"{USE}/groups/<uuid:affected>/take-off/", groups.untouch, name="untouch"),
    path(f"{USE}/choices/", choices.choices, name="choices"),
    path(f"{USE}/choices/<uuid:choice>/add/", choices.alternative, name="alternative"),
    path(f"{USE}/choices/<uuid:choice>/choose/", choices.choose, name="choose"),
    path(f"{USE}/claims/", declared.claims, name="claims"),
    path(f"{USE}/claims/<uuid:claim>/take-off/", declared.remove_claim, name="remove_claim"),
    path(f"{USE}/incidents/", declared.incidents, name="incidents"),
    path(f"{USE}/incidents/<uuid:incident>/", declared.incident, name="incident"),
    path(f"{USE}/incidents/<uuid:incident>/confirm/", declared.uphold, name="uphold_incident"),
    path(f"{USE}/incidents/<uuid:incident>/close/", declared.close, name="close_incident"),
    path(f"{USE}/vote/", gates.vote, name="vote"),
    path(f"{USE}/gate/<str:entering>/", gates.gate, name="gate"),
    path(f"{USE}/gate/<str:entering>/override/", gates.override, name="override"),
    path(
        f"{USE}/signature/<uuid:signature>/withdraw/",
        gates.withdraw_signature,
        name="withdraw_signature",
    ),
    path(f"{USE}/override/<uuid:override>/agree/", gates.agree, name="agree_override"),
    path(f"{USE}/override/<uuid:override>/withdraw/", gates.withdraw, name="withdraw_override"),
    path(f"{USE}/stop/", endings.stop, name="stop"),
    path(f"{USE}/stopped/", endings.finish, name="finish_stopping"),
    path(f"{USE}/retire/", endings.retire, name="retire"),
]
my = [
    path("", own.home, name="home"),
    path("uses/", own.uses, name="uses"),
    path(f"{USE}/", own.use, name="use"),
    path(f"{USE}/report/", own.report, name="report"),
]
