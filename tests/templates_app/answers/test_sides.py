"""Questions that one side writes in a sheet that both write, and words by the writer's side."""

from typing import Any

import pytest
from django.utils.datastructures import MultiValueDict
from pydantic import ValidationError

from templates_app.answers import check, compare, display
from templates_app.domain.blank_sheets import blank_sections
from templates_app.forms.worksheet import WorksheetForm
from templates_app.shapes import Worksheet
from tests.templates_app.sink import someone

SHEET: dict[str, Any] = {
    "key": "look-back",
    "title": "Look back",
    "filled_by": "together",
    "readers": {"preset": "pair"},
    "sections": [
        {
            "key": "views",
            "fields": [
                {"key": "common", "kind": "text", "label": "Together"},
                {
                    "key": "views",
                    "kind": "table",
                    "label": "Two views",
                    "items": [{"key": "start", "label": "Start"}],
                    "columns": [
                        {"key": "mine", "kind": "text", "label": "The mentee's view", "by": "mentee"},
                        {"key": "yours", "kind": "text", "label": "The mentor's view", "by": "mentor"},
                    ],
                },
            ],
        },
        {
            "key": "ideas",
            "by": "mentee",
            "fields": [
                {"key": "idea", "kind": "text", "label": "Idea", "need": "must"},
                {"key": "comment", "kind": "text", "label": "Comment", "by": "mentor"},
                {"key": "either", "kind": "text", "label": "Either", "by": "each"},
            ],
        },
    ],
}
STORED = {
    "common": "We met",
    "idea": "The mentee's own",
    "comment": "The mentor asks",
    "views": [{"_id": "start", "mine": "Slow", "yours": "Fast"}],
}
FORGED = {
    "common": "We talked",
    "idea": "Forged",
    "comment": "Forged too",
    "either": "Both",
    "views": [{"_id": "start", "mine": "Forged", "yours": "Mended"}],
}


def sheet(**changes: Any) -> Worksheet:
    return Worksheet.model_validate(SHEET | changes)


@pytest.mark.covers("gla.must.63")
@pytest.mark.parametrize("mode", ["draft", "submit"])
def test_what_is_the_other_sides_stays_as_it_is_stored(mode):
    mentor = check(sheet(), FORGED, someone(roles=frozenset({"mentor"})), mode=mode, stored=STORED).answers
    assert mentor == {
        "common": "We talked",
        "idea": "The mentee's own",
        "comment": "Forged too",
        "either": "Both",
        "views": [{"_id": "start", "mine": "Slow", "yours": "Mended"}],
    }
    nobody = check(sheet(), FORGED, someone(roles=frozenset()), mode=mode, stored=STORED).answers
    assert (nobody["idea"], nobody["comment"], nobody["views"]) == (STORED["idea"], STORED["comment"], STORED["views"])


def test_nothing_of_the_other_side_appears_where_nothing_is_stored():
    kept = check(sheet(), FORGED, someone(roles=frozenset({"mentor"})), mode="draft").answers
    assert "idea" not in kept
    assert kept["views"] == [{"_id": "start", "yours": "Mended"}]


def test_a_sheet_waits_for_what_is_needed_of_the_other_side_and_asks_nobody_else_to_mend_it():
    context = someone(roles=frozenset({"mentor"}))
    found = check(sheet(), {"comment": "Why?"}, context, mode="submit", stored={})
    assert list(found.faults) == ["idea"]
    assert "mentee has still to write this" in found.faults["idea"]
    assert check(sheet(), {}, context, mode="submit", stored=STORED).ok


@pytest.mark.covers("gla.must.63")
def test_the_page_shows_the_other_sides_answers_and_gives_no_control_for_them():
    context = someone(roles=frozenset({"mentor"}))
    form = WorksheetForm(sheet(), answers=STORED, context=context)
    assert "f-comment" in form.fields
    assert "f-idea" not in form.fields
    assert "f-views-start-mine" not in form.fields
    node = next(node for section in form.sections for node in section.nodes if node.shape.key == "idea")
    assert node.template.endswith("anothers.html")
    assert node.more["answer"].shown.text == "The mentee's own"
    assert node.writers == "The mentee writes this."
    posted = MultiValueDict(
        {"f-idea": ["Forged"], "f-comment": ["New"], "_end": ["1"], "f-views-start-mine": ["Forged"]}
    )
    typed = WorksheetForm(sheet(), posted, answers=STORED, context=context).raw_answers()
    assert (typed["idea"], typed["comment"]) == ("The mentee's own", "New")
    assert typed["views"][0]["mine"] == "Slow"


def test_who_writes_it_is_said_where_it_is_read_and_on_paper():
    shown = {
        one.key: one for section in display(sheet(), STORED, someone(roles=frozenset())) for one in section.answers
    }
    assert (shown["idea"].by, shown["comment"].by, shown["common"].by) == (
        "The mentee writes this.",
        "The mentor writes this.",
        "",
    )
    paper = {one.label: one.by for section in blank_sections(sheet(), someone()) for one in section.questions}
    assert (paper["Idea"], paper["Comment"], paper["Either"]) == (shown["idea"].by, shown["comment"].by, "")


def test_sides_are_for_sheets_that_both_write_and_for_rows_that_stay():
    with pytest.raises(ValidationError, match="both write"):
        sheet(filled_by="mentee")
    moving = {"key": "t", "kind": "table", "label": "T", "columns": [SHEET["sections"][0]["fields"][1]["columns"][0]]}
    with pytest.raises(ValidationError, match="fixed rows"):
        sheet(sections=[{"key": "all", "fields": [moving]}])
    fixed = SHEET["sections"][0]["fields"][1]
    block = {"key": "b", "kind": "group", "label": "B", "fields": [fixed]}
    with pytest.raises(ValidationError, match="of the sheet itself"):
        sheet(sections=[{"key": "all", "fields": [block]}])


@pytest.mark.parametrize("where", ["table", "section"])
def test_what_one_side_writes_as_a_whole_has_no_column_of_the_other(where):
    """Nobody could ever write that column."""
    fixed = SHEET["sections"][0]["fields"][1] | ({"by": "mentor"} if where == "table" else {})
    section = {"key": "all", "fields": [fixed]} | ({"by": "mentor"} if where == "section" else {})
    with pytest.raises(ValidationError, match="one side writes"):
        sheet(sections=[section])


WORDS = {
    "key": "months",
    "kind": "number",
    "label": "How many months have we been meeting?",
    "label_for": {"mentor": "Months with my mentee?", "mentee": "Months with my mentor?"},
}


@pytest.mark.covers("cal.sys.71")
def test_a_question_is_put_in_the_words_of_the_writers_side():
    both = sheet(filled_by="each", sections=[{"key": "all", "fields": [WORDS]}])
    seen = [display(both, {"months": 3}, someone(side=side)) for side in ("mentor", "mentee", "")]
    labels = [one[0].answers[0].label for one in seen]
    assert labels == ["Months with my mentee?", "Months with my mentor?", WORDS["label"]]
    form = WorksheetForm(both, answers={}, context=someone(side="mentor"))
    assert form.sections[0].nodes[0].label == "Months with my mentee?"
    (section,) = compare(seen[0], seen[1])
    assert section.questions[0].label == WORDS["label"], "two sheets beside each other have one question"


@pytest.mark.covers("gla.must.57")
def test_what_is_left_blank_leaves_no_trace_where_the_worksheet_hides_blanks():
    fields = [{"key": key, "kind": "text", "label": key.title()} for key in ("body", "spirit")]
    hiding = sheet(filled_by="mentee", blanks="hidden", sections=[{"key": "all", "fields": fields}])
    shown = [one.label for section in display(hiding, {"body": "Tired"}, someone()) for one in section.answers]
    assert shown == ["Body"]
    open_one = hiding.model_copy(update={"blanks": "shown"})
    assert len(display(open_one, {"body": "Tired"}, someone())[0].answers) == 2
