"""Guides to a talk: which open at which session, in whose words, beside the log, and that nobody has to follow them."""

from contextlib import contextmanager

import pytest

from mentoring import clock
from mentoring.tenancy.scope import tenant_scope
from pairs.domain.output_owner import begin_response, owner_of
from pairs.domain.people import people_of
from pairs.domain.session_page import session_page
from pairs.domain.sheets import add_sheet
from pairs.models import Output
from templates_app.domain.articles import articles_of
from templates_app.domain.kits import kit_of
from tests.pairs.conftest import PAIRED, make_pair
from tests.pairs.test_every_kit import by_the_coordinator
from tests.pairs.test_logs import reader
from tests.pairs.test_logs_of_other_handbooks import met_once


@contextmanager
def pair_of(kit: str):
    made = make_pair(kit=kit, changed=by_the_coordinator)
    with tenant_scope(made.organisation), clock.at(PAIRED):
        yield made


def page(pair, number: int, user=None):
    return session_page(reader(pair, user or pair.mentee), pair.session(number))


def opened(pair, number: int, user=None) -> dict[str, int]:
    """Titles of the guides that open by themselves, with how many prompts each has."""
    return {one.title: len(one.lines) for one in page(pair, number, user).talks if one.is_open}


@pytest.mark.covers("gla.must.66")
def test_the_first_session_opens_with_its_own_steps_and_later_ones_with_the_ten(db):
    with pair_of("gla") as pair:
        assert opened(pair, 2) == {"Your first session": 6}
        assert [opened(pair, number) for number in (3, 7, 9)] == [{"The ten steps": 10}] * 3


@pytest.mark.covers("sssc.must.75")
def test_a_first_meeting_opens_with_nine_prompts_and_a_later_one_with_six(db, sign_in):
    with pair_of("sssc") as pair:
        assert opened(pair, 1) == {"Your first meeting": 9}
        assert [opened(pair, number) for number in (2, 6)] == [{"The meetings after that": 6}] * 2
        html = sign_in(pair.mentor).get(f"{pair.place}sessions/{pair.session(1).pk}/").content.decode()
        assert '<details class="sheet disclosure" open><summary>Your first meeting' in html
        assert '<details class="sheet disclosure"><summary>GROW' in html


@pytest.mark.covers("cal.sys.61")
def test_conversation_starters_are_offered_to_the_mentor_in_the_first_weeks(db):
    with pair_of("caltrans") as pair:
        assert [opened(pair, number, pair.mentor).get("Conversation starters") for number in (2, 3, 4)] == [
            12,
            12,
            None,
        ]
        titles = [one.title for one in page(pair, 2, pair.mentee).talks]
        assert "Conversation starters" not in titles, "they are questions for the mentor to ask"
        starters = next(one for one in page(pair, 5, pair.mentor).talks if one.title == "Conversation starters")
        assert not starters.is_open


def test_each_is_prompted_in_their_own_words(db):
    with pair_of("gla") as pair:
        words = {user: page(pair, 3, user).talks[0].lines[4].words for user in (pair.mentor, pair.mentee)}
        assert words[pair.mentor].startswith("Listen for thoughts")
        assert words[pair.mentee].startswith("Say what you think")


@pytest.mark.covers("sssc.must.88")
def test_the_tools_are_there_at_every_meeting_and_stay_optional(db):
    with pair_of("sssc") as pair:
        for number in (1, 4, 6):
            shown = {one.title: one for one in page(pair, number).talks}
            assert not shown["GROW"].is_open
            assert not shown["OSKAR"].is_open
            assert shown["GROW"].keep_url.endswith("worksheets/grow/new/")
        tools = Output.objects.filter(pairing=pair.pairing, worksheet__in=["grow", "oskar", "style", "clf"])
        assert not tools.filter(required=True).exists(), "nobody owes a tool"


def test_answers_may_be_kept_on_the_sheet_of_the_guide_which_shows_it_beside(db):
    with pair_of("sssc") as pair:
        sheet = add_sheet(reader=reader(pair, pair.mentee), worksheet="oskar", actor=pair.mentee)
        sheet.pairing = pair.pairing
        begin_response(output=sheet, actor=pair.mentee, people=people_of(pair.pairing))
        (own,) = owner_of(sheet, reader(pair, pair.mentee)).companions
        assert (own.title, own.is_open, own.keep_url) == ("OSKAR", True, "")


def test_all_guides_stand_beside_the_log_of_a_session(db, at, sign_in):
    with met_once(at, "aspire") as pair:
        log = pair.output(worksheet="meeting-record", session__number=1)
        html = sign_in(pair.mentee).get(pair.url(f"outputs/{log.pk}/")).content.decode()
        aside = html[html.index("<aside") :]
        for talk in kit_of(pair.pairing.cohort.programme.handbook).talks:
            assert f"<summary>{talk.title}" in aside
        assert "<form" not in aside[: aside.index("</aside>")], "nothing there leads away from what is being written"


def test_a_guide_leads_to_articles_that_one_may_read(db):
    with pair_of("gla") as pair:
        grow = {
            user: next(one for one in page(pair, 3, user).talks if one.title == "GROW")
            for user in (pair.mentor, pair.mentee)
        }
        assert [title for title, _url in grow[pair.mentor].articles] == ["GROW, and models like it"]
        assert grow[pair.mentee].articles == ()
        handbook = pair.pairing.cohort.programme.handbook
        assert "grow" not in {one.key for one in articles_of(handbook, "mentee")}


def test_coordinators_change_guides_in_the_browser(db, sign_in):
    with pair_of("gla") as pair:
        client = sign_in(pair.coordinator)
        place = pair.url("programmes/e-mentoring/handbook/")
        listed = client.get(f"{place}talks/").content.decode()
        assert "The ten steps" in listed
        html = client.get(f"{place}talks/item/ten-steps/").content.decode()
        assert "Listen for thoughts" in html
        assert "Say what you think" in html


def test_a_handbook_without_guides_shows_none(pair, sign_in):
    html = sign_in(pair.mentee).get(f"{pair.place}sessions/{pair.session(1).pk}/").content.decode()
    assert "Guides for your talk" not in html
