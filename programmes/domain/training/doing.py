"""Taking a module: reading its pages, answering its questions; and recording what was done elsewhere."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from programmes.domain.roles import roles_for
from programmes.domain.training.standing import module_for, today_of
from programmes.enums import TrainedBy
from programmes.models import Participant, Training
from templates_app.shapes import Module, Question


class NotTheirs(Exception):
    """The module is not for this person, or it is not for the one who acts."""


class NotRead(Exception):
    """The questions come after the pages."""


@dataclass(frozen=True)
class Answered:
    """What became of a question."""

    question: Question
    is_right: bool


def choices_of(question: Question) -> list[tuple[str, str]]:
    """The answers to choose from, with keys, in an order that gives nothing away and stays the same."""
    every = [("r", index, duty.text) for index, duty in enumerate(question.right)]
    every += [("w", index, duty.text) for index, duty in enumerate(question.wrong)]
    in_order = sorted(every, key=lambda one: (one[2].casefold(), one[0]))
    return [(str(place), text) for place, (_kind, _index, text) in enumerate(in_order)]


def right_of(question: Question) -> set[str]:
    """The keys of the answers that are to be chosen."""
    right = {duty.text for duty in question.right}
    return {key for key, text in choices_of(question) if text in right}


def can_be_read(module: Module) -> bool:
    """Whether reading it and answering its questions completes it."""
    return module.by != "attendance" and bool(module.pages)


def can_be_done_elsewhere(module: Module) -> bool:
    """Whether doing its course elsewhere, and saying so, completes it."""
    return module.by in {"course", "either"} and bool(module.url)


@transaction.atomic
def finish_elsewhere(*, person: Participant, key: str, actor: User) -> Training | None:
    """Note that somebody says they have done a module's course elsewhere (``phase1.arch.5.c``). Raises ``NotTheirs``, also where
    their word does not complete it. Returns the completed row, ``None`` where that day is recorded already.
    """
    module = _own(person, key, actor)
    if not can_be_done_elsewhere(module):
        raise NotTheirs
    return _complete(person, module, TrainedBy.COURSE, today_of(person), actor)


@transaction.atomic
def read_page(*, person: Participant, key: str, page: int, actor: User) -> Training | None:
    """Note that a page was read. A module without questions is completed with its last page. Raises ``NotTheirs``.

    Returns the completed row, or ``None`` while something is left.
    """
    module = _own(person, key, actor)
    if not 0 <= page < len(module.pages):
        raise NotTheirs
    row = _begun(person, key)
    row.pages_read = sorted({*row.pages_read, page})
    row.save(update_fields=["pages_read"])
    if not module.questions and _has_read_all(row, module) and can_be_read(module):
        return _complete(person, module, TrainedBy.READING, today_of(person), actor)
    return None


@transaction.atomic
def answer_questions(
    *, person: Participant, key: str, answers: Mapping[str, Iterable[str]], actor: User
) -> Sequence[Answered]:
    """See which answers are right; when all are, and it is completed by reading, the module is done.

    Nothing of the answers is kept. Raises ``NotTheirs`` and ``NotRead``.
    """
    module = _own(person, key, actor)
    if not _has_read_all(_begun(person, key), module):
        raise NotRead
    found = [Answered(one, set(answers.get(one.key, ())) == right_of(one)) for one in module.questions]
    if all(one.is_right for one in found) and can_be_read(module):
        _complete(person, module, TrainedBy.READING, today_of(person), actor)
    return found


@transaction.atomic
def record_training(
    *,
    people: Iterable[Participant],
    key: str,
    on: dt.date,
    actor: User,
    by: TrainedBy = TrainedBy.COORDINATOR,
) -> list[Participant]:
    """Record that people have completed a module, as its coordinator. Returns those for whom that is new.

    Who does not take the module is passed over. Raises ``NotTheirs`` for anybody but a coordinator.
    """
    listed = list(people)
    if not all(roles_for(actor).coordinates(person.cohort.programme_id) for person in listed):
        raise NotTheirs
    modules = [(person, module_for(person, key)) for person in listed]
    return [person for person, module in modules if module and _complete(person, module, by, on, actor)]


def _own(person: Participant, key: str, actor: User) -> Module:
    module = module_for(person, key)
    if module is None or person.pk not in roles_for(actor).participants:
        raise NotTheirs
    return module


def _begun(person: Participant, key: str) -> Training:
    row, _new = Training.objects.get_or_create(participant=person, module=key, completed_on=None)
    return row


def _has_read_all(row: Training, module: Module) -> bool:
    return set(range(len(module.pages))) <= set(row.pages_read)


def _complete(person: Participant, module: Module, by: TrainedBy, on: dt.date, actor: User) -> Training | None:
    """The completed row; ``None`` where that day is recorded already."""
    rows = Training.objects.filter(participant=person, module=module.key)
    if rows.filter(completed_on=on).exists():
        return None
    try:
        with transaction.atomic():
            row = rows.filter(completed_on=None).first() or Training(participant=person, module=module.key)
            row.completed_on, row.completed_by = on, by
            row.save()
    except IntegrityError:  # another window was faster
        return None
    record_event("training.completed", person, actor=actor, name=person.name, title=module.title)
    return row
