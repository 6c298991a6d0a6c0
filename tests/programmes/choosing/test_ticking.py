"""What the tick does of requests and approvals: once, however often it looks."""

import pytest

from mentoring import clock
from mentoring.notices.models import Message
from mentoring.work.domain import run_worker
from mentoring.work.models import DueWork
from programmes.domain.choosing.answering import accept_request
from programmes.domain.choosing.asking import WORK, name_mentor, send_request
from programmes.domain.choosing.ticking import choosing_due
from programmes.enums import RequestState
from tests.programmes.choosing.conftest import DAY, NOW


def tick(after, times: int = 1):
    """Look so many times, so long after the beginning; answers when to look again."""
    with clock.at(NOW + after):
        return [choosing_due(clock.now()) for _time in range(times)][-1]


def test_a_mentor_is_reminded_once_in_the_morning_of_their_own_clock(london):
    london.ask("Ada", "Marta")
    due = DueWork.objects.filter(kind=WORK, organisation=london.organisation).get().due_at
    assert due.isoformat() == "2026-11-09T09:00:00+00:00"
    tick(due - NOW, times=2)
    tick(8 * DAY, times=2)
    assert [message.context["again"] for message in london.told("Marta", "mentor_asked")] in (
        [False, True],
        [True, False],
    )


@pytest.mark.covers("gla.must.53")
def test_an_unanswered_request_lapses_quietly_and_points_the_mentee_on(london):
    """``gla.must.53``: lapses quietly after a set time; the mentee is pointed to the next."""
    asked = london.ask("Ada", "Marta")
    assert tick(13 * DAY) is not None
    assert london.fresh(asked).state == RequestState.ASKED
    assert tick(15 * DAY, times=3) is None
    assert london.fresh(asked).state == RequestState.LAPSED
    assert london.heard("Ada") == {"lapsed"}
    assert "next on your list" in london.mail("Ada", "lapsed")
    assert london.heard("Marta") == set()


def test_a_missed_tick_catches_up_and_reminds_nobody_of_what_has_lapsed(london):
    asked = london.ask("Ada", "Marta")
    tick(40 * DAY)
    assert london.fresh(asked).state == RequestState.LAPSED
    assert len(london.told("Marta", "mentor_asked")) == 1


def test_what_was_answered_is_not_looked_at_any_more(london):
    asked = london.ask("Ada", "Marta")
    accept_request(request=london.fresh(asked), actor=london.user("Marta"))
    assert tick(40 * DAY) is None
    assert london.fresh(asked).state == RequestState.TALKING


def test_an_invitation_that_nobody_takes_up_lapses_too(approved):
    who = {"email": "zoe@elsewhere.example", "given_name": "Zoe", "family_name": "", "known_how": "x"}
    begun = approved.write(name_mentor(mentee=approved.place("Ada"), actor=approved.user("Ada"), **who))
    send_request(request=begun, actor=approved.user("Ada"))
    tick(15 * DAY, times=2)
    assert approved.fresh(begun).state == RequestState.LAPSED


@pytest.mark.covers("cal.sys.11")
def test_who_approves_is_reminded_once_with_a_link_of_its_own(world):
    approval = world.send_link("Ada")
    tick(6 * DAY)
    assert approval.links.count() == 1
    tick(8 * DAY, times=3)
    assert Message.objects.filter(kind="programmes.approval_asked").count() == 2
    with clock.at(NOW + 9 * DAY):
        first, again = world.token(approval), world.token(approval, again=True)
        assert first != again
        world.decide(first)


def test_nobody_is_reminded_of_what_is_decided(world):
    world.approve("Ada")
    tick(10 * DAY)
    assert Message.objects.filter(kind="programmes.approval_asked").count() == 1


def test_the_worker_is_registered_and_works_in_the_organisation_s_own_scope(london):
    london.ask("Ada", "Marta")
    with clock.at(NOW + 15 * DAY):
        assert run_worker(WORK, london.organisation, clock.now()) is None
