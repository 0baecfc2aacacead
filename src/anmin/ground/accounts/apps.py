from django.apps import AppConfig


class Accounts(AppConfig):
    """Staff, their roles, and the gate through which everything is changed."""

    name = "anmin.ground.accounts"

    def ready(self) -> None:
        from anmin.ground.accounts import signing_in

        signing_in.listen()
