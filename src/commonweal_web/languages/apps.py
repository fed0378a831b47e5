from django.apps import AppConfig


class LanguagesConfig(AppConfig):
    name = "commonweal_web.languages"
    label = "languages"
    default_auto_field = "django.db.models.BigAutoField"
