"""What is done about a declared line relation: allowed with a note, or weighed on a sheet before anybody is paired."""

import pytest

from mentoring.history.models import Event
from pairs.domain.pairing import CannotPair, NeedsAcknowledging, confirm_pairing
from programmes.domain.matching.criteria import declare_conflict
from programmes.domain.matching.exceptions import allow_all_the_same, weigh_conflict
from programmes.domain.matching.runs import NotPossible
from programmes.models import Conflict, Participant
from tests.programmes.running.conftest import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def related(office) -> Conflict:
    """The mentor manages the mentee."""
    office.change("joining", gates=[])
    office.change("matching", consent=None)
    handbook = office.programme.handbook
    handbook.content = {**handbook.content, "training": []}
    handbook.revision += 1
    handbook.save()
    return declare_conflict(
        cohort=office.cohort,
        mentor=office.mentor_place,
        mentee=office.mentee_place,
        kind="line",
        note="",
        actor=office.coordinator,
    )


def pair(office: Office, **values):
    rows = Participant.objects.select_related("cohort__programme__handbook")
    mentor, mentee = (rows.get(pk=place.pk) for place in (office.mentor_place, office.mentee_place))
    return confirm_pairing(cohort=mentor.cohort, mentor=mentor, mentee=mentee, actor=office.coordinator, **values)


def set_rule(office: Office, **values) -> None:
    rules = office.programme.handbook.content["matching"]["rules"]
    office.change("matching", rules=[{**rules[0], **values}, *rules[1:]])


@pytest.mark.covers("sssc.must.17")
def test_who_manages_somebody_is_paired_with_them_only_once_the_form_is_sent_and_the_warning_seen(
    office, related, sign_in
):
    with pytest.raises(CannotPair, match=r"manages the other.*is to be sent first"):
        pair(office, acknowledged=["line_manager"])
    client = sign_in(office.coordinator)
    place = f"{office.place}cohorts/first/matching/conflicts/"
    assert "Weigh it on its sheet" in client.get(place).content.decode()
    answer = client.post(f"{place}{related.pk}/weigh/")
    sheet = Conflict.objects.get(pk=related.pk).sheet
    assert answer["Location"] == office.url(f"worksheets/{sheet.pk}/")
    with pytest.raises(CannotPair):
        pair(office, acknowledged=["line_manager"])
    office.send("dualrole")
    with pytest.raises(NeedsAcknowledging):
        pair(office)
    assert pair(office, acknowledged=["line_manager"]).pk


@pytest.mark.covers("cal.sys.22")
def test_a_forbidden_pair_is_allowed_by_whoever_keeps_the_programme_with_a_note_and_not_without(
    office, related, sign_in
):
    set_rule(office, effect="forbid", worksheet=None, exception=True)
    with pytest.raises(CannotPair, match="One of them manages the other"):
        pair(office, acknowledged=["line_manager"])
    client = sign_in(office.coordinator)
    place = f"{office.place}cohorts/first/matching/conflicts/"
    client.post(f"{place}{related.pk}/allow/", {"note": "  "})
    with pytest.raises(CannotPair):
        pair(office, acknowledged=["line_manager"])
    client.post(f"{place}{related.pk}/allow/", {"note": "She retires in May, and both wish it."})
    assert "She retires in May" in client.get(place).content.decode()
    (event,) = Event.objects.filter(action="conflict.excepted")
    assert event.actor == office.coordinator
    assert "retires" not in str(event.data)
    assert pair(office).pk


@pytest.mark.parametrize("who", ["mentor", "mentee", "steering"])
def test_nobody_else_allows_anything(office, related, sign_in, who):
    set_rule(office, effect="forbid", worksheet=None, exception=True)
    place = f"{office.place}cohorts/first/matching/conflicts/{related.pk}"
    for step in ("allow", "weigh"):
        assert sign_in(getattr(office, who)).post(f"{place}/{step}/", {"note": "x"}).status_code == 404
    assert Conflict.objects.get(pk=related.pk).excepted_by is None


def test_a_rule_without_exception_knows_none(office, related):
    set_rule(office, effect="forbid", worksheet=None, exception=False)
    row = Conflict.objects.select_related("cohort__programme__handbook").get(pk=related.pk)
    with pytest.raises(NotPossible):
        allow_all_the_same(conflict=row, note="Because.", actor=office.coordinator)
    with pytest.raises(NotPossible):
        weigh_conflict(conflict=row, actor=office.coordinator)
    with pytest.raises(CannotPair):
        pair(office)
