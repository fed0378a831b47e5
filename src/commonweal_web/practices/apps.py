from django.apps import AppConfig


class PracticesConfig(AppConfig):
    name = "commonweal_web.practices"
    label = "practices"
