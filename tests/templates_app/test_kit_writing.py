"""What is written reads back, whatever its words; shipped kits and the schema for editors."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from templates_app import shapes
from templates_app.domain.kit_files import (
    KITS,
    KitFaulty,
    check_kit,
    kit_schema,
    read_kit,
    shipped,
    shipped_kit,
    shipped_kits,
    write_kit,
)
from templates_app.domain.kit_files.writing import LAYOUT
from templates_app.shapes import Article, Kit, Policy
from tests.kits import every_kit, kit_named
from tests.templates_app.kits_at_hand import kit, small_kit

__all__ = ["kit"]

# --- Writing ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", every_kit())
def test_a_kit_reads_back_as_it_was_written(key, tmp_path):
    plp = kit_named(key)
    write_kit(plp, tmp_path / "a")
    again, faults = read_kit(tmp_path / "a")
    assert faults == []
    assert again == plp
    write_kit(again, tmp_path / "b")
    files = sorted(path.relative_to(tmp_path / "a") for path in (tmp_path / "a").rglob("*.*"))
    assert files, "something was written"
    assert all((tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes() for file in files)


words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=200)


@settings(max_examples=100, deadline=None)
@given(text=words, body=words, lines=st.lists(words, max_size=4))
def test_any_words_survive_writing(tmp_path_factory, text, body, lines):
    written = small_kit(
        summary="\n".join(lines),
        policies=[Policy(key="any", title=text, text=body, ours=True)],
        articles=[Article(key="any", title=text, body=body, ours=True)],
    )
    path = tmp_path_factory.mktemp("kit") / "written"
    write_kit(written, path)
    assert read_kit(path) == (written, [])


@pytest.mark.parametrize("word", ["0E0", "1e5", "12", "3.", ".5", "true", "Null", "~", "", "no", "2026-01-31"])
def test_words_that_look_like_something_else_stay_words(tmp_path, word):
    written = small_kit(policies=[Policy(key="any", title=word, text=word, ours=True)])
    write_kit(written, tmp_path / "written")
    assert read_kit(tmp_path / "written") == (written, [])


def test_nothing_is_written_over(kit):
    before = kit.text("kit.yaml")
    with pytest.raises(FileExistsError, match="not empty"):
        write_kit(shipped_kit("plp-ess"), kit.root)
    assert kit.text("kit.yaml") == before


def test_every_part_of_a_kit_has_a_file_to_be_written_to():
    written = [key for keys in LAYOUT.values() for key in keys]
    assert len(written) == len(set(written))
    assert set(Kit.model_fields) - set(written) == {"source", "ours", "agreement", "worksheets", "articles", "pictures"}


# --- Shipped kits and the editors' schema -----------------------------------------------------------------------------


def test_shipped_kits_are_found_by_their_folder():
    assert "plp-ess" in shipped_kits()
    assert all(shipped_kit(key).key == key for key in shipped_kits())
    assert shipped_kit("plp-ess") is shipped_kit("plp-ess"), "read once"
    with pytest.raises(KeyError):
        shipped_kit("../plp-ess")


def test_a_shipped_kit_with_faults_says_so(kit, monkeypatch):
    kit.change("kit.yaml", "version: '1.0'", "version: 1")
    monkeypatch.setattr(shipped, "KITS", kit.root.parent)
    monkeypatch.setattr(shipped, "shipped_kits", lambda: ["kit"])
    with pytest.raises(KitFaulty, match=r"kit.yaml:\d+: 'version' should be text"):
        shipped.shipped_kit.__wrapped__("kit")


def test_the_schema_describes_each_kind_of_file():
    schema = kit_schema()
    assert json.loads(json.dumps(schema)) == schema
    assert {"Worksheet", "Agreement", "Article", "FieldShape"} <= set(schema["$defs"])
    assert not {"worksheets", "articles", "agreement"} & set(schema["properties"])
    assert "required" not in schema, "the keys may be spread over several files"
    assert "body" not in schema["$defs"]["Article"]["properties"]
    source = schema["$defs"]["FieldShape"]["properties"]["source"]
    assert {"type": "string"} in source["anyOf"], "one id may be written without brackets"


def test_a_kit_made_in_memory_is_checked_the_same_way():
    plp = shipped_kit("plp-ess")
    assert check_kit(plp) == []
    stage = plp.stages[0].model_copy(update={"worksheets": ["nowhere"]})
    problems = check_kit(plp.model_copy(update={"stages": [stage, *plp.stages[1:]]}))
    assert [(problem.loc, "nowhere" in problem.message) for problem in problems] == [
        (("stages", 0, "worksheets"), True)
    ]


def test_worksheets_and_articles_have_one_order_whatever_the_files_are_called():
    plp = shipped_kit("plp-ess")
    values = plp.model_dump()
    values["worksheets"].reverse()
    assert Kit.model_validate(values) == plp
    assert [sheet.order for sheet in plp.worksheets] == sorted(sheet.order for sheet in plp.worksheets)
    assert shapes.Article(key="a", title="A", body="\r\nOne\r\nTwo \n").body == "One\nTwo"
    assert (KITS / "plp-ess" / "kit.yaml").is_file()
