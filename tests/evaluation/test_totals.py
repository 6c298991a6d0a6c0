"""Totals of a period: rematches, help given early and early ends by their reasons, and the report that opens with them."""

import datetime as dt
from dataclasses import replace
from unittest.mock import patch

import pytest

from evaluation.domain.period_reports import themes
from evaluation.domain.totals import (
    Counted,
    NotWholeMonths,
    Period,
    counted_in,
    totals_for,
    totals_of,
    whole_months,
)
from mentoring import clock
from pairs.domain.ending import complete_pairing, dissolve_pairing
from pairs.domain.reading import right_to
from pairs.domain.receiving import receive_outputs
from pairs.enums import Right
from pairs.models import Pairing
from programmes.domain.issues import answer_issue, raise_issue
from programmes.domain.sheet_owner import sheet_owner
from programmes.domain.sheets import get_sheet_for
from programmes.models import Sheet
from templates_app.domain.kits import current_version
from templates_app.domain.responses import answers_of, save_draft, submit_response
from tests.factories import AssignmentFactory, MembershipFactory, ParticipantFactory, UserFactory
from tests.pairs.conftest import PAIRED, begin_pair
from tests.pairs.filling import change_sheet, send
from tests.pairs.test_every_kit import pair_of
from tests.pairs.test_promises_of_handbooks import reader, send_whole, sheet

DAY = dt.timedelta(days=1)
NOVEMBER = Period(dt.date(2026, 11, 1), dt.date(2026, 11, 30), "UTC")
DECEMBER = Period(dt.date(2026, 12, 1), dt.date(2026, 12, 31), "UTC")
BY_CHOICE = {"date": "2026-11-12", "kind": "early_choice", "rematch": "no"}


@pytest.fixture
def sssc(db):
    with pair_of("sssc") as pair:
        yield pair


def totals(pair, period: Period = NOVEMBER) -> dict[str, int]:
    return {one.key: one.value for one in totals_of(pair.pairing.cohort, period)}


def grounds(pair, user, period: Period = NOVEMBER) -> dict[str, int]:
    found = [one for one in counted_in(pair.pairing.cohort, period, user) if one.key == "grounds"]
    return {label: count for one in found for label, count in one.counts if count}


def someone(pair, side: str, name: str):
    user = UserFactory(given_name=name, family_name="Far", email=f"{name.lower()}@reef.example")
    return ParticipantFactory(cohort=pair.pairing.cohort, membership=MembershipFactory(user=user), side=side)


def paired(pair, mentor, mentee) -> Pairing:
    for place in (mentor, mentee):
        place.cohort = pair.pairing.cohort
    return begin_pair(cohort=pair.pairing.cohort, mentor=mentor, mentee=mentee, actor=pair.coordinator)


def place(pair, name: str) -> str:
    cohort = pair.pairing.cohort
    return pair.url(f"evaluation/{cohort.programme.slug}/{cohort.slug}/totals/{name}")


@pytest.mark.covers("sssc.must.73")
def test_rematches_help_and_early_ends_are_totalled_by_period(sssc):
    before = {"pairs": 1, "sessions": 0, "trained": 0, "ended": 0, "ended-early": 0, "rematches": 0, "helped": 0}
    assert totals(sssc) == before
    with clock.at(PAIRED + 2 * DAY):
        row = send_whole(sssc, sheet(sssc, sssc.mentee, "breakdown"), sssc.mentee)
        assert totals(sssc)["helped"] == 0, "asked is not given"
    with clock.at(PAIRED + 3 * DAY):
        receive_outputs(reader=reader(sssc, sssc.coordinator), outputs=[row], actor=sssc.coordinator)
        issue = raise_issue(person=sssc.mentor_place, kind="help", text="A word", actor=sssc.mentor)
        answer_issue(issue=issue, text="And another", actor=sssc.mentor)
        assert totals(sssc)["helped"] == 1
        answer_issue(issue=issue, text="Let us talk", actor=sssc.coordinator)
        assert totals(sssc)["helped"] == 2
    with clock.at(PAIRED + 10 * DAY):
        dissolve_pairing(pairing=sssc.pairing, actor=sssc.mentee)
    with clock.at(PAIRED + 40 * DAY):
        again = paired(sssc, someone(sssc, "mentor", "Hugo"), sssc.mentee_place)
        other = paired(sssc, sssc.mentor_place, someone(sssc, "mentee", "Zoe"))
        complete_pairing(pairing=other, actor=sssc.coordinator)
    assert totals(sssc) == before | {"helped": 2, "ended": 1, "ended-early": 1}
    assert totals(sssc, DECEMBER) == before | {"pairs": 2, "ended": 1, "rematches": 1}
    assert Pairing.objects.get(pk=again.pk).is_active


@pytest.mark.covers("sssc.must.44", "sssc.must.73")
def test_reasons_of_early_ends_are_neutral_for_the_coordinator_alone_and_counted_without_names(sssc, sign_in):
    with clock.at(PAIRED + 10 * DAY):
        dissolve_pairing(pairing=sssc.pairing, actor=sssc.mentee)
        rows = {side: sssc.output(worksheet="end", moment="ended-early", side=side) for side in ("mentor", "mentee")}
        why = {"grounds": ["time", "match"], "reason": "CANARY-WHY"}
        rows["mentee"] = send(rows["mentee"], sssc.mentee, BY_CHOICE | why)
        rows["mentor"] = send(rows["mentor"], sssc.mentor, BY_CHOICE | {"grounds": ["time"]})
    for row in rows.values():
        assert right_to(sssc.coordinator, row) is Right.READ
    assert right_to(sssc.mentor, rows["mentee"]) < Right.READ
    assert right_to(sssc.mentee, rows["mentor"]) < Right.READ
    expected = {"Time, or other duties": 1, "The two of us were not the right match": 1}
    assert grounds(sssc, sssc.coordinator) == expected, "a pair counts once for each reason"
    assert grounds(sssc, sssc.coordinator, DECEMBER) == {}
    page = sign_in(sssc.coordinator).get(place(sssc, ""), {"first": "2026-11-01", "last": "2026-11-30"})
    shown = page.content.decode()
    assert "Time, or other duties" in shown
    for told in (sssc.mentee.name, sssc.mentor.name, sssc.mentee.family_name, "CANARY"):
        assert told not in shown


@pytest.mark.covers("sssc.must.44")
@pytest.mark.parametrize("role", ["admin", "steering", "mentor"])
def test_nobody_else_sees_reasons_be_it_counted(sssc, sign_in, role):
    with clock.at(PAIRED + 10 * DAY):
        dissolve_pairing(pairing=sssc.pairing, actor=sssc.mentee)
        row = sssc.output(worksheet="end", moment="ended-early", side="mentee")
        send(row, sssc.mentee, BY_CHOICE | {"grounds": ["match"]})
    user = sssc.mentor if role == "mentor" else UserFactory(email=f"{role}@reef.example")
    if role != "mentor":
        membership = MembershipFactory(user=user, is_admin=role == "admin")
        if role == "steering":
            AssignmentFactory(programme=sssc.pairing.cohort.programme, membership=membership, role="steering")
    assert grounds(sssc, user) == {}
    answer = sign_in(user).get(place(sssc, ""))
    assert answer.status_code == (404 if role == "mentor" else 200)
    assert "The two of us were not the right match" not in answer.content.decode()
    assert sign_in(user).get(sssc.url(f"outputs/{row.pk}/read/")).status_code == 404


def test_reasons_told_before_they_were_counted_stay_uncounted(sssc):
    definition = current_version(sssc.pairing.cohort.programme.handbook, "end").definition
    change_sheet(sssc.pairing, "end", sections=[_uncounted(one) for one in definition["sections"]])
    with clock.at(PAIRED + 10 * DAY):
        dissolve_pairing(pairing=sssc.pairing, actor=sssc.mentee)
        row = sssc.output(worksheet="end", moment="ended-early", side="mentee")
        send(row, sssc.mentee, BY_CHOICE | {"grounds": ["match"]})
    change_sheet(sssc.pairing, "end", sections=definition["sections"])
    assert grounds(sssc, sssc.coordinator) == {}
    with clock.at(PAIRED + 11 * DAY):
        row = sssc.output(worksheet="end", moment="ended-early", side="mentor")
        send(row, sssc.mentor, BY_CHOICE | {"grounds": ["time"]})
    assert grounds(sssc, sssc.coordinator) == {"Time, or other duties": 1}


def _uncounted(section: dict) -> dict:
    return section | {"fields": [one | {"totalled": False} for one in section["fields"]]}


def test_a_coordinator_who_was_one_of_the_pair_counts_none_of_its_reasons(sssc):
    with clock.at(PAIRED + 10 * DAY):
        dissolve_pairing(pairing=sssc.pairing, actor=sssc.mentee)
        row = sssc.output(worksheet="end", moment="ended-early", side="mentee")
        send(row, sssc.mentee, BY_CHOICE | {"grounds": ["match"]})
    AssignmentFactory(programme=sssc.pairing.cohort.programme, membership=sssc.mentor_place.membership)
    assert grounds(sssc, sssc.mentor) == {}


@pytest.mark.covers("sssc.must.56")
def test_a_report_opens_with_the_numbers_of_its_period_and_goes_to_the_steering_group_without_names(sssc, sign_in):
    with clock.at(PAIRED + 10 * DAY):
        dissolve_pairing(pairing=sssc.pairing, actor=sssc.mentee)
    client = sign_in(sssc.coordinator)
    answer = client.post(place(sssc, "report/"), {"first": "2026-11-01", "last": "2026-11-30"})
    assert answer.status_code == 302
    kept = answers_of(Sheet.objects.get().response)
    assert {key: kept[key] for key in ("from", "to", "relationships", "meetings", "endings", "endings_early")} == {
        "from": "2026-11-01", "to": "2026-11-30", "relationships": 1, "meetings": 0, "endings": 1, "endings_early": 1,
    }  # fmt: skip
    assert (kept["rematches"], kept["helped"], kept["trained"]) == (0, 0, 0)
    page = client.get(answer["Location"]).content.decode()
    assert 'value="1"' in page
    for told in (sssc.mentee.name, sssc.mentor.name):
        assert told not in page
    client.post(place(sssc, "report/"), {"first": "2026-12-01", "last": "2026-12-31"})
    (again,) = Sheet.objects.all()
    assert answers_of(again.response)["endings"] == 0, "the one that is being written counts anew"
    sheet_found = get_sheet_for(sssc.coordinator, again.pk)
    owner = sheet_owner(sheet_found, sssc.coordinator)
    submit_response(
        response=sheet_found.response,
        actor=sssc.coordinator,
        answers={**answers_of(sheet_found.response), "outcomes": "CANARY-OUTCOME"},
        revision=sheet_found.response.revision,
        context=owner.context,
        then=owner.on_submitted,
    )
    steering = UserFactory(email="steering@reef.example")
    programme = sssc.pairing.cohort.programme
    AssignmentFactory(programme=programme, membership=MembershipFactory(user=steering), role="steering")
    read = sign_in(steering).get(sssc.url(f"worksheets/{again.pk}/read/")).content.decode()
    assert "CANARY-OUTCOME" in read
    assert "Relationships that ended" in read
    for told in (sssc.mentee.name, sssc.mentor.name):
        assert told not in read
    assert sign_in(sssc.mentee).get(sssc.url(f"worksheets/{again.pk}/read/")).status_code == 404


def test_counting_anew_leaves_words_that_somebody_has_written_and_says_so(sssc, sign_in):
    client = sign_in(sssc.coordinator)
    client.post(place(sssc, "report/"), {"first": "2026-11-01", "last": "2026-11-30"})
    row = get_sheet_for(sssc.coordinator, Sheet.objects.get().pk)
    own = {**answers_of(row.response), "themes": "MY OWN THEME"}
    context = sheet_owner(row, sssc.coordinator).context
    save_draft(
        response=row.response, actor=sssc.coordinator, answers=own, revision=row.response.revision, context=context
    )
    with patch("evaluation.domain.period_reports.themes", return_value="What was behind it? Time (5)"):
        answer = client.post(place(sssc, "report/"), {"first": "2026-12-01", "last": "2026-12-31"}, follow=True)
    kept = answers_of(Sheet.objects.get().response)
    assert (kept["themes"], kept["from"]) == ("MY OWN THEME", "2026-12-01")
    assert "was kept: see whether it fits these days" in answer.content.decode()


@pytest.mark.covers("sssc.must.56")
def test_themes_are_told_only_where_enough_pairs_gave_them():
    def one(pairs: int) -> Counted:
        return Counted("grounds", "What was behind it?", "The end", pairs, [("Time", pairs), ("Work", 0)])

    assert themes([one(4)]) == ""
    assert themes([one(5)]) == "What was behind it? Time (5), Work (fewer than 5); 5 pairs answered."
    split = Counted("grounds", "What was behind it?", "The end", 6, [("Time", 5), ("Work", 1), ("Ill", 0)])
    told = "What was behind it? Time (5), Work (fewer than 5), Ill (fewer than 5); 6 pairs answered."
    assert themes([split]) == told, "neither that one pair gave it, nor that none did"


FOR_EVER = {"first": "2026-01-01", "last": "9999-12-31"}
FROM_THE_FIRST = {"first": "0001-01-01", "last": "2026-12-31"}


@pytest.mark.parametrize(
    "asked",
    [{"first": "2026-12-01", "last": "2026-11-01"}, {"first": "x", "last": ""}, FOR_EVER, FROM_THE_FIRST],
)
def test_days_that_make_no_period_are_refused_with_a_word(sssc, sign_in, asked):
    client = sign_in(sssc.coordinator)
    assert client.get(place(sssc, ""), asked).status_code == 422
    answer = client.post(place(sssc, "report/"), asked)
    assert (answer.status_code, Sheet.objects.count()) == (302, 0)
    assert client.get(answer["Location"]).status_code == 422


# --- For those who do not coordinate ----------------------------------------------------------------------------------

JANUARY = dt.datetime(2027, 1, 15, 12, 0, tzinfo=dt.UTC)


def outsider(pair, role: str):
    """An admin, or one of the steering group."""
    user = UserFactory(email=f"{role}@reef.example")
    membership = MembershipFactory(user=user, is_admin=role == "admin")
    if role == "steering":
        AssignmentFactory(programme=pair.pairing.cohort.programme, membership=membership, role="steering")
    return user


@pytest.mark.covers("sssc.must.73")
@pytest.mark.parametrize("role", ["admin", "steering"])
@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        ("2026-11-01", "2026-11-30", True),
        ("2026-11-01", "2026-12-31", True),
        ("2026-11-12", "2026-11-12", False),
        ("2026-11-01", "2026-11-29", False),
        ("2026-11-02", "2026-11-30", False),
        ("2027-01-01", "2027-01-31", False),
    ],
)
def test_who_does_not_coordinate_asks_for_whole_months_that_are_over(sssc, sign_in, role, first, last, shown):
    asked = {"first": first, "last": last}
    with clock.at(JANUARY):
        answer = sign_in(outsider(sssc, role)).get(place(sssc, ""), asked)
        coordinator = sign_in(sssc.coordinator).get(place(sssc, ""), asked)
    page = answer.content.decode()
    assert answer.status_code == (200 if shown else 422)
    assert ("Pairings and groups that were running" in page) is shown
    assert ("Choose whole months that are over" in page) is not shown
    assert coordinator.status_code == 200


@pytest.mark.parametrize("role", ["admin", "steering"])
def test_what_went_hard_is_told_to_coordinators_alone_while_it_is_few(sssc, sign_in, role):
    with clock.at(PAIRED + 3 * DAY):
        for number in range(4):
            issue = raise_issue(person=sssc.mentor_place, kind="help", text=f"Word {number}", actor=sssc.mentor)
            answer_issue(issue=issue, text="Let us talk", actor=sssc.coordinator)
    with clock.at(PAIRED + 10 * DAY):
        dissolve_pairing(pairing=sssc.pairing, actor=sssc.mentee)
    user = outsider(sssc, role)
    with clock.at(JANUARY):
        seen = {one.key: one.value for one in totals_for(user, sssc.pairing.cohort, NOVEMBER)}
        titles = {one.key: one.title for one in totals_for(user, sssc.pairing.cohort, NOVEMBER)}
        page = sign_in(user).get(place(sssc, ""), {"first": "2026-11-01", "last": "2026-11-30"}).content.decode()
        assert [totals(sssc)[key] for key in ("helped", "ended-early", "rematches")] == [4, 1, 0]
        assert totals_for(sssc.coordinator, sssc.pairing.cohort, NOVEMBER) == totals_of(sssc.pairing.cohort, NOVEMBER)
        with pytest.raises(NotWholeMonths):
            totals_for(user, sssc.pairing.cohort, replace(NOVEMBER, last=dt.date(2026, 11, 12)))
    hidden = {"helped": None, "ended-early": None, "rematches": None}
    assert seen == {"pairs": 1, "sessions": 0, "trained": 0, "ended": 1} | hidden
    assert titles["ended-early"] == "of these before their time", "one is not told from several by its grammar"
    assert page.count("fewer than 5") == 3
    with clock.at(PAIRED + 4 * DAY):
        issue = raise_issue(person=sssc.mentor_place, kind="help", text="Word 5", actor=sssc.mentor)
        answer_issue(issue=issue, text="Let us talk", actor=sssc.coordinator)
    with clock.at(JANUARY):
        seen = {one.key: one.value for one in totals_for(user, sssc.pairing.cohort, NOVEMBER)}
    assert (seen["helped"], seen["ended-early"]) == (5, None)


@pytest.mark.parametrize("today", [dt.date(2026, 11, 3), dt.date(2027, 1, 15), dt.date(2031, 5, 5)])
def test_the_page_opens_with_months_that_may_be_asked(sssc, sign_in, today):
    with clock.at(dt.datetime.combine(today, dt.time(12), tzinfo=dt.UTC)):
        client = sign_in(outsider(sssc, "steering"))
        answer = client.get(place(sssc, ""))
        period = answer.context["period"]
        assert answer.status_code == 200
        assert whole_months(period.first, period.last, today=today)
        again = client.get(place(sssc, ""), {"first": f"{period.first}", "last": f"{period.last}"})
        assert again.status_code == 200
