"""What the leads of the partners hear when a pair has ended, and what set-up says while a partner has none."""

import datetime as dt

import pytest
from django.test import Client

from mentoring import clock
from mentoring.notices.domain.rendering import render_message
from mentoring.notices.models import Message
from mentoring.tenancy.models import Partner
from mentoring.tenancy.scope import tenant_scope
from pairs.domain.ending import complete_pairing, dissolve_pairing
from programmes.domain.concerns.setting_up import what_is_missing
from programmes.models import Assignment, Participant
from tests.factories import AssignmentFactory, MembershipFactory, PartnerFactory, UserFactory
from tests.pairs.conftest import PAIRED, make_pair

pytestmark = pytest.mark.django_db
KIND = "pairs.pairing_ended_lead"


def paired_and_closed_by_coordinators(handbook) -> None:
    """Whoever pairs people and closes pairs in this handbook: here a coordinator may."""
    handbook.content["matching"]["mode"] = "both"
    handbook.content["plan"]["closing"]["together"] = False


@pytest.fixture
def across():
    """A pair across two partners: the mentor's has a lead, the mentee's a mailbox alone."""
    made = make_pair(kit="gla", changed=paired_and_closed_by_coordinators)
    with tenant_scope(made.organisation), clock.at(PAIRED + dt.timedelta(days=1)):
        made.theirs = PartnerFactory(key="first", name="First organisation")
        made.other = PartnerFactory(key="second", name="Second organisation", mailbox="mentoring@second.example")
        for place, partner in ((made.mentor_place, made.theirs), (made.mentee_place, made.other)):
            Participant.objects.filter(pk=place.pk).update(partner=partner)
        made.lead = UserFactory(email="lead@first.example", given_name="Leo", family_name="Lead")
        programme = made.pairing.cohort.programme
        AssignmentFactory(
            programme=programme, membership=MembershipFactory(user=made.lead), role="partner_lead", partner=made.theirs
        )
        yield made


def told(kind: str = KIND) -> set[str]:
    return set(Message.objects.filter(kind=kind).values_list("email", flat=True))


@pytest.mark.covers("gla.must.40", "gla.must.51")
@pytest.mark.parametrize("verb", [dissolve_pairing, complete_pairing])
def test_each_partys_lead_hears_of_their_own_person_and_a_partner_without_one_by_its_mailbox(across, verb):
    verb(pairing=across.pairing, actor=across.mentee if verb is dissolve_pairing else across.coordinator)
    assert told() == {across.lead.email, "mentoring@second.example"}
    texts = {one.email: render_message(one).text for one in Message.objects.filter(kind=KIND)}
    assert "Helen" in texts[across.lead.email]
    assert "Ana" not in texts[across.lead.email]
    assert "Ana" in texts["mentoring@second.example"]
    assert "Helen" not in texts["mentoring@second.example"]


@pytest.mark.covers("gla.must.40")
def test_the_mentee_is_offered_a_new_search_on_the_page_to_which_the_letter_leads(across):
    dissolve_pairing(pairing=across.pairing, actor=across.mentor)
    letter = Message.objects.get(kind="pairs.pairing_ended_early", recipient=across.mentee)
    client = Client()
    client.force_login(across.mentee)
    place = letter.context["action_url"].split("/o/", 1)[1]
    page = client.get(f"/o/{place}", follow=True).content.decode()
    assert across.url(f"place/{across.mentee_place.pk}/mentors/") in page
    assert "look for another mentor" in render_message(letter).text


def test_without_a_mailbox_of_its_own_the_programmes_hears_it_and_without_any_nobody(across):
    Partner.objects.update(mailbox="")
    Assignment.objects.filter(role="partner_lead").delete()
    handbook = across.pairing.cohort.programme.handbook
    handbook.content["concerns"]["mailbox"] = "hub@mentoring.example"
    handbook.revision += 1
    handbook.save()
    dissolve_pairing(pairing=across.pairing, actor=across.mentee)
    assert told() == {"hub@mentoring.example"}
    assert Message.objects.filter(kind=KIND).count() == 2, "one for each party"


def test_a_handbook_that_does_not_ask_for_it_tells_no_lead(across):
    handbook = across.pairing.cohort.programme.handbook
    handbook.content["running"]["tells_leads"] = False
    handbook.revision += 1
    handbook.save()
    dissolve_pairing(pairing=across.pairing, actor=across.mentee)
    assert told() == set()
    assert across.coordinator.email in told("pairs.pairing_ended_early_coordinator")


@pytest.mark.covers("gla.must.51")
def test_set_up_warns_until_each_partner_with_people_has_a_lead(across):
    programme = across.pairing.cohort.programme
    (line,) = [words for words in what_is_missing(programme) if "Second organisation" in words]
    assert "mentoring@second.example" in line
    assert not [words for words in what_is_missing(programme) if "First organisation" in words]
    user = UserFactory(email="lead@second.example")
    AssignmentFactory(
        programme=programme, membership=MembershipFactory(user=user), role="partner_lead", partner=across.other
    )
    assert not [words for words in what_is_missing(programme) if "organisation has no lead" in words]


@pytest.mark.covers("gla.must.18", "gla.must.49")
def test_everybody_sees_their_own_partners_lead_and_mailbox_among_the_contacts(across):
    pages = {}
    for user in (across.mentor, across.mentee):
        client = Client()
        client.force_login(user)
        pages[user.pk] = client.get(across.url("guidance/e-mentoring/contacts/")).content.decode()
    assert "Leo Lead" in pages[across.mentor.pk]
    assert "lead@first.example" not in pages[across.mentor.pk], "the mailbox is the way; an address is the lead's own"
    assert "Leo Lead" not in pages[across.mentee.pk]
    assert "mentoring@second.example" in pages[across.mentee.pk]
    assert "mentoring@second.example" not in pages[across.mentor.pk]
