"""What is done between two meetings, as it stands at home and at the next of them."""

import datetime as dt

import pytest

from mentoring import clock
from pairs.domain.actions import settle_action
from pairs.domain.at_will import give_homework
from pairs.domain.home import home_of
from pairs.domain.queries import get_pairing_for
from pairs.domain.reading import reader_of
from pairs.domain.sessions import hold_session
from pairs.domain.sheets import add_sheet
from pairs.enums import ActionState
from pairs.models import Action, Output
from templates_app.answers.sample import sample_answers
from tests.pairs.conftest import PAIRED
from tests.pairs.filling import send, take_up
from tests.pairs.test_places import dated
from tests.pairs.test_talks import pair_of

TASK = {"_id": "aaaa0001", "task": "Ask two directors", "owner": "mentee", "due": "2026-12-01"}
SHEET = {"task": "Read one chapter", "due": "2026-12-20", "done": "not_yet"}


@pytest.fixture
def gla(db, at):
    """A pair the day after its second session, dates known."""
    with pair_of("gla") as pair:
        dated(pair)
        with at("2026-12-11 20:00", "Pacific/Apia"):
            for number in (1, 2):
                hold_session(session=pair.session(number), actor=pair.mentee)
            yield pair


def reader(pair, user):
    return reader_of(user, get_pairing_for(user, pair.pairing.pk))


def record(pair) -> None:
    """The record of the second session, with one thing to do."""
    output = pair.output(worksheet="session", session__number=2)
    answers = sample_answers(
        reader(pair, pair.mentee).worksheets["session"], reader(pair, pair.mentee).context_for(output)
    )
    send(output, pair.mentee, answers | {"number": 2, "homework": [TASK], "next": "2027-01-14T07:00:00Z"})


def next_session(pair, user, sign_in, number: int = 3) -> str:
    page = sign_in(user).get(f"{pair.place}sessions/{pair.session(number).pk}/")
    assert page.status_code == 200
    return page.content.decode()


@pytest.mark.covers("gla.must.29")
def test_homework_stands_at_home_and_at_the_next_session_with_its_day_and_how_it_stands(gla, sign_in):
    record(gla)
    sheet = add_sheet(reader=reader(gla, gla.mentee), worksheet="homework", actor=gla.mentee)
    sheet = send(sheet, gla.mentee, SHEET)
    (given,) = give_homework(
        reader=reader(gla, gla.mentor), worksheet="grow", due_on=dt.date(2026, 12, 18), actor=gla.mentor
    )
    lines = {line.label: (line.words, line.detail) for line in home_of(gla.mentee, gla.pairing).homework}
    assert lines == {"Read one chapter": ("by 20 Dec", "Not yet"), given.title: ("by 18 Dec", "")}
    assert home_of(gla.mentor, gla.pairing).homework == [], "each sees their own"
    for user in (gla.mentor, gla.mentee):
        page = next_session(gla, user, sign_in)
        still = page[page.index("Still open from before") :]
        assert "was meant for" in still[still.index("Ask two directors") :][:900]
        assert "Not yet" in still[still.index("Read one chapter") :][:500]
        assert given.title in still
        assert "Done since last time" not in page
    for title in ("Read one chapter", given.title):
        assert title in sign_in(gla.mentee).get(gla.url("mentoring/")).content.decode()


@pytest.mark.covers("gla.must.29")
def test_what_was_done_is_told_as_done_at_the_next_session_and_not_at_later_ones(gla, at, sign_in):
    record(gla)
    sheet = add_sheet(reader=reader(gla, gla.mentee), worksheet="homework", actor=gla.mentee)
    send(take_up(send(sheet, gla.mentee, SHEET), gla.mentee), gla.mentee, {"done": "partly"})
    assert "In part" in next_session(gla, gla.mentor, sign_in)
    send(take_up(Output.objects.get(pk=sheet.pk), gla.mentee), gla.mentee, {"done": "done"})
    settle_action(action=Action.objects.get(), state=ActionState.DONE, actor=gla.mentee)
    page = next_session(gla, gla.mentor, sign_in)
    done = page[page.index("Done since last time") :]
    assert "Ask two directors" in done
    assert "Read one chapter" in done
    assert "Still open from before" not in page
    assert home_of(gla.mentee, gla.pairing).homework == []
    assert "Read one chapter" not in next_session(gla, gla.mentor, sign_in, number=4)


def test_what_is_under_way_is_still_open_at_the_next_session_and_at_those_after_it(gla, sign_in):
    record(gla)
    settle_action(action=Action.objects.get(), state=ActionState.DOING, actor=gla.mentee)
    for number in (3, 4):
        page = next_session(gla, gla.mentor, sign_in, number)
        assert "Ask two directors" in page[page.index("Still open from before") :]
        assert "Done since last time" not in page
    settle_action(action=Action.objects.get(), state=ActionState.DROPPED, actor=gla.mentee)
    page = next_session(gla, gla.mentor, sign_in)
    assert "Still open from before" not in page
    assert "Done since last time" not in page


def test_what_the_mentee_keeps_for_themselves_is_no_part_of_it(gla, sign_in):
    sheet = add_sheet(reader=reader(gla, gla.mentee), worksheet="homework", actor=gla.mentee)
    send(sheet, gla.mentee, SHEET | {"share": "keep", "reflection_own": "CANARY-OWN"})
    assert "CANARY-OWN" not in next_session(gla, gla.mentor, sign_in)
    vision = add_sheet(reader=reader(gla, gla.mentee), worksheet="rocking", actor=gla.mentee)
    send(vision, gla.mentee, {"gap": "CANARY-GAP"})
    assert "CANARY" not in next_session(gla, gla.mentor, sign_in)


def test_without_a_day_it_is_wanted_by_the_next_session_and_nobody_is_late(gla, sign_in):
    give_homework(reader=reader(gla, gla.mentor), worksheet="grow", due_on=None, actor=gla.mentor)
    (line,) = home_of(gla.mentee, gla.pairing).homework
    assert line.words == "by session 3"
    give_homework(reader=reader(gla, gla.mentor), worksheet="grow", due_on=dt.date(2026, 12, 12), actor=gla.mentor)
    with clock.at(PAIRED + dt.timedelta(days=60)):
        assert {line.state for line in home_of(gla.mentee, gla.pairing).homework} == {"neutral", "due"}
