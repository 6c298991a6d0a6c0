"""Answers over time, side by side, and what is worth a talk."""

import pytest

from pairs.domain.queries import get_pairing_for
from pairs.domain.reading import reader_of
from pairs.domain.sheets import add_sheet
from pairs.domain.trends import is_for_talk, trend_of
from pairs.models import Output
from templates_app.models import Template, TemplateVersion
from templates_app.shapes import Talk, Worksheet
from tests.pairs.filling import change_sheet, send

POINTS = [
    {"value": n, "label": label} for n, label in enumerate(("Strongly agree", "", "", "", "Strongly disagree"), 1)
]
SCALE = {"kind": "scale", "points": POINTS, "talk": {"values": [4, 5], "apart": 2}}
POINT = {"kind": "scale", "points": POINTS}
TABLES = [
    {"key": "areas", "kind": "table", "label": "Areas", "items": [{"key": "home", "label": "At home"}],
     "columns": [POINT | {"key": "calm", "label": "Calm"}, POINT | {"key": "proud", "label": "Proud"}]},
    {"key": "steps", "kind": "table", "label": "Steps",
     "columns": [{"key": "step", "kind": "text", "label": "Step"}, POINT | {"key": "done", "label": "Done"}]},
    {"key": "grid", "kind": "matrix", "label": "Grid", "items": [{"key": "trust", "label": "Trust"}], "points": POINTS},
]  # fmt: skip
SHEET = {
    "key": "checkup",
    "title": "Check-up",
    "filled_by": "each",
    "repeats": True,
    "readers": {"preset": "pair", "opens": "both-sent"},
    "sections": [
        {
            "key": "all",
            "fields": [
                SCALE | {"key": "listens", "label": "We listen to each other"},
                SCALE | {"key": "time", "label": "We have time"},
                {"key": "words", "kind": "longtext", "label": "More"},
                *TABLES,
            ],
        }
    ],
}


@pytest.fixture
def checkups(pair):
    """The pair's handbook has a check-up with two scales."""
    shape = Worksheet.model_validate(SHEET)
    handbook = pair.pairing.cohort.programme.handbook
    template = Template.objects.create(handbook=handbook, key=shape.key, title=shape.title, position=99)
    TemplateVersion.objects.create(template=template, number=1, definition=SHEET)
    return pair


def reader(pair, user):
    return reader_of(user, get_pairing_for(user, pair.pairing.pk))


def check_up(pair, user, **answers) -> Output:
    output = add_sheet(reader=reader(pair, user), worksheet="checkup", actor=user)
    send(output, user, answers)
    return output


def told(pair, user):
    trend = trend_of(reader(pair, user), "checkup")
    return {one.label: [(dict(cell.answers), cell.talk) for cell in one.cells] for one in trend.questions}


@pytest.mark.parametrize(
    ("values", "expected"), [([1, 2], False), ([2, 4], True), ([1, 3], True), ([3], False), ([5], True), ([], False)]
)
def test_what_is_worth_a_talk(values, expected):
    assert is_for_talk(Talk(values=[4, 5], apart=2), [float(value) for value in values]) is expected
    assert is_for_talk(None, [5.0]) is False


@pytest.mark.covers("cal.sys.73", "cal.sys.74")
def test_the_partners_answer_appears_once_both_are_in_and_differences_are_marked(checkups):
    check_up(checkups, checkups.mentee, listens=1, time=3)
    assert told(checkups, checkups.mentee) == {
        "We listen to each other": [({"ʻAna": "1 · Strongly agree"}, False)],
        "We have time": [({"ʻAna": "3"}, False)],
    }
    assert trend_of(reader(checkups, checkups.mentor), "checkup") is None
    check_up(checkups, checkups.mentor, listens=3, time=2)
    for user in (checkups.mentee, checkups.mentor):
        assert told(checkups, user) == {
            "We listen to each other": [({"ʻAna": "1 · Strongly agree", "Helen": "3"}, True)],
            "We have time": [({"ʻAna": "3", "Helen": "2"}, False)],
        }
        assert trend_of(reader(checkups, user), "checkup").to_talk_about == ["We listen to each other"]


@pytest.mark.covers("cal.sys.76")
def test_later_sheets_show_how_it_has_moved(checkups, at):
    check_up(checkups, checkups.mentee, listens=4)
    check_up(checkups, checkups.mentor, listens=2)
    assert trend_of(reader(checkups, checkups.mentee), "checkup").questions[0].chart is None
    with at("2027-01-05 09:00"):
        check_up(checkups, checkups.mentee, listens=2)
        check_up(checkups, checkups.mentor, listens=2)
        trend = trend_of(reader(checkups, checkups.mentee), "checkup")
    (listens,) = trend.questions
    assert [cell.talk for cell in listens.cells] == [True, False]
    assert {row.label: list(row.values) for row in listens.chart.series} == {"ʻAna": [4, 2], "Helen": [2, 2]}
    assert listens.chart.most == 5
    assert trend.to_talk_about == []


ANSWERS = {
    "listens": 4, "time": 1, "areas": [{"_id": "home", "calm": 2, "proud": 3}], "grid": {"trust": 5},
    "steps": [{"_id": "aaaa0001", "step": "CANARY-STEP", "done": 4}],
}  # fmt: skip
LABELS = {
    "listens": {"We listen to each other"}, "time": {"We have time"}, "grid": {"Grid: Trust"},
    "areas": {"At home Calm", "At home Proud"}, "areas.calm": {"At home Calm"},
    "steps": {"CANARY-STEP: Done"}, "steps.step": {"CANARY-STEP: Done"}, "steps.done": {"CANARY-STEP: Done"},
}  # fmt: skip


def keep_private(pair, name: str) -> None:
    """Publish the check-up with fewer readers for one question, or for one column of a table."""
    key, _dot, part = name.partition(".")

    def narrowed(field):
        if field["key"] != key:
            return field
        if not part:
            return field | {"readers": "private"}
        columns = [one | ({"readers": "private"} if one["key"] == part else {}) for one in field["columns"]]
        return field | {"columns": columns}

    fields = [narrowed(field) for field in SHEET["sections"][0]["fields"]]
    change_sheet(pair.pairing, "checkup", sections=[{"key": "all", "fields": fields}])


@pytest.mark.parametrize("name", LABELS)
def test_a_question_that_stays_with_its_writer_is_in_nobody_elses_trend(checkups, sign_in, name):
    """Neither its answer nor what its rows are called, on the page, in its file or among what is worth a talk."""
    keep_private(checkups, name)
    for user in (checkups.mentee, checkups.mentor):
        check_up(checkups, user, **ANSWERS)
    everything = set().union(*LABELS.values())
    for user in (checkups.mentee, checkups.mentor):
        shown = told(checkups, user)
        assert set(shown) == everything, "of one's own all is told"
        own = {"ʻAna"} if user == checkups.mentee else {"Helen"}
        for label, ((answers, talk),) in shown.items():
            assert set(answers) == (own if label in LABELS[name] else {"ʻAna", "Helen"}), label
            assert talk is (label == "We listen to each other")
    place = f"{checkups.place}worksheets/checkup/trend/"
    file = sign_in(checkups.mentor).get(place, {"as": "csv"}).content.decode()
    for label in LABELS[name]:
        assert sum(line.startswith(label) and "ʻAna" in line for line in file.splitlines()) == 0, label


def test_what_only_the_partner_kept_for_themselves_leaves_no_trace_in_a_trend(checkups, sign_in, at):
    """No row of that name, no mark that it is worth a talk, and nothing in the drawing."""
    keep_private(checkups, "steps")
    check_up(checkups, checkups.mentee, **ANSWERS)
    check_up(checkups, checkups.mentor, listens=1, time=1)
    assert "CANARY-STEP: Done" in told(checkups, checkups.mentee)
    assert not [label for label in told(checkups, checkups.mentor) if "CANARY" in label]
    place = f"{checkups.place}worksheets/checkup/trend/"
    assert "CANARY" not in sign_in(checkups.mentor).get(place).content.decode()
    keep_private(checkups, "listens")
    with at("2027-01-05 09:00"):
        for user, value in ((checkups.mentee, 5), (checkups.mentor, 1)):
            check_up(checkups, user, listens=value)
        trend = trend_of(reader(checkups, checkups.mentor), "checkup")
    listens = next(one for one in trend.questions if one.label == "We listen to each other")
    assert [dict(cell.answers) for cell in listens.cells][1] == {"Helen": "1 · Strongly agree"}
    assert [cell.talk for cell in listens.cells] == [True, False], "the version counts on which each was written"
    assert {row.label: list(row.values) for row in listens.chart.series}["ʻAna"] == [4, None]
    assert trend.to_talk_about == []


def test_the_page_is_the_pairs_alone(checkups, sign_in):
    check_up(checkups, checkups.mentee, listens=5)
    check_up(checkups, checkups.mentor, listens=1)
    place = f"{checkups.place}worksheets/checkup/trend/"
    page = sign_in(checkups.mentor).get(place).content.decode()
    assert "worth a talk" in page
    assert "5 Strongly disagree" in page
    assert place in sign_in(checkups.mentee).get(f"{checkups.place}worksheets/checkup/").content.decode()
    assert sign_in(checkups.coordinator).get(place).status_code == 404
    assert sign_in(checkups.mentor).get(f"{checkups.place}worksheets/prep/trend/").status_code == 404
