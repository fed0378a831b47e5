from django.apps import AppConfig


class RecordConfig(AppConfig):
    name = "commonweal_web.record"
    label = "record"
    default_auto_field = "django.db.models.BigAutoField"
