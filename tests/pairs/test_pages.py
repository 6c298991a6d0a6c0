"""Pages by HTTP: what each of the people finds, what forms do, and what the others never see."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from mentoring.tenancy.scope import no_scope, tenant_scope
from pairs.domain.consent_changes import change_consent
from pairs.domain.ending import complete_pairing, dissolve_pairing
from pairs.domain.goals import answer_goal
from pairs.domain.logs import pass_on_logs
from pairs.domain.queries import get_pairing_for
from pairs.domain.reading import reader_of
from pairs.domain.sessions import hold_session
from pairs.models import Action, Ending, Goal, Output, Schedule, Session
from tests.factories import MembershipFactory, ParticipantFactory, UserFactory
from tests.pairs.filling import GOAL, LOG, send, write
from tests.pairs.test_schedule import save, six


@pytest.fixture
def as_(pair):
    """``as_(user)`` gives pages to that person, with no organisation open, as a request begins."""

    class Visitor:
        def __init__(self, user):
            self.client = Client()
            self.client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

        def get(self, path, data=None, status=200):
            with no_scope():
                answer = self.client.get(path, data)
            assert answer.status_code == status, answer.content.decode()[:600]
            return answer.content.decode()

        def follow(self, path):
            with no_scope():
                return self.client.get(path, follow=True).content.decode()

        def post(self, path, data=None, status=302):
            with no_scope():
                answer = self.client.post(path, data or {})
            assert answer.status_code == status, answer.content.decode()[:3000]
            return answer

    return Visitor


@pytest.fixture
def evening(pair, at):
    """The evening of session 2, both logs open."""
    save(pair, six())
    with at("2026-11-12 11:00", "Pacific/Apia"):
        hold_session(session=pair.session(1), actor=pair.mentee)
    with at("2026-12-10 20:00", "Pacific/Apia"):
        hold_session(session=pair.session(2), actor=pair.mentee)
        yield pair


@pytest.fixture
def caught_up(evening):
    """That evening, and everything of the first session is done."""
    rows = Output.objects.filter(pairing=evening.pairing, stage="establishing-connection")
    rows.update(done_at=dt.datetime(2026, 11, 12, tzinfo=dt.UTC))
    Output.objects.filter(worksheet="capacity").update(done_at=dt.datetime(2026, 12, 9, tzinfo=dt.UTC))
    return evening


def log_of(pair, side):
    return pair.output(worksheet="learning-log", moment="session-2", side=side)


# --- Home -------------------------------------------------------------------------------------------------------------


def test_before_a_pair_the_home_says_what_to_do_and_what_one_waits_for(pair, as_):
    user = UserFactory(given_name="Tala")
    ParticipantFactory(cohort=pair.pairing.cohort, side="mentee", membership=MembershipFactory(user=user))
    page = as_(user).get(pair.url("mentoring/"))
    assert "Read what mentoring is" in page
    assert "The coordinators make the pairs" in page


def test_a_new_mentor_is_asked_to_write_and_a_new_mentee_may_prepare(pair, as_):
    assert "Write to ʻAna and propose a first call" in as_(pair.mentor).get(pair.url("mentoring/"))
    page = as_(pair.mentee).get(pair.url("mentoring/"))
    assert "You and Helen have not set a date yet." in page
    assert "Set the dates of your sessions" in page


def test_the_home_answers_what_is_next_when_we_meet_and_what_i_owe(caught_up, as_):
    evening = caught_up
    send(log_of(evening, "mentor"), evening.mentor, LOG)
    page = as_(evening.mentee).get(evening.url("mentoring/"))
    assert "Write your learning log for session 2" in page
    assert "Helen has sent theirs." in page
    assert "due today" in page
    assert "Thursday 14 January 2027, 9:00 in Apia" in page
    assert "for Helen, in Brisbane" in page
    assert (
        page.index("Next for you")
        < page.index("Your next meeting")
        < page.index("What you owe")
        < page.index("The road")
    )
    assert "CANARY" not in page.replace("CANARY-ACTION", "")


def test_opening_a_sheet_is_no_beginning_and_writing_on_it_is(caught_up, as_):
    evening, mentee = caught_up, as_(caught_up.mentee)
    log = log_of(evening, "mentee")
    mentee.get(evening.url(f"outputs/{log.pk}/"))
    assert "Write it now" in mentee.get(evening.url("mentoring/"))
    write(log, evening.mentee, {"issues": "half"})
    page = mentee.get(evening.url("mentoring/"))
    assert "Go on writing" in page
    assert "5 of 12 answered" in page


def test_in_the_half_hour_before_a_session_the_next_step_is_to_join(evening, as_, at):
    with at("2027-01-14 08:45", "Pacific/Apia"):
        page = as_(evening.mentor).get(evening.url("mentoring/"))
        assert "Join the call" in page.split("Your next meeting", maxsplit=1)[0]
        assert "https://meet.example/room" in page.split("Your next meeting", maxsplit=1)[0]


def test_a_session_that_has_passed_is_asked_about(evening, as_, at):
    with at("2027-01-15 09:00", "Pacific/Apia"):
        page = as_(evening.mentee).get(evening.url("mentoring/"))
        assert "Did Session 3 · Logs and actions take place?" in page


def test_a_mentor_of_two_finds_both_pairs(pair, as_):
    from pairs.domain.pairing import confirm_pairing

    pair.mentor_place.capacity = 2
    pair.mentor_place.save(update_fields=["capacity"])
    other = ParticipantFactory(cohort=pair.pairing.cohort, side="mentee", given_name="Sione", family_name="Latu")
    second = confirm_pairing(cohort=pair.pairing.cohort, mentor=pair.mentor_place, mentee=other, actor=pair.coordinator)
    mentor = as_(pair.mentor)
    page = mentor.get(pair.url("mentoring/"))
    assert "ʻAna Tupou" in page
    assert other.membership.user.name in page
    assert f"mentor of {other.membership.user.name}" in mentor.get(pair.url("mentoring/"), {"pair": str(second.pk)})


def test_after_an_early_end_the_home_is_kind_and_blames_nobody(evening, as_):
    dissolve_pairing(pairing=evening.pairing, actor=evening.mentor)
    page = as_(evening.mentee).get(evening.url("mentoring/"))
    assert "nobody is to blame" in page
    assert "A short close" in page
    assert "Helen ended" not in page


def test_after_completion_everything_stays_readable_and_nothing_can_be_planned(evening, as_):
    complete_pairing(pairing=evening.pairing, actor=evening.mentor)
    mentee = as_(evening.mentee)
    assert "is complete" in mentee.get(evening.url("mentoring/"))
    for path in ("sessions/", "goals/", "documents/", "actions/", "logs/", f"sessions/{evening.session(2).pk}/"):
        mentee.get(evening.place + path)
    mentee.get(evening.place + "schedule/", status=403)
    mentee.post(evening.place + f"sessions/{evening.session(3).pk}/cancel/", status=403)


def test_what_was_lately_done_does_not_stand_as_still_open_once_it_is_over(evening, as_):
    send(log_of(evening, "mentee"), evening.mentee, LOG)
    complete_pairing(pairing=evening.pairing, actor=evening.mentor)
    assert "Still open, if you like" not in as_(evening.mentee).get(evening.url("mentoring/"))


def test_after_the_last_session_nobody_is_asked_for_further_dates(evening, as_, at):
    home, mentee = evening.url("mentoring/"), as_(evening.mentee)
    with at("2027-06-01 12:00", "Pacific/Apia"):
        for number in (3, 4, 5):
            hold_session(session=evening.session(number), actor=evening.mentee)
        assert "sessions are held" not in mentee.get(home)
        hold_session(session=evening.session(6), actor=evening.mentee)
        page = mentee.get(home)
    assert "All 6 sessions are held." in page
    assert "Set the dates</a>" not in page


# --- Dates ------------------------------------------------------------------------------------------------------------


def schedule_form(pair, first="2026-11-12", time="09:00", **more):
    from pairs.domain.schedule import fingerprint, numbered

    seen = fingerprint(Schedule.objects.get(pairing=pair.pairing), numbered(pair.pairing))
    data = {"frequency": "monthly", "platform": "zoom", "link": "https://meet.example/r", "minutes": "60", "seen": seen}
    return data | {"day_1": first, "time_1": time} | more


@pytest.mark.covers("plp.sys.26", "plp.sys.29", "plp.sys.25")
def test_without_a_script_the_other_dates_are_filled_from_the_first_and_nothing_is_saved_yet(pair, as_):
    page = (
        as_(pair.mentee)
        .post(pair.place + "schedule/", schedule_form(pair) | {"fill": "1"}, status=200)
        .content.decode()
    )
    for day in ("2026-12-10", "2027-01-14", "2027-02-11", "2027-03-11", "2027-04-08"):
        assert f'value="{day}"' in page
    assert page.count("6:00 for Helen, in Brisbane") == 6
    assert pair.session(1).starts_at is None
    for platform in ("Webex", "MS Teams", "Zoom", "Facebook Messenger", "WhatsApp", "Another platform"):
        assert platform in page


@pytest.mark.covers("plp.sys.21")
def test_all_six_dates_are_saved_in_ones_own_zone(pair, as_):
    days = {f"day_{n}": f"{at:%Y-%m-%d}" for n, at in six().items()}
    times = {f"time_{n}": "09:00" for n in range(1, 7)}
    as_(pair.mentee).post(pair.place + "schedule/", schedule_form(pair) | days | times)
    assert {row.number: row.starts_at for row in Session.objects.filter(pairing=pair.pairing)} == six()
    mentors = as_(pair.mentor).get(pair.place + "sessions/")
    assert "Thursday 12 November, 6:00 in Brisbane" in mentors
    assert "9:00 for ʻAna, in Apia" in mentors


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"time_1": ""}, "Enter the time as well."),
        ({"day_1": "", "time_1": "09:00"}, "Enter the date as well."),
        ({"day_1": "12/11/26"}, "Enter a date as year-month-day"),
        ({"time_1": "half past"}, "Enter a time, such as 09:30."),
        ({"day_1": "2026-10-01"}, "This is in the past."),
        ({"minutes": "3"}, "between 5 minutes and 8 hours"),
        ({"platform": "other"}, "Say which platform you mean."),
        ({"link": "javascript:alert(1)"}, "Enter a whole address"),
        ({"seen": "0" * 16}, "Somebody else changed the dates while you were writing."),
        ({"frequency": "sometimes"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field_and_nothing_typed_is_lost(pair, as_, wrong, told):
    answer = as_(pair.mentee).post(pair.place + "schedule/", schedule_form(pair) | wrong, status=422)
    page = answer.content.decode()
    assert told in page
    assert 'value="https://meet.example/r"' in page or "link" in wrong
    assert pair.session(1).starts_at is None


def test_a_time_that_the_clocks_skip_is_told_with_another_one(pair, as_):
    pair.mentee.zone = "Europe/London"
    pair.mentee.save(update_fields=["zone"])
    data = schedule_form(pair, first="2027-03-28", time="01:30")
    page = as_(pair.mentee).post(pair.place + "schedule/", data, status=422).content.decode()
    assert "skip this time. Choose 02:30 or another time." in page


def test_an_unknown_zone_is_told_and_the_cohorts_clock_is_taken(pair, as_):
    pair.mentee.zone = "Pacific/Atlantis"
    pair.mentee.save(update_fields=["zone"])
    pair.mentee_place.zone = "nowhere"
    pair.mentee_place.save(update_fields=["zone"])
    page = as_(pair.mentee).get(pair.place + "schedule/")
    assert "Your time zone is not known" in page
    assert "We take the clock of Apia" in page


@pytest.mark.covers("plp.sys.27")
@pytest.mark.parametrize(("minutes", "told"), [("20", "20 minutes is short"), ("120", "120 minutes is long")])
def test_a_short_and_a_long_session_are_marked_as_held_with_a_word_about_it(evening, as_, at, minutes, told):
    with at("2027-01-14 12:00", "Pacific/Apia"):
        mentee = as_(evening.mentee)
        path = evening.place + f"sessions/{evening.session(3).pk}/"
        mentee.post(path + "held/", {"day": "2027-01-14", "time": "09:00", "minutes": minutes})
        page = mentee.get(path)
        assert told in page
        assert "Noted: the session took place." in page
        assert evening.session(3).held_minutes == int(minutes)
        mentee.post(path + "not-held/")
        assert evening.session(3).state == "planned"


def test_the_next_sessions_page_tells_its_reader_of_the_own_log_and_names_only_the_partner(evening, as_):
    page, log = evening.place + f"sessions/{evening.session(3).pk}/", log_of(evening, "mentor")
    for own in (as_(evening.mentor).get(page), as_(evening.mentee).get(page)):
        assert own.count("You have not sent your log of the session before yet.") == 1
        assert own.count("has not sent a log of the session before yet.") == 1
    assert f'href="{evening.url(f"outputs/{log.pk}/")}">Write it now' in as_(evening.mentor).get(page)
    send(log, evening.mentor, LOG)
    assert "not sent your log" not in as_(evening.mentor).get(page)
    later = evening.place + f"sessions/{evening.session(5).pk}/"
    assert "log of the session before" not in as_(evening.mentor).get(later)


def test_moving_cancelling_and_coming_back(evening, as_):
    mentor = as_(evening.mentor)
    path = evening.place + f"sessions/{evening.session(3).pk}/"
    assert "will be told" in mentor.get(path + "cancel/")
    mentor.post(path + "cancel/")
    assert evening.session(3).state == "cancelled"
    assert "Give it a new date" in mentor.get(path)
    mentor.post(path + "move/", {"day": "2027-01-21", "time": "07:00", "minutes": "60", "link": ""})
    moved = evening.session(3)
    assert moved.state == "planned"
    assert moved.starts_at == dt.datetime(2027, 1, 21, 7, 0, tzinfo=ZoneInfo("Australia/Brisbane"))


@pytest.mark.covers("plp.sys.23")
def test_the_mentor_finds_the_button_for_all_six_and_the_mentee_does_not(pair, as_):
    save(pair, six())
    assert "Send invitations for all 6" in as_(pair.mentor).get(pair.place + "sessions/")
    assert "Send invitations" not in as_(pair.mentee).get(pair.place + "sessions/")
    as_(pair.mentee).post(pair.place + "sessions/invite/", status=403)
    as_(pair.mentor).post(pair.place + "sessions/invite/")
    assert "Send invitations" not in as_(pair.mentor).get(pair.place + "sessions/")


def test_a_meeting_to_get_to_know_each_other_is_added_on_its_own_page(pair, as_):
    as_(pair.mentee).post(
        pair.place + "sessions/new/", {"day": "2026-11-20", "time": "09:00", "minutes": "45", "link": ""}
    )
    assert "Getting to know each other" in as_(pair.mentor).get(pair.place + "sessions/")


@pytest.mark.covers("plp.sys.20")
def test_the_introduction_is_written_on_a_page_with_the_handbooks_letter(pair, as_):
    mentor = as_(pair.mentor)
    assert "Dear ʻAna" in mentor.get(pair.place + "introduction/")
    data = {"subject": "Hello", "text": "On {date}: {link}", "day": "", "time": "", "link": ""}
    page = mentor.post(pair.place + "introduction/", data, status=422).content.decode()
    assert "Your letter leaves a place for a date, a link." in page
    mentor.post(
        pair.place + "introduction/", data | {"day": "2026-11-10", "time": "09:00", "link": "https://m.example/"}
    )
    assert pair.session(1).starts_at is not None
    as_(pair.mentee).get(pair.place + "introduction/", status=403)


# --- Sheets -----------------------------------------------------------------------------------------------------------


def test_above_every_sheet_stands_who_reads_it(evening, as_):
    mentee, log = as_(evening.mentee), log_of(evening, "mentee")
    page = mentee.get(evening.url(f"outputs/{log.pk}/"))
    assert "Helen, as soon as you send it." in page
    assert "unless you allow more when you sign the agreement" in page
    change = f'href="{evening.place}sharing/"'
    assert f"{change}>Change what is shared</a>" in page
    assert change not in as_(evening.mentor).get(evening.url(f"outputs/{log_of(evening, 'mentor').pk}/"))
    prep = evening.output(worksheet="prep", side="mentee")
    assert change not in mentee.get(evening.url(f"outputs/{prep.pk}/"))
    assert "You alone. The programme coordinator sees whether it is done, and nothing else." in mentee.get(
        evening.url(f"outputs/{prep.pk}/")
    )


@pytest.mark.covers("plp.sys.97")
def test_the_mentors_log_says_that_it_belongs_to_the_mentee(evening, as_):
    page = as_(evening.mentor).get(evening.url(f"outputs/{log_of(evening, 'mentor').pk}/"))
    assert "This record belongs to ʻAna, who may have it at any time." in page
    notes = evening.output(worksheet="prep", side="mentor")
    assert "This record belongs to" not in as_(evening.mentor).get(evening.url(f"outputs/{notes.pk}/"))


def test_a_log_tells_its_writer_who_hands_it_on(evening, as_):
    reader = reader_of(evening.mentee, evening.pairing)
    change_consent(reader=reader, answers={"logs": True}, actor=evening.mentee)
    for side, words in (
        ("mentor", "once you, the mentor, have passed it on"),
        ("mentee", "once Helen has passed it on"),
    ):
        page = as_(getattr(evening, side)).get(evening.url(f"outputs/{log_of(evening, side).pk}/"))
        assert words in page


@pytest.mark.covers("plp.sys.63")
def test_a_log_knows_its_writer_session_and_day(evening, as_):
    page = as_(evening.mentee).get(evening.url(f"outputs/{log_of(evening, 'mentee').pk}/"))
    for value in ('value="ʻAna Tupou"', 'value="2"', 'value="2026-12-10"'):
        assert value in page


def test_a_sheet_that_is_not_open_yet_and_the_partners_are_not_there(evening, as_):
    mentee = as_(evening.mentee)
    ahead = evening.output(worksheet="learning-log", moment="session-5", side="mentee")
    mentee.get(evening.url(f"outputs/{ahead.pk}/"), status=404)
    partners = log_of(evening, "mentor")
    mentee.get(evening.url(f"outputs/{partners.pk}/"), status=404)
    send(partners, evening.mentor, LOG)
    assert "CANARY-ISSUES" in mentee.get(evening.url(f"outputs/{partners.pk}/read/"))
    mentee.post(evening.url(f"outputs/{partners.pk}/reopen/"), status=403)


@pytest.mark.covers("plp.sys.52")
def test_the_mentor_puts_examples_into_the_mentees_sheet_without_seeing_it(evening, as_):
    sheet = write(evening.output(worksheet="capacity"), evening.mentee, {"goals": "CANARY-GOAL", "mode": "joined"})
    mentor = as_(evening.mentor)
    page = mentor.get(evening.url(f"outputs/{sheet.pk}/examples/"))
    assert "CANARY" not in page
    mentor.post(evening.url(f"outputs/{sheet.pk}/examples/"), {"take_gaps": ["0"]})
    written = as_(evening.mentee).get(evening.url(f"outputs/{sheet.pk}/"))
    assert "CANARY-GOAL" in written
    assert "Join a senior reviewer on two reports" in written
    as_(evening.mentee).get(evening.url(f"outputs/{sheet.pk}/examples/"), status=404)


def test_help_with_a_sheet_that_was_sent_meanwhile_says_so_and_keeps_the_mentors_words(evening, as_):
    sheet = write(evening.output(worksheet="capacity"), evening.mentee, {"goals": "x", "mode": "joined"})
    path = evening.url(f"outputs/{sheet.pk}/examples/")
    gaps = [{"_id": "dddd0001", "gap": "Water chapter", "action": "Join a senior reviewer"}]
    send(sheet, evening.mentee, {"mode": "joined", "goals": "x", "gaps": gaps})
    answer = as_(evening.mentor).post(path, {"own_gaps_gap": "Consultation, as I learned it"}, status=422)
    page = answer.content.decode()
    assert "has sent this sheet meanwhile" in page
    assert "Consultation, as I learned it" in page
    assert "not being written any more" in as_(evening.mentor).follow(path)


@pytest.mark.covers("plp.sys.110")
def test_the_mentor_answers_a_goal_on_its_page(pair, as_):
    send(pair.output(worksheet="goals"), pair.mentee, {"goals": [GOAL | {"due": "2027-03-01"}]})
    goal = Goal.objects.get()
    path = pair.place + f"goals/{goal.pk}/answer/"
    as_(pair.mentee).get(path, status=403)
    as_(pair.mentor).post(path, {"comment": "Well put.", "agreed": "on"})
    page = as_(pair.mentee).get(pair.place + "goals/")
    assert "Well put." in page
    assert "agreed Tuesday 3 November" in page


@pytest.mark.parametrize("who", ["mentor", "mentee", "coordinator"])
@pytest.mark.parametrize("path", ["end/", "complete/"])
def test_whoever_also_presses_end_is_told_that_the_pair_has_ended_already(pair, as_, who, path):
    dissolve_pairing(pairing=pair.pairing, actor=pair.mentee)
    told = "The pair has ended already."
    visitor = as_(getattr(pair, who))
    if (who, path) == ("mentee", "complete/"):
        visitor.post(pair.place + path, status=403)  # theirs at no time
        return
    visitor.post(pair.place + path)
    home = pair.place if who == "coordinator" else pair.url("mentoring/")
    assert told in visitor.follow(home)
    if path == "end/":
        visitor.get(pair.place + path, status=302)
        assert told in visitor.follow(home)
    assert Ending.objects.count() == 1


def test_who_has_no_part_in_an_ended_pair_is_not_told_that_it_can_be_ended(pair, as_):
    dissolve_pairing(pairing=pair.pairing, actor=pair.mentee)
    stranger = MembershipFactory(user=UserFactory(email="stranger@reef.example")).user
    for path in ("end/", "complete/"):
        as_(stranger).post(pair.place + path, status=404)


def test_days_on_the_goals_page_are_those_of_whoever_reads_it(pair, as_):
    send(pair.output(worksheet="goals"), pair.mentee, {"goals": [GOAL | {"due": "2027-03-01"}]})
    answer_goal(goal=Goal.objects.get(), comment="", agreed=True, actor=pair.mentor)
    said = [{"_id": "cccc0001", "goal": GOAL["_id"], "standing": "on_the_way", "note": "Half done"}]
    review = {"occasion": "mid_point", "date": "2026-11-03", "reviews": said}
    send(pair.output(worksheet="goal-review", moment="mid-point"), pair.mentee, review)
    pair.mentor.zone = "America/Los_Angeles"
    pair.mentor.save()
    for user, days in ((pair.mentee, ("Tuesday 3 November", "3 Nov")), (pair.mentor, ("Monday 2 November", "2 Nov"))):
        page = as_(user).get(pair.place + "goals/")
        assert f"agreed {days[0]}" in page
        assert f"<b>{days[1]}</b>" in page


@pytest.mark.covers("plp.sys.66")
def test_an_action_is_settled_where_it_stands_and_taken_back(evening, as_):
    send(log_of(evening, "mentee"), evening.mentee, LOG)
    mentee, action = as_(evening.mentee), Action.objects.get()
    page = mentee.get(evening.place + f"sessions/{evening.session(3).pk}/")
    assert "Still open from before" in page
    assert "CANARY-ACTION" in page
    mentee.post(evening.place + f"actions/{action.pk}/done/?was=open", {"next": evening.url("mentoring/")})
    assert "Still open from before" not in mentee.get(evening.place + f"sessions/{evening.session(3).pk}/")
    mentee.post(evening.place + f"actions/{action.pk}/open/?was=done", {"next": "https://evil.example/"})
    action.refresh_from_db()
    assert action.state == "open"
    for nonsense in ("nonsense/?was=open", "done/?was=nonsense", "done/"):
        mentee.post(evening.place + f"actions/{action.pk}/{nonsense}", status=404)


def test_who_settles_an_action_that_the_partner_has_settled_otherwise_is_told(evening, as_):
    send(log_of(evening, "mentee"), evening.mentee, LOG)
    mentee, mentor, path = as_(evening.mentee), as_(evening.mentor), f"actions/{Action.objects.get().pk}/"
    assert f"{path}done/?was=open" in mentee.get(evening.place + "actions/")
    mentee.post(f"{evening.place}{path}done/?was=open")
    undo_and_reopen = mentee.get(evening.place + "actions/").count(f"{path}open/?was=done")
    assert undo_and_reopen == 2
    mentor.post(f"{evening.place}{path}dropped/?was=open")
    assert "This was changed meanwhile: it stands as “done” now." in mentor.get(evening.place + "actions/")
    mentor.post(f"{evening.place}{path}done/?was=open")
    assert "This was changed already: it stands as “done”." in mentor.get(evening.place + "actions/")
    assert Action.objects.get().settled_by == evening.mentee


def test_a_settled_action_does_not_lead_to_a_foreign_site(evening, as_):
    send(log_of(evening, "mentee"), evening.mentee, LOG)
    answer = as_(evening.mentee).post(
        evening.place + f"actions/{Action.objects.get().pk}/done/?was=open", {"next": "https://evil.example/"}
    )
    assert answer["Location"] == evening.place + "actions/"


@pytest.mark.covers("plp.sys.95")
def test_the_mentee_decides_what_reaches_the_coordinator_and_the_mentor_does_not(pair, as_):
    as_(pair.mentor).get(pair.place + "sharing/", status=404)
    mentee = as_(pair.mentee)
    page = mentee.get(pair.place + "sharing/")
    assert "always reaches the coordinator" in page
    assert "checked" not in page
    mentee.post(pair.place + "sharing/", {"logs": "yes"}, status=422)
    answers = {"logs": "yes", "capacity": "no", "goals": "yes", "checklist": "no", "closure": "no"}
    mentee.post(pair.place + "sharing/", answers)
    assert mentee.get(pair.place + "sharing/").count("checked") == 5


@pytest.mark.covers("plp.sys.120")
def test_documents_offer_each_tool_blank_and_what_is_filled_as_pdf(evening, as_):
    send(log_of(evening, "mentor"), evening.mentor, LOG)
    mentee = as_(evening.mentee)
    page = mentee.get(evening.place + "documents/")
    assert page.count(">Print it blank") == 5
    assert f"outputs/{log_of(evening, 'mentor').pk}/pdf/" in page
    answer = mentee.post(evening.url(f"outputs/{log_of(evening, 'mentor').pk}/pdf/"))
    assert "/documents/" in answer["Location"]
    assert "/documents/" in mentee.post(evening.place + "documents/all/")["Location"]


def test_two_sheets_are_compared_only_when_two_are_chosen(evening, as_):
    mentee = as_(evening.mentee)
    path = evening.place + "worksheets/capacity/"
    mentee.get(path)
    with no_scope():
        assert mentee.client.get(path + "compare/").status_code == 302
    mentee.get(evening.place + "worksheets/no-such-sheet/", status=404)


# --- Everybody else ---------------------------------------------------------------------------------------------------

OWN_PAGES = (
    "schedule/",
    "sessions/",
    "goals/",
    "actions/",
    "documents/",
    "logs/",
    "sharing/",
    "introduction/",
    "sessions/new/",
)


def test_a_coordinator_sees_states_and_what_was_passed_on_and_no_page_of_the_pair(evening, as_):
    private = send(evening.output(worksheet="prep", side="mentee"), evening.mentee, {"growth": "CANARY-PRIVATE"})
    log = send(log_of(evening, "mentee"), evening.mentee, LOG)
    coordinator = as_(evening.coordinator)
    page = coordinator.get(evening.place)
    assert "CANARY" not in page
    for path in OWN_PAGES:
        coordinator.get(evening.place + path, status=404)
    coordinator.get(evening.place + f"sessions/{evening.session(2).pk}/", status=404)
    for output in (private, log):
        for below in ("", "read/", "review/", "conflict/"):
            coordinator.get(evening.url(f"outputs/{output.pk}/{below}"), status=404)
        coordinator.post(evening.url(f"outputs/{output.pk}/pdf/"), status=404)
    reader = reader_of(evening.mentee, get_pairing_for(evening.mentee, evening.pairing.pk))
    change_consent(reader=reader, answers={"logs": True}, actor=evening.mentee)
    mentors = reader_of(evening.mentor, get_pairing_for(evening.mentor, evening.pairing.pk))
    pass_on_logs(reader=mentors, session=evening.session(2), actor=evening.mentor)
    assert "CANARY-ISSUES" in coordinator.get(evening.url(f"outputs/{log.pk}/read/"))
    coordinator.get(evening.url(f"outputs/{private.pk}/read/"), status=404)


def test_the_other_pair_the_other_organisation_and_visitors_find_nothing(evening, as_, other_company, client):
    log = send(log_of(evening, "mentee"), evening.mentee, LOG)
    session = evening.session(3)
    user = UserFactory()
    ParticipantFactory(cohort=evening.pairing.cohort, side="mentee", membership=MembershipFactory(user=user))
    paths = [
        evening.place + path for path in (*OWN_PAGES, "", f"sessions/{session.pk}/", f"sessions/{session.pk}/move/")
    ]
    paths += [
        evening.url(f"outputs/{log.pk}/"),
        evening.url(f"outputs/{log.pk}/read/"),
        evening.url(f"outputs/{log.pk}/back/"),
    ]
    for somebody in (user, other_company.coordinator, other_company.admin, other_company.mentor):
        visitor = as_(somebody)
        for path in paths:
            visitor.get(path, status=404)
    with no_scope():
        for path in paths:
            assert client.get(path).status_code == 302
    with tenant_scope(other_company.organisation):
        theirs = other_company.url(f"pairs/{evening.pairing.pk}/sessions/")
    as_(other_company.mentor).get(theirs, status=404)


def test_acts_of_others_change_nothing(evening, as_):
    action_path = evening.place + f"sessions/{evening.session(3).pk}/"
    for somebody in (evening.coordinator, UserFactory()):
        visitor = as_(somebody)
        for path in (
            "sessions/invite/",
            "sessions/duties/",
            "logs/compile/",
            "documents/all/",
            "worksheets/capacity/new/",
        ):
            visitor.post(evening.place + path, status=404)
        for path in ("cancel/", "not-held/", "logs/pass-on/"):
            visitor.post(action_path + path, status=404)
    assert evening.session(3).state == "planned"


def test_ids_of_another_pair_in_ones_own_address_are_not_there(evening, as_, other_company):
    mentee = as_(evening.mentee)
    with tenant_scope(other_company.organisation):
        foreign = Session.objects.create(pairing=other_company.pairing, number=1)
    mentee.get(evening.place + f"sessions/{foreign.pk}/", status=404)
    mentee.post(evening.place + f"sessions/{foreign.pk}/cancel/", status=404)
    send(evening.output(worksheet="goals"), evening.mentee, {"goals": [GOAL | {"due": "2027-03-01"}]})
    from pairs.domain.pairing import confirm_pairing

    cohort = evening.pairing.cohort
    other = confirm_pairing(
        cohort=cohort,
        mentor=ParticipantFactory(cohort=cohort, side="mentor"),
        mentee=ParticipantFactory(cohort=cohort, side="mentee"),
        actor=evening.coordinator,
    )
    own_session = Session.objects.filter(pairing=other).first()
    mentee.get(evening.place + f"sessions/{own_session.pk}/", status=404)


@pytest.mark.parametrize(
    "path", ["mentoring/", "pair:sessions/", "pair:goals/", "pair:documents/", "pair:logs/", "pair:actions/"]
)
def test_a_page_costs_the_same_with_little_and_with_much(evening, as_, path):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    mentee = as_(evening.mentee)
    address = evening.place + path.removeprefix("pair:") if path.startswith("pair:") else evening.url(path)
    send(log_of(evening, "mentor"), evening.mentor, LOG)
    send(evening.output(worksheet="goals"), evening.mentee, {"goals": [GOAL | {"due": "2027-03-01"}]})

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            mentee.get(address)
        return len(queries)

    count()
    few = count()
    from pairs.domain.reading import reader_of
    from pairs.domain.sheets import add_sheet

    for number in range(5):
        who = reader_of(evening.mentor, get_pairing_for(evening.mentor, evening.pairing.pk))
        note = add_sheet(reader=who, worksheet="mentor-notes", actor=evening.mentor)
        send(note, evening.mentor, {"notes": [{"_id": f"9999aa0{number}", "sort": "network", "resource": "SPREP"}]})
    rows = [{"_id": f"aaaa010{n}", "action": f"a {n}", "owner": "mentee"} for n in range(8)]
    send(log_of(evening, "mentee"), evening.mentee, LOG | {"followup": rows})
    assert count() == few


def test_nothing_in_these_pages_is_styled_or_scripted_inline(evening, as_):
    mentee = as_(evening.mentee)
    for path in ("", "sessions/", "schedule/", "goals/", "documents/", "logs/", "actions/", "sharing/"):
        page = mentee.get(evening.place + path if path else evening.url("mentoring/"))
        assert " style=" not in page
        assert "<script>" not in page


# --- Agenda -----------------------------------------------------------------------------------------------------------


def test_the_agenda_says_beside_every_point_who_leads_it(pair, as_):
    page = as_(pair.mentee).get(pair.url(f"pairs/{pair.pairing.pk}/sessions/{pair.session(3).pk}/"))
    leads = re.findall(r'<span class="lead-of (\w+)">([^<]+)</span>', page)
    assert leads[:2] == [("mentor", "Mentor"), ("mentee", "Mentee")]
    assert "leads the group" not in page
