"""Making pairs: who may, who can be paired, and what it brings about."""

import pytest

from mentoring.history.domain import timeline_of
from mentoring.notices.domain.rendering import render_message
from mentoring.notices.models import Message
from pairs.domain.ending import dissolve_pairing
from pairs.domain.pairing import CannotPair, NeedsAcknowledging, NotTheCoordinator, confirm_pairing, obstacles
from pairs.domain.people import people_of
from pairs.domain.person import is_zone
from pairs.enums import OutputKind
from pairs.models import Output, Pairing, PairingMember, Schedule, Session
from programmes.models import Conflict
from tests.factories import MembershipFactory, ParticipantFactory
from tests.pairs.test_every_kit import pair_of


@pytest.mark.covers("plp.sys.15")
def test_confirming_a_pair_tells_both_and_opens_step_one(pair):
    told = Message.objects.filter(kind="pairs.paired")
    assert {message.email for message in told} == {pair.mentor.email, pair.mentee.email}
    texts = {message.email: render_message(message).text for message in told}
    assert "You are the mentor of ʻAna Tupou" in texts[pair.mentor.email]
    assert "Helen Whitcombe is your mentor" in texts[pair.mentee.email]
    opened = Output.objects.filter(pairing=pair.pairing, stage="establishing-connection", opens_at__isnull=False)
    assert opened.filter(worksheet="goals", member__side="mentee").exists()
    assert opened.filter(kind=OutputKind.INTRODUCTION, member__side="mentor").exists()
    assert [event.action for event in timeline_of(pair.pairing)] == ["pairing.confirmed"]


@pytest.mark.parametrize(
    ("kit", "mentor", "mentee"),
    [
        ("plp-ess", "Your first step: write a few lines to ʻAna", "Helen will write to you"),
        ("gla", "ʻAna will write to you", "Your first step: write a few lines to Helen"),
        ("caltrans", "Your first step together: find dates", "Your first step together: find dates"),
    ],
)
def test_what_both_are_told_to_do_first_is_what_their_handbook_has_them_do_first(db, kit, mentor, mentee):
    with pair_of(kit) as made:
        texts = {row.email: render_message(row).text for row in Message.objects.filter(kind="pairs.paired")}
        assert mentor in texts[made.mentor.email]
        assert mentee in texts[made.mentee.email]


def test_a_pair_starts_with_six_planned_sessions_without_dates_and_a_schedule(pair):
    sessions = Session.objects.filter(pairing=pair.pairing)
    assert [(row.number, row.part, row.state, row.starts_at) for row in sessions] == [
        (number, 0, "planned", None) for number in range(1, 7)
    ]
    assert Schedule.objects.get(pairing=pair.pairing).minutes == 60


@pytest.mark.covers("plp.sys.13", "phase1.arch.1.d")
def test_only_a_coordinator_of_the_programme_confirms_a_pair(company):
    from mentoring.tenancy.scope import tenant_scope

    with tenant_scope(company.organisation):
        mentor = ParticipantFactory(cohort=company.cohort, side="mentor")
        mentee = ParticipantFactory(cohort=company.cohort, side="mentee")
        before = Pairing.objects.count()
        for person in (company.mentor, company.admin, company.partner_lead, company.steering, mentee.membership.user):
            with pytest.raises(NotTheCoordinator):
                confirm_pairing(cohort=company.cohort, mentor=mentor, mentee=mentee, actor=person)
        assert Pairing.objects.count() == before


def test_a_mentee_in_a_running_pair_and_a_mentor_at_capacity_are_refused_with_reasons(pair):
    cohort = pair.pairing.cohort
    other_mentor = ParticipantFactory(cohort=cohort, side="mentor")
    other_mentee = ParticipantFactory(cohort=cohort, side="mentee")
    with pytest.raises(CannotPair, match="ʻAna Tupou is in a running pair already"):
        confirm_pairing(cohort=cohort, mentor=other_mentor, mentee=pair.mentee_place, actor=pair.coordinator)
    with pytest.raises(CannotPair, match="Helen Whitcombe has as many pairs as they can take"):
        confirm_pairing(cohort=cohort, mentor=pair.mentor_place, mentee=other_mentee, actor=pair.coordinator)
    pair.mentor_place.capacity = 2
    pair.mentor_place.save(update_fields=["capacity"])
    assert confirm_pairing(cohort=cohort, mentor=pair.mentor_place, mentee=other_mentee, actor=pair.coordinator)


def test_people_on_the_wrong_side_of_another_cohort_or_not_taken_on_are_refused(pair):
    cohort = pair.pairing.cohort
    candidate = ParticipantFactory(cohort=cohort, side="mentee", state="candidate")
    mentor = ParticipantFactory(cohort=cohort, side="mentor")
    stranger = ParticipantFactory(side="mentee")
    assert "has not been accepted" in obstacles(cohort=cohort, mentor=mentor, mentee=candidate)[0]
    assert "is not a mentee of this cohort" in obstacles(cohort=cohort, mentor=mentor, mentee=stranger)[0]
    assert "is not a mentor of this cohort" in obstacles(cohort=cohort, mentor=candidate, mentee=mentor)[0]


def test_nobody_is_paired_with_themselves(pair):
    cohort = pair.pairing.cohort
    membership = MembershipFactory()
    mentor = ParticipantFactory(cohort=cohort, side="mentor", membership=membership)
    mentee = ParticipantFactory(cohort=cohort, side="mentee", membership=membership)
    with pytest.raises(CannotPair, match="Nobody mentors themselves"):
        confirm_pairing(cohort=cohort, mentor=mentor, mentee=mentee, actor=pair.coordinator)


@pytest.mark.covers("plp.sys.14")
@pytest.mark.parametrize("kind", ["interest", "line"])
def test_a_declared_conflict_must_be_acknowledged_and_that_is_kept(pair, kind):
    cohort = pair.pairing.cohort
    mentor = ParticipantFactory(cohort=cohort, side="mentor")
    mentee = ParticipantFactory(cohort=cohort, side="mentee")
    Conflict.objects.create(cohort=cohort, mentor=mentor, mentee=mentee, kind=kind)
    with pytest.raises(NeedsAcknowledging) as refusal:
        confirm_pairing(cohort=cohort, mentor=mentor, mentee=mentee, actor=pair.coordinator)
    keys = list(refusal.value.rules)
    assert len(keys) == 1
    assert "before you confirm the pair" in refusal.value.rules[keys[0]]
    made = confirm_pairing(cohort=cohort, mentor=mentor, mentee=mentee, actor=pair.coordinator, acknowledged=keys)
    assert timeline_of(made).get(action="pairing.confirmed").data["acknowledged"] == keys


@pytest.mark.covers("plp.sys.16")
def test_after_an_early_end_both_can_be_paired_again_and_the_records_stay(pair):
    kept = Output.objects.filter(pairing=pair.pairing).count()
    dissolve_pairing(pairing=pair.pairing, actor=pair.mentee)
    again = confirm_pairing(
        cohort=pair.pairing.cohort, mentor=pair.mentor_place, mentee=pair.mentee_place, actor=pair.coordinator
    )
    assert again.pk != pair.pairing.pk
    assert Output.objects.filter(pairing=pair.pairing).count() == kept
    assert PairingMember.objects.filter(participant=pair.mentee_place).count() == 2


def test_a_zone_that_nobody_knows_falls_back_to_the_participants_then_the_cohorts(pair):
    person = people_of(pair.pairing).mentor
    person.user.zone = "Pacific/Atlantis"
    person.participant.zone = "nowhere"
    assert not is_zone("Pacific/Atlantis")
    assert person.zone == pair.pairing.cohort.zone
