"""Every step of the designer by its page, without scripts: what it does, and that nothing typed is lost."""

import pytest

from mentoring.tenancy.scope import tenant_scope
from programmes.forms.designing_settings import MEANINGS
from programmes.models import WorksheetDraft
from templates_app.shapes import Meaning
from tests.programmes.conftest import words
from tests.programmes.designing.conftest import DESIGNS, fields_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(designer):
    designer.begin()
    for label in ("One", "Two", "Three"):
        designer.add("text", label)
    return designer


def test_the_list_says_who_fills_in_and_reads_each_sheet_and_when_it_is_due(designer, company):
    page = words(designer.client.get(company.url(DESIGNS)))
    assert "Learning log" in page
    assert "Mentor and mentee, each their own" in page
    assert "the coordinator only with consent" in page
    assert "due at the end of session 2" in page
    assert "Nothing written yet" in page
    assert "Mentoring partnership agreement" not in page, "its questions belong to the agreement"


def test_a_new_worksheet_begins_blank_or_as_a_copy_and_its_key_is_made_of_its_title(designer):
    designer.begin("Feedback: what next?")
    assert designer.key == "feedback-what-next"
    assert designer.places == []
    designer.begin("Feedback: what next?", copy_of="capacity")
    assert designer.key == "feedback-what-next-2"
    assert "career_goals" in designer.places or len(designer.places) > 5
    assert "moments" not in designer.draft.definition, "a copy is called for at no moment"


def test_opening_a_worksheet_twice_is_one_draft(designer):
    designer.open("capacity").open("capacity")
    with tenant_scope(designer.company.organisation):
        assert WorksheetDraft.objects.count() == 1


def test_questions_move_up_and_down_and_over_a_sections_edge(sheet):
    sheet.do("up:two")
    assert sheet.places == ["two", "one", "three"]
    assert sheet.do("up:two").url.endswith("#q-two"), "one comes back to the same place"
    assert sheet.places == ["two", "one", "three"]
    sheet.client.post(sheet.url("sections/new/"), {"title": "Later"})
    sheet.do("down:three")
    sections = {one["key"]: [f["key"] for f in one["fields"]] for one in sheet.draft.definition["sections"]}
    assert sections == {"questions": ["two", "one"], "later": ["three"]}
    sheet.do("up:three")
    assert sheet.places == ["two", "one", "three"]


def test_a_question_moves_to_another_section_by_its_own_page(sheet):
    sheet.client.post(sheet.url("sections/new/"), {"title": "Later"})
    assert sheet.change("one", section="later").status_code == 302
    assert sheet.places == ["two", "three", "one"]


def test_hidden_questions_stand_in_their_place_and_are_not_asked_until_they_are_shown(sheet):
    sheet.do("hide:two")
    assert sheet.places == ["one", "two", "three"]
    sheet.publish()
    assert [field.key for field in sheet.sheet.fields()] == ["one", "three"]
    sheet.open(sheet.key).do("show:two")
    sheet.publish()
    assert [field.key for field in sheet.sheet.fields()] == ["one", "two", "three"]


def test_what_is_taken_out_comes_back_by_the_button_of_the_message(sheet):
    page = words(sheet.do("remove:two", follow=True))
    assert sheet.places == ["one", "three"]
    assert "Taken out." in page
    undo = sheet.url(f"undo/{sheet.draft.revision}/")
    assert undo in page
    sheet.client.post(undo)
    assert sheet.places == ["one", "two", "three"]
    assert "not taken back" in words(sheet.client.post(undo, follow=True)), "a button pressed twice does nothing more"
    assert sheet.places == ["one", "two", "three"]


def test_a_question_is_renamed_and_keeps_its_key(sheet):
    sheet.change("one", label="What happened?", help="In a few words.", need="must")
    assert sheet.field("one") == {
        "key": "one", "kind": "text", "label": "What happened?", "help": "In a few words.", "need": "must", "ours": True,
    }  # fmt: skip


def test_keys_are_never_given_twice_nor_again(sheet):
    assert sheet.add("text", "One") == "one_2"
    sheet.publish()
    sheet.open(sheet.key)
    sheet.do("remove:one")
    sheet.publish()
    sheet.open(sheet.key)
    assert sheet.add("text", "One") == "one_3", "its answers would pass for those of the first, two versions ago"
    assert sheet.add("text", "日本") == "question"


def test_answers_of_a_choice_are_added_moved_relabelled_and_keep_their_keys(sheet):
    place = sheet.add("choice", "How often?", "Weekly\nMonthly")
    page = sheet.client.get(sheet.url(f"questions/{place}/"))
    form = fields_of(page, 0)
    assert (form["options-0-key"], form["options-0-label"], form["options-2-label"]) == ("weekly", "Weekly", "")
    form |= {
        "options-0-label": "Every week",
        "options-2-label": "Never",
        "options-1-apart": "on",
        "label": "How often now?",
    }
    answer = sheet.client.post(sheet.url(f"questions/{place}/"), form | {"do": "options:down:0"})
    assert answer.url.endswith(f"questions/{place}/#options"), "one comes back to the same place"
    assert sheet.field(place)["options"] == [
        {"key": "monthly", "label": "Monthly", "apart": True},
        {"key": "weekly", "label": "Every week"},
        {"key": "never", "label": "Never"},
    ]
    assert sheet.field(place)["label"] == "How often now?", "what was typed elsewhere on the page is saved with it"
    sheet.change(place, do="options:remove:1", other="on")
    assert [one["key"] for one in sheet.field(place)["options"]] == ["monthly", "never"]
    assert sheet.field(place)["other"] is True


def test_an_answer_without_latin_letters_gets_no_key_that_an_answer_of_any_earlier_version_had(sheet):
    """What was chosen by the key before would else be counted with what is chosen now."""
    place = sheet.add("choice", "How often?", "毎週\n毎月")
    assert [one["key"] for one in sheet.field(place)["options"]] == ["answer", "answer_2"]
    sheet.change(place, **{"options-2-label": "毎日"})
    assert sheet.field(place)["options"][2]["key"] == "line"
    sheet.publish()
    sheet.open(sheet.key).change(place, do="options:remove:2")
    sheet.publish()
    sheet.open(sheet.key).change(place, **{"options-2-label": "毎年"})
    assert sheet.field(place)["options"][2]["key"] == "line_2"
    sheet.change(place, **{"options-several": "二年"})
    assert sheet.field(place)["options"][3]["key"] == "line_3"


def test_a_line_without_words_is_refused_with_all_that_was_typed(sheet):
    place = sheet.add("checklist", "Ready?", "Money\nTime")
    answer = sheet.change(place, **{"items-0-label": "", "items-1-label": "Enough time", "help": "Kept while refused."})
    assert answer.status_code == 200
    page = words(answer)
    assert "Write something here, or take the line out." in page
    assert "Enough time" in page
    assert "Kept while refused." in page
    assert [one["label"] for one in sheet.field(place)["items"]] == ["Money", "Time"]
    sheet.change(place, **{"items-0-label": "", "do": "items:remove:0"})
    assert [one["label"] for one in sheet.field(place)["items"]] == ["Time"], "taking it out is the way out"


def test_scale_points_have_values_and_words(sheet):
    place = sheet.add("scale", "How well?", "Poor\nFair\nGood")
    assert sheet.field(place)["points"] == [
        {"value": 1, "label": "Poor"}, {"value": 2, "label": "Fair"}, {"value": 3, "label": "Good"},
    ]  # fmt: skip
    values = {"points-2-value": "5", "points-3-value": "10", "points-3-label": "Great", "not_applicable": "on"}
    sheet.change(place, **values, low_label="low", high_label="high")
    assert [point["value"] for point in sheet.field(place)["points"]] == [1, 2, 5, 10]
    assert sheet.field(place)["not_applicable"] is True
    assert sheet.field(place)["low_label"] == "low"


def test_a_condition_on_another_answer_takes_two_steps_and_no_script(sheet):
    sheet.add("choice", "Mode", "Alone\nTogether")
    answer = sheet.change("one", show_field="mode")
    assert answer.url.endswith("questions/one/#condition"), "the page comes back to ask which answers"
    assert sheet.field("one")["show_if"] == {"field": "mode", "filled": True}
    sheet.change("one", show_when="is_in", show_values=["together"])
    assert sheet.field("one")["show_if"] == {"field": "mode", "is_in": ["together"]}
    assert "Choose at least one answer" in words(sheet.change("one", show_when="is_in", show_values=[]))
    sheet.change("one", show_field="two")
    sheet.change("one", show_when="blank")
    assert sheet.field("one")["show_if"] == {"field": "two", "filled": False}
    sheet.change("one", show_field="")
    assert "show_if" not in sheet.field("one")


def test_a_condition_that_was_set_meanwhile_is_told_and_breaks_nothing(sheet):
    sheet.add("file", "Paper")
    stale = fields_of(sheet.client.get(sheet.url("questions/one/")), 0) | {"show_field": "paper"}
    sheet.change("one", show_field="paper")
    answer = sheet.client.post(sheet.url("questions/one/"), stale | {"label": "Mine"})
    assert answer.status_code == 200
    assert 'value="Mine"' in words(answer), "what was typed is kept, and nothing is overwritten"
    assert sheet.field("one")["show_if"] == {"field": "paper", "filled": True}


def test_a_condition_on_a_scale_holds_the_points_values(sheet):
    sheet.add("scale", "How well", "Poor\nGood")
    sheet.change("one", show_field="how_well")
    sheet.change("one", show_when="is_in", show_values=["1"])
    assert sheet.field("one")["show_if"] == {"field": "how_well", "is_in": [1]}


def test_a_single_question_has_fewer_readers_or_is_sensitive(sheet):
    sheet.change("one", readers="private", prefill="person.name")
    assert sheet.field("one")["readers"] == "private"
    assert sheet.field("one")["prefill"] == "person.name"
    assert "always optional" in words(sheet.change("two", sensitive="on", need="must"))
    sheet.change("two", sensitive="on", need="may")
    assert sheet.field("two")["sensitive"] is True


def test_a_table_has_fixed_lines_or_grows_within_bounds(sheet):
    place = sheet.add("table", "Plan", "Task\nBy whom")
    assert sheet.places[-3:] == ["plan", "plan.task", "plan.by_whom"]
    sheet.change(place, min_rows="1", max_rows="5", actions_column="task")
    assert {name: sheet.field(place)[name] for name in ("min_rows", "max_rows", "actions_column")} == {
        "min_rows": 1, "max_rows": 5, "actions_column": "task",
    }  # fmt: skip
    sheet.change(place, **{"items-0-label": "Before", "items-1-label": "After"})
    assert [one["key"] for one in sheet.field(place)["items"]] == ["before", "after"]
    assert sheet.add("date", "By when", container="in:plan") == "plan.by_when"
    sheet.do("up:plan.by_when")
    assert sheet.places[-3:] == ["plan.task", "plan.by_when", "plan.by_whom"]
    sheet.do("remove:plan.task")
    assert sheet.places[-3:] == ["plan", "plan.by_when", "plan.by_whom"]


def test_blocks_nest_once(sheet):
    sheet.add("group", "Goal", "Goal")
    sheet.add("group", "Steps", "Step", container="in:goal")
    sheet.add("table", "Needs", "Need", container="in:goal.steps")
    assert sheet.places[-5:] == [
        "goal.goal",
        "goal.steps",
        "goal.steps.step",
        "goal.steps.needs",
        "goal.steps.needs.need",
    ]
    form = {"label": "Deeper", "kind": "group", "lines": ""}
    assert sheet.client.post(sheet.url("add/in:goal.steps/"), form).status_code == 200, "and no further"


def test_the_sheets_facts_and_readers_change_by_their_page(sheet):
    answer = sheet.facts(
        title="Another title", minutes="20", repeats="on", group="Exercises", preset="coordinator", opens="moment",
        opens_at_anchor="session-end", opens_at_session="2", opens_at_days="3", shareable="on", consent="logs",
    )  # fmt: skip
    assert answer.status_code == 302, words(answer)
    found = sheet.draft.definition
    assert (found["title"], found["minutes"], found["repeats"], found["group"]) == (
        "Another title",
        20,
        True,
        "Exercises",
    )
    assert found["readers"] == {
        "preset": "coordinator", "opens": "moment", "shareable": True, "consent": "logs",
        "opens_at": {"anchor": "session-end", "session": 2, "days": 3},
    }  # fmt: skip
    assert found["key"] == "trial-sheet", "a key never changes"
    assert "This is for sheets that the coordinators fill in" in words(sheet.facts(preset="steering"))
    assert "Say which session" in words(sheet.facts(opens_at_session=""))


def test_moments_are_added_changed_moved_and_taken_out(sheet):
    form = {
        "title": "After session 2", "opens_anchor": "session-end", "opens_session": "2", "due_anchor": "session-end",
        "due_session": "2", "due_days": "3", "every_unit": "months", "every_count": "2", "times": "3", "required": "on",
        "session": "2", "stage": "capacity",
    }  # fmt: skip
    assert sheet.client.post(sheet.url("moments/new/"), form).status_code == 302
    assert sheet.draft.definition["moments"] == [
        {
            "key": "after-session-2", "title": "After session 2", "opens": {"anchor": "session-end", "session": 2},
            "due": {"anchor": "session-end", "session": 2, "days": 3}, "every": {"months": 2, "times": 3}, "session": 2,
            "stage": "capacity",
        }
    ]  # fmt: skip
    page = sheet.client.get(sheet.url("moments/after-session-2/"))
    assert (
        sheet.client.post(sheet.url("moments/after-session-2/"), fields_of(page) | {"due_anchor": ""}).status_code
        == 302
    )
    assert "due" not in sheet.draft.definition["moments"][0]
    sheet.client.post(sheet.url("moments/new/"), {"title": "First", "opens_anchor": "pairing", "due_anchor": ""})
    sheet.do("moment-up:first")
    assert [one["key"] for one in sheet.draft.definition["moments"]] == ["first", "after-session-2"]
    assert sheet.draft.definition["moments"][0]["required"] is False
    sheet.do("moment-remove:after-session-2")
    assert [one["key"] for one in sheet.draft.definition["moments"]] == ["first"]


def test_a_moment_that_was_given_up_lends_its_key_to_no_other(sheet):
    form = {"title": "First", "opens_anchor": "pairing", "due_anchor": ""}
    sheet.client.post(sheet.url("moments/new/"), form)
    sheet.publish()
    sheet.open(sheet.key).do("moment-remove:first")
    sheet.client.post(sheet.url("moments/new/"), form)
    assert [one["key"] for one in sheet.draft.definition["moments"]] == ["first-2"]


def test_taking_a_heading_away_keeps_its_questions(sheet):
    sheet.client.post(sheet.url("sections/new/"), {"title": "Later"})
    sheet.change("three", section="later")
    page = sheet.client.get(sheet.url("sections/later/"))
    sheet.client.post(
        sheet.url("sections/later/"), fields_of(page) | {"title": "Afterwards", "intro": "Take your time."}
    )
    assert sheet.draft.definition["sections"][1]["title"] == "Afterwards"
    sheet.do("section-up:later")
    assert sheet.places == ["three", "one", "two"]
    sheet.do("section-remove:later")
    assert sheet.places == ["three", "one", "two"]
    sheet.do("section-remove:questions")
    assert sheet.places == ["three", "one", "two"], "questions need a section"


def test_a_draft_is_dropped_and_what_is_published_stays(designer):
    designer.open("capacity")
    designer.client.post(designer.url("drop/"), {"revision": designer.draft.revision})
    with tenant_scope(designer.company.organisation):
        assert not WorksheetDraft.objects.exists()
    assert "Change this worksheet" in words(designer.client.get(designer.url()))


def test_keys_inside_rows_are_their_own(sheet):
    sheet.add("table", "Plan", "One\nTwo")
    assert sheet.places[-2:] == ["plan.one", "plan.two"]
    sheet.publish()
    sheet.open(sheet.key).do("remove:plan.one")
    assert sheet.add("text", "One", container="in:plan") == "plan.one_2"


def test_the_answers_a_choice_begins_with_give_way_to_those_that_are_written_or_offered(designer):
    designer.begin()
    languages, ready = designer.add("choices", "Languages"), designer.add("choice", "Ready?")
    assert [one["label"] for one in designer.field(ready)["options"]] == ["First answer", "Second answer"]
    designer.change(languages, options_from="languages")
    designer.change(ready, **{"options-several": "Yes\nNo"})
    assert "options" not in designer.field(languages)
    assert [one["label"] for one in designer.field(ready)["options"]] == ["Yes", "No"]


def test_every_meaning_that_an_answer_may_have_is_offered_in_words(designer):
    assert {str(one) for one in Meaning} == {str(one) for one in MEANINGS}
