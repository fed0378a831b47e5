"""Addresses of the layout room."""

from django.conf import settings
from django.urls import path

from commonweal_web.layout import views

public = [path("colour/<str:colour>.css", views.organisation_colour, name="colour")]
desk = [path("style/", views.style_page, name="style")] if settings.DEBUG else []
