"""Introductions to somebody else: a mentor's page and the mentee's, and the question to each of the two."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from mentoring.tenancy.access import Access, access
from pairs.domain.introducing.answering import (
    answer_as_contact,
    answer_as_mentee,
    answer_from_outside,
    usable_contact_link,
)
from pairs.domain.introducing.making import CannotIntroduce, propose_introduction, rules_of, take_introduction_back
from pairs.domain.introducing.queries import Part, Seen, get_introduction_for, introductions_for
from pairs.domain.introducing.states import WrongState
from pairs.domain.people import people_of
from pairs.forms.contacts import IntroductionToForm
from pairs.models import ContactIntroduction, Pairing
from pairs.views.common import myself, own_pairing, to
from programmes.domain.coordinators import coordinators_of
from programmes.domain.outside import LinkUnusable
from programmes.enums import Side
from programmes.models import Programme
from programmes.views.outside import unusable_link

ANSWERS = {"yes": True, "no": False}


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def contacts(request: HttpRequest, organisation: str, pairing: UUID) -> HttpResponse:
    """The introductions that one proposed or is asked about; a mentor proposes one by POST."""
    found = own_pairing(request, pairing)
    rows = introductions_for(request.user, found)
    if found.is_peers or not (rules_of(found).offered or rows):
        raise Http404
    people, person = myself(request, found)
    mentees = [one for one in people.present if one.side == Side.MENTEE]
    may_propose = rules_of(found).offered and found.is_active and person.is_here and person.side == Side.MENTOR
    if request.method == "POST" and not may_propose:
        raise PermissionDenied
    sent = request.POST if request.method == "POST" else None
    form = IntroductionToForm(mentees, sent) if may_propose and mentees else None
    if request.method == "POST" and form is not None and form.is_valid() and _proposed(request, found, form):
        words = _("%(name)s is asked. You hear once there are answers, or that it does not go ahead.")
        messages.success(request, words % {"name": form.chosen.name})
        return to(request, "pairs:contacts", found.pk)
    context = {"pairing": found, "rows": rows, "rules": rules_of(found), "person": person, "form": form}
    context["is_group"] = len(mentees) > 1
    bound = form is not None and form.is_bound
    return render(request, "pairs/contact/list.html", context, status=422 if bound else 200)


def _proposed(request: HttpRequest, pairing: Pairing, form: IntroductionToForm) -> bool:
    given = {name: form.cleaned_data[name] for name in ("name", "email", "why")}
    try:
        propose_introduction(pairing=pairing, mentee=form.chosen.member, actor=request.user, **given)
    except CannotIntroduce as fault:
        form.add_error(None, str(fault))
        return False
    return True


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, organisation: str, introduction: UUID) -> HttpResponse:
    """One introduction for those around it. POST is an answer of who is asked: ``yes`` or ``no``."""
    seen = get_introduction_for(request.user, introduction)
    if request.method != "POST":
        return render(request, "pairs/contact/show.html", {"seen": seen})
    if seen.part is Part.MENTOR:
        raise PermissionDenied
    if request.POST.get("answer") not in ANSWERS:
        return render(request, "pairs/contact/show.html", {"seen": seen}, status=422)
    answer = answer_as_mentee if seen.part is Part.MENTEE else answer_as_contact
    try:
        answer(introduction=seen.row, agrees=_said_yes(request), actor=request.user)
    except WrongState:
        messages.warning(request, _("This was decided meanwhile."))
    else:
        messages.success(request, _("Thank you. Your answer is noted."))
    return to(request, "pairs:contact", introduction)


@access(Access.MEMBER)
@require_POST
def take_back(request: HttpRequest, organisation: str, introduction: UUID) -> HttpResponse:
    """Take a proposal back; the others learn only that it does not go ahead."""
    seen = get_introduction_for(request.user, introduction)
    if seen.part is not Part.MENTOR:
        raise PermissionDenied
    try:
        take_introduction_back(introduction=seen.row, actor=request.user)
    except WrongState:
        messages.warning(request, _("This was decided meanwhile."))
    else:
        messages.success(request, _("Taken back. The others learn only that it does not go ahead."))
    return to(request, "pairs:contacts", seen.row.pairing_id)


def _said_yes(request: HttpRequest) -> bool:
    return ANSWERS[request.POST["answer"]]


# --- The page behind the link ----------------------------------------------------------------------------------------


@access(Access.VISITOR)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact_outside(request: HttpRequest, organisation: str, token: str) -> HttpResponse:
    """What somebody outside is asked, with two buttons. Nothing else of the mentoring is here."""
    try:
        row = usable_contact_link(token).introduction
        if request.user.is_authenticated and people_of(row.pairing).of(request.user) is not None:
            raise PermissionDenied
        is_answered = request.POST.get("answer") in ANSWERS
        if is_answered:
            row = answer_from_outside(token=token, agrees=_said_yes(request))
    except LinkUnusable as fault:
        return unusable_link(request, fault, _programme_of)
    context = {"seen": Seen(row, Part.CONTACT), "coordinators": coordinators_of(row.pairing.cohort.programme)}
    status = 422 if request.method == "POST" and not is_answered else 200
    return render(request, "pairs/contact/outside.html", context, status=status)


def _programme_of(row: ContactIntroduction) -> Programme:
    return row.pairing.cohort.programme
