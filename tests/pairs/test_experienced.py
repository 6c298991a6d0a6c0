"""Two mentors and who of them is the experienced one: said when they are put together, kept, and changed by the coordinator."""

import pytest
from django.db import IntegrityError, transaction

from mentoring.tenancy.scope import tenant_scope
from pairs.domain.experienced import name_experienced
from pairs.domain.membership import remove_member
from pairs.domain.pairing import CannotPair, form_pairing
from pairs.domain.people import NotAMember
from pairs.enums import PairingModel
from pairs.models import Pairing, PairingMember
from templates_app.shapes.programme import Model
from tests.pairs.conftest import make_group

MODELS = ["group", {"kind": "two-by-two", "experienced": True}]


@pytest.fixture
def four(db):
    """A cohort with a group of Moana and Helen running; Tevita and the others are free, and so is Helen for one more."""
    group = make_group(("Helen", "Moana"), models=MODELS)
    with tenant_scope(group.organisation):
        group.places["Helen"].capacity = 2
        group.places["Helen"].save()
        yield group


def form(four, experienced=None, model="two-by-two", mentors=("Helen", "Tevita")):
    return form_pairing(
        cohort=four.cohort,
        model=PairingModel(model),
        mentors=[four.places[name] for name in mentors],
        mentees=[four.places[name] for name in ("ʻAna", "Sione")],
        actor=four.coordinator,
        experienced=four.places[experienced] if experienced else None,
    )


def experienced_in(pairing) -> list[str]:
    rows = PairingMember.objects.filter(pairing=pairing, is_experienced=True, left_at__isnull=True)
    return [row.participant.given_name or row.participant.membership.user.given_name for row in rows]


@pytest.mark.covers("sssc.must.21")
def test_two_by_two_is_made_only_with_the_experienced_mentor_named_and_keeps_who_it_is(four):
    for who, words in ((None, "Say which of the mentors"), ("ʻAna", "is not one of these mentors")):
        with pytest.raises(CannotPair, match=words):
            form(four, who)
    made = form(four, "Tevita")
    assert experienced_in(made) == ["Tevita"]


def test_where_a_model_names_none_none_is_kept(four):
    with pytest.raises(CannotPair, match="no mentor is named"):
        form(four, "Tevita", model="group", mentors=("Tevita",))
    assert experienced_in(form(four, model="group", mentors=("Tevita",))) == []


@pytest.mark.covers("sssc.must.21")
def test_a_coordinator_says_it_on_the_page_of_making_and_changes_it_on_that_of_members(four, sign_in):
    coordinator = sign_in(four.coordinator)
    making = four.url(f"programmes/peers/cohorts/{four.cohort.slug}/matching/group/")
    assert "Which mentor is the experienced one" in coordinator.get(making).content.decode()
    people = {
        "model": "two-by-two",
        "mentors": [str(four.places[name].pk) for name in ("Helen", "Tevita")],
        "mentees": [str(four.places[name].pk) for name in ("ʻAna", "Sione")],
    }
    refused = coordinator.post(making, people)
    assert refused.status_code == 422
    assert "Say which of the mentors is the experienced one." in refused.content.decode()
    assert coordinator.post(making, people | {"experienced": str(four.places["Tevita"].pk)}).status_code == 302
    made = Pairing.objects.get(model="two-by-two")
    members = four.url(f"pairs/{made.pk}/members/")
    page = coordinator.get(members).content.decode()
    assert "mentor (experienced)" in page.partition('owed-what">Tevita Tupou')[2].partition("</li>")[0]
    assert "(experienced)" not in page.partition('owed-what">Helen Tupou')[2].partition("</li>")[0]
    for chosen in ({}, {"experienced": str(four.places["ʻAna"].pk)}):
        assert coordinator.post(members, {"naming": "yes"} | chosen).status_code == 422
    assert experienced_in(made) == ["Tevita"], "a mentee is no mentor"
    coordinator.post(members, {"naming": "yes", "experienced": str(four.places["Helen"].pk)})
    assert experienced_in(made) == ["Helen"]
    follow = coordinator.get(four.url(f"pairs/{made.pk}/")).content.decode()
    assert "named Helen Tupou as the experienced mentor" in follow
    assert "mentor (experienced)" in follow


def test_nobody_but_a_coordinator_names_them_and_no_one_who_has_left(four):
    made = form(four, "Tevita")
    with pytest.raises(NotAMember):
        name_experienced(pairing=made, mentor=four.places["Helen"], actor=four.users["Helen"])
    remove_member(pairing=made, participant=four.places["Tevita"], actor=four.coordinator)
    assert experienced_in(made) == []
    with pytest.raises(NotAMember):
        name_experienced(pairing=made, mentor=four.places["Tevita"], actor=four.coordinator)
    name_experienced(pairing=made, mentor=four.places["Helen"], actor=four.coordinator)
    assert experienced_in(made) == ["Helen"]


def test_the_database_keeps_it_to_one_and_to_mentors(four):
    made = form(four, "Tevita")
    for name in ("Helen", "ʻAna"):
        with pytest.raises(IntegrityError), transaction.atomic():
            PairingMember.objects.filter(pairing=made, participant=four.places[name]).update(is_experienced=True)


def test_a_handbook_cannot_ask_it_of_a_model_with_one_mentor():
    with pytest.raises(ValueError, match="has one mentor"):
        Model(kind="group", experienced=True)
    assert Model(kind="team", experienced=True).experienced
