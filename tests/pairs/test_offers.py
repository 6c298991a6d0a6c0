"""From one sheet into the next: offers, answers of another sheet beside a question, rows that become actions, living sheets."""

import pytest
from django.http import Http404

from pairs.domain.actions import open_actions_for
from pairs.domain.offers import offered
from pairs.domain.queries import get_pairing_for
from pairs.domain.reading import reader_of
from pairs.domain.sheets import add_sheet
from pairs.models import Action, Output
from templates_app.domain.responses import answers_of
from tests.pairs.filling import change_sheet, owner_for_reader, send, write
from tests.pairs.test_every_kit import pair_of

IDEA = {"_id": "aaaa0001", "idea": "Stop meetings at noon", "act": ["do"]}
ANOTHER = {"_id": "aaaa0002", "idea": "Stop sighing"}


def reader(pair, user):
    return reader_of(user, get_pairing_for(user, pair.pairing.pk))


def sheet(pair, user, worksheet: str) -> Output:
    return add_sheet(reader=reader(pair, user), worksheet=worksheet, actor=user)


@pytest.fixture
def gla(db):
    with pair_of("gla") as pair:
        yield pair


@pytest.mark.covers("gla.must.55")
def test_one_action_leads_from_the_finished_rocking_chair_to_the_grid_with_the_gap_as_its_goal(gla, sign_in):
    row = write(sheet(gla, gla.mentee, "rocking"), gla.mentee, {"gap": "Time for my brother"})
    client, address = sign_in(gla.mentee), gla.url(f"outputs/{row.pk}/offers/0/")
    assert client.post(address).status_code == 404, "not before it is finished"
    send(row, gla.mentee, {})
    page = client.get(gla.url(f"outputs/{row.pk}/read/")).content.decode()
    assert f'action="{address}"' in page
    assert "Take what is missing into thought showering" in page
    answer = client.post(address)
    opened = Output.objects.select_related("response__version").get(worksheet="grid")
    assert answer["Location"] == gla.url(f"outputs/{opened.pk}/")
    assert answers_of(opened.response) == {"goal": "Time for my brother"}
    assert client.get(address).status_code == 405
    # Whoever goes that way again goes on with the same sheet, and nothing they wrote meanwhile is touched.
    write(opened, gla.mentee, {"goal": "Sundays"})
    client.post(address)
    assert answers_of(Output.objects.get(worksheet="grid").response) == {"goal": "Sundays"}


def test_nothing_is_offered_without_such_an_answer_nor_to_anybody_else(gla, sign_in):
    row = send(sheet(gla, gla.mentee, "rocking"), gla.mentee, {"fun": "Boats"})
    assert owner_for_reader(row, gla.mentee).offers == ()
    with pytest.raises(Http404):
        offered(row, reader(gla, gla.mentee), 0)
    other = send(sheet(gla, gla.mentee, "rocking"), gla.mentee, {"gap": "Time"})
    for user in (gla.mentor, gla.coordinator):
        assert sign_in(user).post(gla.url(f"outputs/{other.pk}/offers/0/")).status_code == 404
    assert sign_in(gla.mentee).post(gla.url(f"outputs/{other.pk}/offers/1/")).status_code == 404


@pytest.mark.covers("gla.must.56")
def test_habits_open_with_the_rocks_of_the_latest_jar_beside_them(gla, sign_in, at):
    rocks = {"rock1": "My family", "rock2": "Sleep", "rock3": "The reef"}
    send(sheet(gla, gla.mentee, "priority"), gla.mentee, rocks)
    with at("2026-11-05 09:00"):
        send(sheet(gla, gla.mentee, "priority"), gla.mentee, rocks | {"rock2": "Walking"})
    row = sheet(gla, gla.mentee, "intentions")
    page = sign_in(gla.mentee).get(gla.url(f"outputs/{row.pk}/")).content.decode()
    beside, question = page.index("Walking"), page.index('id="q-f-habit1"')
    assert beside < question
    assert "My family" in page
    assert "Sleep" not in page, "of the jar before"
    assert "Rock 4" not in page, "what was left blank does not show"


@pytest.mark.covers("gla.must.24")
def test_ideas_that_are_ticked_become_actions_and_a_later_sheet_leaves_them(gla):
    send(sheet(gla, gla.mentee, "grid"), gla.mentee, {"goal": "More time", "stop": [IDEA, ANOTHER]})
    assert [action.text for action in open_actions_for(reader(gla, gla.mentee))] == ["Stop meetings at noon"]
    assert open_actions_for(reader(gla, gla.mentor)) == [], "the sheet is the mentee's own"
    more = {"_id": "bbbb0001", "idea": "Stop working at night", "act": ["do"]}
    send(sheet(gla, gla.mentee, "grid"), gla.mentee, {"goal": "More sleep", "stop": [more]})
    assert Action.objects.filter(state="open").count() == 2


def test_a_living_sheet_goes_on_from_its_last_version(pair):
    fields = [{"key": "words", "kind": "text", "label": "Words"}]
    changes = {"repeats": True, "living": True, "sections": [{"key": "all", "fields": fields}]}
    change_sheet(pair.pairing, "mentor-notes", **changes)
    first = send(sheet(pair, pair.mentor, "mentor-notes"), pair.mentor, {"words": "CANARY"})
    second = write(sheet(pair, pair.mentor, "mentor-notes"), pair.mentor, {})
    assert second.pk != first.pk
    assert answers_of(second.response) == {"words": "CANARY"}
    write(second, pair.mentor, {"words": "Changed"})
    assert answers_of(Output.objects.get(pk=first.pk).response) == {"words": "CANARY"}, "the version before stays"


@pytest.mark.covers("gla.must.54")
def test_the_rocking_chair_has_a_timer_of_twenty_minutes_that_nobody_has_to_start(gla, sign_in):
    row = sheet(gla, gla.mentee, "rocking")
    page = sign_in(gla.mentee).get(gla.url(f"outputs/{row.pk}/")).content.decode()
    assert 'data-timer="20"' in page
    assert "Switch the timer off" in page
    assert "templates_app/timer.js" in page
    assert f'data-draft-url="{gla.url(f"outputs/{row.pk}/draft/")}"' in page, "what is written is saved meanwhile"
    other = sheet(gla, gla.mentee, "grid")
    assert "data-timer" not in sign_in(gla.mentee).get(gla.url(f"outputs/{other.pk}/")).content.decode()
