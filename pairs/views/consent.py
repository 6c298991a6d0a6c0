"""What reaches the coordinator, and changing it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mentoring.tenancy.access import Access, access
from pairs.domain.consent_changes import change_consent, is_asked, questions_for
from pairs.domain.reading import reader_of
from pairs.forms.consent import ConsentForm
from pairs.views.common import own_pairing, to


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest, organisation: str, pairing: UUID) -> HttpResponse:
    """The records' owner decides for each kind of record; the partner sees nothing of this page."""
    found = own_pairing(request, pairing)
    reader = reader_of(request.user, found)
    if not is_asked(reader, reader.person):
        raise Http404
    questions = questions_for(reader)
    form = ConsentForm(request.POST or None, questions=questions)
    if request.method == "POST" and form.is_valid():
        change_consent(reader=reader, answers=form.answers, actor=request.user)
        messages.success(request, _("Your choice holds from now on, for what you have sent already too."))
        return to(request, "pairs:consent", found.pk)
    rows = [(question, form[question.item.key] if question.item.key in form.fields else None) for question in questions]
    context = {
        "pairing": found,
        "form": form,
        "rows": rows,
        "question": reader.kit.agreement.consent.question,
        "answered": all(question.given is not None for question in questions),
    }
    return render(request, "pairs/consent/page.html", context, status=422 if form.is_bound else 200)
