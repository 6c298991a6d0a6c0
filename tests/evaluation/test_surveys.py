"""Surveys that go out by themselves: who is asked when, once, and what becomes of it when a pair is over."""

import datetime as dt

import pytest

from evaluation.domain.evaluating import ASKED, send_evaluation
from mentoring import clock
from mentoring.notices.domain.holding import still_holds
from mentoring.notices.domain.rendering import render_message
from mentoring.notices.models import Message
from mentoring.tenancy.scope import no_scope
from pairs.domain.anchors import anchors_of
from pairs.domain.ending import complete_pairing, dissolve_pairing
from pairs.domain.handbook_effects import tell_of_handbook
from pairs.domain.planning import plan_outputs, replan
from pairs.domain.reminders import remind_due
from pairs.domain.replanning import replan_due
from pairs.models import Output
from programmes.enums import CohortState
from templates_app.domain.kit_files import shipped_kit
from templates_app.domain.kit_files.checking import check_kit
from templates_app.shapes import Every, Filler, Kit, Preset, Survey
from tests.evaluation.surveying import BY_HAND, LATER, PULSE, ask_by, asked, make_anonymous, tick
from tests.evaluation.world import sign_in

FIRST = dt.datetime(2027, 1, 2, 20, 0, tzinfo=dt.UTC)
"""Sunday 3 January, 9:00, in Apia: the first round opened as that day began."""
SECOND = dt.datetime(2027, 3, 2, 20, 0, tzinfo=dt.UTC)
END = dt.datetime(2027, 4, 20, 20, 0, tzinfo=dt.UTC)
AFTER = dt.datetime(2027, 7, 20, 20, 0, tzinfo=dt.UTC)
"""Three months after 21 April in Apia, at nine in the morning there."""


def invitations(user=None):
    rows = Message.objects.filter(kind="pairs.survey")
    return list(rows.filter(recipient=user) if user else rows)


def reminders(title="How is it going? · 1"):
    rows = Message.objects.filter(kind="pairs.reminder").select_related("recipient")
    return [message for message in rows if message.context["title"] == title]


def moments(pair, **which):
    rows = Output.objects.filter(pairing=pair.pairing, kind="evaluation", member__side="mentee", **which)
    return sorted(rows.values_list("moment", flat=True))


# --- Asking ----------------------------------------------------------------------------------------------------------


@pytest.mark.covers("phase1.must.13", "phase1.arch.4.a", "phase1.tool.survey")
def test_a_survey_goes_to_both_sides_by_itself_round_after_round(world, pair):
    ask_by(world, BY_HAND, PULSE)
    assert moments(pair) == ["pulse.1", "pulse.2"]
    tick(FIRST - dt.timedelta(hours=12))
    assert invitations() == []
    tick(FIRST)
    told = invitations()
    assert {message.email for message in told} == {pair.mentor.email, pair.mentee.email}
    output = asked(pair, "pulse.1", "mentee")
    letter = render_message(next(message for message in told if message.email == pair.mentee.email))
    assert letter.subject == "E-Mentoring: How is it going? · 1"
    assert f"/o/reef/outputs/{output.pk}/" in letter.text
    assert (output.asked_at, output.worksheet, output.required) == (FIRST, "evaluation", True)
    tick(SECOND)
    assert len(invitations(pair.mentee)) == 2


def test_nobody_is_asked_twice_however_often_the_clock_ticks_and_plans_are_made(world, pair):
    ask_by(world, BY_HAND, PULSE)
    tick(FIRST)
    Message.objects.filter(kind="pairs.survey").delete()
    for hours in (0, 1, 30):
        tick(FIRST + dt.timedelta(hours=hours))
        with clock.at(FIRST + dt.timedelta(hours=hours)):
            replan(pair.pairing, afresh=True)
            remind_due(FIRST + dt.timedelta(hours=hours))
    assert invitations() == []


def test_it_comes_at_nine_by_each_ones_own_clock(world, pair):
    pair.mentor.zone = "Europe/London"
    pair.mentor.save(update_fields=["zone"])
    ask_by(world, BY_HAND, PULSE)
    for hour in (0, 11):  # a new day in London, and in Apia
        tick(dt.datetime(2027, 1, 2, hour, 0, tzinfo=dt.UTC))
    hours = {message.email: message.not_before for message in invitations()}
    assert hours[pair.mentee.email] == dt.datetime(2027, 1, 2, 20, 0, tzinfo=dt.UTC)
    assert hours[pair.mentor.email] == dt.datetime(2027, 1, 2, 9, 0, tzinfo=dt.UTC)


def test_the_audience_alone_is_asked(world, pair):
    ask_by(world, BY_HAND, PULSE | {"audience": ["mentee"]})
    tick(FIRST)
    assert [message.email for message in invitations()] == [pair.mentee.email]


@pytest.mark.covers("phase1.must.62")
def test_what_was_asked_is_filled_in_on_its_own_page_and_stands_at_home_by_its_name(world, pair):
    ask_by(world, BY_HAND, PULSE)
    tick(FIRST)
    with clock.at(FIRST):
        with no_scope():
            home = sign_in(pair.mentee).get(world.url(), follow=True).content.decode()
        assert "How is it going? · 1" in home
        done = pair.write(asked(pair, "pulse.1", "mentee"), pair.mentee)
    assert done.done_at == FIRST
    assert asked(pair, "pulse.2", "mentee").done_at is None


def test_who_has_answered_gets_no_mail_that_was_waiting(world, pair):
    ask_by(world, BY_HAND, PULSE)
    tick(dt.datetime(2027, 1, 2, 11, 0, tzinfo=dt.UTC))
    (message,) = invitations(pair.mentee)
    with clock.at(FIRST - dt.timedelta(hours=1)):
        assert still_holds(message)
        pair.write(asked(pair, "pulse.1", "mentee"), pair.mentee)
    assert not still_holds(message)


def test_a_time_that_was_over_before_anybody_could_be_asked_is_let_go(world, pair):
    with clock.at(FIRST + dt.timedelta(days=20)):
        ask_by(world, BY_HAND, PULSE)
        tick(FIRST + dt.timedelta(days=20))
        tick(FIRST + dt.timedelta(days=40))
    assert invitations() == []
    assert reminders() == []
    tick(SECOND)
    assert len(invitations()) == 2


# --- Reminding -------------------------------------------------------------------------------------------------------


@pytest.mark.covers("phase1.tool.survey")
def test_who_does_not_answer_is_reminded_as_of_the_evaluation(world, pair):
    ask_by(world, BY_HAND, PULSE)
    tick(FIRST)
    tick(FIRST + dt.timedelta(days=19))
    assert {message.recipient for message in reminders()} == {pair.mentor, pair.mentee}
    for days in range(20, 50):
        tick(FIRST + dt.timedelta(days=days))
    told = Message.objects.filter(kind="pairs.escalation", recipient=world.coordinator)
    assert any("How is it going? · 1" in str(message.context["lines"]) for message in told)


@pytest.mark.parametrize("how", [{"required": False}, {"anonymous": True}])
def test_the_coordinator_never_hears_who_has_not_answered_what_is_optional_or_anonymous(world, pair, how):
    if how.get("anonymous"):
        make_anonymous(world)
    ask_by(world, BY_HAND, PULSE | how)
    for days in range(50):
        tick(FIRST + dt.timedelta(days=days))
    assert bool(reminders()) is bool(how.get("anonymous"))
    told = Message.objects.filter(kind="pairs.escalation", recipient=world.coordinator)
    assert not any("How is it going?" in str(message.context["lines"]) for message in told)


# --- The end ---------------------------------------------------------------------------------------------------------


def end(world, pair, how, at=END):
    with clock.at(at):
        how(pairing=pair.pairing, actor=world.coordinator)


@pytest.mark.covers("phase1.must.38")
@pytest.mark.parametrize("how", [complete_pairing, dissolve_pairing])
def test_months_after_the_end_both_are_asked_in_a_cohort_that_is_closed(world, pair, how):
    ask_by(world, BY_HAND, LATER)
    end(world, pair, how)
    world.cohort.state = CohortState.CLOSED
    world.cohort.save(update_fields=["state"])
    tick(AFTER - dt.timedelta(days=2))
    assert invitations() == []
    tick(AFTER)
    assert {message.email for message in invitations()} == {pair.mentor.email, pair.mentee.email}
    sheet = world.url(f"outputs/{asked(pair, 'later', 'mentee').pk}/")
    with clock.at(AFTER), no_scope():
        page = sign_in(pair.mentee).get(sheet)
    assert page.status_code == 200
    with clock.at(AFTER):
        assert pair.write(asked(pair, "later", "mentee"), pair.mentee).done_at == AFTER


def test_after_an_early_end_one_is_asked_and_not_chased(world, pair):
    ask_by(world, BY_HAND, LATER)
    end(world, pair, dissolve_pairing)
    for days in range(60):
        tick(AFTER + dt.timedelta(days=days))
    assert len(invitations()) == 2
    assert reminders("Three months later") == []


def test_who_has_left_the_organisation_is_asked_nothing(world, pair):
    ask_by(world, BY_HAND, LATER)
    end(world, pair, complete_pairing)
    membership = pair.pairing.members.get(side="mentee").participant.membership
    membership.is_active = False
    membership.save(update_fields=["is_active"])
    for days in range(60):
        tick(AFTER + dt.timedelta(days=days))
    assert [message.email for message in invitations()] == [pair.mentor.email]
    assert {message.recipient for message in reminders("Three months later")} == {pair.mentor}


def test_rounds_that_had_not_begun_end_with_the_pair_and_what_was_asked_may_be_answered(world, pair):
    ask_by(world, BY_HAND, PULSE, LATER)
    tick(FIRST)
    end(world, pair, complete_pairing, at=FIRST + dt.timedelta(days=1))
    assert moments(pair, cancelled_at=None) == ["later", "pulse.1"]
    tick(SECOND)
    assert len(invitations()) == 2


def test_a_survey_by_itself_is_no_sending_of_the_evaluation(world, pair):
    ask_by(world, BY_HAND, PULSE | {"key": "evaluation", "every": None})
    outputs = list(Output.objects.filter(pairing=pair.pairing))
    assert anchors_of(pair.pairing, pair.pairing.sessions.all(), outputs).evaluation_sent is None
    assert not any(row.moment == ASKED for row in outputs)


@pytest.mark.covers("sssc.must.49", "sssc.must.52")
def test_mentors_and_mentees_may_have_an_evaluation_each_and_get_it_in_one_sending(world, pair):
    other = BY_HAND | {"key": "mentees", "worksheet": "closure", "audience": ["mentee"]}
    ask_by(world, BY_HAND | {"audience": ["mentor"]}, other)
    with clock.at(END):
        send_evaluation(pairings=[pair.pairing], actor=world.coordinator)
    sheets = {
        row.member.side: row.worksheet
        for row in Output.objects.filter(pairing=pair.pairing, moment=ASKED).select_related("member")
    }
    assert sheets == {"mentor": "evaluation", "mentee": "closure"}


def test_doing_it_twice_changes_nothing(world, pair):
    ask_by(world, BY_HAND, PULSE, LATER)
    assert plan_outputs(pair.pairing) == []
    assert replan(pair.pairing) == 0


# --- The handbook ----------------------------------------------------------------------------------------------------


def test_who_sends_a_survey_and_what_it_is_called_need_not_be_said():
    surveys = [Survey(worksheet="evaluation", audience=["mentor"], moment={"anchor": "ended"}) for _ in range(3)]
    content = shipped_kit("plp-ess").model_dump(mode="json") | {
        "surveys": [one.model_dump(mode="json", exclude_defaults=True) for one in surveys]
    }
    made = Kit.model_validate(content).surveys
    assert [(one.key, one.by) for one in made] == [
        ("evaluation", "coordinator"),
        ("evaluation-2", "itself"),
        ("evaluation-3", "itself"),
    ]


@pytest.mark.parametrize(
    ("survey", "sheet", "told"),
    [
        ({"anonymous": True}, {}, "Say 'preset: anonymous'"),
        ({}, {"preset": Preset.ANONYMOUS}, "say 'anonymous: true'"),
        ({"worksheet": "closure"}, {"preset": Preset.ANONYMOUS}, "Nothing counts what is written here"),
        ({}, {"filled_by": Filler.MENTOR}, "cannot be asked of the mentee"),
        ({"every": Every(months=2)}, {}, "Nothing comes round again"),
    ],
)
def test_surveys_that_would_break_their_word_are_refused(survey, sheet, told):
    kit = shipped_kit("plp-ess").model_copy(deep=True)
    kit.surveys = [Survey.model_validate(BY_HAND).model_copy(update=survey)]
    evaluation = kit.worksheet("evaluation")
    evaluation.filled_by = sheet.get("filled_by", evaluation.filled_by)
    evaluation.readers.preset = sheet.get("preset", evaluation.readers.preset)
    assert any(told in problem.message for problem in check_kit(kit))


# --- When the handbook changes ---------------------------------------------------------------------------------------


def change(world, pair, *surveys, at=None):
    """Other surveys in the handbook, and the pairs planned anew as the background does."""
    handbook = world.cohort.programme.handbook
    handbook.content["surveys"] = list(surveys)
    handbook.revision += 1
    handbook.save(update_fields=["content", "revision"])
    with clock.at(at or FIRST - dt.timedelta(days=20)):
        replan_due(clock.now(), world.organisation)


def test_a_survey_that_is_new_is_asked_of_running_pairs_and_one_that_is_gone_of_nobody(world, pair):
    change(world, pair, BY_HAND, PULSE, PULSE | {"key": "once", "every": None})
    assert moments(pair, cancelled_at=None) == ["once", "pulse.1", "pulse.2"]
    change(world, pair, BY_HAND)
    assert moments(pair, cancelled_at=None) == []
    tick(FIRST)
    assert invitations() == []
    change(world, pair, BY_HAND, PULSE | {"key": "once", "every": None}, at=FIRST - dt.timedelta(days=10))
    tick(FIRST)
    assert len(invitations()) == 2
    change(world, pair, BY_HAND, at=FIRST + dt.timedelta(days=1))
    assert moments(pair, cancelled_at=None) == ["once"], "who was asked may still answer"


def test_a_coordinator_is_told_whom_a_new_survey_reaches(world, pair):
    kit = shipped_kit("plp-ess")
    after = kit.model_copy(update={"surveys": [*kit.surveys, Survey.model_validate(PULSE)]})
    assert tell_of_handbook(world.programme, kit, after) == [
        "1 running pair: asked by “How is it going?” when its moment comes; where that is past, nobody is."
    ]
    assert "no longer asked" in tell_of_handbook(world.programme, after, kit)[0]
