"""What the designer lets one set has an effect: what would have none is not offered, or is told before it is kept."""

import pytest

from mentoring.tenancy.scope import tenant_scope
from programmes.models import WorksheetDraft
from tests.programmes.conftest import words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("tells", ["news", "help"])
def test_nobody_is_told_of_a_sheet_that_they_read_only_with_consent(designer, tells):
    designer.begin()
    answer = designer.facts(preset="coordinator", consent="goals", to_coordinator=tells)
    assert answer.status_code == 200
    assert "They would hear of what they may not read." in words(answer)
    assert "to_coordinator" not in designer.draft.definition
    assert designer.facts(preset="coordinator", consent="", to_coordinator=tells).status_code == 302
    assert designer.draft.definition["to_coordinator"] == tells


def test_an_answer_tells_how_the_homework_stands(designer):
    designer.begin()
    designer.facts(use="homework")
    designer.add("text", "What will you do?")
    place = designer.add("choice", "Is it done?", "Not yet\nDone")
    assert "Such homework could never be done" in words(designer.client.get(designer.url("publish/")))
    assert designer.change(place, **{"options-1-state": "reached"}).status_code == 302
    assert [one.get("state", "") for one in designer.field(place)["options"]] == ["", "reached"]
    assert "Such homework could never be done" not in words(designer.client.get(designer.url("publish/")))
    assert "holds from now on" in words(designer.publish())


def test_a_question_in_rows_is_offered_nothing_that_would_be_passed_over(designer):
    designer.begin()
    designer.facts(preset="coordinator")
    rows = designer.add("group", "Rows", "A")
    alone = designer.add("choice", "On the sheet", "One\nTwo")
    inside = designer.add("choice", "In a row", "One\nTwo", container=f"in:{rows}")
    pages = [words(designer.client.get(designer.url(f"questions/{place}/"))) for place in (alone, inside)]
    assert ["totalled" in page for page in pages] == [True, False]


def test_what_was_counted_over_a_period_is_offered_to_the_programmes_own_sheets(designer):
    designer.begin()
    place = designer.add("longtext", "What was counted?")
    assert "period.themes" not in words(designer.client.get(designer.url(f"questions/{place}/")))
    designer.facts(filled_by="coordinator", preset="steering", repeats="on")
    assert designer.change(place, prefill="period.themes").status_code == 302
    assert "holds from now on" in words(designer.publish())


def test_a_sheet_that_nobody_of_a_pair_fills_in_is_not_published_with_moments(designer):
    designer.begin()
    designer.add("text", "What do you see?")
    designer.client.post(
        designer.url("moments/new/"), {"title": "At first", "opens_anchor": "pairing", "required": "on"}
    )
    assert "moments" in designer.draft.definition
    told = "Nobody of a pair fills it in, so nobody would be asked for it when it is due"
    assert told not in words(designer.client.get(designer.url("publish/")))
    designer.facts(filled_by="supervisor", preset="author-coordinator")
    page = words(designer.client.get(designer.url("publish/")))
    assert told in page
    assert "filled_by" not in page, "in the designer's own words"


def test_who_reads_a_sheet_is_told_as_it_comes_about(designer):
    """Of whatever a pair writes the coordinator sees whether it is done, and two names for that are no choice."""
    designer.begin()
    offered = dict(designer.client.get(designer.url("facts/")).context["form"].fields["preset"].choices)
    assert {offered["private"], offered["pair"]} == {
        "Only who writes it; of a pair's sheet the coordinator sees whether it is done",
        "The pair; the coordinator sees whether it is done",
    }
    assert "status" not in offered
    place = designer.add("text", "What is it?")
    readers = designer.client.get(designer.url(f"questions/{place}/")).context["form"].fields["readers"]
    assert "status" not in dict(readers.choices)


def test_a_sheet_that_says_status_keeps_it(designer, company):
    designer.begin()
    place = designer.add("text", "What is it?")
    definition = designer.draft.definition
    definition["readers"] = {"preset": "status"}
    definition["sections"][0]["fields"][0]["readers"] = "status"
    with tenant_scope(company.organisation):
        WorksheetDraft.objects.filter(key=designer.key).update(definition=definition)
    assert designer.facts(title="Another title").status_code == 302
    assert designer.change(place, label="What was it?").status_code == 302
    assert designer.draft.definition["readers"]["preset"] == "status"
    assert designer.field(place)["readers"] == "status"


def shown(designer, place: str) -> dict:
    """The fields of a question's form."""
    return designer.client.get(designer.url(f"questions/{place}/")).context["form"].fields


def test_what_a_pair_reads_beside_stands_with_any_question_that_it_answers_on_a_sheet(designer):
    designer.begin(filled_by="mentee")
    chosen = designer.add("choice", "Does it still hold?", "Yes\nNo")
    note, rows = designer.add("note", "Read this"), designer.add("group", "Rows", "A")
    assert "beside" in shown(designer, chosen)
    assert "beside" not in shown(designer, note)
    assert "beside" not in shown(designer, f"{rows}.a")
    designer.change(chosen, beside="goals")
    assert designer.field(chosen)["beside"] == "goals"
    designer.facts(belongs="person", preset="private")
    assert "beside" not in shown(designer, note)
    assert "beside" in shown(designer, chosen), "it stands there to be taken out"
    designer.change(chosen, beside="")
    assert "beside" not in shown(designer, chosen)


def test_a_day_with_its_hour_and_a_length_of_time_begin_with_what_is_known_of_the_session(designer):
    designer.begin()
    begun, took = designer.add("datetime", "When was it?"), designer.add("duration", "How long?")
    assert designer.change(begun, prefill="session.start").status_code == 302
    assert designer.change(took, prefill="session.minutes").status_code == 302
    assert [designer.field(place)["prefill"] for place in (begun, took)] == ["session.start", "session.minutes"]


def test_a_text_to_read_has_a_heading_and_readers_of_its_own(designer):
    designer.begin(filled_by="each")
    note = designer.add("note", "Nobody is told by this.")
    assert {"need", "sensitive", "meaning", "by"} & shown(designer, note).keys() == set()
    assert designer.change(note, label="For you alone", readers="private").status_code == 302
    field = designer.field(note)
    assert (field["label"], field["text"], field["readers"]) == ("For you alone", "Nobody is told by this.", "private")


def test_a_question_made_a_text_to_read_says_its_words_once(designer):
    designer.begin()
    place = designer.add("text", "Take your time.")
    base = designer.client.get(designer.url(f"questions/{place}/kind/")).context["base"]
    designer.client.post(designer.url(f"questions/{place}/kind/"), {"kind": "note", "base": base})
    assert designer.field(place).get("label", "") == ""
    assert designer.field(place)["text"] == "Take your time."


def test_a_single_line_of_a_rating_grid_may_be_needed(designer):
    designer.begin()
    grid = designer.add("matrix", "How does it go?", "Knots\nRadio")
    assert designer.change(grid, **{"items-1-need": "must"}).status_code == 302
    assert [line.get("need", "may") for line in designer.field(grid)["items"]] == ["may", "must"]
