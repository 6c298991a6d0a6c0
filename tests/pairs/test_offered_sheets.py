"""What a handbook offers without asking for it can be found: at home, wherever its stage does not show it."""

import datetime as dt

import pytest

from mentoring import clock
from mentoring.notices.domain.rendering import render_message
from mentoring.notices.models import Message
from mentoring.tenancy.scope import tenant_scope
from pairs.domain.ending import dissolve_pairing
from pairs.domain.home import home_of
from templates_app.models import TemplateVersion
from tests.pairs.conftest import PAIRED, make_pair
from tests.pairs.filling import send
from tests.pairs.test_every_kit import pair_of
from tests.pairs.test_promises_of_handbooks import sheet

DAY = dt.timedelta(days=1)


def offering(*moments):
    """A handbook whose mentee's profile sheet is a sheet that is offered at these moments."""

    def change(handbook):
        version = TemplateVersion.objects.get(template__handbook=handbook, template__key="meeting-record")
        version.definition |= {
            "use": None,
            "filled_by": "mentee",
            "readers": {"preset": "private"},
            "moments": [{"required": False, **moment} for moment in moments],
        }
        TemplateVersion.objects.bulk_update([version], ["definition"])

    return change


@pytest.fixture
def offered(db):
    """A pair whose handbook offers the mentee a sheet from the first day, in no stage and due in six weeks."""
    opens = {"key": "first", "opens": {"anchor": "pairing"}, "due": {"anchor": "pairing", "days": 42}}
    made = make_pair(kit="blank", changed=offering(opens))
    with tenant_scope(made.organisation), clock.at(PAIRED):
        yield made


def found(pair, user, days):
    with clock.at(PAIRED + days * DAY):
        return [line for line in home_of(user, pair.pairing).owed if line.output.worksheet == "meeting-record"]


@pytest.mark.parametrize("days", [1, 40, 60])
def test_what_is_offered_in_no_stage_stands_at_home_as_long_as_it_is_open(offered, days):
    (line,) = found(offered, offered.mentee, days)
    assert line.words == "if you like"
    assert found(offered, offered.mentor, days) == [], "it is the mentee's"


def test_of_what_comes_round_again_only_the_newest_round_stands_there(db):
    opens = {"key": "first", "opens": {"anchor": "pairing"}, "every": {"weeks": 2}}
    made = make_pair(kit="blank", changed=offering(opens))
    with tenant_scope(made.organisation), clock.at(PAIRED):
        (line,) = found(made, made.mentee, 30)
        assert line.output.moment == "first.3"


def test_what_a_stage_offers_stays_on_the_road(db):
    opens = {"key": "first", "opens": {"anchor": "pairing"}, "stage": "mentoring"}
    made = make_pair(kit="blank", changed=offering(opens))
    with tenant_scope(made.organisation), clock.at(PAIRED):
        assert found(made, made.mentee, 1) == []


@pytest.mark.parametrize("days", [0, 20])
def test_the_sheet_offered_at_an_early_end_is_found_at_once_and_later(db, sign_in, days):
    with pair_of("gla") as pair:
        dissolve_pairing(pairing=pair.pairing, actor=pair.mentee)
        with clock.at(PAIRED + days * DAY):
            page = sign_in(pair.mentee).get(pair.url("mentoring/")).content.decode()
        row = pair.output(worksheet="end", moment="ended-early")
        assert f"/outputs/{row.pk}/" in page


@pytest.mark.parametrize(("kit", "promised"), [("gla", True), ("blank", False)])
def test_a_closing_sheet_is_promised_only_where_the_handbook_has_one(db, sign_in, kit, promised):
    with pair_of(kit) as pair:
        page = sign_in(pair.mentee).get(f"{pair.place}end/").content.decode()
        assert ("short sheet to finish well" in page) is promised
        dissolve_pairing(pairing=pair.pairing, actor=pair.mentee)
        told = render_message(Message.objects.get(kind="pairs.pairing_ended_early", recipient=pair.mentee))
        for text in (told.text, told.html):
            assert ("short sheet to finish well" in text) is promised


def test_what_somebody_plans_is_not_called_by_the_words_of_another_handbook(db, sign_in):
    with pair_of("gla") as pair:
        answers = {"goal": "More time", "stop": [{"_id": "aaaaaaaa", "idea": "Fewer meetings", "act": ["do"]}]}
        page = sign_in(pair.mentee)
        assert "capacity plan" not in page.get(f"{pair.place}actions/").content.decode()
        send(sheet(pair, pair.mentee, "grid"), pair.mentee, answers)
        shown = page.get(f"{pair.place}actions/").content.decode()
        assert "Fewer meetings" in shown
        assert "from a plan" in shown
        assert "capacity plan" not in shown
        assert "learning log" not in page.get(f"{pair.place}documents/").content.decode()
