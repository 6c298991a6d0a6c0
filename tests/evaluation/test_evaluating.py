"""The evaluation: sent to one pair or all, filled in inside or elsewhere, chased until it is in."""

import datetime as dt

import pytest

from evaluation.domain.evaluating import (
    ASKED,
    ERRAND,
    NothingToSend,
    NotYours,
    confirm_filled,
    remind_mentee,
    send_evaluation,
)
from evaluation.domain.nudging import RemindedAlready, nudge
from evaluation.domain.sendings import sendings_of
from evaluation.models import EvaluationRound
from mentoring import clock
from mentoring.history.domain import timeline_of
from mentoring.notices.domain.rendering import render_message
from mentoring.notices.models import Message
from mentoring.tenancy.scope import no_scope
from pairs.domain.ending import complete_pairing, dissolve_pairing
from pairs.domain.reminders import remind_due
from pairs.models import Output
from templates_app.models import Handbook
from tests.evaluation.world import PAIRED, sign_in

SENT = PAIRED + dt.timedelta(days=160)
OUTSIDE = "https://forms.example/evaluation"


def send(world, *pairs):
    with clock.at(SENT):
        return send_evaluation(pairings=[one.pairing for one in pairs], actor=world.coordinator)


def asked(pair, side) -> Output:
    return pair.output(kind="evaluation", moment=ASKED, side=side)


def errand(pair) -> Output:
    return pair.output(kind="evaluation", moment=ERRAND)


@pytest.fixture
def outside(world):
    """The cohort's evaluation is a form elsewhere."""
    world.cohort.evaluation_url = OUTSIDE
    world.cohort.save(update_fields=["evaluation_url"])
    for one in world.pairs:
        one.pairing.cohort.evaluation_url = OUTSIDE


# --- Sending ---------------------------------------------------------------------------------------------------------


@pytest.mark.covers("plp.sys.83")
def test_both_get_a_letter_with_the_link_and_owe_it_from_then_on(world, pair):
    (sending,) = send(world, pair)
    assert (sending.sent_by, sending.sent_at, sending.url) == (world.coordinator, SENT, "")
    letters = {
        message.email: render_message(message) for message in Message.objects.filter(kind="evaluation.invitation")
    }
    assert letters.keys() == {pair.mentor.email, pair.mentee.email}
    for side in ("mentor", "mentee"):
        output = asked(pair, side)
        assert (output.opens_at, output.required, output.worksheet) == (SENT, True, "evaluation")
        letter = letters[pair.user(side).email]
        assert letter.subject == "How was E-Mentoring for you?"
        assert f"/o/reef/outputs/{output.pk}/" in letter.text
        assert "Your mentoring partner does not see what you write" in letter.html
    assert timeline_of(pair.pairing).filter(action="evaluation.sent").exists()


def test_it_is_due_two_weeks_later_as_the_day_ends_by_each_ones_own_clock(world, pair):
    pair.mentor.zone = "Europe/London"
    pair.mentor.save(update_fields=["zone"])
    send(world, pair)
    in_apia, in_london = asked(pair, "mentee").due_at, asked(pair, "mentor").due_at
    assert in_apia == dt.datetime(2027, 4, 26, 10, 59, 59, tzinfo=dt.UTC)
    assert in_london == dt.datetime(2027, 4, 25, 22, 59, 59, tzinfo=dt.UTC)


def test_sending_twice_sends_once(world, pair):
    assert len(send(world, pair)) == 1
    assert send(world, pair) == []
    assert Message.objects.filter(kind="evaluation.invitation").count() == 2
    assert EvaluationRound.objects.count() == 1


def test_only_the_programmes_coordinator_sends(world, pair):
    for person in (world.admin, world.lead, world.steering, pair.mentor):
        with pytest.raises(NotYours):
            send_evaluation(pairings=[pair.pairing], actor=person)
    assert not EvaluationRound.objects.exists()


def test_a_handbook_without_an_evaluation_needs_an_address(world, pair):
    handbook = Handbook.objects.get()
    handbook.content["surveys"] = []
    handbook.revision += 1
    handbook.save(update_fields=["content", "revision"])
    pair.pairing.cohort.programme.handbook = handbook
    with pytest.raises(NothingToSend):
        send_evaluation(pairings=[pair.pairing], actor=world.coordinator)
    pair.pairing.cohort.evaluation_url = OUTSIDE
    assert send(world, pair)
    assert asked(pair, "mentee").worksheet == ""


# --- Filling in ------------------------------------------------------------------------------------------------------


@pytest.mark.covers("plp.sys.86")
def test_the_form_inside_is_the_worksheet_and_closes_what_is_owed(world, pair):
    send(world, pair)
    output = asked(pair, "mentee")
    with clock.at(SENT + dt.timedelta(days=1)):
        with no_scope():
            client = sign_in(pair.mentee)
            assert client.get(world.url(f"evaluation/answers/{output.pk}/")).url == world.url(f"outputs/{output.pk}/")
            assert "The mentoring was useful to me" in client.get(world.url(f"outputs/{output.pk}/")).content.decode()
        pair.write(output, pair.mentee)
    assert asked(pair, "mentee").done_at == SENT + dt.timedelta(days=1)
    assert asked(pair, "mentor").done_at is None


@pytest.mark.covers("plp.sys.86")
def test_a_form_elsewhere_is_opened_from_a_page_and_confirmed_by_the_person(world, pair, outside):
    send(world, pair)
    output = asked(pair, "mentee")
    letter = render_message(Message.objects.get(kind="evaluation.invitation", email=pair.mentee.email))
    assert world.url(f"evaluation/answers/{output.pk}/") in letter.text
    with clock.at(SENT + dt.timedelta(days=2)), no_scope():
        client = sign_in(pair.mentee)
        page = client.get(world.url(f"evaluation/answers/{output.pk}/")).content.decode()
        assert f'href="{OUTSIDE}"' in page
        assert "I have filled it in" in page
        client.post(world.url(f"evaluation/answers/{output.pk}/filled/"))
        assert "You have filled it in" in client.get(world.url(f"evaluation/answers/{output.pk}/")).content.decode()
    assert asked(pair, "mentee").done_at == SENT + dt.timedelta(days=2)
    assert asked(pair, "mentor").done_at is None


def test_the_address_stays_the_one_that_was_sent(world, pair, outside):
    (sending,) = send(world, pair)
    world.cohort.evaluation_url = "https://other.example/"
    world.cohort.save(update_fields=["evaluation_url"])
    assert EvaluationRound.objects.get(pk=sending.pk).url == OUTSIDE


def test_nobody_confirms_for_another(world, pair, outside):
    send(world, pair)
    output = asked(pair, "mentee")
    with pytest.raises(NotYours):
        confirm_filled(output=output, actor=pair.mentor)
    with clock.at(SENT), no_scope():
        for person in (pair.mentor, world.coordinator, world.admin):
            client = sign_in(person)
            assert client.get(world.url(f"evaluation/answers/{output.pk}/")).status_code == 404
            assert client.post(world.url(f"evaluation/answers/{output.pk}/filled/")).status_code == 404
    assert asked(pair, "mentee").done_at is None


def test_a_form_inside_cannot_be_waved_through(world, pair):
    send(world, pair)
    output = asked(pair, "mentee")
    with pytest.raises(NotYours):
        confirm_filled(output=output, actor=pair.mentee)
    with clock.at(SENT), no_scope():
        assert sign_in(pair.mentee).post(world.url(f"evaluation/answers/{output.pk}/filled/")).status_code == 404


# --- The mentor's errand ---------------------------------------------------------------------------------------------


@pytest.mark.covers("plp.sys.84")
def test_the_mentor_is_asked_to_remind_the_mentee_and_can(world, pair):
    send(world, pair)
    output = errand(pair)
    assert (output.member.side, output.required, output.done_at) == ("mentor", False, None)
    with clock.at(SENT + dt.timedelta(days=3)), no_scope():
        client = sign_in(pair.mentor)
        page = client.get(world.url(f"evaluation/errands/{output.pk}/")).content.decode()
        assert "has not answered yet" in page
        answer = client.post(world.url(f"evaluation/errands/{output.pk}/remind/"), follow=True)
        assert answer.status_code == 200
    (message,) = Message.objects.filter(kind="evaluation.reminder")
    letter = render_message(message)
    assert message.email == pair.mentee.email
    assert "Helen Whitcombe asked us to remind you" in letter.text
    assert f"/outputs/{asked(pair, 'mentee').pk}/" in letter.text
    assert errand(pair).done_at is not None


@pytest.mark.covers("plp.sys.84")
def test_the_errand_stands_on_the_mentors_home(world, pair):
    send(world, pair)
    with clock.at(SENT + dt.timedelta(days=1)), no_scope():
        home = sign_in(pair.mentor).get(world.url("mentoring/")).content.decode()
    assert world.url(f"evaluation/errands/{errand(pair).pk}/") in home
    assert "Remind your mentee of the evaluation" in home


def test_the_mentor_reminds_at_most_once_a_day(world, pair):
    send(world, pair)
    with clock.at(SENT + dt.timedelta(hours=2)):
        remind_mentee(errand=errand(pair), actor=pair.mentor)
        with pytest.raises(RemindedAlready):
            remind_mentee(errand=errand(pair), actor=pair.mentor)
    assert Message.objects.filter(kind="evaluation.reminder").count() == 1


def test_the_errand_goes_when_the_mentee_is_done(world, pair):
    send(world, pair)
    with clock.at(SENT + dt.timedelta(days=1)):
        pair.write(asked(pair, "mentor"), pair.mentor)
        assert errand(pair).is_open
        pair.write(asked(pair, "mentee"), pair.mentee)
    assert errand(pair).cancelled_at is not None


def test_only_the_mentor_runs_the_errand(world, pair):
    send(world, pair)
    output = errand(pair)
    for person in (pair.mentee, world.coordinator):
        with pytest.raises(NotYours):
            remind_mentee(errand=output, actor=person)
        with clock.at(SENT), no_scope():
            client = sign_in(person)
            assert client.get(world.url(f"evaluation/errands/{output.pk}/")).status_code == 404
            assert client.post(world.url(f"evaluation/errands/{output.pk}/remind/")).status_code == 404
    own = asked(pair, "mentor")
    with clock.at(SENT), no_scope():
        assert sign_in(pair.mentor).get(world.url(f"evaluation/errands/{own.pk}/")).status_code == 404
    assert not Message.objects.filter(kind="evaluation.reminder").exists()


# --- Chasing ---------------------------------------------------------------------------------------------------------


def chase(days: int) -> None:
    """The reminder tick, twice a day for so many days from the sending on."""
    for half in range(days * 2):
        now = SENT + dt.timedelta(hours=12 * half)
        with clock.at(now):
            remind_due(now)


@pytest.mark.covers("plp.sys.85")
def test_who_has_not_answered_is_reminded_and_who_has_is_left_alone(world, pair):
    send(world, pair)
    with clock.at(SENT + dt.timedelta(days=1)):
        pair.write(asked(pair, "mentor"), pair.mentor)
    chase(24)
    reminded = Message.objects.filter(kind="pairs.reminder", subject_id=asked(pair, "mentee").pk)
    assert {message.email for message in reminded} == {pair.mentee.email}
    assert reminded.count() >= 1
    assert not Message.objects.filter(kind="pairs.reminder", subject_id=asked(pair, "mentor").pk).exists()


@pytest.mark.covers("plp.sys.85")
def test_a_completed_pair_is_still_asked_and_chased(world, pair):
    with clock.at(SENT - dt.timedelta(days=1)):
        complete_pairing(pairing=pair.pairing, actor=pair.mentor)
    send(world, pair)
    chase(24)
    assert Message.objects.filter(kind="pairs.reminder", subject_id=asked(pair, "mentee").pk).exists()
    with clock.at(SENT + dt.timedelta(days=30)):
        pair.write(asked(pair, "mentee"), pair.mentee)
    assert asked(pair, "mentee").done_at is not None


def test_ending_a_pair_leaves_its_evaluation_open(world, pair):
    send(world, pair)
    with clock.at(SENT + dt.timedelta(days=1)):
        complete_pairing(pairing=pair.pairing, actor=pair.mentor)
    assert asked(pair, "mentee").is_open
    assert asked(pair, "mentee").next_reminder_at is not None


def test_nobody_is_chased_after_an_early_end(world, pair):
    with clock.at(SENT - dt.timedelta(days=1)):
        dissolve_pairing(pairing=pair.pairing, actor=pair.mentee)
    send(world, pair)
    chase(24)
    assert asked(pair, "mentee").is_open
    assert not Message.objects.filter(kind="pairs.reminder", subject_id=asked(pair, "mentee").pk).exists()


# --- Who has what ----------------------------------------------------------------------------------------------------


@pytest.mark.covers("plp.sys.85")
def test_sent_reminded_and_done_are_kept_for_each_person(world, pair):
    other = world.add_pair("Willie Malas", "Aroha Parata")

    def states():
        return {
            sending.label: {one.person.side.value: (one.state, one.reminders) for one in sending.people}
            for sending in sendings_of(world.cohort)
        }

    ana, willie = "ʻAna Moala · Helen Whitcombe", "Willie Malas · Aroha Parata"
    assert states() == {name: {"mentee": ("not-sent", 0), "mentor": ("not-sent", 0)} for name in (ana, willie)}
    send(world, pair)
    assert states()[ana] == {"mentee": ("sent", 0), "mentor": ("sent", 0)}
    assert states()[willie]["mentee"] == ("not-sent", 0)
    with clock.at(SENT + dt.timedelta(days=1)):
        pair.write(asked(pair, "mentor"), pair.mentor)
        nudge(output=asked(pair, "mentee"), actor=world.coordinator)
    assert states()[ana] == {"mentee": ("reminded", 1), "mentor": ("done", 0)}
    send(world, other)
    assert states()[willie]["mentor"] == ("sent", 0)


@pytest.mark.covers("plp.sys.83")
def test_the_page_sends_to_one_pair_or_to_all_that_have_not_had_it(world, pair):
    other = world.add_pair("Willie Malas", "Aroha Parata")
    gone = world.add_pair("Sulata Lauti", "Ravin Singh")
    with clock.at(PAIRED + dt.timedelta(days=9)):
        dissolve_pairing(pairing=gone.pairing, actor=gone.mentee)
    with clock.at(SENT), no_scope():
        client = sign_in(world.coordinator)
        page = client.get(world.evaluation).content.decode()
        assert page.count('name="pairs"') == 3
        assert page.count('name="pairs" value') == 3
        assert page.count(" checked>") == 2
        client.post(world.evaluation + "send/", {"pairs": [str(pair.pairing.pk)]})
    assert set(EvaluationRound.objects.values_list("pairing", flat=True)) == {pair.pairing.pk}
    with clock.at(SENT), no_scope():
        answer = client.post(
            world.evaluation + "send/", {"pairs": [str(other.pairing.pk), str(gone.pairing.pk)]}, follow=True
        )
        assert "The evaluation went to 2 pairs." in answer.content.decode()
    assert EvaluationRound.objects.count() == 3


def test_a_pair_of_elsewhere_or_one_that_had_it_is_refused(world, pair, other_company):
    send(world, pair)
    for chosen in ([str(pair.pairing.pk)], [str(other_company.pairing.pk)], ["nonsense"], []):
        with clock.at(SENT), no_scope():
            answer = sign_in(world.coordinator).post(world.evaluation + "send/", {"pairs": chosen}, follow=True)
        assert answer.status_code == 200
        assert "Choose" in answer.content.decode()
    assert EvaluationRound.objects.count() == 1


@pytest.mark.parametrize(("who", "page", "sending"), [("admin", 200, 403), ("steering", 302, 403), ("lead", 403, 403)])
def test_others_look_but_do_not_send(world, pair, who, page, sending):
    with clock.at(SENT), no_scope():
        client = sign_in(getattr(world, who))
        assert client.get(world.evaluation).status_code == page
        answer = client.post(world.evaluation + "send/", {"pairs": [str(pair.pairing.pk)]})
    assert answer.status_code == sending
    assert not EvaluationRound.objects.exists()


def test_participants_see_nothing_of_it(world, pair, other_company):
    with no_scope():
        for person in (pair.mentor, pair.mentee, other_company.coordinator):
            assert sign_in(person).get(world.evaluation).status_code == 404
            assert sign_in(person).get(world.evaluation + "results/").status_code == 404


def test_an_evaluation_that_is_elsewhere_says_so_on_the_page(world, pair, outside):
    send(world, pair)
    with clock.at(SENT), no_scope():
        page = sign_in(world.coordinator).get(world.evaluation).content.decode()
    assert "people say here themselves that they have filled it in" in page
