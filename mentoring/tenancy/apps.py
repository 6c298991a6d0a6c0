"""The tenancy app: organisations and the walls between them."""

from django.apps import AppConfig


class TenancyConfig(AppConfig):
    """Installs the tripwire on every database connection and registers the checks."""

    name = "mentoring.tenancy"
    label = "tenancy"

    def ready(self) -> None:
        """Runs once at start-up."""
        from mentoring.tenancy import checks, tripwire

        assert checks
        tripwire.listen()
