"""What a pair writes into its agreement is changed in the form builder too, and what is published stands in the handbook."""

import pytest

from mentoring.tenancy.scope import tenant_scope
from programmes.domain.handbook.editing import undo_edit
from programmes.models import HandbookEdit, Programme
from templates_app.domain.kits import AGREEMENT_KEY, current_version, kit_of
from tests.programmes.conftest import PROGRAMME, words
from tests.programmes.designing.conftest import DESIGNS

pytestmark = pytest.mark.django_db
SECTION = "section:agreement"


@pytest.fixture
def draft(designer):
    return designer.open(AGREEMENT_KEY)


def kit(company):
    with tenant_scope(company.organisation):
        return kit_of(Programme.objects.select_related("handbook").get(pk=company.programme.pk).handbook)


def test_a_condition_limits_and_a_meaning_are_published_into_the_handbook_and_taken_back(draft, company):
    before = [one.key for one in kit(company).agreement.fields]
    draft.add("choice", "Do you visit each other?", "Yes\nNo", SECTION)
    hours = draft.add("number", "How many hours ahead do you cancel?", container=SECTION)
    draft.change(hours, minimum="1", maximum="72", meaning="notice-hours", show_field="do_you_visit_each_other")
    draft.change(hours, show_when="is_in", show_values=["yes"])
    assert [one.key for one in kit(company).agreement.fields] == before, "a draft changes nothing"
    page = draft.client.get(draft.url("publish/"))
    assert "What is signed stays as it was signed" in words(page)
    assert "New: “How many hours ahead do you cancel?”" in words(page)
    draft.publish()
    asked = kit(company).agreement.fields[-1]
    assert (asked.minimum, asked.maximum, asked.meaning) == (1, 72, "notice-hours")
    assert (asked.show_if.field, asked.show_if.is_in) == ("do_you_visit_each_other", ["yes"])
    with tenant_scope(company.organisation):
        version = current_version(company.programme.handbook, AGREEMENT_KEY)
        assert version.definition["sections"][0]["fields"][-1]["key"] == hours
        undo_edit(edit=HandbookEdit.objects.get(part="agreement.fields"), actor=company.coordinator)
    assert [one.key for one in kit(company).agreement.fields] == before


def test_what_the_programme_suggests_is_set_there_and_nowhere_else(draft, company):
    place = draft.add("longtext", "How you meet", container=SECTION)
    draft.change(place, begins="Once a month")
    draft.publish()
    assert kit(company).agreement.fields[-1].begins == "Once a month"
    sheet = draft.begin("A sheet")
    other = sheet.add("longtext", "How")
    assert "begins" not in sheet.client.get(sheet.url(f"questions/{other}/")).context["form"].fields


def test_a_form_of_mentoring_leads_to_its_own_guidance_and_worksheets(draft, company):
    place = draft.add("choice", "Which form?", "Shadowing\nTalks", SECTION)
    draft.change(place, meaning="form")
    form = draft.client.get(draft.url(f"questions/{place}/")).context["form"]
    line = form.lines["options"].forms[0]
    article, sheet = line.fields["guides"].choices[0][0], line.fields["worksheets"].choices[0][0]
    draft.change(place, **{"options-0-guides": [article], "options-0-worksheets": [sheet]})
    assert draft.field(place)["options"][0] | {"label": ""} == {
        "key": "shadowing", "label": "", "guides": [article], "worksheets": [sheet],
    }  # fmt: skip


def test_a_fault_leads_to_its_question_and_holds_the_draft_back(draft, company):
    place = draft.add("choice", "Which form?", "One", SECTION)
    draft.change(place, do="options:remove:0")
    page = words(draft.client.get(draft.url("publish/")))
    assert "Add at least one answer to choose." in page
    assert draft.url(f"questions/{place}/") in page
    assert "Publish the next version" not in page


def test_only_its_questions_are_changed_there(draft, company):
    for rest in ("facts/", "moments/new/", "sections/agreement/"):
        assert draft.client.get(draft.url(rest)).status_code == 404, rest
    draft.do("section-remove:agreement")
    assert draft.draft.definition["sections"][0]["key"] == "agreement"
    assert 'id="new-section"' not in words(draft.client.get(draft.url()))
    assert "What the pair writes" in words(draft.client.get(draft.url()))
    listed = words(draft.client.get(company.url(DESIGNS)))
    assert draft.url() not in listed
    assert draft.client.post(draft.url("drop/"), {"revision": draft.draft.revision}).status_code == 302
    back = draft.client.get(draft.url())
    assert back.url == company.url(f"{PROGRAMME}handbook/agreement-fields/")
    assert draft.url("begin/") in words(draft.client.get(back.url))
