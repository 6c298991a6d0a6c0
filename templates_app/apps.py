"""The templates_app app: what handbooks are made of."""

from django.apps import AppConfig


class TemplatesAppConfig(AppConfig):
    """Kits, worksheets, responses, documents, guidance."""

    name = "templates_app"

    def ready(self) -> None:
        """Declare what can happen here, and who makes documents."""
        from mentoring.history.actions import register_actions
        from mentoring.work.registry import register_worker
        from templates_app.answers.world import offer_the_world
        from templates_app.domain.documents import WORK
        from templates_app.domain.making_documents import make_due
        from templates_app.domain.moving_drafts import MOVING, move_due
        from templates_app.domain.worksheet_documents import register_worksheet_documents
        from templates_app.events import ACTIONS

        register_actions(*ACTIONS)
        register_worker(WORK, make_due)
        register_worker(MOVING, move_due)
        register_worksheet_documents()
        offer_the_world()
