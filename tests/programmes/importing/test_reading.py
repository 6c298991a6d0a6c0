"""Whatever somebody uploads becomes a table, or a sentence that says why not."""

import contextlib
import csv
import io
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programmes.domain.importing.reading import read_table
from programmes.domain.importing.table import MAX_BYTES, MAX_ROWS, FileRefused, clean_cell

HEAD = "Role,Name,E-mail"
LINES = f"{HEAD}\nmentor,ʻOfa Havea,ofa@to.example\nmentee,Salā Toleafoa,sala@ws.example\n"


def names(table):
    return [row.cells[1] for row in table.rows]


def workbook(*rows, title="People"):
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_every_unicode_encoding_keeps_names_in_any_script(encoding):
    table = read_table((LINES + "mentee,山田 花子,hanako@jp.example\n").encode(encoding))
    assert names(table) == ["ʻOfa Havea", "Salā Toleafoa", "山田 花子"]


@pytest.mark.parametrize(("encoding", "name"), [("cp1252", "Zoë Dürr – ‘Ana"), ("latin-1", "José Muñoz\x81")])
def test_files_of_older_programs_are_read_as_they_meant(encoding, name):
    table = read_table(f"{HEAD}\nmentor,{name},z@x.example\n".encode(encoding))
    assert names(table) == [clean_cell(name)]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(separator):
    table = read_table(LINES.replace(",", separator).encode())
    assert table.headings == ["Role", "Name", "E-mail"]
    assert names(table) == ["ʻOfa Havea", "Salā Toleafoa"]


def test_a_comma_inside_a_text_does_not_make_a_comma_the_separator():
    table = read_table(b"Name;Interests\nTeina;ports, roads, dams\nMele;reefs, mining, water\n")
    assert table.headings == ["Name", "Interests"]
    assert table.rows[0].cells == ["Teina", "ports, roads, dams"]


def test_a_line_that_only_names_the_separator_is_no_heading_and_counts_as_a_line():
    table = read_table(b"sep=;\r\nName;E-mail\r\nTeina;t@x.example\r\n")
    assert table.headings == ["Name", "E-mail"]
    assert table.rows[0].line == 3


def test_a_row_is_told_by_the_line_it_begins_on_even_after_quoted_line_breaks():
    table = read_table(b'Name,Note\nTeina,"one\ntwo\nthree"\nMele,short\n')
    assert [(row.line, row.cells[0]) for row in table.rows] == [(2, "Teina"), (5, "Mele")]
    assert table.rows[0].cells[1] == "one\ntwo\nthree"


def test_blank_rows_inside_stay_blank_rows_and_those_at_the_end_are_nothing():
    table = read_table(b"Name,E-mail\nTeina,t@x.example\n,\n\nMele,m@x.example\n\n,\n")
    assert [(row.line, bool(row.cells)) for row in table.rows] == [(2, True), (3, False), (4, False), (5, True)]


def test_invisible_characters_are_taken_out_and_names_composed():
    assert clean_cell(" Sala\u0304\u200b\u00a0 Toleafoa\ufeff ") == "Salā Toleafoa"
    assert clean_cell("a\u202eb") == "ab"


def test_a_workbook_is_read_with_its_own_line_numbers():
    data = workbook(["Role", "Name", "Years"], ["mentor", "ʻOfa", 14], [None, None, None], ["mentee", "Sala", 2.0])
    table = read_table(data)
    assert [(row.line, row.cells) for row in table.rows] == [
        (2, ["mentor", "ʻOfa", "14"]),
        (3, []),
        (4, ["mentee", "Sala", "2"]),
    ]


def test_a_workbook_gives_its_formulas_as_they_are_written():
    table = read_table(workbook(["Name"], ["=1+1"]))
    assert table.rows[0].cells == ["=1+1"]


def test_headings_that_stand_twice_are_told_apart_and_empty_ones_named():
    table = read_table(b"Name,E-mail,E-mail,,Role\nTeina,a@x.example,b@x.example,x,mentor\n")
    assert table.headings == ["Name", "E-mail", "E-mail (2)", "Column 4", "Role"]
    assert len(table.remarks) == 1


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b"  \n\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"Name,E-mail\n", "no people"),
        (b"Name,E-mail\n,\n\n", "no people"),
        (b"Teina,t@x.example\nMele,m@x.example\n", "headings"),
        (b"%PDF-1.7 \xe2\xe3", "PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "old Excel"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"{\\rtf1\\ansi", "web page"),
        (bytes(range(1, 32)) * 40, "cannot be read"),
        (b"PK\x03\x04 not really a zip", "damaged"),
    ],
)
def test_what_is_no_list_of_people_is_refused_in_plain_words(data, word):
    with pytest.raises(FileRefused, match=word):
        read_table(data)


def test_another_kind_of_office_file_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    with pytest.raises(FileRefused, match="not an Excel workbook"):
        read_table(out.getvalue())


def test_a_workbook_that_swells_is_refused_before_it_is_unpacked():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * 60_000_000)
    assert len(out.getvalue()) < 100_000
    with pytest.raises(FileRefused, match="unpacks to far more"):
        read_table(out.getvalue())


def test_a_broken_workbook_is_refused():
    data = workbook(["Name"], ["Teina"])
    with pytest.raises(FileRefused, match="damaged"):
        read_table(data[: len(data) // 2])


def test_a_quotation_mark_that_is_never_closed_is_named_by_its_line():
    rows = "".join(f"Person {number},p{number}@x.example\n" for number in range(2000))
    with pytest.raises(FileRefused, match="line 3"):
        read_table(('Name,E-mail\nTeina,t@x.example\n"Mele,m@x.example\n' + rows).encode())


@pytest.mark.parametrize(
    "make", [lambda text: text.encode(), lambda text: workbook(*(r.split(",") for r in text.split()))]
)
def test_as_many_rows_as_are_taken_are_read_and_one_more_is_refused(make):
    rows = [f"P{number},p{number}@x.example" for number in range(MAX_ROWS + 1)]
    assert len(read_table(make("Name,Mail\n" + "\n".join(rows[:-1]))).rows) == MAX_ROWS
    with pytest.raises(FileRefused, match=str(MAX_ROWS)):
        read_table(make("Name,Mail\n" + "\n".join(rows)))


def test_fifty_thousand_rows_are_refused_with_what_to_do():
    rows = "\n".join(f"Person {number},p{number}@x.example" for number in range(50_000))
    with pytest.raises(FileRefused, match="Split it"):
        read_table(f"Name,Mail\n{rows}".encode())


def test_a_file_that_is_too_large_is_not_read_at_all():
    with pytest.raises(FileRefused, match="larger than"):
        read_table(b"x" * (MAX_BYTES + 1))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_whatever_bring_the_reader_down(data):
    with contextlib.suppress(FileRefused):  # anything else would bring the page down
        table = read_table(data)
        assert table.headings
        assert table.rows


CELL = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=12)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=6))
def test_what_a_spreadsheet_writes_comes_back_cell_by_cell(rows):
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([["First", "Second", "Third", "Fourth"], *rows, ["last"]])
    table = read_table(out.getvalue().encode())
    found = [[cell for cell in row.cells if cell] for row in table.rows]
    assert found == [[clean_cell(cell) for cell in row if clean_cell(cell)] for row in [*rows, ["last"]]]
