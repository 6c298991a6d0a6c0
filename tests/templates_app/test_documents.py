"""Documents: asked for once, made in the background, never lost, read by whom they are for; and PDFs that fetch nothing."""

import datetime as dt
import hashlib
import io
import socket
from typing import Any

import pypdf
import pytest
from billiard.exceptions import SoftTimeLimitExceeded
from django.db import connection
from django.http import Http404

from mentoring import clock
from mentoring.tenancy.scope import platform_scope, tenant_scope
from mentoring.work.models import State
from mentoring.work.tasks import tick
from templates_app.domain import documents, making_documents, pdf
from templates_app.domain.documents import (
    NoLongerWanted,
    get_document_for,
    register_document_reader,
    register_renderer,
    request_document,
    retry_document,
)
from templates_app.domain.making_documents import MAX_ATTEMPTS, make_due
from templates_app.domain.pdf import PACKAGED, DocumentTooLong, packaged_only, pages, render_pdf
from templates_app.models import Document, Response
from tests.factories import OrganisationFactory, UserFactory
from tests.templates_app.sheets import LOG, response_to

PAGE = "<!doctype html><html lang='en'><head><title>Log</title></head><body><h1>Log</h1>{}</body></html>"


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


# --- HTML to PDF ----------------------------------------------------------------------------------------------------


def test_the_same_html_gives_the_same_bytes():
    html = PAGE.format("<p>ʻAna, Fāʻaoso, 日本語, العربية</p>")
    assert render_pdf(html) == render_pdf(html)


@pytest.mark.parametrize("name", ["山田 太郎", "김민준", "陳美玲"])
def test_a_name_in_a_script_of_east_asia_has_letters_of_its_own(name):
    """Not the boxes of a font that lacks them: a font that has them is in the file, and gives the name back."""
    content = render_pdf(PAGE.format(f"<p>{name}</p>"))
    [page] = pypdf.PdfReader(io.BytesIO(content)).pages
    assert any("CJK" in str(font["/BaseFont"]) for font in page["/Resources"]["/Font"].values())
    assert name in text_of(content)


def test_a_pdf_is_tagged_and_says_its_language_and_title():
    reader = pypdf.PdfReader(io.BytesIO(render_pdf(PAGE.format("<p>Words</p>"))))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "Log"
    assert "/StructTreeRoot" in root


def test_header_cells_say_what_they_head():
    table = "<table><thead><tr><th scope='col'>Goal<tbody><tr><th scope='row'>One<tr><td>Two</table>"
    found, waiting = (
        {},
        [pypdf.PdfReader(io.BytesIO(render_pdf(PAGE.format(table)))).trailer["/Root"]["/StructTreeRoot"]],
    )
    while waiting:
        tag = waiting.pop().get_object()
        if isinstance(tag, list):
            waiting.extend(tag)
        elif isinstance(tag, dict):
            if tag.get("/S") == "/TH":
                found[tag["/P"]["/P"]["/S"]] = tag["/A"]["/Scope"]
            waiting.extend([tag["/K"]] if "/K" in tag else [])
    assert found == {"/THead": "/Column", "/TBody": "/Row"}


def test_a_language_is_written_where_the_html_has_none():
    content = render_pdf("<html><head><title>T</title></head><body>x</body></html>", language="sm")
    assert pypdf.PdfReader(io.BytesIO(content)).trailer["/Root"]["/Lang"] == "sm"


def test_pages_are_counted():
    assert pages(PAGE.format("<p>One</p>")) == 1
    assert pages(PAGE.format("<p class='new-page'>Two</p>" * 3)) == 4


def test_a_document_without_end_is_refused():
    with pytest.raises(DocumentTooLong):
        render_pdf("x" * (pdf.MOST_LETTERS + 1))


REACHING_OUT = (
    "<img src='http://evil.example/a.png'>",
    "<link rel='stylesheet' href='http://evil.example/a.css'>",
    "<style>@import url(http://evil.example/b.css); body { background: url(https://evil.example/c.png) }</style>",
    "<style>@font-face { font-family: x; src: url(http://evil.example/f.woff2) } p { font-family: x }</style><p>x</p>",
    "<object data='file:///etc/hostname'></object><embed src='file:///etc/passwd'>",
    "<svg width='9' height='9'><image href='http://evil.example/d.png' width='9' height='9'/></svg>",
    "<a rel='attachment' href='file:///etc/hostname'>a</a>",
    "<img src='data:image/png;base64,iVBORw0KGgo='>",
    f"<img src='{PACKAGED}../../manage.py'>",
)


@pytest.mark.parametrize("html", REACHING_OUT)
def test_nothing_is_fetched_while_a_pdf_is_made(monkeypatch, html):
    opened: list[Any] = []
    fetched: list[str] = []
    real = packaged_only()

    class Watching(type(real)):
        def fetch(self, url, headers=None):
            try:
                return super().fetch(url, headers)
            except ValueError:
                fetched.append(url)
                raise

    monkeypatch.setattr(socket, "socket", lambda *args, **_more: opened.append(args))
    monkeypatch.setattr(pdf, "packaged_only", lambda: Watching(allowed_protocols=()))
    pdf._setup.cache_clear()
    try:
        content = render_pdf(PAGE.format(html))
    finally:
        pdf._setup.cache_clear()
    assert opened == []
    assert fetched, "the page did reach out, and was refused"
    assert b"/EmbeddedFile" not in content


@pytest.mark.parametrize(
    "url", ["http://evil.example/", "file:///etc/hostname", "data:,x", f"{PACKAGED}../models.py", "ftp://x/"]
)
def test_the_fetcher_refuses_everything_but_packaged_files(url):
    with pytest.raises(ValueError):
        packaged_only().fetch(url)


def test_the_fetcher_reads_packaged_files():
    assert b"@page" in packaged_only().fetch(f"{PACKAGED}document.css").read()


# --- Asking ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def kinds(monkeypatch):
    """Renderers and readers of this test alone."""
    monkeypatch.setattr(documents, "_kinds", {})
    monkeypatch.setattr(documents, "_readers", {})
    register_renderer("note", lambda document: PAGE.format(f"<p>{document.title}</p>"))
    register_document_reader("note", lambda user, document: document.requested_by_id == user.pk)


@pytest.fixture
def subject(in_organisation) -> Response:
    return response_to(LOG, UserFactory())


def ask(subject: Response, kind: str = "note", **more: Any) -> Document:
    values = {"revision": "1", "title": "Log", "filename": "log.pdf", "actor": subject.author}
    return request_document(kind=kind, subject=subject, **values | more)


def make(organisation, now: dt.datetime | None = None) -> dt.datetime | None:
    return make_due(now or clock.now(), organisation)


def test_the_same_thing_is_asked_for_once(kinds, subject):
    first, second = ask(subject), ask(subject, title="Renamed")
    other = ask(subject, revision="2")
    assert first == second != other
    assert Document.objects.count() == 2


def test_an_unknown_kind_is_a_mistake_of_ours(kinds, subject):
    with pytest.raises(KeyError):
        ask(subject, kind="unheard-of")


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("log", "log.pdf"),
        ("Fāʻaoso 日誌.pdf", "Fāʻaoso 日誌.pdf"),
        ("a/b\\c:\r\n.pdf", "abc.pdf"),
        ("", "document.pdf"),
        ("x" * 300, "x" * 140 + ".pdf"),
    ],
)
def test_a_filename_is_made_safe_in_any_script(kinds, subject, asked, kept):
    assert ask(subject, filename=asked).filename == kept


# --- Making ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def outside(organisation, kinds) -> Document:
    """A document that was asked for, with no organisation open, as a worker starts."""
    with tenant_scope(organisation):
        return ask(response_to(LOG, UserFactory()))


def row(document: Document) -> Document:
    with tenant_scope(document.organisation):
        return Document.objects.get(pk=document.pk)


def test_a_document_is_made_stored_sealed_and_measured(outside, organisation):
    assert make(organisation) is None
    done = row(outside)
    assert done.state == State.DONE
    assert done.content.startswith(b"%PDF-")
    assert done.size == len(done.content)
    assert done.sha256 == hashlib.sha256(done.content).hexdigest()
    with tenant_scope(organisation), platform_scope("what the column holds"), connection.cursor() as cursor:
        cursor.execute("SELECT content FROM templates_app_document")
        assert b"%PDF" not in bytes(cursor.fetchone()[0])


def test_the_tick_makes_what_was_asked_for(outside):
    tick()
    assert row(outside).state == State.DONE


def test_a_second_look_makes_nothing_twice(outside, organisation, monkeypatch):
    make(organisation)
    monkeypatch.setattr(making_documents, "render_pdf", None)
    assert make(organisation) is None
    assert row(outside).state == State.DONE


def test_what_fails_is_tried_again_with_growing_waits_and_then_shown(outside, organisation, monkeypatch):
    def broken(*_args: Any, **_kwargs: Any) -> bytes:
        raise OSError("fontconfig: cannot load default config file")

    monkeypatch.setattr(making_documents, "render_pdf", broken)
    now, waits = clock.now(), []
    for _attempt in range(MAX_ATTEMPTS):
        due = make(organisation, now)
        if due is None:
            break
        waits.append((due - now).total_seconds())
        now = due
    assert waits == [20, 40, 80, 160]
    failed = row(outside)
    assert (failed.state, failed.attempts, failed.error) == (State.FAILED, MAX_ATTEMPTS, "could not be made: OSError")
    assert failed.content is None


def test_after_the_fault_is_mended_a_person_tries_again(outside, organisation, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(making_documents, "render_pdf", lambda *_args, **_kwargs: 1 / 0)
        broken.setattr(making_documents, "MAX_ATTEMPTS", 1)
        make(organisation)
    assert row(outside).state == State.FAILED
    with tenant_scope(organisation):
        assert retry_document(document=row(outside), actor=outside.requested_by)
    make(organisation)
    assert row(outside).state == State.DONE


def test_only_what_was_given_up_is_tried_again(outside, organisation):
    with tenant_scope(organisation):
        assert not retry_document(document=outside, actor=None)
    make(organisation)
    with tenant_scope(organisation):
        assert not retry_document(document=row(outside), actor=None)


def test_asking_again_for_what_failed_tries_again(outside, organisation, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(making_documents, "render_pdf", lambda *_args, **_kwargs: 1 / 0)
        broken.setattr(making_documents, "MAX_ATTEMPTS", 1)
        make(organisation)
    with tenant_scope(organisation):
        subject = Response.objects.get(pk=outside.subject_id)
        assert ask(subject, actor=outside.requested_by) == outside
    assert row(outside).state == State.QUEUED


class Killed(BaseException):
    """The worker's process ends here: nothing that catches exceptions may catch this."""


def test_a_worker_killed_while_making_leaves_a_lease_and_the_next_makes_it(outside, organisation, monkeypatch):
    def killed(*_args: Any, **_kwargs: Any) -> bytes:
        raise Killed

    now = clock.now()
    with monkeypatch.context() as dying:
        dying.setattr(making_documents, "render_pdf", killed)
        with pytest.raises(Killed):
            make(organisation, now)
    assert row(outside).state == State.RUNNING
    due = make(organisation, now + dt.timedelta(seconds=1))
    assert row(outside).state == State.RUNNING, "somebody else may still be at it"
    assert due == row(outside).lease_until
    assert make(organisation, due) is None
    assert row(outside).state == State.DONE


def test_a_worker_that_lost_its_lease_stores_nothing(outside, organisation, monkeypatch):
    made: list[str] = []
    register_renderer("slow", lambda _document: PAGE.format("slow"), after=lambda document: made.append(document.title))
    with tenant_scope(organisation):
        slow = ask(response_to(LOG, UserFactory()), kind="slow")
    real = making_documents.render_pdf

    def overtaken(html: str, **more: Any) -> bytes:
        if row(slow).attempts == 1 and "slow" in html:
            make_due(row(slow).lease_until, organisation)  # another worker takes it over and finishes
        return real(html, **more)

    monkeypatch.setattr(making_documents, "render_pdf", overtaken)
    make(organisation)
    assert row(slow).state == State.DONE
    assert row(slow).attempts == 2
    assert made == ["Log"]


def test_a_document_that_kills_every_worker_is_given_up(outside, organisation, monkeypatch):
    def killed(*_args: Any, **_kwargs: Any) -> bytes:
        raise Killed

    monkeypatch.setattr(making_documents, "render_pdf", killed)
    now = clock.now()
    for _attempt in range(MAX_ATTEMPTS):
        with pytest.raises(Killed):
            make(organisation, now)
        now = row(outside).lease_until
    assert make(organisation, now) is None
    assert (row(outside).state, row(outside).error) == (State.FAILED, "never finished")


def test_a_document_that_takes_too_long_is_put_off_and_ends_the_look(outside, organisation, monkeypatch):
    with tenant_scope(organisation):
        later = ask(response_to(LOG, UserFactory()))

    def hangs(*_args: Any, **_kwargs: Any) -> bytes:
        raise SoftTimeLimitExceeded

    monkeypatch.setattr(making_documents, "render_pdf", hangs)
    make(organisation)
    assert (row(outside).state, row(outside).error) == (State.QUEUED, "took too long")
    assert (row(later).state, row(later).attempts) == (State.QUEUED, 0)


def test_a_worker_with_an_older_list_takes_neither_what_is_being_made_nor_what_is_done(
    outside, organisation, monkeypatch
):
    made = []

    def renders(*args: Any, **kwargs: Any) -> bytes:
        made.append(args)
        if len(made) == 1:
            make(organisation)
        return render_pdf(*args, **kwargs)

    monkeypatch.setattr(making_documents, "_due_ids", lambda *_args: [outside.pk])
    monkeypatch.setattr(making_documents, "render_pdf", renders)
    make(organisation)
    make(organisation)
    assert (len(made), row(outside).attempts, row(outside).state) == (1, 1, State.DONE)


def test_what_nobody_wants_any_more_is_not_made(organisation, kinds):
    def gone(_document: Document) -> str:
        raise NoLongerWanted("the subject is gone")

    register_renderer("gone", gone)
    with tenant_scope(organisation):
        document = ask(response_to(LOG, UserFactory()), kind="gone")
    assert make(organisation) is None
    assert (row(document).state, row(document).error) == (State.CANCELLED, "the subject is gone")


def test_one_that_fails_does_not_hold_up_the_others(outside, organisation):
    register_renderer("broken", lambda _document: 1 / 0)
    with tenant_scope(organisation):
        Document.objects.filter(pk=outside.pk).update(not_before=clock.now())
        broken = ask(response_to(LOG, UserFactory()), kind="broken")
        Document.objects.filter(pk=broken.pk).update(not_before=clock.now() - dt.timedelta(hours=1))
    make(organisation)
    assert row(outside).state == State.DONE
    assert (row(broken).state, row(broken).error) == (State.QUEUED, "could not be made: ZeroDivisionError")


def test_an_error_tells_no_content(organisation, kinds):
    def leaky(_document: Document) -> str:
        raise ValueError("what somebody wrote")

    register_renderer("leaky", leaky)
    with tenant_scope(organisation):
        document = ask(response_to(LOG, UserFactory()), kind="leaky")
    make(organisation)
    assert "wrote" not in row(document).error


# --- Reading --------------------------------------------------------------------------------------------------------


def test_without_a_reader_nobody_reads(kinds, subject, monkeypatch):
    monkeypatch.setattr(documents, "_readers", {})
    document = ask(subject)
    with pytest.raises(Http404):
        get_document_for(subject.author, document.pk)


def test_absent_and_not_theirs_are_the_same(kinds, subject):
    document = ask(subject)
    assert get_document_for(subject.author, document.pk) == document
    for user, wanted in ((UserFactory(), document.pk), (subject.author, subject.pk)):
        with pytest.raises(Http404):
            get_document_for(user, wanted)


def test_another_organisation_finds_nothing(outside, organisation):
    other = OrganisationFactory()
    with tenant_scope(other), pytest.raises(Http404):
        get_document_for(outside.requested_by, outside.pk)
