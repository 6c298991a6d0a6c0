"""Training and induction: one's own modules, and a cohort's for its coordinators."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from mentoring.tenancy.access import Access, access, require
from programmes.domain.guards import why_not_withdrawn
from programmes.domain.guidance import articles_in_order
from programmes.domain.queries import get_cohort_for, get_own_participation, or_404
from programmes.domain.training.doing import (
    NotRead,
    answer_questions,
    can_be_done_elsewhere,
    can_be_read,
    finish_elsewhere,
    read_page,
    record_training,
)
from programmes.domain.training.standing import Standing, modules_of, standing_in, standing_of
from programmes.forms.training import QuestionsForm, RecordForm
from programmes.models import Participant
from programmes.views.frame import cohort_frame, posted, to
from templates_app.answers import article_html, to_html
from templates_app.shapes import Module

QUESTIONS = "questions"
ELSEWHERE = "elsewhere"


@access(Access.MEMBER)
@require_safe
def training(request: HttpRequest, organisation: str, person: UUID) -> HttpResponse:
    """One's own modules and how one stands with them."""
    found = get_own_participation(request.user, person)
    listed = standing_of(found)
    if not listed:
        or_404(None)
    said = {
        one.module.key for one in listed if can_be_done_elsewhere(one.module) and (not one.is_done or one.is_due_again)
    }
    context = {"person": found, "cohort": found.cohort, "listed": listed, "by_own_word": said}
    context["may_step_out"] = not why_not_withdrawn(found)
    return render(request, "programmes/training/own.html", context)


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def module(request: HttpRequest, organisation: str, person: UUID, key: str) -> HttpResponse:
    """A module page by page, then its questions. POST goes on to the next page, answers, or says that its course is done."""
    found = get_own_participation(request.user, person)
    standing = or_404(next((one for one in standing_of(found) if one.module.key == key), None))
    if request.method == "POST" and request.POST.get("page") == ELSEWHERE:
        return _elsewhere(request, found, standing.module)
    if request.method == "POST" and request.POST.get("page") != QUESTIONS:
        return _go_on(request, found, standing.module)
    page = _page(request, standing)
    if page is None:
        return _questions(request, found, standing)
    title, body = _words(found, standing.module, page)
    context = _frame(found, standing) | {"page": page, "number": page + 1, "page_title": title, "body": body}
    return render(request, "programmes/training/page.html", context)


def _elsewhere(request: HttpRequest, person: Participant, module: Module) -> HttpResponse:
    if not can_be_done_elsewhere(module):
        or_404(None)
    finish_elsewhere(person=person, key=module.key, actor=request.user)
    messages.success(request, _("You have completed “%(title)s”.") % {"title": module.title})
    return redirect(to(request, "training", person.pk))


def _page(request: HttpRequest, standing: Standing) -> int | None:
    """The page that is asked for, else the first that is not read; ``None``: the questions, or the end."""
    pages = range(len(standing.module.pages))
    wanted = (request.POST if request.method == "POST" else request.GET).get("page", "")
    if wanted == QUESTIONS:
        return None if set(pages) <= set(standing.pages_read) or standing.is_done else next(iter(pages), None)
    if wanted.isascii() and wanted.isdigit() and int(wanted) - 1 in pages:
        return int(wanted) - 1
    if standing.is_done:
        return next(iter(pages), None)
    return next((place for place in pages if place not in standing.pages_read), None)


def _go_on(request: HttpRequest, person: Participant, module: Module) -> HttpResponse:
    wanted = request.POST.get("page", "")
    here = to(request, "module", person.pk, module.key)
    if not (wanted.isascii() and wanted.isdigit() and 1 <= int(wanted) <= len(module.pages)):
        return redirect(here)
    done = read_page(person=person, key=module.key, page=int(wanted) - 1, actor=request.user)
    if done is not None:
        messages.success(request, _("You have completed “%(title)s”.") % {"title": module.title})
        return redirect(to(request, "training", person.pk))
    if int(wanted) < len(module.pages):
        return redirect(f"{here}?page={int(wanted) + 1}")
    return redirect(f"{here}?page={QUESTIONS}" if module.questions else to(request, "training", person.pk))


def _questions(request: HttpRequest, person: Participant, standing: Standing) -> HttpResponse:
    module = standing.module
    if not module.questions:
        return redirect(to(request, "training", person.pk))
    form = QuestionsForm(request.POST if request.method == "POST" else None, module=module)
    context = _frame(person, standing) | {"form": form}
    if request.method == "POST" and form.is_valid():
        try:
            answered = answer_questions(person=person, key=module.key, answers=form.answers(), actor=request.user)
        except NotRead:
            return redirect(to(request, "module", person.pk, module.key))
        if all(one.is_right for one in answered) and can_be_read(module):
            messages.success(request, _("All right. You have completed “%(title)s”.") % {"title": module.title})
        context |= {"answered": answered, "is_passed": all(one.is_right for one in answered)}
    return render(request, "programmes/training/questions.html", context)


def _words(person: Participant, module: Module, place: int) -> tuple[str, str]:
    page = module.pages[place]
    if not page.article:
        return page.title, to_html(page.text)
    article = articles_in_order(person.cohort.programme.handbook).filter(key=page.article).first()
    return (article.title, article_html(article.body)) if article is not None else (page.title, "")


def _frame(person: Participant, standing: Standing) -> dict[str, Any]:
    return {"person": person, "cohort": person.cohort, "standing": standing, "module": standing.module}


# --- For coordinators ---------------------------------------------------------------------------------------------------


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def cohort_training(request: HttpRequest, organisation: str, programme: str, cohort: str) -> HttpResponse:
    """Who has completed what; POST records what people did elsewhere."""
    found = get_cohort_for(request.user, programme, cohort)
    require(request, "programmes.change_programme", found)
    modules = modules_of(found.programme)
    if not modules:
        or_404(None)
    rows = standing_in(request.user, found)
    form = RecordForm(posted(request), modules=modules, people=[person for person, _standing in rows])
    if request.method == "POST" and form.is_valid():
        new = record_training(
            people=form.chosen(), key=form.cleaned_data["module"], on=form.cleaned_data["on"], actor=request.user
        )
        words = ngettext("Recorded for %(count)d person.", "Recorded for %(count)d people.", len(new))
        messages.success(request, words % {"count": len(new)})
        return redirect(to(request, "cohort_training", found.programme.slug, found.slug))
    context = cohort_frame(request, found) | {
        "rows": rows,
        "form": form,
        "owing": sum(any(one.is_owed for one in standings) for _person, standings in rows),
    }
    return render(request, "programmes/training/cohort.html", context)
