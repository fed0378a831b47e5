"""Addresses of the practices room."""

from django.urls import path

from commonweal_web.practices import views

desk = [
    path("practices/", views.practices, name="practices"),
    path("practices/signals/<str:id>/", views.signal, name="signal"),
    path("practices/<str:id>/", views.practice, name="practice"),
]
