"""What a person gets by e-mail."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mentoring.accounts.views.tabs import person_tabs
from mentoring.notices.domain.preferences import choose_mail
from mentoring.notices.forms.preferences import MailForm
from mentoring.tenancy.access import Access, access


@access(Access.SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Show and set it."""
    form = MailForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        choose_mail(user=request.user, wanted=form.cleaned_data["wanted"], actor=request.user)
        messages.success(request, _("Your choice is saved."))
        return redirect("mail:preferences")
    context = {"form": form, "tabs": person_tabs(request)}
    return render(request, "notices/preferences.html", context, status=422 if form.errors else 200)
