"""Addresses of the operations room."""

from django.urls import path

from commonweal_web.operations import views

desk = [
    path("ending/", views.ending, name="ending"),
    path("ending/agree/", views.agree_to_deletion, name="agree_to_deletion"),
    path("ending/withdraw/", views.withdraw_deletion, name="withdraw_deletion"),
]
