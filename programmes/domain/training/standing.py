"""Which modules somebody takes and how they stand with each."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentoring import clock
from mentoring.accounts.models import User
from programmes.domain.roles import roles_for
from programmes.enums import ParticipantState, TrainedBy
from programmes.models import Cohort, Participant, Programme, Training
from templates_app.domain.kits import kit_of
from templates_app.shapes import Module


@dataclass(frozen=True)
class Standing:
    """How somebody stands with a module."""

    module: Module
    pages_read: Sequence[int] = ()
    completed_on: dt.date | None = None
    completed_by: str = ""
    due_again_on: dt.date | None = None
    is_due_again: bool = False

    @property
    def is_done(self) -> bool:
        """Whether it was completed, be it long ago."""
        return self.completed_on is not None

    @property
    def is_owed(self) -> bool:
        """Whether it is mandatory and not completed, or due again."""
        return (self.module.mandatory and not self.is_done) or self.is_due_again

    @property
    def how(self) -> str:
        """How it was completed, in words."""
        if self.completed_by == TrainedBy.READING and not self.module.questions:
            return _("read")
        return str(TrainedBy(self.completed_by).label) if self.completed_by else ""


def modules_of(programme: Programme) -> list[Module]:
    """The modules of a programme."""
    return kit_of(programme.handbook).training


def modules_for(person: Participant) -> list[Module]:
    """The modules that somebody takes."""
    return [module for module in modules_of(person.cohort.programme) if module.is_for(person.side)]


def module_for(person: Participant, key: str) -> Module | None:
    """One of them."""
    return next((module for module in modules_for(person) if module.key == key), None)


def standing_of(person: Participant) -> list[Standing]:
    """How somebody stands with each of their modules. One query, none where there are no modules."""
    modules = modules_for(person)
    rows = list(Training.objects.filter(participant=person)) if modules else []
    return [_standing(module, [row for row in rows if row.module == module.key], person) for module in modules]


def standing_in(user: User, cohort: Cohort) -> list[tuple[Participant, list[Standing]]]:
    """How everybody of a cohort stands, for its coordinators; nothing for anybody else. Two queries."""
    if not roles_for(user).coordinates(cohort.programme_id) or not modules_of(cohort.programme):
        return []
    gone = [ParticipantState.DECLINED, ParticipantState.WITHDRAWN]
    people = list(Participant.objects.filter(cohort=cohort).exclude(state__in=gone))
    rows: dict[UUID, list[Training]] = defaultdict(list)
    for row in Training.objects.filter(participant__cohort=cohort):
        rows[row.participant_id].append(row)
    found = []
    for person in people:
        person.cohort = cohort
        of_person = rows[person.pk]
        found.append(
            (
                person,
                [
                    _standing(module, [row for row in of_person if row.module == module.key], person)
                    for module in modules_for(person)
                ],
            )
        )
    return [row for row in found if row[1]]


def _standing(module: Module, rows: Iterable[Training], person: Participant) -> Standing:
    listed = list(rows)
    begun = next((row for row in listed if row.completed_on is None), None)
    done = [row for row in listed if row.completed_on is not None]
    last = max(done, key=lambda row: row.completed_on or dt.date.min, default=None)
    again = None
    if last and last.completed_on and module.again_months is not None:
        again = clock.months_later(last.completed_on, module.again_months)
    return Standing(
        module=module,
        pages_read=begun.pages_read if begun else [],
        completed_on=last.completed_on if last else None,
        completed_by=last.completed_by if last else "",
        due_again_on=again,
        is_due_again=again is not None and again <= today_of(person),
    )


def today_of(person: Participant) -> dt.date:
    """What day it is where somebody is."""
    return clock.now().astimezone(ZoneInfo(person.zone)).date()


# --- Gate ---------------------------------------------------------------------------------------------------------------


def training_gate(person: Participant) -> str:
    """What of their training holds somebody back from being paired (``sssc.must.11``, ``sssc.must.12``)."""
    lacking = [one.module.title for one in standing_of(person) if one.module.gate and not one.is_done]
    if not lacking:
        return ""
    words = ngettext(
        "%(name)s has not completed “%(titles)s” yet.",
        "%(name)s has not completed these yet: %(titles)s.",
        len(lacking),
    )
    return words % {"name": person.name, "titles": _("; ").join(lacking)}
