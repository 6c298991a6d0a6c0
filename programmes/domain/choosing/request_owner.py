"""What a mentee writes to a mentor, as the worksheet pages meet it: the mentee writes, the mentor reads once it is sent."""

from django.utils.translation import gettext as _

from mentoring.accounts.models import User
from programmes.domain.choosing.queries import may_read_sheet
from programmes.domain.enrolment import enrolment_context
from programmes.domain.links import path_to
from programmes.domain.roles import roles_for
from programmes.enums import RequestState
from programmes.models import MentorRequest
from templates_app.domain.kits import worksheet_of
from templates_app.domain.owners import WorksheetOwner, WorksheetUrls, register_response_owner
from templates_app.models import Response

PAGES = ("page", "draft", "review", "conflict", "read", "pdf", "reopen")


def request_sheet_owner(request: MentorRequest, user: User) -> WorksheetOwner | None:
    """The sheet of a request as one of the two meets it; nobody else does, no coordinator either."""
    writes = request.mentee_id in roles_for(user).participants and request.state == RequestState.DRAFT
    if request.response is None or not may_read_sheet(request, user):
        return None
    pages = {
        name: path_to("programmes:request_sheet" + ("" if name == "page" else f"_{name}"), request.pk) for name in PAGES
    }
    return WorksheetOwner(
        response=request.response,
        title=worksheet_of(request.response.version).title,
        urls=WorksheetUrls(back=path_to("programmes:request", request.pk), **pages),
        readers_sentence=_("You, and %(name)s once you have sent the request. Nobody else.")
        % {"name": request.mentor.name},
        context=enrolment_context(request.mentee, user),
        may_write=writes,
        may_reopen=writes,
        back_label=_("Back to the request"),
    )


def find_request_owner(user: User, response: Response) -> WorksheetOwner | None:
    """The owner of a response that goes with a request, for one of the two; ``None`` otherwise."""
    rows = MentorRequest.objects.select_related(
        "mentee__cohort__programme__handbook", "mentor", "response__version__template"
    )
    found = rows.filter(response=response).first()
    return request_sheet_owner(found, user) if found is not None else None


def register_request_sheets() -> None:
    """Tell the worksheet pages who owns such a sheet. For ``AppConfig.ready``."""
    register_response_owner(find_request_owner)
