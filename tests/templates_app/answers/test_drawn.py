"""A jar drawn from answers."""

import pytest

from templates_app.answers import display
from templates_app.domain.blank_sheets import blank_sections
from templates_app.forms.worksheet import WorksheetForm
from tests.templates_app.sink import sheet, someone

WORDS = [{"key": key, "kind": "text", "label": key} for key in ("rock", "pebble", "sand")]
JAR = {
    "key": "jar",
    "kind": "computed",
    "label": "Your jar",
    "layers": [
        {"label": "Rocks", "fields": ["rock"]},
        {"label": "Pebbles", "fields": ["pebble"]},
        {"label": "Sand", "fields": ["sand"]},
    ],
}


def drawing(answers):
    (section,) = display(sheet(*WORDS, JAR), answers, someone())
    return next(answer.shown for answer in section.answers if answer.key == "jar")


@pytest.mark.covers("gla.must.27")
def test_the_jar_is_drawn_from_the_entries_with_the_rocks_at_the_bottom_and_first():
    shown = drawing({"rock": "Family", "pebble": "Taxes", "sand": "Series"})
    assert shown.text == "Rocks: Family\nPebbles: Taxes\nSand: Series"
    places = [
        int(shown.html.split(f">{words}<")[0].rsplit(' y="', 1)[1].split('"')[0])
        for words in ("Family", "Taxes", "Series")
    ]
    assert places == sorted(places, reverse=True), "what goes in first lies lowest"
    assert shown.html.index("Family") < shown.html.index("Taxes")
    assert 'role="img"' in shown.html


def test_words_cannot_break_out_of_the_drawing_and_long_ones_are_cut_there_only():
    shown = drawing({"rock": "<script>alert(1)</script>", "pebble": "w" * 60})
    assert "<script" not in shown.html
    assert "w" * 60 in shown.text
    assert "w" * 35 not in shown.html.split("</text>", 1)[1]


def test_an_empty_jar_is_blank_on_the_page_and_is_not_asked_on_paper():
    assert drawing({}).text == ""
    form = WorksheetForm(sheet(*WORDS, JAR), answers={"rock": "Family"}, context=someone())
    assert "<svg" in form.sections[0].nodes[-1].shown.html
    (paper,) = blank_sections(sheet(*WORDS, JAR), someone())
    assert [question.label for question in paper.questions] == ["rock", "pebble", "sand"]


def test_a_section_of_which_nothing_is_left_on_paper_has_no_heading_there():
    shape = sheet(*WORDS)
    jar = sheet(JAR).sections[0].model_copy(update={"title": "Your jar"})
    shape = shape.model_copy(update={"sections": [*shape.sections, jar]})
    assert [section.title for section in blank_sections(shape, someone())] == [shape.sections[0].title]
    told = shape.model_copy(update={"sections": [jar.model_copy(update={"intro": "Look at it."})]})
    assert [section.title for section in blank_sections(told, someone())] == ["Your jar"]
