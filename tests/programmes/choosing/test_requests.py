"""A request to a mentor: what may go out, how it is answered, and that only the yes of both makes a pair."""

import datetime as dt

import pytest

from mentoring import clock
from mentoring.history.models import Event
from mentoring.notices.models import Message
from pairs.domain.pairing import CannotPair, confirm_pairing
from pairs.models import Pairing
from programmes.domain.choosing.answering import (
    Outcome,
    accept_request,
    confirm_request,
    decide,
    decline_request,
    name_talk,
)
from programmes.domain.choosing.asking import begin_request, name_mentor, send_request, withdraw_request
from programmes.domain.choosing.standing import CannotAsk, MustBeSeen
from programmes.domain.choosing.states import TABLE, NotYours, Step, WrongStep, transition
from programmes.domain.joining import join_as_new
from programmes.domain.people import withdraw_person
from programmes.enums import RequestState
from programmes.models import Conflict, Invitation, MentorRequest, Participant
from tests.programmes.choosing.conftest import DAY, LISTED, NOW, World, change_kit


def go(world: World, request: MentorRequest, verb, name: str, **values):
    """A verb by somebody, on the request as it is now."""
    return verb(request=world.fresh(request), actor=world.user(name), **values)


def talking(world: World, mentee: str = "Ada", mentor: str = "Marta") -> MentorRequest:
    asked = world.ask(mentee, mentor)
    go(world, asked, accept_request, mentor)
    return asked


def paired(world: World) -> set[tuple[str, ...]]:
    return {
        tuple(sorted(member.participant.given_name for member in row.members.select_related("participant")))
        for row in Pairing.objects.filter(state="active")
    }


class TestTheWholeWay:
    @pytest.mark.covers("cal.sys.23", "cal.sys.24", "gla.must.6", "gla.must.8")
    def test_asked_talked_and_both_yes_is_a_pair(self, approved):
        """``cal.sys.23``, ``cal.sys.24``, ``gla.must.6``, ``gla.must.8``: the pair exists only after the commitment."""
        asked = approved.ask("Ada", "Marta")
        assert not Pairing.objects.exists()
        assert go(approved, asked, accept_request, "Marta") is Outcome.TALK
        assert go(approved, asked, decide, "Ada", wishes=True) is Outcome.WAITS
        assert not Pairing.objects.exists()
        assert go(approved, asked, decide, "Marta", wishes=True) is Outcome.PAIRED
        assert paired(approved) == {("Ada", "Marta")}
        assert approved.fresh(asked).state == RequestState.PAIRED
        assert {row.recipient.given_name for row in Message.objects.filter(kind="pairs.paired")} == {"Ada", "Marta"}

    def test_without_a_talk_the_mentor_s_yes_is_the_second_one(self, approved):
        change_kit(approved, "matching.request", talk=None)
        asked = approved.ask("Ada", "Marta")
        assert go(approved, asked, accept_request, "Marta") is Outcome.PAIRED
        assert paired(approved) == {("Ada", "Marta")}

    def test_where_a_coordinator_confirms_two_yes_wait_for_them(self, approved):
        change_kit(approved, "matching", mode="both")
        change_kit(approved, "matching.request", confirms="coordinator")
        asked = talking(approved)
        go(approved, asked, decide, "Ada", wishes=True)
        assert go(approved, asked, decide, "Marta", wishes=True) is Outcome.TO_CONFIRM
        assert not Pairing.objects.exists()
        assert Message.objects.filter(kind="programmes.request_to_confirm", recipient=approved.coordinator).count() == 1
        with pytest.raises(NotYours):
            go(approved, asked, confirm_request, "Marta")
        assert confirm_request(request=approved.fresh(asked), actor=approved.coordinator) is Outcome.PAIRED
        assert paired(approved) == {("Ada", "Marta")}

    def test_what_was_said_at_joining_comes_along(self, world):
        begun = begin_request(mentee=world.place("Ada"), mentor=world.place("Marta"), actor=world.user("Ada"))
        assert begun.response.facts["kinds"] == ["career"]


class TestWhatMayGoOut:
    def test_begun_twice_is_one_and_nobody_hears_of_it(self, approved):
        first = begin_request(mentee=approved.place("Ada"), mentor=approved.place("Marta"), actor=approved.user("Ada"))
        again = begin_request(mentee=approved.place("Ada"), mentor=approved.place("Marta"), actor=approved.user("Ada"))
        assert first.pk == again.pk
        assert not approved.told("Marta")

    @pytest.mark.parametrize("name", ["Ben", "Marta"])
    def test_nobody_asks_for_another(self, approved, name):
        with pytest.raises(NotYours):
            begin_request(mentee=approved.place("Ada"), mentor=approved.place("Marta"), actor=approved.user(name))
        begun = approved.begin("Ada", "Marta")
        with pytest.raises(NotYours):
            go(approved, begun, send_request, name)

    def test_not_before_it_is_written(self, approved):
        begun = begin_request(mentee=approved.place("Ada"), mentor=approved.place("Marta"), actor=approved.user("Ada"))
        with pytest.raises(CannotAsk):
            go(approved, begun, send_request, "Ada")

    @pytest.mark.covers("cal.sys.10")
    def test_not_before_the_approval_and_the_draft_stays(self, world):
        """``cal.sys.10``: no request is sent before the supervisor has approved."""
        begun = world.begin("Ada", "Marta")
        with pytest.raises(CannotAsk):
            go(world, begun, send_request, "Ada")
        assert world.fresh(begun).state == RequestState.DRAFT
        world.approve("Ada")
        go(world, begun, send_request, "Ada")
        assert world.fresh(begun).state == RequestState.ASKED

    def test_one_at_a_time_or_as_many_as_the_handbook_says(self, approved):
        approved.ask("Ada", "Marta")
        second = approved.begin("Ada", "Nils")
        with pytest.raises(CannotAsk):
            go(approved, second, send_request, "Ada")
        change_kit(approved, "matching.request", at_once=2)
        go(approved, second, send_request, "Ada")
        assert MentorRequest.objects.filter(state=RequestState.ASKED).count() == 2

    def test_not_to_who_has_closed_the_door_meanwhile(self, approved):
        begun = approved.begin("Ada", "Marta")
        Participant.objects.filter(given_name="Marta").update(paused_at=NOW)
        with pytest.raises(CannotAsk):
            go(approved, begun, send_request, "Ada")

    def test_a_line_relation_that_the_mentee_declares_stops_it_and_stays_noted(self, approved):
        """``cal.sys.22`` in part: such a pair is stopped with the reason. The keeper's exception with a note is open."""
        begun = approved.begin("Ada", "Marta")
        with pytest.raises(CannotAsk, match="reports directly"):
            go(approved, begun, send_request, "Ada", declared=["line_relation"])
        assert Conflict.objects.filter(kind="line").count() == 1
        with pytest.raises(CannotAsk):
            go(approved, begun, send_request, "Ada")

    def test_a_warning_is_seen_by_both_before_they_go_on(self, london):
        begun = london.begin("Ada", "Marta")
        with pytest.raises(MustBeSeen):
            go(london, begun, send_request, "Ada", declared=["line_manager"])
        go(london, begun, send_request, "Ada", seen=["line_manager"])
        with pytest.raises(MustBeSeen):
            go(london, begun, accept_request, "Marta")
        go(london, begun, accept_request, "Marta", seen=["line_manager"])
        go(london, begun, decide, "Ada", wishes=True, seen=["line_manager"])
        assert go(london, begun, decide, "Marta", wishes=True, seen=["line_manager"]) is Outcome.PAIRED

    def test_what_a_coordinator_noted_of_the_two_keeps_its_words(self, london):
        Conflict.objects.create(
            cohort=london.cohort, mentor=london.place("Marta"), mentee=london.place("Ada"), kind="line", note="Known"
        )
        begun = london.begin("Ada", "Marta")
        go(london, begun, send_request, "Ada", declared=["line_manager"], seen=["line_manager"])
        assert Conflict.objects.get().note == "Known"

    def test_sent_twice_is_sent_once(self, approved):
        asked = approved.ask("Ada", "Marta")
        with pytest.raises(WrongStep):
            go(approved, asked, send_request, "Ada")
        assert len(approved.told("Marta", "mentor_asked")) == 1


class TestAnswers:
    @pytest.mark.covers("gla.must.9", "cal.sys.26")
    def test_a_no_shows_no_reason_and_the_mentee_asks_the_next(self, approved):
        """``gla.must.9``, ``cal.sys.26``: after a no the mentee is back at the search."""
        asked = approved.ask("Ada", "Marta")
        go(approved, asked, decline_request, "Marta")
        assert approved.fresh(asked).state == RequestState.DECLINED
        assert "no judgement" in approved.mail("Ada", "declined")
        approved.ask("Ada", "Nils")
        again = approved.begin("Ada", "Marta")
        assert again.pk != asked.pk

    def test_a_no_stops_what_waits_to_be_sent(self, approved):
        asked = approved.ask("Ada", "Marta")
        go(approved, asked, decline_request, "Marta")
        assert Message.objects.get(kind="programmes.mentor_asked").state == "cancelled"

    def test_only_the_mentor_answers_and_only_the_mentee_takes_back(self, approved):
        asked = approved.ask("Ada", "Marta")
        for verb in (accept_request, decline_request):
            for name in ("Ada", "Nils", "Ben"):
                with pytest.raises(NotYours):
                    go(approved, asked, verb, name)
        with pytest.raises(NotYours):
            go(approved, asked, withdraw_request, "Marta")
        go(approved, asked, withdraw_request, "Ada")
        with pytest.raises(WrongStep):
            go(approved, asked, accept_request, "Marta")
        assert approved.heard("Marta") == {"withdrawn"}

    def test_answered_twice_is_answered_once(self, approved):
        asked = approved.ask("Ada", "Marta")
        go(approved, asked, accept_request, "Marta")
        with pytest.raises(WrongStep):
            go(approved, asked, decline_request, "Marta")
        with pytest.raises(WrongStep):
            go(approved, asked, accept_request, "Marta")

    @pytest.mark.covers("gla.must.6")
    def test_another_time_is_told_on_each_one_s_own_clock(self, london):
        """``gla.must.6``: the mentor accepts, or names another time."""
        begun = london.begin("Ada", "Marta")
        first, second = NOW + 3 * DAY, NOW + 4 * DAY
        go(london, begun, name_talk, "Ada", at=first)
        go(london, begun, send_request, "Ada")
        assert "in London" in london.told("Marta", "mentor_asked")[0].context["talk"]
        go(london, begun, accept_request, "Marta", talk_at=second)
        talk = london.told("Ada", "request_moved")[0].context["talk"]
        assert "Saturday 7 November, 9:00 in Auckland" in talk
        row = london.fresh(begun)
        assert (row.talk_at, row.talk_agreed_at) == (second, None)
        go(london, begun, name_talk, "Ada", at=second)
        assert london.fresh(begun).talk_agreed_at is not None

    def test_a_yes_without_a_time_agrees_to_the_mentee_s(self, london):
        begun = london.begin("Ada", "Marta")
        go(london, begun, name_talk, "Ada", at=NOW + DAY)
        go(london, begun, send_request, "Ada")
        go(london, begun, accept_request, "Marta")
        assert london.fresh(begun).talk_agreed_at is not None

    def test_nobody_agrees_to_a_time_of_their_own(self, london):
        asked = talking(london)
        go(london, asked, name_talk, "Ada", at=NOW + DAY)
        go(london, asked, name_talk, "Ada", at=NOW + DAY)
        assert london.fresh(asked).talk_agreed_at is None


class TestDecisions:
    @pytest.mark.covers("gla.must.8")
    @pytest.mark.parametrize("who", ["Ada", "Marta"])
    def test_a_no_ends_it_and_whose_it_was_is_kept_nowhere(self, london, who):
        """``gla.must.8``: a no shows no reason and no fault."""
        asked = talking(london)
        other = "Marta" if who == "Ada" else "Ada"
        go(london, asked, decide, other, wishes=True)
        assert go(london, asked, decide, who, wishes=False) is Outcome.ENDED
        row = london.fresh(asked)
        assert (row.state, row.mentor_wishes, row.mentee_wishes) == (RequestState.DECLINED, None, None)
        assert not Pairing.objects.exists()
        ended = Event.objects.filter(action="request.ended")
        assert [event.actor for event in ended] == [None]
        assert "nobody's fault" in london.mail(other, "parted")
        assert who not in london.mail(other, "parted").replace(f"{who} Tester", "")

    def test_a_yes_stays_with_its_owner_and_can_be_taken_back(self, london):
        asked = talking(london)
        before = Message.objects.count()
        go(london, asked, decide, "Ada", wishes=True)
        assert Message.objects.count() == before
        go(london, asked, decide, "Ada", wishes=False)
        assert london.fresh(asked).state == RequestState.DECLINED

    def test_one_s_own_two_yes_are_one(self, london):
        asked = talking(london)
        go(london, asked, decide, "Ada", wishes=True)
        assert go(london, asked, decide, "Ada", wishes=True) is Outcome.WAITS
        assert not Pairing.objects.exists()

    def test_nobody_decides_for_them(self, london):
        asked = talking(london)
        with pytest.raises(NotYours):
            go(london, asked, decide, "Ben", wishes=True)
        with pytest.raises(NotYours):
            decide(request=london.fresh(asked), wishes=True, actor=london.coordinator)

    def test_nothing_is_decided_before_the_mentor_has_answered(self, london):
        asked = london.ask("Ada", "Marta")
        with pytest.raises(WrongStep):
            go(london, asked, decide, "Ada", wishes=True)


class TestWhatEndsWithAPair:
    def test_the_mentee_s_other_requests_and_those_to_a_full_mentor(self, london):
        change_kit(london, "matching.request", at_once=2)
        first = talking(london, "Ada", "Marta")
        second = london.ask("Ada", "Nils")
        third = london.ask("Ben", "Marta")
        go(london, first, decide, "Ada", wishes=True)
        go(london, first, decide, "Marta", wishes=True)
        assert london.fresh(second).state == london.fresh(third).state == RequestState.OVERTAKEN
        assert london.heard("Nils") == london.heard("Ben") == {"overtaken"}

    def test_a_mentor_with_a_place_left_keeps_theirs(self, london):
        Participant.objects.filter(given_name="Marta").update(capacity=2)
        first, other = talking(london, "Ada", "Marta"), london.ask("Ben", "Marta")
        go(london, first, decide, "Ada", wishes=True)
        go(london, first, decide, "Marta", wishes=True)
        assert london.fresh(other).state == RequestState.ASKED

    def test_where_something_stands_against_it_at_last_both_are_told_and_nothing_is_made(self, london):
        asked = talking(london)
        go(london, asked, decide, "Ada", wishes=True)
        Participant.objects.filter(given_name="Marta").update(capacity=0)
        assert go(london, asked, decide, "Marta", wishes=True) is Outcome.NOT_POSSIBLE
        assert london.fresh(asked).state == RequestState.OVERTAKEN
        assert not Pairing.objects.exists()
        assert "overtaken" in london.heard("Ada") & london.heard("Marta")

    @pytest.mark.parametrize("name", ["Ada", "Marta"])
    def test_who_leaves_leaves_no_request_open(self, london, name):
        asked = london.ask("Ada", "Marta")
        withdraw_person(person=london.place(name), actor=london.coordinator)
        assert london.fresh(asked).state == RequestState.OVERTAKEN


class TestNobodyElseMakesPairs:
    @pytest.mark.covers("cal.sys.25", "gla.must.10")
    def test_a_coordinator_cannot_where_mentees_choose_alone(self, london):
        """``cal.sys.25``, ``gla.must.10``: nobody but the mentee assigns a mentor, unless the programme sets otherwise."""
        two = {"mentor": london.place("Marta"), "mentee": london.place("Ada")}
        with pytest.raises(CannotPair):
            confirm_pairing(cohort=london.cohort, actor=london.coordinator, **two)
        change_kit(london, "matching", mode="both")
        confirm_pairing(cohort=london.cohort, actor=london.coordinator, **two)
        assert paired(london) == {("Ada", "Marta")}

    def test_where_both_may_a_coordinator_s_pair_ends_the_mentee_s_requests(self, london):
        change_kit(london, "matching", mode="both")
        asked = london.ask("Ada", "Nils")
        two = {"mentor": london.place("Marta"), "mentee": london.place("Ada")}
        confirm_pairing(cohort=london.cohort, actor=london.coordinator, **two)
        assert london.fresh(asked).state == RequestState.OVERTAKEN

    @pytest.mark.covers("cal.sys.10")
    def test_an_approval_that_is_missing_stands_against_a_pair_too(self, world):
        change_kit(world, "matching", mode="both")
        two = {"mentor": world.place("Marta"), "mentee": world.place("Ada")}
        with pytest.raises(CannotPair, match="approval"):
            confirm_pairing(cohort=world.cohort, actor=world.coordinator, **two)
        world.approve("Ada")
        confirm_pairing(cohort=world.cohort, actor=world.coordinator, **two)


class TestOffTheList:
    WHO = {"email": "zoe@elsewhere.example", "given_name": "Zoe", "family_name": "Far", "known_how": "From the choir"}

    @pytest.mark.covers("cal.sys.21")
    def test_somebody_named_is_invited_and_asked_once_their_sheet_is_sent(self, approved):
        """``cal.sys.21``: somebody off the list, with the existing relationship; invited to accept and register."""
        begun = approved.write(name_mentor(mentee=approved.place("Ada"), actor=approved.user("Ada"), **self.WHO))
        assert not Invitation.objects.exists()
        go(approved, begun, send_request, "Ada")
        assert approved.fresh(begun).state == RequestState.INVITED
        token = Message.objects.get(kind="programmes.invitation").context["action_url"].rstrip("/").rpartition("/")[2]
        _zoe, user = join_as_new(token=token, given_name="Zoe", family_name="Far", zone="America/Los_Angeles")
        approved.users["Zoe"] = user
        assert approved.fresh(begun).state == RequestState.INVITED
        approved.send_profile("Zoe", LISTED)
        asked = approved.fresh(begun)
        assert (asked.state, asked.known_how) == (RequestState.ASKED, "From the choir")
        assert len(approved.told("Zoe", "mentor_asked")) == 1

    def test_somebody_of_the_list_is_the_same_person(self, approved):
        marta = approved.place("Marta")
        begun = name_mentor(
            mentee=approved.place("Ada"), actor=approved.user("Ada"), **self.WHO | {"email": marta.email.upper()}
        )
        assert begun.mentor_id == marta.pk

    @pytest.mark.parametrize("whose", ["Ada", "Marta"])
    def test_who_cannot_be_asked_gets_the_same_words_whatever_the_reason(self, approved, whose):
        Participant.objects.filter(given_name="Marta").update(paused_at=NOW)
        address = approved.place(whose).email
        with pytest.raises(CannotAsk, match="cannot be asked here"):
            name_mentor(mentee=approved.place("Ada"), actor=approved.user("Ada"), **self.WHO | {"email": address})

    def test_nobody_is_named_where_a_handbook_knows_the_list_alone(self, approved):
        change_kit(approved, "matching.request", off_list=False)
        with pytest.raises(CannotAsk):
            name_mentor(mentee=approved.place("Ada"), actor=approved.user("Ada"), **self.WHO)

    def test_not_before_the_approval(self, world):
        with pytest.raises(CannotAsk):
            name_mentor(mentee=world.place("Ada"), actor=world.user("Ada"), **self.WHO)
        assert not Participant.objects.filter(given_name="Zoe").exists()

    def test_a_link_that_works_already_is_not_sent_again(self, approved):
        begun = approved.write(name_mentor(mentee=approved.place("Ada"), actor=approved.user("Ada"), **self.WHO))
        go(approved, begun, send_request, "Ada")
        other = approved.write(name_mentor(mentee=approved.place("Ben"), actor=approved.user("Ben"), **self.WHO))
        go(approved, other, send_request, "Ben")
        assert Invitation.objects.count() == 1


class TestTheMachine:
    def test_every_step_keeps_to_its_table(self, london):
        asked = london.begin("Ada", "Marta")
        for step, rule in TABLE.items():
            for state in RequestState.values:
                for who in ("mentor", "mentee", "coordinator", "system"):
                    MentorRequest.objects.filter(pk=asked.pk).update(state=state)
                    row = london.fresh(asked)
                    if who in rule.who and state in rule.before:
                        transition(row, step, who=who)
                        assert london.fresh(asked).state == rule.after
                    else:
                        with pytest.raises(NotYours if who not in rule.who else WrongStep):
                            transition(row, step, who=who)

    def test_of_two_at_once_one_finds_that_the_other_was_faster(self, london):
        asked = london.ask("Ada", "Marta")
        one, other = london.fresh(asked), london.fresh(asked)
        transition(one, Step.ACCEPT, who="mentor")
        with pytest.raises(WrongStep):
            transition(other, Step.WITHDRAW, who="mentee")

    def test_days_end_on_the_mentor_s_own_calendar(self, london):
        asked = london.ask("Ada", "Marta")
        with clock.at(NOW):
            assert london.fresh(asked).answer_by == dt.datetime(2026, 11, 17, 0, 0, tzinfo=dt.UTC)
