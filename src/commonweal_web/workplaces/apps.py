from django.apps import AppConfig


class WorkplacesConfig(AppConfig):
    name = "commonweal_web.workplaces"
    label = "workplaces"
    default_auto_field = "django.db.models.BigAutoField"
