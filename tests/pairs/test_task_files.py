"""Tasks of a pair from a CSV file, and into one: every row's fate is seen first, nothing is doubled, nobody else reads them."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pairs.models import Action
from tests.factories import MembershipFactory, UserFactory
from tests.pairs.test_board import figure
from tests.pairs.test_goal_tree import aspire, html_of

__all__ = ["aspire"]

FILE = """Card Name,Assigned to,Deadline,List,Colour
Write to the board,mentee,2026-12-24,To do,red
Book a room,{mentor},,In progress,
Read chapter two,,2026-12-01,Done,blue
"""


def upload(pair, client, text: str):
    file = SimpleUploadedFile("tasks.csv", text.encode(), content_type="text/csv")
    return client.post(f"{pair.place}actions/file/", {"file": file})


def then(pair, client, page, do: str, **columns):
    """Press a button of the page with the columns, as they stand or otherwise."""
    form = page.context["form"]
    values = {f"column_{place}": value for place, value in enumerate(form.meanings)} | columns
    return client.post(f"{pair.place}actions/file/", {"kept": page.context["kept"], "do": do, **values}, follow=True)


def take_in(pair, client, text: str):
    return then(pair, client, upload(pair, client, text), "take")


def file_of(pair) -> str:
    return FILE.format(mentor=pair.mentor.given_name)


def tasks() -> dict[str, tuple[str, str, str]]:
    return {
        one.text: (one.owner.side, str(one.due_on or ""), one.state)
        for one in Action.objects.select_related("owner").order_by("pk")
    }


@pytest.mark.covers("phase1.tool.project")
def test_a_person_of_the_pair_sees_each_rows_fate_and_takes_the_file_in(aspire, sign_in):
    client = sign_in(aspire.mentee)
    page = upload(aspire, client, file_of(aspire))
    html = page.content.decode()
    assert page.status_code == 200
    assert "<b>3 tasks</b> can be taken in" in html
    assert not Action.objects.exists(), "nothing is taken in before somebody says so"
    assert "3 tasks were taken in" in then(aspire, client, page, "take").content.decode()
    assert tasks() == {
        "Write to the board": ("mentee", "2026-12-24", "open"),
        "Book a room": ("mentor", "", "doing"),
        "Read chapter two": ("mentee", "2026-12-01", "done"),
    }
    assert "Write to the board" in html_of(aspire, aspire.mentor, "actions/")


@pytest.mark.covers("phase1.tool.project")
def test_moving_a_card_that_came_from_a_file_changes_the_progress_figure(aspire, sign_in):
    take_in(aspire, sign_in(aspire.mentee), file_of(aspire))
    assert figure(html_of(aspire, aspire.mentee, "goals/board/")) == "1 of 7"
    card = next(one for one in Action.objects.all() if one.text == "Book a room")
    place = f"{aspire.place}actions/{card.pk}"
    assert sign_in(aspire.mentor).post(f"{place}/done/?was=doing").status_code == 302
    for user in (aspire.mentee, aspire.mentor):
        assert figure(html_of(aspire, user, "goals/board/")) == "2 of 7"
    sign_in(aspire.mentee).post(f"{place}/doing/?was=done")
    assert figure(html_of(aspire, aspire.mentor, "goals/board/")) == "1 of 7"


@pytest.mark.covers("phase1.tool.project")
def test_the_same_file_again_brings_nothing_and_so_does_the_file_that_was_taken_out(aspire, sign_in):
    client = sign_in(aspire.mentee)
    take_in(aspire, client, file_of(aspire))
    answer = take_in(aspire, client, file_of(aspire))
    assert "stands here already" in answer.content.decode()
    out = client.get(f"{aspire.place}actions/csv/").content.decode("utf-8-sig")
    rows = {row["Task"]: row for row in csv.DictReader(io.StringIO(out))}
    assert rows["Book a room"]["How it stands"] == "under way"
    assert rows["Write to the board"]["By when"] == "2026-12-24"
    take_in(aspire, sign_in(aspire.mentor), out)
    assert Action.objects.count() == 3


def test_rows_that_cannot_be_read_say_why_and_stay_out(aspire, sign_in):
    client = sign_in(aspire.mentee)
    text = "Task,Owner,Due,Status\nOne,nobody,,\nTwo,,31/12/26,\nThree,,,who knows\n,mentee,,\nFour,,,\nfour,,,\n"
    page = upload(aspire, client, text)
    told = {row.line: (row.fate, row.reason) for row in page.context["rows"]}
    assert [told[line][0] for line in range(2, 8)] == ["wrong", "wrong", "wrong", "wrong", "new", "there"]
    html = page.content.decode()
    for words in (
        "“nobody” is nobody of you",
        "write it as 2026-01-31",
        "write to do, doing or done",
        "No task stands",
    ):
        assert words in html
    then(aspire, client, page, "take")
    assert list(tasks()) == ["Four"]


def test_columns_may_mean_something_else_than_they_seem_to(aspire, sign_in):
    client = sign_in(aspire.mentee)
    page = upload(aspire, client, "Bla,Task\nPaint the boat,Say nothing\n")
    other = then(aspire, client, page, "look", column_0="task", column_1="")
    assert [row.text for row in other.context["rows"]] == ["Paint the boat"]
    twice = then(aspire, client, page, "take", column_0="task")
    assert twice.status_code == 422
    assert "Two columns cannot mean the same" in twice.content.decode()
    assert "Say which column holds the tasks" in then(aspire, client, page, "take", column_1="").content.decode()
    assert not Action.objects.exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Task\n", "nothing below the headings"),
        ("%PDF-1.4 x\n", "no CSV file"),
        ("Task\n" + "x\n" * 201, "more than 200"),
    ],
)
def test_a_file_that_is_no_list_of_tasks_is_refused_in_words(aspire, sign_in, text, words):
    answer = upload(aspire, sign_in(aspire.mentee), text)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_what_comes_back_with_the_page_is_looked_at_again(aspire, sign_in):
    client = sign_in(aspire.mentee)
    hostile = ('[["task"], [[Infinity, ["a"]]]]', "[" * 100_000, '[["task"], [[1, ["\\ud800"]]]]')
    for kept in ("", "{}", "[1, 2]", '[["Task"], [["x", "y"]]]', "[[], []]", *hostile):
        answer = client.post(f"{aspire.place}actions/file/", {"kept": kept, "do": "take", "column_0": "task"})
        assert answer.status_code == 422
    assert not Action.objects.exists()


def test_cells_that_a_spreadsheet_would_run_are_defused(aspire, sign_in):
    client = sign_in(aspire.mentee)
    take_in(aspire, client, "Task\n=1+1\n")
    out = client.get(f"{aspire.place}actions/csv/").content.decode("utf-8-sig")
    assert "'=1+1" in out
    take_in(aspire, client, out)
    assert Action.objects.count() == 1


def test_nobody_outside_the_pair_brings_or_reads_tasks(aspire, sign_in):
    take_in(aspire, sign_in(aspire.mentee), file_of(aspire))
    stranger = UserFactory()
    MembershipFactory(user=stranger)
    for user in (aspire.coordinator, stranger):
        client = sign_in(user)
        for path in ("actions/file/", "actions/csv/"):
            assert client.get(aspire.place + path).status_code == 404
        assert upload(aspire, client, file_of(aspire)).status_code == 404
    page = sign_in(aspire.coordinator).get(aspire.place).content.decode()
    assert "Write to the board" not in page
