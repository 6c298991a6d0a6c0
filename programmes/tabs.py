"""The neighbouring pages of a cohort. Rooms above add theirs (matching results, the desk) at start-up."""

from collections.abc import Callable

from django.http import HttpRequest

from mentoring.ui.shapes import Choice
from programmes.models import Cohort

TabSource = Callable[[HttpRequest, Cohort], Choice | None]
"""Makes a tab for who looks; ``None`` when it is not for them. Whether it is the current page is found by its address."""

_sources: list[tuple[int, TabSource]] = []


def register_cohort_tab(order: int, source: TabSource) -> None:
    """Add a page beside the others of a cohort; small orders come first. For ``AppConfig.ready``."""
    if (order, source) not in _sources:
        _sources.append((order, source))
        _sources.sort(key=lambda pair: pair[0])


def cohort_tabs(request: HttpRequest, cohort: Cohort) -> list[Choice]:
    """The tabs for who looks, the one whose address the page's begins with marked."""
    tabs = [tab for _order, source in _sources if (tab := source(request, cohort)) is not None]
    here = [tab for tab in tabs if request.path.startswith(tab.url)]
    current = max(here, key=lambda tab: len(tab.url), default=None)
    return [Choice(tab.label, tab.url, current=tab is current, count=tab.count) for tab in tabs]
