"""Addresses of the layout room."""

from django.conf import settings
from django.urls import path

from commonweal_web.layout import statements, views

STATEMENTS = {
    "accessibility": statements.accessibility,
    "privacy": statements.privacy,
    "keyboard": statements.keyboard,
}
public = [
    path("colour/<str:colour>.css", views.organisation_colour, name="colour"),
    *(path(f"about/{name}/", view, name=name) for name, view in STATEMENTS.items()),
    *(
        path(f"about/<slug:slug>/{name}/", view, name=f"{name}_of")
        for name, view in STATEMENTS.items()
    ),
]
desk = [path("style/", views.style_page, name="style")] if settings.DEBUG else []
