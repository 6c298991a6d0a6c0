"""Putting messages into the outbox: in the business transaction, once for each occasion."""

import datetime as dt

import pytest
from django.db import transaction

from mentoring import clock
from mentoring.notices.domain.outbox import cancel_messages, messages_watched, notify
from mentoring.notices.models import Message
from mentoring.tenancy.scope import ScopeError, tenant_scope
from mentoring.work.models import DueWork, State
from tests.factories import OrganisationFactory, PartnerFactory, UserFactory
from tests.notices.kinds import ESSENTIAL, REMINDER

pytestmark = pytest.mark.django_db


def test_a_message_is_queued_with_what_it_needs(here, ana):
    with tenant_scope(here):
        about = PartnerFactory()
        message = notify(ESSENTIAL, ana, about=about, occasion="first", context={"actor_name": "Tomasi"})
        kept = Message.objects.get()
    assert kept.pk == message.pk
    assert (kept.recipient, kept.email, kept.language) == (ana, "ana@people.example", "en-gb")
    assert (kept.subject_kind, kept.subject_id) == ("tenancy.partner", about.pk)
    assert (kept.context, kept.by_mail, kept.state) == ({"actor_name": "Tomasi"}, True, State.QUEUED)
    assert DueWork.objects.get().kind == "outbox"


def test_an_occasion_is_told_once(here, ana):
    with tenant_scope(here):
        assert notify(ESSENTIAL, ana, about=None, occasion="once")
        assert notify(ESSENTIAL, ana, about=None, occasion="once") is None
        assert notify(ESSENTIAL, "ANA@people.example ", about=None, occasion="once") is None
        assert Message.objects.count() == 1
    assert DueWork.objects.count() == 1


def test_another_occasion_kind_person_or_organisation_is_another_message(here, ana):
    there = OrganisationFactory()
    with tenant_scope(here):
        notify(ESSENTIAL, ana, about=None, occasion="one")
        notify(ESSENTIAL, ana, about=None, occasion="two")
        notify(REMINDER, ana, about=None, occasion="one")
        notify(ESSENTIAL, UserFactory(), about=None, occasion="one")
        assert Message.objects.count() == 4
    with tenant_scope(there):
        assert notify(ESSENTIAL, ana, about=None, occasion="one")


def test_the_same_occasion_may_be_told_again_after_it_was_rolled_back(here, ana):
    with tenant_scope(here):
        with transaction.atomic():
            assert notify(ESSENTIAL, ana, about=None, occasion="once")
            transaction.set_rollback(True)
        assert not Message.objects.exists()
        assert not DueWork.objects.exists()
        assert notify(ESSENTIAL, ana, about=None, occasion="once")


def test_a_muted_group_goes_to_the_inbox_only_and_essential_ones_always_go_out(here, ana):
    ana.muted = ["reminders", "essential"]
    with tenant_scope(here):
        assert not notify(REMINDER, ana, about=None, occasion="x").by_mail
        assert notify(ESSENTIAL, "somebody@else.example", about=None, occasion="x").by_mail


def test_a_message_may_wait_for_its_time(here, ana):
    tomorrow = clock.now() + dt.timedelta(days=1)
    with tenant_scope(here):
        assert notify(REMINDER, ana, about=None, occasion="x", not_before=tomorrow).not_before == tomorrow
    assert DueWork.objects.get().due_at == tomorrow


def test_an_undeclared_kind_and_a_closed_organisation_are_refused(here, ana):
    with tenant_scope(here), pytest.raises(KeyError):
        notify("tests.nobody_declared_this", ana, about=None, occasion="x")
    with pytest.raises(ScopeError):
        notify(ESSENTIAL, ana, about=None, occasion="x")


def test_what_no_longer_holds_is_withdrawn(here, ana):
    with tenant_scope(here):
        about, other = PartnerFactory(), PartnerFactory()
        for kind in (ESSENTIAL, REMINDER):
            notify(kind, ana, about=about, occasion="x")
        notify(ESSENTIAL, ana, about=other, occasion="y")
        gone = notify(ESSENTIAL, ana, about=about, occasion="gone")
        Message.objects.filter(pk=gone.pk).update(state=State.DONE)
        assert cancel_messages(about=about, kinds=[REMINDER]) == 1
        assert cancel_messages(about=about) == 1
        states = dict(Message.objects.values_list("occasion", "state"))
        assert states == {"x": "cancelled", "y": "queued", "gone": "done"}


def test_who_watches_sees_what_was_queued(here, ana):
    with tenant_scope(here):
        notify(ESSENTIAL, ana, about=None, occasion="before")
        with messages_watched() as seen:
            notify(ESSENTIAL, ana, about=None, occasion="within")
            notify(ESSENTIAL, ana, about=None, occasion="before")
        notify(ESSENTIAL, ana, about=None, occasion="after")
    assert [message.occasion for message in seen] == ["within"]


def test_queuing_costs_three_statements(here, ana, django_assert_num_queries):
    with tenant_scope(here), django_assert_num_queries(3):
        notify(ESSENTIAL, ana, about=None, occasion="x")
