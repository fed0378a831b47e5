"""The Django app of the layout room."""

from django.apps import AppConfig


class LayoutConfig(AppConfig):
    """Base templates, components and static files; it stores nothing."""

    name = "commonweal_web.layout"
    label = "layout"
    verbose_name = "Layout"
