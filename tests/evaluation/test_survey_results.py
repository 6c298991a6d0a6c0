"""What came back from each survey: a list, a page and a PDF, round by round; anonymous ones give figures and nothing else."""

import datetime as dt

import pytest

from evaluation.domain.exporting.files import csv_bytes
from evaluation.domain.exporting.tables import Scope
from evaluation.domain.making_exports import table_steps
from evaluation.domain.reports import FIGURES
from evaluation.domain.surveys import find_survey, get_survey, lines_of, surveys_of
from mentoring import clock
from mentoring.tenancy.scope import no_scope
from templates_app.domain.documents import kind_named
from templates_app.domain.kits import current_version, worksheet_of
from templates_app.domain.making_documents import make_due
from templates_app.models import Document, TemplateVersion
from tests.evaluation.surveying import BY_HAND, PULSE, ask_by, asked, make_anonymous, tick
from tests.evaluation.test_desk_pages import words
from tests.evaluation.world import sign_in

FIRST = dt.datetime(2027, 1, 2, 20, 0, tzinfo=dt.UTC)
SECOND = dt.datetime(2027, 3, 2, 20, 0, tzinfo=dt.UTC)
OVER = dt.datetime(2027, 4, 1, 20, 0, tzinfo=dt.UTC)
SIDES = ("mentor", "mentee")


@pytest.fixture
def three(world, pair):
    """Three pairs that are asked every two months, and have been twice."""
    world.add_pair("Willie Malas", "Aroha Parata")
    world.add_pair("Sulata Lauti", "Ravin Singh")
    return world.pairs


def go(world, **how):
    ask_by(world, BY_HAND, PULSE | how)
    tick(FIRST)
    tick(SECOND)


def answer(pair, round_, side, **given):
    with clock.at(FIRST if round_ == 1 else SECOND):
        return pair.write(asked(pair, f"pulse.{round_}", side), pair.user(side), **given)


def everybody(pairs, round_, **given):
    for pair in pairs:
        for side in SIDES:
            answer(pair, round_, side, **given)


def found(world):
    return find_survey(world.cohort, get_survey(world.cohort, "pulse"))


def page(world, user, path="surveys/pulse/", at=OVER):
    with clock.at(at), no_scope():
        return words(sign_in(user).get(world.evaluation + path).content.decode())


@pytest.mark.covers("phase1.must.13")
def test_every_survey_of_the_handbook_is_listed_with_who_answered_of_who_was_asked(world, three):
    go(world)
    everybody(three, 1, useful=4)
    answer(three[0], 2, "mentor", useful=5)
    listed = {
        one.survey.key: (one.title, one.rate.answered, one.rate.asked, one.rounds) for one in surveys_of(world.cohort)
    }
    assert listed["evaluation"][1:] == (0, 0, 0)
    assert listed["evaluation"][0] == worksheet_of(current_version(world.cohort.programme.handbook, "evaluation")).title
    assert listed["pulse"] == ("How is it going?", 7, 12, 2)
    html = page(world, world.steering, "surveys/")
    assert "7 of 12: 58 per cent" in html
    assert "2 rounds so far" in html
    assert "nobody asked yet" in html


def test_who_was_never_asked_counts_in_no_rate(world, three):
    ask_by(world, BY_HAND, PULSE)
    tick(FIRST)
    with clock.at(OVER):
        assert [one.results.total.asked for one in found(world).rounds] == [6]


@pytest.mark.covers("phase1.measure.1a", "phase1.measure.1b")
def test_each_round_has_its_own_figures_and_means_show_how_they_have_moved(world, three):
    go(world)
    everybody(three, 1, useful=2)
    everybody(three, 2, useful=5)
    with clock.at(OVER):
        came = found(world)
        means = [next(d.mean for d in one.results.distributions if d.key == "useful") for one in came.rounds]
        line = next(line for line in lines_of(came) if line.label == "The mentoring was useful to me")
    assert means == [2.0, 5.0]
    assert (line.means, line.highest) == ([2.0, 5.0], 5)
    newest, first = page(world, world.coordinator), page(world, world.coordinator, "surveys/pulse/?round=1")
    assert "What they answered in round 2" in newest
    assert "6 answers · mean 5.0 of 5" in newest
    assert "6 answers · mean 2.0 of 5" in first
    assert "How it has moved" in newest
    assert "How many answered, round by round" in newest


def test_a_round_of_few_answers_is_hidden_and_moves_no_line(world, three):
    go(world)
    everybody(three, 1, useful=2)
    for pair, side in [(three[0], "mentor"), (three[0], "mentee"), (three[1], "mentor"), (three[1], "mentee")]:
        answer(pair, 2, side, useful=5)
    with clock.at(OVER):
        came = found(world)
        hidden = next(d for d in came.rounds[1].results.distributions if d.key == "useful")
        assert (hidden.hidden, hidden.mean, hidden.counts) == (True, None, ())
        assert lines_of(came) == []
    listed = page(world, world.coordinator).split("Answered by too few ")[1]
    assert listed.startswith("Fewer than 5 are not shown, so that nobody can be recognised.")
    assert "The mentoring was useful to me 4 answers" in listed


def test_a_round_that_is_none_and_a_survey_that_is_none_are_not_found(world, three):
    go(world)
    with clock.at(OVER), no_scope():
        client = sign_in(world.coordinator)
        for path in ("surveys/pulse/?round=7", "surveys/pulse/?round=x", "surveys/nothing/"):
            assert client.get(world.evaluation + path).status_code == 404
        assert sign_in(three[0].mentor).get(world.evaluation + "surveys/").status_code == 404


# --- Words, and whose they are -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("who", "sees"), [("coordinator", True), ("admin", False), ("steering", False)])
def test_words_of_a_named_survey_are_for_coordinators_and_for_its_round(world, three, who, sees):
    go(world)
    answer(three[0], 1, "mentor", worked="CANARY of the first round")
    answer(three[0], 2, "mentor", worked="CANARY of the second round")
    html = page(world, getattr(world, who))
    assert ("CANARY of the second round" in html) is sees
    assert "CANARY of the first round" not in html


@pytest.mark.covers("phase1.tool.survey")
@pytest.mark.parametrize("who", ["coordinator", "admin", "steering"])
def test_an_anonymous_survey_shows_no_words_and_no_names_to_anybody(world, three, who):
    make_anonymous(world)
    go(world, anonymous=True)
    for pair in three:
        for side in SIDES:
            answer(pair, 1, side, useful=5, worked="CANARY words")
    html = page(world, getattr(world, who), "surveys/pulse/?round=1")
    assert "6 answers · mean 5.0 of 5" in html
    assert "This survey is anonymous" in html
    for told in ("CANARY", "Moala", "Whitcombe", "Malas", "Parata", "Lauti", "Singh"):
        assert told not in html


def test_what_was_written_without_names_stays_so_when_the_handbook_changes(world, three):
    make_anonymous(world)
    go(world, anonymous=True)
    answer(three[0], 1, "mentor", worked="CANARY words")
    versions = TemplateVersion.objects.filter(template__key="evaluation").select_related("template").order_by("number")
    open_again = versions[0].definition
    TemplateVersion(template=versions[0].template, number=9, definition=open_again).save()
    ask_by(world, BY_HAND, PULSE)
    assert "CANARY" not in page(world, world.coordinator, "surveys/pulse/?round=1")
    assert "CANARY" not in everything(world, world.coordinator)


# --- To take along -----------------------------------------------------------------------------------------------------


@pytest.mark.covers("phase1.tool.survey")
def test_each_survey_has_a_pdf_with_all_its_rounds(world, three):
    go(world)
    everybody(three, 1, useful=2, worked="The rhythm")
    everybody(three, 2, useful=5)
    with clock.at(OVER), no_scope():
        assert sign_in(world.coordinator).post(world.evaluation + "surveys/pulse/pdf/").status_code == 302
        assert sign_in(world.steering).post(world.evaluation + "surveys/pulse/pdf/").status_code == 302
        make_due(OVER, world.organisation)
    made = sorted(Document.objects.filter(kind="survey-results"), key=lambda one: one.revision.endswith(f":{FIGURES}"))
    full, figures = made
    assert {bytes(one.content)[:5] for one in (full, figures)} == {b"%PDF-"}
    with clock.at(OVER):
        told, counted = (words(kind_named("survey-results").render(one)) for one in (full, figures))
    for html in (told, counted):
        assert "6 of 6 people who were asked have answered: 100 per cent." in html
        assert "mean 2.0 of 5" in html
        assert "mean 5.0 of 5" in html
        assert "The mean of the answers in each round" in html
        assert "Moala" not in html
    assert "The rhythm" in told
    assert "The rhythm" not in counted


def everything(world, user, **narrower):
    with clock.at(OVER):
        made = {t.name: t for step in table_steps(Scope(user, world.programme, **narrower)) for t in step()}
    return csv_bytes(made["evaluation"]).decode() if "evaluation" in made else ""


@pytest.mark.covers("phase1.tool.survey")
def test_an_anonymous_survey_is_exported_as_totals_with_no_line_about_anybody(world, three):
    make_anonymous(world)
    go(world, anonymous=True)
    everybody(three, 1, useful=5, worked="CANARY words")
    for pair in three[:2]:
        for side in SIDES:
            answer(pair, 2, side, useful=1)
    table = everything(world, world.coordinator)
    assert "The mentoring was useful to me" in table
    assert "not shown" in table, "four have answered in the second round"
    for told in ("CANARY", "Moala", "Whitcombe", str(three[0].pairing.pk)):
        assert told not in table
    alone = everything(world, world.coordinator, pairing=three[0].pairing)
    assert "useful" not in alone


def test_a_named_survey_is_exported_line_by_line(world, three):
    go(world)
    answer(three[0], 1, "mentor", worked="CANARY words")
    table = everything(world, world.coordinator)
    assert "CANARY" in table
    assert "pulse.1" in table


# --- Ways there ------------------------------------------------------------------------------------------------------


def test_the_evaluation_leads_to_all_surveys_where_there_are_several(world, three):
    assert "All surveys" not in page(world, world.coordinator, "", at=FIRST)
    go(world)
    assert "All surveys" in page(world, world.coordinator, "")
    with clock.at(OVER), no_scope():
        assert sign_in(world.steering).get(world.evaluation).url == world.evaluation + "surveys/"


def test_where_nothing_is_sent_by_hand_the_evaluation_is_the_list_of_surveys(world, three):
    ask_by(world, PULSE)
    with clock.at(OVER), no_scope():
        assert sign_in(world.coordinator).get(world.evaluation).url == world.evaluation + "surveys/"
