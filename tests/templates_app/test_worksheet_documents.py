"""Worksheets as PDFs: what the page shows, as its reader may see it; and blank ones to write on."""

import io

import pypdf
import pytest
from django.utils.html import escape

from mentoring import clock
from mentoring.tenancy.scope import tenant_scope
from mentoring.work.models import State
from templates_app.domain import making_documents, owners
from templates_app.domain.blank_sheets import blank_level
from templates_app.domain.kits import current_version, current_versions, kit_of, worksheet_of
from templates_app.domain.making_documents import make_due
from templates_app.domain.pdf import render_pdf
from templates_app.domain.worksheet_documents import blank_html, request_blank_pdf, worksheet_html
from templates_app.models import Document
from templates_app.shapes import FieldShape, Kind
from tests.factories import HandbookFactory, UserFactory
from tests.templates_app import tiny_owner
from tests.templates_app.sheets import LOG, context_of, response_to, version_of
from tests.templates_app.sink import FULL, kitchen_sink, sheet, someone


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def made(desk) -> Document:
    """Ask for the sheet's PDF in the browser, let a worker make it, and go back to it."""
    answer = desk.client.post(desk.urls.pdf)
    document_id = answer.url.rstrip("/").rsplit("/", 1)[-1]
    make_due(clock.now(), desk.company.organisation)
    with tenant_scope(desk.company.organisation):
        return Document.objects.get(pk=document_id)


def send(desk) -> None:
    desk.client.post(desk.urls.review, {"revision": desk.row().revision, "do": "send"})


# --- Filled in ------------------------------------------------------------------------------------------------------


@pytest.mark.covers("plp.sys.120")
def test_a_sheet_is_saved_as_a_pdf_with_its_answers(company, desk_of):
    desk = desk_of(company.mentee, answers={"mattered": "The **wharf** at Vuna", "mood": 2})
    send(desk)
    text = text_of(made(desk).content)
    for words in (
        "Learning log",
        "Session 2",
        "What mattered?",
        "The wharf at Vuna",
        "Not answered",
        "Sent",
        "Reef Learning",
    ):
        assert words in text


def test_a_draft_says_that_it_is_one(company, desk_of):
    desk = desk_of(company.mentee, answers={"mattered": "Half"})
    assert "draft, not sent" in text_of(made(desk).content)


def test_every_kind_of_answer_reads_like_a_document(in_organisation, sheets_room):
    user = UserFactory()
    response = response_to(kitchen_sink(), user, FULL)
    owner = tiny_owner.tiny_owner(user, response)
    text = text_of(render_pdf(worksheet_html(owner)))
    for words in (
        "Environment officer",
        "On the ferry",
        "Epeli Hauʻofa",
        "Lead a review",
        "The board said so",
        "Helen Ward",
    ):
        assert words in text


def test_the_same_sheet_is_made_once_and_a_changed_one_anew(company, desk_of):
    desk = desk_of(company.mentee, answers={"mattered": "One"})
    first, again = made(desk), made(desk)
    desk.post({"f-mattered": "Two"})
    second = made(desk)
    assert first.pk == again.pk != second.pk
    assert "Two" in text_of(second.content)


def test_each_reader_gets_what_they_may_read_and_nobody_elses_copy(company, desk_of):
    worksheet = sheet(
        {"key": "open", "kind": "text", "label": "Open"},
        {"key": "own", "kind": "text", "label": "My own", "readers": "private"},
    )
    desk = desk_of(company.mentee, worksheet, answers={"open": "For both", "own": "For me alone"})
    send(desk)
    partner = desk_of(company.mentor, response=desk.response)
    tiny_owner.READERS.add(company.mentor.pk)
    mine, theirs = made(desk), made(partner)
    assert mine.pk != theirs.pk
    assert "For me alone" in text_of(mine.content)
    assert "For both" in text_of(theirs.content)
    assert "For me alone" not in text_of(theirs.content)
    assert "My own" not in text_of(theirs.content)
    for client, document in ((partner.client, mine), (desk.client, theirs)):
        for page in ("", "download/", "state/"):
            assert client.get(company.url(f"documents/{document.pk}/{page}")).status_code == 404


def test_a_right_taken_back_closes_what_was_made_before(company, desk_of):
    desk = desk_of(company.mentee, answers={"mattered": "The wharf"})
    send(desk)
    partner = desk_of(company.mentor, response=desk.response)
    tiny_owner.READERS.add(company.mentor.pk)
    address = company.url(f"documents/{made(partner).pk}/download/")
    assert partner.client.get(address).status_code == 200
    tiny_owner.READERS.clear()
    assert partner.client.get(address).status_code == 404


def test_a_right_taken_back_before_it_is_made_makes_nothing(company, desk_of):
    desk = desk_of(company.mentee, answers={"mattered": "The wharf"})
    send(desk)
    partner = desk_of(company.mentor, response=desk.response)
    tiny_owner.READERS.add(company.mentor.pk)
    partner.client.post(partner.urls.pdf)
    tiny_owner.READERS.clear()
    make_due(clock.now(), company.organisation)
    with tenant_scope(company.organisation):
        document = Document.objects.get()
    assert (document.state, document.content) == (State.CANCELLED, None)


def test_hostile_answers_are_words_on_paper(company, desk_of):
    hostile = (
        "<script>x()</script><style>*{color:red}</style><img src='http://evil.example/x.png'>{{ 7|add:7 }}{% now 'Y' %}"
    )
    desk = desk_of(company.mentee, answers={"mattered": hostile, "next": hostile})
    with tenant_scope(company.organisation):
        html = worksheet_html(tiny_owner.tiny_owner(company.mentee, desk.row()))
    body = html[html.index("<body") :]
    for tag in ("<script", "<style", "<img"):
        assert tag not in body
    text = "".join(text_of(made(desk).content).split())
    assert "{{7|add:7}}" in text
    assert "evil.example" in text


def test_a_very_long_sheet_in_many_scripts_is_made(company, desk_of):
    words = "ʻOku ou fiefia. 日本語のテキスト。 نص عربي. ไทย. " * 400
    desk = desk_of(company.mentee, answers={"mattered": words})
    document = made(desk)
    assert document.state == State.DONE
    assert len(pypdf.PdfReader(io.BytesIO(document.content)).pages) > 3


# --- Blank ----------------------------------------------------------------------------------------------------------


@pytest.mark.covers("plp.sys.120")
def test_a_blank_sheet_has_every_question_and_room_for_its_answer(in_organisation):
    text = text_of(render_pdf(blank_html(version_of(kitchen_sink()), someone())))
    for section in kitchen_sink().sections:
        assert section.title in text
    flat = " ".join(text.split())
    for shape in kitchen_sink().fields():
        if shape.kind not in {"note", "computed"}:
            assert shape.label in flat, shape.key
    for words in (
        "Online",
        "In a room",
        "Other:",
        "-1 – Badly",
        "0 – So so",
        "Read the guide",
        "In one year",
        "Not applicable",
        "(needed)",
    ):
        assert words in flat
    assert "Only where “How sure are you?” is answered: 1 / 2" in flat


def test_the_blank_agreement_has_every_clause_and_a_place_for_each_signature(in_organisation):
    """Printed, it can be read and signed on paper: nothing of what is signed stands elsewhere."""
    handbook = HandbookFactory()
    agreement = kit_of(handbook).agreement
    html = blank_html(current_version(handbook, "agreement"), someone())
    flat = " ".join(text_of(render_pdf(html)).split())
    for words in (agreement.code_title, agreement.scope_title, agreement.clauses_title):
        assert words in flat
    for clause in (*agreement.scope, *agreement.clauses):
        for words in (clause.text, *(part.text for part in clause.parts)):
            assert escape(words) in html
    assert escape(agreement.statement) in html
    for item in agreement.consent.items:
        assert escape(item.label) in html
    assert "Mentor: name and signature" in flat
    assert "Mentee: name and signature" in flat


def test_a_blank_agreement_is_made_anew_when_the_handbook_has_changed(in_organisation):
    handbook, actor = HandbookFactory(), UserFactory()
    version = current_version(handbook, "agreement")
    first = request_blank_pdf(version=version, actor=actor)
    assert request_blank_pdf(version=version, actor=actor).pk == first.pk
    version.template.handbook.revision += 1
    assert request_blank_pdf(version=version, actor=actor).pk != first.pk


def test_a_table_on_paper_has_the_answers_of_its_choices_to_tick(in_organisation):
    chosen = {"key": "how", "kind": "choice", "label": "How", "options": [{"key": "a", "label": "By call"}]}
    rows = [{"key": "first", "label": "First"}, {"key": "second", "label": "Second"}]
    table = {"key": "plan", "kind": "table", "label": "Plan", "columns": [chosen], "items": rows}
    [question] = blank_level([FieldShape.model_validate(table)], someone())
    assert (question.rows, question.cells) == (("First", "Second"), (("By call",),))
    wanted = sheet(FieldShape.model_validate(table))
    assert blank_html(version_of(wanted), someone()).count("<li>By call</li>") == 2


@pytest.mark.slow
def test_every_worksheet_of_the_shipped_kit_prints_blank(in_organisation):
    handbook = HandbookFactory()
    for version in current_versions(handbook).values():
        html = blank_html(version, context_of(UserFactory()))
        assert render_pdf(html).startswith(b"%PDF-")


@pytest.mark.covers("sssc.must.70")
def test_every_form_of_a_handbook_is_printed_with_all_it_asks_and_read_by_assistive_technology(in_organisation):
    versions = current_versions(HandbookFactory(kit="sssc"))
    assert len(versions) > 50
    for version in versions.values():
        html = blank_html(version, context_of(UserFactory()))
        asked = [one for one in worksheet_of(version).fields() if one.kind is not Kind.COMPUTED and not one.hidden]
        labels = [one.label for one in asked if one.label]
        assert all(escape(label) in html for label in labels), version.template.key
    root = pypdf.PdfReader(io.BytesIO(render_pdf(blank_html(versions["grow"], someone())))).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"]


def test_a_blank_sheet_is_for_who_may_read_the_handbook(company, sign_in, sheets_room, monkeypatch):
    with tenant_scope(company.organisation):
        version = version_of(LOG)
    allowed = {company.mentee.pk}
    monkeypatch.setattr(owners, "_handbook_readers", [lambda user, _handbook: user.pk in allowed])
    address = company.url(f"worksheets/{version.pk}/blank/")
    assert sign_in(company.mentor).post(address).status_code == 404
    answer = sign_in(company.mentee).post(address)
    assert answer.status_code == 302
    make_due(clock.now(), company.organisation)
    assert sign_in(company.mentee).get(f"{answer.url}download/").status_code == 200
    assert sign_in(company.mentor).get(f"{answer.url}download/").status_code == 404


# --- The document's page --------------------------------------------------------------------------------------------


@pytest.fixture
def asked(company, desk_of):
    """Somebody who has just asked for a PDF, and its page."""
    desk = desk_of(company.mentee, answers={"mattered": "The wharf"})
    return desk, desk.client.post(desk.urls.pdf).url


def test_the_page_asks_again_by_itself_until_the_document_is_there(asked, company):
    desk, address = asked
    page = desk.client.get(address).content.decode()
    assert "is being made" in page
    assert '<noscript><meta http-equiv="refresh"' in page
    assert f'hx-get="{address}state/"' in page
    assert desk.client.get(f"{address}state/").status_code == 200
    assert desk.client.get(f"{address}download/").status_code == 404
    make_due(clock.now(), company.organisation)
    page = desk.client.get(address).content.decode()
    assert "Your document is ready" in page
    assert "refresh" not in page
    assert desk.client.get(f"{address}state/").status_code == 286, "htmx stops asking"


def test_the_download_is_a_file_and_never_a_page(asked, company):
    desk, address = asked
    make_due(clock.now(), company.organisation)
    answer = desk.client.get(f"{address}download/")
    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Learning log.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_title_in_another_script_makes_a_filename(asked, company):
    desk, address = asked
    make_due(clock.now(), company.organisation)
    with tenant_scope(company.organisation):
        Document.objects.update(filename="Fāʻaoso 日誌.pdf")
    header = desk.client.get(f"{address}download/").headers["Content-Disposition"]
    assert header == "attachment; filename*=utf-8''F%C4%81%CA%BBaoso%20%E6%97%A5%E8%AA%8C.pdf"


def test_a_document_that_cannot_be_made_is_shown_and_tried_again(asked, company, monkeypatch):
    desk, address = asked
    with monkeypatch.context() as broken:
        broken.setattr(making_documents, "render_pdf", lambda *_args, **_more: 1 / 0)
        make_due(clock.now(), company.organisation)
        assert "we are trying again" in desk.client.get(address).content.decode()
        broken.setattr(making_documents, "MAX_ATTEMPTS", 0)
        with tenant_scope(company.organisation):
            Document.objects.update(not_before=clock.now())
        make_due(clock.now(), company.organisation)
    page = desk.client.get(address).content.decode()
    assert "could not be made" in page
    assert "ZeroDivisionError" not in page
    assert f'action="{address}retry/"' in page
    assert desk.client.post(f"{address}retry/").url == address
    make_due(clock.now(), company.organisation)
    assert "Your document is ready" in desk.client.get(address).content.decode()
