"""Worksheets that may be filled in again at will: their sheets in order, and a new one."""

from collections.abc import Iterable

from django.db import transaction
from django.http import Http404

from mentoring import clock
from mentoring.accounts.models import User
from pairs.domain.forms_chosen import for_other_forms
from pairs.domain.occasions import next_number
from pairs.domain.people import member_of, members
from pairs.domain.queries import outputs_for
from pairs.domain.reading import Reader
from pairs.domain.wanted import sides_of
from pairs.enums import OutputKind
from pairs.models import FURTHER, Goal, Output, Pairing, PairingMember, Session
from templates_app.domain.kits import AGREEMENT_KEY, worksheet_of
from templates_app.shapes import GOAL_SOURCES, Filler, Kind, Worksheet, is_for


def sheets_of(reader: Reader, worksheet: str) -> list[Output]:
    """The sheets of a worksheet this person may know of, the newest first. An empty one that was withdrawn when somebody left
    who came back is none.
    """
    rows = outputs_for(reader.user, reader.pairing, reader)
    return sorted(
        _known(reader, worksheet, rows),
        key=lambda row: (row.response.saved_at or clock.now()) if row.response else clock.now(),
        reverse=True,
    )


def has_page(reader: Reader, sheet: Worksheet, outputs: Iterable[Output]) -> bool:
    """Whether this person finds a page of the worksheet's sheets: they know of one, or may begin one."""
    return bool(_known(reader, sheet.key, outputs)) or may_add(reader, sheet)


def _known(reader: Reader, worksheet: str, outputs: Iterable[Output]) -> list[Output]:
    return [row for row in outputs if row.worksheet == worksheet and not _is_bygone(reader, row)]


def _is_bygone(reader: Reader, row: Output) -> bool:
    person = reader.people.member(row.member_id) if row.cancelled_at and row.response_id is None else None
    return person is not None and person.is_here and person.member.pk != row.member_id


def is_shown(sheet: Worksheet, rows: Iterable[Output]) -> bool:
    """Whether a worksheet stands on a page: it is in use, or something was written on it that is among these."""
    return sheet.in_use or any(row.worksheet == sheet.key and row.response_id is not None for row in rows)


def may_add(reader: Reader, sheet: Worksheet | None) -> bool:
    """Whether the person may begin a (further) sheet: nothing else calls for it, it is theirs to fill, the pair is running
    and they have not left it.

    One that does not repeat is begun once.
    """
    person = reader.person
    if sheet is None or person is None or not goes_on(reader) or not is_at_will(reader, sheet):
        return False
    if person.side not in sides_of(sheet.filled_by) and sheet.filled_by is not Filler.TOGETHER:
        return False
    if sheet.one_for_each:  # opened from what it is about
        return False
    return sheet.repeats or not any(row.worksheet == sheet.key and reader.owes(row) for row in reader.outputs)


def is_at_will(reader: Reader, sheet: Worksheet) -> bool:
    """Whether a pair takes this worksheet up when it likes: neither joining, nor a gate, nor a survey calls for it, and it
    is not the agreement. One for a form of mentoring that the pair did not choose is none.
    """
    kit = reader.kit
    surveys = {survey.worksheet for survey in kit.surveys}
    elsewhere = {AGREEMENT_KEY, *kit.joining.enrolment.values(), *kit.joining.gates, *surveys}
    fits = is_for(sheet.models, reader.pairing.model)
    return sheet.is_at_will and fits and sheet.key not in elsewhere and sheet.key not in for_other_forms(reader)


def can_add(reader: Reader, worksheet: str) -> bool:
    """Whether ``add_sheet`` would give this person a sheet."""
    sheet = reader.worksheets.get(worksheet)
    return sheet is not None and (may_add(reader, sheet) or _is_open(reader, sheet))


@transaction.atomic
def add_sheet(*, reader: Reader, worksheet: str, actor: User) -> Output:
    """A further sheet, or the one that is still open: nobody needs two empty ones. Raises ``Http404``."""
    sheet = reader.worksheets.get(worksheet)
    if sheet is None or not (may_add(reader, sheet) or _is_open(reader, sheet)):
        raise Http404
    member = None if sheet.filled_by is Filler.TOGETHER else member_of(reader.pairing, actor)
    rows = Output.objects.filter(
        pairing=reader.pairing, kind=OutputKind.WORKSHEET, worksheet=worksheet, member=member, cancelled_at=None
    )
    open_row = rows.filter(done_at=None, opens_at__lte=clock.now()).order_by("position").first()
    return open_row or new_sheet(reader.pairing, sheet, member, list(rows))


@transaction.atomic
def sheet_about(*, reader: Reader, goal: Goal, worksheet: str, actor: User) -> Output:
    """The one sheet of a worksheet that is about this goal, opened where there is none yet (``cal.sys.32``).

    Raises ``Http404`` for a worksheet that is not for each of these, and where the reader may not begin one.
    """
    sheet = reader.worksheets.get(worksheet)
    if sheet is None or not is_for_each(sheet, goal) or not reader.knows_goal(goal):
        raise Http404
    Goal.objects.select_for_update().get(pk=goal.pk)  # two clicks make one sheet
    member = None if sheet.filled_by is Filler.TOGETHER else member_of(reader.pairing, actor)
    rows = Output.objects.filter(
        pairing=reader.pairing, kind=OutputKind.WORKSHEET, worksheet=worksheet, member=member, cancelled_at=None
    )
    found = rows.filter(about=goal).first()
    if found is not None:
        return found
    if not may_open_about(reader, sheet):
        raise Http404
    unused = (
        rows.filter(about=None, response=None, done_at=None, opens_at__lte=clock.now()).order_by("position").first()
    )
    output = unused or new_sheet(reader.pairing, sheet, member, list(rows))
    output.about = goal
    output.save(update_fields=["about"])
    return output


def is_for_each(sheet: Worksheet, goal: Goal) -> bool:
    """Whether the handbook has one such sheet for each of what this goal is."""
    return GOAL_SOURCES.get(sheet.one_for_each) == goal.level


def may_open_about(reader: Reader, sheet: Worksheet) -> bool:
    """Whether the person fills in such sheets, and the pair is running."""
    person = reader.person
    if person is None or not goes_on(reader) or not is_at_will(reader, sheet):
        return False
    return sheet.filled_by is Filler.TOGETHER or person.side in sides_of(sheet.filled_by)


def offer_sheet(pairing: Pairing, sheet: Worksheet, session: Session | None) -> list[Output]:
    """Lay a worksheet before all who fill it in; who has one to fill in already gets no second. Nobody owes it."""
    together = sheet.filled_by is Filler.TOGETHER
    sides = sides_of(sheet.filled_by)
    filling = [None] if together else [row for row in members(pairing) if row.side in sides and row.left_at is None]
    found = []
    for member in filling:
        rows = Output.objects.filter(
            pairing=pairing, kind=OutputKind.WORKSHEET, worksheet=sheet.key, member=member, cancelled_at=None
        )
        if not rows.filter(done_at=None, opens_at__lte=clock.now()).exists():
            found.append(new_sheet(pairing, sheet, member, list(rows), session=session))
    return found


def sparing_words(reader: Reader, output: Output, sheet: Worksheet) -> str:
    """What the handbook says once many sheets of this worksheet were begun in one session; empty before that."""
    if sheet.sparing is None or output.session_id is None:
        return ""
    alike = [row for row in reader.outputs if row.worksheet == sheet.key and row.session_id == output.session_id]
    return sheet.sparing.words if len(alike) >= sheet.sparing.sheets else ""


def _is_open(reader: Reader, sheet: Worksheet) -> bool:
    """Whether one that does not repeat is begun and not sent: it is gone on with."""
    mine = [row for row in reader.outputs if row.worksheet == sheet.key and reader.owes(row)]
    return is_at_will(reader, sheet) and goes_on(reader) and any(row.is_open for row in mine)


def goes_on(reader: Reader) -> bool:
    """Whether the pair is running, and this person is in it still."""
    return reader.pairing.is_active and reader.person is not None and reader.person.is_here


def new_sheet(
    pairing: Pairing,
    sheet: Worksheet,
    member: PairingMember | None,
    rows: list[Output],
    *,
    session: Session | None = None,
) -> Output:
    """One more sheet beside those there are (``rows``), for one member or for all together."""
    stage, position = (rows[-1].stage, rows[-1].position) if rows else ("", 0)
    return Output.objects.create(
        pairing=pairing,
        kind=OutputKind.WORKSHEET,
        worksheet=sheet.key,
        moment=f"{FURTHER}{next_number(pairing, sheet.key)}",
        title=sheet.title[:200],
        member=member,
        session=session or present_session(pairing),
        stage=stage,
        position=position,
        required=False,
        opens_at=clock.now(),
    )


def present_session(pairing: Pairing) -> Session | None:
    """The session a note of today belongs to: the last one that has begun, or the first."""
    rows = Session.objects.filter(pairing=pairing, part=0)
    begun = rows.filter(starts_at__lte=clock.now()).exclude(state="cancelled").order_by("-number").first()
    return begun or rows.order_by("number").first()


def link_sheet(output: Output) -> None:
    """Connect a sheet that was begun for nothing in particular with what it names, where nothing else is about that."""
    assert output.response is not None
    sheet = worksheet_of(output.response.version)
    asked = (field for field in sheet.fields() if sheet.one_for_each and field.options_from == sheet.one_for_each)
    row = next((output.response.facts.get(field.key) for field in asked if field.kind is Kind.CHOICE), None)
    goal = Goal.objects.filter(pairing=output.pairing_id, row=row).first() if row else None
    same = Output.objects.filter(pairing=output.pairing_id, worksheet=output.worksheet, member=output.member_id)
    if goal is not None and is_for_each(sheet, goal) and not same.filter(about=goal, cancelled_at=None).exists():
        output.about = goal
        output.save(update_fields=["about"])
