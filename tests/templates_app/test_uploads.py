"""Files in worksheets: looked at, sealed, given out as downloads to whoever may read the answer."""

import io
import zipfile

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from PIL import Image

from mentoring.tenancy.scope import platform_scope, tenant_scope
from templates_app.answers import AnswerFault
from templates_app.domain import file_kinds, uploads
from templates_app.domain.file_kinds import KINDS, look_at, without_traces
from templates_app.domain.responses import WrongState, answers_of
from templates_app.domain.uploads import store_upload
from templates_app.models import Upload
from templates_app.shapes import FieldShape
from tests.factories import UserFactory
from tests.templates_app import tiny_owner
from tests.templates_app.sheets import response_to
from tests.templates_app.sink import sheet

ANY = FieldShape(key="letter", kind="file", label="A letter")
LETTERS = FieldShape(key="letter", kind="file", label="A letter", accept=["pdf", "docx"])
PDF = b"%PDF-1.7\n1 0 obj\n"


def sent(content: bytes, name: str = "letter.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def zipped(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return held.getvalue()


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 20)) -> bytes:
    held = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "A camera that tells"
    exif[0x0112] = 6  # turned by 90°
    Image.new("RGB", size, "red").save(held, format=kind, exif=exif)
    return held.getvalue()


# --- The look -------------------------------------------------------------------------------------------------------

GENUINE = {
    "pdf": PDF,
    "docx": zipped("[Content_Types].xml", "word/document.xml"),
    "xlsx": zipped("[Content_Types].xml", "xl/workbook.xml"),
    "pptx": zipped("[Content_Types].xml", "ppt/presentation.xml"),
    "odt": zipped("META-INF/manifest.xml", "content.xml"),
    "ods": zipped("META-INF/manifest.xml", "content.xml"),
    "txt": "ʻOku ou fiefia\n".encode(),
    "csv": b"a,b\n1,2\n",
    "png": picture("PNG"),
    "jpg": picture(),
    "jpeg": picture(),
}


@pytest.mark.parametrize("ending", KINDS)
def test_every_kind_is_taken_when_it_is_what_it_says(ending):
    assert look_at(ANY, sent(GENUINE[ending], f"File.{ending.upper()}")).kind is KINDS[ending]


@pytest.mark.parametrize("ending", KINDS)
def test_no_kind_is_taken_when_it_is_something_else(ending):
    for content in (b"MZ\x90\x00 program", b"<html><script>x</script>\x00", zipped("evil.exe")):
        with pytest.raises(AnswerFault):
            look_at(ANY, sent(content, f"file.{ending}"))


@pytest.mark.parametrize("name", ["a.exe", "a.html", "a.svg", "a.zip", "a.pdf.js", "pdf", "", ".pdf.", "a.docm"])
def test_other_endings_are_not_taken(name):
    with pytest.raises(AnswerFault):
        look_at(ANY, sent(PDF, name or "x"))


def test_a_field_narrows_what_is_taken():
    assert look_at(LETTERS, sent(PDF)).name == "letter.pdf"
    with pytest.raises(AnswerFault, match="pdf, docx"):
        look_at(LETTERS, sent(GENUINE["txt"], "letter.txt"))


def test_empty_and_overlarge_files_are_not_taken(monkeypatch):
    with pytest.raises(AnswerFault, match="empty"):
        look_at(ANY, sent(b""))
    monkeypatch.setattr(file_kinds, "MOST_BYTES", 10)
    with pytest.raises(AnswerFault, match="too large"):
        look_at(ANY, sent(PDF))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/letter.pdf", "letter.pdf"),
        ("C:\\Users\\ana\\letter.pdf", "letter.pdf"),
        ("ʻAna’s 手紙.pdf", "ʻAna’s 手紙.pdf"),
        ('a"b<c>|d?.pdf', "abcd.pdf"),
        ("x" * 400 + ".pdf", "x" * 139 + ".pdf"),
        ("   .pdf", "file.pdf"),
        ("line\r\nbreak\u202e.pdf", "linebreak.pdf"),
    ],
)
def test_a_name_is_made_safe_and_stays_readable(given, kept):
    assert file_kinds._safe_name(given) == kept


def test_a_picture_loses_what_the_camera_wrote_and_stands_upright():
    fresh = without_traces(picture())
    with Image.open(io.BytesIO(fresh)) as shown:
        assert not shown.getexif()
        assert shown.size == (20, 40)
    assert b"A camera that tells" not in fresh


@pytest.mark.parametrize("content", [b"\xff\xd8\xff broken", b"\x89PNG\r\n\x1a\n broken"])
def test_a_broken_picture_is_said_so(content):
    with pytest.raises(AnswerFault):
        without_traces(content)


def test_a_picture_of_endless_pixels_is_not_drawn(monkeypatch):
    monkeypatch.setattr(file_kinds, "MOST_PIXELS", 700)
    with pytest.raises(AnswerFault, match="pixels"):
        without_traces(picture())


# --- Keeping --------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
class TestKeeping:
    @pytest.fixture(autouse=True)
    def _room(self, in_organisation):
        self.ana = UserFactory()
        self.response = response_to(sheet(ANY), self.ana)

    def store(self, actor=None, content=PDF, name="letter.pdf"):
        return store_upload(response=self.response, field=ANY, file=sent(content, name), actor=actor or self.ana)

    def test_a_file_is_kept_sealed_with_its_name(self):
        value = self.store(name="Secret plan.pdf")
        kept = Upload.objects.get()
        assert value == {"name": "Secret plan.pdf", "id": str(kept.pk), "size": len(PDF)}
        assert kept.content == PDF
        with platform_scope("what the column holds"), connection.cursor() as cursor:
            cursor.execute("SELECT content, name FROM templates_app_upload")
            content, name = map(bytes, cursor.fetchone())
        assert b"%PDF" not in content
        assert b"Secret" not in name

    def test_nobody_but_the_author_puts_files_in(self):
        with pytest.raises(PermissionDenied):
            self.store(actor=UserFactory())

    def test_a_sent_sheet_takes_no_files(self):
        self.response.state = "submitted"
        with pytest.raises(WrongState):
            self.store()

    def test_there_is_an_end_to_files(self, monkeypatch):
        monkeypatch.setattr(uploads, "MOST_FILES", 1)
        self.store()
        with pytest.raises(AnswerFault):
            self.store()


# --- On the page ----------------------------------------------------------------------------------------------------

WITH_FILE = sheet(
    LETTERS,
    {"key": "words", "kind": "text", "label": "Words"},
    {"key": "own", "kind": "file", "label": "For me", "readers": "private"},
    {
        "key": "papers",
        "kind": "table",
        "label": "Papers",
        "columns": [{"key": "paper", "kind": "file", "label": "Paper"}],
    },
)


@pytest.fixture
def desk(company, desk_of):
    return desk_of(company.mentee, WITH_FILE)


def files(company) -> int:
    with tenant_scope(company.organisation):
        return Upload.objects.count()


def address(company, value) -> str:
    return company.url(f"files/{value['id']}/")


def test_a_file_goes_with_the_form_and_comes_back_as_a_download(company, desk):
    desk.post({"f-words": "Here", "f-letter": sent(PDF, "Réf. ʻā.pdf")})
    value = answers_of(desk.row())["letter"]
    page = desk.client.get(desk.urls.page).content.decode()
    assert address(company, value) in page
    answer = desk.client.get(address(company, value))
    assert (answer.content, answer.headers["Content-Type"]) == (PDF, "application/pdf")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''R%C3%A9f.")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_file_in_a_row_belongs_to_the_rows_field(company, desk):
    desk.post({"f-papers-0-_id": "0e0e0e01", "f-papers-0-paper": sent(PDF)})
    (row,) = answers_of(desk.row())["papers"]
    with tenant_scope(company.organisation):
        assert Upload.objects.get(pk=row["paper"]["id"]).field == "papers"


def test_a_file_that_is_not_taken_holds_nothing_else_up(company, desk):
    answer = desk.post({"f-words": "Here", "f-letter": sent(b"MZ program", "letter.pdf")})
    assert "not what its name says" in answer.content.decode()
    assert answers_of(desk.row()) == {"words": "Here"}
    assert files(company) == 0


def test_the_next_save_keeps_the_file_and_autosave_too(desk):
    desk.post({"f-letter": sent(PDF)})
    value = answers_of(desk.row())["letter"]
    desk.post({"f-words": "More"}, save_key="b")
    desk.post({"f-words": "More and more"}, url=desk.urls.draft, save_key="c")
    assert answers_of(desk.row()) == {"letter": value, "words": "More and more"}


def test_a_file_taken_out_is_deleted_when_the_sheet_is_sent(company, desk):
    desk.post({"f-letter": sent(PDF, "first.pdf")})
    desk.post({"f-letter": sent(PDF, "second.pdf")}, save_key="b")
    assert files(company) == 2
    desk.client.post(desk.urls.review, {"revision": desk.row().revision, "do": "send"})
    assert files(company) == 1
    assert answers_of(desk.row())["letter"]["name"] == "second.pdf"


def test_a_file_of_another_sheet_cannot_be_named_as_ones_own(company, desk, desk_of):
    desk.post({"f-letter": sent(PDF)})
    theirs = answers_of(desk.row())["letter"]
    mine = desk_of(company.mentor, WITH_FILE)
    mine.post({"f-letter": theirs["id"], "f-letter-id": theirs["id"], "f-words": "x"})
    assert answers_of(mine.row()) == {"words": "x"}
    assert mine.client.get(address(company, theirs)).status_code == 404


def test_who_reads_the_answer_reads_its_file_and_nobody_else(company, desk, desk_of, other_company, sign_in):
    desk.post({"f-letter": sent(PDF), "f-own": sent(PDF, "own.pdf")})
    answers = answers_of(desk.row())
    partner = desk_of(company.mentor, response=desk.response)
    tiny_owner.READERS.add(company.mentor.pk)
    assert partner.client.get(address(company, answers["letter"])).status_code == 404, "it is a draft"
    desk.client.post(desk.urls.review, {"revision": desk.row().revision, "do": "send"})
    assert partner.client.get(address(company, answers["letter"])).status_code == 200
    assert partner.client.get(address(company, answers["own"])).status_code == 404
    assert sign_in(company.admin).get(address(company, answers["letter"])).status_code == 404
    stranger = sign_in(other_company.mentor)
    assert stranger.get(other_company.url(f"files/{answers['letter']['id']}/")).status_code == 404


def test_two_files_by_two_people_at_once_are_both_kept(company, desk_of):
    mentee = desk_of(company.mentee, WITH_FILE, author=None)
    mentor = desk_of(company.mentor, response=mentee.response)
    mentee.post({"f-letter": sent(PDF, "hers.pdf")}, save_key="a")
    answer = mentor.post({"f-letter": sent(PDF, "his.pdf")}, revision=0, save_key="b")
    assert answer.url == mentor.urls.conflict
    page = mentor.client.get(mentor.urls.conflict).content.decode()
    assert "hers.pdf" in page
    assert "his.pdf" in page
    mentor.client.post(mentor.urls.conflict, {"revision": 1, "do": "save", "take-letter": "mine"})
    assert answers_of(mentor.row())["letter"]["name"] == "his.pdf"
