"""A gentle reminder by a person: of one thing, at a good hour, and of the same thing at most once a day."""

import datetime as dt

import pytest

from evaluation.domain.nudging import NothingToRemind, RemindedAlready, last_nudges, nudge
from mentoring import clock
from mentoring.history.domain import sentence, timeline_of
from mentoring.notices.domain.rendering import render_message
from mentoring.notices.models import Message
from mentoring.tenancy.scope import no_scope
from mentoring.work.domain import do_due
from mentoring.work.models import State
from pairs.models import Output
from tests.evaluation.world import FIRST_CALL, sign_in

LATER = FIRST_CALL + dt.timedelta(days=30, hours=3)
"""Sunday 6 December, 12:00, in Apia: session 2 and its logs are two days past."""


@pytest.fixture
def late(world, pair):
    """Helen's log of session 2, which is late; ʻAna's is in."""
    pair.set_dates()
    pair.hold(1, 2)
    with clock.at(pair.session(2).starts_at + dt.timedelta(hours=3)):
        pair.log(2, "mentee")
    return pair.output(worksheet="learning-log", moment="session-2", side="mentor")


def reminders():
    return list(Message.objects.filter(kind="evaluation.reminder").order_by("created_at"))


def test_the_one_who_owes_it_gets_a_kind_letter_with_the_way_to_it(world, late):
    with clock.at(LATER):
        done = nudge(output=late, actor=world.coordinator)
    assert (done.told, done.inbox_only) == (["Helen"], [])
    (message,) = reminders()
    rendered = render_message(message)
    assert message.email == world.pairs[0].mentor.email
    assert rendered.subject == "A gentle reminder: Learning log · Session 2"
    assert "Sina Faleafa asked us to remind you of this" in rendered.text
    assert "It was due on Friday 4 December." in rendered.text
    assert f"/outputs/{late.pk}/" in rendered.text


def test_the_same_thing_is_reminded_of_at_most_once_a_day(world, late):
    with clock.at(LATER):
        nudge(output=late, actor=world.coordinator)
    for hours in (0, 1, 23):
        with clock.at(LATER + dt.timedelta(hours=hours)), pytest.raises(RemindedAlready):
            nudge(output=late, actor=world.coordinator)
    assert len(reminders()) == 1
    with clock.at(LATER + dt.timedelta(hours=25)):
        nudge(output=late, actor=world.coordinator)
    assert len(reminders()) == 2


def test_it_goes_out_at_a_good_hour_on_the_readers_own_clock(world, late):
    world.pairs[0].mentor.zone = "America/New_York"
    world.pairs[0].mentor.save(update_fields=["zone"])
    at_night = dt.datetime(2026, 12, 6, 7, 0, tzinfo=dt.UTC)
    with clock.at(at_night):
        nudge(output=late, actor=world.coordinator)
    assert reminders()[0].not_before == dt.datetime(2026, 12, 6, 14, 0, tzinfo=dt.UTC)


def test_both_are_reminded_where_both_are_late_with_the_same(world, pair):
    pair.set_dates()
    pair.hold(1, 2)
    output = pair.output(worksheet="learning-log", moment="session-2", side="mentor")
    with clock.at(LATER):
        done = nudge(output=output, actor=world.coordinator)
    assert sorted(done.told) == ["Helen", "ʻAna"]
    assert {message.email for message in reminders()} == {pair.mentor.email, pair.mentee.email}


def test_what_both_do_together_reminds_both(world, pair):
    pair.set_dates()
    pair.hold(1)
    with clock.at(LATER):
        done = nudge(output=pair.output(worksheet="first-meeting", moment="session-1"), actor=world.coordinator)
    assert sorted(done.told) == ["Helen", "ʻAna"]


def test_what_is_done_or_not_open_yet_is_not_reminded_of(world, pair, late):
    done = pair.output(worksheet="learning-log", moment="session-2", side="mentee")
    ahead = pair.output(worksheet="learning-log", moment="session-4", side="mentor")
    for output in (done, ahead):
        with clock.at(LATER), pytest.raises(NothingToRemind):
            nudge(output=output, actor=world.coordinator)
    assert reminders() == []


def test_nobody_reminds_themselves_and_nobody_without_an_account_is_told(world, pair, late):
    with clock.at(LATER), pytest.raises(NothingToRemind):
        nudge(output=late, actor=pair.mentor)
    place = pair.pairing.members.get(side="mentor").participant
    place.membership = None
    place.save(update_fields=["membership"])
    fresh = Output.objects.get(pk=late.pk)
    with clock.at(LATER), pytest.raises(NothingToRemind):
        nudge(output=fresh, actor=world.coordinator)


def test_a_reminder_stands_on_the_pairs_timeline_with_who_reminded_whom(world, pair, late):
    with clock.at(LATER):
        nudge(output=late, actor=world.coordinator)
    event = timeline_of(pair.pairing).get(action="output.nudged")
    assert sentence(event) == "Sina Faleafa reminded Helen: Learning log · Session 2"
    assert last_nudges([late.pk]) == {late.pk: LATER}


def test_who_has_switched_reminders_off_by_mail_is_named(world, pair, late):
    pair.mentor.muted = ["reminders"]
    pair.mentor.save(update_fields=["muted"])
    with clock.at(LATER):
        done = nudge(output=late, actor=world.coordinator)
    assert done.inbox_only == ["Helen"]
    assert not reminders()[0].by_mail


# --- The button ------------------------------------------------------------------------------------------------------


def test_the_button_reminds_and_then_gives_way_to_opening_the_pair(world, pair, late):
    client = sign_in(world.coordinator)
    with clock.at(LATER), no_scope():
        # The agreement is the weightier reason: its reminder is offered first.
        before = client.get(world.desk).content.decode()
        output = before.split("/desk/outputs/")[1].split("/remind/")[0]
        answer = client.post(world.url(f"desk/outputs/{output}/remind/"), follow=True).content.decode()
        again = client.post(world.url(f"desk/outputs/{output}/remind/"), follow=True).content.decode()
    assert "Remind both" in before
    assert "will be reminded at a good hour on their own clock" in answer
    assert "Reminded today." in answer
    assert f"/desk/outputs/{output}/remind/" not in answer
    assert "Once a day is enough" in again


@pytest.mark.parametrize(("who", "status"), [("admin", 403), ("lead", 403), ("steering", 404)])
def test_only_coordinators_remind(world, late, who, status):
    late_together = world.pairs[0].output(worksheet="first-meeting", moment="session-1")
    with clock.at(LATER), no_scope():
        answer = sign_in(getattr(world, who)).post(world.url(f"desk/outputs/{late_together.pk}/remind/"))
    assert answer.status_code == status
    assert reminders() == []


def test_participants_and_other_organisations_cannot_remind(world, pair, late, other_company):
    with clock.at(LATER), no_scope():
        assert sign_in(pair.mentee).post(world.url(f"desk/outputs/{late.pk}/remind/")).status_code == 403
        stranger = sign_in(other_company.coordinator)
        assert stranger.post(world.url(f"desk/outputs/{late.pk}/remind/")).status_code == 404
        assert stranger.post(other_company.url(f"desk/outputs/{late.pk}/remind/")).status_code == 404
        assert sign_in(world.coordinator).get(world.url(f"desk/outputs/{late.pk}/remind/")).status_code == 405
    assert reminders() == []


def test_a_reminder_that_waits_for_its_hour_does_not_go_out_once_the_log_is_in(world, late, mailoutbox):
    with clock.at(LATER):
        nudge(output=late, actor=world.coordinator)
    (message,) = reminders()
    Output.objects.filter(pk=late.pk).update(done_at=LATER)
    with clock.at(message.not_before), no_scope():
        do_due(message.not_before, kind="outbox")
    subject = render_message(message).subject
    message.refresh_from_db()
    assert message.state == State.CANCELLED
    assert subject not in [mail.subject for mail in mailoutbox]
