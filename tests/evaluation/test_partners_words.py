"""Who coordinates and is a mentor too reads nothing that their own mentee was told they would not see: no words, and no figure
from which, knowing all the others, they could take them.
"""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evaluation.domain.evaluating import send_evaluation
from evaluation.domain.partners import kept_for, kept_from
from evaluation.domain.report_documents import edition_for, may_read_report_document
from evaluation.domain.reports import make_scheduled_report, request_report_pdf
from evaluation.domain.result_documents import may_read_results_document, request_results_pdf
from evaluation.domain.results import results_of, written_answers
from evaluation.domain.rhythms import Span
from evaluation.models import Theme, ThemeMark
from mentoring import clock
from mentoring.notices.models import Message
from mentoring.tenancy.models import Membership
from mentoring.tenancy.scope import no_scope, tenant_scope
from programmes.domain.roles import forget_roles
from templates_app.domain.documents import NoLongerWanted, kind_named, may_read_document
from templates_app.domain.kits import current_version, kit_of
from templates_app.models import Document, TemplateVersion
from tests.evaluation.indicating import DAY, LOOK, answered, judge_by, noted, pair_up
from tests.evaluation.indicating import SENT as DAY_SENT
from tests.evaluation.surveying import BY_HAND, PULSE, ask_by, asked, tick
from tests.evaluation.test_desk_pages import words
from tests.evaluation.test_nameless import MARKS, hand_in, people, results_page, sssc
from tests.evaluation.test_quotations import QUOTES, three
from tests.evaluation.test_quotations import answer as leave_to_quote
from tests.evaluation.test_quotations import page as survey_page
from tests.evaluation.test_results import OVER, SENT, answer
from tests.evaluation.test_survey_results import FIRST, SIDES
from tests.evaluation.test_themes import GROWTH, HOUR, codes, look, name, send
from tests.evaluation.world import PAIRED, make_world, sign_in
from tests.factories import AssignmentFactory, MembershipFactory, ProgrammeFactory, UserFactory
from tests.templates_app.paper_browser import Page

__all__ = ["sssc", "three"]
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


# --- Figures --------------------------------------------------------------------------------------------------------------


USEFUL = "The mentoring was useful to me"


def people_behind(shown: str) -> int:
    """How many answers the figure of one question is made of."""
    return int(re.search(rf"{USEFUL}.*?(\d+) answers", shown).group(1))


def test_the_figures_of_what_one_reads_singly_are_made_without_ones_own_partner(world, four):
    mentor = four[0].mentor
    before = page(world, mentor)
    response = four[0].output(kind="evaluation", side="mentee").response
    response.facts = response.facts | {"useful": 1 if response.facts["useful"] != 1 else 2}
    response.save(update_fields=["facts"])
    assert page(world, mentor) == before, "whatever the partner answers, nothing on the page is another"
    with clock.at(OVER):
        ours, all_of = (
            results_of(world.cohort, kept=kept_for(user, world.cohort)) for user in (mentor, world.steering)
        )
    assert [(one.counted, one.left_out, one.waiting) for one in (ours, all_of)] == [(7, 1, 0), (8, 0, 0)]
    assert ours.total == all_of.total, "who has answered is known to them anyway"
    assert people_behind(before) == 7
    for user in (world.coordinator, world.steering):
        assert people_behind(page(world, user)) == 8


def test_the_paper_of_all_figures_is_not_for_them_either(world, four):
    with clock.at(OVER):
        figures = request_results_pdf(cohort=world.cohort, actor=world.steering, results=results_of(world.cohort))
    readers = (world.steering, world.coordinator, four[0].mentor, four[0].mentee)
    assert [may_read_results_document(user, figures) for user in readers] == [True, True, False, False]


def survey_paper(world, user):
    with clock.at(OVER), no_scope():
        answer = sign_in(user).post(world.evaluation + "surveys/evaluation/pdf/")
    return answer.status_code, Document.objects.get(pk=answer.url.strip("/").split("/")[-1])


def test_the_paper_of_a_survey_holds_neither_words_nor_figures_of_ones_own_partner(world, four):
    mentor = four[0].mentor
    assert survey_paper(world, mentor)[0] == 302
    own, full = survey_paper(world, mentor)[1], survey_paper(world, world.coordinator)[1]
    figures = survey_paper(world, world.steering)[1]
    with clock.at(OVER):
        printed, whole = (kind_named("survey-results").render(one) for one in (own, full))
    assert "CANARY-mentee-0" in whole
    assert people_behind(words(whole)) == 8
    assert "CANARY-mentee-0" not in printed
    assert "CANARY-mentee-1" in printed
    assert people_behind(words(printed)) == 7
    assert TOLD in words(printed)
    reads = {
        user: [may_read_document(user, one) for one in (own, full, figures)] for user in (mentor, world.coordinator)
    }
    assert reads == {mentor: [True, False, False], world.coordinator: [False, True, True]}


@pytest.mark.parametrize("path", ["results/", "surveys/", "surveys/evaluation/", "themes/", "indicators/", "totals/"])
def test_people_of_other_pairs_and_coordinators_of_others_get_none_of_these_pages(world, four, path):
    atoll = make_world("atoll")
    beside = ProgrammeFactory(slug="beside", title="Beside")
    next_door = UserFactory(email="next@reef.example")
    MembershipFactory(user=next_door)
    made_coordinator(next_door, beside)
    with clock.at(OVER), no_scope():
        for user in (four[1].mentor, four[1].mentee, four[0].mentee, next_door, atoll.coordinator):
            client = sign_in(user)
            assert client.get(world.evaluation + path).status_code == 404
            if path in ("results/", "surveys/evaluation/"):
                assert client.post(world.evaluation + path + "pdf/").status_code == 404


# --- Words that may be quoted ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("others", ["quote", "no_quote"])
def test_whether_ones_own_partner_lets_their_words_be_quoted_is_not_told(world, three, others):
    world.add_pair("Fourth Reef", "Forth Reef")
    ask_by(world, BY_HAND | {"anonymous": True}, PULSE | {"anonymous": True, "quotes": QUOTES})
    tick(FIRST)
    mentor = three[0].mentor
    made_coordinator(mentor, world.programme)
    everybody = [(pair, side) for pair in world.pairs for side in SIDES]
    for place, (pair, side) in enumerate(everybody):
        leave_to_quote(pair, side, others if pair is not three[0] or side == "mentor" else "quote", f"CANARY-{place}")
    told = survey_page(world, mentor)
    response = asked(three[0], "pulse.1", "mentee").response
    response.facts = response.facts | {"may_quote": "no_quote"}
    response.save(update_fields=["facts"])
    changed = survey_page(world, mentor)
    with_words = slice(told.index("In their words"), None) if others == "quote" else slice(None)
    assert (
        told[with_words].count("left out") == changed[with_words].count("left out") == (1 if others == "quote" else 0)
    )
    assert ("In their words" in changed) is (others == "quote")
    assert "CANARY-1" not in told + changed
    assert ("CANARY-2" in told) is (others == "quote")


# --- Themes ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def themed(db):
    """Six pairs have told what each has learnt; the first one's mentor coordinates too. All six texts are marked."""
    made = make_world()
    with tenant_scope(made.organisation), clock.at(PAIRED):
        judge_by(made)
        six = pair_up(made, 6)
        for place, pair in enumerate(six):
            number = place if place < 5 else 4
            for side in SIDES:
                told = f"CANARY-{'own' if side == 'mentor' else 'other'}-{place}"
                noted(pair, "growth-in-words", at=DAY_SENT + number * HOUR, side=side, rater="self", confidence=told)
        made_coordinator(six[0].mentor, made.programme)
        yield made


def mark_all(world, user, theme="Calmer"):
    if not Theme.objects.exists():
        (_one,) = name(world, theme, path=GROWTH)
    typed = open_texts(world, user)
    for code in codes(typed):
        typed.setlist(f"marks-{code}", [str(Theme.objects.get().pk)])
    assert send(world, typed, GROWTH, user=user)[0] == 200
    return codes(typed)


def open_texts(world, user):
    return Page(look(world, GROWTH, user=user)).post().copy()


def test_texts_are_read_and_marked_without_those_of_ones_own_partner(themed):
    mentor, mentee = themed.pairs[0].mentor, "CANARY-other-0"
    shown, whole = look(themed, GROWTH, user=mentor), look(themed, GROWTH)
    read = whole.count("CANARY")
    assert mentee in whole
    assert mentee not in shown
    assert "CANARY-own-0" in shown
    assert shown.count("CANARY") == read - 1
    assert TOLD in words(shown)
    theirs = set(mark_all(themed, themed.coordinator))
    mine = set(codes(open_texts(themed, mentor)))
    assert len(theirs - mine) == 1
    (kept,) = theirs - mine
    typed = open_texts(themed, mentor)
    typed[f"had-{kept}"] = str(Theme.objects.get().pk)
    assert mentee not in send(themed, typed, GROWTH, user=mentor)[1]
    assert ThemeMark.objects.count() == len(theirs), "nobody unmarks what they do not read"


def test_themes_are_counted_for_them_without_what_their_partners_text_is_marked_with(themed):
    mentor = themed.pairs[0].mentor
    count = len(mark_all(themed, themed.coordinator))
    for path in ("themes/", "results/"):
        for user, told in ((mentor, count - 1), (themed.coordinator, count), (themed.steering, count)):
            assert f"Calmer {told} None" in words(look(themed, path, user=user)), (path, user)
    with clock.at(LOOK):
        papers = [
            request_results_pdf(
                cohort=themed.cohort, actor=user, results=results_of(themed.cohort, kept=kept_for(user, themed.cohort))
            )
            for user in (mentor, themed.steering)
        ]
        printed = [words(kind_named("evaluation-results").render(one)) for one in papers]
    assert f"Calmer {count - 1} None" in printed[0]
    assert f"Calmer {count} None" in printed[1]
    assert not may_read_results_document(mentor, papers[1])


# --- Indicators, and the reports made of them -----------------------------------------------------------------------------


@pytest.fixture
def judged(db):
    """Six mentees have said how satisfied they are, on sheets that coordinators read one by one."""
    made = make_world()
    with tenant_scope(made.organisation), clock.at(PAIRED):
        judge_by(made)
        before = current_version(made.programme.handbook, "success-mentee")
        readers = {"readers": {"preset": "author-coordinator"}, "alert": None}
        TemplateVersion(
            template=before.template, number=before.number + 1, definition=before.definition | readers
        ).save()
        for place, pair in enumerate(pair_up(made, 6)):
            said = dict.fromkeys(("confidence", "initiative", "self_manage", "decision"), 1 if place == 0 else 5)
            answered(pair, "success-mentee-end", at=DAY_SENT, **said)
        made_coordinator(made.pairs[0].mentor, made.programme)
        yield made


def test_indicators_and_their_file_are_reckoned_without_ones_own_partner(judged):
    mentor = judged.pairs[0].mentor
    for path in ("indicators/", "indicators/csv/"):
        ours, whole = (look(judged, path, user=user) for user in (mentor, judged.steering))
        assert ("4.3" in whole, "4.3" in ours) == (True, False), path
        assert "5.0" in ours
    assert "is in none of these figures" in look(judged, "indicators/", user=mentor)
    assert "is in none of these figures" not in look(judged, "indicators/")


def test_a_scheduled_report_keeps_such_figures_from_them_on_its_page_in_its_paper_and_in_the_letter(judged):
    mentor, shape = judged.pairs[0].mentor, kit_of(judged.programme.handbook).reports
    effectiveness = next(one for one in shape if one.about == "effectiveness")
    with clock.at(LOOK):
        span = Span(LOOK.date() - 90 * DAY, LOOK.date() - DAY, "2027-Q2")
        report = make_scheduled_report(cohort=judged.cohort, scheduled=effectiveness, span=span, now=LOOK)
    told = {}
    for user in (mentor, judged.coordinator, judged.steering):
        with clock.at(LOOK), no_scope():
            told[user] = sign_in(user).get(judged.url(f"reports/{report.pk}/")).content.decode()
    assert ["4.3" in told[user] for user in (mentor, judged.coordinator, judged.steering)] == [False, True, True]
    assert "your own mentoring partner" in told[mentor]
    with clock.at(LOOK):
        own, whole = (
            request_report_pdf(report=report, edition=edition_for(user, report), actor=user)
            for user in (mentor, judged.steering)
        )
        assert ["4.3" in kind_named("report").render(one) for one in (own, whole)] == [False, True]
    reads = [may_read_report_document(user, one) for user in (mentor, judged.steering) for one in (own, whole)]
    assert reads == [True, False, False, True]
    letters = Message.objects.filter(kind="evaluation.scheduled_report")
    lines = {one.recipient: {line["title"] for line in one.context["lines"]} for one in letters}
    kept = {
        measure["title"]
        for part in report.figures["parts"]
        for measure in part["measures"]
        if measure["tells_of_partners"]
    }
    assert kept & lines[judged.coordinator]
    assert not kept & lines[mentor]
