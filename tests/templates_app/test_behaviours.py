"""Counting the behaviours that tests say they prove."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from templates_app.domain.behaviours import tally


@pytest.fixture
def places(tmp_path) -> dict[str, Path]:
    """A kit with three behaviours and a folder of tests."""
    kit, tests = tmp_path / "kits" / "own", tmp_path / "tests"
    kit.mkdir(parents=True)
    tests.mkdir()
    behaviours = {"own.sys.10": "Ten.", "own.sys.9": "Nine.", "own.sys.1": "One."}
    (kit / "ids.json").write_text(json.dumps({"content": {}, "behaviours": behaviours}), encoding="utf-8")
    return {"kits": tmp_path / "kits", "tests": tests}


def write(places: dict[str, Path], mark: str) -> None:
    (places["tests"] / "test_own.py").write_text(f"import pytest\n\n\n{mark}\ndef test_it(): ...\n", encoding="utf-8")


def test_marks_are_counted_without_running_anything(places):
    write(places, '@pytest.mark.covers("own.sys.9", "own.sys.1")')
    counted = tally(**places)
    assert counted.covered == {"own.sys.1": ["tests/test_own.py:4"], "own.sys.9": ["tests/test_own.py:4"]}
    assert counted.open == {"own.sys.10": "Ten."}
    assert counted.faults == []


def test_a_mark_in_a_comment_is_none(places):
    write(places, '# @pytest.mark.covers("own.sys.9")')
    assert list(tally(**places).open) == ["own.sys.1", "own.sys.9", "own.sys.10"]


def test_a_mark_of_an_unknown_id_is_a_fault(places):
    write(places, '@pytest.mark.covers("own.sys.99")')
    assert tally(**places).faults == ["tests/test_own.py:4 names 'own.sys.99', which no handbook has."]


def test_what_is_left_out_has_a_reason_and_no_test(places):
    write(places, '@pytest.mark.covers("own.sys.1")')
    reasons = "own.sys.1: Proved after all.\nown.sys.9:\nown.sys.10: Does not apply.\n"
    (places["kits"] / "own" / "behaviours-left-out.yaml").write_text(reasons, encoding="utf-8")
    counted = tally(**places)
    assert counted.left_out["own.sys.10"] == "Does not apply."
    assert counted.open == {}
    assert counted.faults == [
        "tests/test_own.py:4 proves 'own.sys.1', which behaviours-left-out.yaml leaves out.",
        "behaviours-left-out.yaml gives no reason for 'own.sys.9'.",
    ]


def test_the_product_names_only_behaviours_that_its_handbooks_have(capsys):
    call_command("behaviours", json=True)
    lists = json.loads(capsys.readouterr().out)
    assert set(lists) == {"covered", "open", "left_out"}
    names = [*lists["covered"], *lists["open"], *lists["left_out"]]
    assert len(names) == len(set(names)) > 90


def test_a_wrong_mark_fails_the_command(places, settings):
    write(places, '@pytest.mark.covers("own.sys.99")')
    places["kits"].parent.joinpath("templates_app").mkdir()
    places["kits"].rename(places["kits"].parent / "templates_app" / "kits")
    settings.BASE_DIR = places["tests"].parent
    with pytest.raises(CommandError, match=r"own\.sys\.99"):
        call_command("behaviours")
