"""What a participant says about themselves, and what comes next for them."""

import datetime as dt

import pytest

from programmes.domain.own_facts import add_away, mark_oriented
from programmes.models import Away, Participant

pytestmark = pytest.mark.django_db


def place(company, name="mentee", rest=""):
    return company.url(f"place/{company.participants[name].pk}/{rest}")


@pytest.mark.covers("plp.sys.104")
def test_a_persons_learning_style_is_kept(inside, sign_in):
    client = sign_in(inside.mentee)
    assert client.post(place(inside), {"words": "By trying, then talking."}).status_code == 302
    assert Participant.objects.get(pk=inside.participants["mentee"].pk).learning_style == "By trying, then talking."
    assert "By trying" in client.get(place(inside)).content.decode()


@pytest.mark.covers("plp.sys.105")
def test_a_period_away_is_marked_and_taken_out(inside, sign_in):
    client = sign_in(inside.mentee)
    client.post(place(inside, rest="away/"), {"starts_on": "2030-03-01", "ends_on": "2030-03-14"})
    away = Away.objects.get()
    assert (away.starts_on, away.ends_on) == (dt.date(2030, 3, 1), dt.date(2030, 3, 14))
    assert "1 to 14 March 2030" in client.get(place(inside)).content.decode()
    client.post(place(inside, rest=f"away/{away.pk}/remove/"))
    assert not Away.objects.exists()


def test_a_period_that_is_turned_round_is_refused_with_what_was_typed(inside, sign_in):
    page = sign_in(inside.mentee).post(
        place(inside, rest="away/"), {"starts_on": "2030-03-14", "ends_on": "2030-03-01"}
    )
    assert page.status_code == 422
    assert "before the first" in page.content.decode()
    assert 'value="2030-03-14"' in page.content.decode()
    with pytest.raises(ValueError, match="ends on or after"):
        add_away(
            person=inside.participants["mentee"],
            starts_on=dt.date(2030, 3, 2),
            ends_on=dt.date(2030, 3, 1),
            actor=inside.mentee,
        )


@pytest.mark.parametrize("who", ["mentor", "mentee_two", "coordinator", "partner_lead", "admin", "steering"])
def test_nobody_else_comes_to_a_persons_own_pages(inside, sign_in, who):
    away = add_away(
        person=inside.participants["mentee"],
        starts_on=dt.date(2030, 3, 1),
        ends_on=dt.date(2030, 3, 2),
        actor=inside.mentee,
    )
    client = sign_in(getattr(inside, who))
    next_page = inside.url(f"enrolment/{inside.participants['mentee'].pk}/next/")
    assert client.get(place(inside)).status_code == 404
    assert client.get(next_page).status_code == 404
    assert client.post(place(inside), {"words": "x"}).status_code == 404
    assert (
        client.post(place(inside, rest="away/"), {"starts_on": "2030-03-01", "ends_on": "2030-03-14"}).status_code
        == 404
    )
    assert client.post(place(inside, rest=f"away/{away.pk}/remove/")).status_code == 404
    assert Away.objects.count() == 1


def test_somebody_elses_period_is_not_taken_out_through_ones_own_page(inside, sign_in):
    away = add_away(
        person=inside.participants["mentor"],
        starts_on=dt.date(2030, 3, 1),
        ends_on=dt.date(2030, 3, 2),
        actor=inside.mentor,
    )
    assert sign_in(inside.mentee).post(place(inside, rest=f"away/{away.pk}/remove/")).status_code == 404
    assert Away.objects.exists()


@pytest.mark.covers("plp.sys.05")
def test_before_the_first_session_one_is_shown_what_mentoring_is_not(inside, sign_in):
    client, person = sign_in(inside.mentee), inside.participants["mentee"]
    next_page = inside.url(f"enrolment/{person.pk}/next/")
    assert inside.url("what-mentoring-is/") in client.get(next_page).content.decode()
    page = client.get(inside.url("what-mentoring-is/")).content.decode()
    assert "not technical assistance" in page
    assert "I have read it" in page
    assert client.post(inside.url("what-mentoring-is/e-mentoring/read/"))["Location"] == next_page
    first = Participant.objects.get(pk=person.pk).oriented_at
    assert first is not None
    mark_oriented(person=Participant.objects.get(pk=person.pk), actor=inside.mentee)
    assert Participant.objects.get(pk=person.pk).oriented_at == first
    assert "done your part" in client.get(next_page).content.decode()


@pytest.mark.covers("plp.sys.108")
def test_what_mentoring_is_not_can_be_reopened_from_any_page_of_a_participant(inside, sign_in):
    client = sign_in(inside.mentee)
    pages = [
        place(inside),
        inside.url("issues/"),
        inside.url("guidance/e-mentoring/"),
        inside.url(f"pairs/{inside.pairing.pk}/"),
    ]
    for page in pages:
        answer = client.get(page)
        if answer.status_code == 200:
            assert f'href="{inside.url("what-mentoring-is/")}"' in answer.content.decode(), page
    again = client.get(inside.url("what-mentoring-is/")).content.decode()
    assert "route to promotion" in again
