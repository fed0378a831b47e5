from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "commonweal_web.operations"
    label = "operations"
