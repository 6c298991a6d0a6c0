"""Making a group of a cohort's people, and changing who takes part in a running pairing. The coordinator's alone."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mentoring.tenancy.access import Access, access, require
from pairs.domain.experienced import name_experienced, names_one
from pairs.domain.limits import full
from pairs.domain.membership import add_member, ends_with, remove_member
from pairs.domain.pairing import CannotPair, NeedsAcknowledging, form_pairing
from pairs.domain.pairing_states import WrongState
from pairs.domain.peers import name_lead
from pairs.domain.people import NotAMember, People, Person, people_of
from pairs.domain.proposing.asking import propose_match
from pairs.domain.queries import get_pairing_for
from pairs.enums import PairingModel
from pairs.forms.alongside import LeadForm
from pairs.forms.grouping import ExperiencedForm, GroupForm, JoinForm, groups_of
from pairs.models import Pairing
from programmes.domain.matching.consent import consent_of
from programmes.domain.matching.queries import get_matching_cohort_for
from programmes.enums import Side
from programmes.models import Participant
from templates_app.domain.kits import kit_of


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest, organisation: str, programme: str, cohort: str) -> HttpResponse:
    """Choose a model, mentors and mentees; a POST makes the group, or asks everybody in it; warnings are to be seen first."""
    found = get_matching_cohort_for(request.user, programme, cohort)
    plan = kit_of(found.programme.handbook).plan
    if not groups_of(plan):
        raise Http404
    asks = consent_of(found) is not None
    form = GroupForm(found, plan, request.POST if request.method == "POST" else None)
    unseen: dict[str, str] = {}
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        made, unseen = tried(
            form,
            lambda: (propose_match if asks else form_pairing)(
                cohort=found,
                model=PairingModel(values["model"]),
                mentors=list(values["mentors"]),
                mentees=list(values["mentees"]),
                actor=request.user,
                acknowledged=request.POST.getlist("acknowledged"),
                experienced=values.get("experienced"),
            ),
        )
        if made:
            told = _("The group is made. Everybody in it has been told.")
            asked = _("The group is proposed. Everybody in it has been asked, and you hear what comes of it.")
            messages.success(request, asked if asks else told)
            return redirect("programmes:matching", request.organisation.slug, programme, cohort)
    context = {"cohort": found, "form": form, "unseen": unseen, "asks": asks}
    return render(request, "pairs/pairing/group.html", context, status=422 if form.is_bound else 200)


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def members(request: HttpRequest, organisation: str, pairing: UUID) -> HttpResponse:
    """Who takes part; a POST takes one more in, or names the experienced mentor."""
    found = _of_coordinator(request, pairing)
    people = people_of(found)
    sent = request.POST if request.method == "POST" else None
    named = None
    if names_one(found):
        is_naming = "naming" in request.POST
        named = ExperiencedForm(people, request.POST if is_naming else None)
        if is_naming and named.is_valid():
            return _name(request, found, named.cleaned_data["experienced"])
        sent = None if is_naming else sent
    led = None
    if found.is_peers:
        is_leading = "leading" in request.POST
        led = LeadForm(people, request.POST if is_leading else None)
        if is_leading and led.is_valid():
            return _lead(request, found, led.cleaned_data["lead"])
        sent = None if is_leading else sent
    form = JoinForm(found.cohort, _sides_with_room(found, people), sent, anybody=found.is_peers)
    unseen: dict[str, str] = {}
    if request.method == "POST" and form.is_valid():
        joining = form.cleaned_data["participant"]
        seen = request.POST.getlist("acknowledged")
        made, unseen = tried(
            form, lambda: add_member(pairing=found, participant=joining, actor=request.user, acknowledged=seen)
        )
        if made:
            messages.success(request, _("%(name)s is in. Everybody has been told.") % {"name": joining.name})
            return redirect("pairs:members", request.organisation.slug, found.pk)
    context = {
        "pairing": found,
        "people": people,
        "form": form,
        "named": named,
        "led": led,
        "has_room": len(form.fields["participant"].choices) > 1,
        "unseen": unseen,
    }
    is_faulty = any(one is not None and one.is_bound for one in (form, named, led))
    return render(request, "pairs/pairing/members.html", context, status=422 if is_faulty else 200)


def _name(request: HttpRequest, pairing: Pairing, mentor: Participant) -> HttpResponse:
    try:
        name_experienced(pairing=pairing, mentor=mentor, actor=request.user)
    except (NotAMember, WrongState):
        messages.warning(request, _("This has changed meanwhile. Here is how it stands."))
    else:
        messages.success(request, _("%(name)s is the experienced mentor.") % {"name": mentor.name})
    return redirect("pairs:members", request.organisation.slug, pairing.pk)


def _lead(request: HttpRequest, pairing: Pairing, lead: Participant) -> HttpResponse:
    try:
        name_lead(pairing=pairing, lead=lead, actor=request.user)
    except (NotAMember, WrongState):
        messages.warning(request, _("This has changed meanwhile. Here is how it stands."))
    else:
        messages.success(request, _("%(name)s leads the group.") % {"name": lead.name})
    return redirect("pairs:members", request.organisation.slug, pairing.pk)


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def take_out(request: HttpRequest, organisation: str, pairing: UUID, participant: UUID) -> HttpResponse:
    """Say what will happen first; a POST takes the person out."""
    found = _of_coordinator(request, pairing)
    people = people_of(found)
    person = _present(people, participant)
    if request.method == "POST":
        try:
            remove_member(pairing=found, participant=person.participant, actor=request.user)
        except (NotAMember, WrongState):
            messages.warning(request, _("This has changed meanwhile. Here is how it stands."))
        else:
            told = _("%(name)s is no longer in it. Everybody has been told, without a reason.")
            messages.success(request, told % {"name": person.name})
        return redirect("pairs:pairing", request.organisation.slug, found.pk)
    context = {"pairing": found, "people": people, "person": person, "is_last": ends_with(people, person)}
    return render(request, "pairs/pairing/take_out.html", context)


def _of_coordinator(request: HttpRequest, pairing: UUID) -> Pairing:
    """A running pairing of several in a programme that this person coordinates."""
    found = get_pairing_for(request.user, pairing)
    require(request, "pairs.follow_pairing", found)
    if found.is_pair or not found.is_active:
        raise Http404
    return found


def _sides_with_room(pairing: Pairing, people: People) -> list[Side]:
    model = kit_of(pairing.cohort.programme.handbook).plan.model(pairing.model)
    counts = {side: sum(person.side == side for person in people.present) for side in Side}
    sides = [side for side in (Side.MENTEE, Side.MENTOR) if model is not None and not full(model, side, counts[side])]
    return [side for side in sides if counts[side]] if pairing.is_peers else sides


def _present(people: People, participant: UUID) -> Person:
    found = next((person for person in people.present if person.participant.pk == participant), None)
    if found is None:
        raise Http404
    return found


def tried(form: Form, act: Callable[[], object]) -> tuple[bool, dict[str, str]]:
    """Whether it was done; else the form says why not, or the rules to acknowledge are given."""
    try:
        act()
    except CannotPair as fault:
        for reason in fault.reasons:
            form.add_error(None, reason)
        return False, {}
    except NeedsAcknowledging as fault:
        return False, fault.rules
    except WrongState:
        form.add_error(None, _("It has ended meanwhile."))
        return False, {}
    return True, {}
