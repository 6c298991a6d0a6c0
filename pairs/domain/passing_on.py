"""Passing a worksheet's writing on: the people of a pairing say who writes it from now on (``sssc.must.38``)."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from pairs.domain.anchors import anchors_of
from pairs.domain.people import People, member_of, others_of
from pairs.domain.planning import Plan, call_again, create_lacking, plan_of, replan, withdraw
from pairs.domain.reading import Reader
from pairs.domain.telling import page_of, tell
from pairs.domain.writers import Passing, as_written, may_write
from pairs.models import Output, Pairing, Session
from programmes.enums import Side
from templates_app.shapes import Filler, Use, Worksheet


class CannotPass(Exception):
    """The handbook does not let this sheet be written by them in this pairing."""


@dataclass(frozen=True)
class Writing:
    """Who writes a worksheet in a pairing, for its page."""

    worksheet: Worksheet
    present: Filler
    choices: list[tuple[Filler, str]]
    """Who may, with what the reader calls them."""
    still_theirs: list[Output]
    """Open sheets that stay with those who began them before it passed on."""

    @property
    def words(self) -> str:
        """Who writes it now."""
        return dict(self.choices).get(self.present, "")


def writing_of(reader: Reader, worksheet: str) -> Writing | None:
    """Who writes it now and who may, for one of a pairing; ``None`` where that is not theirs to say, or does not pass on."""
    sheet, person = reader.worksheets.get(worksheet), reader.person
    named = may_write(sheet, reader.people) if sheet is not None else []
    if sheet is None or not sheet.in_use or person is None or not named:
        return None
    strays = Passing(reader.people, {worksheet: sheet}).strays(reader.outputs)
    begun = [row for row in strays if row.is_open and row.response_id]
    return Writing(sheet, sheet.filled_by, [(one, who_words(one, reader.people)) for one in named], begun)


def writings_of(reader: Reader, use: Use) -> list[Writing]:
    """The same for every worksheet that plays a part in the life of a pair."""
    found = (writing_of(reader, key) for key, sheet in reader.worksheets.items() if sheet.use is use)
    return [one for one in found if one is not None]


def who_words(writer: Filler, people: People) -> str:
    """Who writes, by name."""
    if writer is Filler.TOGETHER:
        return _("all of you together") if len(people.present) > 2 else _("both of you together")
    return people.side_in_words(Side(writer)).name


@transaction.atomic
def pass_writing(*, pairing: Pairing, worksheet: str, to: str, actor: User) -> bool:
    """From now on ``to`` (``mentor``, ``mentee`` or ``together``) writes the worksheet: whatever is called for and not begun
    passes to them, with its dates and reminders; what somebody has begun stays theirs. The others are told. Saying what holds
    already changes nothing. Returns whether anything changed. Raises ``NotAMember`` and ``CannotPass``.
    """
    member = member_of(pairing, actor)
    pairing.writers = Pairing.objects.select_for_update().values_list("writers", flat=True).get(pk=pairing.pk)
    plan = plan_of(pairing)
    sheet = plan.worksheets.get(worksheet)
    if sheet is None or to not in may_write(sheet, plan.people):
        raise CannotPass
    if as_written(sheet, pairing).filled_by == to:
        return False
    pairing.writers = {**pairing.writers, worksheet: str(to)}
    pairing.save(update_fields=["writers"])
    _hand_on(plan, worksheet)
    event = record_event(
        "writing.passed", pairing, actor=actor, title=sheet.title, writer=who_words(Filler(to), plan.people)
    )
    link = page_of("pairs:sheets", pairing.pk, worksheet)
    for other in others_of(pairing, member):
        tell(
            "writing_passed",
            other,
            about=pairing,
            occasion=f"writing-{event.pk}",
            link=link,
            by=member,
            title=sheet.title,
            mine=to in {other.side, Filler.TOGETHER},
        )
    return True


def _hand_on(plan: Plan, worksheet: str) -> None:
    """Ask those who write it now for what nobody has begun, and nobody else any more."""
    pairing = plan.pairing
    rows = list(Output.objects.filter(pairing=pairing).select_for_update())
    strays = plan.passing.strays(rows)
    withdraw([row for row in strays if row.is_open and row.response_id is None], clock.now())
    away, kept = {row.pk for row in strays}, plan.passing.kept(rows)
    wanted = {one.key: one for one in plan.wanted if one.worksheet == worksheet and one.every is None}
    here = {None, *(person.member.pk for person in plan.people.present)}
    again = [
        row
        for row in rows
        if row.cancelled_at and row.done_at is None and row.pk not in away and row.member_id in here
        if (key := (row.kind, row.worksheet, row.moment)) in wanted and key not in kept
    ]
    call_again(again)
    anchors = anchors_of(pairing, Session.objects.filter(pairing=pairing), rows)
    create_lacking(plan, wanted.values(), rows, anchors)
    replan(pairing, plan)
