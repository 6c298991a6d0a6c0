"""The programme's checklists: filled in, kept, dated, filled in again, and one put beside the other."""

import datetime as dt

import pytest

from mentoring import clock
from mentoring.tenancy.scope import tenant_scope
from pairs.models import Output
from programmes.domain.health import health_of
from programmes.domain.sheets import programme_shelves
from templates_app.domain.responses import answers_of
from tests.pairs.test_every_kit import pair_of
from tests.pairs.test_promises_of_handbooks import send_whole, sheet
from tests.programmes.running.conftest import TODAY, make_office

pytestmark = pytest.mark.django_db
MONTH = dt.timedelta(days=30)


def begun(office, sign_in, key: str):
    """Begun by the button on the page, as a coordinator does; where it is written."""
    answer = sign_in(office.coordinator).post(f"{office.place}worksheets/{key}/begin/")
    assert answer.status_code == 302
    return answer["Location"]


@pytest.mark.covers("sssc.must.50")
@pytest.mark.parametrize("key", ["gpc1", "gpc2", "gpc3", "gpc4", "gpc5", "design-steps"])
def test_a_checklist_of_the_programme_is_saved_dated_repeated_and_compared(office, sign_in, key):
    assert sign_in(office.coordinator).get(begun(office, sign_in, key)).status_code == 200
    first = office.send(key)
    with clock.at(TODAY + MONTH):
        assert str(first.pk) not in begun(office, sign_in, key)
        second = office.send(key)
        assert (first.number, second.number) == (1, 2)
        assert set(answers_of(first.response)) == set(answers_of(second.response)) != set()
        client = sign_in(office.coordinator)
        page = client.get(f"{office.place}worksheets/").content.decode()
        for row in (first, second):
            assert f'name="sheet" value="{row.pk}"' in page
        beside = client.get(office.url("worksheets/compare/"), {"sheet": [second.pk, first.pk]})
        shown = beside.content.decode()
        assert shown.index("2 November") < shown.index("2 December")
        assert shown.count('class="pane"') == 2 * shown.count('class="side-by-side"') > 0


@pytest.mark.covers("sssc.must.50")
def test_what_has_changed_stands_beside_what_was(office, sign_in):
    rows = answers_of(office.send("gpc5").response)["results"]
    first = office.send("gpc5", results=[{**row, "answer": "CANARY-THEN"} for row in rows])
    with clock.at(TODAY + MONTH):
        second = office.send("gpc5", results=[{**row, "answer": "CANARY-NOW"} for row in rows])
        pair = {"sheet": [first.pk, second.pk]}
        for user in (office.coordinator, office.steering):
            shown = sign_in(user).get(office.url("worksheets/compare/"), pair).content.decode()
            assert shown.index("CANARY-THEN") < shown.index("CANARY-NOW")


@pytest.mark.covers("sssc.must.50")
@pytest.mark.parametrize("key", ["gpc6", "gpc7"])
def test_a_checklist_of_the_pair_is_saved_dated_repeated_and_compared(sign_in, key):
    with pair_of("sssc") as pair, clock.at(TODAY + MONTH):
        rows = []
        for later in (dt.timedelta(), MONTH):
            with clock.at(TODAY + MONTH + later):
                rows.append(send_whole(pair, sheet(pair, pair.mentee, key), pair.mentee))
        assert rows[0].pk != rows[1].pk
        assert [Output.objects.get(pk=row.pk).done_at.date() for row in rows] == [
            (TODAY + MONTH).date(),
            (TODAY + 2 * MONTH).date(),
        ]
        place = f"{pair.place}worksheets/{key}/"
        listed = sign_in(pair.mentor).get(place).content.decode()
        assert "2 December 2026" in listed
        assert "1 January 2027" in listed
        shown = sign_in(pair.mentor).get(f"{place}compare/", {"sheet": [row.pk for row in rows]}).content.decode()
        assert shown.count('class="pane"') == 2 * shown.count('class="side-by-side"') > 0


def test_two_sheets_of_different_worksheets_are_not_compared(office, sign_in):
    chosen = {"sheet": [office.send("gpc1").pk, office.send("gpc2").pk]}
    answer = sign_in(office.coordinator).get(office.url("worksheets/compare/"), chosen)
    assert (answer.status_code, answer["Location"]) == (302, f"{office.place}worksheets/")


@pytest.mark.parametrize("who", ["mentor", "mentee"])
def test_nobody_compares_what_they_may_not_read(office, sign_in, who):
    chosen = {"sheet": [office.send("gpc1").pk, office.send("gpc1").pk]}
    client = sign_in(getattr(office, who))
    assert client.get(office.url("worksheets/compare/"), chosen).status_code == 404
    for strange in ({}, {"sheet": "x"}, {"sheet": office.programme.pk}):
        assert client.get(office.url("worksheets/compare/"), strange).status_code == 404


@pytest.mark.parametrize(
    ("kit", "key", "table", "points"),
    [("sssc", "design-steps", "steps", 8), ("caltrans", "success-conditions", "conditions", 10)],
)
def test_what_a_sound_programme_rests_on_has_a_standing_an_owner_and_evidence(sign_in, kit, key, table, points):
    office = make_office(kit)
    with tenant_scope(office.organisation), clock.at(TODAY):
        [row, *rows] = answers_of(office.send(key).response)[table]
        rows = [{**row, "standing": "not_met", "owner": "CANARY-OWNER"}, *({**one, "standing": "met"} for one in rows)]
        sent = office.send(key, **{table: rows})
        [found] = [
            one for one in health_of(programme_shelves(office.coordinator, office.programme)) if one.sheet == sent
        ]
        assert (found.in_place, len(found.lacking), len(found.points)) == (points - 1, 1, points)
        page = sign_in(office.coordinator).get(f"{office.place}worksheets/").content.decode()
        assert found.lacking[0].label in page
        read = sign_in(office.steering).get(office.url(f"worksheets/{sent.pk}/"), follow=True).content.decode()
        assert "CANARY-OWNER" in read
