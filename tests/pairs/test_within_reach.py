"""What stands beside a check-up: articles, other sheets, and what is known of the pair already."""

from html import unescape

import pytest

from mentoring import clock
from mentoring.tenancy.scope import tenant_scope
from pairs.domain.sessions import hold_session
from pairs.models import Output
from templates_app.answers import AnswerContext
from templates_app.domain.kits import current_versions, worksheet_of
from templates_app.domain.responses import answers_of
from templates_app.domain.worksheet_documents import blank_sheet_html, worksheet_html
from tests.pairs.conftest import make_pair
from tests.pairs.filling import owner_for_reader, send, write
from tests.pairs.test_every_kit import by_the_coordinator, pair_of
from tests.pairs.test_schedule import save, six


def checkup(pair, side: str = "mentee") -> Output:
    """A check-up that is due now, as the months bring it."""
    member = pair.pairing.members.get(side=side)
    return Output.objects.create(
        pairing=pair.pairing, kind="worksheet", worksheet="checkup", moment="round", title="Checkup", member=member,
        opens_at=clock.now(),
    )  # fmt: skip


@pytest.mark.covers("cal.sys.71")
def test_months_and_hours_are_put_in_from_the_start_and_the_sessions_and_can_be_changed(db, at):
    with pair_of("caltrans") as pair:
        save(pair, six())
        with at("2026-11-12 11:00", "Pacific/Apia"):
            hold_session(session=pair.session(1), actor=pair.mentee, minutes=90)
        with at("2027-01-02 12:00", "Pacific/Apia"):
            row = write(checkup(pair), pair.mentee, {})
            assert {key: answers_of(row.response)[key] for key in ("months", "hours")} == {"months": 1, "hours": 1.5}
            row = write(row, pair.mentee, {"hours": 4})
            assert answers_of(row.response)["hours"] == 4
        with at("2027-01-03 12:00", "Pacific/Apia"):
            second = write(checkup(pair, "mentor"), pair.mentor, {})
            assert answers_of(second.response)["months"] == 2


@pytest.mark.covers("cal.sys.71", "cal.sys.72", "cal.sys.77", "cal.sys.78")
def test_a_checkup_has_its_words_its_numbers_its_guides_and_the_other_sheets_in_reach(db, sign_in):
    with pair_of("caltrans") as pair:
        row = checkup(pair)
        page = sign_in(pair.mentee).get(pair.url(f"outputs/{row.pk}/")).content.decode()
        assert "How many months have I been meeting my mentor?" in page
        for number, words in enumerate(("Strongly agree", "Agree", "Neither", "Disagree", "Strongly disagree"), 1):
            assert f"{number} – {words}" in page
        for address in ("review", "mentee-review", "feedback"):
            assert f"{pair.place}worksheets/{address}/" in page
        for article in ("toxic-behaviours", "checkup-talk"):
            assert f"/articles/{article}/" in page
        mentor = sign_in(pair.mentor).get(pair.url(f"outputs/{checkup(pair, 'mentor').pk}/")).content.decode()
        assert "How many months have I been meeting my mentee?" in mentor
        assert f"{pair.place}worksheets/mentee-review/" not in mentor, "the five questions are the mentee's alone"


@pytest.mark.covers("cal.sys.34")
def test_tips_and_examples_stand_beside_the_goals(db, sign_in):
    with pair_of("caltrans") as pair:
        row = Output.objects.filter(worksheet="goals").first()
        assert row is not None
        page = sign_in(pair.mentee).get(pair.url(f"outputs/{row.pk}/")).content.decode()
        assert page.index("/articles/goal-examples/") < page.index('id="worksheet"')
        assert "/articles/writing-goals/" in page


@pytest.mark.covers("cal.sys.36")
def test_every_worksheet_prints_empty_and_a_filled_one_as_it_stands(db):
    with pair_of("caltrans") as pair:
        for version in current_versions(pair.pairing.cohort.programme.handbook).values():
            sheet = worksheet_of(version)
            assert sheet.title in unescape(blank_sheet_html(sheet, AnswerContext()))
        row = Output.objects.filter(worksheet="feedback", member__side="mentee").first()
        row = send(row, pair.mentee, {"helps": "Your patience"})
        assert "Your patience" in worksheet_html(owner_for_reader(row, pair.mentor))


@pytest.mark.covers("gla.must.47")
def test_the_library_holds_agreement_tools_material_and_courses_each_at_its_stage(db, sign_in):
    def linked(handbook) -> None:
        by_the_coordinator(handbook)
        (course,) = [one for one in handbook.content["resources"] if one["key"] == "introduction-to-mentoring"]
        course["url"] = "https://learning.example/introduction"

    pair = make_pair(kit="gla", changed=linked)
    with tenant_scope(pair.organisation):
        client, here = sign_in(pair.mentee), pair.url("guidance/e-mentoring/resources/")
        links = {
            "agreement": pair.url("guidance/e-mentoring/agreement/") + '">Mentoring Agreement<',
            "course": 'href="https://learning.example/introduction"',
            "scaling": pair.url("guidance/e-mentoring/worksheets/scaling/"),
            "grow": pair.url("guidance/e-mentoring/worksheets/grow/"),
            "grow's guide": pair.url("guidance/e-mentoring/articles/grow/"),
            "more on grow": "More on GROW",
        }

        def held(query: str) -> set[str]:
            page = client.get(f"{here}?{query}").content.decode()
            return {name for name, link in links.items() if link in page}

        assert held("") == set(links)
        assert held("stage=register") == {"course"}
        assert held("stage=contract") == {"agreement"}
        assert held("stage=sessions") == {"scaling", "grow", "grow's guide", "more on grow"}
        assert held("q=grow") == {"grow", "grow's guide", "more on grow"}
        for name in ("scaling", "grow"):
            assert client.get(links[name]).status_code == 200
