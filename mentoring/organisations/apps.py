"""The organisations app: creating organisations, their settings, members and partners."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Verbs and pages over the tables of ``mentoring.tenancy``."""

    name = "mentoring.organisations"
    label = "organisations"

    def ready(self) -> None:
        """Declare what can happen here, what is sent, and where menus lead."""
        from mentoring.history.actions import register_actions
        from mentoring.notices.kinds import register_notices
        from mentoring.organisations import nav  # noqa: F401 - it registers itself
        from mentoring.organisations.events import ACTIONS
        from mentoring.organisations.notices import NOTICES

        register_actions(*ACTIONS)
        register_notices(*NOTICES)
