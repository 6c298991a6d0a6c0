"""Themes of what people wrote: figures for all who read results; the texts, without names, for coordinators."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from evaluation.domain.coding.counting import coded_sheets
from evaluation.domain.coding.marking import ThemesRefused, marks_in, save_coding, themes_of
from evaluation.domain.coding.texts import get_question, sheets_read, texts_of
from evaluation.domain.partners import kept_for, kept_from
from evaluation.domain.steps import STEP
from evaluation.forms.coding import CodingForm
from evaluation.views.frame import cohort_for, to_cohort
from mentoring.accounts.kept_post import keeps_posts
from mentoring.tenancy.access import Access, access, may
from programmes.views.frame import cohort_frame, posted
from templates_app.domain.counting import SMALLEST_GROUP

TEXTS_ON_A_PAGE = 20


@access(Access.MEMBER)
@require_safe
def themes(request: HttpRequest, organisation: str, programme: str, cohort: str) -> HttpResponse:
    """How often each theme comes up, question by question, beside what can be counted of the same sheets."""
    found = cohort_for(request, programme, cohort, "evaluation.view_reports")
    context = cohort_frame(request, found) | {
        "coded": coded_sheets(found, kept=kept_for(request.user, found)),
        "reads": may(request, "evaluation.read_answers", found),
        "smallest": SMALLEST_GROUP,
        "step": STEP,
    }
    return render(request, "evaluation/coding/themes.html", context)


@access(Access.MEMBER)
@keeps_posts
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def coding(
    request: HttpRequest, organisation: str, programme: str, cohort: str, worksheet: str, question: str
) -> HttpResponse:
    """The texts to one question, and the themes to be found in them. What is marked and the list of themes are saved as one."""
    found = cohort_for(request, programme, cohort, "evaluation.read_answers")
    asked = get_question(found.programme, worksheet, question)
    sheets = sheets_read(found, [asked], kept=kept_from(request.user, found))[worksheet]
    texts = texts_of(asked, sheets.read)
    page = Paginator(texts, TEXTS_ON_A_PAGE).get_page(request.GET.get("page"))
    data = posted(request)
    shown = [text for text in texts if f"had-{text.code}" in data] if data is not None else list(page)
    marks = marks_in(found).get(question, {})
    form = CodingForm(data, themes=themes_of(found.programme, [asked])[asked.key], texts=shown, marks=marks)
    if request.method == "POST" and form.is_valid():
        try:
            marked = save_coding(
                cohort=found,
                question=asked,
                namings=form.namings(),
                new=form.cleaned_data["new"],
                markings=form.markings(),
                actor=request.user,
            )
        except ThemesRefused as refused:
            form.refuse(refused.faults)
        else:
            told = ngettext("Saved: %(count)d text marked.", "Saved: %(count)d texts marked.", marked)
            messages.success(request, told % {"count": marked} if marked else _("Saved."))
            return redirect(request.get_full_path())
    here = to_cohort(request, "themes", found)
    context = cohort_frame(request, found, (_("Themes"), here)) | {
        "question": asked,
        "form": form,
        "left_out": sheets.left_out,
        "page": page,
        "read": sum(text.response.pk in marks for text in texts),
        "smallest": SMALLEST_GROUP,
        "step": STEP,
    }
    return render(request, "evaluation/coding/texts.html", context, status=422 if form.errors else 200)
