"""A kit may come from anybody: whatever its folder holds, the reader answers with a fault and nothing worse."""

import os
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from templates_app.domain.kit_files import read_kit
from templates_app.domain.kit_files.folder import MAX_FILE_BYTES
from templates_app.domain.kit_files.yaml_text import Unreadable, parse
from tests.templates_app.kits_at_hand import kit

__all__ = ["kit"]

BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{here}: &{here} [{','.join([f'*{before}'] * 9)}]\n" for before, here in zip("abcdefgh", "bcdefghi", strict=True)
)

UNREADABLE = [
    (BOMB, 1, "Anchors and aliases"),
    ("title: ok\nsummary: *nothing\n", 2, "Anchors and aliases"),
    ("title: !!python/object/apply:os.system ['true']\n", 1, "Tags (!) are not used"),
    ("title: one\nsummary: two\ntitle: three\n", 3, "'title' is given twice here (first on line 1)"),
    ("title: one\n---\ntitle: two\n", 2, "A second document"),
    ("- one\n- two\n", 1, "This file should hold names with values"),
    ("only words\n", 1, "This file should hold names with values"),
    ("title: one\n? [a, b]\n: c\n", 2, "A name is expected here"),
    ("title: 'one\n", 1, "not readable as YAML"),
    ("title: one\n summary: two\n", 2, "not readable as YAML"),
    ("title: one\n\tsummary: two\n", 2, "not readable as YAML"),
    ("title: " + "[" * 200, 1, "levels deep"),
    ("title: one\nsummary: a\x07b\n", 2, "unprintable character (0x0007)"),
    ("a: 1\nb: {c: 1, c: 2}\n", 2, "'c' is given twice"),
]


@pytest.mark.parametrize(("text", "line", "message"), UNREADABLE)
def test_text_that_is_not_yaml_as_kits_use_it(kit, text, line, message):
    kit.write("extra.yaml", text)
    fault = kit.fault
    assert fault.file == "extra.yaml"
    assert message in fault.message
    assert line <= fault.line <= line + 1, "an unclosed quote is noticed where the file ends"


def test_a_bomb_is_refused_before_it_grows():
    start = time.process_time()
    with pytest.raises(Unreadable):
        parse(BOMB)
    with pytest.raises(Unreadable, match="levels deep"):
        parse("{a: " * 100_000)
    assert time.process_time() - start < 2


def test_words_that_look_like_something_else_stay_words():
    value = parse(
        "a: no\nb: 2026-01-31\nc: 0x1f\nd: 1_000\ne: 12:30\nf: .inf\ng: 1.5\nh: true\ni: ~\nj: 7\nk: '7'\n"
    ).value
    assert value == {
        "a": "no", "b": "2026-01-31", "c": "0x1f", "d": "1_000", "e": "12:30", "f": ".inf", "g": 1.5, "h": True,
        "i": None, "j": 7, "k": "7",
    }  # fmt: skip


def test_lines_are_known_for_keys_items_and_values():
    document = parse("one:\n  - a: 1\n    b:\n      c: 2\n  - d\n")
    assert document.lines["one",] == 1
    assert document.lines["one", 0, "b", "c"] == 4
    assert document.lines["one", 1] == 5


@settings(max_examples=300, deadline=None)
@given(text=st.text(st.sampled_from("ab: -[]{}\n\t'\"#&*!|>%@,?~.0\x00\ufeff\u2028é"), max_size=60))
def test_any_text_is_read_or_refused(text):
    try:
        parse(text)
    except Unreadable as error:
        refused = error
    else:
        return
    assert 1 <= refused.line <= text.count("\n") + text.count("\u2028") + 2
    assert refused.message


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(kit):
    kit.write("facts.yaml", b"\xef\xbb\xbf" + kit.text("facts.yaml").replace("\n", "\r\n").encode())
    kit.write("guidance/motivation.md", kit.text("guidance/motivation.md").replace("\n", "\r\n"))
    assert kit.faults == []


def test_a_file_in_another_encoding(kit):
    kit.write("facts.yaml", kit.text("facts.yaml").replace("the World Bank", "the Wörld Bank", 1).encode("latin-1"))
    fault = kit.fault
    assert (fault.file, "not UTF-8" in fault.message) == ("facts.yaml", True)
    text = (kit.root / "facts.yaml").read_bytes().split(b"\n")
    assert b"W\xf6rld" in text[fault.line - 1]


def test_a_huge_file(kit):
    kit.write("facts.yaml", "# " + "x" * MAX_FILE_BYTES)
    assert "too large" in kit.fault.message


def test_too_many_files(kit):
    for number in range(501):
        kit.write(f"worksheets/sheet-{number}.yaml", "key: x")
    assert "a kit has at most 500" in kit.faults[0].message


@pytest.mark.parametrize("target", ["/etc/passwd", "../outside.yaml"])
def test_a_link_out_of_the_folder(kit, target):
    (kit.root.parent / "outside.yaml").write_text("secret: yes")
    (kit.root / "worksheets" / "prep.yaml").unlink()
    (kit.root / "worksheets" / "prep.yaml").symlink_to(target if target[0] == "/" else f"../{target}")
    assert [(fault.file, "outside the kit's folder" in fault.message) for fault in kit.faults] == [
        ("worksheets/prep.yaml", True)
    ]


def test_a_link_to_a_whole_folder_outside(kit, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    (kit.root / "guidance").rename(elsewhere)
    (kit.root / "guidance").symlink_to(elsewhere)
    assert {fault.message.split(".")[0] for fault in kit.faults} == {"This file points outside the kit's folder"}


def test_links_in_a_circle_pipes_and_folders_in_the_place_of_files(kit):
    (kit.root / "a.yaml").symlink_to("b.yaml")
    (kit.root / "b.yaml").symlink_to("a.yaml")
    os.mkfifo(kit.root / "c.yaml")
    (kit.root / "d.yaml").mkdir()
    assert {fault.file: fault.message for fault in kit.faults if fault.file > "b.yaml"} == {
        "c.yaml": "This is not a file.",
        "d.yaml": "This is not a file.",
    }
    assert all("cannot be read" in fault.message for fault in kit.faults[:2])


def test_no_folder_an_empty_folder_and_a_file_in_its_place(tmp_path):
    assert "no folder of that name" in read_kit(tmp_path / "nowhere")[1][0].message
    (tmp_path / "file").write_text("x")
    assert "no folder of that name" in read_kit(tmp_path / "file")[1][0].message
    (tmp_path / "empty").mkdir()
    assert "kit.yaml is missing" in read_kit(tmp_path / "empty")[1][0].message


def test_missing_parts(kit):
    (kit.root / "agreement.yaml").unlink()
    assert "agreement.yaml is missing" in kit.fault.message
    (kit.root / "roles.yaml").unlink()
    kit.write("agreement.yaml", "title: x")
    assert ("kit.yaml", "'roles' is missing here. Add it.") in {(fault.file, fault.message) for fault in kit.faults}


def test_a_key_given_in_two_files(kit):
    kit.write("more.yaml", "# more\nglossary: []\n")
    assert (kit.fault.file, kit.fault.line) == (
        "policies.yaml",
        kit.text("policies.yaml").split("\n").index("glossary:") + 1,
    )
    assert "'glossary' is given twice (first in more.yaml, line 2)" in kit.fault.message


def test_keys_that_have_files_of_their_own(kit):
    kit.write("more.yaml", "worksheets: []\n")
    assert kit.fault.message == "'worksheets' stands in the folder worksheets, one file each. Move it there."


def test_files_with_the_other_ending_are_not_passed_over(kit):
    kit.write("worksheets/extra.yml", "key: extra")
    assert (kit.fault.file, kit.fault.message) == (
        "worksheets/extra.yml",
        "Files of a kit end in .yaml. Rename it to extra.yaml.",
    )


ARTICLES = [
    ("No front matter at all.\n", 1, "begins with its front matter"),
    ("---\nkey: x\ntitle: X\nNever closed.\n", 1, "begins with its front matter"),
    ("---\nkey: any\ntitle: X\nours: true\nbody: words\n---\nWords\n", 5, "not in 'body'"),
    ("---\nkey: any\ntitle: X\nours: true\nchapter: hints\n---\nWords\n", 5, "Choose one of: 'overview'"),
    ("---\nkey: any\n\ntitle: [X]\nours: true\n---\nWords\n", 4, "'title' should be text, but is a list."),
]


@pytest.mark.parametrize(("text", "line", "message"), ARTICLES)
def test_articles_with_faults(kit, text, line, message):
    kit.write("guidance/any.md", text)
    assert (kit.fault.file, kit.fault.line) == ("guidance/any.md", line)
    assert message in kit.fault.message


def test_the_text_of_an_article_may_hold_rules_of_its_own(kit):
    kit.write("guidance/any.md", "---\nkey: any\ntitle: X\nours: true\n---\n\nOne\n\n---\n\nTwo\n")
    found, faults = read_kit(kit.root)
    assert faults == []
    assert next(article for article in found.articles if article.key == "any").body == "One\n\n---\n\nTwo"
