"""The pairs app: a pair's whole path."""

from django.apps import AppConfig


class PairsConfig(AppConfig):
    """Pairings, agreements, sessions, logs, goals, closure."""

    name = "pairs"

    def ready(self) -> None:
        """Declare what can happen here, what is sent, who may do what, what is done in the background, and where menus lead."""
        from mentoring.history.actions import register_actions
        from mentoring.notices.kinds import register_notices
        from pairs import nav, rules, tasks  # noqa: F401 - nav and rules register themselves
        from pairs.domain.achievement_documents import register_achievement_documents
        from pairs.domain.agreement_registrations import register_agreement
        from pairs.domain.registrations import register_with_lower_rooms
        from pairs.events import ACTIONS
        from pairs.events_agreement import ACTIONS as AGREEMENT_ACTIONS
        from pairs.nav import register_achievements_tab
        from pairs.notices import NOTICES
        from pairs.notices_agreement import NOTICES as AGREEMENT_NOTICES

        register_actions(*ACTIONS, *AGREEMENT_ACTIONS)
        register_notices(*NOTICES, *AGREEMENT_NOTICES)
        tasks.register()
        register_achievement_documents()
        register_achievements_tab()
        register_with_lower_rooms()
        register_agreement()
