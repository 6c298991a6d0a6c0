"""The programmes app: programmes, cohorts, people and matching."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    """Programmes and who takes part."""

    name = "programmes"

    def ready(self) -> None:
        """Declare what can happen here, what is sent, who may do what, and where menus lead."""
        from mentoring.history.actions import register_actions
        from mentoring.notices.domain.queries import register_outbox_reader
        from mentoring.notices.kinds import register_notices
        from mentoring.organisations.domain.members import register_leaving_guard, register_member_roles
        from mentoring.work.registry import register_worker
        from programmes import rules  # noqa: F401 - registers itself
        from programmes.domain.assignments import messages_looked_after, roles_of_members, why_not_shut_out
        from programmes.domain.designing.paper import register_draft_documents
        from programmes.domain.matching.runs import WORK, run_due
        from programmes.domain.registrations import register_domain
        from programmes.events import ACTIONS
        from programmes.events_matching import ACTIONS as MATCHING
        from programmes.nav import register_tabs
        from programmes.nav_choosing import register_requests_tab
        from programmes.notices import NOTICES

        register_actions(*ACTIONS, *MATCHING)
        register_notices(*NOTICES)
        register_domain()
        register_draft_documents()
        register_worker(WORK, run_due)
        register_tabs()
        register_requests_tab()
        register_member_roles(roles_of_members)
        register_leaving_guard(why_not_shut_out)
        register_outbox_reader(messages_looked_after)
