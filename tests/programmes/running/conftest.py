"""A programme with a handbook that says much about how it is run, its coordinator, steering group and one mentor."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.tenancy.models import Organisation
from mentoring.tenancy.scope import tenant_scope
from programmes.domain.sheet_owner import sheet_owner
from programmes.domain.sheets import begin_own_sheet, begin_programme_sheet, get_sheet_for
from programmes.models import Cohort, Participant, Programme, Sheet
from templates_app.answers.sample import sample_answers
from templates_app.domain.kits import worksheet_of
from templates_app.domain.responses import submit_response
from templates_app.models import Handbook
from tests.factories import (
    AssignmentFactory,
    CohortFactory,
    MembershipFactory,
    OrganisationFactory,
    ParticipantFactory,
    ProgrammeFactory,
    UserFactory,
)

TODAY = dt.datetime(2026, 11, 2, 9, 0, tzinfo=dt.UTC)


@dataclass
class Office:
    """Those who run a programme, and what they run it with."""

    organisation: Organisation
    programme: Programme
    cohort: Cohort
    coordinator: User
    steering: User
    mentor: User
    mentee: User
    mentor_place: Participant
    mentee_place: Participant

    def url(self, path: str = "") -> str:
        return f"/o/{self.organisation.slug}/{path}"

    @property
    def place(self) -> str:
        return self.url(f"programmes/{self.programme.slug}/")

    @property
    def desk(self) -> str:
        return self.url(f"desk/{self.programme.slug}/{self.cohort.slug}/")

    def send(self, worksheet: str, **answers: Any) -> Sheet:
        """One of the programme's own worksheets, filled in whole and sent, with these answers among the others."""
        sheet = begin_programme_sheet(programme=self.programme, worksheet=worksheet, actor=self.coordinator)
        return self._send(sheet, self.coordinator, answers)

    def send_own(self, person: Participant, worksheet: str, **answers: Any) -> Sheet:
        """A worksheet of one's own, sent."""
        user = person.membership.user
        return self._send(begin_own_sheet(person=person, worksheet=worksheet, actor=user), user, answers)

    def _send(self, sheet: Sheet, actor: User, answers: dict[str, Any]) -> Sheet:
        sheet = get_sheet_for(actor, sheet.pk)
        owner = sheet_owner(sheet, actor)
        whole = sample_answers(worksheet_of(sheet.response.version), owner.context)
        submit_response(
            response=sheet.response,
            actor=actor,
            answers={**whole, **answers},
            revision=sheet.response.revision,
            context=owner.context,
            then=owner.on_submitted,
        )
        return get_sheet_for(actor, sheet.pk)

    def change(self, part: str, **values: Any) -> None:
        """Have the handbook say something else."""
        handbook = self.programme.handbook
        handbook.content = {**handbook.content, part: {**handbook.content[part], **values}}
        handbook.revision += 1
        handbook.save()


def make_office(kit: str = "sssc", changed: Callable[[Handbook], None] | None = None) -> Office:
    """An organisation of its own with a programme made from a shipped kit. Left closed."""
    organisation = OrganisationFactory(slug="glen", name="Glen Partnership", zone="UTC")
    with tenant_scope(organisation), clock.at(TODAY):
        programme = ProgrammeFactory(slug="peers", title="Peers", handbook__kit=kit)
        if changed is not None:
            changed(programme.handbook)
            programme.handbook.save()
        cohort = CohortFactory(programme=programme, slug="first", starts_on=dt.date(2026, 11, 2), zone="UTC")
        users = [
            UserFactory(email=f"{name.lower()}@glen.example", given_name=name, family_name="Glen")
            for name in ("Cora", "Stella", "Mona", "Tess")
        ]
        memberships = [MembershipFactory(user=user) for user in users]
        AssignmentFactory(programme=programme, membership=memberships[0])
        AssignmentFactory(programme=programme, membership=memberships[1], role="steering")
        places = [
            ParticipantFactory(cohort=cohort, membership=memberships[2 + index], side=side)
            for index, side in enumerate(("mentor", "mentee"))
        ]
        return Office(organisation, programme, cohort, *users, *places)


@pytest.fixture
def office(db) -> Iterator[Office]:
    """The programme on Monday 2 November 2026, its organisation open."""
    made = make_office()
    with tenant_scope(made.organisation), clock.at(TODAY):
        yield made
