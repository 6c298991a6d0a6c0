"""The order in which a handbook is made one's own: shown until the first cohort, with what was touched."""

import pytest

from mentoring.tenancy.scope import tenant_scope
from programmes.domain.handbook.addressing import page_of
from programmes.domain.handbook.beginning import first_steps
from programmes.domain.handbook.parts import list_part, texts_part
from programmes.models import Cohort, Programme
from templates_app.domain.kit_files import shipped_kit
from tests.programmes.conftest import PROGRAMME, words

pytestmark = pytest.mark.django_db


def states(programme: Programme) -> dict[str, str]:
    return {str(one.page.title): one.state for one in first_steps(programme)}


@pytest.fixture
def fresh(company):
    """The company's programme before it has any cohort."""
    with tenant_scope(company.organisation):
        Cohort.objects.update(programme=_another(company))
    return company


def _another(company) -> Programme:
    from tests.factories import ProgrammeFactory

    return ProgrammeFactory(slug="elsewhere")


def test_a_programme_without_a_cohort_says_where_to_begin_and_marks_what_was_changed(fresh, coordinator_client):
    page = words(coordinator_client.get(fresh.url(f"{PROGRAMME}handbook/")))
    assert "A good order to begin in" in page
    with tenant_scope(fresh.organisation):
        before = states(fresh.programme)
    assert (before["About the programme"], before["The plan"]) == ("now", "ahead")
    coordinator_client.post(fresh.url(f"{PROGRAMME}handbook/worksheets/learning-log/begin/"))
    with tenant_scope(fresh.organisation):
        assert states(fresh.programme) == before | {"Worksheets": "done"}


def test_from_the_first_cohort_on_it_is_gone(company, coordinator_client):
    assert "A good order to begin in" not in words(coordinator_client.get(company.url(f"{PROGRAMME}handbook/")))


def test_every_step_leads_to_a_page_that_is_there(fresh, coordinator_client):
    with tenant_scope(fresh.organisation):
        pages = [one.page for one in first_steps(fresh.programme)]
    assert [page.name for page in pages if page.kind == "list" and list_part(page.name) is None] == []
    assert [page.name for page in pages if page.kind == "texts" and texts_part(page.name) is None] == []


def test_a_place_in_a_kit_is_told_by_the_page_on_which_it_is_changed():
    kit = shipped_kit("plp-ess")
    found = {
        loc: (page_of(loc, kit).kind, page_of(loc, kit).name)
        for loc in (("worksheets", 0), ("stages", 2, "worksheets"), ("joining", "enrolment"), ("plan", "sessions"))
    }
    assert list(found.values()) == [
        ("worksheet", kit.worksheets[0].key), ("list", "stages"), ("texts", "enrolment"), ("plan", ""),
    ]  # fmt: skip
    assert page_of(("matching", "criteria", 0), kit).title == "Matching"
