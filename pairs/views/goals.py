"""A pair's goals: the mentee's words, the mentor's view, reviews; and the mentor's answer to one of them."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mentoring.tenancy.access import Access, access, may
from pairs.domain.goal_pages import goals_page
from pairs.domain.goals import GoalChanged, answer_goal, goals_for, wording_of
from pairs.domain.reading import reader_of
from pairs.forms.goal import AnswerForm
from pairs.views.common import own_pairing, to


@access(Access.MEMBER)
@require_safe
def goals(request: HttpRequest, organisation: str, pairing: UUID) -> HttpResponse:
    """The goals the pair works on."""
    found = own_pairing(request, pairing)
    reader = reader_of(request.user, found)
    context = {
        "pairing": found,
        "page": goals_page(reader),
        "person": reader.person,
        "may_answer": may(request, "pairs.answer_goals", found),
        "close_goal": {"close": "1"},
    }
    return render(request, "pairs/goal/list.html", context)


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, organisation: str, pairing: UUID, goal: UUID) -> HttpResponse:
    """The mentor comments on a goal, and marks it as understood and agreed."""
    found = own_pairing(request, pairing, "pairs.answer_goals")
    reader = reader_of(request.user, found)
    row = next((one for one in goals_for(reader) if one.pk == goal), None)
    if row is None:
        raise Http404
    row.pairing = found
    initial = {"comment": row.comment, "agreed": row.agreed_at is not None, "seen": wording_of(row)}
    form = AnswerForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            answer_goal(goal=row, actor=request.user, **form.cleaned_data)
        except GoalChanged:
            form.add_error(
                None,
                _("The words of this goal changed while you were writing. Read them above, then keep your answer."),
            )
            form.go_on_top()
        else:
            messages.success(request, _("Your answer is kept, and your mentee has been told."))
            return to(request, "pairs:goals", found.pk)
    page = goals_page(reader)
    shown = next((one for one in page.all if one.goal.pk == row.pk), None)
    context = {"pairing": found, "form": form, "shown": shown, "owner": reader.writer_of(row) or reader.people.mentees}
    return render(request, "pairs/goal/answer.html", context, status=422 if form.is_bound else 200)
