"""Lists as their pages draw them: columns that sort, filters that are links."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from mentoring.ui.shapes import Choice, Column, Filter
from programmes.domain.finding import Found
from programmes.enums import ParticipantState, Side
from programmes.models import Cohort, Participant

TAGS = {
    ParticipantState.CANDIDATE: "due",
    ParticipantState.ACCEPTED: "neutral",
    ParticipantState.INVITED: "neutral",
    ParticipantState.JOINED: "good",
    ParticipantState.DECLINED: "neutral",
    ParticipantState.WITHDRAWN: "neutral",
}
"""A person's state as the state of its tag."""


def people_table(request: HttpRequest, cohort: Cohort, found: Found) -> dict[str, Any]:
    """Context of the list of people."""
    return {
        "page": found.page,
        "search": found.search,
        "columns": _columns(request, found),
        "filters": _filters(request, found),
        "candidates": found.counts["state"].get(ParticipantState.CANDIDATE, 0),
        "accepted": found.counts["state"].get(ParticipantState.ACCEPTED, 0),
        "everybody": found.counts["all"][""],
        "rows": [_row(request, cohort, person) for person in found.page.object_list],
    }


def _row(request: HttpRequest, cohort: Cohort, person: Participant) -> dict[str, Any]:
    place = [request.organisation.slug, cohort.programme.slug, cohort.slug, person.pk]
    return {
        "person": person,
        "page": reverse("programmes:person", args=place),
        "tag": TAGS[ParticipantState(person.state)],
    }


def address_with(request: HttpRequest, **changes: str) -> str:
    """This page's address with other parameters; an empty one is left out, and the first page is shown again."""
    query = request.GET.copy()
    query.pop("page", None)
    for name, value in changes.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"?{query.urlencode()}"


def _columns(request: HttpRequest, found: Found) -> list[Column]:
    labels = {
        "name": _("Name"),
        "role": _("Role"),
        "employer": _("Employer"),
        "country": _("Country"),
        "state": _("State"),
    }
    columns = [Column(_("Chosen"), hidden=True)]
    for name, label in labels.items():
        current = found.search.sort == name
        sorted_as = ("descending" if found.search.descending else "ascending") if current else ""
        turned = f"-{name}" if current and not found.search.descending else name
        columns.append(Column(label, address_with(request, sort=turned), sorted_as))
    return columns


def _filters(request: HttpRequest, found: Found) -> list[Filter]:
    search, counts = found.search, found.counts
    roles = [(side.value, str(side.label).capitalize() + "s") for side in Side if counts["side"].get(side)]
    states = [(state.value, str(state.label).capitalize()) for state in ParticipantState if counts["state"].get(state)]
    partners = sorted((key, name) for key, name in found.partners.items() if key)
    chosen = (
        ("side", _("Role"), roles, search.side),
        ("state", _("State"), states, search.state),
        ("partner", _("Put forward by"), partners, search.partner),
    )
    return [
        Filter(
            label,
            [
                Choice(_("All"), address_with(request, **{name: ""}), not current),
                *(
                    Choice(words, address_with(request, **{name: key}), current == key, counts[name].get(key, 0))
                    for key, words in options
                ),
            ],
        )
        for name, label, options, current in chosen
        if len(options) > 1 or current
    ]
