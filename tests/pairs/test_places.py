"""How and where a pair meets, and what is told of notice and length: told and marked, never forbidden."""

import re
from urllib.parse import unquote

import pytest

from pairs.domain.output_owner import begin_response
from pairs.domain.people import people_of
from pairs.domain.sessions import cancel_session, hold_session, move_session
from pairs.enums import OutputKind, SessionState
from pairs.models import Output, Pairing, Session
from templates_app.domain.responses import answers_of
from tests.pairs.filling import send
from tests.pairs.test_logs_of_other_handbooks import met_once
from tests.pairs.test_schedule import save, six
from tests.pairs.test_talks import pair_of

SHORT = "You have agreed to say so at least 24 hours ahead"
MEETING = {"day": "2026-12-11", "time": "09:00", "minutes": "60", "link": "", "way": "", "place": ""}


def dated(pair) -> None:
    save(pair, {number: day for number, day in six().items() if number <= 6})


@pytest.mark.covers("cal.sys.52")
def test_calling_off_at_short_notice_brings_the_ground_rule_and_is_possible(db, at, sign_in):
    with pair_of("caltrans") as pair:
        dated(pair)
        place = f"{pair.place}sessions/{pair.session(2).pk}/"
        with at("2026-12-01 09:00", "Pacific/Apia"):
            assert SHORT not in sign_in(pair.mentee).get(f"{place}cancel/").content.decode()
        with at("2026-12-09 20:00", "Pacific/Apia"):
            client = sign_in(pair.mentee)
            assert SHORT in client.get(f"{place}move/").content.decode()
            assert SHORT in client.get(f"{place}cancel/").content.decode()
            assert client.post(f"{place}cancel/").status_code == 302
            assert pair.session(2).state == SessionState.CANCELLED


@pytest.mark.covers("sssc.must.28")
def test_a_late_cancellation_is_marked_and_any_asks_for_another_date(db, at, sign_in):
    with pair_of("sssc") as pair:
        dated(pair)
        for number, when, late in ((2, "2026-12-01 09:00", False), (3, "2027-01-13 20:00", True)):
            with at(when, "Pacific/Apia"):
                cancel_session(session=pair.session(number), actor=pair.mentor)
                assert pair.session(number).is_late is late
                html = sign_in(pair.mentee).get(f"{pair.place}sessions/{pair.session(number).pk}/").content.decode()
                assert ("at short notice" in html) is late
                wanted = Output.objects.get(kind=OutputKind.SCHEDULE, moment=f"session-{number}")
                assert (wanted.is_open, wanted.due_at is not None) == (True, True)


def test_the_hours_that_the_pair_agreed_count_before_the_handbooks(db, at):
    with pair_of("sssc") as pair:
        dated(pair)
        Pairing.objects.filter(pk=pair.pairing.pk).update(notice_hours=72)
        pair.pairing.refresh_from_db()
        with at("2026-12-08 09:00", "Pacific/Apia"):
            cancel_session(session=pair.session(2), actor=pair.mentee)
        assert pair.session(2).is_late


@pytest.mark.covers("cal.sys.98")
def test_a_meeting_says_how_and_where_with_a_hint_to_choose_a_quiet_place(db, sign_in):
    with pair_of("caltrans") as pair:
        dated(pair)
        place = f"{pair.place}sessions/{pair.session(2).pk}/"
        client = sign_in(pair.mentee)
        assert "Choose a place where nobody interrupts you." in client.get(f"{place}move/").content.decode()
        sent = {**MEETING, "way": "face_to_face", "place": "The library, second floor"}
        assert client.post(f"{place}move/", sent).status_code == 302
        html = sign_in(pair.mentor).get(place).content.decode()
        assert "Face to face · The library, second floor" in html


@pytest.mark.covers("sssc.must.74")
def test_a_date_at_a_workplace_asks_whether_the_room_is_private(db, sign_in):
    with pair_of("sssc") as pair:
        dated(pair)
        place = f"{pair.place}sessions/{pair.session(2).pk}/move/"
        client = sign_in(pair.mentor)
        assert "Is the room private" in client.get(place).content.decode()
        sent = {**MEETING, "way": "at_work", "place": "Office 4"}
        asked = client.post(place, sent)
        assert asked.status_code == 422
        assert "Say yes or no." in asked.content.decode()
        assert "Office 4" in asked.content.decode(), "nothing is lost"
        assert client.post(place, {**sent, "room": "no"}).status_code == 302, "no is an answer too"
        assert (pair.session(2).place, pair.session(2).is_private) == ("Office 4", False)
        assert client.post(place, {**MEETING, "way": "telephone", "room": "yes"}).status_code == 302
        assert pair.session(2).is_private is None, "of a call it is not said"


@pytest.mark.covers("sssc.must.29")
def test_a_length_outside_the_guide_is_noted_by_the_way_of_meeting_and_distance_is_a_reason(db, at, sign_in):
    with met_once(at, "sssc") as pair:
        place, client = f"{pair.place}sessions/{pair.session(2).pk}/move/", sign_in(pair.mentee)

        def told(minutes: int, way: str) -> str:
            sent = {**MEETING, "minutes": str(minutes), "way": way}
            assert client.post(place, sent).status_code == 302, "noted, not refused"
            return client.get(f"{pair.place}sessions/").content.decode()

        assert "at most 90" in told(100, "telephone")
        assert "100 minutes is long" not in told(100, "video")
        assert "150 minutes is long: the handbook suggests 60 to 120. That is right where distance" in told(
            150, "video"
        )
        assert "30 minutes is short" in told(30, "face_to_face")
        log = pair.output(worksheet="log", session__number=1)
        assert "because we live or work far apart" in client.get(pair.url(f"outputs/{log.pk}/")).content.decode()


def test_what_is_not_said_anew_stays_and_a_log_begins_with_it(db, at):
    with pair_of("sssc") as pair:
        dated(pair)
        first = pair.session(1)
        Session.objects.filter(pk=first.pk).update(way="telephone", place="At home")
        first = pair.session(1)
        more = {"starts_at": first.starts_at, "minutes": 75, "link": "", "zone": "UTC", "actor": pair.mentor}
        move_session(session=first, **more)
        assert (pair.session(1).way, pair.session(1).minutes) == ("telephone", 75)
        with at("2026-11-12 20:00", "Pacific/Apia"):
            hold_session(session=pair.session(1), actor=pair.mentee)
            log = pair.output(worksheet="log", session__number=1)
            answers = answers_of(begin_response(output=log, actor=pair.mentee, people=people_of(log.pairing)))
            assert (answers["method"], answers["location"]) == ("telephone", "At home")


@pytest.mark.covers("sssc.must.77")
def test_a_letter_to_ones_manager_carries_dates_and_hours_only(db, at, sign_in):
    with pair_of("sssc") as pair:
        dated(pair)
        with at("2026-12-01 09:00", "Pacific/Apia"):
            html = sign_in(pair.mentee).get(f"{pair.place}sessions/").content.decode()
            letter = unquote(re.search(r'href="(mailto:[^"]+)"', html)[1])
            assert letter.count(" minutes") == 5, "the first meeting is over"
            assert "Thursday 10 December, 9:00" in letter
            for kept in ("Helen", "Whitcombe", "Tupou", "mentor", "Setting direction", "https://"):
                assert kept.casefold() not in letter.casefold()


def test_the_next_date_that_a_log_names_is_offered_to_the_session_without_one(db, at, sign_in):
    with pair_of("aspire") as pair:
        save(pair, {1: six()[1]})
        with at("2026-11-12 20:00", "Pacific/Apia"):
            hold_session(session=pair.session(1), actor=pair.mentee)
            client, place = sign_in(pair.mentee), f"{pair.place}sessions/"
            assert "Take this date" not in client.get(place).content.decode()
            log = pair.output(worksheet="meeting-record", session__number=1)
            send(log, pair.mentee, {"channel": "video", "next": "2026-12-03T20:00:00Z"})
            offer = re.search(r'href="([^"]+\?day=[^"]+)"', client.get(place).content.decode())[1].replace("&amp;", "&")
            assert f"{pair.session(2).pk}/move/?day=2026-12-04&time=09" in offer, "on her own clock, in Apia"
            form = client.get(offer).content.decode()
            assert 'value="2026-12-04"' in form
            sent = {**MEETING, "day": "2026-12-04", "time": "09:00"}
            assert client.post(offer, sent).status_code == 302
            assert pair.session(2).starts_at.isoformat() == "2026-12-03T20:00:00+00:00"
            assert "Take this date" not in client.get(place).content.decode()
