"""The notices app: every message the system sends."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """The outbox."""

    name = "mentoring.notices"
    label = "notices"

    def ready(self) -> None:
        """Register the worker that delivers mail, what can happen to messages, and the way to one's own."""
        from mentoring.history.actions import register_actions
        from mentoring.notices import nav  # noqa: F401 - it registers itself
        from mentoring.notices.domain.delivery import deliver_due
        from mentoring.notices.events import ACTIONS
        from mentoring.work.registry import register_worker

        register_actions(*ACTIONS)
        register_worker("outbox", deliver_due)
