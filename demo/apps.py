"""The demo: two organisations to look around in, sign-in with one click, and every e-mail on a page."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Pages that exist only where ``DEMO`` is on; production refuses to start with it (``tenancy.E011``)."""

    name = "demo"
    label = "demo"
