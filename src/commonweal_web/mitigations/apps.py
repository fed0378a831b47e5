from django.apps import AppConfig


class MitigationsConfig(AppConfig):
    name = "commonweal_web.mitigations"
    label = "mitigations"
    default_auto_field = "django.db.models.BigAutoField"
