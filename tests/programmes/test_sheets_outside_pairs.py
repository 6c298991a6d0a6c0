"""Worksheets that hang on no pair: who begins one, who reads it, and what a programme's checklists say about its health."""

import pytest

from mentoring.history.models import Event
from programmes.domain.health import health_of
from programmes.domain.roles import forget_roles
from programmes.domain.sheet_owner import sheet_owner
from programmes.domain.sheets import (
    NotTheirs,
    begin_own_sheet,
    begin_programme_sheet,
    get_sheet_for,
    own_shelves,
    programme_shelves,
    sheets_of_person_for,
)
from programmes.models import Participant, Sheet
from templates_app.domain.owners import owner_for
from templates_app.domain.responses import answers_of, submit_response
from templates_app.models import Template, TemplateVersion
from templates_app.shapes import Worksheet
from tests.programmes.conftest import PROGRAMME, words

READERS = {"preset": "author-coordinator"}
STATES = [
    {"key": "met", "label": "In place"},
    {"key": "partly", "label": "Partly"},
    {"key": "none", "label": "Does not apply", "apart": True},
]
CHECKLIST = {
    "key": "good-practice",
    "title": "Good practice",
    "filled_by": "coordinator",
    "repeats": True,
    "readers": READERS,
    "sections": [
        {
            "key": "all",
            "fields": [
                {
                    "key": "points",
                    "kind": "table",
                    "label": "How we stand",
                    "items": [{"key": key, "label": label} for key, label in (("lead", "A lead"), ("plan", "A plan"))],
                    "columns": [
                        {"key": "state", "kind": "choice", "label": "State", "options": STATES, "meaning": "in-place"},
                        {"key": "evidence", "kind": "longtext", "label": "What shows it?"},
                        {"key": "owner", "kind": "text", "label": "Who sees to it?"},
                    ],
                },
                {
                    "key": "ticks",
                    "kind": "checklist",
                    "label": "Ready?",
                    "meaning": "in-place",
                    "items": [{"key": "money", "label": "Money"}, {"key": "time", "label": "Time", "note": "may"}],
                },
                {"key": "topics", "kind": "checklist", "label": "Topics", "items": [{"key": "ai", "label": "AI"}]},
            ],
        }
    ],
}
DIARY = {
    "key": "diary",
    "title": "Diary",
    "filled_by": "mentee",
    "belongs": "person",
    "repeats": True,
    "readers": {"preset": "private"},
    "sections": [{"key": "all", "fields": [{"key": "today", "kind": "longtext", "label": "Today"}]}],
}


def publish(programme, definition: dict) -> None:
    shape = Worksheet.model_validate(definition)
    template = Template.objects.create(handbook=programme.handbook, key=shape.key, title=shape.title, position=99)
    TemplateVersion.objects.create(template=template, number=1, definition=definition)


def send(sheet: Sheet, actor, answers: dict) -> Sheet:
    sheet = get_sheet_for(actor, sheet.pk)
    owner = sheet_owner(sheet, actor)
    submit_response(
        response=sheet.response,
        actor=actor,
        answers=answers,
        revision=sheet.response.revision,
        context=owner.context,
    )
    owner.on_submitted(actor)
    return get_sheet_for(actor, sheet.pk)


def titles(user, programme) -> list[str]:
    forget_roles(user)
    return [shelf.worksheet.title for shelf in programme_shelves(user, programme)]


@pytest.mark.covers("cal.sys.93")
def test_coordinators_fill_in_the_programmes_checklists_and_nobody_else_hears_of_them(inside):
    publish(inside.programme, CHECKLIST)
    sheet = begin_programme_sheet(programme=inside.programme, worksheet="good-practice", actor=inside.coordinator)
    assert (
        begin_programme_sheet(programme=inside.programme, worksheet="good-practice", actor=inside.coordinator).pk
        == sheet.pk
    ), "of a sheet still open there is one"
    send(sheet, inside.coordinator, {"ticks": {"money": {"done": True}}})
    assert titles(inside.coordinator, inside.programme) == ["Good practice"]
    for other in (inside.mentor, inside.mentee, inside.steering, inside.admin):
        assert titles(other, inside.programme) == []
        assert owner_for(other, sheet.response) is None
        with pytest.raises(NotTheirs):
            begin_programme_sheet(programme=inside.programme, worksheet="good-practice", actor=other)


@pytest.mark.parametrize(
    ("preset", "readers"), [("steering", {"steering"}), ("members", {"steering", "mentor", "mentee", "admin"})]
)
def test_what_is_sent_opens_to_whom_the_worksheet_says_and_to_nobody_before(inside, preset, readers):
    publish(inside.programme, CHECKLIST | {"readers": {"preset": preset}})
    sheet = begin_programme_sheet(programme=inside.programme, worksheet="good-practice", actor=inside.coordinator)
    others = {"steering": inside.steering, "mentor": inside.mentor, "mentee": inside.mentee, "admin": inside.admin}
    assert not [name for name, user in others.items() if owner_for(user, sheet.response)]
    sheet = send(sheet, inside.coordinator, {"ticks": {"money": {"done": True}}})
    for user in others.values():
        forget_roles(user)
    assert {name for name, user in others.items() if owner_for(user, sheet.response)} == readers
    assert not any(owner_for(others[name], sheet.response).may_write for name in readers)


def test_health_counts_the_points_that_apply_on_the_newest_sheet(inside):
    publish(inside.programme, CHECKLIST)

    def health():
        (one,) = health_of(programme_shelves(inside.coordinator, inside.programme))
        return one.in_place, [(point.label, point.in_place) for point in one.lacking], len(one.points)

    unknown = [(label, None) for label in ("A lead", "A plan", "Money", "Time")]
    assert health() == (0, unknown, 4)
    sheet = begin_programme_sheet(programme=inside.programme, worksheet="good-practice", actor=inside.coordinator)
    rows = [{"_id": "lead", "state": "met"}, {"_id": "plan", "state": "partly", "owner": "Sina"}]
    send(sheet, inside.coordinator, {"points": rows, "ticks": {"money": {"done": True}}})
    assert health() == (2, [("A plan", False), ("Time", False)], 4)
    later = begin_programme_sheet(programme=inside.programme, worksheet="good-practice", actor=inside.coordinator)
    assert later.number == 2
    rows = [{"_id": "lead", "state": "met"}, {"_id": "plan", "state": "none"}]
    send(later, inside.coordinator, {"points": rows, "ticks": {"money": {"done": True}, "time": {"done": True}}})
    assert health() == (3, [], 3)


def test_what_one_writes_for_oneself_nobody_else_finds(inside):
    publish(inside.programme, DIARY)
    person = Participant.objects.select_related("cohort__programme__handbook").get(membership__user=inside.mentee)
    sheet = send(
        begin_own_sheet(person=person, worksheet="diary", actor=inside.mentee), inside.mentee, {"today": "CANARY"}
    )
    assert [shelf.worksheet.key for shelf in own_shelves(person)] == ["diary"]
    assert not Event.objects.filter(action="sheet.sent").exists(), "that it was written is nobody's news"
    for other in (inside.coordinator, inside.mentor, inside.admin):
        assert owner_for(other, sheet.response) is None
        assert sheets_of_person_for(other, person) == []
        with pytest.raises(NotTheirs):
            begin_own_sheet(person=person, worksheet="diary", actor=other)


@pytest.mark.covers("cal.sys.38")
def test_a_person_writes_to_the_coordinator_before_there_is_a_pair(inside):
    publish(inside.programme, DIARY | {"readers": READERS})
    person = Participant.objects.select_related("cohort__programme__handbook").get(membership__user=inside.mentee)
    sheet = begin_own_sheet(person=person, worksheet="diary", actor=inside.mentee)
    assert sheets_of_person_for(inside.coordinator, person) == []
    sheet = send(sheet, inside.mentee, {"today": "Please help me choose."})
    assert sheets_of_person_for(inside.coordinator, person) == [sheet]
    assert owner_for(inside.coordinator, sheet.response) is not None
    assert owner_for(inside.mentor, sheet.response) is None


def test_a_coordinator_who_is_the_authors_mentoring_partner_reads_nothing(inside, monkeypatch):
    publish(inside.programme, DIARY | {"readers": READERS})
    person = Participant.objects.select_related("cohort__programme__handbook").get(membership__user=inside.mentee)
    sheet = send(begin_own_sheet(person=person, worksheet="diary", actor=inside.mentee), inside.mentee, {"today": "x"})
    monkeypatch.setattr("programmes.domain.sheets.partners_of", lambda _user: frozenset({inside.mentee.pk}))
    assert owner_for(inside.coordinator, sheet.response) is None
    assert sheets_of_person_for(inside.coordinator, person) == []
    assert owner_for(inside.mentee, sheet.response) is not None


def test_a_programmes_sheet_knows_who_begins_it_and_when(inside):
    fields = [
        {"key": "who", "kind": "text", "label": "Who?", "prefill": "person.name"},
        {"key": "on", "kind": "date", "label": "When?", "prefill": "today"},
    ]
    publish(inside.programme, CHECKLIST | {"sections": [{"key": "all", "fields": fields}]})
    sheet = begin_programme_sheet(programme=inside.programme, worksheet="good-practice", actor=inside.coordinator)
    answers = answers_of(sheet.response)
    assert answers["who"] == inside.coordinator.name
    assert answers["on"]


def test_the_pages_in_a_browsers_order(inside, sign_in):
    coordinator = sign_in(inside.coordinator)
    place = inside.url(f"{PROGRAMME}worksheets/")
    assert coordinator.get(place).status_code == 404, "a handbook without such worksheets has no such page"
    publish(inside.programme, CHECKLIST)
    assert "Good practice" in words(coordinator.get(place))
    assert place in words(coordinator.get(inside.url(PROGRAMME)))
    answer = coordinator.post(f"{place}good-practice/begin/")
    assert answer.status_code == 302
    assert "Nobody else." in words(coordinator.get(answer["Location"]))
    assert "Begun, nothing written yet" in words(coordinator.get(place))
    mentee = sign_in(inside.mentee)
    assert mentee.get(place).status_code == 404
    assert mentee.get(answer["Location"]).status_code == 404
    assert mentee.post(f"{place}good-practice/begin/").status_code == 404


def test_a_participants_own_page(inside, sign_in):
    person = Participant.objects.get(membership__user=inside.mentee)
    place = inside.url(f"place/{person.pk}/worksheets/")
    client = sign_in(inside.mentee)
    assert client.get(place).status_code == 404
    publish(inside.programme, DIARY)
    assert "Diary" in words(client.get(place))
    answer = client.post(f"{place}diary/begin/")
    assert "You alone." in words(client.get(answer["Location"]))
    for other in (inside.coordinator, inside.mentor):
        assert sign_in(other).get(place).status_code == 404
        assert sign_in(other).get(answer["Location"]).status_code == 404
        assert sign_in(other).post(f"{place}diary/begin/").status_code == 404
