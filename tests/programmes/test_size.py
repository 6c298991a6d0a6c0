"""A very long handbook costs a programme's pages no more queries and no more bytes than a short one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mentoring.tenancy.scope import tenant_scope
from templates_app.models import Template, TemplateVersion
from tests.pairs.conftest import Pair, pair
from tests.programmes.conftest import PROGRAMME

__all__ = ["pair"]
pytestmark = pytest.mark.django_db

SHEETS, QUESTIONS = 500, 100
OF_PAIRS = ("mentoring/", "pairs/{pairing}/sessions/", "pairs/{pairing}/goals/", "pairs/{pairing}/actions/")
OF_COORDINATORS = (PROGRAMME, f"{PROGRAMME}handbook/", f"{PROGRAMME}handbook/plan/", f"{PROGRAMME}handbook/surveys/")


def add_sheets(made: Pair) -> None:
    """So many worksheets of so many questions, called for at no moment."""
    handbook = made.pairing.cohort.programme.handbook
    fields = [{"key": f"q{number}", "kind": "text", "label": f"Question {number}"} for number in range(QUESTIONS)]
    templates = [
        Template(handbook=handbook, key=f"long-{number}", title=f"Long {number}", position=1000 + number)
        for number in range(SHEETS)
    ]
    Template.objects.bulk_create(templates)
    TemplateVersion.objects.bulk_create(
        TemplateVersion(
            template=template,
            number=1,
            definition={
                "key": template.key, "title": template.title, "filled_by": "supervisor", "order": 1000, "ours": True,
                "readers": {"preset": "author-coordinator"}, "sections": [{"key": "all", "fields": fields}],
            },
        )
        for template in templates
    )  # fmt: skip


def cost(client, made: Pair, page: str) -> tuple[int, int]:
    """Queries and bytes of a page, opened for the second time."""
    address = made.url(page.format(pairing=made.pairing.pk))
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code == 200, page
    return len(asked), len(answer.content)


def test_500_worksheets_of_100_questions_make_no_page_of_a_programme_longer(pair, sign_in):
    mentee, coordinator = sign_in(pair.mentee), sign_in(pair.coordinator)
    pages = [(mentee, page) for page in OF_PAIRS] + [(coordinator, page) for page in OF_COORDINATORS]
    before = {page: cost(client, pair, page) for client, page in pages}
    with tenant_scope(pair.organisation):
        add_sheets(pair)
    after = {page: cost(client, pair, page) for client, page in pages}
    longer = {
        page: (before[page], after[page])
        for _client, page in pages
        if after[page][0] > before[page][0] or after[page][1] > before[page][1] + 200
    }
    assert longer == {}
