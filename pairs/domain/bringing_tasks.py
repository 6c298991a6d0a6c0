"""Tasks of a pair from a file, and back into one (``phase1.tool.project``). They are the pair's own: nobody else reads them."""

import csv
import datetime as dt
import io
from collections.abc import Sequence

from defusedcsv import csv as defused
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from pairs.domain.actions import actions_for
from pairs.domain.people import NotAMember, member_of
from pairs.domain.reading import Reader, reader_of
from pairs.domain.task_files import COLUMNS, Known, TaskRow, TaskTable, judge, same_task
from pairs.enums import STILL_TO_DO, ActionKind
from pairs.models import Action, Pairing


def judged_for(reader: Reader, table: TaskTable, meanings: Sequence[str]) -> list[TaskRow]:
    """What would become of each row, beside the tasks that this person may read. Raises ``NotAMember`` for anybody else."""
    if reader.person is None:
        raise NotAMember
    people = reader.people
    there = {same_task(one.text, people.member(one.owner_id)) for one in actions_for(reader)}
    return judge(table, meanings, Known(people, reader.person, there))


@transaction.atomic
def take_in_tasks(*, pairing: Pairing, table: TaskTable, meanings: Sequence[str], actor: User) -> int:
    """Take in the rows that are new, all of them or none; returns how many. The same file again brings nothing.

    Raises ``NotAMember``.
    """
    member_of(pairing, actor)
    Pairing.objects.select_for_update().get(pk=pairing.pk)  # of two who bring the same file, the second finds it there
    now, count = clock.now(), 0
    for row in judged_for(reader_of(actor, pairing), table, meanings):
        if row.fate == "new" and _keep(pairing, row, actor, now):
            count += 1
    if count:
        record_event("actions.taken_in", pairing, actor=actor, within=pairing, count=count)
    return count


def _keep(pairing: Pairing, row: TaskRow, actor: User, now: dt.datetime) -> bool:
    assert row.owner is not None
    settled = row.state not in STILL_TO_DO
    _action, made = Action.objects.get_or_create(
        pairing=pairing,
        row=_name_of(row),
        defaults={
            "kind": ActionKind.FILE,
            "text": row.text,
            "owner": row.owner.member,
            "due_on": row.due,
            "state": row.state,
            "settled_at": now if settled else None,
            "settled_by": actor if settled else None,
        },
    )
    return made


def _name_of(row: TaskRow) -> str:
    """A stable name for the row, from which nobody who sees it alone learns the words."""
    digest = salted_hmac("pairs.task-of-a-file", "\n".join(same_task(row.text, row.owner))).hexdigest()
    return f"file.{digest[:32]}"


def tasks_as_csv(reader: Reader) -> str:
    """The tasks that this person may read, under headings that are understood when the file comes back."""
    out = io.StringIO()
    writer = defused.writer(out, quoting=csv.QUOTE_MINIMAL)
    writer.writerow([str(COLUMNS[key]) for key in COLUMNS] + [_("Done on")])
    for one in actions_for(reader):
        owner = reader.people.member(one.owner_id)
        done = one.settled_at.date().isoformat() if one.settled_at else ""
        due = one.due_on.isoformat() if one.due_on else ""
        writer.writerow([one.text, owner.name if owner else "", due, one.get_state_display(), done])
    return out.getvalue()
