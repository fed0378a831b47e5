from django.apps import AppConfig


class JobImpactConfig(AppConfig):
    name = "commonweal_web.job_impact"
    label = "job_impact"
    default_auto_field = "django.db.models.BigAutoField"
