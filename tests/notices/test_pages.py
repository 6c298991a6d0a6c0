"""One's own notices, the outbox for those who look after it, and what comes by mail."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.db.models import Q

from mentoring import clock
from mentoring.history.models import Event
from mentoring.notices.domain import queries
from mentoring.notices.domain.outbox import notify
from mentoring.notices.models import Message
from mentoring.tenancy.scope import tenant_scope
from mentoring.work.models import DueWork, State
from tests.factories import OrganisationFactory, UserFactory
from tests.notices.kinds import ESSENTIAL, PERSONAL, REMINDER, SECRET

pytestmark = pytest.mark.django_db

SUBJECT = "You are now an admin of Pacific Learning"
WORDS = "has made you an admin"
SCOPE = 5 if connection.vendor == "postgresql" else 0
"""A scope within a test's transaction: its savepoint, the setting read, made and given back, the savepoint's end."""


def queue(organisation, recipient, occasion="x", kind=ESSENTIAL, **changes):
    with tenant_scope(organisation):
        message = notify(kind, recipient, about=None, occasion=occasion, context={"actor_name": "Tomasi"})
        if changes:
            Message.objects.filter(pk=message.pk).update(**changes)
        return message


def read(organisation, message):
    with tenant_scope(organisation):
        return Message.objects.get(pk=message.pk)


@pytest.fixture
def admin(here):
    user = UserFactory()
    here.memberships.create(user=user, is_admin=True)
    return user


class TestInbox:
    def test_it_shows_what_came_and_what_is_new(self, here, ana, sign_in):
        queue(here, ana)
        queue(here, ana, "read", read_at=clock.now())
        page = sign_in(ana).get("/o/here/notices/").content.decode()
        assert page.count(SUBJECT) == 2
        assert page.count(">new<") == 1
        assert "1 new notice" in page

    def test_what_is_not_mine_or_not_yet_or_withdrawn_is_not_there(self, here, ana, sign_in):
        there = OrganisationFactory()
        there.memberships.create(user=ana)
        later = clock.now() + dt.timedelta(hours=1)
        hidden = [
            queue(here, UserFactory(), "another"),
            queue(here, ana, "withdrawn", state=State.CANCELLED),
            queue(here, ana, "later", not_before=later, visible_from=later),
            queue(there, ana, "elsewhere"),
        ]
        client = sign_in(ana)
        assert SUBJECT not in client.get("/o/here/notices/").content.decode()
        for message in hidden:
            assert client.get(f"/o/here/notices/{message.pk}/").status_code == 404

    def test_an_empty_one_says_what_will_be_there(self, here, ana, sign_in):
        assert "No notices yet" in sign_in(ana).get("/o/here/notices/").content.decode()

    def test_opening_a_notice_shows_it_and_notes_when_it_was_first_read(self, here, ana, sign_in):
        message = queue(here, ana)
        client = sign_in(ana)
        assert WORDS in client.get(f"/o/here/notices/{message.pk}/").content.decode()
        first = read(here, message).read_at
        assert first is not None
        client.get(f"/o/here/notices/{message.pk}/")
        assert read(here, message).read_at == first

    def test_all_can_be_marked_as_read(self, here, ana, sign_in):
        one, other = queue(here, ana), queue(here, UserFactory(), "another")
        assert sign_in(ana).post("/o/here/notices/read/").status_code == 302
        assert read(here, one).read_at
        assert not read(here, other).read_at

    @pytest.mark.parametrize("count", [1, 3, 25])
    def test_the_list_costs_the_same_for_few_and_many(self, here, ana, sign_in, django_assert_max_num_queries, count):
        for number in range(count):
            queue(here, ana, str(number))
        client = sign_in(ana)
        client.get("/o/here/notices/")
        with django_assert_max_num_queries(12 + SCOPE):
            client.get("/o/here/notices/")


class TestOutbox:
    def test_it_is_for_those_who_look_after_it(self, here, ana, admin, sign_in):
        message = queue(here, ana)
        for path in ("/o/here/outbox/", f"/o/here/outbox/{message.pk}/"):
            assert sign_in(ana).get(path).status_code == 404
            assert sign_in(admin).get(path).status_code == 200
        for step in ("retry", "withdraw"):
            assert sign_in(ana).post(f"/o/here/outbox/{message.pk}/{step}/").status_code == 404

    def test_a_room_above_can_let_others_look_after_a_part(self, here, ana, sign_in, monkeypatch):
        monkeypatch.setattr(queries, "_readers", [])
        queries.register_outbox_reader(lambda user: Q(email__endswith="@mine.example") if user == ana else None)
        mine, other = queue(here, "p@mine.example"), queue(here, "p@other.example")
        page = sign_in(ana).get("/o/here/outbox/").content.decode()
        assert "p@mine.example" in page
        assert "p@other.example" not in page
        assert sign_in(ana).get(f"/o/here/outbox/{mine.pk}/").status_code == 200
        assert sign_in(ana).get(f"/o/here/outbox/{other.pk}/").status_code == 404

    @pytest.mark.parametrize(
        ("kind", "subject_shown", "text_shown"),
        [(ESSENTIAL, True, True), (REMINDER, True, True), (SECRET, True, False), (PERSONAL, False, False)],
    )
    def test_what_is_personal_or_secret_is_not_shown(self, here, ana, admin, sign_in, kind, subject_shown, text_shown):
        message = queue(here, ana, kind=kind)
        client = sign_in(admin)
        assert (SUBJECT in client.get("/o/here/outbox/").content.decode()) is subject_shown
        page = client.get(f"/o/here/outbox/{message.pk}/").content.decode()
        assert (SUBJECT in page) is subject_shown
        assert (WORDS in page) is text_shown
        assert "ana@people.example" in page

    def test_where_a_personal_message_went_outside_is_neither_shown_nor_found(self, here, ana, admin, sign_in):
        outside = queue(here, "friend@outside.example", kind=PERSONAL, state=State.FAILED)
        queue(here, "other@outside.example", kind=SECRET)
        client = sign_in(admin)
        for path in ("/o/here/outbox/", f"/o/here/outbox/{outside.pk}/"):
            page = client.get(path).content.decode()
            assert "A personal message" in page
            assert "an address that is not shown" in page
            assert "friend@" not in page
        found = client.get("/o/here/outbox/?q=outside.example").content.decode()
        assert "other@outside.example" in found
        assert "A personal message" not in found

    def test_a_kind_that_is_declared_no_more_does_not_break_the_list(self, here, ana, admin, sign_in):
        message = queue(here, ana)
        with tenant_scope(here):
            Message.objects.filter(pk=message.pk).update(kind="tests.gone")
        page = sign_in(admin).get("/o/here/outbox/")
        assert "a kind that is sent no more" in page.content.decode()
        assert sign_in(admin).get(f"/o/here/outbox/{message.pk}/").status_code == 200
        assert sign_in(ana).get("/o/here/notices/").status_code == 200

    def test_it_can_be_narrowed_by_state_and_address(self, here, admin, sign_in):
        queue(here, "waits@people.example")
        queue(here, "failed@people.example", state=State.FAILED, error="address refused")
        queue(here, "sent@people.example", state=State.DONE, sent_at=clock.now())
        client = sign_in(admin)
        assert addresses(client, "") == {"waits", "failed", "sent"}
        assert addresses(client, "?state=failed") == {"failed"}
        assert addresses(client, "?state=sent") == {"sent"}
        assert addresses(client, "?state=waiting&q=FAILED") == set()
        assert addresses(client, "?q=fail") == {"failed"}
        assert addresses(client, "?state=nonsense&page=99") == {"waits", "failed", "sent"}

    def test_a_failed_message_can_be_sent_again(self, here, ana, admin, sign_in):
        message = queue(here, ana, state=State.FAILED, attempts=24, error="address refused")
        DueWork.objects.all().delete()
        response = sign_in(admin).post(f"/o/here/outbox/{message.pk}/retry/", follow=True)
        assert "goes out again" in response.content.decode()
        row = read(here, message)
        assert (row.state, row.attempts, row.error) == (State.QUEUED, 0, "")
        assert DueWork.objects.get().kind == "outbox"
        with tenant_scope(here):
            assert Event.objects.get(action="notice.retried").actor == admin

    @pytest.mark.parametrize("state", [State.DONE, State.RUNNING, State.QUEUED, State.CANCELLED])
    def test_only_a_failed_message_can_be_sent_again(self, here, ana, admin, sign_in, state):
        message = queue(here, ana, state=state)
        response = sign_in(admin).post(f"/o/here/outbox/{message.pk}/retry/", follow=True)
        assert "Nothing was done" in response.content.decode()
        assert read(here, message).state == state

    @pytest.mark.parametrize(
        ("state", "after"),
        [
            (State.QUEUED, State.CANCELLED),
            (State.FAILED, State.CANCELLED),
            (State.RUNNING, State.RUNNING),
            (State.DONE, State.DONE),
        ],
    )
    def test_what_has_not_gone_can_be_withdrawn(self, here, ana, admin, sign_in, state, after):
        message = queue(here, ana, state=state)
        assert sign_in(admin).post(f"/o/here/outbox/{message.pk}/withdraw/").status_code == 302
        assert read(here, message).state == after

    def test_a_link_that_is_opened_changes_nothing(self, here, ana, admin, sign_in):
        message = queue(here, ana, state=State.FAILED)
        for step in ("retry", "withdraw"):
            assert sign_in(admin).get(f"/o/here/outbox/{message.pk}/{step}/").status_code == 405
        assert read(here, message).state == State.FAILED

    def test_messages_of_another_organisation_and_of_nobody_are_the_same_404(self, here, admin, sign_in):
        theirs = queue(OrganisationFactory(), "p@people.example")
        client = sign_in(admin)
        answers = {client.get(f"/o/here/outbox/{pk}/").content for pk in (theirs.pk, uuid.uuid4())}
        assert len(answers) == 1

    @pytest.mark.parametrize("count", [1, 3, 30])
    def test_the_list_costs_the_same_for_few_and_many(self, here, admin, sign_in, django_assert_max_num_queries, count):
        for number in range(count):
            queue(here, UserFactory(), str(number))
        client = sign_in(admin)
        client.get("/o/here/outbox/")
        with django_assert_max_num_queries(13 + SCOPE):
            client.get("/o/here/outbox/")


def addresses(client, query):
    page = client.get(f"/o/here/outbox/{query}").content.decode()
    return {name for name in ("waits", "failed", "sent") if f"{name}@people.example" in page}


class TestPreferences:
    def test_it_needs_signing_in(self, client):
        assert client.get("/me/mail/").status_code == 302

    def test_everything_comes_until_one_says_otherwise(self, ana, sign_in):
        page = sign_in(ana).get("/me/mail/").content.decode()
        assert page.count("checked") == 3

    def test_what_is_not_ticked_is_muted(self, ana, sign_in):
        client = sign_in(ana)
        client.post("/me/mail/", {"wanted": ["partner"]})
        ana.refresh_from_db()
        assert sorted(ana.muted) == ["reminders", "reports"]
        client.post("/me/mail/", {})
        ana.refresh_from_db()
        assert sorted(ana.muted) == ["partner", "reminders", "reports"]
        client.post("/me/mail/", {"wanted": ["partner", "reminders", "reports"]})
        ana.refresh_from_db()
        assert ana.muted == []

    def test_essential_notices_cannot_be_muted(self, ana, sign_in):
        assert sign_in(ana).post("/me/mail/", {"wanted": ["essential"]}).status_code == 422
        ana.refresh_from_db()
        assert ana.muted == []
