"""A picture to point at in the designer: brought, pressed where its figures are, named, looked at and published."""

import pytest

from mentoring.tenancy.scope import tenant_scope
from templates_app.models import Picture
from tests.programmes.conftest import words
from tests.templates_app.pictures import drawing, png


@pytest.fixture
def asked(designer):
    """A question with a picture, two figures and a picture of 400 by 200."""
    designer.begin()
    place = designer.add("picture", "Where are you?", "Climbing\nResting")
    designer.change(place, picture_file=png(width=400, height=200), picture_words="A wall")
    designer.place = place
    return designer


def field(designer):
    return next(one for one in designer.draft.definition["sections"][0]["fields"] if one["key"] == designer.place)


@pytest.mark.django_db
def test_a_picture_is_brought_pressed_and_its_figures_are_named(asked, company):
    """Browsers send where an image button was pressed; it is 300 pixels wide on that page."""
    with tenant_scope(company.organisation):
        known = field(asked)
        assert Picture.objects.get().kept == known["picture"]["kept"]
    assert [(one["x"], one["y"]) for one in known["options"]] == [(10, 15), (30, 15)], "each has a place to begin with"
    pressed = {"press.x": "150", "press.y": "30"}
    answer = asked.change(asked.place, **pressed, placed="resting", **{"options-1-label": "Taking a rest"})
    assert answer.status_code == 302
    assert answer.url.endswith("#picture")
    asked.change(asked.place, **{"press.x": "300", "press.y": "150"}, placed="")
    with tenant_scope(company.organisation):
        figures = field(asked)["options"]
    assert [(one["key"], one["label"], one["x"], one["y"]) for one in figures] == [
        ("climbing", "Climbing", 10, 15),
        ("resting", "Taking a rest", 50, 20),
        ("figure_3", "Figure 3", 100, 100),
    ]


@pytest.mark.django_db
def test_enter_on_the_picture_places_nothing(asked, company):
    asked.change(asked.place, **{"press.x": "0", "press.y": "0"}, placed="resting")
    with tenant_scope(company.organisation):
        assert [(one["x"], one["y"]) for one in field(asked)["options"]] == [(10, 15), (30, 15)]


@pytest.mark.django_db
def test_a_drawing_is_not_taken_from_a_browser_and_what_was_typed_stays(asked, company):
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("drawing.png", drawing(), "image/png")
    answer = asked.change(asked.place, picture_file=file, picture_words="Another wall")
    assert answer.status_code == 200
    assert "not what its name says" in words(answer)
    assert "Another wall" in words(answer)
    with tenant_scope(company.organisation):
        assert field(asked)["picture"]["words"] == "A wall"


@pytest.mark.django_db
def test_without_a_picture_or_its_words_nothing_is_published(designer):
    designer.begin()
    place = designer.add("picture", "Where are you?")
    assert "Choose the picture that is pointed at." in words(designer.client.get(designer.url("publish/")))
    designer.change(place, picture_file=png())
    assert "Say what the picture shows" in words(designer.client.get(designer.url("publish/")))


@pytest.mark.django_db
def test_the_preview_asks_by_the_picture_and_marks_what_was_chosen(asked, company):
    page = words(asked.client.get(asked.url("preview/form/?role=mentee")))
    assert page.count('class="figure-spot"') == 2
    assert 'style="' not in page
    sent = {f"f-{asked.place}": "climbing", "_do": "review", "_end": "1"}
    read = words(asked.client.post(asked.url("preview/form/?role=mentee"), sent))
    with tenant_scope(company.organisation):
        assert f'/pictures/{field(asked)["picture"]["kept"]}/"' in read
    assert read.count('class="figure-ring"') == 1
    assert "1. Climbing" in read
