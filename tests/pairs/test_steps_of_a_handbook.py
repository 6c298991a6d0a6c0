"""Steps that are no worksheets: asked for by the handbook, of whom it says, and never of anybody else."""

from contextlib import contextmanager

import pytest

from mentoring import clock
from mentoring.notices.models import Message
from mentoring.tenancy.scope import tenant_scope
from pairs.domain.consent_changes import change_consent
from pairs.domain.introduction import send_introduction
from pairs.domain.people import NotAMember
from pairs.domain.reading import right_to
from pairs.domain.sessions import hold_session
from pairs.enums import OutputKind, Right
from pairs.models import Output, Schedule
from tests.pairs.conftest import PAIRED, make_pair
from tests.pairs.test_logs import reader
from tests.pairs.test_schedule import save, six
from tests.pairs.test_sheets import send_log

STEPS = frozenset({OutputKind.INTRODUCTION, OutputKind.SCHEDULE, OutputKind.INVITATIONS, OutputKind.COMPILE})


@contextmanager
def pair_with(steps: dict, **plan):
    """A pair of a handbook with these steps; its organisation is open."""

    def changed(handbook) -> None:
        handbook.content["plan"] |= {"steps": steps, **plan}

    made = make_pair(changed=changed)
    with tenant_scope(made.organisation), clock.at(PAIRED):
        yield made


def letter(pair, actor):
    return send_introduction(
        pairing=pair.pairing,
        subject="Hello",
        text="Here I am.",
        starts_at=None,
        link="",
        show_address=False,
        zone="UTC",
        actor=actor,
    )


@pytest.mark.covers("cal.sys.50", "cal.sys.51")
def test_a_handbook_that_asks_for_dates_alone_gets_them_into_both_calendars_by_themselves(db):
    with pair_with({"schedule": {}}, organiser="mentee") as pair:
        kinds = set(Output.objects.filter(pairing=pair.pairing).values_list("kind", flat=True))
        assert kinds & STEPS == {OutputKind.SCHEDULE}
        assert Schedule.objects.get(pairing=pair.pairing).running_duties == "mentee"
        save(pair, six())
        sent = Message.objects.filter(kind="pairs.invitation")
        assert {message.recipient for message in sent} == {pair.mentor, pair.mentee}
        assert sent.count() == 12


def test_nobody_writes_a_letter_that_the_handbook_does_not_know(db, sign_in):
    with pair_with({"schedule": {}}) as pair:
        with pytest.raises(NotAMember):
            letter(pair, pair.mentor)
        assert sign_in(pair.mentor).get(f"{pair.place}introduction/").status_code in {403, 404}


def test_the_mentee_writes_first_where_the_handbook_says_so(db, sign_in):
    with pair_with({"introduction": {"by": "mentee", "days": 3}}) as pair:
        assert pair.output(kind=OutputKind.INTRODUCTION).member.side == "mentee"
        with pytest.raises(NotAMember):
            letter(pair, pair.mentor)
        letter(pair, pair.mentee)
        assert pair.output(kind=OutputKind.INTRODUCTION).done_at is not None
        assert Message.objects.get(kind="pairs.introduction").recipient == pair.mentor
        page = sign_in(pair.mentee).get(f"{pair.place}introduction/").content.decode()
        assert "Hello from your mentee" in page


@pytest.mark.parametrize(("steps", "expected"), [({}, Right.READ), ({"compile": {}}, Right.STATUS)])
def test_logs_wait_to_be_passed_on_only_where_somebody_gathers_them(db, at, steps, expected):
    with pair_with(steps) as pair:
        save(pair, six())
        with at("2026-12-10 20:00", "Pacific/Apia"):
            hold_session(session=pair.session(2), actor=pair.mentee)
            send_log(pair, "mentee")
        change_consent(reader=reader(pair, pair.mentee), answers={"logs": True}, actor=pair.mentee)
        log = pair.output(worksheet="learning-log", moment="session-2", side="mentee")
        assert right_to(pair.coordinator, log) is expected
