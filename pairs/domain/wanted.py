"""What a handbook calls for from a pair: every output with its owner and its moments. Pure.

Worksheets say themselves when they are due. What is no worksheet (signatures, dates, invitations …) hangs on the first
and the last session of the plan; ``docs/architecture.md`` says why these offsets.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from pairs.enums import OutputKind
from programmes.enums import Side
from templates_app.shapes import Anchor, Filler, Instant, Kit, Moment, Worksheet

DAYS_TO_SET_DATES = 14
"""Until session 1 has a date, the dates are due so many days after the pairing."""
DAYS_TO_INTRODUCE = 7
DAYS_TO_INVITE = 2
DAYS_TO_COMPILE = 7

TITLES = {
    OutputKind.AGREEMENT: gettext_noop("Sign the agreement"),
    OutputKind.SCHEDULE: gettext_noop("Set the dates of your sessions"),
    OutputKind.INTRODUCTION: gettext_noop("Write the first letter"),
    OutputKind.INVITATIONS: gettext_noop("Send the calendar invitations"),
    OutputKind.COMPILE: gettext_noop("Gather the logs"),
    OutputKind.EVALUATION: gettext_noop("Fill in the evaluation"),
}


def step_title(kit: Kit, kind: OutputKind) -> str:
    """What the handbook calls a step that is no worksheet; our own words, to be translated, where it has none."""
    own = getattr(kit.plan.steps, kind.value, "") if kit.plan.steps else ""
    return (own or TITLES[kind])[:200]


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

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is, whoever owes it."""
        return (self.kind, self.worksheet, self.moment)


def wanted(kit: Kit, worksheets: Iterable[Worksheet]) -> list[Wanted]:
    """Everything the handbook calls for from a pair, in the order in which it comes about."""
    found = [*_around_sessions(kit), *(one for sheet in worksheets for one in _of_worksheet(sheet))]
    return sorted(found, key=lambda one: _place(one, kit))


def _place(one: Wanted, kit: Kit) -> tuple[int, int, int]:
    """By stage, then by session, then by when within it."""
    stage = next((place for place, stage in enumerate(kit.stages) if stage.key == one.stage), len(kit.stages))
    order = {Anchor.PAIRING: 0, Anchor.SESSION_START: 1, Anchor.SESSION_END: 2}.get(one.opens.anchor, 3)
    return (stage, one.session or 0, order)


def _around_sessions(kit: Kit) -> Iterator[Wanted]:
    first, last = 1, kit.plan.sessions
    paired = Instant(anchor=Anchor.PAIRING)
    end_of_first = Instant(anchor=Anchor.SESSION_END, session=first)
    opening_stage, closing_stage = _stage_of(kit, first), _stage_of(kit, last)
    yield Wanted(
        OutputKind.INTRODUCTION,
        step_title(kit, OutputKind.INTRODUCTION),
        Side.MENTOR,
        opens=paired,
        due=Instant(anchor=Anchor.PAIRING, days=DAYS_TO_INTRODUCE),
        session=first,
        stage=opening_stage,
    )
    yield Wanted(
        OutputKind.SCHEDULE,
        step_title(kit, OutputKind.SCHEDULE),
        None,
        opens=paired,
        due=end_of_first,
        fallback=Instant(anchor=Anchor.PAIRING, days=DAYS_TO_SET_DATES),
        session=first,
        stage=opening_stage,
    )
    for signer in kit.agreement.signers:
        yield Wanted(
            OutputKind.AGREEMENT,
            step_title(kit, OutputKind.AGREEMENT),
            Side(signer),
            opens=paired,
            due=end_of_first,
            session=first,
            stage=opening_stage,
        )
    yield Wanted(
        OutputKind.INVITATIONS,
        step_title(kit, OutputKind.INVITATIONS),
        Side.MENTOR,
        opens=paired,
        due=Instant(anchor=Anchor.SESSION_END, session=first, days=DAYS_TO_INVITE),
        session=first,
        stage=opening_stage,
    )
    yield Wanted(
        OutputKind.COMPILE,
        step_title(kit, OutputKind.COMPILE),
        Side.MENTOR,
        opens=Instant(anchor=Anchor.SESSION_END, session=last),
        due=Instant(anchor=Anchor.SESSION_END, session=last, days=DAYS_TO_COMPILE),
        session=last,
        stage=closing_stage,
    )


def _stage_of(kit: Kit, session: int) -> str:
    return next((stage.key for stage in kit.stages if session in stage.sessions), "")


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
