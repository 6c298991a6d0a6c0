"""What the designer lets one say about sides, versions, blanks and the timer."""

import pytest

from mentoring.tenancy.scope import tenant_scope
from tests.programmes.conftest import words

pytestmark = pytest.mark.django_db


def test_a_question_is_given_to_one_side_with_words_for_each(designer, company):
    designer.begin()
    designer.facts(filled_by="together", preset="pair", repeats="on", living="on", hides_blanks="on", timer="20")
    place = designer.add("longtext", "What came of it")
    answer = designer.change(
        place, by="mentee", label_mentor="What your mentee says", label_mentee="What came of it for you"
    )
    assert answer.status_code == 302, words(answer)
    assert designer.change(place, label="What came of this").status_code == 302, "what is not touched stays"
    assert "holds from now on" in words(designer.publish())
    with tenant_scope(company.organisation):
        sheet = designer.sheet
        (field,) = [one for one in sheet.fields() if one.key == place]
    assert (field.by, field.label_to("mentor"), field.label_to("")) == (
        "mentee",
        "What your mentee says",
        "What came of this",
    )
    assert (sheet.living, sheet.blanks, sheet.timer) == (True, "hidden", 20)


def test_a_sheet_that_is_not_filled_in_again_has_no_versions(designer):
    designer.begin()
    assert "may be filled in again" in words(designer.facts(filled_by="together", preset="pair", living="on"))


@pytest.fixture
def both_views(designer):
    """A sheet that both write, with a table of fixed lines; gives the places of the table and of its two columns."""
    designer.begin("Two views", filled_by="together")
    designer.facts(filled_by="together", preset="pair", repeats="on")
    table = designer.add("table", "How it was", "Mine\nYours")
    assert designer.change(table, **{"items-several": "The start\nThe end"}).status_code == 302
    return table, f"{table}.mine", f"{table}.yours"


def writers(designer, place: str) -> set[str] | None:
    """The sides that a question's page offers; ``None`` where it does not ask."""
    field = designer.client.get(designer.url(f"questions/{place}/")).context["form"].fields.get("by")
    return field and {key for key, _words in field.choices if key}


def test_a_column_of_fixed_lines_is_given_to_one_side(designer, both_views, company):
    table, mine, yours = both_views
    assert writers(designer, mine) == {"mentor", "mentee"}
    for column, side in ((mine, "mentee"), (yours, "mentor")):
        assert designer.change(column, by=side, label_mentor=f"For the mentor: {side}").status_code == 302
    page = words(designer.client.get(designer.url()))
    assert "the mentee writes it" in page
    assert "the mentor writes it" in page
    assert "holds from now on" in words(designer.publish())
    with tenant_scope(company.organisation):
        (field,) = [one for one in designer.sheet.fields() if one.key == table]
    assert [(column.by, column.label_to("mentor")) for column in field.columns] == [
        ("mentee", "For the mentor: mentee"),
        ("mentor", "For the mentor: mentor"),
    ]
    designer.open(designer.key).change(mine, by="mentor")
    assert "“Mine” is written by: the mentor." in words(designer.client.get(designer.url("publish/")))


def test_a_column_is_one_sides_only_where_that_has_an_effect(designer, both_views):
    table, mine, _yours = both_views
    growing = designer.add("table", "Rows of their own", "What")
    block = designer.add("group", "Block", "What")
    assert writers(designer, f"{growing}.what") is None
    assert writers(designer, f"{block}.what") is None
    designer.change(table, by="mentor")
    assert writers(designer, mine) is None, "one side writes all of it"
    designer.change(table, by="each")
    assert writers(designer, mine) == {"mentor", "mentee"}
    designer.facts(filled_by="each")
    assert writers(designer, mine) is None


def test_lines_that_are_taken_out_leave_no_column_to_one_side(designer, both_views):
    table, mine, _yours = both_views
    designer.change(mine, by="mentee")
    for _line in range(2):
        assert designer.change(table, do="items:remove:0").status_code == 302
    page = words(designer.client.get(designer.url("publish/")))
    assert "“Mine” is written by one side, which goes with fixed lines alone" in page
    assert writers(designer, mine) == set(), "it stands there to be taken out"
    assert designer.change(mine, by="").status_code == 302
    assert "by" not in designer.field(mine)


def test_made_another_kind_a_question_stays_whose_it_is(designer, both_views):
    """And no column stays one side's where people add the rows."""
    table, mine, _yours = both_views
    designer.change(mine, by="mentee")
    place = designer.add("text", "What came of it")
    designer.change(place, by="mentee", label_mentor="What your mentee says")
    for question, kind in ((place, "longtext"), (table, "group")):
        base = designer.client.get(designer.url(f"questions/{question}/kind/")).context["base"]
        answer = designer.client.post(designer.url(f"questions/{question}/kind/"), {"kind": kind, "base": base})
        assert answer.status_code == 302
    assert (designer.field(place)["by"], designer.field(place)["label_for"]) == (
        "mentee",
        {"mentor": "What your mentee says"},
    )
    assert [
        part.get("by")
        for part in designer.field(table)["columns" if designer.field(table).get("columns") else "fields"]
    ] == [None, None]
