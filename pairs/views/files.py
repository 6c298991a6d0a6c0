"""Documents that a pair shares: the list, putting one there, saving one, taking one out."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring.tenancy.access import Access, access
from pairs.domain.files import Closed, get_file_for, may_remove, remove_file, rules_of, share_file, shelf_for
from pairs.domain.people import NotAMember
from pairs.forms.files import SharedFileForm
from pairs.models import Pairing
from pairs.views.common import myself, own_pairing, to
from templates_app.answers import AnswerFault
from templates_app.domain.file_kinds import KINDS
from templates_app.views.downloads import as_download


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def files(request: HttpRequest, organisation: str, pairing: UUID) -> HttpResponse:
    """What the people of a pairing share; POST puts a document there."""
    found = own_pairing(request, pairing)
    shelf = shelf_for(request.user, found)
    if not (rules_of(found).offered or shelf.files):
        raise Http404
    form = SharedFileForm(request.POST, request.FILES) if request.method == "POST" else SharedFileForm()
    if request.method == "POST" and form.is_valid() and _shared(request, found, form):
        messages.success(request, _("It is there. The others are told that there is something new."))
        return to(request, "pairs:files", found.pk)
    people, person = myself(request, found)
    context = {
        "pairing": found,
        "others": people.others(person),
        "listed": [(row, who, may_remove(row, person)) for row, who in shelf.files],
        "shelf": shelf,
        "rules": rules_of(found),
        "kinds": ", ".join(KINDS),
        "is_open": rules_of(found).offered and found.is_active and person.is_here,
        "has_left": found.is_active and not person.is_here,
        "form": form,
    }
    return render(request, "pairs/files/page.html", context, status=422 if form.is_bound else 200)


def _shared(request: HttpRequest, pairing: Pairing, form: SharedFileForm) -> bool:
    try:
        share_file(pairing=pairing, actor=request.user, **form.cleaned_data)
    except AnswerFault as fault:
        form.add_error("file", str(fault))
    except Closed:
        form.add_error(
            None, _("Your mentoring has ended meanwhile: nothing new is put here. What is here stays yours.")
        )
    except NotAMember:
        form.add_error(
            None, _("You have left: nothing of yours is put here any more. What you found here stays yours.")
        )
    else:
        return True
    return False


@access(Access.MEMBER)
@require_safe
def file(request: HttpRequest, organisation: str, pairing: UUID, file: UUID) -> HttpResponse:
    """Save a document, as one of those who read it."""
    found = get_file_for(request.user, own_pairing(request, pairing), file)
    return as_download(found.content, name=found.name, content_type=found.content_type)


@access(Access.MEMBER)
@require_POST
def remove(request: HttpRequest, organisation: str, pairing: UUID, file: UUID) -> HttpResponse:
    """Take out a document that one has put there oneself."""
    mine = own_pairing(request, pairing)
    found = get_file_for(request.user, mine, file)
    found.pairing = mine
    remove_file(file=found, actor=request.user)
    messages.success(request, _("It is taken out, for everybody."))
    return to(request, "pairs:files", mine.pk)
