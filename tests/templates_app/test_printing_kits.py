"""Every worksheet of every handbook goes on paper, blank and filled in."""

import pytest
from django.core.management import call_command
from pypdf import PdfReader

from mentoring.tenancy.scope import tenant_scope
from templates_app.domain.printing_kits import papers_of
from tests.factories import OrganisationFactory
from tests.kits import TYPED_IN, every_kit, kit_named

pytestmark = pytest.mark.django_db


@pytest.mark.covers("cal.sys.36")
@pytest.mark.parametrize("key", every_kit())
def test_every_worksheet_is_drawn_blank_and_filled_in(key):
    kit = kit_named(key)
    with tenant_scope(OrganisationFactory(name="The Harbour")):
        papers = dict(papers_of(kit))
    assert set(papers) == {f"{sheet.key}-{how}" for sheet in kit.worksheets for how in ("blank", "filled")} | {
        "agreement-blank"
    }
    for sheet in kit.worksheets:
        for how in ("blank", "filled"):
            html = papers[f"{sheet.key}-{how}"]
            assert "The Harbour" in html
            assert "{{" not in html
    logs = [sheet for sheet in kit.worksheets if sheet.use == "log"]
    assert all("Some words on" in papers[f"{sheet.key}-filled"] for sheet in logs)


@pytest.mark.slow
def test_a_kits_papers_are_written_to_a_folder_tagged_for_screen_readers(tmp_path):
    call_command("kit", "print", TYPED_IN / "harbour", tmp_path / "papers")
    made = sorted(path.name for path in (tmp_path / "papers").iterdir())
    assert len(made) == 2 * len(kit_named("harbour").worksheets) + 1
    for name in made:
        root = PdfReader(tmp_path / "papers" / name).trailer["/Root"]
        assert (root["/MarkInfo"]["/Marked"], root["/Lang"]) == (True, "en-gb"), name
