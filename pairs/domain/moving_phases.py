"""The page of the phases: what is done and left in each, and going on or back (``sssc.must.36``)."""

from dataclasses import dataclass, field

from django.db import transaction

from mentoring.accounts.models import User
from mentoring.history.domain import record_event, sentence, timeline_of
from mentoring.history.models import Event
from pairs.domain.people import NotAMember, Person, members, people_of
from pairs.domain.phases import present_stage, states_said
from pairs.domain.queries import outputs_for
from pairs.domain.reading import Reader
from pairs.domain.telling import page_of, tell_user
from pairs.enums import Right
from pairs.models import Output, Pairing
from programmes.domain.roles import roles_for
from templates_app.domain.kits import kit_of
from templates_app.domain.responses import answers_of
from templates_app.shapes import Kit, Stage

MOVED = "phase.moved"
EVENTS_SHOWN = 40


class CannotMove(Exception):
    """The handbook has no such phase, or the pairing is over."""


class MovedMeanwhile(Exception):
    """Somebody else has moved it since the page was opened."""


@dataclass(frozen=True)
class ShownPhase:
    """One phase for one reader. ``done`` and ``left`` are lines of its checklists, for those who read them."""

    stage: Stage
    state: str
    """``done`` (behind them), ``now``, ``ahead``; empty while nobody has said where they are and nothing is open."""
    done: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    @property
    def lines(self) -> int:
        """How many lines there are."""
        return len(self.done) + len(self.left)


@dataclass(frozen=True)
class PhasesPage:
    """The page."""

    phases: list[ShownPhase]
    present: str
    sheet: Output | None
    """The newest sheet of the checklist, where this person may read it."""
    worksheet: str
    """Key of the checklist's worksheet."""
    reads: bool
    """Whether the lines of the checklists are for this person at all."""
    moves: list[tuple[Event, str]]


def phases_of(reader: Reader) -> PhasesPage:
    """The phases of a pairing for one of its people, or for who coordinates it. Raises ``CannotMove`` where the handbook lets
    nobody say.
    """
    kit, pairing = reader.kit, reader.pairing
    if kit.plan.phases is None or pairing.is_alongside:
        raise CannotMove
    outputs = outputs_for(reader.user, pairing, reader)
    present = present_stage(pairing, kit, outputs)
    states, stages = states_said(kit, present), {stage.key: stage for stage in kit.stages}
    worksheet = kit.plan.phases.worksheet
    sheet = _newest(reader, [row for row in outputs if row.worksheet == worksheet]) if worksheet else None
    reads = worksheet in reader.worksheets and (reader.person is not None or sheet is not None)
    lines = _lines(reader, sheet) if reads else {}
    shown = [
        ShownPhase(
            stages[one.stage],
            states.get(one.stage, ""),
            [label for key in one.checklists for label, done in lines.get(key, []) if done],
            [label for key in one.checklists for label, done in lines.get(key, []) if not done],
        )
        for one in kit.plan.phases.stages
        if one.stage in stages
    ]
    events = timeline_of(pairing).filter(action=MOVED)[:EVENTS_SHOWN]
    return PhasesPage(shown, present, sheet, worksheet, reads, [(event, sentence(event)) for event in events])


def _newest(reader: Reader, rows: list[Output]) -> Output | None:
    """The sheet on which they ticked last, be it sent or in hand, of those that this person may read."""
    readable = [row for row in rows if row.response is not None and reader.right_to(row) >= Right.READ]
    written = [row for row in readable if row.response is not None and row.response.saved_at is not None]
    return max(written, key=lambda row: (row.response.saved_at, row.done_at is None), default=None)  # type: ignore[union-attr]


def _lines(reader: Reader, sheet: Output | None) -> dict[str, list[tuple[str, bool]]]:
    """Question → its lines with whether each is ticked: on the newest sheet, else on the handbook's, where none is."""
    assert reader.kit.plan.phases is not None
    shape = reader.sheet_of(sheet) if sheet is not None else reader.worksheets[reader.kit.plan.phases.worksheet]
    answers = answers_of(sheet.response) if sheet is not None and sheet.response is not None else {}
    found = {}
    for asked in shape.fields() if shape is not None else []:
        ticked = answers.get(asked.key)
        ticks = ticked if isinstance(ticked, dict) else {}
        found[asked.key] = [(item.label, _is_ticked(ticks.get(item.key))) for item in asked.items]
    return found


def _is_ticked(line: object) -> bool:
    return isinstance(line, dict) and line.get("done") is True


@transaction.atomic
def move_phase(*, pairing: Pairing, to: str, was: str, actor: User) -> bool:
    """Note that the pairing is in the phase ``to`` now, a later or an earlier one. Nothing that is owed, written or ticked
    changes by it. ``was`` is the present one as the actor saw it. The others are told. Returns whether anything changed.

    Present members may, and coordinators of the programme. Raises ``NotAMember``, ``CannotMove`` and ``MovedMeanwhile``.
    """
    person = people_of(pairing).of(actor)
    is_member = person is not None and person.is_here
    if not is_member and not roles_for(actor).coordinates(pairing.cohort.programme_id):
        raise NotAMember
    kit = kit_of(pairing.cohort.programme.handbook)
    stages = {stage.key: stage.title for stage in kit.stages}
    pairing.phase = Pairing.objects.select_for_update().values_list("phase", flat=True).get(pk=pairing.pk)
    phases = kit.plan.phases
    if phases is None or to not in phases.keys or pairing.is_alongside or not pairing.is_active:
        raise CannotMove
    before = present_stage(pairing, kit, Output.objects.filter(pairing=pairing).order_by("position", "pk"))
    if was != before:
        raise MovedMeanwhile
    if to == pairing.phase:
        return False
    pairing.phase = to
    pairing.save(update_fields=["phase"])
    event = record_event(MOVED, pairing, actor=actor, phase=stages[to], before=stages.get(before, ""))
    link = page_of("pairs:phases", pairing.pk)
    for member in members(pairing):
        user = Person(member).user
        if user is not None and user != actor:
            words = {"phase": stages[to], "by": actor.name}
            tell_user("phase_moved", user, about=pairing, occasion=f"phase-{event.pk}", link=link, **words)
    return True


def has_phases(kit: Kit, pairing: Pairing) -> bool:
    """Whether people of this pairing say themselves in which phase they are."""
    return kit.plan.phases is not None and not pairing.is_alongside
