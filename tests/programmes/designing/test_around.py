"""What stands with a worksheet is chosen on its page of facts, and told before it is published."""

import pytest

from tests.programmes.conftest import words
from tests.programmes.designing.conftest import Designer, fields_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(designer: Designer) -> Designer:
    designer.begin()
    designer.add("choice", "Is it urgent?", "Yes\nNo")
    designer.add("longtext", "What is it about?")
    return designer


def choices(sheet: Designer, name: str) -> list[str]:
    form = sheet.client.get(sheet.url("facts/")).context["form"]
    return [key for key, _words in form.fields[name].choices]


def test_guidance_other_sheets_and_what_it_waits_for_are_chosen_and_told_by_their_names(sheet):
    guide, other = choices(sheet, "guides")[0], choices(sheet, "see_also")[0]
    answer = sheet.facts(guides=[guide], see_also=[other], waits_for=["agreement", other])
    assert answer.status_code == 302, words(answer)
    definition = sheet.draft.definition
    assert (definition["guides"], definition["see_also"]) == ([guide], [other])
    assert definition["waits_for"] == ["agreement", other]
    assert "holds from now on" in words(sheet.publish())
    sheet.open(sheet.key)
    sheet.facts(waits_for=["agreement"], guides=[])
    page = words(sheet.client.get(sheet.url("publish/")))
    assert "It can be begun once: the agreement is in force." in page
    assert "No guidance stands with it any more." in page
    assert "Its purpose, its length" not in page


def test_an_offer_leads_to_another_sheet_and_then_takes_answers_along(sheet):
    other = choices(sheet, "see_also")[0]
    sheet.facts(**{"offer-0-label": "Go on with it", "offer-0-way": other, "offer-0-when": "is_it_urgent=yes"})
    page = sheet.client.get(sheet.url("facts/"))
    assert "Its question" in words(page)
    theirs = page.context["form"].fields["offer-0-into-0"].choices[1][0]
    sheet.facts(**{"offer-0-into-0": theirs, "offer-0-from-0": "what_is_it_about"})
    assert sheet.draft.definition["offers"] == [
        {
            "label": "Go on with it",
            "opens": other,
            "when": {"field": "is_it_urgent", "is_in": ["yes"]},
            "fills": {theirs: "what_is_it_about"},
        }
    ]
    sheet.facts(**{"offer-0-label": ""})
    assert sheet.draft.definition.get("offers", []) == []


def test_an_offer_hangs_on_any_of_several_answers_or_on_none(sheet):
    other = choices(sheet, "see_also")[0]
    sheet.add("choice", "How far?", "Here\nNearby\nAway")
    sheet.facts(**{"offer-0-label": "Go on", "offer-0-way": other, "offer-0-when": "how_far=nearby"})
    assert choices(sheet, "offer-0-also") == ["how_far=here", "how_far=away"]
    sheet.facts(**{"offer-0-also": ["how_far=away"]})
    assert sheet.draft.definition["offers"][0]["when"] == {"field": "how_far", "is_in": ["nearby", "away"]}
    sheet.facts(title="Another title")
    assert sheet.draft.definition["offers"][0]["when"]["is_in"] == ["nearby", "away"], "what is not touched stays"
    sheet.facts(**{"offer-0-when": "is_it_urgent=no"})
    assert sheet.draft.definition["offers"][0]["when"] == {"field": "is_it_urgent", "is_in": ["no"]}
    sheet.facts(**{"offer-0-when": "what_is_it_about"})
    assert sheet.draft.definition["offers"][0]["when"] == {"field": "what_is_it_about", "filled": False}


def test_after_a_new_offer_one_comes_back_to_say_what_goes_along(sheet):
    other = choices(sheet, "see_also")[0]
    answer = sheet.facts(**{"offer-0-label": "Go on", "offer-0-way": other})
    assert answer.url == f"{sheet.url('facts/')}#offers"
    assert sheet.facts(minutes="20").url == f"{sheet.url()}#facts"


def test_an_offer_may_lead_to_the_page_of_ending_and_must_lead_somewhere(sheet):
    sheet.facts(**{"offer-0-label": "End the mentoring", "offer-0-way": ":ending"})
    assert sheet.draft.definition["offers"] == [{"label": "End the mentoring", "leads_to": "ending"}]
    page = sheet.facts(**{"offer-1-label": "Somewhere"})
    assert page.context["form"].errors["offer-1-way"] == ["Say where it leads, or take the words out."]
    assert fields_of(page)["offer-1-label"] == "Somewhere", "what was typed stands there still"


def test_one_sheet_for_each_goal_and_a_word_that_it_is_enough(sheet):
    lacking = sheet.facts(sparing_sheets="3")
    assert lacking.context["form"].errors["sparing_words"]
    sheet.facts(one_for_each="goals", sparing_sheets="3", sparing_words="Three are enough for one talk.")
    definition = sheet.draft.definition
    assert definition["one_for_each"] == "goals"
    assert definition["sparing"] == {"sheets": 3, "words": "Three are enough for one talk."}
    sheet.facts(one_for_each="", sparing_sheets="", sparing_words="")
    assert "one_for_each" not in sheet.draft.definition
    assert "sparing" not in sheet.draft.definition
