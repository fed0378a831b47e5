"""Addresses of the languages room."""

from django.urls import path

from commonweal_web.languages import views

desk = [
    path("languages/", views.texts, name="texts"),
    path("languages/uses/<uuid:pk>/", views.texts_of_one, name="use"),
    path("languages/uses/<uuid:pk>/text/", views.translate, name="translate"),
]
