"""What stands around meetings in the handbooks that are typed in: agendas, preparation, logs and who opens them, contacts
between meetings, and that somebody notices when a pair does not meet.
"""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from evaluation.domain.attention import attention_of
from evaluation.domain.standing import pairings_of, standings
from mentoring import clock
from mentoring.notices.models import Message
from mentoring.tenancy.scope import tenant_scope
from pairs.domain.actions import settle_action
from pairs.domain.at_will import at_will_of
from pairs.domain.home import home_of
from pairs.domain.output_owner import begin_response, owner_of
from pairs.domain.people import people_of
from pairs.domain.reading import right_to
from pairs.domain.reminders import remind_due
from pairs.domain.session_page import carried_into, session_page
from pairs.domain.sessions import hold_session
from pairs.domain.sheets import add_sheet
from pairs.enums import ActionState, Right, SessionState
from pairs.models import Output
from programmes.domain.guidance import readable_articles
from programmes.enums import ProgrammeRole
from templates_app.answers.sample import sample_answers
from templates_app.domain.responses import NotComplete, answers_of
from tests.factories import AssignmentFactory, MembershipFactory, ParticipantFactory, UserFactory
from tests.pairs.filling import send
from tests.pairs.test_logs import reader
from tests.pairs.test_logs_of_other_handbooks import QUICK, log, met_once
from tests.pairs.test_places import dated
from tests.pairs.test_talks import pair_of


def page_of(client, pair, output) -> str:
    return client.get(pair.url(f"outputs/{output.pk}/")).content.decode()


def sent_log(pair, number: int = 1, **more) -> Output:
    output = pair.output(worksheet="log", session__number=number)
    whole = {
        "date": "2026-11-12",
        "location": "Library",
        "length": 75,
        "method": "face_to_face",
        "topics": [{"_id": "aaaa0001", "topic": "CANARY-TOPIC"}],
        "evaluse": {"read": {"done": True}},
    }
    return send(output, pair.mentee, whole | more)


@pytest.mark.covers("cal.sys.53", "cal.sys.54")
def test_the_mentee_sets_an_agenda_that_the_mentor_reads_ahead_of_the_meeting(db, at, sign_in):
    with pair_of("caltrans") as pair:
        dated(pair)
        with at("2026-12-05 09:00", "Pacific/Apia"):
            agenda = pair.output(worksheet="agenda", session__number=2)
            html = page_of(sign_in(pair.mentee), pair, agenda)
            for asked in (
                "Which goals",
                "Which learning activities",
                "What do you want to talk about?",
                "Your homework",
            ):
                assert asked in html
            assert "Three things that your mentor could give you" in html
            fields = {field.key: field for field in reader(pair, pair.mentee).worksheets["agenda"].fields()}
            assert (fields["three_wishes"].start_rows, fields["three_wishes"].max_rows) == (3, 3)
            send(agenda, pair.mentee, {"activities": ["reading"], "topics": "CANARY-AGENDA"})
            assert pair.session(2).state == SessionState.PLANNED
            assert (
                "CANARY-AGENDA"
                in sign_in(pair.mentor).get(f"{pair.place}sessions/{pair.session(2).pk}/").content.decode()
            )


@pytest.mark.covers("cal.sys.59")
def test_open_follow_up_items_show_at_the_next_meeting_and_can_be_closed(db, at):
    with met_once(at) as pair:
        send(
            log(pair), pair.mentee, {**QUICK, "followup": [{"_id": "aaaa0001", "action": "Read it", "owner": "mentee"}]}
        )
        (item,) = carried_into(reader(pair, pair.mentor), pair.session(2))
        assert item.text == "Read it"
        settle_action(action=item, state=ActionState.DONE, actor=pair.mentee)
        assert carried_into(reader(pair, pair.mentor), pair.session(2)) == []


@pytest.mark.covers("cal.sys.90")
def test_each_side_finds_its_own_tips_and_can_read_the_others(db):
    with pair_of("caltrans") as pair:
        programme = pair.pairing.cohort.programme
        titles = {user: {one.key for one in readable_articles(user, programme)} for user in (pair.mentor, pair.mentee)}
        for both in titles.values():
            assert {"tips-for-mentors", "roles-of-a-mentor", "successful-mentees"} <= both


@pytest.mark.covers("gla.must.20")
def test_the_mentee_is_asked_to_bring_outcomes_in_the_days_before_a_session(db, at, sign_in):
    with pair_of("gla") as pair:
        dated(pair)
        words = "Which outcomes do you want from this session?"
        with at("2026-11-01 09:00", "Pacific/Apia"):
            assert home_of(pair.mentee, pair.pairing).prepare == ""
        with at("2026-11-10 09:00", "Pacific/Apia"):
            assert words in sign_in(pair.mentee).get(pair.url("mentoring/")).content.decode()
            assert words in sign_in(pair.mentee).get(f"{pair.place}sessions/{pair.session(1).pk}/").content.decode()
            assert home_of(pair.mentor, pair.pairing).prepare == ""


@pytest.mark.covers("gla.must.19")
def test_the_session_record_follows_the_ten_steps_and_opens_with_the_last_sessions_actions(db, at):
    with met_once(at, "gla") as pair:
        action = {"_id": "aaaa0001", "task": "CANARY-TASK", "owner": "mentee", "due": "2026-12-01"}
        for number, when in ((2, "2026-12-10 20:00"), (3, "2027-01-14 20:00")):
            with at(when, "Pacific/Apia"):
                output = pair.output(worksheet="session", session__number=number)
                output.pairing = pair.pairing
                response = begin_response(output=output, actor=pair.mentee, people=people_of(pair.pairing))
                owner = owner_of(output, reader(pair, pair.mentee))
                if number == 2:
                    hold_session(session=pair.session(2), actor=pair.mentee)
                    whole = {"agenda": [{"_id": "bbbb0001", "topic": "Posts"}], "mode": "online", "summary": "Clear"}
                    later = {"homework": [action], "next": "2027-01-14T07:00:00Z", "next_agenda": "Posts"}
                    send(output, pair.mentee, whole | later)
        assert answers_of(response)["number"] == 3
        assert [one.title for one in owner.beside["actions"]] == ["CANARY-TASK"]
        steps = [field.label.split(" ·")[0] for field in reader(pair, pair.mentee).worksheets["session"].fields()]
        assert [step for step in steps if step.isdigit()] == [str(number) for number in range(1, 11)]


@pytest.mark.covers("sssc.must.1")
def test_only_the_two_and_the_coordinator_open_a_log(db, at, sign_in):
    with met_once(at, "sssc") as pair:
        sent = sent_log(pair)
        cohort = pair.pairing.cohort
        steering, other = UserFactory(), UserFactory()
        AssignmentFactory(
            programme=cohort.programme, membership=MembershipFactory(user=steering), role=ProgrammeRole.STEERING
        )
        ParticipantFactory(cohort=cohort, membership=MembershipFactory(user=other), side="mentor")
        place = pair.url(f"outputs/{sent.pk}/read/")
        found = {
            user: sign_in(user).get(place) for user in (pair.mentor, pair.mentee, pair.coordinator, steering, other)
        }
        assert [answer.status_code for answer in found.values()] == [200, 200, 200, 404, 404]
        assert all("CANARY-TOPIC" in answer.content.decode() for answer in list(found.values())[:3])


@pytest.mark.covers("sssc.must.2", "sssc.must.4", "sssc.must.40")
def test_a_log_warns_of_what_is_personal_says_what_it_is_used_for_and_may_tell_of_an_exchange_of_letters(
    db, at, sign_in
):
    with met_once(at, "sssc") as pair:
        html = page_of(sign_in(pair.mentee), pair, pair.output(worksheet="log", session__number=1))
        assert "Leave out what is personal" in html
        assert "may be used when the programme is evaluated: without names" in html
        assert html.index("Leave out what is personal") < html.index("What has been achieved?")
        with pytest.raises(NotComplete):
            sent_log(pair, method="email", evaluse={})
        assert sent_log(pair, method="email", location="By e-mail").done_at is not None
        assert pair.session(1).state == SessionState.HELD


@pytest.mark.covers("sssc.must.30")
def test_a_log_is_asked_for_when_a_meeting_ends_and_reaches_the_coordinator_when_it_is_sent(db, at):
    with met_once(at, "sssc") as pair:
        first = pair.output(worksheet="log", session__number=1)
        assert (first.required, first.is_open, first.opens_at <= clock.now()) == (True, True, True)
        action = {"_id": "cccc0001", "action": "CANARY-ACTION", "owner": "mentee", "due": "2026-12-01"}
        sent = sent_log(pair, actions=[action])
        assert right_to(pair.coordinator, sent) is Right.READ
        with at("2026-12-10 20:00", "Pacific/Apia"):
            hold_session(session=pair.session(2), actor=pair.mentee)
            second = pair.output(worksheet="log", session__number=2)
            second.pairing = pair.pairing
            response = begin_response(output=second, actor=pair.mentee, people=people_of(pair.pairing))
            assert answers_of(response)["date"] == "2026-12-10"
            beside = owner_of(second, reader(pair, pair.mentee)).beside["actions"]
            assert [one.title for one in beside] == ["CANARY-ACTION"]


@pytest.mark.covers("sssc.must.33")
def test_both_are_asked_to_prepare_and_every_meeting_has_an_agenda_of_its_own(db, at):
    with pair_of("sssc") as pair:
        dated(pair)
        agendas = Output.objects.filter(pairing=pair.pairing, worksheet="agenda", cancelled_at=None)
        assert sorted(agendas.values_list("session__number", flat=True)) == [1, 2, 3, 4, 5, 6]
        with at("2026-11-10 09:00", "Pacific/Apia"):
            asked = {user: home_of(user, pair.pairing).prepare for user in (pair.mentor, pair.mentee)}
            assert "What do you want to have ready" in asked[pair.mentor]
            assert "put on the agenda what you want" in asked[pair.mentee]
            assert session_page(reader(pair, pair.mentor), pair.session(1)).prepare == asked[pair.mentor]
            assert session_page(reader(pair, pair.mentor), pair.session(2)).prepare == ""


@pytest.mark.covers("sssc.must.27")
def test_the_mentor_is_reminded_of_a_contact_two_weeks_after_a_meeting_unless_there_was_one(db, at):
    with met_once(at, "sssc") as pair:
        contact = pair.output(worksheet="contact", session__number=1)
        assert contact.due_at.astimezone(ZoneInfo("Australia/Brisbane")).date() == dt.date(2026, 11, 26)
        Output.objects.filter(pairing=pair.pairing).exclude(pk=contact.pk).update(next_reminder_at=None)
        for days in range(14, 20):
            with clock.at(pair.session(1).starts_at + dt.timedelta(days=days, hours=12)):
                remind_due(clock.now())
        told = [message.recipient for message in Message.objects.filter(kind="pairs.reminder")]
        assert told
        assert set(told) == {pair.mentor}
        Message.objects.all().delete()
        with clock.at(pair.session(1).starts_at + dt.timedelta(days=12)):
            send(contact, pair.mentor, {"date": "2026-11-24", "channel": "telephone", "extra": "no"})
        with clock.at(pair.session(1).starts_at + dt.timedelta(days=25)):
            remind_due(clock.now())
        assert not Message.objects.filter(kind="pairs.reminder").exists()


@pytest.mark.covers("sssc.must.26")
def test_a_month_without_a_meeting_is_told_to_the_pair_and_to_the_coordinator(db, at, sign_in):
    with met_once(at, "sssc") as pair:
        for when, quiet in (("2026-12-09 09:00", False), ("2026-12-14 09:00", True)):
            with at(when, "Pacific/Apia"):
                for user in (pair.mentor, pair.mentee):
                    assert (home_of(user, pair.pairing).quiet_since is not None) is quiet
                found = standings(pairings_of(pair.pairing.cohort), clock.now())
                lines = attention_of(found, clock.now(), logs=[], zone="UTC")
                assert any(line.reason == "not meeting" for line in lines) is quiet
        with at("2026-12-14 09:00", "Pacific/Apia"):
            html = sign_in(pair.mentee).get(pair.url("mentoring/")).content.decode()
            assert "No meeting has been noted since 12 November." in html


@pytest.mark.covers("sssc.must.87")
def test_the_mentee_notes_a_look_at_another_setting(db):
    with pair_of("sssc") as pair:
        assert "visit" in {one.worksheet.key for one in at_will_of(reader(pair, pair.mentee)) if one.may_begin}
        sheet = add_sheet(reader=reader(pair, pair.mentee), worksheet="visit", actor=pair.mentee)
        context = reader(pair, pair.mentee).context_for(sheet)
        sent = send(sheet, pair.mentee, sample_answers(reader(pair, pair.mentee).worksheets["visit"], context))
        assert right_to(pair.mentor, sent) is Right.READ


@pytest.mark.covers("phase1.must.9", "phase1.arch.3.b")
def test_a_meeting_holds_a_link_to_any_provider_that_the_two_may_follow_and_nobody_else(db, sign_in):
    with pair_of("aspire") as pair:
        dated(pair)
        place = f"{pair.place}sessions/{pair.session(2).pk}/"
        link = "https://calls.example/our-room"
        sent = {"day": "2026-12-11", "time": "09:00", "minutes": "60", "link": link}
        assert sign_in(pair.mentor).post(f"{place}move/", sent).status_code == 302
        for user in (pair.mentor, pair.mentee):
            assert f'href="{link}"' in sign_in(user).get(place).content.decode()
        stranger = UserFactory()
        with tenant_scope(pair.organisation):
            MembershipFactory(user=stranger)
        assert sign_in(stranger).get(place).status_code == 404
        assert link not in sign_in(pair.coordinator).get(pair.place).content.decode()


@pytest.mark.covers("sssc.must.39")
def test_contact_beyond_the_rhythm_is_marked_and_the_other_agrees_to_it(db, at, sign_in):
    with met_once(at, "sssc") as pair, at("2026-11-24 09:00", "Pacific/Apia"):
        note = pair.output(worksheet="contact", session__number=1)
        sent = send(note, pair.mentor, {"date": "2026-11-24", "channel": "telephone", "extra": "yes"})
        client = sign_in(pair.mentee)
        assert (
            "Do you agree to this extra contact?" in client.get(pair.url(f"outputs/{sent.pk}/read/")).content.decode()
        )
        answer = {"revision": sent.response.revision, "_end": "1", "r-agreed": "yes"}
        assert client.post(pair.url(f"outputs/{sent.pk}/reply/"), answer).status_code == 302
        sent.response.refresh_from_db()
        assert answers_of(sent.response)["agreed"] == "yes"
        read = sign_in(pair.mentor).get(pair.url(f"outputs/{sent.pk}/read/")).content.decode()
        assert "Yes, I agree" in read


@pytest.mark.covers("gla.must.61")
def test_after_several_scores_in_a_session_a_quiet_word_says_to_spare_them(db, at, sign_in):
    with met_once(at, "gla") as pair:
        client, words = sign_in(pair.mentee), "They say more when they are rare"
        for number in range(1, 5):
            sheet = add_sheet(reader=reader(pair, pair.mentee), worksheet="scaling", actor=pair.mentee)
            assert (words in page_of(client, pair, sheet)) is (number >= 3)
            Output.objects.filter(pk=sheet.pk).update(done_at=clock.now())


@pytest.mark.covers("cal.sys.62", "cal.sys.89")
def test_ten_activities_are_offered_and_ten_roles_marked_as_wanted_and_taken(db):
    with pair_of("caltrans") as pair:
        for worksheet, table, columns in (
            ("activities", "activities", ["chosen", "done_on"]),
            ("mentor-roles", "roles", ["wanted", "taken"]),
        ):
            mine = reader(pair, pair.mentee)
            assert worksheet in {one.worksheet.key for one in at_will_of(mine) if one.may_begin}
            field = next(field for field in mine.worksheets[worksheet].fields() if field.key == table)
            assert (len(field.items), [one.key for one in field.columns]) == (10, columns)
            sheet = add_sheet(reader=mine, worksheet=worksheet, actor=pair.mentee)
            whole = sample_answers(mine.worksheets[worksheet], mine.context_for(sheet))
            sent = send(sheet, pair.mentee, whole)
            kept = answers_of(sent.response)[table][0]
            assert set(columns) <= set(kept)
            assert right_to(pair.mentor, sent) >= Right.READ
