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
