"""Two people, or two devices, saved one sheet: both texts side by side, and a choice for each question."""

from dataclasses import dataclass, replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from templates_app.answers import ComparedAnswer, compare, display
from templates_app.domain.conflicts import drop_side_draft, open_side_drafts, settle_side_draft
from templates_app.domain.kits import worksheet_of
from templates_app.domain.merging import Choice, Difference, differences, merged
from templates_app.domain.owners import WorksheetOwner
from templates_app.domain.responses import Answers, StaleSave, WrongState, answers_of
from templates_app.domain.uploads import files_of
from templates_app.models import SideDraft
from templates_app.views.sheets import revision_of


@dataclass(frozen=True)
class Question:
    """A question with both answers and the choice between them."""

    shown: ComparedAnswer
    difference: Difference


def conflict_page(request: HttpRequest, owner: WorksheetOwner) -> HttpResponse:
    """Settle the oldest of one's own texts that came too late. POST saves the choices, or lets one's own text go."""
    waiting = open_side_drafts(owner.response, request.user)
    if not waiting:
        return redirect(owner.urls.page)
    if request.method == "POST":
        return _settle(request, owner, waiting[0])
    questions = _questions(owner, waiting[0])
    values = {
        "owner": owner,
        "side": waiting[0],
        "others_waiting": len(waiting) - 1,
        "questions": questions,
        "saved_by": owner.response.saved_by if owner.response.saved_by_id != request.user.pk else None,
    }
    return render(request, "templates_app/response/conflict.html", values)


def _questions(owner: WorksheetOwner, side: SideDraft) -> list[Question]:
    worksheet = worksheet_of(owner.response.version)
    texts = [answers_of(owner.response), answers_of(side)]
    shown = compare(*(display(worksheet, answers, owner.context) for answers in texts))
    by_key = {question.key: question for section in shown for question in section.questions}
    found = differences(worksheet, *texts)
    return [Question(by_key[difference.key], difference) for difference in found if difference.key in by_key]


def _settle(request: HttpRequest, owner: WorksheetOwner, side: SideDraft) -> HttpResponse:
    if request.POST.get("do") == "drop":
        drop_side_draft(side_draft=side, actor=request.user)
        messages.success(request, _("The sheet stays as it was saved."))
        return redirect(owner.urls.conflict)
    if not owner.is_writable:
        return _both_stay(
            request, owner, _("This sheet was sent or closed meanwhile. Your own text is still kept here.")
        )
    changed = _("The sheet has changed once more. Both texts are still here: please look again.")
    if revision_of(request.POST) != owner.response.revision:
        return _both_stay(request, owner, changed)
    try:
        settle_side_draft(
            side_draft=side,
            response=owner.response,
            actor=request.user,
            answers=_chosen(request, owner, side),
            revision=owner.response.revision,
            context=replace(owner.context, files=files_of(owner.response)),
        )
    except StaleSave:
        return _both_stay(request, owner, changed)
    except WrongState:
        return _both_stay(
            request, owner, _("This sheet was sent meanwhile with these very words. Yours are kept here too.")
        )
    except PermissionDenied:
        messages.warning(request, _("This sheet is not yours to write on any more. Your own text is kept as it was."))
        return redirect(owner.urls.back)
    messages.success(request, _("Saved. Read it over here, and change what you like."))
    return redirect(owner.urls.conflict)


def _both_stay(request: HttpRequest, owner: WorksheetOwner, words: str) -> HttpResponse:
    """Back to both texts, with what has happened meanwhile."""
    messages.warning(request, words)
    return redirect(owner.urls.conflict)


def _chosen(request: HttpRequest, owner: WorksheetOwner, side: SideDraft) -> Answers:
    worksheet = worksheet_of(owner.response.version)
    given = {shape.key: request.POST.get(f"take-{shape.key}", "") for shape in worksheet.fields()}
    known = {str(choice): choice for choice in Choice}
    chosen = {key: known[value] for key, value in given.items() if value in known}
    return merged(worksheet, answers_of(owner.response), answers_of(side), chosen)
