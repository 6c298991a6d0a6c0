"""What somebody types in by the designer's pages is kept, or they are told why not: nothing is dropped in silence."""

import pytest

from tests.programmes.conftest import words
from tests.programmes.designing.conftest import Designer, fields_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(designer: Designer) -> Designer:
    return designer.begin()


def refused(sheet: Designer, **typed: str) -> str:
    """The page after a question that was not added."""
    answer = sheet.client.post(
        sheet.url("add/section:questions/"), {"label": "How?", "lines": "", "scale": "", **typed}
    )
    assert answer.status_code == 200
    assert sheet.places == []
    return words(answer)


# --- Adding -----------------------------------------------------------------------------------------------------------


def test_a_rating_grid_is_added_whole_with_its_lines_and_its_scale(sheet):
    answer = sheet.client.post(
        sheet.url("add/section:questions/"),
        {"label": "How does it go?", "kind": "matrix", "lines": "Knots\nRadio", "scale": "Never\nNow and then\nOften"},
    )
    assert answer.status_code == 302
    grid = sheet.field("how_does_it_go")
    assert [line["label"] for line in grid["items"]] == ["Knots", "Radio"]
    assert grid["points"] == [
        {"value": 1, "label": "Never"},
        {"value": 2, "label": "Now and then"},
        {"value": 3, "label": "Often"},
    ]


def test_a_grid_from_1_to_10_takes_words_at_both_ends(sheet):
    sheet.client.post(
        sheet.url("add/section:questions/"), {"label": "Grid", "kind": "matrix", "lines": "Knots", "scale": "1-10"}
    )
    sheet.change("grid", low_label="Not at all", high_label="Entirely")
    grid = sheet.field("grid")
    assert [point["value"] for point in grid["points"]] == list(range(1, 11))
    assert (grid["low_label"], grid["high_label"]) == ("Not at all", "Entirely")


def test_lines_that_a_kind_has_no_place_for_are_not_dropped(sheet):
    page = refused(sheet, kind="text", lines="Knots\nRadio")
    assert "“One line” has no lines." in page
    assert "Knots\nRadio" in page, "what was typed stands there still"


def test_a_scale_beside_a_kind_that_has_none_is_not_dropped(sheet):
    assert "Only a rating grid has a scale beside its lines." in refused(
        sheet, kind="choice", lines="Yes\nNo", scale="1-5"
    )


@pytest.mark.parametrize("kind", ["scale", "matrix"])
def test_a_scale_of_one_point_is_refused_where_it_is_typed(sheet, kind):
    name = "lines" if kind == "scale" else "scale"
    assert "A scale has at least two points" in refused(sheet, kind=kind, **{"lines": "Knots", name: "Often"})


def test_a_line_that_is_too_long_is_told_by_its_number_and_not_cut(sheet):
    page = refused(sheet, kind="choice", lines="Short\n" + "long " * 120)
    assert "Line 2 has more than 500 letters." in page


def test_more_lines_than_there_is_room_for_are_told(sheet):
    page = refused(sheet, kind="checklist", lines="\n".join(f"Line {number}" for number in range(201)))
    assert "These are 201 lines, and there is room for 200." in page


def test_a_text_to_read_is_typed_with_its_paragraphs(sheet):
    sheet.add("note", "Before you begin", "Take **your time**.\n\n* Sit down\n* Breathe " + "slowly " * 90)
    text = sheet.field("before_you_begin")["text"]
    assert text.replace("\r\n", "\n").startswith(
        "Before you begin\n\nTake **your time**.\n\n* Sit down\n* Breathe slowly"
    )


def test_who_adds_one_after_the_other_is_told_what_was_added(sheet):
    page = sheet.client.post(
        sheet.url("add/section:questions/"), {"label": "Your name", "kind": "text", "another": "1"}, follow=True
    )
    assert "Added: “Your name”." in words(page)


def test_a_question_is_copied_with_all_it_asks_and_a_key_of_its_own(sheet):
    sheet.client.post(
        sheet.url("add/section:questions/"),
        {"label": "Before", "kind": "matrix", "lines": "Knots\nRadio", "scale": "1-10"},
    )
    sheet.change("before", low_label="Not at all")
    sheet.add("text", "Last")
    sheet.do("copy:before")
    assert sheet.places == ["before", "before_2", "last"]
    first, twin = sheet.field("before"), sheet.field("before_2")
    assert twin["label"] == "Before (copy)"
    assert (twin["points"], twin["items"], twin["low_label"]) == (first["points"], first["items"], "Not at all")
    sheet.change("before_2", label="Afterwards")
    assert sheet.field("before")["label"] == "Before"
    assert "holds from now on" in words(sheet.publish())


def test_a_column_is_copied_inside_its_table(sheet):
    sheet.add("table", "Steps", "Step\nUntil when")
    sheet.do("copy:steps.step")
    assert sheet.places == ["steps", "steps.step", "steps.step_2", "steps.until_when"]


# --- Lists of a question ------------------------------------------------------------------------------------------------


def test_several_answers_are_added_at_once_and_come_after_the_others(sheet):
    sheet.add("ranked", "What matters?", "Patience\nSkill")
    sheet.change("what_matters", **{"options-several": "Humour\nPatience\n\nTime"})
    options = sheet.field("what_matters")["options"]
    assert [one["label"] for one in options] == ["Patience", "Skill", "Humour", "Patience", "Time"]
    assert len({one["key"] for one in options}) == 5, "each has a key of its own"


def test_a_point_without_a_value_counts_on_from_the_one_above(sheet):
    sheet.add("scale", "How often?", "2 seldom\n4 often")
    sheet.change("how_often", **{"points-2-label": "always", "points-several": "more than always"})
    assert sheet.field("how_often")["points"] == [
        {"value": 2, "label": "seldom"},
        {"value": 4, "label": "often"},
        {"value": 5, "label": "always"},
        {"value": 6, "label": "more than always"},
    ]


def test_too_many_lines_at_once_are_told_and_stay_typed(sheet):
    sheet.add("checklist", "Ready?", "Boots")
    page = sheet.change("ready", **{"items-several": "\n".join(f"Line {number}" for number in range(250))})
    assert "there is room for" in words(page)
    assert "Line 249" in words(page)
    assert len(sheet.field("ready")["items"]) == 1


def test_a_line_taken_out_can_be_put_back_and_one_stays_on_its_page(sheet):
    sheet.add("choice", "How?", "By phone\nIn person")
    sheet.change("how", do="options:remove:0")
    page = words(sheet.client.get(sheet.url("questions/how/")))
    assert "Taken out." in page
    undo = page.split("/undo/")[1].split('"')[0].replace("&amp;", "&")
    answer = sheet.client.post(sheet.url(f"undo/{undo}"))
    assert answer.url == sheet.url("questions/how/")
    assert [one["label"] for one in sheet.field("how")["options"]] == ["By phone", "In person"]


def test_a_question_put_back_is_where_one_comes_back_to(sheet):
    sheet.add("text", "Your name")
    page = words(sheet.do("remove:your_name", follow=True))
    undo = page.split("/undo/")[1].split('"')[0].replace("&amp;", "&")
    answer = sheet.client.post(sheet.url(f"undo/{undo}"))
    assert answer.url == f"{sheet.url()}#q-your_name"
    assert sheet.places == ["your_name"]


# --- Conditions ---------------------------------------------------------------------------------------------------------


def test_answers_that_are_ticked_count_without_a_further_choice(sheet):
    sheet.add("choice", "How?", "By phone\nIn person\nNot at all")
    sheet.add("text", "Why?")
    page = sheet.client.post(
        sheet.url("questions/why/"),
        fields_of(sheet.client.get(sheet.url("questions/why/")), 0) | {"show_field": "how"},
        follow=True,
    )
    assert "Now say which of its answers count." in words(page)
    sheet.change("why", show_values=["by_phone", "not_at_all"])
    assert sheet.field("why")["show_if"] == {"field": "how", "is_in": ["by_phone", "not_at_all"]}
    sheet.change("why", show_when="blank")
    assert sheet.field("why")["show_if"] == {"field": "how", "filled": False}, "what was ticked before does not count"


def test_inside_a_table_a_column_depends_on_its_own_row(sheet):
    sheet.add("table", "Steps", "Step")
    sheet.add("choice", "Done?", "Yes\nNo", container="in:steps")
    sheet.add("text", "Why not?", container="in:steps")
    sheet.add("text", "Your name")
    page = words(sheet.client.get(sheet.url("questions/steps.why_not/")))
    assert "Inside rows it may depend on the same row alone." in page
    assert "Depending on: Your name" not in page
    sheet.change("steps.why_not", show_field="done")
    sheet.change("steps.why_not", show_values=["no"])
    assert sheet.field("steps.why_not")["show_if"] == {"field": "done", "is_in": ["no"]}
    assert "holds from now on" in words(sheet.publish())


def test_of_a_file_only_whether_there_is_one_can_count(sheet):
    sheet.add("file", "A photo", "jpg")
    sheet.add("text", "What does it show?")
    sheet.change("what_does_it_show", show_field="a_photo")
    page = words(sheet.client.get(sheet.url("questions/what_does_it_show/")))
    assert "when that is answered" in page
    assert "when the answer is one of these" not in page


@pytest.mark.parametrize(
    ("kind", "lines", "offered", "compared"),
    [
        ("ranked", "Red\nBlue", True, False),
        ("matrix", "Red\nBlue", True, False),
        ("duration", "", True, False),
        ("checklist", "Red\nBlue", True, True),
        ("number", "", True, True),
        ("signature", "", False, False),
        ("computed", "", False, False),
    ],
)
def test_a_question_depends_only_on_what_its_page_can_tell(sheet, kind, lines, offered, compared):
    sheet.add(kind, "Other", lines)
    sheet.add("text", "Why?")
    answer = sheet.client.get(sheet.url("questions/why/"))
    key = next(one for one in answer.context["form"].fields["show_field"].choices if one[0]) if offered else ("", "")
    assert ("Depending on: Other" in words(answer)) is offered
    if offered:
        sheet.change("why", show_field=key[0])
        page = words(sheet.client.get(sheet.url("questions/why/")))
        assert "when that is answered" in page
        assert ("when the answer is one of these" in page) is compared


# --- Sections -----------------------------------------------------------------------------------------------------------


def test_a_section_says_who_reads_it_and_its_new_questions_keep_to_that(sheet):
    sheet.add("text", "What is hard?")
    sheet.add("note", "A word before")
    page = sheet.client.get(sheet.url("sections/questions/"))
    sheet.client.post(sheet.url("sections/questions/"), fields_of(page) | {"readers": "private"})
    assert sheet.field("what_is_hard")["readers"] == "private"
    assert "readers" not in sheet.field("a_word_before")
    sheet.add("text", "What helps?")
    assert sheet.field("what_helps")["readers"] == "private"
    assert "holds from now on" in words(sheet.publish())


def test_questions_with_readers_of_their_own_keep_them_unless_the_section_says_otherwise(sheet):
    sheet.add("text", "One")
    sheet.add("text", "Two")
    sheet.change("one", readers="private")
    page = sheet.client.get(sheet.url("sections/questions/"))
    assert "As each question says" in words(page)
    sheet.client.post(sheet.url("sections/questions/"), fields_of(page) | {"title": "Other words"})
    assert (sheet.field("one")["readers"], sheet.field("two").get("readers")) == ("private", None)
    page = sheet.client.get(sheet.url("sections/questions/"))
    sheet.client.post(sheet.url("sections/questions/"), fields_of(page) | {"readers": ""})
    assert sheet.field("one").get("readers") is None


def test_a_section_of_what_both_write_may_be_one_sides(designer):
    sheet = designer.begin(filled_by="together")
    sheet.add("text", "What the mentor saw")
    page = sheet.client.get(sheet.url("sections/questions/"))
    sheet.client.post(sheet.url("sections/questions/"), fields_of(page) | {"by": "mentor"})
    assert sheet.draft.definition["sections"][0]["by"] == "mentor"
    assert "holds from now on" in words(sheet.publish())


def test_a_section_without_a_heading_is_not_added_in_silence(sheet):
    page = sheet.client.post(sheet.url("sections/new/"), {"title": ""}, follow=True)
    assert "Give the section a heading" in words(page)


# --- Signatures -----------------------------------------------------------------------------------------------------------


def test_who_can_sign_here_stands_first_and_who_signs_on_paper_never_holds_the_sheet_up(designer):
    sheet = designer.begin(filled_by="together")
    sheet.add("signature", "The supervisor")
    page = words(sheet.client.get(sheet.url("questions/the_supervisor/")))
    assert "Supervisor, on paper alone" in page
    assert "Mentee, on paper alone" not in page
    assert "who signs from outside" in page
    refused = sheet.change("the_supervisor", signer="supervisor", need="must")
    assert refused.context["form"].errors["need"]
    sheet.change("the_supervisor", signer="supervisor")
    assert "holds from now on" in words(sheet.publish())


def test_a_signature_on_ones_own_sheet_is_ones_own(sheet):
    sheet.add("signature", "Signed")
    assert sheet.field("signed")["signer"] == "mentee"


def test_a_sheet_that_changes_hands_is_not_published_with_a_signature_nobody_can_give(designer):
    sheet = designer.begin(filled_by="together")
    sheet.add("signature", "Signed")
    sheet.change("signed", signer="mentor", need="must")
    sheet.facts(filled_by="coordinator", preset="steering")
    assert "so it could never be sent" in words(sheet.client.get(sheet.url("publish/")))


def test_a_fault_in_one_line_of_many_is_told_at_the_top_with_the_way_to_it(sheet):
    place = sheet.add("choice", "How?", "On foot\nBy boat\nBy bus")
    page = words(sheet.change(place, **{"options-1-label": "", "options-several": "long " * 120}))
    summary = page[page.index("error-summary") : page.index("</ul>", page.index("error-summary"))]
    assert "2 things to put right" in summary
    line = '<a href="#id_options-1-label">Answers to choose, line 2, Words: Write something here, or take the line out.</a>'
    assert line in summary
    assert (
        'href="#id_options-several">Answers to choose, Add several at once: Line 1 has more than 500 letters.'
        in summary
    )
    assert 'id="id_options-1-label"' in page, "the link leads somewhere"
