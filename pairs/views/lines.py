"""From what the domain says to the small records that components draw."""

from django.http import HttpRequest
from django.urls import reverse

from mentoring import clock
from mentoring.ui.shapes import Owed, Stage, StageItem
from pairs.domain.home import OwedLine
from pairs.domain.output_pages import page_path
from pairs.domain.outputs import standing
from pairs.domain.road import RoadItem, RoadStage
from pairs.enums import Standing
from pairs.models import Output


def page_url(request: HttpRequest, page: tuple[object, ...] | str) -> str:
    """A page named by the domain, or a whole address as it is."""
    if isinstance(page, str):
        return page
    view, *args = page
    return reverse(str(view), args=[request.organisation.slug, *args])


def output_link(request: HttpRequest, output: Output) -> str:
    """Where an output is done or read; nothing while it is not open yet, and once its words were deleted."""
    if output.erased_at is not None:
        return ""
    if standing(output, clock.now()) in {Standing.AHEAD, Standing.CANCELLED} and output.response_id is None:
        return ""
    return page_url(request, page_path(output))


def owed_records(request: HttpRequest, lines: list[OwedLine]) -> list[Owed]:
    """What is owed, as the component takes it."""
    return [
        Owed(
            label=line.label,
            url=_owed_url(request, line),
            state=line.state,
            words=line.words,
            detail=line.detail,
        )
        for line in lines
    ]


def _owed_url(request: HttpRequest, line: OwedLine) -> str:
    if line.session is not None:
        return page_url(request, ("pairs:session", line.session.pairing_id, line.session.pk))
    return output_link(request, line.output) if line.output else ""


def stage_records(request: HttpRequest, road: list[RoadStage]) -> list[Stage]:
    """The road, as the component takes it."""
    return [
        Stage(
            title=stage.shape.title,
            state=stage.state,
            text=stage.text,
            items=[StageItem(item.label, _item_url(request, item), item.state, item.words) for item in stage.items],
        )
        for stage in road
    ]


def _item_url(request: HttpRequest, item: RoadItem) -> str:
    if item.meeting is not None:
        session = item.meeting.session
        return page_url(request, ("pairs:session", session.pairing_id, session.pk))
    return output_link(request, item.output) if item.output else ""
