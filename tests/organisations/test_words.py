"""An organisation's own words reach its pages, letters, files and new handbooks, and nobody else's."""

from typing import Annotated, get_args, get_origin

import pytest
from django.utils.translation import gettext, ngettext, pgettext

from mentoring.history.models import Event
from mentoring.organisations.domain.organisations import change_words
from mentoring.tenancy.models import Organisation
from mentoring.tenancy.scope import tenant_scope
from mentoring.ui.words import AS_THEY_ARE
from mentoring.words.terms import own_words
from programmes.domain.importing.persons import Setting, read_person
from programmes.enums import Side
from templates_app.domain.kit_files import shipped_kit
from templates_app.domain.kits import copy_kit, kit_of, whole_kit
from templates_app.domain.own_words import TEXTS, in_own_words
from templates_app.shapes import Kit
from templates_app.shapes.base import Shape
from tests.factories import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db

COACH = {"mentor": {"one": "coach", "many": "coaches", "article": "a"}}
LEARNER = {"mentee": {"one": "apprentice", "many": "apprentices", "article": "an"}}
OWN = own_words(COACH | LEARNER)


@pytest.fixture
def admin():
    return UserFactory(given_name="Tomasi")


@pytest.fixture
def here(admin):
    organisation = OrganisationFactory(slug="here", words={"en": COACH | LEARNER})
    organisation.memberships.create(user=admin, is_admin=True)
    return organisation


@pytest.fixture
def there():
    return OrganisationFactory(slug="there")


def filled(**changes):
    empty = {
        f"{term}-{part}": ""
        for term in ("mentor", "mentee", "pairing", "programme", "session", "coordinator", "cohort")
        for part in ("one", "many", "article")
    }
    return empty | changes


def test_every_text_says_them_inside_the_organisation_alone(here, there):
    """Neither outside nor in another organisation; a standard word can still be named."""
    with tenant_scope(here):
        assert gettext("A mentor has room for a mentee.") == "A coach has room for an apprentice."
        assert ngettext("%(n)d mentor", "%(n)d mentors", 2) == "%(n)d coaches"
        assert pgettext("somewhere", "mentor") == "coach"
        assert pgettext(AS_THEY_ARE, "mentor") == "mentor"
        assert Side.MENTEE.label == "apprentice"
    with tenant_scope(there):
        assert gettext("A mentor") == "A mentor"
    assert gettext("A mentor") == "A mentor"


def test_an_admin_sets_them_on_a_page_and_reads_how_it_sounds(here, admin, sign_in):
    """Standard words are named on the page whatever they were changed to; the samples follow."""
    client = sign_in(admin)
    values = {
        "mentor-one": "guide",
        "mentor-many": "guides",
        "session-one": "hour",
        "session-many": "hours",
        "session-article": "an",
    }
    answer = client.post("/o/here/own-words/", filled(**values), follow=True)
    page = answer.content.decode()
    assert "A guide has room for three mentees, and each mentee meets their guide in an hour once a month." in page
    assert "Instead of “mentors”" in page
    here.refresh_from_db()
    assert here.words == {
        "en": {
            "mentor": {"one": "guide", "many": "guides", "article": "a"},
            "session": {"one": "hour", "many": "hours", "article": "an"},
        }
    }
    with tenant_scope(here):
        assert Event.objects.filter(action="organisation.reworded").count() == 1
    client.post("/o/here/own-words/", filled())
    assert Organisation.objects.get(pk=here.pk).words == {}


def test_a_term_may_take_the_usual_name_of_one_that_has_another_now(here, admin, sign_in):
    """Who says adviser for mentor, and mentor for coordinator, is understood."""
    values = {
        "mentor-one": "adviser",
        "mentor-many": "advisers",
        "coordinator-one": "mentor",
        "coordinator-many": "mentors",
    }
    client = sign_in(admin)
    assert client.post("/o/here/own-words/", filled(**values)).status_code == 302
    page = client.get("/o/here/own-words/").content.decode()
    assert "A mentor looks after each cohort." in page
    with tenant_scope(Organisation.objects.get(pk=here.pk)):
        assert gettext("the mentor and the coordinator") == "the adviser and the mentor"


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"mentor-one": "guide"}, "Write the word for one and the word for several."),
        (
            {"mentor-one": "guide", "mentor-many": "guides", "mentee-one": "Guide", "mentee-many": "others"},
            "Another term is called this already. Choose another word.",
        ),
        ({"mentor-one": "pair", "mentor-many": "twos"}, "Another term is called this already. Choose another word."),
        ({"mentor-one": "g" * 41, "mentor-many": "guides"}, "at most 40"),
    ],
)
def test_words_that_would_confuse_are_refused(here, admin, sign_in, values, says):
    """Nothing is saved and nothing typed is lost."""
    answer = sign_in(admin).post("/o/here/own-words/", filled(**values))
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert values["mentor-one"] in answer.content.decode()
    assert Organisation.objects.get(pk=here.pk).words == {"en": COACH | LEARNER}


def test_a_handbook_begun_from_a_kit_takes_them_up(here, admin):
    """Titles, questions and articles say them; keys stay, so that everything still finds its place."""
    kit = shipped_kit("plp-ess")
    with tenant_scope(here):
        copy = copy_kit(kit=kit, title="Ours", actor=admin)
        own = whole_kit(copy)
        assert kit_of(copy).roles[0].key == kit.roles[0].key
    texts = own.model_dump_json()
    assert "coach" in texts
    assert [sheet.key for sheet in own.worksheets] == [sheet.key for sheet in kit.worksheets]
    assert not any("mentor" in role.title.casefold().split() for role in own.roles)
    assert in_own_words(kit, ()) is kit


def test_a_list_of_people_may_name_roles_by_either_word(here):
    """The organisation's own lists say coach; somebody else's say mentor."""
    setting = Setting(partners={}, zone="Pacific/Fiji")
    row = {"given_name": "Ana", "family_name": "Vea", "email": "ana@here.example"}
    with tenant_scope(here):
        assert read_person(row | {"role": "Coach"}, setting).side is Side.MENTOR
        assert read_person(row | {"role": "mentor"}, setting).side is Side.MENTOR
        assert read_person(row | {"role": "Apprentices"}, setting).side is Side.MENTEE


def test_words_of_one_language_say_nothing_in_another(here, admin):
    """A coach in English is none in French, until somebody writes the French word."""
    with tenant_scope(here):
        changed = change_words(organisation=here, language="fr", words=own_words({}), actor=admin)
    assert changed.words_in("en-gb") == OWN
    assert changed.words_in("fr") == ()
    assert changed.words_in(None) == ()


def test_every_string_of_a_kit_is_a_text_or_known_to_be_none():
    """A new field of a shape has to say which it is: a text left out would keep the old words for ever."""
    plain = {name for shape in _shapes(Kit) for name in _strings(shape)}
    assert plain - TEXTS == NO_TEXTS
    assert not TEXTS & NO_TEXTS


NO_TEXTS = {
    *(
        "accept",
        "actions_column",
        "actions_when",
        "agreed_by",
        "catalogue",
        "compute",
        "data",
        "email",
        "enrolment",
        "file",
        "is_in",
        "kept",
        "language",
    ),
    *(
        "licence",
        "mailbox",
        "name",
        "not_after",
        "not_before",
        "options_from",
        "phone",
        "points",
        "prefill",
        "reached_opens",
    ),
    *("readers", "short", "signer", "source_parties", "unit", "unit_one", "url", "version"),
}
"""Keys, places, names and what the application knows."""


def _shapes(shape, found=None):
    found = set() if found is None else found
    if shape not in found:
        found.add(shape)
        for field in shape.model_fields.values():
            for part in _parts(field.annotation):
                if isinstance(part, type) and issubclass(part, Shape):
                    _shapes(part, found)
    return found


def _strings(shape):
    for name, field in shape.model_fields.items():
        keyed = any(getattr(mark, "pattern", None) for mark in field.metadata)
        if name not in ("source", "ours") and not keyed and str in _parts(field.annotation):
            yield name


def _parts(annotation):
    if get_origin(annotation) is Annotated:
        keyed = any(
            getattr(mark, "pattern", None) or getattr(mark, "metadata", None) for mark in annotation.__metadata__
        )
        return set() if keyed else _parts(annotation.__origin__)
    inner = get_args(annotation)
    return set().union(*(_parts(part) for part in inner)) if inner else {annotation}
