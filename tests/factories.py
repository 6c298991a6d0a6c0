"""Factories: one per model, free of surprises. Tenant rows go to the organisation that is open."""

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from mentoring.accounts.domain.people import prove_address
from mentoring.accounts.models import User
from mentoring.tenancy import keys
from mentoring.tenancy.models import Membership, Organisation, Partner
from mentoring.tenancy.scope import current_organisation
from pairs.models import Pairing, PairingMember, Session
from programmes.models import Assignment, Cohort, Participant, Programme
from templates_app.domain.kits import copy_kit
from templates_app.models import Handbook
from tests.kits import kit_named


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    id = factory.LazyFunction(uuid.uuid4)
    slug = factory.Sequence(lambda n: f"organisation-{n}")
    name = factory.Sequence(lambda n: f"Organisation {n}")
    zone = "Pacific/Apia"
    sealed_data_key = factory.LazyAttribute(lambda o: keys.new_wrapped_key(o.id))


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n}@people.example")
    given_name = factory.Sequence(lambda n: f"Person{n}")
    family_name = "Tester"
    zone = "Pacific/Apia"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        """Somebody who has signed in before: their address is proven."""
        user = model_class.objects.create_user(*args, **kwargs)
        prove_address(user)
        return user


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    organisation = factory.LazyFunction(current_organisation)
    user = factory.SubFactory(UserFactory)


class PartnerFactory(DjangoModelFactory):
    class Meta:
        model = Partner

    key = factory.Sequence(lambda n: f"partner-{n}")
    name = factory.Sequence(lambda n: f"Partner {n}")


class HandbookFactory(DjangoModelFactory):
    """A copy of the kit ``plp-ess``, or of another one by its key."""

    class Meta:
        model = Handbook

    @classmethod
    def _create(cls, _model_class, *_args, **kwargs):
        return copy_kit(
            kit=kit_named(kwargs.get("kit", "plp-ess")), title=kwargs.get("title", "E-Mentoring"), actor=None
        )


class ProgrammeFactory(DjangoModelFactory):
    class Meta:
        model = Programme

    handbook = factory.SubFactory(HandbookFactory)
    slug = factory.Sequence(lambda n: f"programme-{n}")
    title = factory.Sequence(lambda n: f"Programme {n}")


class CohortFactory(DjangoModelFactory):
    class Meta:
        model = Cohort

    programme = factory.SubFactory(ProgrammeFactory)
    slug = factory.Sequence(lambda n: f"cohort-{n}")
    title = factory.Sequence(lambda n: f"Cohort {n}")
    starts_on = factory.LazyFunction(lambda: timezone.now().date() - dt.timedelta(days=7))
    ends_on = factory.LazyAttribute(lambda o: o.starts_on + dt.timedelta(days=183))
    zone = "Pacific/Apia"


class AssignmentFactory(DjangoModelFactory):
    class Meta:
        model = Assignment

    programme = factory.SubFactory(ProgrammeFactory)
    membership = factory.SubFactory(MembershipFactory)
    role = "coordinator"


class ParticipantFactory(DjangoModelFactory):
    """Somebody who has joined; ``membership=None`` and ``state="accepted"`` for one who has not."""

    class Meta:
        model = Participant

    cohort = factory.SubFactory(CohortFactory)
    membership = factory.SubFactory(MembershipFactory)
    side = "mentee"
    state = "joined"
    email = factory.LazyAttribute(
        lambda o: o.membership.user.email if o.membership else f"p{uuid.uuid4().hex[:8]}@p.example"
    )
    given_name = factory.LazyAttribute(lambda o: o.membership.user.given_name if o.membership else "Invited")
    family_name = factory.LazyAttribute(lambda o: o.membership.user.family_name if o.membership else "Person")
    zone = factory.LazyAttribute(lambda o: o.membership.user.zone if o.membership else "Pacific/Apia")
    employer = "Ministry of Works"
    title = "EIA Officer"


class PairingFactory(DjangoModelFactory):
    """A bare running pairing with both members: no outputs, sessions or notices (use ``confirm_pairing`` for those)."""

    class Meta:
        model = Pairing
        skip_postgeneration_save = True

    cohort = factory.SubFactory(CohortFactory)
    started_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def members(self, create, extracted, **kwargs):
        mentor, mentee = extracted or (
            ParticipantFactory(cohort=self.cohort, side="mentor"),
            ParticipantFactory(cohort=self.cohort, side="mentee"),
        )
        for participant in (mentor, mentee):
            PairingMember.objects.create(
                pairing=self, participant=participant, side=participant.side, joined_at=self.started_at
            )


class SessionFactory(DjangoModelFactory):
    class Meta:
        model = Session

    pairing = factory.SubFactory(PairingFactory)
    number = factory.Sequence(lambda n: n % 6 + 1)
    starts_at = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(days=7))
    zone = "Pacific/Apia"


def local(zone: str, *parts: int) -> dt.datetime:
    """An instant told by somebody's own clock: ``local("Pacific/Apia", 2026, 12, 10, 9, 0)``."""
    return dt.datetime(*parts, tzinfo=ZoneInfo(zone))  # type: ignore[arg-type,misc]
