"""What a programme tells everybody of its evaluation: themes and how many spoke of them, and nobody who could be told."""

from typing import Any

import pytest

from mentoring.tenancy.models import Partner
from programmes.domain.sheet_owner import sheet_owner
from programmes.domain.sheets import begin_programme_sheet, get_sheet_for
from programmes.models import Participant
from templates_app.domain.responses import HeldBack, NotComplete, submit_response
from templates_app.models import Response
from tests.factories import CohortFactory, MembershipFactory, ParticipantFactory, PartnerFactory, UserFactory
from tests.pairs.test_every_kit import pair_of

THEME = {"_id": "aaaa0001", "theme": "Time is short", "count": 6, "quotes": "“I learnt to say no.”"}
PERIOD = {"period_from": "2026-11-02", "period_until": "2027-04-30"}


@pytest.fixture
def gla(db):
    with pair_of("gla") as pair:
        yield pair


def people_of(pair, partner: str, count: int, short: str = "", **values: Any) -> Partner:
    """So many people whom that organisation put forward."""
    row = PartnerFactory(name=partner, short=short, key=partner.lower().replace(" ", "-"))
    for _number in range(count):
        add(pair, partner=row, **values)
    return row


def add(pair, **values: Any) -> Participant:
    """Somebody who has joined as a mentee, unless it is said otherwise."""
    place = MembershipFactory(user=UserFactory())
    return ParticipantFactory(**{"cohort": pair.pairing.cohort, "membership": place, "side": "mentee", **values})


def report(pair, **changes: Any):
    """The programme's themes, sent with these changes to the one theme; returns the sheet."""
    return send(pair, "themes", PERIOD | {"themes": [THEME | changes]})


def send(pair, worksheet: str, answers: dict[str, Any]):
    """A sheet of the programme's own, filled in and sent by its coordinator."""
    programme = pair.pairing.cohort.programme
    made = begin_programme_sheet(programme=programme, worksheet=worksheet, actor=pair.coordinator)
    owner = sheet_owner(get_sheet_for(pair.coordinator, made.pk), pair.coordinator)
    submit_response(
        response=owner.response,
        actor=pair.coordinator,
        answers=answers,
        revision=owner.response.revision,
        context=owner.context,
        then=owner.on_submitted,
    )
    return made


@pytest.mark.covers("gla.must.43")
def test_themes_and_their_numbers_reach_everybody_without_anybody_who_could_be_told(gla, sign_in):
    people_of(gla, "North Water", 4)
    people_of(gla, "Harbour Trust", 5)
    made = report(gla, theme="Time is short, also at Harbour Trust")
    page = sign_in(gla.mentee).get(gla.url(f"worksheets/{made.pk}/read/")).content.decode()
    for words in ("Time is short, also at Harbour Trust", "6", "I learnt to say no."):
        assert words in page


@pytest.mark.covers("gla.must.43")
@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"theme": "As helen  whitcombe says"}, "Helen Whitcombe"),
        ({"quotes": "Write to ana@reef.example"}, "ana@reef.example"),
        ({"theme": "At North Water nobody has time"}, "North Water"),
    ],
)
def test_a_name_or_a_small_organisation_holds_it_back_and_what_was_written_is_kept(gla, sign_in, changes, named):
    people_of(gla, "North Water", 4)
    with pytest.raises(HeldBack, match=named):
        report(gla, **changes)
    made = begin_programme_sheet(
        programme=gla.pairing.cohort.programme, worksheet="themes", actor=gla.coordinator
    )  # the one that is open
    assert not Response.objects.get(pk=made.response_id).is_submitted
    assert sign_in(gla.mentee).get(gla.url(f"worksheets/{made.pk}/read/")).status_code == 404


@pytest.mark.covers("gla.must.43")
def test_a_word_of_the_language_is_no_name_and_a_name_as_it_is_written_is_one(gla):
    people_of(gla, "Island Trust", 4, short="IT")
    add(gla, given_name="May", family_name="")
    made = report(gla, theme="We think it went well; others may follow")
    assert Response.objects.get(pk=made.response_id).is_submitted
    for theme, named in (("Those at IT", "IT"), ("As May says", "May"), ("at the ISLAND  trust", "Island Trust")):
        with pytest.raises(HeldBack, match=rf": {named}\.$"):
            report(gla, theme=theme)


@pytest.mark.covers("gla.must.43")
def test_an_organisation_is_as_large_as_people_of_it_have_joined(gla):
    """Somebody on both sides, or again in a later cohort, is one person; who was not taken on or has left is none."""
    north, harbour = (people_of(gla, name, 4) for name in ("North Water", "Harbour Trust"))
    twice = add(gla, partner=north, email="twice@reef.example")
    later = CohortFactory(programme=gla.pairing.cohort.programme, slug="later")
    add(gla, partner=north, email="TWICE@reef.example", membership=twice.membership, side="mentor")
    add(gla, partner=harbour, email="one@reef.example", state="declined")
    add(gla, partner=harbour, email="two@reef.example", state="withdrawn")
    for cohort, side in ((gla.pairing.cohort, "mentor"), (later, "mentor"), (later, "mentee")):
        place = Participant.objects.filter(partner=harbour, state="joined").first()
        add(gla, cohort=cohort, side=side, partner=harbour, email=place.email.upper(), membership=place.membership)
    made = report(gla, theme="At North Water nobody has time")
    assert Response.objects.get(pk=made.response_id).is_submitted
    with pytest.raises(HeldBack, match="Harbour Trust"):
        report(gla, theme="At Harbour Trust nobody has time")


@pytest.mark.covers("gla.must.43")
def test_a_theme_of_fewer_than_five_is_not_sent(gla):
    with pytest.raises(NotComplete):
        report(gla, count=4)


@pytest.mark.covers("sssc.must.56")
def test_what_a_steering_group_is_told_names_nobody_either(db):
    figures = dict.fromkeys(("relationships", "meetings", "trained", "endings"), 6)
    told = {"from": "2026-11-02", "to": "2027-04-30", **figures}
    with pair_of("sssc") as pair:
        with pytest.raises(HeldBack, match="Helen Whitcombe"):
            send(pair, "report", told | {"outcomes": "Helen Whitcombe has led a team."})
        made = send(pair, "report", told | {"outcomes": "One mentor has led a team."})
        assert Response.objects.get(pk=made.response_id).is_submitted
