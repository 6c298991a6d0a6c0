"""Background work of evaluation: weekly reports, and exports. What is to be done stands in rows; the tick calls these."""

from evaluation.domain import exports, making_exports, reports
from mentoring.work.registry import register_worker


def register() -> None:
    """Called at start-up."""
    register_worker(reports.WORK, reports.report_due)
    # Exports open scopes of their own, so that each step of theirs commits by itself (see the work app's run_worker).
    # Whoever asked for one is told when it is made: a rehearsal of the tick has to tell that too.
    making_exports.export_due.queues_notices = True  # type: ignore[attr-defined]
    register_worker(exports.WORK, making_exports.export_due)  # type: ignore[arg-type]
