"""Aspirations as a pair lives with them: samples to begin from, other words for one, and the next that grows from it."""

import re

import pytest
from django.test import Client

from pairs.domain.goal_pages import goals_page
from pairs.models import Goal, Output
from templates_app.domain.responses import answers_of
from tests.pairs.filling import send
from tests.pairs.test_goal_tree import ASPIRATION, LONG_TERM, aspire, goals_of, html_of, pair_of, reader, sheet_of

__all__ = ["aspire"]

SAMPLES = ["To lead a team", "To become a manager within two years", "To write a book"]


@pytest.fixture
def fresh(db):
    """A pair that has written nothing yet."""
    with pair_of("aspire") as pair:
        yield pair


# --- Samples ------------------------------------------------------------------------------------------------------------


def press(pair, client: Client, output: Output, button: str, **words: str) -> str:
    """The sheet's page after one of its buttons; ``words`` are typed into it as it stood before."""
    page = pair.url(f"outputs/{output.pk}/")
    revision = Output.objects.get(pk=output.pk).response.revision
    answer = client.post(page, {"revision": revision, "_end": "1", "_op": button, **words})
    assert answer.status_code in (200, 422)
    return answer.content.decode()


@pytest.mark.covers("phase1.must.66")
def test_a_mentee_takes_up_one_of_three_samples_and_makes_it_their_own(fresh, sign_in):
    client, sheet = sign_in(fresh.mentee), sheet_of(fresh, fresh.mentee, "aspiration")
    html = client.get(fresh.url(f"outputs/{sheet.pk}/")).content.decode()
    assert "3 suggestions from the handbook" in html
    assert [html.count(f'aria-label="Put it in: {sample}"') for sample in SAMPLES] == [1, 1, 1]
    html = press(fresh, client, sheet, "suggest:aspirations:2")
    assert 'value="To write a book"' in html
    assert "2 suggestions from the handbook" in html
    [row] = answers_of(Output.objects.get(pk=sheet.pk).response)["aspirations"]
    own = row | {"title": "To write a book of songs", "motivation": "For my sister", "long_term": [LONG_TERM]}
    send(sheet, fresh.mentee, {"aspirations": [own]})
    shown = goals_of(fresh, fresh.mentor)["To write a book of songs"]
    assert "The book is finished, and I have enjoyed the way there." in [text for _label, text in shown.words]
    assert "To write a book" not in goals_of(fresh, fresh.mentor)


# --- Other words --------------------------------------------------------------------------------------------------------

MODEST = {"reframed": "I lead the reef team's meetings first", "proposed_by": "mentor"}


def panes(pair, user) -> list[tuple[str, str, str]]:
    """Title, remark and words of what stands side by side on the page of goals."""
    html = html_of(pair, user, "goals/").partition('<div class="side-by-side"')[2]
    found = re.findall(
        r'<h3>(.*?)</h3><p class="soft small">(.*?)</p></header><p class="written">(.*?)</p>', html, re.DOTALL
    )
    return [(title, remark, words) for title, remark, words in found]


def aspiration(pair, *rows: dict) -> Output:
    return send(sheet_of(pair, pair.mentee, "aspiration"), pair.mentee, {"aspirations": list(rows)})


@pytest.mark.covers("phase1.must.50")
def test_old_and_new_words_stand_side_by_side_with_who_proposed_them(aspire, at):
    assert panes(aspire, aspire.mentee) == []
    with at("2026-11-10 09:00", "Pacific/Apia"):
        aspiration(aspire, ASPIRATION | MODEST)
        for user in (aspire.mentee, aspire.mentor):
            before, now = panes(aspire, user)
            assert before == ("Before", "ʻAna, 3 Nov", "Lead a team\nI lead\nIt is me")
            assert now == ("Now", "The mentor proposed it, 10 Nov", "I lead the reef team&#x27;s meetings first")


def test_words_written_anew_stand_beside_the_old_ones_as_their_writers(aspire, at):
    with at("2026-11-10 09:00", "Pacific/Apia"):
        aspiration(aspire, ASPIRATION | {"vision": "I lead two"})
        before, now = panes(aspire, aspire.mentor)
    assert before[2] == "Lead a team\nI lead\nIt is me"
    assert (now[1], now[2]) == ("ʻAna proposed it, 10 Nov", "Lead a team\nI lead two\nIt is me")


@pytest.mark.covers("phase1.must.50")
def test_a_state_marked_later_leaves_whose_words_they_are_and_third_words_stand_beside_the_second(aspire, at):
    with at("2026-11-10 09:00", "Pacific/Apia"):
        aspiration(aspire, ASPIRATION | MODEST)
        first = panes(aspire, aspire.mentee)
    with at("2026-11-20 09:00", "Pacific/Apia"):
        aspiration(aspire, ASPIRATION | MODEST | {"status": "achieved"})
        assert panes(aspire, aspire.mentee) == first
    with at("2026-11-25 09:00", "Pacific/Apia"):
        aspiration(aspire, ASPIRATION | {"reframed": "I lead one meeting", "proposed_by": "mentee"})
        before, now = panes(aspire, aspire.mentee)
    assert before == ("Before", "The mentor, 10 Nov", first[1][2])
    assert now == ("Now", "The mentee proposed it, 25 Nov", "I lead one meeting")


def test_a_state_alone_is_no_other_wording(aspire):
    aspiration(aspire, ASPIRATION | {"status": "set_aside"})
    assert panes(aspire, aspire.mentee) == []


# --- The next one ---------------------------------------------------------------------------------------------------------

NEXT = ASPIRATION | {
    "_id": "1000000d",
    "title": "Lead two teams",
    "parent": ASPIRATION["_id"],
    "long_term": [LONG_TERM | {"_id": "1000000e", "goal": "Head of two departments"}],
}


@pytest.mark.covers("phase1.must.51")
def test_an_aspiration_achieved_stays_where_it_was_reached_and_the_next_grows_from_it(aspire, at):
    with at("2026-11-10 09:00", "Pacific/Apia"):
        aspiration(aspire, ASPIRATION | {"status": "achieved"})
    with at("2026-11-12 09:00", "Pacific/Apia"):
        choices = [one.label for one in reader(aspire, aspire.mentee).named["aspirations"]]
        assert choices == ["Lead a team"], "what was achieved is offered as what the next grew from"
        aspiration(aspire, NEXT)
        for user in (aspire.mentee, aspire.mentor):
            page = goals_page(reader(aspire, user))
            assert [(one.title, one.reached) for one in page.reached] == [("Lead a team", "Tuesday 10 November")]
            [root] = [one for one in page.goals if one.title == "Lead a team"]
            assert "Lead two teams" in [one.title for one in root.children]
    assert Goal.objects.get(row=NEXT["_id"]).parent == Goal.objects.get(row=ASPIRATION["_id"])


def test_what_is_still_open_is_let_go_when_it_is_taken_off_the_sheet(aspire):
    aspiration(aspire, NEXT | {"parent": ""})
    assert "Lead a team" not in goals_of(aspire, aspire.mentee)
