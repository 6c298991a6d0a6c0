"""The coordinator's list with a handbook that sees much: each of its eight reasons, alone and in words, on the desk."""

import datetime as dt

import pytest

from mentoring import clock
from pairs.domain.planning import replan
from pairs.domain.receiving import receive_outputs
from pairs.domain.sessions import hold_session
from pairs.models import Output, Pairing
from programmes.domain.issues import raise_issue
from tests.factories import AssignmentFactory
from tests.pairs.conftest import PAIRED
from tests.pairs.test_every_kit import fresh, pair_of
from tests.pairs.test_places import dated
from tests.pairs.test_promises_of_handbooks import reader, send_whole, sheet

DAY = dt.timedelta(days=1)


@pytest.fixture
def sssc(db):
    with pair_of("sssc") as pair:
        yield pair


def desk(sign_in, pair, user, at: dt.datetime) -> str:
    cohort = pair.pairing.cohort
    with clock.at(at):
        page = sign_in(user).get(pair.url(f"desk/{cohort.programme.slug}/{cohort.slug}/")).content.decode()
    return page.split('id="outputs"', 1)[0].replace("&#x27;", "'")


def met(pair) -> dt.datetime:
    """They have met once and have a next date; the end of that meeting."""
    dated(pair)
    first = pair.session(1)
    ended = first.starts_at + dt.timedelta(hours=2)
    with clock.at(ended):
        hold_session(session=first, actor=pair.mentor)
    return ended


def only_late(pair, **which) -> None:
    """Of everything that is required, this alone is still open."""
    rows = Output.objects.filter(pairing=pair.pairing, done_at=None)
    left = rows.filter(**which).values("pk")
    rows.exclude(pk__in=left).update(done_at=PAIRED)


@pytest.mark.covers("sssc.must.60")
@pytest.mark.parametrize(
    ("which", "days", "reason", "title"),
    [
        ({"kind": "agreement"}, 4, "unsigned", "The agreement was to be signed by"),
        ({"worksheet": "contact", "moment": "after-1"}, 16, "late", "Contact between meetings"),
        ({"worksheet": "log", "session__number": 1}, 6, "not logging", "“Meeting log"),
        ({"worksheet": "plan", "moment": "first"}, 45, "late", "Action plan"),
        ({"worksheet": "plansupp", "moment": "session-4"}, 110, "late", "Review of the action plan"),
        ({"worksheet": "relreview", "moment": "session-4"}, 110, "late", "How are we working together?"),
    ],
)
def test_what_is_missing_stands_on_the_list_by_its_name(sssc, sign_in, which, days, reason, title):
    ended = met(sssc)
    for number in (2, 3, 4):
        if days > 30 * (number - 1):
            session = sssc.session(number)
            with clock.at(session.starts_at + dt.timedelta(hours=2)):
                hold_session(session=session, actor=sssc.mentor)
    only_late(sssc, **which)
    assert title not in desk(sign_in, sssc, sssc.coordinator, PAIRED + DAY)
    page = desk(sign_in, sssc, sssc.coordinator, ended + days * DAY)
    assert reason in page
    assert title in page


@pytest.mark.covers("sssc.must.60")
def test_a_meeting_that_is_overdue_stands_on_the_list(sssc, sign_in):
    ended = met(sssc)
    only_late(sssc, kind="none")
    assert "not meeting" not in desk(sign_in, sssc, sssc.coordinator, ended + 29 * DAY)
    assert "not meeting" in desk(sign_in, sssc, sssc.coordinator, ended + 32 * DAY)


@pytest.mark.covers("sssc.must.60")
def test_an_issue_raised_stands_on_the_list_until_it_is_taken_up(sssc, sign_in):
    raise_issue(person=sssc.mentor_place, kind="help", text="CANARY-ISSUE", actor=sssc.mentor)
    row = send_whole(sssc, sheet(sssc, sssc.mentee, "breakdown"), sssc.mentee)
    page = desk(sign_in, sssc, sssc.coordinator, PAIRED + DAY)
    assert "issue raised" in page
    assert f"outputs/{row.pk}/read/" in page
    assert f"{sssc.mentee.short_name} sent" in page
    assert "issues/" in page
    assert "CANARY" not in page
    receive_outputs(reader=reader(sssc, sssc.coordinator), outputs=[row], actor=sssc.coordinator)
    assert "issue raised" not in desk(sign_in, sssc, sssc.coordinator, PAIRED + DAY)


def test_a_coordinator_who_is_one_of_the_pair_is_not_told_that_the_other_asked_for_help(sssc, sign_in):
    AssignmentFactory(programme=sssc.pairing.cohort.programme, membership=sssc.mentor_place.membership)
    send_whole(sssc, sheet(sssc, sssc.mentee, "breakdown"), sssc.mentee)
    assert "issue raised" not in desk(sign_in, sssc, sssc.mentor, PAIRED + DAY)
    assert "issue raised" in desk(sign_in, sssc, sssc.coordinator, PAIRED + DAY)


@pytest.mark.covers("sssc.must.60")
def test_a_pair_whose_time_ends_soon_stands_on_the_list_and_says_so_beside_what_is_late(sssc, sign_in):
    ended = met(sssc)
    until = (ended + 25 * DAY).date()
    Pairing.objects.update(agreed_until=until)
    replan(fresh(sssc))
    only_late(sssc, kind="none")
    assert "ending soon" not in desk(sign_in, sssc, sssc.coordinator, ended + 9 * DAY)
    assert "ending soon" in desk(sign_in, sssc, sssc.coordinator, ended + 12 * DAY)
    assert "time to close" in desk(sign_in, sssc, sssc.coordinator, ended + 27 * DAY)
    Output.objects.filter(worksheet="contact", moment="after-1").update(done_at=None)
    page = desk(sign_in, sssc, sssc.coordinator, ended + 16 * DAY)
    assert "Contact between meetings" in page
    assert "Their time ends on" in page
