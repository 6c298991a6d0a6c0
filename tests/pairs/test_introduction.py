"""The mentor's first letter."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from mentoring import clock
from mentoring.history.models import Event
from mentoring.notices.domain.rendering import render_message
from mentoring.notices.models import Message
from mentoring.tenancy.scope import tenant_scope
from pairs.domain.introduction import MissingPlace, last_letter, send_introduction, suggested_letter
from pairs.domain.people import NotAMember, people_of
from pairs.enums import OutputKind
from pairs.models import Schedule
from tests.at_once import at_once
from tests.pairs.conftest import PAIRED, make_pair

STARTS = dt.datetime(2026, 11, 10, 9, 0, tzinfo=ZoneInfo("Australia/Brisbane"))


def send(pair, **changes):
    values = {
        "subject": "Hello",
        "text": "Shall we talk on {date} at {time}? Here: {link}",
        "starts_at": STARTS,
        "link": "https://meet.example/room",
        "show_address": False,
        "zone": "Australia/Brisbane",
        "actor": pair.mentor,
    }
    return send_introduction(pairing=pair.pairing, **(values | changes))


def letter():
    return Message.objects.get(kind="pairs.introduction")


@pytest.mark.covers("plp.sys.20")
def test_the_letter_reaches_the_mentee_with_date_time_and_link_on_their_own_clock(pair):
    send(pair)
    assert letter().recipient == pair.mentee
    text = render_message(letter()).text
    assert "Shall we talk on Tuesday 10 November at 12:00 (Apia time)? Here: https://meet.example/room" in text
    assert "Tuesday 10 November, 12:00 in Apia (9:00 for Helen, in Brisbane)" in text
    assert pair.session(1).starts_at == STARTS
    assert pair.output(kind=OutputKind.INTRODUCTION).done_at is not None
    assert not Message.objects.filter(kind="pairs.session_changed").exists()


def test_the_mentors_address_is_given_only_where_the_mentor_wants_that(pair):
    send(pair)
    assert pair.mentor.email not in render_message(letter()).text + render_message(letter()).html
    Message.objects.all().delete()
    send(pair, show_address=True, starts_at=None, text="Write to me. {link}")
    assert f"You can write back to Helen at {pair.mentor.email}" in render_message(letter()).text


def test_a_double_click_sends_one_letter_however_the_clock_stands(pair, at):
    for second in ("19:59:59", "20:00:00"):
        with at(f"2026-11-02 {second}"):
            send(pair)
    assert letter().recipient == pair.mentee
    assert Event.objects.filter(action="introduction.sent").count() == 1


def test_another_letter_and_the_same_one_written_anew_are_sent(pair):
    send(pair)
    send(pair, text="I forgot: {link}")
    send(pair, after=last_letter(Schedule.objects.get(pairing=pair.pairing)))
    assert Message.objects.filter(kind="pairs.introduction").count() == 3


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_very_same_moment_send_one_letter():
    pair = make_pair()
    with clock.at(PAIRED):
        now = clock.now()

    def click():
        with clock.at(now):
            send(pair)

    assert at_once(pair.organisation, [click, click]) == [None, None]
    with tenant_scope(pair.organisation):
        assert letter().recipient == pair.mentee


def test_a_place_without_anything_to_stand_in_it_is_refused_and_nothing_is_sent(pair):
    with pytest.raises(MissingPlace) as refused:
        send(pair, starts_at=None, link="")
    assert refused.value.places == ["date", "time", "link"]
    assert not Message.objects.filter(kind="pairs.introduction").exists()
    assert pair.session(1).starts_at is None


def test_only_the_mentor_writes_it(pair):
    with pytest.raises(NotAMember):
        send(pair, actor=pair.mentee)


def test_the_suggested_letter_is_the_handbooks_with_the_names_filled_in(pair):
    people = people_of(pair.pairing)
    subject, text = suggested_letter(pair.pairing, people.mentor, people.mentees)
    assert subject == "Hello from your mentor, and our first call"
    assert "Dear ʻAna" in text
    assert "{date}" in text
    assert "{partner}" not in text


def test_html_in_a_letter_is_shown_and_not_run(pair):
    send(pair, text="<script>alert(1)</script> {date} {time} {link}")
    assert "<script>alert" not in render_message(letter()).html
