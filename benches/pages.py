"""Queries, bytes and time of the main pages, the time against a bare Django list page in the same process."""

from collections.abc import Callable, Iterator
from functools import partial

import brotli  # type: ignore[import-untyped]
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import path, reverse

from benches import Figure
from benches._world import World, make_people, make_world, seconds, side_by_side
from mentoring.accounts.models import User
from mentoring.tenancy.models import Organisation
from mentoring.tenancy.scope import tenant_scope
from pairs.domain.pairing import confirm_pairing
from programmes.models import Participant

PAIRS = 25
BACKEND = "django.contrib.auth.backends.ModelBackend"
BARE = "bare list page, 25 rows"
BARE_TEMPLATE = """<!doctype html><title>People</title><p>{{ user.email }}</p><table>{% for row in rows %}
<tr><td>{{ row.given_name }}</td><td>{{ row.family_name }}</td><td>{{ row.email }}</td><td>{{ row.employer }}</td>
<td>{{ row.title }}</td><td>{{ row.country }}</td><td>{{ row.zone }}</td></tr>{% endfor %}</table>"""
BARE_MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    f"{__name__}.bare_addresses",
]


def bare_addresses(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Leads to the bare page. Changing ROOT_URLCONF would empty the caches that our own pages are measured with."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.urlconf = __name__
        return get_response(request)

    return middleware


def _bare(request: HttpRequest) -> HttpResponse:
    """What Django's tutorial would write: who is signed in, one query, one table."""
    with tenant_scope(Organisation.objects.get(slug="pages")):
        rows = Participant.objects.order_by("given_name")[:PAIRS]
        page = engines["django"].from_string(BARE_TEMPLATE).render({"rows": rows, "user": request.user}, request)
    return HttpResponse(page)


urlpatterns = [path("", _bare)]


def _fill(world: World) -> None:
    with tenant_scope(world.organisation):
        mentors, mentees = make_people(world, "mentor", PAIRS), make_people(world, "mentee", PAIRS)
        for mentor, mentee in zip(mentors, mentees, strict=True):
            confirm_pairing(cohort=world.cohort, mentor=mentor, mentee=mentee, actor=world.coordinator)


def _client(user: User) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(user, backend=BACKEND)
    return client


def _account(person: Participant) -> User:
    assert person.membership is not None, "everybody here has joined"
    return person.membership.user


def _pages(world: World) -> Iterator[tuple[str, Client, str]]:
    slug = world.organisation.slug
    with tenant_scope(world.organisation):
        pairing = world.cohort.pairings.order_by("pk")[0]
        people = {member.side: _account(member.participant) for member in pairing.members.all()}
        sheet = pairing.outputs.filter(worksheet="goals").earliest("pk")
    mentor, mentee, desk = _client(people["mentor"]), _client(people["mentee"]), _client(world.coordinator)
    place = [slug, world.programme.slug, world.cohort.slug]
    yield "mentee's home", mentee, reverse("pairs:home", args=[slug])
    yield "mentor's home", mentor, reverse("pairs:home", args=[slug])
    yield "worksheet", mentee, reverse("pairs:output", args=[slug, sheet.pk])
    yield "agreement", mentor, reverse("pairs:agreement", args=[slug, pairing.pk])
    yield "dates of all sessions", mentor, reverse("pairs:schedule", args=[slug, pairing.pk])
    yield f"coordinator's desk, {PAIRS} pairs", desk, reverse("evaluation:cohort_desk", args=place)
    yield f"list of {PAIRS} pairs", desk, reverse("evaluation:cohort_pairs", args=place)
    yield "one pair's timeline", desk, reverse("pairs:pairing", args=[slug, pairing.pk])
    yield f"people, {2 * PAIRS} rows", desk, reverse("programmes:people", args=place)
    yield "matching board", desk, reverse("programmes:matching", args=place)


def _bare_client(world: World) -> Client:
    with override_settings(MIDDLEWARE=BARE_MIDDLEWARE):
        client = _client(world.coordinator)
        client.handler.load_middleware()
    return client


def _get(client: Client, address: str) -> bytes:
    """A page that was really shown. Raises ``RuntimeError`` for any other answer: it would make a fine, false figure."""
    response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}")
    return response.content


def measure() -> Iterator[Figure]:
    """Per page: queries, compressed bytes, and its time over that of the bare page (less is better)."""
    world = make_world("pages")
    _fill(world)
    yardstick = partial(_get, _bare_client(world), "/")
    yield Figure(BARE, seconds(yardstick) * 1000, "ms")
    for name, client, first in _pages(world):
        address = client.get(first, follow=True).request["PATH_INFO"]
        with CaptureQueriesContext(connection) as queries:
            page = _get(client, address)
            asked = len(queries)  # now: the next request empties the log
        bare, taken = side_by_side(yardstick, partial(_get, client, address))
        yield Figure(f"{name}: queries", asked, "queries")
        yield Figure(f"{name}: page", len(brotli.compress(page)), "bytes in brotli")
        yield Figure(f"{name}: time", taken * 1000, "ms", taken / bare, BARE)
