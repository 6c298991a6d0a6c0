"""A group's pages: made, changed and left by the browser; and no page asks the database more for more members."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evaluation.domain.evaluating import send_evaluation
from mentoring.tenancy.scope import tenant_scope
from pairs.models import Pairing, PairingMember
from programmes.models import Conflict
from tests.pairs.conftest import make_group

MATCHING = "programmes/peers/cohorts/{cohort}/matching/"
EVERYBODY = ("Helen", "ʻAna", "Sione", "Moana", "Leilani", "Keoni")


def matching(group) -> str:
    return group.url(MATCHING.format(cohort=group.cohort.slug))


@pytest.mark.covers("sssc.must.18")
def test_a_coordinator_makes_a_group_from_those_who_are_free(group, sign_in):
    coordinator = sign_in(group.coordinator)
    assert "matching/group/" in coordinator.get(matching(group)).content.decode()
    page = coordinator.get(f"{matching(group)}group/").content.decode()
    assert "Group: 1 mentor, 1 to 4 mentees" in page
    assert "Keoni Tupou" in page
    assert "Moana Tupou" not in page
    chosen = {
        "model": "two-by-two",
        "mentors": [str(group.places["Tevita"].pk)],
        "mentees": [str(group.places[name].pk) for name in ("Leilani", "Keoni")],
    }
    refused = coordinator.post(f"{matching(group)}group/", chosen)
    assert refused.status_code == 422
    assert "Choose exactly 2 mentors" in refused.content.decode()
    made = coordinator.post(f"{matching(group)}group/", chosen | {"model": "group"})
    assert made.status_code == 302
    assert Pairing.objects.filter(model="group").count() == 2


def test_what_speaks_against_a_group_is_ticked_on_its_page(group, sign_in):
    conflict = {"mentor": group.places["Tevita"], "mentee": group.places["Keoni"], "kind": "line"}
    Conflict.objects.create(cohort=group.cohort, **conflict)
    coordinator = sign_in(group.coordinator)
    people = {"mentors": [str(group.places["Tevita"].pk)], "mentees": [str(group.places["Keoni"].pk)]}
    asked = coordinator.post(f"{matching(group)}group/", {"model": "group"} | people)
    assert asked.status_code == 422
    page = asked.content.decode()
    assert "Please say that you have seen this" in page
    key = page.partition('name="acknowledged" value="')[2].partition('"')[0]
    again = coordinator.post(f"{matching(group)}group/", {"model": "group", "acknowledged": key} | people)
    assert again.status_code == 302


def test_a_programme_of_pairs_has_no_page_for_groups(db, sign_in):
    group = make_group(("Helen", "ʻAna"), model="one-to-one", models=["one-to-one"])
    coordinator = sign_in(group.coordinator)
    assert "matching/group/" not in coordinator.get(matching(group)).content.decode()
    assert coordinator.get(f"{matching(group)}group/").status_code == 404
    assert coordinator.get(f"{group.place}members/").status_code == 404


def test_a_coordinator_takes_somebody_in_and_out(group, sign_in):
    coordinator = sign_in(group.coordinator)
    keoni = group.places["Keoni"]
    assert coordinator.post(f"{group.place}members/", {"participant": str(keoni.pk)}).status_code == 302
    assert "Keoni Tupou" in coordinator.get(group.place).content.decode()
    out = f"{group.place}members/{keoni.pk}/take-out/"
    assert "can come back" in coordinator.get(out).content.decode()
    assert coordinator.post(out).status_code == 302
    assert group.member("Keoni").left_at is not None
    assert coordinator.get(out).status_code == 404


def test_a_member_leaves_by_themselves_and_finds_what_they_wrote(group, sign_in):
    sione = sign_in(group.users["Sione"])
    assert "Leave the group" in sione.get(f"{group.place}end/").content.decode()
    assert sione.post(f"{group.place}end/").status_code == 302
    page = sione.get(group.url("mentoring/")).content.decode()
    assert "You have left the group with Helen, ʻAna and Moana" in page
    assert group.fresh().is_active
    assert sione.get(f"{group.place}sessions/").status_code == 200
    assert sione.get(f"{group.place}schedule/").status_code == 403


def test_nobody_but_coordinators_changes_who_takes_part(group, sign_in):
    for name in ("Helen", "ʻAna"):
        client = sign_in(group.users[name])
        assert client.get(f"{group.place}members/").status_code == 403
        assert client.get(f"{matching(group)}group/").status_code == 404
    stranger = sign_in(group.users["Tevita"])
    assert stranger.get(f"{group.place}members/").status_code == 404
    assert stranger.post(f"{group.place}members/{group.places['ʻAna'].pk}/take-out/").status_code == 404
    assert PairingMember.objects.filter(pairing=group.pairing, left_at=None).count() == 4


def test_the_coordinator_s_page_tells_a_talk_alone_from_a_meeting_of_all(group, sign_in):
    helen, coordinator = sign_in(group.users["Helen"]), sign_in(group.coordinator)
    words = "Helen Tupou added a meeting of one mentee alone with the mentors"
    when = {"day": "2026-12-01", "time": "10:00", "minutes": "60"}
    helen.post(f"{group.place}sessions/new/", when)
    assert words not in coordinator.get(group.place).content.decode()
    helen.post(f"{group.place}sessions/new/", when | {"time": "15:00", "whom": str(group.places["ʻAna"].pk)})
    assert words in coordinator.get(group.place).content.decode()


def test_what_is_told_and_not_asked_reaches_the_coordinator_as_the_agreement_says(group, sign_in):
    coordinator = sign_in(group.coordinator)
    assert "As the mentee decided." in coordinator.get(group.place).content.decode()
    handbook = group.cohort.programme.handbook
    consent = handbook.content["agreement"]["consent"]
    told = [item | {"always": True} for item in consent["items"]]
    agreement = handbook.content["agreement"] | {"consent": consent | {"items": told}}
    handbook.content = handbook.content | {"agreement": agreement}
    handbook.revision += 1
    handbook.save()
    page = coordinator.get(group.place).content.decode()
    assert "As the agreement says." in page
    assert "As the mentee decided." not in page


def test_who_of_a_group_has_the_evaluation_stands_by_name_under_their_side(group, sign_in):
    send_evaluation(pairings=[group.fresh()], actor=group.coordinator)
    page = sign_in(group.coordinator).get(group.url(f"evaluation/peers/{group.cohort.slug}/")).content.decode()
    mentees, mentor = page.partition("<tbody>")[2].partition("</tbody>")[0].split("<td")[2:]
    assert [name for name in ("ʻAna", "Sione", "Moana", "Helen") if f"{name} Tupou" in mentees] == [
        "ʻAna",
        "Sione",
        "Moana",
    ]
    assert mentees.count("sent") == 3
    assert mentor.count("sent") == 1


PAGES = ("mentoring/", "{place}sessions/", "{place}schedule/", "{place}agreement/", "{place}goals/", "{place}logs/")
OF_COORDINATOR = ("{place}", "{place}members/", "desk/peers/{cohort}/")


def asked(client, group, pages) -> dict[str, int]:
    """How many questions each page costs."""
    found = {}
    for page in pages:
        place = page.format(place=f"pairs/{group.pairing.pk}/", cohort=group.cohort.slug)
        client.get(group.url(place))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(group.url(place)).status_code == 200, place
        found[page] = len(queries)
    return found


def test_no_page_asks_more_for_more_members(db, sign_in):
    small = make_group(("Helen", "ʻAna"), model="team", slug="reef")
    large = make_group(EVERYBODY, model="team", slug="lagoon")
    with tenant_scope(small.organisation):
        few = asked(sign_in(small.users["ʻAna"]), small, PAGES) | asked(
            sign_in(small.coordinator), small, OF_COORDINATOR
        )
    with tenant_scope(large.organisation):
        many = asked(sign_in(large.users["ʻAna"]), large, PAGES) | asked(
            sign_in(large.coordinator), large, OF_COORDINATOR
        )
    assert many == few
