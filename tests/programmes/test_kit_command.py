"""``manage.py kit``: what operators and writers of kits see, and the exit status that scripts rely on."""

import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from mentoring.history.models import Event
from mentoring.tenancy.scope import tenant_scope
from templates_app.domain.kit_files import KITS, read_kit, shipped_kit
from templates_app.models import Article, LoadedKit
from tests.cast import Company

SHIPPED = KITS / "plp-ess"


@pytest.fixture
def kit_folder(tmp_path: Path) -> Path:
    """A copy of the shipped kit, to be spoilt."""
    return shutil.copytree(SHIPPED, tmp_path / "kit", ignore=shutil.ignore_patterns("ids.json"))


def run(*args: object) -> tuple[int, str]:
    """Exit status and what was printed."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("kit", *map(str, args), stdout=out, stderr=err)
    except SystemExit as done:
        return int(done.code or 0), out.getvalue()
    except CommandError as fault:
        return fault.returncode, f"{out.getvalue()}{err.getvalue()}{fault}"
    return 0, out.getvalue()


# --- check ----------------------------------------------------------------------------------------------------------


def test_a_sound_kit_passes(kit_folder):
    assert run("check", kit_folder) == (
        0,
        f"{shipped_kit('plp-ess').title} {shipped_kit('plp-ess').version}: nothing to put right.\n",
    )
    status, printed = run("check", kit_folder, "--json")
    assert (status, json.loads(printed)) == (0, {"errors": []})


def test_every_fault_is_named_with_file_line_and_reason(kit_folder):
    stages = kit_folder / "stages.yaml"
    text = stages.read_text(encoding="utf-8")
    stages.write_text(text.replace("    number: 1\n", "    number: one\n", 1), encoding="utf-8")
    line = text[: text.index("    number: 1\n")].count("\n") + 1
    status, printed = run("check", kit_folder, "--json")
    (error,) = json.loads(printed)["errors"]
    assert status == 1
    assert (error["file"], error["line"]) == ("stages.yaml", line)
    assert "whole number" in error["message"]
    status, printed = run("check", kit_folder)
    assert status == 1
    assert f"stages.yaml:{line}: " in printed


def test_a_kit_is_counted_against_its_catalogue(kit_folder):
    ids = SHIPPED / "ids.json"
    status, printed = run("check", kit_folder, "--against", ids, "--json")
    counts = json.loads(printed)["ids"]
    assert status == 0
    assert counts["missing"] == []
    assert counts["held"] > 100


def test_an_id_that_is_nowhere_is_missing_and_refused(kit_folder, tmp_path):
    ids = json.loads((SHIPPED / "ids.json").read_text(encoding="utf-8"))
    part = ids if "content" in ids else ids["plp-ess"]
    part["content"]["plp.unheard.1"] = "Something new"
    against = tmp_path / "ids.json"
    against.write_text(json.dumps(ids), encoding="utf-8")
    status, printed = run("check", kit_folder, "--against", against, "--json")
    assert status == 1
    assert json.loads(printed)["ids"]["missing"] == ["plp.unheard.1"]
    assert "missing: plp.unheard.1" in run("check", kit_folder, "--against", against)[1]


@pytest.mark.parametrize("content", ["", "[]", "{", '{"other": {"content": {}}}', '{"content": 1}'])
def test_ids_that_cannot_be_read_are_no_fault_of_the_kit(kit_folder, tmp_path, content):
    against = tmp_path / "ids.json"
    against.write_text(content, encoding="utf-8")
    assert run("check", kit_folder, "--against", against)[0] == 2
    assert run("check", kit_folder, "--against", tmp_path / "absent.json")[0] == 2


def test_a_folder_that_is_not_there_could_not_be_checked(tmp_path):
    assert run("check", tmp_path / "absent")[0] == 2


@pytest.mark.slow
@pytest.mark.parametrize(("path", "status"), [(SHIPPED, 0), ("templates_app", 1), ("absent", 2)])
def test_the_process_exits_as_promised(path, status, tmp_path):
    environment = {**os.environ, "DATA_DIR": str(tmp_path), "SECRET_KEY": "x" * 50, "DATA_KEY": settings.DATA_KEY}
    done = subprocess.run(
        [sys.executable, "manage.py", "kit", "check", str(path)], cwd=settings.BASE_DIR, env=environment, check=False
    )
    assert done.returncode == status


# --- load -----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_kit_is_loaded_for_one_organisation_and_again_in_its_place(
    company: Company, other_company: Company, kit_folder
):
    version = shipped_kit("plp-ess").version
    for _time in range(2):
        status, printed = run("load", kit_folder, "--organisation", company.organisation.slug, "--json")
        assert (status, json.loads(printed)) == (0, {"kit": "plp-ess", "version": version})
    with tenant_scope(company.organisation):
        assert LoadedKit.objects.get().key == "plp-ess"
        assert [event.data["anew"] for event in Event.objects.filter(action="kit.loaded").order_by("at")] == [
            False,
            True,
        ]
    with tenant_scope(other_company.organisation):
        assert not LoadedKit.objects.exists()


@pytest.mark.django_db
def test_a_faulty_kit_is_not_loaded(company: Company, kit_folder):
    (kit_folder / "agreement.yaml").write_text("title: [", encoding="utf-8")
    status, printed = run("load", kit_folder, "--organisation", company.organisation.slug)
    assert status == 1
    assert "agreement.yaml:" in printed
    with tenant_scope(company.organisation):
        assert not LoadedKit.objects.exists()


@pytest.mark.django_db
def test_an_unknown_organisation_is_said_so(kit_folder):
    status, printed = run("load", kit_folder, "--organisation", "nowhere")
    assert status == 2
    assert "nowhere" in printed
    assert "what follows /o/ in the address" in printed, "and where its slug is found"


# --- export ---------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_what_coordinators_made_is_written_out_and_gives_the_same_handbook_when_loaded(company: Company, tmp_path):
    with tenant_scope(company.organisation):
        article = Article.objects.filter(handbook=company.programme.handbook).first()
        Article.objects.filter(pk=article.pk).update(title="Our own title", body="Our own words.\n\n- and points")
    target = tmp_path / "out"
    status, printed = run("export", "reef/e-mentoring", target, "--json")
    assert (status, json.loads(printed)["kit"]) == (0, "plp-ess")
    kit, faults = read_kit(target)
    assert faults == []
    assert {one.key: one.title for one in kit.articles}[article.key] == "Our own title"

    from templates_app.domain.kits import copy_kit, whole_kit

    run("load", target, "--organisation", "reef")
    with tenant_scope(company.organisation):
        loaded = LoadedKit.objects.get()
        again = whole_kit(copy_kit(kit=type(kit).model_validate(loaded.content), title="Again", actor=None))
        assert again == whole_kit(company.programme.handbook) == kit


@pytest.mark.django_db
@pytest.mark.parametrize("programme", ["reef/nothing", "nowhere/e-mentoring", "reef", ""])
def test_an_unknown_programme_is_said_so(company: Company, programme, tmp_path):
    assert run("export", programme, tmp_path / "out")[0] == 2
    assert not (tmp_path / "out").exists()


@pytest.mark.django_db
def test_a_folder_that_holds_something_is_not_written_over(company: Company, tmp_path):
    (tmp_path / "kit.yaml").write_text("mine", encoding="utf-8")
    assert run("export", "reef/e-mentoring", tmp_path)[0] == 2
    assert (tmp_path / "kit.yaml").read_text(encoding="utf-8") == "mine"
