"""How much time a pair spends together, as a guide beside what the handbook thinks of as usual."""

import datetime as dt
from contextlib import contextmanager

import pytest

from mentoring import clock
from mentoring.tenancy.scope import tenant_scope
from pairs.domain.sessions import hold_session
from pairs.domain.sheets import add_sheet
from pairs.domain.time_spent import time_spent
from pairs.models import Session
from templates_app.models import TemplateVersion
from tests.pairs.conftest import PAIRED, make_pair
from tests.pairs.filling import send
from tests.pairs.test_logs import reader
from tests.pairs.test_schedule import save, six

FIELDS = [
    {"key": "on", "kind": "date", "label": "When?"},
    {"key": "hours", "kind": "number", "label": "Hours", "meaning": "time-spent"},
]


def guided(handbook) -> None:
    """The handbook thinks of two meetings and three hours a month, and its log asks for the hours."""
    handbook.content["plan"] |= {"monthly": {"meetings": 2, "hours": 3, "ours": True}}
    version = TemplateVersion.objects.get(template__handbook=handbook, template__key="learning-log")
    moment = {"key": "session-2", "opens": {"anchor": "session-end", "session": 2}, "session": 2}
    sheet = {"filled_by": "together", "repeats": True, "moments": [moment], "readers": {"preset": "pair"}}
    sections = [{"key": "all", "fields": FIELDS}]
    TemplateVersion.objects.filter(pk=version.pk).update(definition=version.definition | sheet | {"sections": sections})


@contextmanager
def guided_pair():
    made = make_pair(changed=guided)
    with tenant_scope(made.organisation), clock.at(PAIRED):
        save(made, six())
        yield made


def spent(pair):
    return time_spent(reader(pair, pair.mentee), Session.objects.filter(pairing=pair.pairing))


@pytest.mark.covers("cal.sys.56", "cal.sys.57")
def test_meetings_and_hours_are_summed_by_month_beside_the_guide(db, at):
    with guided_pair() as pair:
        assert [(month.first.month, month.meetings, month.hours) for month in spent(pair).months] == [(11, 0, 0)]
        with at("2026-11-12 11:00", "Pacific/Apia"):
            hold_session(session=pair.session(1), actor=pair.mentee, minutes=90)
        with at("2026-12-10 20:00", "Pacific/Apia"):
            hold_session(session=pair.session(2), actor=pair.mentee)
            send(pair.output(worksheet="learning-log", moment="session-2"), pair.mentee, {"hours": 2.5})
            extra = add_sheet(reader=reader(pair, pair.mentee), worksheet="learning-log", actor=pair.mentee)
            send(extra, pair.mentee, {"hours": 0.25, "on": "2026-11-30"})
            found = spent(pair)
    assert [(m.first, m.meetings, m.contacts, m.hours) for m in found.months] == [
        (dt.date(2026, 12, 1), 1, 0, 2.5),
        (dt.date(2026, 11, 1), 1, 1, 1.75),
    ]
    assert (found.guide.meetings, found.guide.hours) == (2, 3)


def test_the_page_says_that_it_is_a_guide(db, sign_in):
    with guided_pair() as pair:
        page = sign_in(pair.mentor).get(f"{pair.place}sessions/").content.decode()
        assert "About 3 hours a month are usual." in page
        assert "no target" in page


def test_where_the_handbook_gives_no_guide_nothing_is_shown(pair, sign_in):
    assert spent(pair) is None
    assert "Time together" not in sign_in(pair.mentor).get(f"{pair.place}sessions/").content.decode()
