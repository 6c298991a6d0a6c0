"""A file of people by page, from the upload to the rows that were put right."""

import io
import re

import openpyxl
import pytest

from mentoring.tenancy.scope import tenant_scope
from programmes.models import Participant, PeopleImport
from tests.programmes.conftest import COHORT, SAMPLE, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(coordinator_client):
    return coordinator_client


def upload(client, company, data, name="people.csv"):
    file = io.BytesIO(data)
    file.name = name
    return client.post(company.url(f"{COHORT}people/import/"), {"file": file}, follow=True)


def as_guessed(page):
    return dict(re.findall(r'<select name="(column_\d+)".*?<option value="([^"]*)" selected', words(page), re.DOTALL))


def test_the_sample_list_from_file_to_people_by_page(client, company):
    page = upload(client, company, SAMPLE.read_bytes())
    columns = page.redirect_chain[-1][0]
    guessed = as_guessed(page)
    assert (guessed["column_3"], guessed["column_10"]) == ("email", "profile.sectors")
    page = client.post(columns, guessed, follow=True)
    preview = page.redirect_chain[-1][0]
    assert "<b>48 people</b> can be taken in" in words(page)
    assert "Perhaps you mean" in words(client.get(f"{preview}?fate=rejected"))
    assert "48 people are in the cohort" in words(client.post(f"{preview}apply/", follow=True))
    with tenant_scope(company.organisation):
        assert Participant.objects.filter(membership=None).count() == 48
    assert "Nothing was imported just now" in words(client.post(f"{preview}apply/", follow=True))
    with tenant_scope(company.organisation):
        assert Participant.objects.filter(membership=None).count() == 48


def test_rows_to_put_right_are_downloaded_corrected_and_imported_without_doubling_anyone(client, company):
    page = upload(client, company, SAMPLE.read_bytes())
    preview = client.post(page.redirect_chain[-1][0], as_guessed(page), follow=True).redirect_chain[-1][0]
    client.post(f"{preview}apply/")
    answer = client.get(f"{preview}rows-to-put-right.csv")
    assert "attachment" in answer["Content-Disposition"]
    bad = answer.content.decode("utf-8-sig")
    assert bad.splitlines()[0].endswith(",Line,What to put right")
    assert len(bad.strip().splitlines()) == 4
    assert "'=HYPERLINK" in bad
    assert ",=cmd" not in bad
    again = upload(client, company, bad.encode())
    page = client.post(again.redirect_chain[-1][0], as_guessed(again), follow=True)
    assert "Nobody new can be taken in" in words(page)
    assert "3 rows have to be put right" in words(page)
    right = (
        bad.replace("no-at-sign.example", "talia@to.example")
        .replace("Pacific/Samoa Time", "Pacific/Apia")
        .replace("'=HYPERLINK(\"\"http://x.example\"\",\"\"a\"\")", "Sione")
        .replace("'=cmd@fj.example", "sione@fj.example")
    )  # fmt: skip
    page = upload(client, company, right.encode())
    preview = client.post(page.redirect_chain[-1][0], as_guessed(page), follow=True).redirect_chain[-1][0]
    assert "3 people are in the cohort" in words(client.post(f"{preview}apply/", follow=True))
    with tenant_scope(company.organisation):
        assert Participant.objects.filter(membership=None).count() == 51


def test_a_workbook_is_imported_like_any_list(client, company):
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in (
        ["Name", "E-mail", "Role"],
        ["ʻOfa Havea", "ofa@to.example", "mentor"],
        ["=1+1", "x@x.example", "mentee"],
    ):
        book.active.append(row)
    book.save(out)
    page = upload(client, company, out.getvalue(), "people.xlsx")
    page = client.post(page.redirect_chain[-1][0], as_guessed(page), follow=True)
    assert "<b>1 person</b> can be taken in" in words(page)
    assert "1 row has to be put right" in words(page)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "file is empty"),
        (b"%PDF-1.7", "This is a PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "picture"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old Excel"),
        (b"Name,Role,E-mail\n", "no people"),
        (("Name,Role,E-mail\n" + "x,mentor,x@x.example\n" * 5002).encode(), "more than 5000 rows"),
    ],
)
def test_a_wrong_file_is_refused_in_plain_words(client, company, data, message):
    page = upload(client, company, data)
    assert page.status_code == 200
    assert message in words(page)
    with tenant_scope(company.organisation):
        assert not PeopleImport.objects.exists()


def test_columns_that_do_not_say_enough_are_refused(client, company):
    page = upload(client, company, b"Name,E-mail,Mail again\nTeina,t@x.example,t@x.example\n")
    url = page.redirect_chain[-1][0]
    twice = client.post(url, {"column_0": "full_name", "column_1": "email", "column_2": "email", "side": "mentor"})
    assert "Two columns are" in words(twice)
    assert "tells mentors from mentees" in words(client.post(url, {"column_0": "full_name", "column_1": "email"}))
    assert "No column is" in words(client.post(url, {"column_0": "full_name", "side": "mentor"}))
    assert client.post(url, {"column_0": "full_name", "column_1": "email", "side": "mentor"}).status_code == 302


def test_a_file_can_be_forgotten_and_is_then_gone(client, company):
    page = upload(client, company, SAMPLE.read_bytes())
    run = page.redirect_chain[-1][0].removesuffix("columns/")
    assert "people.csv" in words(client.get(company.url(f"{COHORT}people/import/")))
    client.post(f"{run}drop/")
    assert client.get(run).status_code == 404
    with tenant_scope(company.organisation):
        assert PeopleImport.objects.get().rows == []


def test_headings_that_stand_twice_are_told_apart_and_said(client, company):
    page = upload(client, company, b"Name,E-mail,E-mail,Role\nTeina,t@x.example,t2@x.example,mentor\n")
    assert "stands more than once" in words(page)
    assert "E-mail (2)" in words(page)
