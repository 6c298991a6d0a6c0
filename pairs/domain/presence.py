"""Who was there when something was written: people of a group may come later, leave, and come back.

What somebody sends is for those who are in the pairing then, as the sentence above the sheet said. Who joins later does not
read it, and who has left reads nothing that is sent after that. In a pair this never makes a difference. Pure.
"""

from collections.abc import Iterable

from pairs.domain.people import People, Person
from pairs.models import Output, Session
from programmes.enums import Side
from templates_app.shapes import Readers


def was_here_for(person: Person | None, output: Output) -> bool:
    """Whether the person was in the pairing when the output was sent."""
    return person is not None and output.done_at is not None and person.was_here(output.done_at)


def stays_known(person: Person, output: Output) -> bool:
    """As ``was_here_for``; of what is taken up again, what had been sent stays with those who are there."""
    if output.done_at is not None:
        return was_here_for(person, output)
    sent_at = output.response.submitted_at if output.response else None
    return person.is_here and (sent_at is None or person.was_here(sent_at))


def is_among(person: Person | None, readers: Readers) -> bool:
    """Whether a sheet is for this one of the pairing, beside its author: for all, or for the mentors alone."""
    return readers.partners == "all" or (person is not None and person.side == Side.MENTOR)


def is_sent_by_all(
    output: Output, outputs: Iterable[Output], people: People, reader: Person | None, *, fills: bool
) -> bool:
    """Whether all who owed it when this one was sent have sent theirs: the reader in any case, of the others those who have
    not left since. So somebody who joins later closes nothing that was open. ``fills``: the reader fills in such a sheet
    too, and reads nobody else's before they have, also where nothing asked them for it.
    """
    same = [row for row in outputs if (row.worksheet, row.moment) == (output.worksheet, output.moment)]
    done = {id(people.member(row.member_id)) for row in same if row.done_at is not None}
    if fills and id(reader) not in done:
        return False
    if fills and output.is_further:  # nobody is owed it: those read each other's who have sent theirs (``occasions``)
        return True
    waiting = [people.member(row.member_id) for row in same if row.done_at is None]
    return not any(_holds_up(one, output, reader) for one in waiting if id(one) not in done)


def _holds_up(owing: Person | None, output: Output, reader: Person | None) -> bool:
    if owing is None or owing is reader:
        return True
    return owing.is_here and was_here_for(owing, output)


def at_meeting(session: Session, people: People) -> People:
    """The people whom a meeting is for: all of the pairing, or one mentee of a group with the mentors."""
    if session.mentee_id is None:
        return people
    meant = [one for one in people.everyone if one.side == Side.MENTOR or one.participant.pk == session.mentee_id]
    return People(tuple(meant))
