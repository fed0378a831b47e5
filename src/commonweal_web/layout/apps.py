"""The Django app of the layout room."""

from django.apps import AppConfig


class LayoutConfig(AppConfig):
    """Base templates, components and static files; it stores nothing."""

    name = "commonweal_web.layout"
    label = "layout"
    verbose_name = "Layout"

    def ready(self) -> None:
        """Let the rules of the domain speak the language of whoever reads a page."""
        from django.utils.translation import get_language, gettext, ngettext, pgettext

        from commonweal.shared.language import Voice, lend

        lend(Voice(gettext, ngettext, pgettext, lambda: get_language() or "en"))
