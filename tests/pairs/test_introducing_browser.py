"""Introductions, informal relationships and peer groups in a real browser, on a phone and at a desk."""

from typing import Any

import pytest
from django.conf import settings as site

from mentoring.tenancy.scope import tenant_scope
from pairs.domain.introducing.answering import answer_as_mentee
from pairs.domain.introducing.making import propose_introduction
from pairs.domain.peers import form_peers
from pairs.domain.people import people_of
from tests.factories import MembershipFactory, ParticipantFactory, UserFactory
from tests.pairs.conftest import make_pair
from tests.pairs.test_introducing import UNA, link
from tests.ui.browser import DESK, PHONE, window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def places(transactional_db: Any, monkeypatch: pytest.MonkeyPatch, sign_in: Any) -> list[tuple[Any, str]]:
    """An introduction that waits for somebody outside, a group of peers, and who looks at which page."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")
    pair = make_pair(kit="aspire")
    cohort = pair.pairing.cohort
    with tenant_scope(pair.organisation):
        mentee = people_of(pair.pairing).mentee.member
        rows = [propose_introduction(pairing=pair.pairing, mentee=mentee, actor=pair.mentor, **UNA)]
        answer_as_mentee(introduction=rows[0], agrees=True, actor=pair.mentee)
        other = {"name": "Tavita Reef", "email": "tavita@lagoon.example", "why": "He has measured it for years."}
        rows.append(propose_introduction(pairing=pair.pairing, mentee=mentee, actor=pair.mentor, **other))
        fellow = ParticipantFactory(cohort=cohort, membership=MembershipFactory(user=UserFactory()), side="mentee")
        both = [pair.mentee_place, fellow]
        peers = form_peers(cohort=cohort, members=both, lead=fellow, actor=pair.coordinator)
        mentor, own, coordinator = sign_in(pair.mentor), sign_in(pair.mentee), sign_in(pair.coordinator)
        matching = pair.url(f"programmes/{cohort.programme.slug}/cohorts/{cohort.slug}/matching/")
        return [
            (mentor, f"{pair.place}introductions/"),
            (own, f"{pair.place}introductions/"),
            (own, pair.url(f"introductions/{rows[1].pk}/")),
            (None, link()),
            (own, pair.url(f"mentoring/?pair={peers.pk}")),
            (own, pair.url(f"pairs/{peers.pk}/sessions/")),
            (coordinator, matching),
            (coordinator, f"{matching}informal/"),
            (coordinator, f"{matching}peers/mentee/"),
            (coordinator, pair.url(f"pairs/{peers.pk}/")),
            (coordinator, pair.url(f"pairs/{peers.pk}/members/")),
            (coordinator, pair.url(f"desk/{cohort.programme.slug}/{cohort.slug}/pairs/")),
        ]


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_every_page_is_in_order(places: Any, live_server: Any, width: int) -> None:
    faults: list[str] = []
    with window(width=width) as opened:
        for client, path in places:
            opened.page.context.clear_cookies()
            if client is not None:
                value = client.cookies[site.SESSION_COOKIE_NAME].value
                opened.page.context.add_cookies(
                    [{"name": site.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}]
                )
            opened.said.clear()
            answer = opened.page.goto(live_server.url + path)
            faults += (
                [f"{path}: {answer.status if answer else 'nothing'}"] if not answer or answer.status != 200 else []
            )
            faults += [f"{path}: {fault}" for fault in opened.faults()]
            faults += [f"{path}: scrolls sideways"] if opened.overflows() else []
    assert not faults, "\n".join(faults)
