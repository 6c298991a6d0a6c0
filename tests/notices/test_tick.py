"""``manage.py tick``: in earnest, and as a rehearsal that leaves nothing behind."""

import datetime as dt
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from mentoring import clock
from mentoring.notices.domain.outbox import notify
from mentoring.notices.domain.ticking import _telling_nothing
from mentoring.notices.models import Message
from mentoring.tenancy.models import Partner
from mentoring.tenancy.scope import current_organisation, tenant_scope
from mentoring.work import registry
from mentoring.work.domain import wake
from mentoring.work.models import DueWork
from tests.factories import OrganisationFactory, PartnerFactory
from tests.notices.kinds import REMINDER

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 12, 10, 12, tzinfo=dt.UTC)


@pytest.fixture
def reminding(monkeypatch):
    """A worker that reminds once a day, changes a row and says when it wants to look again."""

    def remind(now):
        slug = current_organisation().slug
        notify(REMINDER, f"p@{slug}.example", about=None, occasion=f"{now:%Y-%m-%d}", context={"actor_name": "Tomasi"})
        PartnerFactory(key=f"made-{now:%Y-%m-%d}")
        return now + dt.timedelta(days=1)

    monkeypatch.setitem(registry._workers, "tests.reminding", remind)


@pytest.fixture
def two(here, reminding):
    there = OrganisationFactory(slug="there")
    for organisation, at in ((here, NOON), (there, NOON + dt.timedelta(hours=1))):
        with tenant_scope(organisation):
            wake("tests.reminding", at=at)
    return here, there


def tick(*words):
    out = StringIO()
    call_command("tick", *words, "--json", stdout=out)
    return json.loads(out.getvalue())


def kept(organisation):
    with tenant_scope(organisation):
        return Message.objects.count(), Partner.objects.count()


def test_a_rehearsal_tells_what_would_be_queued_and_leaves_nothing(two, sink):
    before = sorted(DueWork.objects.values_list("kind", "due_at"))
    told = tick("--dry-run", "--at", "2026-12-10T12:30+00:00")
    assert told == {
        "at": "2026-12-10T12:30:00+00:00",
        "notices": [
            {"organisation": "here", "kind": REMINDER, "recipient": "p@here.example", "occasion": "2026-12-10"},
        ],
    }
    assert [kept(organisation) for organisation in two] == [(0, 0), (0, 0)]
    assert sorted(DueWork.objects.values_list("kind", "due_at")) == before
    assert sink.received == []


@pytest.mark.parametrize("queues", [False, True])
def test_a_rehearsal_leaves_out_work_in_steps_of_its_own_unless_it_queues_messages(here, monkeypatch, queues):
    done = []

    def make(now, organisation):
        done.append(organisation)

    make.own_scopes = True
    if queues:
        make.queues_notices = True
    monkeypatch.setitem(registry._workers, "tests.making", make)
    with tenant_scope(here):
        wake("tests.making", at=NOON)
    tick("--dry-run", "--at", "2026-12-10T12:30+00:00")
    assert done == ([here] if queues else [])


def test_a_rehearsal_makes_no_document_and_plans_nothing_but_tells_of_exports():
    left_out = set(_telling_nothing())
    assert {"outbox", "documents", "replanning"} <= left_out
    assert not {"reminders", "reports", "exports"} & left_out


def test_an_instant_may_be_told_by_any_clock(two):
    told = tick("--dry-run", "--at", "2026-12-11T02:00+13:00")
    assert told["at"] == "2026-12-10T13:00:00+00:00"
    assert {notice["organisation"] for notice in told["notices"]} == {"here", "there"}


def test_in_earnest_it_is_queued_once_and_delivered(two, sink, settings):
    settings.DEMO = True
    assert len(tick("--at", "2026-12-10T13:00Z")["notices"]) == 2
    assert tick("--at", "2026-12-10T13:00Z")["notices"] == []
    assert [kept(organisation) for organisation in two] == [(1, 1), (1, 1)]
    assert sorted(mail["To"] for mail in sink.received) == ["p@here.example", "p@there.example"]


def test_now_is_the_default(two, reminding):
    with tenant_scope(two[0]):
        wake("tests.reminding", at=clock.now())
    assert [notice["organisation"] for notice in tick("--dry-run")["notices"]] == ["here"]


def test_without_json_it_is_told_in_lines(two):
    out = StringIO()
    call_command("tick", "--dry-run", "--at", "2026-12-10T12:00Z", stdout=out)
    assert "here: tests.reminder to p@here.example (2026-12-10)" in out.getvalue()
    assert "1 messages would be queued" in out.getvalue()


@pytest.mark.parametrize("at", ["", "tomorrow", "2026-12-10", "2026-12-10T09:00", "2026-13-45T09:00Z"])
def test_what_is_no_instant_is_refused(db, at):
    with pytest.raises(CommandError) as refusal:
        call_command("tick", "--dry-run", f"--at={at or 'x'}")
    assert refusal.value.returncode == 1


def test_only_a_demo_lives_at_another_time(db, settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="--dry-run") as refusal:
        call_command("tick", "--at", "2026-12-10T12:00Z")
    assert refusal.value.returncode == 1


def test_a_database_that_does_not_answer_is_status_2(db, monkeypatch):
    from django.db import OperationalError

    def down(*_words, **_more):
        raise OperationalError("no connection")

    monkeypatch.setattr("mentoring.notices.domain.ticking.do_due", down)
    with pytest.raises(CommandError) as refusal:
        call_command("tick")
    assert refusal.value.returncode == 2
