from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SearchConfig(AppConfig):
    name = "commonweal_web.search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from commonweal_web.search.full_text import make_full_text

        post_migrate.connect(make_full_text, sender=self)
