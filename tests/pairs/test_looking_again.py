"""A board of pictures that leads its writer back to it, in the rhythm or on the day that they set (``gla.must.26``)."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from mentoring import clock
from mentoring.notices.domain.holding import still_holds
from mentoring.notices.domain.rendering import render_message
from mentoring.notices.models import Message
from mentoring.work.models import DueWork
from pairs.domain.looking_again import WORK, _in_rhythm, looking_again_due
from pairs.domain.sheets import add_sheet
from pairs.models import Output, PairingMember
from templates_app.domain.kits import worksheet_of
from templates_app.domain.uploads import keep_for
from tests.pairs.conftest import PAIRED
from tests.pairs.filling import send, write
from tests.pairs.test_agreement_parts import gla
from tests.pairs.test_logs import reader

__all__ = ["gla"]
DAY = dt.timedelta(days=1)
CAPTION = "CANARY: a garden of my own"


def picture() -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("RGB", (40, 20), "teal").save(content, "PNG")
    return SimpleUploadedFile("garden.png", content.getvalue(), content_type="image/png")


def board(pair, **looking: object) -> Output:
    """The mentee's board with one picture and its words, sent."""
    row = add_sheet(reader=reader(pair, pair.mentee), worksheet="vision", actor=pair.mentee)
    row = write(row, pair.mentee, {})
    shape = next(field for field in worksheet_of(row.response.version).fields() if field.key == "board")
    image = keep_for(row.response, pair.mentee)(picture(), shape.fields[0])
    return send(
        row,
        pair.mentee,
        {"board": [{"_id": "aaaa0001", "image": image, "caption": CAPTION, "theme": "care"}], **looking},
    )


def tick(after: dt.timedelta, times: int = 2) -> dt.datetime | None:
    with clock.at(PAIRED + after):
        return [looking_again_due(clock.now()) for _time in range(times)][-1]


def letters(user) -> list[Message]:
    return list(Message.objects.filter(kind="pairs.look_again", recipient=user).order_by("not_before"))


@pytest.mark.covers("gla.must.26")
def test_a_board_holds_pictures_with_words_and_leads_back_to_them_in_a_rhythm(gla, sign_in):
    row = board(gla, remind="weekly")
    page = sign_in(gla.mentee).get(gla.url(f"outputs/{row.pk}/read/")).content.decode()
    assert CAPTION in page
    assert '<img class="shown-picture"' in page
    assert DueWork.objects.filter(kind=WORK).exists()
    tick(6 * DAY)
    assert not letters(gla.mentee)
    tick(8 * DAY)
    (letter,) = letters(gla.mentee)
    text = render_message(letter)
    assert "Look at it again: Vision board" in text.subject
    assert f"/outputs/{row.pk}/read/" in text.text
    assert "CANARY" not in text.text
    tick(16 * DAY)
    tick(40 * DAY, times=3)
    assert len(letters(gla.mentee)) == 3, "a tick that comes late leads back once"
    assert not letters(gla.mentor)
    assert not letters(gla.coordinator)


@pytest.mark.covers("gla.must.26")
def test_or_on_a_day_and_once(gla):
    board(gla, remind="off", remind_on="2026-12-01")
    tick(20 * DAY)
    assert not letters(gla.mentee)
    assert tick(40 * DAY, times=3) is None
    assert len(letters(gla.mentee)) == 1


def test_who_wants_none_hears_nothing(gla):
    row = board(gla, remind="off")
    row.refresh_from_db()
    assert row.look_at is None
    assert tick(90 * DAY) is None
    assert not letters(gla.mentee)


def test_the_newest_board_says_when_and_an_earlier_one_is_not_reminded_of(gla):
    board(gla, remind="weekly")
    with clock.at(PAIRED + DAY):
        second = board(gla, remind="monthly")
    tick(20 * DAY)
    assert not letters(gla.mentee)
    tick(45 * DAY)
    (letter,) = letters(gla.mentee)
    assert letter.subject_id == second.pk


def test_with_the_end_of_the_mentoring_it_ends(gla):
    board(gla, remind="weekly")
    tick(8 * DAY)
    (letter,) = letters(gla.mentee)
    assert still_holds(letter)
    with clock.at(PAIRED + 9 * DAY):
        PairingMember.objects.filter(pairing=gla.pairing, side="mentee").update(left_at=clock.now())
    assert not still_holds(letter)
    assert tick(30 * DAY) is None
    assert len(letters(gla.mentee)) == 1


@pytest.mark.parametrize(
    ("again", "sent", "today", "following"),
    [
        ("month", "2027-01-31", "2027-01-31", "2027-02-28"),
        ("month", "2027-01-31", "2027-02-28", "2027-03-31"),
        ("month", "2027-01-31", "2027-04-02", "2027-04-30"),
        ("week", "2027-01-04", "2027-01-12", "2027-01-18"),
        ("fortnight", "2027-01-04", "2027-01-18", "2027-02-01"),
    ],
)
def test_a_rhythm_is_reckoned_from_the_day_it_was_set_and_a_late_tick_moves_nothing(again, sent, today, following):
    sent, today = dt.date.fromisoformat(sent), dt.date.fromisoformat(today)
    assert _in_rhythm(again, sent, today) == dt.date.fromisoformat(following)
