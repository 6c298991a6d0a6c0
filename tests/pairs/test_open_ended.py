"""Pairs that meet as often as they agree: sessions added, an entry of the plan that stands for all later ones, a log for each."""

import datetime as dt
from contextlib import contextmanager

import pytest

from mentoring import clock
from mentoring.notices.models import Message
from mentoring.tenancy.scope import tenant_scope
from pairs.domain.dating import CannotDate
from pairs.domain.home import home_of
from pairs.domain.people import NotAMember
from pairs.domain.session_page import session_page
from pairs.domain.sessions import FixedNumber, add_session
from pairs.models import Output, Session
from templates_app.models import TemplateVersion
from tests.pairs.conftest import PAIRED, make_pair
from tests.pairs.test_logs import reader
from tests.pairs.test_schedule import save, six

LOG = "learning-log"


def open_ended(handbook) -> None:
    """Session 3 stands for every later one; each session from the second on has a log."""
    content = handbook.content
    content["plan"] |= {"open_ended": True, "sessions": 3}
    content["sessions"] = [one | {"onwards": one["number"] == 3} for one in content["sessions"] if one["number"] < 4]
    content["stages"] = [one | {"sessions": [n for n in one.get("sessions", []) if n < 4]} for one in content["stages"]]
    version = TemplateVersion.objects.get(template__handbook=handbook, template__key=LOG)
    moment = {
        "key": "session",
        "opens": {"anchor": "session-end", "session": 2},
        "due": {"anchor": "session-end", "session": 2, "days": 1},
        "every": {"sessions": 1},
    }
    TemplateVersion.objects.filter(pk=version.pk).update(definition=version.definition | {"moments": [moment]})


@contextmanager
def pair_of(changed=open_ended):
    made = make_pair(changed=changed)
    with tenant_scope(made.organisation), clock.at(PAIRED):
        yield made


def add(pair, day: dt.datetime, actor=None) -> Session:
    return add_session(pairing=pair.pairing, starts_at=day, minutes=60, link="", zone="UTC", actor=actor or pair.mentee)


def logs(pair, side="mentee") -> list[tuple[str, int]]:
    rows = Output.objects.filter(pairing=pair.pairing, worksheet=LOG, member__side=side, cancelled_at=None)
    return list(rows.order_by("session__number").values_list("moment", "session__number"))


FOURTH = dt.datetime(2027, 2, 20, 20, 0, tzinfo=dt.UTC)


@pytest.mark.covers("cal.sys.55")
def test_a_log_is_owed_for_every_session_that_a_pair_has(db):
    with pair_of() as pair:
        assert logs(pair) == logs(pair, "mentor") == [("session.2", 2), ("session.3", 3)]
        save(pair, {number: at for number, at in six().items() if number < 4})
        session = add(pair, FOURTH)
        assert session.number == 4
        assert logs(pair) == [("session.2", 2), ("session.3", 3), ("session.4", 4)]
        fourth, third = (pair.output(worksheet=LOG, moment=f"session.{number}", side="mentee") for number in (4, 3))
        assert fourth.stage == third.stage != ""
        due = pair.output(worksheet=LOG, moment="session.4", side="mentee").due_at
        assert due.date() == dt.date(2027, 2, 22), "a day after it, by her own calendar"
        (told,) = Message.objects.filter(kind="pairs.session_changed")
        assert told.recipient == pair.mentor


def test_the_entry_for_later_sessions_gives_them_title_agenda_and_stage(db):
    with pair_of() as pair:
        save(pair, {number: at for number, at in six().items() if number < 4})
        session = add(pair, FOURTH)
        session.pairing = pair.pairing
        third = pair.session(3)
        page, before = session_page(reader(pair, pair.mentee), session), session_page(reader(pair, pair.mentee), third)
        assert page.plan == before.plan
        assert page.meeting.title.startswith("Session 4 · ")
        assert (page.is_last, before.is_last) == (True, False)
        items = [item for stage in home_of(pair.mentee, pair.pairing).road for item in stage.items if item.meeting]
        assert [item.meeting.session.number for item in items] == [1, 2, 3, 4]


def test_only_the_pair_adds_sessions_in_order_and_only_where_the_number_is_open(db, sign_in):
    with pair_of() as pair:
        save(pair, {number: at for number, at in six().items() if number < 4})
        with pytest.raises(NotAMember):
            add(pair, FOURTH, pair.coordinator)
        with pytest.raises(CannotDate):
            add(pair, dt.datetime(2026, 11, 20, tzinfo=dt.UTC))
        assert Session.objects.filter(part=0).count() == 3, "what is refused leaves nothing behind"
        client, place = sign_in(pair.mentor), f"{pair.place}sessions/further/"
        assert place in client.get(f"{pair.place}sessions/").content.decode()
        sent = {"day": "2027-02-20", "time": "09:00", "minutes": "45", "link": ""}
        assert client.post(place, sent).status_code == 302
        assert Session.objects.get(number=4).minutes == 45


def test_where_the_handbook_fixes_the_number_nobody_adds_one(pair, sign_in):
    with pytest.raises(FixedNumber):
        add(pair, FOURTH)
    assert sign_in(pair.mentor).get(f"{pair.place}sessions/further/").status_code == 404
    assert "sessions/further/" not in sign_in(pair.mentor).get(f"{pair.place}sessions/").content.decode()
