"""A handbook that nobody has seen before comes in as files, runs a programme, and can be changed in every part and taken away."""

import io
import logging
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mentoring.tenancy.scope import tenant_scope
from programmes.domain.designing.begin_rows import look_elsewhere
from programmes.domain.designing.checking import faults_of
from programmes.domain.designing.drafts import open_draft
from programmes.domain.designing.places import spots
from programmes.domain.kit_choice import look_at_kits
from programmes.forms.designing import FactsForm
from programmes.forms.designing_question import QuestionForm
from programmes.forms.designing_times import MomentForm
from programmes.models import Programme
from templates_app.domain.kit_archives import unpacked_kit, zip_kit
from templates_app.domain.kit_files import KitFaulty, read_kit, shipped
from templates_app.domain.kits import AGREEMENT_KEY, copy_kit, current_versions, kit_of
from templates_app.models import LoadedKit
from templates_app.shapes import Kind, Moment, Worksheet
from tests.factories import ProgrammeFactory
from tests.kits import TYPED_IN, every_kit, kit_named, typed_in_kits
from tests.programmes.conftest import PROGRAMME, words
from tests.programmes.designing.conftest import as_shown, designer
from tests.templates_app.paper_browser import Page

__all__ = ["designer"]
pytestmark = pytest.mark.django_db


def as_one_file(key):
    """The kit's folder as somebody packs it by hand."""
    packed = io.BytesIO()
    folder = TYPED_IN / key
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as into:
        for path in sorted(folder.rglob("*.*")):
            into.write(path, path.relative_to(folder.parent))
    return packed.getvalue()


def test_every_kind_of_question_stands_in_it():
    """So that whatever a handbook asks is tried with it."""
    kinds = set()
    for sheet in kit_named("harbour").worksheets:
        kinds |= {Kind(spot.field["kind"]) for spot in spots(sheet.model_dump(mode="json"))}
    assert kinds == set(Kind)


def test_a_sheet_of_it_is_signed_by_people_from_outside_too():
    """So that the designer, the files and the checks are tried with all that may be said of signing."""
    signing = next(sheet.signing for sheet in kit_named("harbour").worksheets if sheet.signing)
    assert signing.turns == ["guardian", "mentee", "mentor", "training_master"]


def test_who_signs_a_sheet_is_said_in_the_designer():
    """New signers from outside get a key of their own; words and signers go together."""
    kit = kit_named("harbour")
    sheet = next(sheet for sheet in kit.worksheets if sheet.signing)
    plain = sheet.model_dump(mode="json", exclude_defaults=True) | {"signing": None}
    sent = as_shown(FactsForm(None, definition=plain, kit=kit))
    sent["sign_1"], sent["outside-0-label"] = "mentee", "The mentor"
    bare = FactsForm(sent, definition=plain, kit=kit)
    assert not bare.is_valid()
    assert "what everybody says by signing" in str(bare.errors["sign_statement"])
    sent["sign_statement"] = "I agree."
    form = FactsForm(sent, definition=plain, kit=kit)
    assert form.is_valid(), form.errors
    signing = form.values()["signing"]
    assert signing == {
        "statement": "I agree.", "signers": ["mentee"], "outside": [{"key": "the_mentor", "label": "The mentor"}]
    }  # fmt: skip
    Worksheet.model_validate(plain | {"signing": signing})


@pytest.mark.parametrize("key", typed_in_kits())
def test_it_is_brought_in_makes_a_programme_and_is_taken_away_the_same(coordinator_client, company, key):
    file = SimpleUploadedFile("kit.zip", as_one_file(key), "application/zip")
    brought = coordinator_client.post(company.url("programmes/new/import/"), {"file": file})
    assert brought["Location"].endswith(f"/programmes/new/{key}/"), words(brought)
    page = words(coordinator_client.get(company.url("programmes/new/")))
    assert f"Start with {kit_named(key).title}" in page
    made = coordinator_client.post(brought["Location"], {"title": "The sixth", "slug": "sixth"})
    assert made.status_code == 302, words(made)
    away = coordinator_client.get(company.url("programmes/sixth/handbook/kit.zip"))
    with unpacked_kit(away.content) as folder:
        again, faults = read_kit(folder)
    assert faults == []
    assert again == kit_named(key)
    assert zip_kit(again) == away.content


@pytest.mark.parametrize("key", every_kit())
def test_every_question_of_every_sheet_is_saved_in_the_designer_as_it_came(inside, key):
    """What a form does not show it must not lose, and what it shows it must say as the handbook does."""
    handbook = copy_kit(kit=kit_named(key), title="T", actor=None)
    programme = ProgrammeFactory(handbook=handbook)
    kit = kit_of(handbook)
    asked = 0
    for sheet in current_versions(handbook):
        if sheet == AGREEMENT_KEY:
            continue
        draft = open_draft(programme=programme, key=sheet, actor=inside.coordinator)
        elsewhere = look_elsewhere(handbook, but=sheet)
        for spot in spots(draft.definition):
            about = {"definition": draft.definition, "spot": spot, "kit": kit, "elsewhere": elsewhere}
            form = QuestionForm(as_shown(QuestionForm(None, **about)), **about)
            assert form.is_valid(), (sheet, spot.place, form.errors)
            before = dict(spot.field)
            spot.field.update(form.values())
            assert tidied(spot.field) == before, (sheet, spot.place)
            asked += 1
        for moment in draft.definition.get("moments", []):
            shown = MomentForm(None, kit=kit, moment=moment)
            form = MomentForm(as_shown(shown), kit=kit, moment=moment)
            assert form.is_valid(), (sheet, moment, form.errors)
            assert Moment.model_validate({**moment, **form.values()}) == Moment.model_validate(moment), sheet
        before = Worksheet.model_validate(draft.definition)
        form = FactsForm(
            as_shown(FactsForm(None, definition=draft.definition, kit=kit)), definition=draft.definition, kit=kit
        )
        assert form.is_valid(), (sheet, form.errors)
        after = {**draft.definition, **form.values()}
        assert Worksheet.model_validate(after) == before, sheet
    assert asked > 10


def tidied(field):
    from programmes.domain.designing.kinds import tidy_field

    tidy_field(field)
    return field


@pytest.mark.parametrize("key", typed_in_kits())
def test_no_sheet_of_it_has_a_fault_where_it_is_changed(inside, key):
    handbook = copy_kit(kit=kit_named(key), title="T", actor=None)
    for sheet, version in current_versions(handbook).items():
        if sheet != AGREEMENT_KEY:
            assert faults_of(version.definition, handbook) == [], sheet


# --- A kit that cannot be read ----------------------------------------------------------------------------------------


def test_one_that_cannot_be_read_keeps_nobody_from_the_others(coordinator_client, company, monkeypatch, caplog):
    def faulty(key):
        if key == "blank":
            raise KitFaulty(shipped.read_kit(TYPED_IN)[1])
        return kit_named(key)

    monkeypatch.setattr("programmes.domain.kit_choice.shipped_kit", faulty)
    with tenant_scope(company.organisation):
        LoadedKit.objects.create(key="earlier", title="Earlier", version="1", content={"key": "earlier"})
        assert look_at_kits().faulty == ["earlier", "blank"]
    with caplog.at_level(logging.ERROR):
        page = words(coordinator_client.get(company.url("programmes/new/")))
    assert "Start with PLP-ESS" in page
    assert "The kit “blank” is here, but cannot be read" in page
    assert "The kit “earlier” is here, but cannot be read" in page
    assert any("kit.yaml" in str(record.exc_info) for record in caplog.records), "the operator is told what is wrong"
    assert coordinator_client.get(company.url("programmes/new/blank/")).status_code == 404


# --- What only files could say ----------------------------------------------------------------------------------------


def test_how_often_a_survey_comes_and_whether_it_is_reminded_are_set_by_hand(coordinator_client, company):
    url = company.url(f"{PROGRAMME}handbook/surveys/add/")
    shown = Page(words(coordinator_client.get(url))).post()
    assert shown["required"] == "on", "a new one is reminded unless somebody says otherwise"
    asked = {
        "title": "Pulse", "worksheet": "prep", "audience": ["mentee"], "by": "itself", "moment__anchor": "pairing",
        "moment__days": "30", "every__unit": "months", "every__count": "3", "every__times": "4",
    }  # fmt: skip
    sent = {name: shown.getlist(name) for name in shown if name != "required"} | asked
    told = words(coordinator_client.post(url, sent))
    assert "What this changes for people in the programme" in told
    answer = coordinator_client.post(url, sent | {"seen": re.search(r'name="seen" value="([^"]+)"', told)[1]})
    assert answer.status_code == 302, words(answer)
    with tenant_scope(company.organisation):
        handbook = Programme.objects.select_related("handbook").get(slug="e-mentoring").handbook
        survey = kit_of(handbook).surveys[-1]
    assert (survey.every.months, survey.every.times, survey.required) == (3, 4, False)
    page = words(coordinator_client.get(company.url(f"{PROGRAMME}handbook/surveys/")))
    assert "again every 3 months, 4 times in all" in page


def test_a_moment_that_comes_with_every_session_says_so_and_stays_so(designer):
    designer.begin()
    designer.add("text", "One")
    designer.client.post(
        designer.url("moments/new/"),
        {
            "title": "",
            "opens_anchor": "session-end",
            "opens_session": "1",
            "every_unit": "sessions",
            "every_count": "1",
        },
    )
    (moment,) = designer.draft.definition["moments"]
    assert moment["every"] == {"sessions": 1}
    assert "again with every session" in words(designer.client.get(designer.url()))
