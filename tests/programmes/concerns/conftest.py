"""A programme whose handbook takes concerns, with two leads for them; the first pair comes from two partners."""

from collections.abc import Callable
from typing import Any

import pytest

from mentoring.tenancy.models import Partner
from programmes.domain.concerns.raising import raise_concern
from programmes.domain.roles import forget_roles
from programmes.models import Concern
from templates_app.domain.kits import kit_of
from templates_app.shapes import Concerns
from tests.cast import Company
from tests.factories import AssignmentFactory, MembershipFactory, UserFactory

SECRET = "The bruises were no accident."
RULES = {
    "offered": True,
    "ours": True,
    "leads": "partner",
    "tell_first": True,
    "acknowledge_days": 3,
    "words": "You do not have to judge alone.",
    "exceptions": [{"text": "Harm to a person."}],
}


def set_rules(company: Company, **values: Any) -> None:
    """Have the programme's handbook say this about concerns."""
    handbook = company.programme.handbook
    rules = Concerns.model_validate(RULES | values)
    handbook.content = {**handbook.content, "concerns": rules.model_dump(mode="json")}
    handbook.revision += 1
    handbook.save()
    assert kit_of(handbook).concerns == rules


def name_lead(company: Company, given_name: str, partner: Partner | None = None) -> Any:
    """A member named as lead for concerns, or as lead of a partner; nothing else."""
    user = UserFactory(email=f"{given_name.lower()}@reef.example", given_name=given_name, family_name="Reef")
    AssignmentFactory(
        programme=company.programme,
        membership=MembershipFactory(user=user),
        role="partner_lead" if partner else "concerns",
        partner=partner,
    )
    return user


@pytest.fixture
def care(inside: Company) -> Company:
    """The company: mentor and mentee of two partners with a lead each, and two leads for concerns."""
    set_rules(inside)
    inside.other_partner = Partner.objects.exclude(pk=inside.partner.pk).order_by("key").first()
    type(inside.participants["mentee"]).objects.filter(pk=inside.participants["mentee"].pk).update(
        partner=inside.other_partner
    )
    inside.participants["mentee"].refresh_from_db()
    inside.their_lead = name_lead(inside, "Theirs", inside.other_partner)
    inside.lead = name_lead(inside, "Leilani")
    inside.deputy = name_lead(inside, "Dora")
    for user in (inside.partner_lead, inside.mentor, inside.mentee):
        forget_roles(user)
    return inside


@pytest.fixture
def raised(care: Company) -> Callable[..., Concern]:
    """``raised("mentor")``: a concern of theirs."""

    def make(who: str = "mentor", **values: Any) -> Concern:
        person = care.participants[who]
        return raise_concern(person=person, text=SECRET, actor=getattr(care, who), **values)

    return make
