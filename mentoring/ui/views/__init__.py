"""Views of the look, and the pages for what went wrong."""

from mentoring.ui.views.errors import csrf_failure

__all__ = ["csrf_failure"]
