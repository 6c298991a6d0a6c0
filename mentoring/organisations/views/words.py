"""The organisation's own words."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mentoring.organisations.domain.organisations import change_words
from mentoring.organisations.forms.words import WordsForm
from mentoring.organisations.views.tabs import organisation_tabs
from mentoring.tenancy.access import Access, access


@access(Access.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest, organisation: str) -> HttpResponse:
    """Show them with sentences that use them, and change them."""
    language = get_language()
    now = request.organisation.words_in(language)
    form = WordsForm(request.POST if request.method == "POST" else None, initial=WordsForm.initial_of(now))
    if request.method == "POST" and form.is_valid():
        change_words(organisation=request.organisation, language=language, words=form.words(), actor=request.user)
        messages.success(request, _("The words are saved. Every page, letter and document says them from now on."))
        return redirect("organisations:words", organisation)
    context = {"form": form, "tabs": organisation_tabs(request), "samples": _samples()}
    return render(request, "organisations/organisation/words.html", context, status=422 if form.errors else 200)


def _samples() -> list[str]:
    """Sentences with every term in several forms, as pages and letters say them."""
    return [
        _("A mentor has room for three mentees, and each mentee meets their mentor in a session once a month."),
        _("Mentors' notes of a session reach nobody outside the pair."),
        _("The programme's pairs meet for six sessions; a programme may plan more."),
        _("A coordinator looks after each cohort. Coordinators see a cohort's figures, and nobody's private notes."),
    ]
