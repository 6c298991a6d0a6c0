"""Who may design, what the preview shows, and that a long sheet costs no more queries than a short one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mentoring import clock
from mentoring.tenancy.scope import tenant_scope
from mentoring.work.domain import do_due
from programmes.domain.designing.drafts import open_draft
from programmes.models import WorksheetDraft
from templates_app.domain.documents import WORK
from templates_app.models import Document, Response, Template, TemplateVersion
from tests.factories import AssignmentFactory, MembershipFactory, ProgrammeFactory, UserFactory
from tests.programmes.conftest import words
from tests.programmes.designing.conftest import DESIGNS
from tests.templates_app.paper_browser import Page

pytestmark = pytest.mark.django_db

PAGES = (
    "", "facts/", "sections/you/", "moments/new/", "moments/session-2/", "add/section:you/", "questions/name/",
    "questions/name/kind/", "preview/", "preview/form/", "publish/", "versions/", "versions/1/",
)  # fmt: skip
POSTS = ("", "begin/", "drop/", "undo/1/", "facts/", "sections/new/", "preview/paper/", "publish/", "versions/1/")


@pytest.fixture
def stranger(company, sign_in):
    """A coordinator of another programme of the same organisation."""
    with tenant_scope(company.organisation):
        user = UserFactory()
        AssignmentFactory(
            programme=ProgrammeFactory(slug="elsewhere"), membership=MembershipFactory(user=user), role="coordinator"
        )
    return sign_in(user)


def test_only_coordinators_of_the_programme_design_its_worksheets(designer, company, sign_in, stranger):
    designer.open("capacity")
    visitors = {"stranger": stranger, "mentor": sign_in(company.mentor), "mentee": sign_in(company.mentee)}
    for name, client in visitors.items():
        assert client.get(company.url(DESIGNS)).status_code == 404, name
        assert {client.get(designer.url(page)).status_code for page in PAGES} == {404}, name
        assert {client.post(designer.url(page)).status_code for page in POSTS} == {404}, name
    admin = sign_in(company.admin)
    assert {admin.get(designer.url(page)).status_code for page in PAGES} == {403}
    assert {designer.client.get(designer.url(page)).status_code for page in PAGES} == {200}


@pytest.mark.parametrize("page", ["facts/", "sections/you/", "moments/new/", "moments/session-2/", "questions/name/"])
def test_every_field_of_a_form_stands_on_its_page_so_that_saving_takes_nothing_away(designer, page):
    designer.open("capacity")
    answer = designer.client.get(designer.url(page))
    form, html = answer.context["form"], answer.content.decode()
    missing = [name for name in form.fields if f'name="{form.add_prefix(name)}' not in html]
    assert form.fields
    assert missing == []


def test_a_draft_of_the_next_programme_is_not_found_by_a_neighbours_address(designer, company):
    with tenant_scope(company.organisation):
        other = ProgrammeFactory(slug="elsewhere")
        open_draft(programme=other, key="capacity", actor=company.coordinator)
    designer.key = "capacity"
    assert designer.client.get(designer.url("questions/name/")).status_code == 404, "ours has no draft of it"
    assert "Change this worksheet" in words(designer.client.get(designer.url()))


def test_without_a_draft_the_agreements_questions_stand_in_the_handbook(designer, company, sign_in):
    designer.key = "agreement"
    assert designer.client.get(designer.url()).url.endswith("/handbook/agreement-fields/")
    assert designer.client.get(designer.url("versions/")).status_code == 404
    assert sign_in(company.mentor).get(designer.url()).status_code == 404
    assert sign_in(company.mentor).post(designer.url("begin/")).status_code == 404


def test_what_is_not_there_is_not_found(designer):
    designer.open("capacity")
    for page in (
        "questions/nothing/",
        "sections/nothing/",
        "moments/nothing/",
        "add/section:nothing/",
        "add/in:name/",
        "versions/9/",
    ):
        assert designer.client.get(designer.url(page)).status_code == 404, page


# --- Preview ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def shown(designer):
    designer.begin(filled_by="each")
    designer.add("text", "Your name")
    designer.change("your_name", prefill="person.name", need="must")
    designer.add("table", "Plan", "Task")
    designer.add("signature", "Sign")
    designer.change("sign", signer="mentor")
    return designer


def test_the_preview_is_the_real_form_as_each_role(shown):
    page = words(shown.client.get(shown.url("preview/")))
    assert "As the mentee" in page
    assert "As the mentor" in page
    assert f'src="{shown.url("preview/form/")}?role=mentee"' in page
    mentor = words(shown.client.get(shown.url("preview/form/?role=mentor")))
    assert "Helen (mentor)" in mentor
    assert 'name="f-sign-name"' in mentor
    mentee = words(shown.client.get(shown.url("preview/form/?role=mentee")))
    assert "Ana (mentee)" in mentee
    assert 'name="f-sign-name"' not in mentee, "only the mentor signs"


def test_filling_in_the_preview_saves_nothing_and_shows_what_would_be_read(shown):
    url = shown.url("preview/form/?role=mentor")
    data = Page(words(shown.client.get(url))).post(
        **{"f-your_name": "CANARY", "f-sign-name": "Helen", "f-sign-agree": "on"}
    )
    rows = Page(words(shown.client.post(url, data.dict() | {"_op": "add:plan"})))
    assert any(name == "f-plan-1-task" for name, _value in rows.sent), "rows are added as on the real page"
    read = words(shown.client.post(url, data.dict() | {"_do": "review"}))
    assert "CANARY" in read
    assert "<form" not in read[read.index("<main") : read.index("</main>")]
    missing = words(shown.client.post(url, data.dict() | {"_do": "review", "f-your_name": ""}))
    assert "This answer is needed." in missing
    with tenant_scope(shown.company.organisation):
        assert not Response.objects.exists()


def test_the_form_may_stand_in_a_frame_of_our_own_and_no_other_page_may(shown):
    frame = shown.client.get(shown.url("preview/form/"))
    assert frame["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in frame["Content-Security-Policy"]
    page = shown.client.get(shown.url("preview/"))
    assert page["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert "frame-src 'self'" in page["Content-Security-Policy"]


def test_a_faulty_question_is_left_out_of_the_preview_and_counted(shown):
    shown.add("choice", "How", "By phone")
    shown.change("how", do="options:remove:0")
    assert "1 question is left out here" in words(shown.client.get(shown.url("preview/")))
    form = words(shown.client.get(shown.url("preview/form/")))
    assert 'name="f-your_name"' in form
    assert "f-how" not in form


def test_the_draft_on_paper_is_for_coordinators_alone(shown, sign_in):
    answer = shown.client.post(shown.url("preview/paper/"))
    do_due(clock.now(), kind=WORK)
    with tenant_scope(shown.company.organisation):
        document = Document.objects.get(kind="draft-worksheet")
        assert document.state == "done", document.error
        assert bytes(document.content).startswith(b"%PDF")
    assert shown.client.get(answer.url).status_code == 200
    assert sign_in(shown.company.mentee).get(answer.url).status_code == 404


# --- Counts -----------------------------------------------------------------------------------------------------------


def long_sheet(company, count: int) -> str:
    key = f"long-{count}"
    fields = [
        {"key": f"q{number}", "kind": "text", "label": f"Question {number}", "ours": True} for number in range(count)
    ]
    definition = {
        "key": key, "title": key, "filled_by": "each", "readers": {"preset": "pair"}, "ours": True,
        "sections": [{"key": "all", "fields": fields}],
    }  # fmt: skip
    with tenant_scope(company.organisation):
        handbook = company.programme.handbook
        template = Template.objects.create(handbook=handbook, key=key, title=key, position=90)
        TemplateVersion.objects.create(template=template, number=1, definition=definition)
        open_draft(programme=company.programme, key=key, actor=company.coordinator)
    return key


def test_a_sheet_of_200_questions_costs_no_more_queries_than_one_of_20(designer, company):
    counts: dict[str, list[int]] = {}
    keys = [long_sheet(company, 20), long_sheet(company, 200)]
    for designer.key in keys:
        for page in ("", "questions/q7/", "facts/", "preview/form/", "publish/"):
            designer.client.get(designer.url(page))
            with CaptureQueriesContext(
                connection,
            ) as short:
                assert designer.client.get(designer.url(page)).status_code == 200
            counts.setdefault(page, []).append(len(short))
        with CaptureQueriesContext(connection) as moved:
            designer.do("up:q7")
        counts.setdefault("do", []).append(len(moved))
    assert all(long <= short for short, long in counts.values()), counts
    assert counts[""][1] <= 16, counts


def test_the_list_costs_the_same_however_many_sheets_there_are(designer, company):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            designer.client.get(company.url(DESIGNS))
        return len(found)

    queries()
    before = queries()
    for count in range(3, 9):
        long_sheet(company, count)
    designer.client.get(company.url(DESIGNS))
    assert queries() <= before + 1
    with tenant_scope(company.organisation):
        assert WorksheetDraft.objects.count() == 6
