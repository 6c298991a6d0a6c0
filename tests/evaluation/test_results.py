"""What came back: rates, distributions, how the goals stand, and words for coordinators alone."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.domain.evaluating import ASKED, confirm_filled, send_evaluation
from evaluation.domain.partners import NOBODY
from evaluation.domain.result_documents import may_read_results_document, request_results_pdf
from evaluation.domain.results import results_of, written_answers
from evaluation.domain.steps import how_many_count
from mentoring import clock
from mentoring.tenancy.scope import no_scope
from pairs.domain.outputs import reopen_output
from pairs.domain.signing import give_consent
from templates_app.domain.documents import kind_named
from templates_app.domain.making_documents import make_due
from templates_app.domain.responses import reopen_response
from templates_app.models import Document
from tests.evaluation.test_desk_pages import words
from tests.evaluation.world import CONSENT, PAIRED, sign_in

SENT = PAIRED + dt.timedelta(days=160)
ANSWERED = SENT + dt.timedelta(days=2)
OVER = SENT + dt.timedelta(days=30)
"""When the time to answer is over, and all who kept to it are in the figures."""


def answer(pair, side, at=ANSWERED, **given):
    output = pair.output(kind="evaluation", moment=ASKED, side=side)
    with clock.at(at):
        return pair.write(output, pair.user(side), **given)


@pytest.fixture
def three(world, pair):
    """Three pairs that have the evaluation."""
    world.add_pair("Willie Malas", "Aroha Parata")
    world.add_pair("Sulata Lauti", "Ravin Singh")
    with clock.at(SENT):
        send_evaluation(pairings=[one.pairing for one in world.pairs], actor=world.coordinator)
    return world.pairs


def shown(results, key):
    return next(one for one in results.distributions if one.key == key)


@pytest.mark.covers("plp.sys.87")
def test_rates_say_how_many_answered_of_how_many_who_were_asked_by_side(world, three):
    answer(three[0], "mentor")
    answer(three[0], "mentee")
    answer(three[1], "mentor")
    results = results_of(world.cohort)
    assert {side: (rate.answered, rate.asked) for side, rate in results.rates.items()} == {
        "mentee": (1, 3),
        "mentor": (2, 3),
    }
    assert (results.total.answered, results.total.asked, results.total.percent) == (3, 6, 50)


@pytest.mark.covers("plp.sys.87", "phase1.must.55")
def test_answers_are_broken_down_from_the_fifth_on(world, three):
    people = [(pair, side) for pair in three for side in ("mentor", "mentee")]
    for pair, side in people[:4]:
        answer(pair, side, useful=5)
    four = shown(results_of(world.cohort), "useful")
    assert (four.hidden, four.counts, four.mean) == (True, (), None)
    answer(*people[4], useful=2)
    five = shown(results_of(world.cohort), "useful")
    assert (five.hidden, five.answered, five.mean) == (False, 5, 4.4)
    assert dict(five.counts)["Fully"] == 4


def test_what_was_taken_up_again_does_not_count(world, three):
    output = answer(three[0], "mentor", useful=5, worked="What went well")
    assert results_of(world.cohort).total.answered == 1
    assert [one.texts for one in written_answers(world.cohort, kept=NOBODY) if one.key == "worked"] == [
        ["What went well"]
    ]
    with clock.at(ANSWERED):
        reopen_response(response=output.response, actor=three[0].mentor)
        output.pairing = three[0].pairing
        reopen_output(output=output, actor=three[0].mentor)
    assert results_of(world.cohort).total.answered == 0
    told = {one.key: one.texts for one in written_answers(world.cohort, kept=NOBODY)}
    assert told["worked"] == []
    assert not any(told.values())


def test_a_form_elsewhere_gives_rates_and_nothing_else(world, pair):
    world.cohort.evaluation_url = pair.pairing.cohort.evaluation_url = "https://forms.example/"
    world.cohort.save(update_fields=["evaluation_url"])
    with clock.at(SENT):
        send_evaluation(pairings=[pair.pairing], actor=world.coordinator)
    confirm_filled(output=pair.output(kind="evaluation", moment=ASKED, side="mentor"), actor=pair.mentor)
    results = results_of(world.cohort)
    assert (results.total.answered, results.total.asked, results.outside) == (1, 2, True)
    with clock.at(ANSWERED), no_scope():
        page = sign_in(world.coordinator).get(world.evaluation + "results/").content.decode()
    assert "The form is elsewhere, and so are its answers." in page


# --- In steps --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "counted"), [(0, 0), (4, 4), (5, 5), (6, 5), (7, 5), (8, 8), (9, 8), (10, 8), (11, 11), (101, 101)]
)
def test_new_answers_count_three_at_a_time(answers, counted):
    moments = [SENT + dt.timedelta(hours=n) for n in range(answers)]
    assert how_many_count(moments, over_at=None, now=OVER) == counted
    assert how_many_count(moments, over_at=OVER + dt.timedelta(days=1), now=OVER) == counted


@pytest.mark.parametrize(("late", "counted"), [(0, 7), (1, 7), (2, 7), (3, 10), (5, 10), (6, 13)])
def test_when_the_time_is_over_all_in_time_count_and_later_ones_come_in_steps_again(late, counted):
    over_at = SENT + dt.timedelta(days=14)
    moments = [SENT + dt.timedelta(days=n) for n in range(7)] + [
        over_at + dt.timedelta(hours=n + 1) for n in range(late)
    ]
    assert how_many_count(moments, over_at=over_at, now=OVER) == counted


@given(st.lists(st.booleans(), max_size=30))
def test_no_two_looks_differ_by_less_than_three_answers(in_time):
    """Before the time is over, and after it: whoever watches every answer come in sees them in groups."""
    over_at = SENT + dt.timedelta(days=14)
    early, late = in_time.count(True), in_time.count(False)
    moments = [SENT + dt.timedelta(hours=n) for n in range(early)] + [OVER + dt.timedelta(hours=n) for n in range(late)]
    for now, looks in ((SENT, range(early + 1)), (OVER, range(early, early + late + 1))):
        seen = [how_many_count(moments[:n], over_at=over_at, now=now) for n in looks]
        shown_then = [n for n in seen if n >= 5]
        assert all(after - before in (0, *range(3, 40)) for before, after in pairwise(shown_then))


def test_whoever_looks_before_and_after_an_answer_sees_the_same_figures(world, three):
    people = [(pair, side) for pair in three for side in ("mentor", "mentee")]
    for place, (pair, side) in enumerate(people[:5]):
        answer(pair, side, at=ANSWERED + dt.timedelta(hours=place), useful=5)
    before = results_of(world.cohort)
    answer(*people[5], at=ANSWERED + dt.timedelta(days=1), useful=1)
    after = results_of(world.cohort)
    assert after.distributions == before.distributions
    assert (shown(after, "useful").answered, after.total.answered, after.waiting) == (5, 6, 1)
    with clock.at(ANSWERED + dt.timedelta(days=1)), no_scope():
        page = words(sign_in(world.steering).get(world.evaluation + "results/").content.decode())
    assert "New ones come in 3 at a time" in page
    assert "1 answer is not in the figures yet." in page
    with clock.at(OVER):
        assert shown(results_of(world.cohort), "useful").answered == 6
    with clock.at(OVER), no_scope():
        page = sign_in(world.steering).get(world.evaluation + "results/").content.decode()
    assert "not in the figures yet" not in page


# --- Words -----------------------------------------------------------------------------------------------------------


def test_words_are_listed_by_question_without_names_and_in_no_order_that_tells(world, three):
    texts = [f"What {name} said" for name in ("one", "two", "three", "four", "five", "six")]
    people = [(pair, side) for pair in three for side in ("mentor", "mentee")]
    for (pair, side), text in zip(people, texts, strict=True):
        answer(pair, side, worked=text, suggestions=f"{text}, too")
    listed = {one.key: one.texts for one in written_answers(world.cohort, kept=NOBODY)}
    assert sorted(listed["worked"]) == sorted(texts)
    worked = [texts.index(text) for text in listed["worked"]]
    suggested = [texts.index(text.removesuffix(", too")) for text in listed["suggestions"]]
    assert worked != suggested
    assert worked != sorted(worked)


@pytest.mark.parametrize(("who", "sees"), [("coordinator", True), ("admin", False), ("steering", False)])
def test_words_are_for_coordinators_alone(world, three, who, sees):
    answer(three[0], "mentor", worked="CANARY of what worked", role="mentor")
    with clock.at(ANSWERED), no_scope():
        page = sign_in(getattr(world, who)).get(world.evaluation + "results/").content.decode()
    assert ("CANARY" in page) is sees
    assert "1 of 6 people have answered: 17 per cent." in words(page)
    listed = words(page).split("Answered by too few ")[1]
    assert listed.startswith("Fewer than 5 are not shown, so that nobody can be recognised.")
    assert "I took part as 1 answer" in listed


@pytest.mark.covers("phase1.must.46")
def test_no_name_stands_among_the_results(world, three):
    for pair in three:
        answer(pair, "mentor")
        answer(pair, "mentee")
    with clock.at(ANSWERED), no_scope():
        page = sign_in(world.coordinator).get(world.evaluation + "results/").content.decode()
    body = page[page.index("<main") : page.index("</main>")]
    for name in ("Moala", "Whitcombe", "Malas", "Parata", "Lauti", "Singh"):
        assert name not in body


# --- How the goals stand ---------------------------------------------------------------------------------------------


def test_where_both_are_asked_goals_count_only_where_both_let_them_reach_the_coordinator(world, pair):
    handbook = world.cohort.programme.handbook
    handbook.content["agreement"]["consent"]["asked_of"] = "each"
    handbook.revision += 1
    handbook.save()
    pairs = [pair, *(world.add_pair(f"Mentee{n} Reef", f"Mentor{n} Reef") for n in range(5))]
    for place, one in enumerate(pairs):
        one.set_dates()
        one.hold(1, 2, 3)
        with clock.at(one.session(3).starts_at + dt.timedelta(hours=3)):
            review = {"_id": "aaaaaaaa", "goal": "other", "goal__other": "Lead", "standing": "reached", "note": "x"}
            one.write(one.output(worksheet="goal-review", moment="mid-point"), one.mentee, reviews=[review])
            for member in one.pairing.members.select_related("pairing"):
                if member.side == "mentee" or place:
                    give_consent(member=member, answers={"goals": True}, actor=one.user(member.side))
    (goals,) = results_of(world.cohort).goals
    assert (goals.answered, dict(goals.counts)["Reached"]) == (5, 5), "one mentor has not answered"


def test_goals_count_only_where_the_mentee_lets_them_reach_the_coordinator(world, pair):
    pairs = [pair, *(world.add_pair(f"Mentee{n} Reef", f"Mentor{n} Reef") for n in range(5))]
    for place, one in enumerate(pairs):
        one.set_dates()
        one.hold(1, 2, 3)
        with clock.at(one.session(3).starts_at + dt.timedelta(hours=3)):
            one.agree({**CONSENT, "goals": place != 5})
            review = {
                "_id": "aaaaaaaa",
                "goal": "other",
                "goal__other": "Lead",
                "standing": "reached",
                "note": "CANARY",
            }
            one.write(one.output(worksheet="goal-review", moment="mid-point"), one.mentee, reviews=[review])
    (goals,) = results_of(world.cohort).goals
    assert (goals.answered, dict(goals.counts)["Reached"]) == (5, 5)
    member = pair.pairing.members.select_related("pairing").get(side="mentee")
    with clock.at(SENT):
        give_consent(member=member, answers={"goals": False}, actor=pair.mentee)
    (hidden,) = results_of(world.cohort).goals
    assert (hidden.hidden, hidden.counts) == (True, ())


# --- The report over the cohort --------------------------------------------------------------------------------------


@pytest.mark.covers("plp.sys.87")
def test_the_coordinator_produces_a_report_over_the_cohort(world, three):
    for pair in three:
        answer(pair, "mentor", useful=5, worked="The rhythm")
        answer(pair, "mentee", useful=4, worked="The rhythm")
    with clock.at(OVER), no_scope():
        answered = sign_in(world.coordinator).post(world.evaluation + "results/pdf/")
        assert answered.status_code == 302
        make_due(OVER, world.organisation)
    document = Document.objects.get(kind="evaluation-results")
    assert (document.state, bytes(document.content)[:5]) == ("done", b"%PDF-")
    with clock.at(OVER):
        html = words(kind_named("evaluation-results").render(document))
    assert "6 of 6 people who were asked have answered: 100 per cent." in html
    assert "6 answers · mean 4.5 of 5" in html
    assert "The rhythm" in html
    assert "ʻAna Moala · Helen Whitcombe" in html
    assert answered.url == world.url(f"documents/{document.pk}/")


def test_few_words_stay_out_of_what_can_be_passed_on(world, three):
    answer(three[0], "mentor", worked="CANARY alone")
    document = request_results_pdf(cohort=world.cohort, actor=world.coordinator, results=results_of(world.cohort))
    html = words(kind_named("evaluation-results").render(document))
    assert "CANARY" not in html
    assert "fewer than 5 people wrote something" in html


def test_others_get_a_report_of_figures(world, three):
    for pair in three:
        answer(pair, "mentor", worked="CANARY words")
        answer(pair, "mentee", worked="CANARY words")
    full = request_results_pdf(cohort=world.cohort, actor=world.coordinator, results=results_of(world.cohort))
    figures = request_results_pdf(cohort=world.cohort, actor=world.steering, results=results_of(world.cohort))
    assert full.pk != figures.pk
    html = kind_named("evaluation-results").render(figures)
    assert "CANARY" not in html
    assert "Moala" not in html
    assert "The mentoring was useful to me" in html
    reads = {
        who: may_read_results_document(getattr(world, who), full)
        for who in ("coordinator", "admin", "steering", "lead")
    }
    assert reads == {"coordinator": True, "admin": False, "steering": False, "lead": False}
    reads = {
        who: may_read_results_document(getattr(world, who), figures)
        for who in ("coordinator", "admin", "steering", "lead")
    }
    assert reads == {"coordinator": True, "admin": True, "steering": True, "lead": False}
    assert not may_read_results_document(world.pairs[0].mentor, figures)


def test_the_same_results_are_printed_once_and_new_ones_anew(world, three):
    def ask():
        with clock.at(ANSWERED):
            return request_results_pdf(
                cohort=world.cohort, actor=world.coordinator, results=results_of(world.cohort)
            ).pk

    first = ask()
    assert ask() == first
    answer(three[0], "mentor")
    assert ask() != first


def test_before_it_is_sent_the_page_says_what_will_be_here(world):
    with no_scope():
        page = sign_in(world.coordinator).get(world.evaluation + "results/").content.decode()
    assert "Nothing has been sent yet" in page
