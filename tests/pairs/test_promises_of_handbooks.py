"""What the handbooks promise about single sheets, tried with the sheets as they ship."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from evaluation.domain.exporting.tables import Scope
from evaluation.domain.exports import NotAllowed, request_export
from evaluation.domain.making_exports import table_steps
from mentoring import clock
from mentoring.notices.models import Message
from mentoring.tenancy.scope import tenant_scope
from pairs.domain.output_owner import begin_response
from pairs.domain.people import people_of
from pairs.domain.queries import get_pairing_for
from pairs.domain.reading import reader_of, right_to
from pairs.domain.reminders import remind_due
from pairs.domain.sheets import add_sheet
from pairs.domain.shown import shown_sheet, side_by_side
from pairs.domain.trends import trend_of
from pairs.enums import Right
from pairs.models import Output
from programmes.domain.sheets import NotTheirs, begin_own_sheet, may_read
from programmes.models import Sheet
from templates_app.answers import AnswerContext, check, display
from templates_app.answers.sample import sample_answers
from templates_app.domain.kits import AGREEMENT_KEY, current_version, current_versions, worksheet_of
from templates_app.domain.responses import answers_of, submit_response
from templates_app.domain.sharing import share_response
from templates_app.domain.worksheet_documents import blank_sheet_html, request_worksheet_pdf
from templates_app.models import Response, TemplateVersion
from templates_app.shapes import Kind, Preset, Worksheet
from tests.factories import MembershipFactory, UserFactory
from tests.pairs.conftest import PAIRED, make_pair
from tests.pairs.filling import owner_for_reader, send, write
from tests.pairs.test_every_kit import by_the_coordinator, pair_of


def reader(pair, user):
    return reader_of(user, get_pairing_for(user, pair.pairing.pk))


def sheet(pair, user, worksheet: str) -> Output:
    return add_sheet(reader=reader(pair, user), worksheet=worksheet, actor=user)


def shape_of(pair, key: str) -> Worksheet:
    return worksheet_of(current_version(pair.pairing.cohort.programme.handbook, key))


def sent_own(pair, place, user, worksheet: str, answers: dict) -> Sheet:
    """A person's own sheet, filled in and sent."""
    row = begin_own_sheet(person=place, worksheet=worksheet, actor=user)
    context = AnswerContext(user=str(user.pk))
    submit_response(response=row.response, actor=user, answers=answers, revision=0, context=context)
    return row


def send_whole(pair, row: Output, user) -> Output:
    """Answer every question of a sheet, and send it."""
    begin_response(output=row, actor=user, people=people_of(pair.pairing))
    return send(row, user, sample_answers(worksheet_of(row.response.version), owner_for_reader(row, user).context))


@pytest.fixture
def gla(db):
    with pair_of("gla") as pair:
        yield pair


@pytest.fixture
def sssc(db):
    with pair_of("sssc") as pair:
        yield pair


# --- gla ------------------------------------------------------------------------------------------------------------


@pytest.mark.covers("gla.must.12")
def test_e_learning_is_recorded_by_whoever_took_it_and_asked_of_nobody(gla):
    row = sent_own(gla, gla.mentee_place, gla.mentee, "learning", {"intro": "2026-10-20"})
    assert row.response.facts["intro"] == "2026-10-20"
    assert may_read(row, gla.coordinator)
    assert not Output.objects.filter(worksheet="learning").exists(), "no moment calls for it, so nothing is owed"
    assert all(field.need != "must" for field in shape_of(gla, "learning").fields())
    assert not [
        one for one in gla.pairing.cohort.programme.handbook.content.get("training", []) if one.get("mandatory")
    ]


@pytest.mark.covers("gla.must.31")
def test_a_referral_says_to_whom_and_when_and_asks_nothing_about_the_person(gla):
    row = send(sheet(gla, gla.mentor, "referral"), gla.mentor, {"to": "doctor", "date": "2026-11-02"})
    assert row.response.is_submitted
    asked = {field.key: (field.kind, field.need) for field in shape_of(gla, "referral").fields()}
    assert asked == {"to": (Kind.CHOICE, "must"), "date": (Kind.DATE, "must"), "note": (Kind.TEXT, "may")}
    note = next(field for field in shape_of(gla, "referral").fields() if field.key == "note")
    assert "Nothing about the person" in note.help


@pytest.mark.covers("gla.must.32")
def test_feedback_to_each_other_opens_when_both_have_sent(gla):
    rows = {side: gla.output(worksheet="feedback", moment="review", side=side) for side in ("mentor", "mentee")}
    mine = send_whole(gla, rows["mentor"], gla.mentor)
    assert right_to(gla.mentee, mine) is Right.STATUS
    theirs = send_whole(gla, rows["mentee"], gla.mentee)
    assert right_to(gla.mentee, mine) is Right.READ
    assert right_to(gla.mentor, theirs) is Right.READ


@pytest.mark.covers("gla.must.33")
def test_cedar_shows_both_views_in_one_row_beside_each_other(gla):
    row = sheet(gla, gla.mentor, "cedar")
    views = [{"_id": "context", "given": "Reports on time", "received": "Two were late"}]
    begin_response(output=row, actor=gla.mentor, people=people_of(gla.pairing))
    for user in (gla.mentor, gla.mentee):
        assert right_to(user, row) is Right.WRITE
    (first, *_rest) = [
        answer
        for section in display(shape_of(gla, "cedar"), {"views": views}, AnswerContext())
        for answer in section.answers
        if answer.shown.rows
    ]
    assert first.shown.headings == ("Who gives the feedback", "Who receives it")
    assert [cell.shown.text for cell in first.shown.rows[0].answers] == ["Reports on time", "Two were late"]


@pytest.mark.covers("gla.must.34")
def test_what_a_pair_writes_is_read_by_the_two_and_others_see_that_it_is_done(gla, sign_in):
    admin = UserFactory(email="admin@reef.example")
    MembershipFactory(user=admin, is_admin=True)
    for key in ("conflict", "scaling", "grow", "rocking", "cedar"):  # of the pair, of one and the pair, of one alone
        row = send_whole(gla, sheet(gla, gla.mentee, key), gla.mentee)
        for user in (gla.coordinator, admin):
            assert right_to(user, row) is Right.STATUS, key
            assert sign_in(user).get(gla.url(f"outputs/{row.pk}/read/")).status_code == 404
    handbook = gla.pairing.cohort.programme.handbook
    of_pair = [one for one in map(worksheet_of, current_versions(handbook).values()) if one.belongs == "pair"]
    told = {one.key for one in of_pair if one.filled_by != "coordinator" and one.readers.preset is Preset.COORDINATOR}
    assert told - {AGREEMENT_KEY} <= {"end"}, "only the notice that it has ended is written for the team"
    assert handbook.content["agreement"]["readers"]["preset"] == "status"


@pytest.mark.covers("gla.must.48")
def test_every_tool_of_the_toolkit_prints_blank_and_a_filled_one_as_it_is(gla):
    tools = [shape for shape in reader(gla, gla.mentee).worksheets.values() if shape.tool]
    assert len(tools) > 8
    for shape in tools:
        assert shape.sections[0].fields[0].label.split("'")[0] in blank_sheet_html(shape, AnswerContext()).replace(
            "&#x27;", "'"
        )
    row = send(sheet(gla, gla.mentee, "rocking"), gla.mentee, {"fun": "Boats"})
    document = request_worksheet_pdf(owner=owner_for_reader(row, gla.mentee), actor=gla.mentee)
    assert document.subject_id == row.response_id


@pytest.mark.covers("gla.must.62", "gla.must.65")
def test_style_motives_and_mastery_stay_with_whoever_wrote_them(gla):
    mentors = {"style": {"used": "directive"}, "motivation": {}, "mastery": {"passion": "The reef"}}
    for key, answers in mentors.items():
        row = sent_own(gla, gla.mentor_place, gla.mentor, key, answers)
        for user in (gla.mentee, gla.coordinator):
            assert not may_read(row, user), key
        assert not Output.objects.filter(worksheet=key).exists(), "no page of the pair knows of it"
    assert begin_own_sheet(person=gla.mentee_place, worksheet="mastery", actor=gla.mentee).pk
    for key in ("style", "motivation"):
        with pytest.raises(NotTheirs):
            begin_own_sheet(person=gla.mentee_place, worksheet=key, actor=gla.mentee)


@pytest.mark.covers("gla.must.28")
def test_three_habits_have_their_days_a_review_and_thirty_ticks_that_are_kept_as_one_goes(gla):
    habits = shape_of(gla, "intentions")
    fields = {field.key: field for field in habits.fields()}
    for number in (1, 2, 3):
        assert (fields[f"habit{number}_date"].kind, fields[f"habit{number}_date"].need) == (Kind.DATE, "must")
        assert len(fields[f"kept{number}"].options) == 30
    assert (fields["review"].kind, fields["review"].need) == (Kind.DATE, "must")
    row = sheet(gla, gla.mentee, "intentions")
    write(row, gla.mentee, {"habit1": "I stop at seven", "habit1_date": "2026-11-02", "kept1": ["day_1"]})
    row = write(row, gla.mentee, {"kept1": ["day_1", "day_2", "day_4"]})
    kept = answers_of(Response.objects.get(pk=row.response_id))
    assert kept["kept1"] == ["day_1", "day_2", "day_4"]
    shown = {one.key: one.shown.text for part in display(habits, kept, AnswerContext()) for one in part.answers}
    assert shown["kept1_days"] == "3 of 30 days"


@pytest.mark.covers("gla.must.52")
def test_what_goes_out_of_a_programme_holds_no_record_of_a_pair_and_no_score_of_a_person(gla):
    send(sheet(gla, gla.mentee, "rocking"), gla.mentee, {"gap": "CANARY-GAP"})
    send(sheet(gla, gla.mentee, "scaling"), gla.mentee, {"question": "CANARY-SCORED", "kind": "line", "score_line": 70})
    send_whole(gla, sheet(gla, gla.mentee, "conflict"), gla.mentee)
    sent_own(gla, gla.mentor_place, gla.mentor, "style", {"used": "directive"})
    scope = Scope(gla.coordinator, gla.pairing.cohort.programme)
    tables = [table for step in table_steps(scope) for table in step()]
    assert {table.name for table in tables} >= {"people", "actions"}
    told = "\n".join(str([table.name, table.columns, table.rows]) for table in tables)
    assert "CANARY" not in told
    assert "directive" not in told
    headings = [heading.lower() for table in tables for heading in table.columns]
    assert not [heading for heading in headings if any(word in heading for word in ("score", "rating", "rank", "fit"))]
    for user in (gla.mentor, gla.mentee):
        with pytest.raises(NotAllowed):
            request_export(programme=scope.programme, kind="csv", actor=user)


# --- sssc -----------------------------------------------------------------------------------------------------------


@pytest.mark.covers("sssc.must.34")
@pytest.mark.parametrize(("rating", "asked"), [(6, True), (7, False)])
def test_a_commitment_below_seven_asks_what_would_raise_it_and_keeps_the_answer(sssc, rating, asked):
    grow = shape_of(sssc, "grow")
    answers = sample_answers(grow, AnswerContext()) | {"rating": rating, "below7": "A free afternoon"}
    kept = check(grow, answers, AnswerContext(), mode="submit").answers
    assert kept.get("below7") == ("A free afternoon" if asked else None)
    shown = [one.key for section in display(grow, answers, AnswerContext()) for one in section.answers]
    assert ("below7" in shown) is asked


@pytest.mark.covers("sssc.must.37")
def test_a_look_at_the_relationship_stays_between_the_two_comes_again_and_leads_to_help(sssc, sign_in):
    answers = {"date": "2026-11-02", "rating": 2, "less": "We keep missing each other", "help": "yes"}
    row = send(sssc.output(worksheet="relreview", moment="session-4", side="mentee"), sssc.mentee, answers)
    assert right_to(sssc.coordinator, row) is Right.STATUS
    own = send(sssc.output(worksheet="relreview", moment="session-4", side="mentor"), sssc.mentor, answers)
    assert right_to(sssc.mentor, row) is Right.READ
    assert "help" not in [
        f.key for f in shape_of(sssc, "relreview").fields() if owner_for_reader(row, sssc.mentor).may_read(f)
    ]
    assert right_to(sssc.coordinator, own) is Right.STATUS
    assert sign_in(sssc.mentee).post(sssc.url(f"outputs/{row.pk}/offers/0/")).status_code == 302
    asking = Output.objects.select_related("response").get(worksheet="breakdown")
    assert answers_of(asking.response)["issue"] == "We keep missing each other"
    assert right_to(sssc.mentor, asking) < Right.READ
    assert sheet(sssc, sssc.mentee, "relreview").moment != row.moment, "it can be repeated"


@pytest.mark.covers("sssc.must.80")
def test_how_one_learns_is_shared_by_choice_of_each_and_then_stands_side_by_side(sssc):
    rows = {}
    for side, user in (("mentor", sssc.mentor), ("mentee", sssc.mentee)):
        rows[side] = send_whole(sssc, sssc.output(worksheet="style", side=side), user)
    assert right_to(sssc.mentor, rows["mentee"]) < Right.READ
    assert right_to(sssc.mentee, rows["mentor"]) < Right.READ
    share_response(response=Response.objects.get(pk=rows["mentee"].response_id), audience="partner", actor=sssc.mentee)
    assert right_to(sssc.mentor, rows["mentee"]) is Right.READ
    assert right_to(sssc.mentee, rows["mentor"]) < Right.READ, "each chooses for themselves"
    with pytest.raises(PermissionDenied):
        share_response(
            response=Response.objects.get(pk=rows["mentor"].response_id), audience="partner", actor=sssc.mentee
        )
    both = [shown_sheet(reader(sssc, sssc.mentor), row) for row in rows.values()]
    assert all(one.may_read for one in both)
    questions = [question for part in side_by_side(both) for question in part.questions]
    assert questions
    assert all(None not in question.answers and len(question.answers) == 2 for question in questions)


@pytest.mark.covers("sssc.must.89")
def test_a_mentor_sees_their_own_checks_over_time_and_nobody_else_does(sssc, at):
    for day, often in (("2026-11-03 09:00", 2), ("2026-12-03 09:00", 4)):
        with at(day):
            answers = {"shift": [{"_id": "picture", "often": often}]}
            row = send(sheet(sssc, sssc.mentor, "behav"), sssc.mentor, answers)
    trend = trend_of(reader(sssc, sssc.mentor), "behav")
    assert trend is not None
    (moved,) = [one for one in trend.questions if one.label.startswith("I help my mentee to picture")]
    assert [cell.answers[0][1].split(" ")[0] for cell in moved.cells] == ["2", "4"]
    assert moved.chart is not None
    for user in (sssc.mentee, sssc.coordinator):
        assert trend_of(reader(sssc, user), "behav") is None
        assert right_to(user, row) < Right.READ
    share_response(response=Response.objects.get(pk=row.response_id), audience="partner", actor=sssc.mentor)
    assert right_to(sssc.mentee, row) is Right.READ


# --- caltrans -------------------------------------------------------------------------------------------------------


def checked_from_pairing(handbook) -> None:
    """The check-ups are counted from the pairing, so that no agreement has to be signed first."""
    by_the_coordinator(handbook)
    version = TemplateVersion.objects.get(template__handbook=handbook, template__key="checkup")
    (moment,) = version.definition["moments"]
    instants = {"opens": {"anchor": "pairing", "days": 1}, "due": {"anchor": "pairing", "days": 3}}
    moments = {"moments": [moment | instants]}
    TemplateVersion.objects.filter(pk=version.pk).update(definition=version.definition | moments)


@pytest.mark.covers("cal.sys.75")
def test_a_missed_checkup_is_reminded(db):
    made = make_pair(kit="caltrans", changed=checked_from_pairing)
    with tenant_scope(made.organisation), clock.at(PAIRED):
        row = made.output(worksheet="checkup", moment="round.1", side="mentee")
        others = Output.objects.exclude(worksheet="checkup")
        others.update(next_reminder_at=None)
        remind_due(row.due_at)
        assert not Message.objects.filter(kind="pairs.reminder"), "not while there is time"
        with clock.at(row.due_at + dt.timedelta(days=3)):
            remind_due(clock.now())
        told = {message.recipient for message in Message.objects.filter(kind="pairs.reminder")}
        assert made.mentee in told
