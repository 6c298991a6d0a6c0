"""Handbooks travel: out as a ZIP, in as one with the same checks as files, and to a new programme. What is no kit stays out."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mentoring.tenancy.models import Organisation
from mentoring.tenancy.scope import tenant_scope
from programmes.domain.kit_choice import copy_programme, kit_at_hand, kits_at_hand
from programmes.domain.matching.criteria import seed_criteria
from programmes.models import Criterion, Programme
from templates_app.domain.kit_archives import ArchiveRefused, unpacked_kit, zip_kit
from templates_app.domain.kit_files import folder as limits
from templates_app.domain.kit_files import read_kit, shipped_kit
from templates_app.domain.kits import whole_kit
from templates_app.models import LoadedKit
from tests.factories import AssignmentFactory, MembershipFactory, ProgrammeFactory, UserFactory
from tests.programmes.conftest import PROGRAMME, words

pytestmark = pytest.mark.django_db
NEW = "programmes/new/"


def packed(**files):
    """A ZIP of these files; a value may be bytes or text, and ``ZipInfo`` keys say more than a name."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as into:
        for name, content in files.items():
            into.writestr(name, content)
    return made.getvalue()


def upload(client, company, data, **more):
    file = SimpleUploadedFile("kit.zip", data, "application/zip")
    return client.post(company.url(f"{NEW}import/"), {"file": file, **more})


def own_kit(**changes):
    return shipped_kit("blank").model_copy(
        update={"key": "our-own", "title": "Our own", "from_nothing": False, **changes}
    )


def kept(company):
    with tenant_scope(company.organisation):
        return {row.key: row.version for row in LoadedKit.objects.all()}


# --- Out and in -------------------------------------------------------------------------------------------------------


def test_a_handbook_is_downloaded_and_brought_in_again_the_same(coordinator_client, company):
    data = coordinator_client.get(company.url(f"{PROGRAMME}handbook/kit.zip")).content
    with unpacked_kit(data) as folder:
        kit, faults = read_kit(folder)
    with tenant_scope(company.organisation):
        assert faults == []
        assert kit == whole_kit(Programme.objects.select_related("handbook").get(slug="e-mentoring").handbook)
    answer = upload(coordinator_client, company, data)
    assert answer["Location"].endswith("/programmes/new/plp-ess/")
    assert kept(company) == {"plp-ess": "1.0"}
    assert coordinator_client.post(answer["Location"], {"title": "Again", "slug": "again"}).status_code == 302


def test_an_admin_brings_one_in_and_another_organisation_does_not_see_it(company, other_company, sign_in):
    assert upload(sign_in(company.admin), company, zip_kit(own_kit())).status_code == 302
    with tenant_scope(company.organisation):
        assert kit_at_hand("our-own") is not None
    with tenant_scope(other_company.organisation):
        assert kit_at_hand("our-own") is None
    assert sign_in(other_company.admin).get(company.url(f"{NEW}import/")).status_code == 404
    assert sign_in(other_company.coordinator).get(company.url(f"{PROGRAMME}handbook/kit.zip")).status_code == 404


def test_no_file_at_all_is_said(coordinator_client, company):
    page = coordinator_client.post(company.url(f"{NEW}import/"), {})
    assert page.status_code == 422
    assert "This field is required" in words(page)


def test_who_runs_nothing_brings_nothing_in(company, sign_in):
    assert upload(sign_in(company.mentee), company, zip_kit(own_kit())).status_code == 403
    assert kept(company) == {}


def test_a_fault_is_told_with_file_line_and_what_to_do_and_nothing_is_kept(coordinator_client, company):
    files = {}
    with zipfile.ZipFile(io.BytesIO(zip_kit(own_kit()))) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    stages = files["our-own/stages.yaml"]
    files["our-own/stages.yaml"] = stages.replace("number: 1", "number: one")
    line = stages[: stages.index("number: 1")].count("\n") + 1
    page = upload(coordinator_client, company, packed(**files))
    assert page.status_code == 422
    assert "stages.yaml" in words(page)
    assert f">{line}</td>" in words(page)
    assert "whole number" in words(page)
    assert kept(company) == {}


def test_an_earlier_kit_of_the_same_key_gives_way_only_when_it_is_said(coordinator_client, company):
    upload(coordinator_client, company, zip_kit(own_kit()))
    page = upload(coordinator_client, company, zip_kit(own_kit(version="2.0")))
    assert "version 1.0" in words(page)
    assert kept(company) == {"our-own": "1.0"}
    assert upload(coordinator_client, company, zip_kit(own_kit(version="2.0")), replace="on").status_code == 302
    assert kept(company) == {"our-own": "2.0"}


def test_a_draft_is_kept_and_not_offered(coordinator_client, company):
    page = coordinator_client.get(upload(coordinator_client, company, zip_kit(own_kit(draft=True)))["Location"])
    assert "marked as a draft" in words(page)
    assert kept(company) == {"our-own": "1.0"}


# --- What is no kit ---------------------------------------------------------------------------------------------------


def linked():
    entry = zipfile.ZipInfo("kit/stages.yaml")
    entry.external_attr = 0o120777 << 16
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as into:
        into.writestr("kit/kit.yaml", "key: a")
        into.writestr(entry, "/etc/passwd")
    return made.getvalue()


def lying():
    """Says in its directory that a file is small, and is not."""
    data = bytearray(packed(**{"kit/kit.yaml": b"a" * (limits.MAX_FILE_BYTES + 1)}))
    place = data.rindex(b"PK\x01\x02")
    data[place + 24 : place + 28] = (100).to_bytes(4, "little")
    return bytes(data)


def locked():
    data = bytearray(packed(**{"kit/kit.yaml": "key: a"}))
    data[data.index(b"PK\x03\x04") + 6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


NO_KITS = {
    "not a ZIP at all": (b"key: blank\n", "not a ZIP file"),
    "cut short": (packed(**{"kit/kit.yaml": "key: a" * 500})[:-40], "not a ZIP file"),
    "no kit in it": (packed(**{"photo.md": "x"}), "no kit.yaml"),
    "two kits": (packed(**{"a/kit.yaml": "x", "b/kit.yaml": "x"}), "more than one kit.yaml"),
    "a path outside": (packed(**{"kit/kit.yaml": "x", "kit/../../outside.yaml": "x"}), "outside the folder"),
    "a path from the root": (packed(**{"kit.yaml": "x", "/etc/cron.yaml": "x"}), "outside the folder"),
    "a path of Windows": (packed(**{"kit.yaml": "x", "..\\up.yaml": "x", "c:x.yaml": "x"}), "outside the folder"),
    "a link": (linked(), "a link to another file"),
    "a password": (locked(), "password"),
    "one file too large": (packed(**{"kit/kit.yaml": b"a" * (limits.MAX_FILE_BYTES + 1)}), "too large"),
    "one that lies about its size": (lying(), ""),
    "all of them too large": (
        packed(**{f"kit/{n}.yaml": b"a" * (limits.MAX_FILE_BYTES - 1) for n in range(17)}, **{"kit/kit.yaml": "x"}),
        "too large",
    ),
    "too many": (packed(**{f"kit/{n}.yaml": "" for n in range(1001)}, **{"kit/kit.yaml": "x"}), "too many files"),
}


@pytest.mark.parametrize("what", NO_KITS)
def test_what_is_no_kit_is_refused_in_plain_words_and_nothing_is_written(
    coordinator_client, company, what, tmp_path, monkeypatch
):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "place"))
    (tmp_path / "place").mkdir()
    data, message = NO_KITS[what]
    page = upload(coordinator_client, company, data)
    assert page.status_code == 422
    assert message in words(page)
    assert kept(company) == {}
    assert list(tmp_path.rglob("*")) == [tmp_path / "place"], "nothing stays behind, inside the folder or outside it"


def test_a_file_larger_than_any_kit_is_not_even_opened():
    with pytest.raises(ArchiveRefused, match="too large"), unpacked_kit(b"PK" + b"0" * 5_000_000):
        pass


def test_what_computers_leave_in_folders_is_passed_over(tmp_path):
    with zipfile.ZipFile(io.BytesIO(zip_kit(own_kit()))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    litter = {"__MACOSX/our-own/._kit.yaml": b"\x00", "our-own/.DS_Store": b"\x00", "our-own/photo.jpg": b"\xff"}
    with unpacked_kit(packed(**files, **litter)) as folder:
        assert read_kit(folder) == (own_kit(), [])


# --- To another programme ---------------------------------------------------------------------------------------------


@pytest.mark.covers("sssc.must.64")
def test_a_programme_begins_with_another_ones_handbook_and_criteria_and_goes_its_own_way(inside):
    original = Programme.objects.select_related("handbook").get(slug="e-mentoring")
    seed_criteria(programme=original)
    Criterion.objects.filter(programme=original, key="languages").update(weight=77)
    made = copy_programme(original=original, title="Second", slug="second", actor=inside.coordinator)
    assert whole_kit(made.handbook) == whole_kit(original.handbook)
    assert made.handbook_id != original.handbook_id
    assert Criterion.objects.get(programme=made, key="languages").weight == 77
    assert not made.cohorts.exists()


def test_one_copies_only_what_one_runs_or_looks_after(company, sign_in):
    place = company.url(f"{NEW}from/e-mentoring/")
    assert sign_in(company.coordinator).post(place, {"title": "A copy", "slug": "a-copy"}).status_code == 302
    assert sign_in(company.admin).get(place).status_code == 200
    assert sign_in(company.partner_lead).get(place).status_code == 403
    with tenant_scope(company.organisation):
        elsewhere = MembershipFactory(user=UserFactory(email="elsewhere@reef.example"))
        AssignmentFactory(programme=ProgrammeFactory(slug="other"), membership=elsewhere, role="coordinator")
    client = sign_in(elsewhere.user)
    assert client.get(place).status_code == 404, "of another programme"
    assert client.get(company.url(f"{NEW}from/other/")).status_code == 200
    assert client.get(company.url(f"{PROGRAMME}handbook/history/")).status_code == 404
    assert client.get(company.url(f"{PROGRAMME}handbook/kit.zip")).status_code == 404
    assert client.post(company.url(f"{PROGRAMME}handbook/sessions/item/2/down/")).status_code == 404


# --- From nothing -----------------------------------------------------------------------------------------------------


def test_from_nothing_is_offered_last_and_starts_a_programme(coordinator_client, company):
    page = words(coordinator_client.get(company.url(NEW)))
    assert page.index("Start with PLP-ESS") < page.index("Start from nothing")
    with tenant_scope(company.organisation):
        assert [kit.from_nothing for kit in kits_at_hand()][-2:] == [False, True]
    made = coordinator_client.post(company.url(f"{NEW}blank/"), {"title": "Ours", "slug": "ours"})
    assert made.status_code == 302
    assert coordinator_client.get(company.url("programmes/ours/handbook/")).status_code == 200
    with tenant_scope(company.organisation):
        begun = whole_kit(Programme.objects.get(slug="ours").handbook)
        assert not begun.from_nothing, "it is a handbook now"
        assert begun.key == "handbook-ours", "brought in again, it stands beside the empty beginning"
        assert begun.title == Programme.objects.get(slug="ours").title


def test_the_admin_of_a_new_organisation_lands_where_a_kit_is_chosen(company, sign_in, db):
    organisation = Organisation.objects.create(slug="fresh", name="Fresh", zone="Pacific/Apia")
    with tenant_scope(organisation):
        MembershipFactory(user=company.mentor_two, is_admin=True)
    client = sign_in(company.mentor_two)
    page = client.get("/o/fresh/", follow=True)
    assert "Choose a kit" in words(page)
    assert 'href="/o/fresh/programmes/new/"' in words(page)
