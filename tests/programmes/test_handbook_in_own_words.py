"""A handbook that is there already is said in the organisation's own words when a coordinator asks for it."""

import pytest

from mentoring.organisations.domain.organisations import change_words
from mentoring.tenancy.scope import tenant_scope
from mentoring.words.terms import own_words
from programmes.domain.handbook.editing import undo_edit
from programmes.domain.matching.criteria import seed_criteria
from programmes.models import Criterion, HandbookEdit, Programme
from templates_app.domain.kits import current_versions, kit_of, whole_kit
from templates_app.models import TemplateVersion
from tests.programmes.conftest import PROGRAMME, words

pytestmark = pytest.mark.django_db
COACH = own_words({"mentor": {"one": "coach", "many": "coaches"}})
PAGE = f"{PROGRAMME}handbook/words/"


@pytest.fixture
def coaching(company):
    """The company, whose mentors are called coaches."""
    with tenant_scope(company.organisation):
        change_words(organisation=company.organisation, language="en", words=COACH, actor=company.admin)
    return company


def handbook(company):
    return Programme.objects.select_related("handbook").get(pk=company.programme.pk).handbook


def test_it_is_asked_first_and_then_said_everywhere(coaching, coordinator_client):
    """Texts, articles and worksheets say coach; keys, sources and versions that are in use stay."""
    with tenant_scope(coaching.organisation):
        before = whole_kit(handbook(coaching))
        versions = TemplateVersion.objects.count()
    assert "What would read differently" in words(coordinator_client.get(coaching.url(PAGE)))
    answer = coordinator_client.post(coaching.url(PAGE), follow=True)
    assert "The handbook says your words from now on." in words(answer)
    with tenant_scope(coaching.organisation):
        after = whole_kit(handbook(coaching))
        assert "mentors" in before.model_dump_json()
        assert not any("mentor" in stage.purpose.split() for stage in after.stages)
        assert [sheet.key for sheet in after.worksheets] == [sheet.key for sheet in before.worksheets]
        assert [one.source for one in after.articles] == [one.source for one in before.articles]
        assert TemplateVersion.objects.count() > versions
        assert {row.number for row in current_versions(handbook(coaching)).values()} == {1, 2}
    assert "It says them already" in words(coordinator_client.get(coaching.url(PAGE)))


def test_each_change_can_be_taken_back_by_itself(coaching, coordinator_client):
    """A text that explains the word may need the usual one."""
    coordinator_client.post(coaching.url(PAGE))
    with tenant_scope(coaching.organisation):
        edit = HandbookEdit.objects.select_related("programme__handbook").get(part="stages")
        undo_edit(edit=edit, actor=coaching.coordinator)
        kit = kit_of(handbook(coaching))
        assert any("mentor" in stage.model_dump_json() for stage in kit.stages)
        assert not any("mentors" in policy.text for policy in kit.policies)


def test_without_words_of_its_own_there_is_nothing_to_do(company, coordinator_client):
    """The page says so, and pressing changes nothing."""
    assert "It says them already" in words(coordinator_client.get(company.url(PAGE)))
    assert "Nothing was changed." in words(coordinator_client.post(company.url(PAGE), follow=True))
    with tenant_scope(company.organisation):
        assert not HandbookEdit.objects.exists()


def test_what_matching_compares_is_said_in_them_too_and_what_coordinators_added_stays(coaching, coordinator_client):
    with tenant_scope(coaching.organisation):
        added = Criterion.objects.create(
            programme=coaching.programme, key="own_x", kind="same", title="A mentor nearby", mentor_field="a",
            mentee_field="b",
        )  # fmt: skip
        seed_criteria(programme=coaching.programme)
    coordinator_client.post(coaching.url(PAGE))
    with tenant_scope(coaching.organisation):
        titles = {row.pk: row.title for row in Criterion.objects.filter(programme=coaching.programme)}
    assert titles.pop(added.pk) == "A mentor nearby"
    assert not any("mentor" in title for title in titles.values())
    assert any("coach" in title for title in titles.values())
    assert "It says them already" in words(coordinator_client.get(coaching.url(PAGE)))


def test_kits_are_offered_in_the_words_their_copies_will_say(coaching, sign_in):
    client = sign_in(coaching.admin)
    for page in ("programmes/new/", "programmes/new/plp-ess/"):
        told = words(client.get(coaching.url(page)))
        assert "one coach with one mentee" in told
        assert "one mentor with one mentee" not in told


def test_said_a_second_time_a_name_that_holds_the_usual_word_is_not_doubled(company, coordinator_client):
    named = own_words({"mentor": {"one": "lead mentor", "many": "lead mentors"}})
    with tenant_scope(company.organisation):
        change_words(organisation=company.organisation, language="en", words=named, actor=company.admin)
    coordinator_client.post(company.url(PAGE))
    assert "It says them already" in words(coordinator_client.get(company.url(PAGE)))
    coordinator_client.post(company.url(PAGE))
    with tenant_scope(company.organisation):
        said = whole_kit(handbook(company)).model_dump_json().casefold()
    assert "lead mentor" in said
    assert "lead lead" not in said
