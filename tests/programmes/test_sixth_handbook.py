"""A handbook that nobody has seen before comes in as files, runs a programme, and can be changed in every part and taken away."""

import io
import logging
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mentoring.tenancy.scope import tenant_scope
from programmes.domain.designing.checking import faults_of
from programmes.domain.designing.drafts import open_draft
from programmes.domain.designing.places import spots
from programmes.domain.kit_choice import look_at_kits
from programmes.forms.designing_question import QuestionForm
from templates_app.domain.kit_archives import unpacked_kit, zip_kit
from templates_app.domain.kit_files import KitFaulty, read_kit, shipped
from templates_app.domain.kits import AGREEMENT_KEY, copy_kit, current_versions, kit_of
from templates_app.models import LoadedKit
from templates_app.shapes import Kind
from tests.factories import ProgrammeFactory
from tests.kits import TYPED_IN, every_kit, kit_named, typed_in_kits
from tests.programmes.conftest import words
from tests.programmes.designing.conftest import as_shown

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
        for spot in spots(draft.definition):
            shown = QuestionForm(None, definition=draft.definition, spot=spot, kit=kit)
            form = QuestionForm(as_shown(shown), definition=draft.definition, spot=spot, kit=kit)
            assert form.is_valid(), (sheet, spot.place, form.errors)
            before = dict(spot.field)
            spot.field.update(form.values())
            assert tidied(spot.field) == before, (sheet, spot.place)
            asked += 1
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
