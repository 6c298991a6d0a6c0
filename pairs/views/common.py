"""What every view of a pair begins with: the pair itself, for somebody who takes part in it."""

from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from mentoring.tenancy.access import require
from pairs.domain.people import People, Person, people_of
from pairs.domain.queries import get_own_pairing_for, get_session_for
from pairs.domain.undone import firsts
from pairs.models import Pairing, Session


def own_pairing(request: HttpRequest, pairing_id: UUID, perm: str = "") -> Pairing:
    """The person's own pairing. 404 for anybody else; 403 for what they may see and not do (any more)."""
    pairing = get_own_pairing_for(request.user, pairing_id)
    if perm:
        require(request, perm, pairing)
    return pairing


def own_session(request: HttpRequest, pairing_id: UUID, session_id: UUID, perm: str = "") -> Session:
    """A session of the person's own pairing, likewise."""
    session = get_session_for(request.user, pairing_id, session_id)
    if perm:
        require(request, perm, session)
    return session


def myself(request: HttpRequest, pairing: Pairing) -> tuple[People, Person]:
    """The people of the pairing, and the one who asks. Only for the pairing's own people."""
    people = people_of(pairing)
    person = people.of(request.user)
    if person is None:
        raise PermissionDenied
    return people, person


def to(request: HttpRequest, view: str, *args: object) -> HttpResponse:
    """Redirect to a page inside the organisation."""
    return redirect(view, request.organisation.slug, *args)


def back(request: HttpRequest, view: str, *args: object) -> HttpResponse:
    """To the page the button stood on (``next`` in the form), if that is one of ours; else to this view."""
    target = request.POST.get("next", "")
    if target and url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        return redirect(target)
    return to(request, view, *args)


def first_things(request: HttpRequest, pairing: Pairing, title: str, names: Sequence[str]) -> HttpResponse:
    """What has to be done before something else, done or not, each with the way to it."""
    context = {"pairing": pairing, "title": title, "firsts": firsts(pairing, names)}
    return render(request, "pairs/output/undone.html", context)
