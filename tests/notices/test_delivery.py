"""Delivery with a mail server that answers, refuses, is down, or comes back."""

import datetime as dt

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.core.mail.backends.smtp import EmailBackend

from mentoring import clock
from mentoring.notices.domain import delivery
from mentoring.notices.domain.outbox import notify
from mentoring.notices.domain.queries import inbox_of
from mentoring.notices.domain.upkeep import retry_message
from mentoring.notices.models import Message
from mentoring.tenancy.scope import tenant_scope
from mentoring.work.domain import do_due
from mentoring.work.models import DueWork, State
from tests.factories import UserFactory
from tests.notices.kinds import ESSENTIAL, REMINDER

pytestmark = pytest.mark.django_db

MINUTE = dt.timedelta(minutes=1)


def queue(organisation, recipient, occasion="x", kind=ESSENTIAL, **more):
    with tenant_scope(organisation):
        return notify(kind, recipient, about=None, occasion=occasion, context={"actor_name": "Tomasi"}, **more)


def deliver_at(instant):
    with clock.at(instant):
        do_due(instant)


def deliver(later=dt.timedelta(0)):
    deliver_at(clock.now() + later)


def message(organisation, **found):
    with tenant_scope(organisation):
        return Message.objects.get(**found)


def test_a_message_goes_out_as_text_and_html(here, ana, sink):
    queue(here, ana, attachments=[{"name": "meeting.ics", "type": "text/calendar", "body": "BEGIN:VCALENDAR"}])
    deliver()
    [mail] = sink.received
    assert mail["To"] == "ana@people.example"
    assert mail["Subject"] == "You are now an admin of Pacific Learning"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "Dear ʻAna," in mail.get_body(("plain",)).get_content()
    assert "<html" in mail.get_body(("html",)).get_content()
    [part] = mail.iter_attachments()
    assert (part.get_filename(), part.get_content_type()) == ("meeting.ics", "text/calendar")
    sent = message(here)
    assert (sent.state, sent.error, sent.attempts) == (State.DONE, "", 1)
    assert sent.sent_at is not None
    assert not DueWork.objects.exists()


def test_a_second_run_sends_nothing_again(here, ana, sink):
    queue(here, ana)
    for _ in range(3):
        deliver(dt.timedelta(hours=1))
    assert len(sink.received) == 1


def test_a_batch_goes_over_one_connection(here, sink):
    for number in range(5):
        queue(here, f"p{number}@people.example")
    deliver()
    assert (len(sink.received), sink.connections) == (5, 1)


def test_a_message_waits_for_its_time(here, ana, sink):
    later = clock.now() + dt.timedelta(hours=2)
    queue(here, ana, not_before=later)
    deliver(dt.timedelta(hours=1))
    assert sink.received == []
    deliver_at(later)
    assert len(sink.received) == 1


def test_a_mail_server_that_is_down_delays_and_loses_none(here, sink, settings):
    """For a week, and none is given up; back again, all of them go, once each."""
    start = clock.now()
    for number in range(3):
        queue(here, f"p{number}@people.example")
    port = sink.port
    settings.EMAIL_PORT = 1
    for minutes in range(0, 7 * 24 * 60, 4 * 60):
        deliver_at(start + minutes * MINUTE)
    with tenant_scope(here):
        waiting = list(Message.objects.all())
    assert {row.state for row in waiting} == {State.QUEUED}
    assert {row.error for row in waiting} == {"mail server: ConnectionRefusedError"}
    settings.EMAIL_PORT = port
    deliver_at(start + dt.timedelta(days=7, hours=1))
    assert sorted(mail["To"] for mail in sink.received) == [f"p{number}@people.example" for number in range(3)]
    assert set(sink.ids.values()) == {1}


def test_while_the_server_is_down_a_run_tries_one_message_only(here, settings, sink):
    settings.EMAIL_PORT = 1
    for number in range(4):
        queue(here, f"p{number}@people.example")
    deliver()
    with tenant_scope(here):
        assert Message.objects.filter(error__gt="").count() == 1
    assert clock.now() < DueWork.objects.get().due_at <= clock.now() + delivery.SERVER_WAIT


def test_an_outage_does_not_use_up_a_messages_attempts(here, ana, settings, sink):
    port, start = sink.port, clock.now()
    queue(here, ana)
    settings.EMAIL_PORT = 1
    for number in range(2 * delivery.MAX_ATTEMPTS):
        deliver_at(start + number * dt.timedelta(hours=1))
    settings.EMAIL_PORT = port
    sink.data_reply = "451 not now"
    deliver_at(start + dt.timedelta(days=10))
    assert message(here).state == State.QUEUED
    sink.data_reply = ""
    deliver_at(start + dt.timedelta(days=11))
    assert message(here).state == State.DONE


def test_a_refused_address_fails_where_it_can_be_seen_and_tried_again(here, ana, sink):
    queue(here, ana)
    queue(here, "other@people.example")
    sink.refuse["ana@people.example"] = "550 no such person"
    deliver()
    failed = message(here, email="ana@people.example")
    assert (failed.state, failed.error) == (State.FAILED, "address refused")
    assert [mail["To"] for mail in sink.received] == ["other@people.example"]
    deliver(dt.timedelta(days=1))
    assert len(sink.received) == 1

    sink.refuse.clear()
    with tenant_scope(here):
        assert retry_message(message=failed, actor=UserFactory())
    deliver()
    assert message(here, email="ana@people.example").state == State.DONE
    assert [mail["To"] for mail in sink.received] == ["other@people.example", "ana@people.example"]


@pytest.mark.parametrize(
    ("address_reply", "data_reply", "error"),
    [("450 greylisted", "", "address refused for now"), ("250 OK", "451 try later", "message refused for now")],
)
def test_a_refusal_for_now_is_tried_again_with_growing_waits(here, ana, sink, address_reply, data_reply, error):
    at = queue(here, ana).not_before
    sink.refuse["ana@people.example"], sink.data_reply = address_reply, data_reply
    waits = []
    for _ in range(4):
        deliver_at(at)
        row = message(here)
        assert (row.state, row.error) == (State.QUEUED, error)
        waits.append(row.not_before - at)
        at = row.not_before
    assert waits == sorted(waits)
    assert waits[0] == delivery.FIRST_WAIT
    assert waits[-1] > waits[0]
    sink.refuse.clear()
    sink.data_reply = ""
    deliver_at(at)
    assert len(sink.received) == 1


def test_a_notice_stays_in_the_inbox_while_its_mail_is_tried_again(here, ana, sink):
    start = queue(here, ana).not_before
    sink.refuse["ana@people.example"] = "450 greylisted"
    with clock.at(start):
        do_due(start)
        assert message(here).not_before > start
        with tenant_scope(here):
            assert inbox_of(ana).count() == 1


def test_a_refusal_for_now_lasts_more_than_three_days_before_a_person_must_look(here, ana, sink):
    start = at = clock.now()
    queue(here, ana)
    sink.refuse["ana@people.example"] = "450 greylisted"
    while (row := message(here)).state == State.QUEUED:
        at = max(at, row.not_before)
        deliver_at(at)
    assert row.state == State.FAILED
    assert at - start > dt.timedelta(days=3)


def test_a_message_refused_for_good_fails(here, ana, sink):
    queue(here, ana)
    sink.data_reply = "552 too big"
    deliver()
    assert (message(here).state, message(here).error) == (State.FAILED, "message refused")


def test_a_message_that_cannot_be_made_holds_up_no_other(here, ana, sink, monkeypatch):
    broken = queue(here, ana)
    queue(here, "other@people.example")
    real = delivery.Mailer.send.__globals__["render_message"]

    def render(row):
        if row.pk == broken.pk:
            raise ValueError("a fault in the template")
        return real(row)

    monkeypatch.setattr("mentoring.notices.domain.mailing.render_message", render)
    deliver()
    assert [mail["To"] for mail in sink.received] == ["other@people.example"]
    assert message(here, pk=broken.pk).error == "could not be made: ValueError"


def test_a_message_that_cannot_be_put_together_holds_up_no_other(here, ana, sink):
    """The template is sound, the mail is not: an address with a line break, which no header may hold."""
    broken = queue(here, "two\nlines@people.example")
    queue(here, "other@people.example")
    deliver()
    assert [mail["To"] for mail in sink.received] == ["other@people.example"]
    row = message(here, pk=broken.pk)
    assert (row.state, row.error) == (State.QUEUED, "could not be made: BadHeaderError")


def test_a_fault_on_the_way_to_the_server_is_that_messages_failure(here, ana, sink, monkeypatch):
    broken = queue(here, ana)
    queue(here, "other@people.example")
    real = EmailBackend.send_messages

    def send(backend, mails):
        if mails[0].to == [ana.email]:
            raise ValueError("an address that nobody understands")
        return real(backend, mails)

    monkeypatch.setattr(EmailBackend, "send_messages", send)
    deliver()
    assert [mail["To"] for mail in sink.received] == ["other@people.example"]
    row = message(here, pk=broken.pk)
    assert (row.state, row.error) == (State.QUEUED, "could not be handed over: ValueError")


def test_a_worker_without_time_left_fails_no_message(here, ana, sink, monkeypatch):
    queue(here, ana)

    def send(_backend, _mails):
        raise SoftTimeLimitExceeded

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", send)
        with pytest.raises(SoftTimeLimitExceeded):
            deliver()
    assert (message(here).state, message(here).error) == (State.RUNNING, "")
    deliver(Message.LEASE + MINUTE)
    assert len(sink.received) == 1


def test_what_is_muted_stands_in_the_inbox_and_does_not_go_out(here, ana, sink):
    ana.muted = ["reminders"]
    ana.save()
    queue(here, ana, kind=REMINDER)
    deliver()
    row = message(here)
    assert (row.state, row.sent_at) == (State.DONE, None)
    assert sink.received == []


def test_muting_counts_at_the_last_moment(here, ana, sink):
    queue(here, ana, kind=REMINDER)
    ana.muted = ["reminders"]
    ana.save()
    deliver()
    assert sink.received == []
    assert message(here).state == State.DONE


@pytest.mark.parametrize("kind", [ESSENTIAL, REMINDER])
def test_who_has_left_gets_nothing_more(here, ana, sink, kind):
    queue(here, ana, kind=kind)
    ana.memberships.update(is_active=False)
    deliver()
    assert sink.received == []
    assert (message(here).state, message(here).error) == (State.CANCELLED, "recipient has left")


def test_who_is_switched_off_gets_nothing_more(here, ana, sink):
    queue(here, ana)
    ana.is_active = False
    ana.save()
    deliver()
    assert sink.received == []
    assert message(here).error == "recipient inactive"


def test_somebody_invited_is_no_member_yet_and_gets_what_is_essential(here, sink):
    stranger = UserFactory(email="new@people.example")
    queue(here, stranger)
    queue(here, stranger, kind=REMINDER)
    deliver()
    assert len(sink.received) == 1
    assert message(here, kind=REMINDER).error == "recipient has left"


def test_no_line_break_enters_a_subject(here, ana, sink):
    here.name = "Pacific\r\nBcc: everybody@people.example\nLearning"
    here.save()
    queue(here, ana)
    deliver()
    [mail] = sink.received
    assert mail["Subject"] == "You are now an admin of Pacific Bcc: everybody@people.example Learning"
    assert mail["Bcc"] is None


def test_the_message_id_is_the_same_at_every_attempt_and_another_for_each_message(here, ana, sink, settings):
    settings.SITE_URL = "https://mentoring.example:8443"
    one, two = queue(here, ana), queue(here, "other@people.example")
    assert one.message_id == message(here, pk=one.pk).message_id != two.message_id
    assert one.message_id.endswith("@mentoring.example>")
    deliver()
    assert set(sink.ids) == {one.message_id, two.message_id}


def test_a_lease_that_runs_out_is_taken_over_and_the_first_worker_cannot_settle_it_any_more(here, ana, sink):
    queue(here, ana)
    start = clock.now()
    with tenant_scope(here):
        slow = Message.objects.get()
        assert slow.claim(start)
    deliver_at(start + MINUTE)
    assert sink.received == []
    deliver_at(start + Message.LEASE + MINUTE)
    assert len(sink.received) == 1
    with tenant_scope(here):
        assert not slow.fail("too late", again_at=start)
    assert message(here).state == State.DONE


def test_two_workers_send_it_once(here, ana, sink):
    queue(here, ana)
    with tenant_scope(here):
        first, second = Message.objects.get(), Message.objects.get()
        assert first.claim(clock.now())
        assert not second.claim(clock.now())
    deliver()
    assert sink.received == []


def test_a_long_run_ends_between_two_messages_and_leaves_the_rest_due(here, sink, monkeypatch):
    monkeypatch.setattr(delivery, "SECONDS_AT_A_TIME", -1)
    for number in range(3):
        queue(here, f"p{number}@people.example")
    deliver()
    assert len(sink.received) == 1
    deliver()
    deliver()
    assert len(sink.received) == 3


def test_each_organisation_sends_its_own(here, ana, sink):
    from tests.factories import OrganisationFactory

    there = OrganisationFactory(name="Southern Cross")
    queue(here, ana)
    queue(there, "grace@people.example")
    deliver()
    assert {mail["To"]: mail["Subject"] for mail in sink.received} == {
        "ana@people.example": "You are now an admin of Pacific Learning",
        "grace@people.example": "You are now an admin of Southern Cross",
    }
