"""Dates of all sessions: what is accepted, what is remarked, what is refused; and that nobody overwrites anybody."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from mentoring import clock
from mentoring.notices.domain.rendering import render_message
from mentoring.notices.models import Message
from pairs.domain.dating import CannotDate
from pairs.domain.duties import NotTheirs, hand_over_duties
from pairs.domain.people import NotAMember, people_of
from pairs.domain.schedule import Facts, StaleSchedule, fingerprint, numbered, save_schedule
from pairs.domain.session_states import TABLE, Step, WrongState, allowed
from pairs.domain.sessions import add_meeting, cancel_session, hold_session, move_session, unhold_session
from pairs.domain.slots import recurring
from pairs.domain.timings import fitting, length_remark, remarks_on, times_away
from pairs.enums import OutputKind, SessionState
from pairs.models import Output, Schedule, Session
from programmes.models import Away
from templates_app.domain.kits import kit_of
from tests.factories import MembershipFactory, PairingFactory, ParticipantFactory
from tests.pairs.test_planning import set_session

APIA = ZoneInfo("Pacific/Apia")
FACTS = Facts("monthly", "zoom", "", "https://meet.example/room", 60)


def six(first: str = "2026-11-12", time: str = "09:00", zone: str = "Pacific/Apia") -> dict[int, dt.datetime]:
    clock_time = dt.time.fromisoformat(time)
    days = recurring(dt.date.fromisoformat(first), "monthly", 6)
    return {n: dt.datetime.combine(day, clock_time, tzinfo=ZoneInfo(zone)) for n, day in enumerate(days, 1)}


def save(pair, starts, facts=FACTS, actor=None, seen=None):
    schedule = Schedule.objects.get(pairing=pair.pairing)
    return save_schedule(
        pairing=pair.pairing,
        facts=facts,
        starts=starts,
        zone="Pacific/Apia",
        seen=seen or fingerprint(schedule, numbered(pair.pairing)),
        actor=actor or pair.mentee,
    )


def remarks(pair) -> list[str]:
    kit = kit_of(pair.pairing.cohort.programme.handbook)
    people = people_of(pair.pairing)
    schedule = Schedule.objects.get(pairing=pair.pairing)
    found = remarks_on(pair.pairing, Session.objects.filter(pairing=pair.pairing), people, kit.plan, schedule)
    return [f"{one.number or '-'} {one.code}" for one in found]


@pytest.mark.covers("plp.sys.21")
def test_frequency_platform_and_all_six_dates_are_saved_in_one_go_and_the_partner_hears(pair):
    save(pair, six())
    schedule = Schedule.objects.get(pairing=pair.pairing)
    assert (schedule.frequency, schedule.platform, schedule.minutes) == ("monthly", "zoom", 60)
    rows = Session.objects.filter(pairing=pair.pairing)
    assert {row.number: row.starts_at for row in rows} == six()
    assert {row.link for row in rows} == {"https://meet.example/room"}
    assert pair.output(kind=OutputKind.SCHEDULE).done_at is not None
    [told] = Message.objects.filter(kind="pairs.dates_agreed")
    assert told.recipient == pair.mentor


def test_some_dates_may_be_left_out_and_the_task_stays_open(pair):
    save(pair, {1: six()[1], 2: six()[2], 3: None})
    assert pair.output(kind=OutputKind.SCHEDULE).done_at is None
    assert pair.session(3).starts_at is None


def test_a_session_keeps_its_own_link_and_length_when_another_date_or_the_common_ones_change(pair):
    save(pair, six())
    own = {"minutes": 90, "link": "https://own.example/third"}
    move_session(session=pair.session(3), starts_at=six()[3], zone="Pacific/Apia", actor=pair.mentor, **own)
    starts = six() | {6: six()[6] + dt.timedelta(days=1)}
    assert [row.number for row in save(pair, starts)] == [6]
    changed = save(pair, starts, Facts("monthly", "zoom", "", "https://meet.example/new-room", 75))
    assert [row.number for row in changed] == [1, 2, 4, 5, 6]
    third = pair.session(3)
    assert {"minutes": third.minutes, "link": third.link} == own
    assert (pair.session(2).minutes, pair.session(2).link) == (75, "https://meet.example/new-room")


def test_the_common_link_changes_while_a_session_that_took_place_is_not_marked_as_held(pair, at):
    save(pair, six())
    with at("2026-11-20 09:00", "Pacific/Apia"):
        changed = save(pair, six(), Facts("monthly", "zoom", "", "https://meet.example/new-room", 75))
        assert [row.number for row in changed] == [2, 3, 4, 5, 6]
        first = pair.session(1)
        assert (first.link, first.minutes, first.sequence) == ("https://meet.example/room", 60, 1)
        with pytest.raises(CannotDate) as refused:
            save(pair, six() | {1: six()[1] + dt.timedelta(days=1)})
        assert "in the past" in refused.value.faults[1]


def test_the_common_link_changes_though_a_session_was_held_after_the_next_ones_date(pair, at):
    save(pair, six())
    with at("2026-12-09 12:00", "Pacific/Apia"):
        hold_session(session=pair.session(1), actor=pair.mentor)
    Session.objects.filter(pk=pair.session(1).pk).update(starts_at=six()[2] + dt.timedelta(minutes=30))
    with at("2026-12-10 08:00", "Pacific/Apia"):
        changed = save(pair, six(), Facts("monthly", "zoom", "", "https://meet.example/new-room", 60))
        assert [row.number for row in changed] == [2, 3, 4, 5, 6]
        with pytest.raises(CannotDate) as refused:
            save(pair, six(), Facts("monthly", "zoom", "", "https://meet.example/new-room", 90))
        assert refused.value.faults == {2: "Session 2 must come after session 1."}


@pytest.mark.covers("plp.sys.27")
@pytest.mark.parametrize(("minutes", "remarked"), [(20, True), (59, True), (60, False), (90, False), (120, True)])
def test_every_length_is_accepted_and_remarked_outside_sixty_to_ninety(pair, minutes, remarked):
    save(pair, six(), Facts("monthly", "zoom", "", "", minutes))
    assert pair.session(1).minutes == minutes
    assert bool(length_remark(minutes, kit_of(pair.pairing.cohort.programme.handbook).plan)) is remarked
    assert ("1 length" in remarks(pair)) is remarked


def test_a_date_in_the_past_is_refused_and_nothing_is_saved(pair):
    starts = six() | {1: dt.datetime(2026, 11, 1, 9, 0, tzinfo=APIA)}
    with pytest.raises(CannotDate) as refused:
        save(pair, starts)
    assert "in the past" in refused.value.faults[1]
    assert pair.session(2).starts_at is None


def test_session_three_before_session_two_and_overlapping_sessions_are_refused(pair):
    starts = six()
    with pytest.raises(CannotDate) as refused:
        save(pair, starts | {2: starts[3] + dt.timedelta(days=1)})
    assert refused.value.faults == {3: "Session 3 must come after session 2."}
    with pytest.raises(CannotDate) as refused:
        save(pair, starts | {3: starts[2] + dt.timedelta(minutes=30)})
    assert refused.value.faults == {3: "Session 3 would begin before session 2 is over."}


def test_two_people_saving_one_form_the_second_is_told_and_overwrites_nothing(pair):
    seen = fingerprint(Schedule.objects.get(pairing=pair.pairing), numbered(pair.pairing))
    save(pair, six(), seen=seen)
    with pytest.raises(StaleSchedule):
        save(pair, six("2026-11-19"), actor=pair.mentor, seen=seen)
    assert pair.session(1).starts_at == six()[1]


def test_nobody_but_the_two_sets_dates(pair):
    with pytest.raises(NotAMember):
        save(pair, six(), actor=pair.coordinator)


@pytest.mark.covers("plp.sys.105")
def test_a_session_in_a_period_away_is_flagged_for_moving_on_that_persons_own_calendar(pair):
    save(pair, six())
    Away.objects.create(participant=pair.mentor_place, starts_on=dt.date(2026, 12, 9), ends_on=dt.date(2026, 12, 10))
    assert [one for one in remarks(pair) if "away" in one] == ["2 away"]
    Away.objects.all().delete()
    # In Brisbane the session of 10 December 9:00 (Apia) is at 6:00 on the tenth; on the eleventh nobody is away.
    Away.objects.create(participant=pair.mentor_place, starts_on=dt.date(2026, 12, 11), ends_on=dt.date(2026, 12, 11))
    assert [one for one in remarks(pair) if "away" in one] == []


@pytest.mark.parametrize(
    ("zone", "hour", "is_told"),
    [
        ("Pacific/Pago_Pago", "2026-12-11 05:00", True),
        ("Pacific/Pago_Pago", "2026-12-11 11:00", False),
        ("Pacific/Apia", "2026-12-10 09:00", True),
        ("Pacific/Apia", "2026-12-10 11:00", False),
    ],
)
def test_who_is_away_is_told_until_their_own_day_ends(pair, at, zone, hour, is_told):
    Away.objects.create(participant=pair.mentee_place, starts_on=dt.date(2026, 12, 5), ends_on=dt.date(2026, 12, 10))
    pair.mentee.zone = zone
    pair.mentee.save()
    with at(hour):
        assert [row["name"] for row in times_away(people_of(pair.pairing))] == (["ʻAna"] if is_told else [])


def test_a_session_outside_the_programme_and_one_at_night_for_the_partner_are_remarked(pair):
    save(pair, six("2026-12-17", "08:00"))
    found = remarks(pair)
    assert "6 outside" in found
    assert "1 night" in found
    assert "- fit" in found


def test_a_clash_with_another_pair_of_the_same_person_is_remarked_without_a_name(pair):
    save(pair, six())
    membership = pair.mentor_place.membership
    other = PairingFactory(
        cohort=pair.pairing.cohort,
        members=(
            ParticipantFactory(
                cohort=pair.pairing.cohort, side="mentor", membership=membership, email="second@reef.example"
            ),
            ParticipantFactory(cohort=pair.pairing.cohort, side="mentee", membership=MembershipFactory()),
        ),
    )
    Session.objects.create(pairing=other, number=1, starts_at=six()[1] + dt.timedelta(minutes=45), zone="UTC")
    assert [one for one in remarks(pair) if "clash" in one] == ["1 clash"]


@pytest.mark.covers("plp.sys.103")
def test_a_warning_when_what_is_left_no_longer_fits_into_the_programme(pair, at):
    cohort, plan = pair.pairing.cohort, kit_of(pair.pairing.cohort.programme.handbook).plan
    schedule = Schedule.objects.get(pairing=pair.pairing)
    rows = list(Session.objects.filter(pairing=pair.pairing))
    assert fitting(rows, cohort, plan, schedule) == []
    with at("2027-02-20 09:00", "Pacific/Apia"):
        [remark] = fitting(rows, cohort, plan, schedule)
        assert "6 sessions are left" in remark.words
    for row in rows:
        row.state = SessionState.HELD
    with at("2027-04-20 09:00", "Pacific/Apia"):
        assert fitting(rows, cohort, plan, schedule) == []


@pytest.mark.covers("plp.sys.112")
def test_meetings_to_get_to_know_each_other_stand_under_session_one_and_the_count_stays(pair):
    save(pair, six())
    extra = add_meeting(
        pairing=pair.pairing,
        starts_at=dt.datetime(2026, 11, 20, 9, 0, tzinfo=APIA),
        minutes=45,
        link="",
        zone="Pacific/Apia",
        actor=pair.mentee,
    )
    assert (extra.number, extra.part) == (1, 1)
    assert Session.objects.filter(pairing=pair.pairing, part=0).count() == 6
    checklist = pair.output(worksheet="first-meeting")
    assert checklist.due_at == dt.datetime(2026, 11, 27, 23, 59, 59, tzinfo=ZoneInfo("Australia/Brisbane"))


@pytest.mark.parametrize("state", list(SessionState))
@pytest.mark.parametrize("step", list(Step))
def test_every_step_leads_only_from_where_the_table_says(pair, at, state, step):
    session = pair.session(2)
    Session.objects.filter(pk=session.pk).update(state=state, starts_at=dt.datetime(2026, 12, 10, 9, 0, tzinfo=APIA))
    session = pair.session(2)
    acts = {
        Step.PLAN: lambda: move_session(
            session=session,
            starts_at=dt.datetime(2026, 12, 20, 9, 0, tzinfo=APIA),
            minutes=60,
            link="",
            zone="Pacific/Apia",
            actor=pair.mentee,
        ),
        Step.HOLD: lambda: hold_session(session=session, actor=pair.mentee),
        Step.UNHOLD: lambda: unhold_session(session=session, actor=pair.mentee),
        Step.CANCEL: lambda: cancel_session(session=session, actor=pair.mentee),
    }
    with at("2026-12-10 10:00", "Pacific/Apia"):
        if state in TABLE[step].before:
            assert allowed(session, step)
            acts[step]()
            assert pair.session(2).state == TABLE[step].after
        else:
            with pytest.raises(WrongState):
                acts[step]()
            assert pair.session(2).state == state


def test_no_step_is_open_to_others_than_the_two(pair, at):
    set_session(pair, 2, "2026-12-10 09:00")
    session = pair.session(2)
    with at("2026-12-10 10:00", "Pacific/Apia"):
        for act in (hold_session, cancel_session, unhold_session):
            with pytest.raises(NotAMember):
                act(session=session, actor=pair.coordinator)


def test_a_session_is_held_only_once_it_has_begun(pair):
    set_session(pair, 2, "2026-12-10 09:00")
    with pytest.raises(CannotDate, match="held only once it has begun"):
        hold_session(session=pair.session(2), actor=pair.mentee)


@pytest.mark.parametrize("took_place", ["2026-11-18 20:00", None])
def test_a_session_marked_as_held_by_mistake_stands_as_it_was_planned(pair, at, took_place):
    save(pair, six())
    planned = pair.session(2)
    with at("2026-12-10 12:00", "Pacific/Apia"):
        start = dt.datetime.fromisoformat(took_place).replace(tzinfo=dt.UTC) if took_place else None
        hold_session(session=pair.session(2), actor=pair.mentee, minutes=50, starts_at=start)
        assert pair.session(2).starts_at == (start or planned.starts_at)
        unhold_session(session=pair.session(2), actor=pair.mentee)
    again = pair.session(2)
    assert (again.state, again.starts_at) == (SessionState.PLANNED, planned.starts_at)
    assert (again.held_at, again.held_minutes, again.planned_at) == (None, None, None)


def test_a_session_held_without_a_date_has_none_when_that_was_a_mistake(pair):
    hold_session(session=pair.session(1), actor=pair.mentee, starts_at=clock.now() - dt.timedelta(hours=2))
    unhold_session(session=pair.session(1), actor=pair.mentee)
    assert (pair.session(1).state, pair.session(1).starts_at) == (SessionState.PLANNED, None)


def test_two_who_act_at_once_the_second_is_told_that_somebody_was_faster(pair):
    set_session(pair, 2, "2026-12-10 09:00")
    mine, theirs = pair.session(2), pair.session(2)
    cancel_session(session=theirs, actor=pair.mentor)
    with pytest.raises(WrongState):
        cancel_session(session=mine, actor=pair.mentee)


def test_two_who_change_one_link_at_once_the_second_is_told_that_somebody_was_faster(pair):
    set_session(pair, 2, "2026-12-10 09:00")
    mine, theirs = pair.session(2), pair.session(2)
    same = {"starts_at": mine.starts_at, "minutes": 60, "zone": "Pacific/Apia"}
    move_session(session=theirs, link="https://meet.example/first", actor=pair.mentor, **same)
    with pytest.raises(WrongState):
        move_session(session=mine, link="https://meet.example/second", actor=pair.mentee, **same)
    assert pair.session(2).link == "https://meet.example/first"


def test_dates_saved_over_a_form_on_which_a_session_was_changed_meanwhile_are_refused(pair):
    save(pair, six())
    seen = fingerprint(Schedule.objects.get(pairing=pair.pairing), numbered(pair.pairing))
    third, same = pair.session(3), {"starts_at": six()[3], "minutes": 60, "zone": "Pacific/Apia"}
    move_session(session=third, link="https://own.example/third", actor=pair.mentor, **same)
    with pytest.raises(StaleSchedule):
        save(pair, six("2026-11-19"), seen=seen)


def test_a_cancelled_session_is_owed_a_new_date_and_comes_back_with_it(pair):
    save(pair, six())
    cancel_session(session=pair.session(3), actor=pair.mentor)
    owed = pair.output(kind=OutputKind.SCHEDULE, moment="session-3")
    assert owed.is_open
    assert owed.due_at == clock.now() + dt.timedelta(days=7)
    assert pair.output(worksheet="learning-log", moment="session-3", side="mentee").due_at is None
    set_session(pair, 3, "2027-01-20 09:00")
    owed.refresh_from_db()
    assert owed.done_at is not None
    assert pair.session(3).state == SessionState.PLANNED


def test_holding_session_one_drops_the_introduction_that_was_still_owed(pair, at):
    set_session(pair, 1, "2026-11-10 09:00")
    with at("2026-11-10 11:00", "Pacific/Apia"):
        hold_session(session=pair.session(1), actor=pair.mentee)
    assert pair.output(kind=OutputKind.INTRODUCTION).cancelled_at is not None


@pytest.mark.covers("plp.sys.119")
def test_running_duties_pass_from_mentor_to_mentee_and_only_by_who_holds_them(pair):
    assert Schedule.objects.get(pairing=pair.pairing).running_duties == "mentor"
    with pytest.raises(NotTheirs):
        hand_over_duties(pairing=pair.pairing, actor=pair.mentee)
    assert hand_over_duties(pairing=pair.pairing, actor=pair.mentor).running_duties == "mentee"
    [told] = Message.objects.filter(kind="pairs.duties_handed_over")
    assert told.recipient == pair.mentee
    assert hand_over_duties(pairing=pair.pairing, actor=pair.mentee).running_duties == "mentor"


def test_a_session_without_a_date_is_let_go_from_its_page_and_nobody_asks_for_a_date(pair, sign_in):
    session = pair.session(6)
    here = f"{pair.place}sessions/{session.pk}/"
    client = sign_in(pair.mentor)
    assert "Let it go" in client.get(here).content.decode()
    question = client.get(f"{here}cancel/").content.decode()
    assert "It has no date yet" in question
    assert "It is planned for" not in question
    page = client.post(f"{here}cancel/", follow=True).content.decode()
    assert "You have let this session go." in page
    assert "Give it a date after all" in page
    assert not Output.objects.filter(pairing=pair.pairing, moment="session-6", kind="schedule").exists()
    told = render_message(Message.objects.get(kind="pairs.session_changed", recipient=pair.mentee))
    assert "has let session 6 go" in told.text
    assert "Find a new date" not in told.text
    for number in range(1, 6):
        at = clock.now() + dt.timedelta(days=7 * number)
        move_session(session=pair.session(number), starts_at=at, minutes=60, link="", zone="UTC", actor=pair.mentor)
    assert pair.output(kind="schedule", moment="").done_at is not None, "the dates of the others are all that is asked"
    move_session(
        session=pair.session(6), starts_at=at + dt.timedelta(days=7), minutes=60, link="", zone="UTC", actor=pair.mentee
    )
    assert pair.session(6).state == "planned"
