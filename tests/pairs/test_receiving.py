"""What a pair passes to the coordinator: marked as received with its day, seen by the pair; short words from the mentor."""

import datetime as dt

import pytest
from django.http import Http404

from evaluation.domain.totals import Period, counted_in
from mentoring import clock
from mentoring.notices.domain.rendering import render_message
from mentoring.notices.models import Message
from pairs.domain.reading import right_to
from pairs.domain.receiving import receive_outputs
from pairs.enums import Right
from pairs.models import Output
from programmes.domain.roles import forget_roles
from templates_app.domain.responses import answers_of
from tests.factories import AssignmentFactory, MembershipFactory, UserFactory
from tests.pairs.conftest import PAIRED
from tests.pairs.filling import send, take_up
from tests.pairs.test_every_kit import pair_of
from tests.pairs.test_promises_of_handbooks import reader, send_whole, sheet

DAY = dt.timedelta(days=1)
MARK = "Mark as received"


@pytest.fixture
def sssc(db):
    with pair_of("sssc") as pair:
        yield pair


def read(client, pair, row: Output) -> str:
    return client.get(pair.url(f"outputs/{row.pk}/read/")).content.decode()


@pytest.mark.covers("sssc.must.79")
def test_what_reached_the_coordinator_is_marked_received_with_its_day_and_the_pair_sees_it(sssc, sign_in):
    row = send_whole(sssc, sheet(sssc, sssc.mentee, "gpc6"), sssc.mentee)
    boss = sign_in(sssc.coordinator)
    for user in (sssc.mentor, sssc.mentee):
        page = read(sign_in(user), sssc, row)
        assert MARK not in page
        assert "Received by the coordinator" not in page
    assert MARK in read(boss, sssc, row)
    with clock.at(PAIRED + 3 * DAY):
        assert boss.post(f"{sssc.place}received/?output={row.pk}").status_code == 302
        assert Output.objects.get(pk=row.pk).received_at == PAIRED + 3 * DAY
    with clock.at(PAIRED + 5 * DAY):
        assert boss.post(f"{sssc.place}received/?output={row.pk}").status_code == 302, "twice changes nothing"
        assert Output.objects.get(pk=row.pk).received_at == PAIRED + 3 * DAY
        assert MARK not in read(boss, sssc, row)
        for user in (sssc.mentor, sssc.mentee):
            assert "Received by the coordinator" in read(sign_in(user), sssc, row)
            papers = sign_in(user).get(f"{sssc.place}documents/").content.decode()
            assert "received by the coordinator on" in papers
        assert "received on" in boss.get(sssc.place).content.decode()
        take_up(row, sssc.mentee)
        assert Output.objects.get(pk=row.pk).received_at is None, "what is written anew has not arrived yet"


@pytest.mark.covers("sssc.must.79")
def test_everything_that_reached_the_coordinator_is_marked_at_once_and_nothing_else(sssc, sign_in):
    rows = [send_whole(sssc, sheet(sssc, sssc.mentee, key), sssc.mentee) for key in ("gpc6", "breakdown")]
    kept = send_whole(sssc, sheet(sssc, sssc.mentee, "gpc7"), sssc.mentee)
    begun = sheet(sssc, sssc.mentor, "breakdown")
    assert sign_in(sssc.coordinator).post(f"{sssc.place}received/").status_code == 302
    marked = set(Output.objects.filter(received_at__isnull=False).values_list("pk", flat=True))
    assert marked == {row.pk for row in rows}
    assert not marked & {kept.pk, begun.pk}
    assert MARK not in sign_in(sssc.coordinator).get(sssc.place).content.decode()


@pytest.mark.parametrize("who", ["mentor", "mentee", "admin", "both"])
def test_nobody_but_a_coordinator_who_is_not_of_the_pair_marks_anything(sssc, sign_in, who):
    row = send_whole(sssc, sheet(sssc, sssc.mentee, "gpc6"), sssc.mentee)
    user = sssc.mentor if who == "both" else getattr(sssc, who, None)
    if who == "admin":
        user = UserFactory(email="admin@reef.example")
        MembershipFactory(user=user, is_admin=True)
    if who == "both":
        place = sssc.mentor_place.membership
        AssignmentFactory(programme=sssc.pairing.cohort.programme, membership=place)
        forget_roles(user)
    assert sign_in(user).post(f"{sssc.place}received/?output={row.pk}").status_code == 404
    assert receive_outputs(reader=reader(sssc, user), outputs=[row], actor=user) == []
    assert Output.objects.get(pk=row.pk).received_at is None


def test_who_asked_for_help_hears_that_it_has_arrived(sssc):
    row = send_whole(sssc, sheet(sssc, sssc.mentee, "breakdown"), sssc.mentee)
    arrived = Message.objects.get(kind="pairs.sheet_arrived")
    assert (arrived.recipient, arrived.context["by"]) == (sssc.coordinator, sssc.mentee.name)
    assert answers_of(row.response)["issue"] not in render_message(arrived).text
    receive_outputs(reader=reader(sssc, sssc.coordinator), outputs=[row], actor=sssc.coordinator)
    assert [one.recipient for one in Message.objects.filter(kind="pairs.sheet_received")] == [sssc.mentee]


@pytest.mark.covers("sssc.must.42")
def test_a_mentor_sends_the_coordinator_a_short_word_that_is_kept_and_counted(sssc, sign_in):
    client = sign_in(sssc.mentor)
    assert "A short word to the coordinator" in client.get(f"{sssc.place}worksheets/").content.decode()
    assert client.post(f"{sssc.place}worksheets/update/new/").status_code == 302
    with pytest.raises(Http404):
        sheet(sssc, sssc.mentee, "update")
    row = send(
        sheet(sssc, sssc.mentor, "update"),
        sssc.mentor,
        {"date": "2026-11-02", "going": "slowly", "word": "CANARY-WORD"},
    )
    assert Message.objects.get(kind="pairs.sheet_arrived").recipient == sssc.coordinator
    assert str(row.pk) in sign_in(sssc.coordinator).get(sssc.place).content.decode()
    assert "CANARY-WORD" in read(sign_in(sssc.coordinator), sssc, row)
    assert right_to(sssc.mentee, row) < Right.READ
    second = send(sheet(sssc, sssc.mentor, "update"), sssc.mentor, {"date": "2026-11-09", "going": "slowly"})
    assert second.pk != row.pk, "each word is kept"
    period = Period(dt.date(2026, 11, 1), dt.date(2026, 11, 30), "UTC")
    (told,) = [one for one in counted_in(sssc.pairing.cohort, period, sssc.coordinator) if one.key == "going"]
    assert dict(told.counts)["It goes on, slowly"] == 1, "a pair counts once"
    assert "CANARY" not in repr(told)
