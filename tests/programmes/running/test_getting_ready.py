"""What comes before somebody is paired stands where they wait, until it is done."""

import datetime as dt

import pytest

from programmes.domain.training.doing import record_training
from programmes.models import Participant
from tests.programmes.running.conftest import Office

pytestmark = pytest.mark.django_db
HOLDING = ("A word with your line manager", "Training for mentors")


def home(office: Office, client) -> str:
    return client.get(office.url("mentoring/")).content.decode()


def next_for(words: str) -> str:
    """The part of the page that says what is next."""
    return words.partition('class="next')[2].partition("</section>")[0]


def test_home_names_what_holds_pairing_back_and_says_so_no_more_once_it_is_done(office, sign_in):
    client = sign_in(office.mentor)
    place = office.mentor_place
    words = home(office, client)
    assert all(title in words for title in HOLDING)
    assert HOLDING[0] in next_for(words)
    assert f"place/{place.pk}/worksheets/" in next_for(words)
    waiting = client.get(office.url(f"enrolment/{place.pk}/next/")).content.decode()
    assert HOLDING[0] in next_for(waiting)
    office.send_own(place, "linemgr")
    Participant.objects.filter(pk=place.pk).update(oriented_at=dt.datetime(2026, 11, 2, tzinfo=dt.UTC))
    words = next_for(home(office, client))
    assert HOLDING[1] in words
    assert "the coordinators note that you were there" in words
    assert "done everything" not in words
    here = Participant.objects.select_related("cohort__programme__handbook").get(pk=place.pk)
    record_training(people=[here], key="mentor-training", on=dt.date(2026, 11, 1), actor=office.coordinator)
    assert "You have done everything for now" in next_for(home(office, client))


def test_a_sheet_that_is_begun_is_gone_on_with(office, sign_in):
    client = sign_in(office.mentor)
    begun = client.post(office.url(f"place/{office.mentor_place.pk}/worksheets/linemgr/begin/"))["Location"]
    assert f'href="{begun}"' in next_for(home(office, client))
