"""Who coordinates and is a mentor too reads nothing in words that their own mentee was told they would not see."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evaluation.domain.evaluating import send_evaluation
from evaluation.domain.partners import kept_from
from evaluation.domain.result_documents import may_read_results_document, request_results_pdf
from evaluation.domain.results import results_of, written_answers
from mentoring import clock
from mentoring.tenancy.models import Membership
from mentoring.tenancy.scope import no_scope
from programmes.domain.roles import forget_roles
from templates_app.domain.documents import NoLongerWanted, kind_named
from tests.evaluation.test_desk_pages import words
from tests.evaluation.test_nameless import MARKS, hand_in, people, results_page, sssc
from tests.evaluation.test_results import OVER, SENT, answer
from tests.evaluation.world import sign_in
from tests.factories import AssignmentFactory

__all__ = ["sssc"]
TOLD = "Answers of your own mentoring partner are not shown to you: 1 sheet is left out here."


def made_coordinator(user, programme) -> None:
    AssignmentFactory(programme=programme, membership=Membership.objects.get(user=user))
    forget_roles(user)


@pytest.fixture
def four(world, pair):
    """Four pairs have answered, and the first one's mentor coordinates too."""
    for number in range(3):
        world.add_pair(f"Mentee{number} Reef", f"Mentor{number} Reef")
    with clock.at(SENT):
        send_evaluation(pairings=[one.pairing for one in world.pairs], actor=world.coordinator)
    for place, one in enumerate(world.pairs):
        for side in ("mentee", "mentor"):
            answer(one, side, worked=f"CANARY-{side}-{place}")
    made_coordinator(pair.mentor, world.programme)
    return world.pairs


def page(world, user, path="results/") -> str:
    with clock.at(OVER), no_scope():
        return words(sign_in(user).get(world.evaluation + path).content.decode())


def test_the_words_of_ones_own_mentoring_partner_are_left_out_and_that_is_said(world, four):
    shown = page(world, four[0].mentor)
    assert "CANARY-mentee-0" not in shown
    assert TOLD in shown
    for there in ("CANARY-mentor-0", "CANARY-mentee-1", "CANARY-mentor-3"):
        assert there in shown
    everything = page(world, world.coordinator)
    assert "CANARY-mentee-0" in everything
    assert "left out" not in everything
    assert "CANARY-mentee-0" not in page(world, four[0].mentor, "surveys/evaluation/")


def test_a_report_with_the_words_is_not_for_the_coordinator_whose_partner_wrote_some(world, four):
    mentor = four[0].mentor
    with clock.at(OVER):
        results = results_of(world.cohort)
        full = request_results_pdf(cohort=world.cohort, actor=world.coordinator, results=results)
        own = request_results_pdf(cohort=world.cohort, actor=mentor, results=results)
        assert full.pk != own.pk
        shown = words(kind_named("evaluation-results").render(own))
        assert "CANARY-mentee-0" in kind_named("evaluation-results").render(full)
    assert "CANARY-mentee-0" not in shown
    assert "CANARY-mentee-1" in shown
    assert TOLD in shown
    reads = [may_read_results_document(user, one) for one in (full, own) for user in (world.coordinator, mentor)]
    assert reads == [True, False, False, True]


def test_a_copy_is_read_no_more_once_its_reader_has_another_partner(world, four):
    mentor = four[0].mentor
    with clock.at(OVER):
        own = request_results_pdf(cohort=world.cohort, actor=mentor, results=results_of(world.cohort))
    place = four[0].pairing.members.get(side="mentor")
    moved = four[1].pairing.members.get(side="mentor")
    moved.participant = place.participant
    moved.save(update_fields=["participant"])
    assert not may_read_results_document(mentor, own)
    with pytest.raises(NoLongerWanted):
        kind_named("evaluation-results").render(own)


def test_leaving_words_out_asks_two_queries_however_many_wrote(world, four):
    def queries() -> int:
        with (
            clock.at(OVER),
            CaptureQueriesContext(
                connection,
            ) as asked,
        ):
            written_answers(world.cohort, kept=kept_from(four[0].mentor, world.cohort))
        return len(asked)

    before = queries()
    world.add_pair("Another Reef", "More Reef")
    with clock.at(SENT):
        send_evaluation(pairings=[world.pairs[-1].pairing], actor=world.coordinator)
    answer(world.pairs[-1], "mentee", worked="CANARY")
    assert queries() == before


def test_what_is_handed_in_without_names_is_read_without_ones_own_and_only_from_enough_others(sssc, sign_in):
    hand_in(sssc.pairing, sssc.mentee, "A")
    for mark in MARKS[1:5]:
        hand_in(*people(sssc, mark), mark)
    made_coordinator(sssc.mentor, sssc.pairing.cohort.programme)
    shown = words(results_page(sign_in, sssc, sssc.mentor))
    assert "CANARY" not in shown, "four others could be told apart"
    assert "Achieved" in shown, "figures are of five"
    assert f"{TOLD} The words of the others come once there are 5 of them." in shown
    for mark in MARKS[5:]:
        hand_in(*people(sssc, mark), mark)
    shown = results_page(sign_in, sssc, sssc.mentor)
    assert "CANARY-OUTCOME-A" not in shown
    assert "CANARY-OUTCOME-B" in shown
    assert "CANARY-OUTCOME-A" in results_page(sign_in, sssc, sssc.coordinator)
