from django.apps import AppConfig


class Web(AppConfig):
    """The browser door: pages, forms and their templates; it holds no business sentence and no models."""

    name = "anmin.web"
    label = "web"
