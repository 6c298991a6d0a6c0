"""People of one pairing who share a first name, or the whole of it, are told apart wherever they are named."""

import pytest
from django.test.utils import CaptureQueriesContext

from mentoring.notices.domain.rendering import render_message
from mentoring.notices.models import Message
from pairs.domain.actions import actions_of, warn_of_action
from pairs.domain.people import called, people_of
from pairs.domain.reading import reader_of
from pairs.domain.sheets import add_sheet
from pairs.domain.trends import as_rows, trend_of
from pairs.forms.session import ExtraMeetingForm
from pairs.models import Output, Session
from templates_app.models import Template, TemplateVersion
from templates_app.shapes import Worksheet
from tests.pairs.filling import send

POINTS = [{"value": number, "label": ""} for number in range(1, 6)]
TOGETHER = {
    "key": "plan", "title": "Our plan", "filled_by": "together", "repeats": True, "readers": {"preset": "pair"},
    "sections": [{"key": "all", "fields": [
        {"key": "steps", "kind": "table", "label": "Steps", "actions_column": "step", "columns": [
            {"key": "step", "kind": "text", "label": "Step"},
            {"key": "who", "kind": "choice", "label": "Who", "options_from": "pair"}]},
    ]}],
}  # fmt: skip
RATING = {
    "key": "rating", "title": "How is it?", "filled_by": "each", "repeats": True, "readers": {"preset": "pair"},
    "sections": [{"key": "all", "fields": [
        {"key": "mark", "kind": "scale", "label": "How is it?", "points": POINTS, "talk": {"apart": 2}}]}],
}  # fmt: skip


def add_to_handbook(group, definition) -> None:
    Worksheet.model_validate(definition)
    handbook = group.pairing.cohort.programme.handbook
    template = Template.objects.create(handbook=handbook, key=definition["key"], title=definition["title"], position=99)
    TemplateVersion.objects.create(template=template, number=1, definition=definition)


def rename(group, name: str, given: str, family: str) -> None:
    user = group.users[name]
    user.given_name, user.family_name = given, family
    user.save()


def fill(group, name: str, worksheet: str, answers) -> Output:
    user = group.users[name]
    return send(add_sheet(reader=reader_of(user, group.fresh()), worksheet=worksheet, actor=user), user, answers)


def called_in(group) -> list[str]:
    return [person.short_name for person in people_of(group.fresh()).everyone]


@pytest.fixture
def namesakes(group):
    """In the group of Helen, ʻAna, Sione and Moana, Sione is another ʻAna."""
    rename(group, "Sione", "'ana", "Lolohea")
    return group


def test_a_first_name_will_do_where_nobody_shares_it(group):
    assert called_in(group) == ["Helen", "ʻAna", "Moana", "Sione"]


def test_who_shares_a_first_name_goes_by_the_whole_and_who_shares_that_by_a_number(namesakes):
    assert called_in(namesakes) == ["Helen", "'ana Lolohea", "ʻAna Tupou", "Moana"]
    rename(namesakes, "Sione", "ʻAna", "Tupou")
    assert set(called_in(namesakes)) == {"Helen", "ʻAna Tupou", "ʻAna Tupou (2)", "Moana"}


def test_a_row_alone_is_called_as_its_pairing_calls_it_in_one_query(namesakes, django_assert_num_queries):
    row = namesakes.member("Sione")
    with django_assert_num_queries(1):
        assert called(row) == "'ana Lolohea"


def test_pages_tell_them_apart_and_greet_each_by_the_first_name(namesakes, sign_in):
    moana = sign_in(namesakes.users["Moana"]).get(namesakes.place + "sessions/").content.decode()
    assert "Sessions with Helen, " in moana
    assert "ana Lolohea" in moana
    home = sign_in(namesakes.users["ʻAna"]).get(namesakes.url(""), follow=True).content.decode()
    assert "<h1>Hello, ʻAna</h1>" in home


def test_whom_a_further_meeting_is_for_can_be_chosen_between_them(namesakes):
    people = people_of(namesakes.fresh())
    form = ExtraMeetingForm(
        zone="UTC",
        session=Session(pairing=namesakes.fresh(), minutes=60),
        people=people,
        person=people.of(namesakes.users["Helen"]),
    )
    words = [label for _key, label in form.fields["whom"].choices]
    assert len(words) == len(set(words)) == 4
    assert "ʻAna Tupou alone, with the mentors" in words


def test_no_page_asks_more_where_names_are_shared(group, sign_in):
    def asked() -> int:
        from django.db import connection

        client = sign_in(group.users["Moana"])
        client.get(group.place + "sessions/")
        with CaptureQueriesContext(connection) as queries:
            client.get(group.place + "sessions/")
        return len(queries)

    before = asked()
    rename(group, "Sione", "ʻAna", "Lolohea")
    assert asked() == before


def test_both_answers_of_namesakes_are_in_table_chart_and_file(namesakes, at):
    add_to_handbook(namesakes, RATING)
    fill(namesakes, "ʻAna", "rating", {"mark": 1})
    fill(namesakes, "Sione", "rating", {"mark": 5})
    with at("2027-01-05 09:00"):
        fill(namesakes, "ʻAna", "rating", {"mark": 2})
        fill(namesakes, "Sione", "rating", {"mark": 3})
        trend = trend_of(reader_of(namesakes.users["Helen"], namesakes.fresh()), "rating")
    (mark,) = trend.questions
    assert [(dict(cell.answers), cell.talk) for cell in mark.cells] == [
        ({"'ana Lolohea": "5", "ʻAna Tupou": "1"}, True),
        ({"'ana Lolohea": "3", "ʻAna Tupou": "2"}, False),
    ]
    assert {row.label: list(row.values) for row in mark.chart.series} == {
        "'ana Lolohea": [5, 3], "ʻAna Tupou": [1, 2]
    }  # fmt: skip
    assert len(as_rows(trend)) == 5


def test_a_mail_says_which_of_them_it_comes_from(namesakes):
    add_to_handbook(namesakes, TOGETHER)
    key = str(namesakes.places["Sione"].pk)
    fill(namesakes, "Sione", "plan", {"steps": [{"_id": "aaaa0001", "step": "Read the brief", "who": key}]})
    warn_of_action(action=actions_of(namesakes.fresh()).get(), actor=namesakes.users["Sione"])
    told = Message.objects.get(kind="pairs.action_warned", email=namesakes.users["Moana"].email)
    assert "'ana Lolohea will not have done in time" in render_message(told).text


@pytest.mark.parametrize("names", [("Helen", "ʻAna")])
def test_a_step_of_a_sheet_filled_in_together_is_everybody_s_unless_its_row_names_one(group, names):
    add_to_handbook(group, TOGETHER)
    rows = [
        {"_id": "aaaa0001", "step": "Read the brief"},
        {"_id": "aaaa0002", "step": "Ask the office", "who": str(group.places["Moana"].pk)},
    ]
    fill(group, "ʻAna", "plan", {"steps": rows})
    assert {one.text: one.owner and one.owner.pk for one in actions_of(group.fresh())} == {
        "Read the brief": None,
        "Ask the office": group.member("Moana").pk,
    }


def test_in_a_pair_it_is_the_mentee_s(pair):
    class Both:
        pairing, users = pair.pairing, {"ʻAna": pair.mentee}

        @staticmethod
        def fresh():
            return pair.pairing

    add_to_handbook(Both, TOGETHER)
    fill(Both, "ʻAna", "plan", {"steps": [{"_id": "aaaa0001", "step": "Read the brief"}]})
    assert actions_of(pair.pairing).get().owner.participant_id == pair.mentee_place.pk
