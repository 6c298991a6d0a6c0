"""The evaluation app: is it working?"""

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    """The coordinator's desk, the evaluation, reports, exports."""

    name = "evaluation"

    def ready(self) -> None:
        """Declare what can happen here, what is sent, who may do what, what is done in the background, where menus lead, and
        what follows when a cohort is opened or something owed is done.
        """
        from evaluation import nav, rules, tasks  # noqa: F401 - rules register themselves
        from evaluation.domain.registrations import register_with_lower_rooms
        from evaluation.events import ACTIONS
        from evaluation.notices import NOTICES
        from mentoring.history.actions import register_actions
        from mentoring.notices.kinds import register_notices

        register_actions(*ACTIONS)
        register_notices(*NOTICES)
        tasks.register()
        nav.register_tabs()
        register_with_lower_rooms()
