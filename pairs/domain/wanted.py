"""What a handbook calls for from a pair: every output with its owner and its moments. Pure.

Worksheets say themselves when they are due. What is no worksheet (signatures, dates, invitations …) hangs on the first
and the last session of the plan; ``docs/architecture.md`` says why these offsets.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from pairs.enums import OutputKind
from programmes.enums import Side
from templates_app.shapes import (
    Anchor,
    Every,
    Filler,
    Instant,
    Kit,
    Moment,
    SessionPlan,
    Stage,
    Step,
    Survey,
    Worksheet,
)

DAYS_TO_TAKE = {
    OutputKind.INTRODUCTION: 7,
    OutputKind.SCHEDULE: 14,
    OutputKind.INVITATIONS: 2,
    OutputKind.COMPILE: 7,
}
"""Within how many days a step is taken where the handbook does not say."""

TITLES = {
    OutputKind.AGREEMENT: gettext_noop("Sign the agreement"),
    OutputKind.SCHEDULE: gettext_noop("Set the dates of your sessions"),
    OutputKind.INTRODUCTION: gettext_noop("Write the first letter"),
    OutputKind.INVITATIONS: gettext_noop("Send the calendar invitations"),
    OutputKind.COMPILE: gettext_noop("Gather the logs"),
    OutputKind.EVALUATION: gettext_noop("Fill in the evaluation"),
}


AFTERWARDS = frozenset({Anchor.ENDED, Anchor.ENDED_EARLY, Anchor.COHORT_END, Anchor.EVALUATION_SENT, Anchor.AGREED_END})
"""What hangs on these is about a time that is over; it is asked for also when the pair is."""


def step_of(kit: Kit, kind: OutputKind) -> Step | None:
    """What the handbook says about a step that is no worksheet; ``None`` where it does not ask for it."""
    found: Step | None = getattr(kit.plan.steps, kind.value)
    return found


def step_title(kit: Kit, kind: OutputKind) -> str:
    """What the handbook calls a step that is no worksheet; our own words, to be translated, where it has none."""
    step = step_of(kit, kind)
    return ((step.title if step else "") or TITLES[kind])[:200]


def taken_by(kit: Kit, kind: OutputKind) -> tuple[Side, ...]:
    """Which sides take a step: one, both where it is done together, none where the handbook does not ask for it."""
    step = step_of(kit, kind)
    if step is None:
        return ()
    by = step.by or ("together" if kind is OutputKind.SCHEDULE else "mentor")
    return (Side.MENTOR, Side.MENTEE) if by == "together" else (Side(by),)


@dataclass(frozen=True)
class Wanted:
    """One output the handbook calls for. ``side`` is who owes it, ``None`` where both do together."""

    kind: OutputKind
    title: str
    side: Side | None
    opens: Instant
    due: Instant | None
    worksheet: str = ""
    moment: str = ""
    session: int | None = None
    stage: str = ""
    required: bool = True
    fallback: Instant | None = None
    """When it is due as long as the instant of ``due`` is not known."""
    every: Every | None = None
    """It comes round again (``rounds``)."""
    position: int = 0
    """Its place among everything the handbook calls for."""

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is, whoever owes it."""
        return (self.kind, self.worksheet, self.moment)


def wanted(kit: Kit, worksheets: Iterable[Worksheet]) -> list[Wanted]:
    """Everything the handbook calls for from a pair, in the order in which it comes about."""
    sheets = {sheet.key: sheet for sheet in worksheets}
    found = [
        *_around_sessions(kit),
        *(one for sheet in sheets.values() for one in _of_worksheet(sheet)),
        *(one for survey in kit.surveys for one in _of_survey(kit, survey, sheets.get(survey.worksheet))),
    ]
    ordered = sorted(found, key=lambda one: _place(one, kit))
    return [replace(one, position=position) for position, one in enumerate(ordered)]


def _place(one: Wanted, kit: Kit) -> tuple[int, int, int]:
    """By stage, then by session, then by when within it."""
    stage = next((place for place, stage in enumerate(kit.stages) if stage.key == one.stage), len(kit.stages))
    order = {Anchor.PAIRING: 0, Anchor.SESSION_START: 1, Anchor.SESSION_END: 2}.get(one.opens.anchor, 3)
    return (stage, one.session or 0, order)


def _around_sessions(kit: Kit) -> Iterator[Wanted]:
    first, last = 1, kit.plan.sessions
    paired = Instant(anchor=Anchor.PAIRING)
    end_of_first = Instant(anchor=Anchor.SESSION_END, session=first)
    yield from _step(
        kit, OutputKind.INTRODUCTION, first, opens=paired, due=_after(kit, OutputKind.INTRODUCTION, paired)
    )
    yield from _step(
        kit,
        OutputKind.SCHEDULE,
        first,
        opens=paired,
        due=end_of_first,
        fallback=_after(kit, OutputKind.SCHEDULE, paired),
    )
    for signer in kit.agreement.signers:
        yield Wanted(
            OutputKind.AGREEMENT,
            step_title(kit, OutputKind.AGREEMENT),
            Side(signer),
            opens=paired,
            due=end_of_first,
            session=first,
            stage=stage_of(kit, first),
        )
    due = _after(kit, OutputKind.INVITATIONS, end_of_first)
    yield from _step(kit, OutputKind.INVITATIONS, first, opens=paired, due=due)
    held = Instant(anchor=Anchor.SESSION_END, session=last)
    yield from _step(kit, OutputKind.COMPILE, last, opens=held, due=_after(kit, OutputKind.COMPILE, held))


def _after(kit: Kit, kind: OutputKind, instant: Instant) -> Instant:
    step = step_of(kit, kind)
    own = step.days if step else None
    return instant.model_copy(update={"days": DAYS_TO_TAKE[kind] if own is None else own})


def _step(
    kit: Kit, kind: OutputKind, session: int, *, opens: Instant, due: Instant, fallback: Instant | None = None
) -> Iterator[Wanted]:
    sides = taken_by(kit, kind)
    if sides:
        yield Wanted(
            kind,
            step_title(kit, kind),
            sides[0] if len(sides) == 1 else None,
            opens=opens,
            due=due,
            fallback=fallback,
            session=session,
            stage=stage_of(kit, session),
        )


def stage_of(kit: Kit, session: int) -> str:
    """The stage a session belongs to: the one that names it, else that of the entry that stands for later sessions."""
    named = next((stage.key for stage in kit.stages if session in stage.sessions), "")
    plan = session_plan(kit, session)
    return named or (plan.stage if plan else "")


def session_plan(kit: Kit, number: int) -> SessionPlan | None:
    """What the handbook says about a session: its own entry, or the last before it that stands for later ones too."""
    exact = next((plan for plan in kit.sessions if plan.number == number), None)
    before = [plan for plan in kit.sessions if plan.onwards and plan.number < number]
    return exact or max(before, key=lambda plan: plan.number, default=None)


def in_stage(kit: Kit, stage: Stage, number: int) -> bool:
    """Whether a session belongs to a stage."""
    return number in stage.sessions or stage.key == stage_of(kit, number)


def sides_of(filler: Filler) -> Sequence[Side | None]:
    """Who owes a worksheet: one output each, one for both (``None``), or nobody of the pair."""
    return {
        Filler.MENTOR: (Side.MENTOR,),
        Filler.MENTEE: (Side.MENTEE,),
        Filler.EACH: (Side.MENTEE, Side.MENTOR),
        Filler.TOGETHER: (None,),
    }.get(filler, ())


def _of_worksheet(sheet: Worksheet) -> Iterator[Wanted]:
    for moment in sheet.moments:
        for side in sides_of(sheet.filled_by):
            yield Wanted(
                OutputKind.WORKSHEET,
                titled(sheet, moment),
                side,
                opens=moment.opens,
                due=moment.due,
                worksheet=sheet.key,
                moment=moment.key,
                session=moment.session,
                stage=moment.stage or "",
                required=moment.required,
                every=moment.every,
            )


def _of_survey(kit: Kit, survey: Survey, sheet: Worksheet | None) -> Iterator[Wanted]:
    """A survey that goes out by itself: asked of each of its audience. What hangs on no session stands beside the stages
    while the pair is running, and in the last one when it is about looking back.
    """
    if sheet is None or not survey.goes_by_itself:
        return
    session = survey.moment.session
    last = kit.stages[-1].key if kit.stages and survey.moment.anchor in AFTERWARDS else ""
    for side in survey.audience:
        yield Wanted(
            OutputKind.EVALUATION,
            (survey.title or sheet.title)[:200],
            Side(side),
            opens=survey.moment,
            due=survey.due,
            worksheet=survey.worksheet,
            moment=survey.occasion,
            session=session,
            stage=stage_of(kit, session) if session else last,
            required=survey.required,
            every=survey.every,
        )


def titled(sheet: Worksheet, moment: Moment | None = None) -> str:
    """What an output of the worksheet is called: with its moment where there are several (at most 200 characters)."""
    if moment is None or len(sheet.moments) < 2 or not moment.title:
        return sheet.title[:200]
    return f"{sheet.title} · {moment.title}"[:200]


def title_words(kind: str, stored: str) -> str:
    """An output's title in the reader's language: ours are translated, a worksheet's are the handbook's own."""
    ours = TITLES.get(OutputKind(kind))
    return _(stored) if ours is not None and stored == ours else stored
