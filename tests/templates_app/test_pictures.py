"""Pictures to point at: kept with the handbook, given to members alone, carried in and out of kits, drawn on page and paper."""

import io
import re
import shutil
from pathlib import Path

import pypdf
import pytest
import yaml
from django.urls import reverse
from PIL import Image

from mentoring.tenancy.models import Organisation
from mentoring.tenancy.scope import tenant_scope
from templates_app.answers import AnswerFault, check, compare, display, wide_columns, wide_row
from templates_app.answers.pointed import pointed_in
from templates_app.domain.kit_archives import unpacked_kit, zip_kit
from templates_app.domain.kit_files import read_kit, shipped_kit, write_kit
from templates_app.domain.kit_files.drawings import NotTaken, look_at_picture
from templates_app.domain.kits import copy_kit, whole_kit
from templates_app.domain.pdf import render_pdf
from templates_app.domain.pictures import LONGEST_SIDE, find_picture, keep_picture, look_at_upload, pictures_shown
from templates_app.domain.printing_kits import filled_html
from templates_app.domain.worksheet_documents import blank_sheet_html
from templates_app.forms.worksheet import WorksheetForm
from templates_app.models import Picture
from tests.templates_app.pictures import drawing, pixels, png
from tests.templates_app.sink import field, sheet, someone

HARBOUR = Path(__file__).parents[1] / "data" / "kits" / "harbour"
BOAT = ("worksheets/compass.yaml", "boat")


def harbour(tmp_path: Path, *, drawn: bytes | None = None, **changes: object) -> Path:
    """The kit with another picture file, or with its question about boats changed."""
    kit = tmp_path / "harbour"
    shutil.copytree(HARBOUR, kit)
    if drawn is not None:
        (kit / "pictures" / "quay.svg").write_bytes(drawn)
    place = kit / BOAT[0]
    compass = yaml.safe_load(place.read_text(encoding="utf-8"))
    asked = next(one for one in compass["sections"][0]["fields"] if one["key"] == BOAT[1])
    asked.update(changes)
    place.write_text(yaml.safe_dump(compass, sort_keys=False), encoding="utf-8")
    return kit


def told(kit: Path) -> str:
    """What ``kit check`` finds, one to a line."""
    found, faults = read_kit(kit)
    assert (found is None) == bool(faults)
    return "\n".join(str(fault) for fault in faults)


# --- Kits -------------------------------------------------------------------------------------------------------------

FIGURE = {"key": "a", "label": "A", "x": 1, "y": 1}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"picture": {"file": "sea.svg", "words": "The sea"}}, "There is no picture 'sea.svg'"),
        ({"picture": {"file": "../kit.yaml", "words": "The sea"}}, "There is no picture '../kit.yaml'"),
        ({"picture": {"file": "quay.svg"}}, "Say in 'words' what the picture shows"),
        ({"picture": None}, "A picture to point at is missing"),
        ({"options": [FIGURE, FIGURE | {"label": "B"}]}, "The key 'a' is used twice in this list"),
        ({"options": [FIGURE | {"x": 101}]}, "'a' is outside the picture"),
        ({"options": [FIGURE | {"y": -0.5}]}, "'a' is outside the picture"),
        ({"options": [{"key": "a", "label": "A", "x": 5}]}, "Say where 'a' is in the picture"),
        ({"other": True}, "A picture has figures of its own alone"),
        ({"kind": "choices", "several": False}, "'picture' does nothing on a field of kind 'choices'"),
    ],
)
def test_a_check_names_what_is_wrong_with_a_picture_and_its_figures(tmp_path, changes, said):
    faults = told(harbour(tmp_path, **changes))
    assert said in faults
    assert all(line.startswith(BOAT[0]) for line in faults.splitlines())


@pytest.mark.parametrize(
    ("picture", "said"),
    [
        (drawing("<script>1</script>"), "'script' may not stand"),
        (drawing("<foreignObject/>"), "'foreignObject' may not stand"),
        (drawing('<image href="https://elsewhere.example/x.png"/>'), "'image' may not stand"),
        (drawing("<animate/>"), "'animate' may not stand"),
        (drawing('<rect onclick="1"/>'), "'onclick' may not stand"),
        (drawing('<use href="https://elsewhere.example/x.svg#a"/>'), "'href' leads out"),
        (drawing('<rect fill="url(https://elsewhere.example/x)"/>'), "'fill' leads out"),
        (drawing('<rect style="fill:u\\72l(x)"/>'), "'style' leads out"),
        (drawing("<style>@import 'x.css';</style>"), "styles of this drawing fetch something"),
        (drawing('<g xml:base="https://elsewhere.example/"/>'), "'base' may not stand"),
        (b'<!DOCTYPE svg [<!ENTITY a "a">]>' + drawing(), "DOCTYPE"),
        (b'<?xml-stylesheet href="x.css"?>' + drawing(), "instruction at its head"),
        (drawing(head=""), "give its 'svg' element a viewBox"),
        (drawing(head='viewBox="0 0 10 21"'), "more than twice as high as wide"),
        (b"<svg>", "no well-formed SVG"),
        (b"<svg></svg>", "no SVG drawing"),
        (pixels(), "no well-formed SVG"),
    ],
)
def test_a_drawing_that_runs_or_fetches_is_refused_by_its_name(tmp_path, picture, said):
    faults = told(harbour(tmp_path, drawn=picture))
    assert faults.startswith("pictures/quay.svg:1: ")
    assert said in faults


def test_a_harmless_drawing_is_taken_with_its_styles():
    inside = "<style>@media (prefers-color-scheme:dark){rect{fill:url(#a)}}</style><defs><pattern id='a'/></defs>"
    looked = look_at_picture("a.svg", drawing(inside))
    assert (looked.width, looked.height, looked.content_type) == (200, 100, "image/svg+xml")


def test_a_photograph_in_a_kit_holds_no_trace_of_the_camera():
    exif = Image.Exif()
    exif[0x010F] = "A camera"
    content = io.BytesIO()
    Image.new("RGB", (40, 20)).save(content, format="JPEG", exif=exif)
    with pytest.raises(NotTaken, match="what a camera wrote"):
        look_at_picture("a.jpg", content.getvalue())
    assert look_at_picture("a.jpeg", pixels(kind="JPEG")).width == 40
    with pytest.raises(NotTaken, match="not of the kind"):
        look_at_picture("a.png", pixels(kind="JPEG"))


def test_a_kit_is_written_and_packed_with_its_pictures(tmp_path):
    kit, _faults = read_kit(HARBOUR)
    write_kit(kit, tmp_path / "out")
    assert (tmp_path / "out/pictures/quay.svg").read_bytes() == (HARBOUR / "pictures/quay.svg").read_bytes()
    assert "kept" not in (tmp_path / "out/worksheets/compass.yaml").read_text(encoding="utf-8"), (
        "the file says it itself"
    )
    assert read_kit(tmp_path / "out") == (kit, [])
    with unpacked_kit(zip_kit(kit)) as folder:
        assert read_kit(folder) == (kit, [])


# --- Handbooks --------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_handbook_keeps_the_pictures_of_its_kit_and_gives_them_back(company):
    kit, _faults = read_kit(HARBOUR)
    with tenant_scope(company.organisation):
        handbook = copy_kit(kit=kit, title="Harbour", actor=None)
        assert Picture.objects.count() == 1
        assert "pictures" not in handbook.content, "pages read handbooks, and no picture stands in them"
        copy_kit(kit=kit, title="Harbour again", actor=None)
        assert Picture.objects.count() == 1, "once for each organisation"
        again = whole_kit(handbook)
        assert again.pictures == kit.pictures
        assert again.worksheet("compass") == kit.worksheet("compass")


@pytest.mark.django_db
@pytest.mark.covers("gla.must.25")
def test_the_picture_of_the_handbook_has_figures_to_press_at_every_question(company):
    """A button for each of fourteen figures, named by its label, with its circle over the picture in the same label."""
    tool = shipped_kit("gla").worksheet("visual")
    figures = tool.fields()[0].columns[0]
    assert len(tool.fields()[0].items) == 6
    assert len({figure.label for figure in figures.options}) == len(figures.options) == 14
    form = WorksheetForm(tool, {"f-figures-want-which": "top", "_end": "1"}, context=someone())
    answers = form.checked("submit").answers
    assert answers["figures"] == [{"_id": "want", "which": ["top"]}]
    rows = form.sections[0].nodes[0].rows
    for option, figure in rows[0].nodes[0].more["figures"]:
        assert option.value == figure.key
    (section,) = display(tool, answers, someone())
    shown = section.answers[0].shown
    assert not shown.headings, "a picture finds no room in the cell of a table"
    (marked,) = shown.rows[0].answers[0].shown.pointed.figures
    assert (marked.number, marked.label) == (1, "On the hilltop, arms in the air")


@pytest.mark.django_db
def test_members_get_a_picture_as_an_image_that_can_do_nothing(client, company):
    with tenant_scope(company.organisation):
        kept = keep_picture(look_at_picture("a.svg", drawing())).kept
    address = reverse("templates_app:picture", args=[company.organisation.slug, kept])
    assert client.get(address).status_code == 302
    client.force_login(company.mentee)
    answer = client.get(address)
    assert answer.content == drawing()
    assert answer["Content-Type"] == "image/svg+xml"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in answer["Cache-Control"]
    unknown = reverse("templates_app:picture", args=[company.organisation.slug, "0" * 64])
    assert client.get(unknown).status_code == 404


@pytest.mark.django_db
def test_a_picture_of_one_organisation_is_none_in_another(company, stranger_organisation):
    with tenant_scope(company.organisation):
        kept = keep_picture(look_at_picture("a.svg", drawing())).kept
    with tenant_scope(stranger_organisation):
        assert find_picture(kept) is None
        assert pictures_shown(f'<img src="pictures/{kept}">') == {}


@pytest.fixture
def stranger_organisation(db):
    from tests.factories import OrganisationFactory

    return OrganisationFactory()


# --- Brought by a coordinator -----------------------------------------------------------------------------------------


def test_what_is_brought_is_looked_at_and_made_small_enough():
    name, looked = look_at_upload(png("Our Team!.PNG", 3000, 1500))
    assert re.fullmatch(r"our-team-[0-9a-f]{8}\.png", name)
    assert (looked.width, looked.height) == (LONGEST_SIDE, LONGEST_SIDE // 2)


@pytest.mark.parametrize("name", ["drawing.svg", "words.txt", "fake.png"])
def test_no_drawing_and_nothing_else_that_is_no_picture_is_brought(name):
    from django.core.files.uploadedfile import SimpleUploadedFile

    with pytest.raises(AnswerFault):
        look_at_upload(SimpleUploadedFile(name, drawing()))
    with pytest.raises(AnswerFault, match="twice as high"):
        look_at_upload(png(width=10, height=40))


# --- Answers ----------------------------------------------------------------------------------------------------------


def one_figure() -> dict:
    """A question of which one figure is the answer."""
    return field("pointed").model_copy(update={"several": False})


def test_one_figure_is_chosen_or_several():
    both = {"pointed": ["foot", "top"]}
    assert check(sheet(field("pointed")), both, someone(), mode="submit").answers == {"pointed": ["top", "foot"]}
    judged = check(sheet(one_figure()), both, someone(), mode="submit")
    assert judged.faults == {"pointed": "Choose one figure."}
    assert check(sheet(one_figure()), {"pointed": "foot"}, someone(), mode="submit").answers == {"pointed": ["foot"]}


@pytest.mark.parametrize(("several", "kind"), [(True, "checkbox"), (False, "radio")])
def test_the_form_asks_by_buttons_and_reads_them_back(several, kind):
    asked = sheet(field("pointed").model_copy(update={"several": several}))
    form = WorksheetForm(asked, {"f-pointed": ["slope"], "_end": "1"}, context=someone())
    assert form.raw_answers() == {"pointed": ["slope"]}
    (node,) = form.sections[0].nodes
    tags = [str(option.tag) for option, _figure in node.more["figures"]]
    assert all(f'type="{kind}"' in tag for tag in tags)
    assert ["checked" in tag for tag in tags] == [False, True, False]


def test_figures_stand_where_they_are_in_units_of_the_picture():
    top, slope, foot = pointed_in(field("pointed")).figures
    assert (top.x, top.y) == (500, 50)
    assert (slope.x, slope.y) == (255, 250)
    assert (foot.x, foot.y) == (900, 500)
    assert all(0 <= one.mark_x <= 1000 and 0 <= one.mark_y <= 500 for one in (top, slope, foot)), "no number is cut off"


def test_a_table_for_spreadsheets_says_what_the_figures_do():
    asked = sheet(field("pointed"))
    assert [column.key for column in wide_columns(asked)] == ["pointed"]
    assert wide_row(asked, {"pointed": ["top", "foot"]}) == {"pointed": "On top; At the foot"}


def test_two_sheets_beside_each_other_mark_each_their_own():
    asked = sheet(field("pointed"))
    ((section,),) = [compare(*(display(asked, {"pointed": [key]}, someone()) for key in ("top", "foot")))]
    (question,) = section.questions
    assert [answer.shown.pointed.figures[0].key for answer in question.answers] == ["top", "foot"]
    assert not question.same


# --- Paper ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", [filled_html, blank_sheet_html])
@pytest.mark.django_db
def test_a_document_shows_the_picture_itself(paper):
    kit = shipped_kit("gla")
    tool = kit.worksheet("visual")
    kept = tool.fields()[0].columns[0].picture.kept
    with tenant_scope(Organisation(slug="x", name="X")):
        html = paper(tool, someone())
    assert f'src="pictures/{kept}"' in html
    from templates_app.domain.pictures import pictures_of

    content = render_pdf(html, pictures=pictures_of(kit))
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    assert "On the hilltop, arms in the air" in " ".join(text.split())
    assert len(content) > len(render_pdf(html)) + 5_000, "without its bytes no picture is drawn"
