"""What a coordinator sets in the worksheet designer does in a running pair what it says."""

import pytest

from pairs.domain.actions import open_actions_for
from pairs.domain.queries import get_pairing_for
from pairs.domain.reading import reader_of
from pairs.domain.sheets import add_sheet
from pairs.domain.trends import trend_of
from pairs.models import Output
from templates_app.domain.responses import answers_of
from tests.pairs.filling import send, write
from tests.programmes.designing.conftest import Designer


class At(Designer):
    """The designer of a pair's own handbook."""

    def __init__(self, pair, sign_in):
        self.pair = pair
        super().__init__(sign_in(pair.coordinator), pair)

    def url(self, rest: str = "") -> str:
        return self.pair.url(f"programmes/e-mentoring/handbook/worksheets/{self.key}/{rest}")

    @property
    def draft(self):
        from programmes.models import WorksheetDraft

        return WorksheetDraft.objects.select_related("base", "programme__handbook").get(key=self.key)


@pytest.fixture
def at_work(pair, sign_in):
    def begin(title: str, **facts):
        return At(pair, sign_in).begin(title, **facts)

    return begin


def reader_for(pair, user):
    return reader_of(user, get_pairing_for(user, pair.pairing.pk))


def sheet_for(pair, user, designer) -> Output:
    return add_sheet(reader=reader_for(pair, user), worksheet=designer.key, actor=user)


def opened(pair, user, sign_in, output) -> str:
    answer = sign_in(user).get(pair.url(f"outputs/{output.pk}/"), follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def published(designer) -> None:
    answer = designer.publish().content.decode()
    assert "There is something to put right first" not in answer


def test_answers_worth_a_talk_are_marked_where_both_stand_side_by_side(pair, at_work):
    designer = at_work("How we are", filled_by="each")
    designer.facts(repeats="on", preset="pair", opens="both-sent")
    listens = designer.add("scale", "We listen to each other", "1-5")
    designer.change(listens, talk_values=["4", "5"], talk_apart="2", stay="1")
    assert designer.field(listens)["talk"] == {"values": [4, 5], "apart": 2}
    published(designer)
    for user, said in ((pair.mentee, 1), (pair.mentor, 3)):
        send(sheet_for(pair, user, designer), user, {listens: said})
    trend = trend_of(reader_for(pair, pair.mentee), designer.key)
    assert [cell.talk for cell in trend.questions[0].cells] == [True]


def test_a_point_that_is_not_there_is_refused_and_nothing_that_was_typed_is_lost(pair, at_work):
    designer = at_work("How we are", filled_by="each")
    listens = designer.add("scale", "We listen", "1-5")
    answer = designer.change(listens, label="We listen well", talk_values=["9"], talk_apart="0")
    assert answer.status_code == 200
    assert {"talk_values", "talk_apart"} <= set(answer.context["form"].errors)
    assert "We listen well" in answer.content.decode()
    assert "talk" not in designer.field(listens)


def test_a_table_opens_with_what_was_sent_since_the_last_report(pair, at_work, sign_in):
    wins = at_work("Small steps", filled_by="mentee")
    wins.facts(repeats="on", preset="pair")
    step, day = wins.add("text", "What"), wins.add("date", "Day")
    published(wins)

    report = at_work("My report", filled_by="mentee")
    report.facts(repeats="on", preset="pair")
    table = report.add("table", "What came about", "What\nWhen")
    report.client.post(
        report.url(f"questions/{table}.when/kind/"),
        {"kind": "date", "base": report.client.get(report.url(f"questions/{table}.when/kind/")).context["base"]},
    )
    assert report.field(f"{table}.when")["kind"] == "date"
    answer = report.change(table, **{"gather-0": f"sheet:{wins.key}/{day}"})
    assert answer.url.endswith("#gathers"), "it goes on to what each column says"
    assert report.field(table)["gathers"] == [
        {"worksheet": wins.key, "on": day, "columns": {"what": step, "when": day}}
    ]
    refused = report.change(table, **{"gather-0-what": "", "gather-0-when": ""})
    assert refused.context["form"].errors["gather-0"]
    published(report)

    send(sheet_for(pair, pair.mentee, wins), pair.mentee, {step: "Spoke up", day: "2026-11-03"})
    output = sheet_for(pair, pair.mentee, report)
    opened(pair, pair.mentee, sign_in, output)
    begun = Output.objects.select_related("response__version").get(pk=output.pk)
    assert [(row["what"], row["when"]) for row in answers_of(begun.response)[table]] == [("Spoke up", "2026-11-03")]


def test_a_column_is_never_offered_an_answer_that_cannot_stand_in_it(pair, at_work):
    wins = at_work("Small steps", filled_by="mentee")
    wins.add("scale", "How sure", "1-5")
    wins.add("date", "Day")
    published(wins)
    report = at_work("My report", filled_by="mentee")
    table = report.add("table", "What came about", "What")
    page = report.change(table, **{"gather-0": "level:milestone"})
    page = report.client.get(page.url.partition("#")[0])
    assert [key for key, _words in page.context["form"].fields["gather-0-what"].choices] == ["", "title"]
    page = report.change(table, **{"gather-0": f"sheet:{wins.key}/day"})
    page = report.client.get(report.url(f"questions/{table}/"))
    assert [key for key, _words in page.context["form"].fields["gather-0-what"].choices] == [""]


def test_nothing_is_gathered_where_two_write(pair, at_work):
    together = at_work("Our list", filled_by="together")
    table = together.add("table", "What", "What")
    assert "gather-0" not in together.client.get(together.url(f"questions/{table}/")).context["form"].fields


def test_a_jar_is_drawn_from_the_answers_of_its_layers_and_needs_no_number(pair, at_work, sign_in):
    designer = at_work("What matters", filled_by="mentee")
    rock, sand = designer.add("text", "My rock"), designer.add("text", "My sand")
    jar = designer.add("computed", "My jar")
    page = designer.change(jar, **{"layer-0": "Rocks", "layer-1": "Sand"})
    assert {"layer-0-of", "layer-1-of"} <= set(page.context["form"].errors), "a layer holds something"
    designer.change(jar, **{"layer-0": "Rocks", "layer-0-of": [rock], "layer-1": "Sand", "layer-1-of": [sand]})
    assert designer.field(jar)["layers"] == [{"label": "Rocks", "fields": [rock]}, {"label": "Sand", "fields": [sand]}]
    published(designer)
    output = write(sheet_for(pair, pair.mentee, designer), pair.mentee, {rock: "Family", sand: "Mail"})
    assert "Rocks" in opened(pair, pair.mentee, sign_in, output)


def test_ones_own_answers_of_another_sheet_stand_beside_a_question(pair, at_work, sign_in):
    first = at_work("What matters", filled_by="mentee")
    first.facts(repeats="on", preset="pair")
    rock, other = first.add("text", "My rock"), first.add("text", "My sand")
    published(first)
    second = at_work("What I will do", filled_by="mentee")
    plan = second.add("longtext", "My plan")
    answer = second.change(plan, beside_sheet=first.key)
    assert answer.url.endswith("#beside_sheet")
    assert second.field(plan)["beside_sheet"]["fields"] == [rock, other], "all of them to begin with"
    second.change(plan, beside_fields=[rock])
    published(second)
    send(sheet_for(pair, pair.mentee, first), pair.mentee, {rock: "BIG-ROCK", other: "FINE-SAND"})
    page = opened(pair, pair.mentee, sign_in, sheet_for(pair, pair.mentee, second))
    assert "BIG-ROCK" in page
    assert "FINE-SAND" not in page


def test_only_rows_in_which_a_column_is_answered_become_actions(pair, at_work):
    designer = at_work("Ideas", filled_by="mentee")
    table = designer.add("table", "Ideas", "Idea\nNext step")
    page = designer.change(table, actions_when="idea")
    assert page.context["form"].errors["actions_column"]
    designer.change(table, actions_when="idea", actions_column="next_step")
    published(designer)
    send(
        sheet_for(pair, pair.mentee, designer),
        pair.mentee,
        {
            table: [
                {"_id": "aaaa0001", "next_step": "Ring her"},
                {"_id": "aaaa0002", "idea": "Shadow", "next_step": "Ask"},
            ]
        },
    )
    assert [one.text for one in open_actions_for(reader_for(pair, pair.mentee))] == ["Ask"]
