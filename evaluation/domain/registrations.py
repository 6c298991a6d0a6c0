"""What this room tells the rooms below: how its documents are made, where its outputs are done, what follows what, and whether
a reminder still holds.
"""

from evaluation.domain.evaluating import drop_errands, evaluation_page
from evaluation.domain.report_documents import register_report_documents
from evaluation.domain.reports import look_at_reports, wake_reports
from evaluation.domain.result_documents import register_result_documents
from evaluation.domain.survey_documents import register_survey_documents
from mentoring.notices.domain.holding import register_still_true
from pairs.domain.output_pages import register_output_page
from pairs.domain.outputs import register_follower
from pairs.domain.reminders import is_still_open
from programmes.domain.cohorts import register_cohort_follower
from programmes.domain.handbook.editing import register_handbook_follower


def register_with_lower_rooms() -> None:
    """Called once at start-up."""
    register_report_documents()
    register_result_documents()
    register_survey_documents()
    register_output_page(evaluation_page)
    register_follower(drop_errands)
    register_cohort_follower(wake_reports)
    register_handbook_follower(look_at_reports)
    register_still_true("evaluation.reminder", is_still_open)
