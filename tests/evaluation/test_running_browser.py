"""Pages by which a programme is watched and left, in a real browser, on a phone and at a desk: axe finds nothing, nobody
scrolls sideways.
"""

import datetime as dt
from typing import Any

import pytest
from django.conf import settings as site

from mentoring import clock
from mentoring.tenancy.scope import tenant_scope
from pairs.domain.ending import dissolve_pairing
from pairs.models import Output, Pairing
from tests.evaluation.test_nameless import MARKS, hand_in, people
from tests.evaluation.test_totals import BY_CHOICE, outsider, paired, someone
from tests.evaluation.world import sign_in
from tests.pairs.conftest import Pair
from tests.pairs.filling import send
from tests.pairs.test_every_kit import pair_of
from tests.pairs.test_promises_of_handbooks import send_whole, sheet
from tests.ui.browser import DESK, PHONE, window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def made(transactional_db: Any, monkeypatch: pytest.MonkeyPatch) -> tuple[Pair, dict[str, Any]]:
    """A pair near its end that has asked for help, five others that have handed in what they reached, and an early end."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")
    with pair_of("sssc") as pair:
        rows = {key: send_whole(pair, sheet(pair, pair.mentee, key), pair.mentee) for key in ("breakdown", "gpc6")}
        for mark in MARKS[:5]:
            pairing, user = people(pair, mark)
            hand_in(pairing, user, mark)
        early = paired(pair, someone(pair, "mentor", "Hugo"), someone(pair, "mentee", "Zoe"))
        person = early.members.get(side="mentee").participant.membership.user
        dissolve_pairing(pairing=early, actor=person)
        row = Output.objects.get(pairing=early, worksheet="end", moment="ended-early", member__side="mentee")
        send(row, person, BY_CHOICE | {"grounds": ["time", "match"]})
        rows["waiting"] = someone(pair, "mentee", "Lia")
    with tenant_scope(pair.organisation):
        Pairing.objects.filter(pk=pair.pairing.pk).update(agreed_until=clock.now().date() + dt.timedelta(days=5))
    return pair, rows


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_every_page_is_in_order(made: Any, live_server: Any, width: int) -> None:
    pair, rows = made
    cohort = pair.pairing.cohort
    below = f"{cohort.programme.slug}/{cohort.slug}/"
    with tenant_scope(pair.organisation):
        lia = rows["waiting"].membership.user
        steering = outsider(pair, "steering")
    places = [
        (pair.coordinator, f"desk/{below}"),
        (pair.coordinator, f"evaluation/{below}totals/"),
        (steering, f"evaluation/{below}totals/"),
        (pair.coordinator, f"evaluation/{below}results/"),
        (pair.coordinator, f"outputs/{rows['gpc6'].pk}/read/"),
        (pair.coordinator, f"pairs/{pair.pairing.pk}/"),
        (pair.mentee, "mentoring/"),
        (lia, f"place/{rows['waiting'].pk}/step-out/"),
    ]
    faults: list[str] = []
    with window(width=width) as opened:
        for user, path in places:
            session = sign_in(user).cookies[site.SESSION_COOKIE_NAME].value
            opened.page.context.add_cookies(
                [{"name": site.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
            )
            answered = opened.page.goto(live_server.url + pair.url(path))
            faults += [] if answered.status == 200 else [f"{path}: {answered.status}"]
            faults += [f"{path}: {fault}" for fault in opened.faults()]
            faults += [f"{path}: scrolls sideways"] if opened.overflows() else []
    assert not faults, "\n".join(faults)
