from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "commonweal_web.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from commonweal_web.people.arriving import greet_arrivals
        from commonweal_web.people.sign_in import forget_last_use

        forget_last_use()
        greet_arrivals()
