"""The accounts app: people and how they sign in."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, sign-in and profile."""

    name = "mentoring.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Put the ways to one's own page into the menu."""
        from mentoring.accounts import nav  # noqa: F401 - it registers itself
