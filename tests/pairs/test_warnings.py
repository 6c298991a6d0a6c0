"""What worksheets of a pair remark, prefill and offer, by HTTP and by the engine's own words."""

import pytest

from pairs.domain.output_owner import begin_response, owner_of
from pairs.domain.people import people_of
from pairs.domain.queries import get_output_for
from pairs.domain.sessions import hold_session
from pairs.enums import Right
from templates_app.answers import check
from templates_app.domain.kits import worksheet_of
from templates_app.domain.responses import answers_of
from tests.pairs.filling import GOAL, LOG, send
from tests.pairs.test_pages import as_  # noqa: F401 - a fixture
from tests.pairs.test_schedule import save, six


def owner(pair, output, user):
    begin_response(output=output, actor=user, people=people_of(pair.pairing))
    return owner_of(*get_output_for(user, output.pk, Right.READ))


@pytest.mark.covers("plp.sys.33")
@pytest.mark.parametrize(("due", "remarked"), [("2027-03-01", False), ("2027-05-01", True), ("2026-10-01", True)])
def test_a_goals_date_outside_the_cycle_is_remarked_and_accepted(pair, due, remarked):
    found = owner(pair, pair.output(worksheet="goals"), pair.mentee)
    checked = check(
        worksheet_of(found.response.version), {"goals": [GOAL | {"due": due}]}, found.context, mode="submit"
    )
    assert checked.ok
    assert ("goals.0.due" in checked.warnings) is remarked


@pytest.mark.covers("plp.sys.32")
def test_four_sources_of_goals_and_five_marks_of_a_good_one_can_be_ticked(pair):
    found = owner(pair, pair.output(worksheet="goals"), pair.mentee)
    fields = {field.key: field for field in worksheet_of(found.response.version).fields()}
    assert len(fields["inputs"].items) == 4
    smart = next(part for part in fields["goals"].fields if part.key == "smart")
    assert [item.label for item in smart.items] == [
        "Specific",
        "Measurable",
        "Action oriented",
        "Realistic",
        "Time-bound",
    ]


@pytest.mark.covers("plp.sys.50")
def test_the_assessment_knows_who_fills_it_in_and_takes_any_number_of_rows(pair, at):
    save(pair, six())
    with at("2026-12-10 20:00", "Pacific/Apia"):
        hold_session(session=pair.session(2), actor=pair.mentee)
        output = pair.output(worksheet="capacity")
        found = owner(pair, output, pair.mentee)
        answers = answers_of(found.response)
        assert (answers["name"], answers["designation"], answers["organization"]) == (
            "ʻAna Tupou",
            "EIA Officer",
            "Ministry of Works",
        )
        assert answers["date"] == "2026-12-10"
        rows = [{"_id": f"{n:08x}", "gap": f"gap {n}", "action": f"action {n}"} for n in range(25)]
        sent = send(output, pair.mentee, {"mode": "joined", "goals": "x", "gaps": rows})
        assert len(answers_of(sent.response)["gaps"]) == 25


@pytest.mark.covers("plp.sys.81", "plp.sys.61")
def test_after_session_six_each_is_invited_to_write_a_log_within_three_days_and_nobody_is_chased(pair, at, as_):  # noqa: F811
    save(pair, six())
    last = six()[6].astimezone(six()[6].tzinfo)
    with at(f"{last:%Y-%m-%d} 12:00", "Pacific/Apia"):
        hold_session(session=pair.session(6), actor=pair.mentee)
        log = pair.output(worksheet="learning-log", moment="session-6", side="mentee")
        assert (log.required, log.next_reminder_at) == (False, None)
        assert (log.due_at - log.opens_at).days == 3
        page = as_(pair.mentee).get(pair.place + f"sessions/{pair.session(6).pk}/")
        assert "Learning log · Session 6" in page
        sent = send(log, pair.mentee, LOG)
        assert "CANARY-ISSUES" in as_(pair.mentor).get(pair.url(f"outputs/{sent.pk}/read/"))


@pytest.mark.covers("plp.sys.104")
def test_how_the_partner_learns_stands_on_ones_home(pair, as_):  # noqa: F811
    pair.mentor_place.learning_style = "CANARY-BY-DOING"
    pair.mentor_place.save(update_fields=["learning_style"])
    send(pair.output(worksheet="learning-style", side="mentor"), pair.mentor, {"in_words": "CANARY-EXAMPLES"})
    page = as_(pair.mentee).get(pair.url("mentoring/"))
    assert "How Helen likes to learn" in page
    assert "CANARY-BY-DOING" in page
    assert "CANARY-EXAMPLES" in page


def test_what_is_offered_without_a_date_is_suggested_for_a_while_only(pair, at, as_):  # noqa: F811
    from pairs.domain.ending import dissolve_pairing

    dissolve_pairing(pairing=pair.pairing, actor=pair.mentor)
    assert "A short close" in as_(pair.mentee).get(pair.url("mentoring/")).split("Your documents")[0]
    with at("2026-11-25 12:00"):
        assert "A short close" in as_(pair.mentee).get(pair.url("mentoring/")).split("Your documents")[0]
    with at("2027-02-01 12:00"):
        assert "If you like" not in as_(pair.mentee).get(pair.url("mentoring/")).split("The road")[0]
