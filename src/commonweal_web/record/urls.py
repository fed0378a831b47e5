from django.urls import path

from commonweal_web.record import public_views, views

desk = [
    path("record/", views.check, name="check"),
    path("record/steps/", views.steps, name="steps"),
    path("record/steps/<int:index>/", views.step, name="step"),
    path("record/sign/", views.sign, name="sign"),
    path("record/add-witness/", views.witness, name="add_witness"),
    path("record/take-cosignature/", views.cosignature, name="take_cosignature"),
    path("record/erasures/", views.erasures, name="erasures"),
    path("record/erase/<str:subject>/", views.erase, name="erase"),
    path("history/<str:subject>/", views.history, name="history"),
]
public = [
    path("<slug:slug>/record/", public_views.check, name="check"),
    path("<slug:slug>/record/steps/<int:index>/", public_views.step, name="step"),
    path("<slug:slug>/record/checkpoint", public_views.latest_note, name="latest_note"),
    path("<slug:slug>/record/checkpoints", public_views.notes, name="notes"),
    path("<slug:slug>/record/checkpoint/<int:size>", public_views.note, name="note"),
    path("<slug:slug>/record/proof/<int:index>/<int:size>", public_views.proof, name="proof"),
    path(
        "<slug:slug>/record/consistency/<int:old>/<int:new>",
        public_views.consistency,
        name="consistency",
    ),
]
