"""All logs of a cohort in one list: every pair writes on the same worksheet, and its coordinator reaches each from there."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mentoring import clock
from mentoring.tenancy.scope import tenant_scope
from pairs.domain.log_list import logs_in
from pairs.enums import OutputKind
from pairs.models import Output
from programmes.models import Cohort
from templates_app.answers import AnswerContext
from templates_app.answers.sample import sample_answers
from templates_app.domain.kits import current_version, worksheet_of
from templates_app.models import Template
from tests.evaluation.world import sign_in
from tests.factories import MembershipFactory, ParticipantFactory, UserFactory
from tests.pairs.conftest import PAIRED, begin_pair, make_pair
from tests.pairs.filling import send
from tests.pairs.test_every_kit import by_the_coordinator

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme(db):
    """Two pairs of the handbook of peer mentoring."""
    made = make_pair(kit="sssc", changed=by_the_coordinator)
    with tenant_scope(made.organisation), clock.at(PAIRED):
        made.second = another_pair(made, "Tevita", "Moana")
        yield made


def another_pair(made, *names: str):
    cohort = made.pairing.cohort
    users = [UserFactory(given_name=name, family_name="Fifita") for name in names]
    places = [
        ParticipantFactory(cohort=cohort, membership=MembershipFactory(user=user), side=side)
        for user, side in zip(users, ("mentor", "mentee"), strict=True)
    ]
    return begin_pair(cohort=cohort, mentor=places[0], mentee=places[1], actor=made.coordinator), *users


def log(pairing, mentor, mentee, words: str, moment: str = "session-1") -> Output:
    Output.objects.filter(pairing=pairing, kind=OutputKind.WORKSHEET).update(opens_at=PAIRED)
    row = Output.objects.get(pairing=pairing, worksheet="log", moment=moment)
    row.pairing = pairing
    author = mentor if row.member is not None and row.member.side == "mentor" else mentee
    shape = worksheet_of(current_version(pairing.cohort.programme.handbook, "log"))
    return send(row, author, sample_answers(shape, AnswerContext()) | {"achieved": words})


def listed(programme, query: str = "", user=None):
    url = programme.url(f"desk/e-mentoring/{programme.pairing.cohort.slug}/logs/")
    return sign_in(user or programme.coordinator).get(f"{url}{query}")


def page(answer) -> str:
    return re.sub(r"\s+", " ", unescape(answer.content.decode()))


@pytest.mark.covers("sssc.must.5")
def test_every_pair_writes_on_the_same_worksheet_and_the_coordinator_reaches_all_logs_from_one_list(programme):
    assert "No log yet" in page(listed(programme))
    first = log(programme.pairing, programme.mentor, programme.mentee, "CANARY first")
    second = log(*programme.second, "CANARY second")
    assert first.response.version_id == second.response.version_id, "one template for every pair"
    assert Template.objects.filter(handbook=programme.pairing.cohort.programme.handbook, key="log").count() == 1
    shown = page(listed(programme))
    assert "CANARY" not in shown, "words stand on each log's own page"
    assert all(name in shown for name in ("Helen Whitcombe", "ʻAna Tupou", "Tevita Fifita", "Moana Fifita"))
    links = re.findall(r'class="more-link" href="([^"]+/read/)"', shown)
    assert len(links) == 2
    told = "".join(page(sign_in(programme.coordinator).get(link)) for link in links)
    assert "CANARY first" in told
    assert "CANARY second" in told
    narrowed = page(listed(programme, "?q=moana"))
    assert "Moana Fifita" in narrowed
    assert "ʻAna Tupou" not in narrowed
    for user in (programme.mentor, programme.mentee):
        assert listed(programme, user=user).status_code in {403, 404}
    admin = UserFactory()
    MembershipFactory(user=admin, is_admin=True)
    assert listed(programme, user=admin).status_code == 403
    assert logs_in(admin, programme.pairing.cohort) == []


def test_a_draft_stands_nowhere_and_a_log_that_stays_with_the_pair_has_no_way_in(db):
    made = make_pair(kit="caltrans", changed=by_the_coordinator)
    with tenant_scope(made.organisation), clock.at(PAIRED):
        Output.objects.filter(pairing=made.pairing, kind=OutputKind.WORKSHEET).update(opens_at=PAIRED)
        shapes = made.pairing.cohort.programme.handbook
        row = Output.objects.filter(pairing=made.pairing, worksheet__contains="log").order_by("position").first()
        assert row is not None
        row.pairing = made.pairing
        author = made.mentor if row.member is not None and row.member.side == "mentor" else made.mentee
        shape = worksheet_of(current_version(shapes, row.worksheet))
        assert logs_in(made.coordinator, made.pairing.cohort) == []
        send(row, author, sample_answers(shape, AnswerContext()))
        (line,) = logs_in(made.coordinator, made.pairing.cohort)
        assert not line.is_readable
        shown = page(listed(made))
        assert "for the pair" in shown
        assert "/read/" not in shown


def test_the_list_costs_the_same_for_one_log_and_for_many(programme):
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            logs_in(programme.coordinator, cohort)
        return len(seen)

    cohort = Cohort.objects.select_related("programme__handbook").get(pk=programme.pairing.cohort_id)
    log(programme.pairing, programme.mentor, programme.mentee, "One")
    queries()
    before = queries()
    for number in range(3):
        log(*another_pair(programme, f"Mentor{number}", f"Mentee{number}"), "More")
    assert len(logs_in(programme.coordinator, cohort)) == 4
    assert queries() == before
