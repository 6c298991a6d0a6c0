"""Private issues: a participant's own, and a cohort's for its coordinators."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring.accounts.kept_post import forget_kept_posts, keeps_posts
from mentoring.accounts.models import User
from mentoring.organisations.domain.members import admins
from mentoring.tenancy.access import Access, access, require
from mentoring.ui.shapes import Choice, Filter
from programmes.domain.concerns.routing import rules_of
from programmes.domain.issues import (
    IssueClosed,
    NobodyToRead,
    answer_issue,
    close_issue,
    get_issue_for,
    issues_of_cohort,
    own_issues,
    partners_among_coordinators,
    raise_issue,
    receivers_of,
    reopen_issue,
)
from programmes.domain.queries import get_cohort_for, get_own_participation, or_404, own_participations
from programmes.domain.roles import roles_for
from programmes.domain.suggestions import places_with_box
from programmes.forms.issues import IssueForm, NoteForm
from programmes.tables import address_with
from programmes.views.frame import cohort_frame, posted, to

PAGE = 30


@access(Access.MEMBER)
@require_safe
def issues(request: HttpRequest, organisation: str) -> HttpResponse:
    """What one has raised, and where to raise something."""
    own = list(own_participations(request.user))
    if not own:
        or_404(None)
    context = {"issues": own_issues(request.user), "places": own}
    context["takes_concerns"] = any(rules_of(place.cohort.programme).offered for place in own)
    context["boxes"] = places_with_box(request.user)
    return render(request, "programmes/issue/own.html", context)


@access(Access.MEMBER)
@keeps_posts
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest, organisation: str, person: UUID) -> HttpResponse:
    """Bring something to the coordinators; who they are is said first, and where there is nobody, whom to ask instead."""
    found = get_own_participation(request.user, person)
    form = IssueForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            issue = raise_issue(person=found, actor=request.user, **form.cleaned_data)
        except NobodyToRead:
            form.add_error(
                None, _("It was not sent: nobody could read it here now. What you wrote still stands below.")
            )
        else:
            forget_kept_posts(request)
            messages.success(request, _("The coordinators have it. They answer here, and you are told by e-mail."))
            return redirect(to(request, "issue", issue.pk))
    receivers, partners = receivers_of(found), partners_among_coordinators(found)
    context = {"form": form, "person": found, "receivers": receivers, "partners": partners}
    context |= {"receiver_names": _named(receivers), "partner_names": _named(partners)}
    if not receivers:
        kept_from = {row.pk for row in partners} | {request.user.pk}
        context["admins"] = [row for row in admins() if row.user_id not in kept_from]
    return render(request, "programmes/issue/create.html", context)


def _named(people: list[User]) -> str:
    return get_text_list([person.name for person in people], _("and"))


@access(Access.MEMBER)
@keeps_posts
@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: HttpRequest, organisation: str, issue: UUID) -> HttpResponse:
    """One issue with its answers; POST answers."""
    found = get_issue_for(request.user, issue)
    form = NoteForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            answer_issue(issue=found, text=form.cleaned_data["text"], actor=request.user)
        except IssueClosed:
            form.add_error(
                None, _("This issue was closed meanwhile. Open it again, then send your answer: it still stands here.")
            )
        else:
            forget_kept_posts(request)
            return redirect(to(request, "issue", found.pk))
    roles = roles_for(request.user)
    is_own = found.participant_id in roles.participants
    context = {
        "issue": found,
        "person": found.participant,
        "notes": found.notes.select_related("author"),
        "form": form,
        "is_own": is_own,
        "is_unread": is_own and not receivers_of(found.participant),
        "is_coordinator": roles.coordinates(found.participant.cohort.programme_id),
    }
    return render(request, "programmes/issue/detail.html", context)


@access(Access.MEMBER)
@require_POST
def close(request: HttpRequest, organisation: str, issue: UUID) -> HttpResponse:
    """Close an issue."""
    found = get_issue_for(request.user, issue)
    require(request, "programmes.close_issue", found)
    if close_issue(issue=found, actor=request.user):
        messages.success(request, _("Closed. It can be opened again at any time."))
    return redirect(to(request, "issue", found.pk))


@access(Access.MEMBER)
@require_POST
def reopen(request: HttpRequest, organisation: str, issue: UUID) -> HttpResponse:
    """Open a closed issue again."""
    found = get_issue_for(request.user, issue)
    if reopen_issue(issue=found, actor=request.user):
        messages.success(request, _("Open again."))
    return redirect(to(request, "issue", found.pk))


@access(Access.MEMBER)
@require_safe
def cohort_issues(request: HttpRequest, organisation: str, programme: str, cohort: str) -> HttpResponse:
    """A cohort's issues, open ones first."""
    found = get_cohort_for(request.user, programme, cohort)
    require(request, "programmes.change_programme", found)
    rows = issues_of_cohort(request.user, found)
    wanted = request.GET.get("show", "")
    shown = rows.filter(closed_at__isnull=wanted == "open") if wanted in {"open", "closed"} else rows
    counts = {"open": rows.filter(closed_at=None).count(), "closed": rows.exclude(closed_at=None).count()}
    labels = {"": _("All"), "open": _("Open"), "closed": _("Closed")}
    choices = [
        Choice(words, address_with(request, show=key), wanted == key, counts.get(key)) for key, words in labels.items()
    ]
    context = cohort_frame(request, found) | {
        "page": Paginator(shown, PAGE).get_page(request.GET.get("page")),
        "filters": [Filter(_("Show"), choices)],
    }
    return render(request, "programmes/issue/list.html", context)
