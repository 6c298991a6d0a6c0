"""Queries, bytes and time of the main pages, the time against a bare Django list page in the same process."""

from collections.abc import Callable, Iterator
from functools import partial

import brotli  # type: ignore[import-untyped]
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benches import Figure
from benches._world import World, make_people, make_world, seconds
from mentoring.accounts.models import User
from mentoring.tenancy.scope import tenant_scope
from pairs.domain.pairing import confirm_pairing
from programmes.models import Participant

PAIRS = 25

BARE = """<!doctype html><title>People</title><table>{% for row in rows %}
<tr><td>{{ row.given_name }}</td><td>{{ row.family_name }}</td><td>{{ row.email }}</td>
<td>{{ row.zone }}</td></tr>{% endfor %}</table>"""


def _fill(world: World) -> None:
    with tenant_scope(world.organisation):
        mentors, mentees = make_people(world, "mentor", PAIRS), make_people(world, "mentee", PAIRS)
        for mentor, mentee in zip(mentors, mentees, strict=True):
            confirm_pairing(cohort=world.cohort, mentor=mentor, mentee=mentee, actor=world.coordinator)


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _pages(world: World) -> list[tuple[str, Client, str]]:
    slug = world.organisation.slug
    with tenant_scope(world.organisation):
        pairing = world.cohort.pairings.order_by("pk")[0]
        mentee = User.objects.get(
            memberships__participations__pairing_members__pairing=pairing, memberships__participations__side="mentee"
        )
        sheet = pairing.outputs.get(worksheet="goals")
        goals = reverse("pairs:output", args=[slug, sheet.pk])
    own, desk = _client(mentee), _client(world.coordinator)
    place = [slug, world.programme.slug, world.cohort.slug]
    return [
        ("mentee's home", own, reverse("pairs:home", args=[slug])),
        ("worksheet", own, goals),
        ("dates of all sessions", own, reverse("pairs:schedule", args=[slug, pairing.pk])),
        ("coordinator's desk, 25 pairs", desk, reverse("evaluation:cohort", args=place)),
        ("people, 50 rows", desk, reverse("programmes:people", args=place)),
        ("matching board", desk, reverse("programmes:matching", args=place)),
    ]


def _bare_page(world: World) -> Callable[[], HttpResponse]:
    template = engines["django"].from_string(BARE)

    def view() -> HttpResponse:
        with tenant_scope(world.organisation):
            rows = Participant.objects.filter(cohort=world.cohort).order_by("given_name")[:PAIRS]
            return HttpResponse(template.render({"rows": rows}, HttpRequest()))

    return view


def measure() -> Iterator[Figure]:
    """Per page: queries, compressed bytes, and its time over that of the bare page (less is better)."""
    world = make_world("pages")
    _fill(world)
    bare = seconds(_bare_page(world), rounds=15)
    yield Figure("bare list page, 25 rows", bare * 1000, "ms")
    for name, client, first in _pages(world):
        response = client.get(first, follow=True)
        if response.status_code != 200:
            raise RuntimeError(f"{name} answered {response.status_code} at {first}")
        path = response.request["PATH_INFO"]
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        taken = seconds(partial(client.get, path), rounds=9)
        yield Figure(f"{name}: queries", len(queries), "queries")
        yield Figure(f"{name}: page", len(brotli.compress(response.content)), "bytes in brotli")
        yield Figure(f"{name}: time", taken * 1000, "ms", taken / bare, "bare list page, 25 rows")
