"""Everything a session's page shows one of the pair: plan, what is brought to it, what was agreed, what is due around it."""

from collections.abc import Iterable
from dataclasses import dataclass

from pairs.domain.accountability import ToSay, to_say_at
from pairs.domain.actions import open_actions_for
from pairs.domain.agenda import Part, parts_of_meeting
from pairs.domain.agreed import AgreedLine, agreed_lines, how_others_learn
from pairs.domain.examples import may_help
from pairs.domain.forms_chosen import for_other_forms
from pairs.domain.homework import Homework, brought_to
from pairs.domain.looking_back import LookedBack, look_back
from pairs.domain.meetings import Meeting, meeting_of, to_prepare
from pairs.domain.people import Person
from pairs.domain.queries import outputs_for
from pairs.domain.reading import Reader
from pairs.domain.shown import ShownSheet, mentee_first, shown_sheet
from pairs.domain.talks import is_last, talks_at
from pairs.domain.times_waiting import ShownTimes, shown_times, times_of
from pairs.domain.wanted import session_plan, sides_of
from pairs.enums import ActionKind, SessionState
from pairs.models import Action, Output, Schedule, Session
from templates_app.domain.articles import articles_of
from templates_app.domain.owners import Companion
from templates_app.models import Article
from templates_app.shapes import Meaning, Resource, SessionPlan, Use

RULES = frozenset({Meaning.GROUND_RULE, Meaning.BOUNDARY})
BESIDE = frozenset({Use.OUTCOMES, Use.ISSUES, Use.MATERIALS})
"""Worksheets that are read at the session itself and stand in places of their own."""


@dataclass(frozen=True)
class SessionPage:
    """One session for one of its people."""

    session: Session
    meeting: Meeting
    times: ShownTimes | None
    """What is proposed for its date, where it waits for an answer."""
    plan: SessionPlan | None
    parts: list[Part]
    articles: list[Article]
    prepare: str
    """What this person is asked to get ready, in the days before."""
    talks: list[Companion]
    """The handbook's guides to a talk, those for this session first."""
    resources: list[Resource]
    logs_before: list[ShownSheet]
    closing: list[ShownSheet]
    outcomes: list[ShownSheet]
    issues: list[ShownSheet]
    materials: list[ShownSheet]
    notes: list[ShownSheet]
    actions: list[Action]
    brought: list[Homework]
    """What earlier sessions gave to do: those open actions and other homework, and what was done since last time."""
    to_say: list[ToSay]
    """What the mentor is to say where something was not done; at meetings that are still to come."""
    rules: list[AgreedLine]
    ending: list[AgreedLine]
    mine: list[Output]
    schedule: Schedule
    previous: Session | None
    is_last: bool
    partner_learns: list[tuple[str, list[str]]]
    looked_back: LookedBack | None
    """What was accomplished, at the meeting with which they close, where the handbook has it so."""
    helpable: list[tuple[str, Output]]
    """Sheets of mentees into which this person may put examples, each with whose it is."""
    note_sheet: str
    """Key of the worksheet on which this person may note things for the partner, where there is one."""


def session_page(reader: Reader, session: Session) -> SessionPage:
    """Read the page. A fixed number of queries, whatever the pair has written."""
    person = reader.person
    assert person is not None
    kit = reader.kit
    plan = session_plan(kit, session.number)
    outputs = outputs_for(reader.user, reader.pairing, reader)
    uses = {key: sheet.use for key, sheet in reader.worksheets.items()}
    here = [row for row in outputs if row.session is not None and row.session.number == session.number]
    meeting = meeting_of(session, kit, reader.people, person)
    is_last_one = is_last(kit, session)
    brought = brought_to(reader, session, outputs)
    articles = articles_of(reader.pairing.cohort.programme.handbook, str(person.side))
    return SessionPage(
        session=session,
        meeting=meeting,
        times=_times(session, meeting, reader),
        plan=plan if not session.part else None,
        parts=parts_of_meeting(kit.plan.meeting, session.minutes),
        articles=_articles(reader, articles, session),
        prepare=to_prepare(kit.plan, person, meeting),
        talks=talks_at(reader, session, articles, last=is_last_one),
        resources=[
            one for one in kit.resources if session.number in one.sessions or (plan and one.key in plan.resources)
        ],
        logs_before=_logs_before(reader, outputs, uses, session),
        closing=_sheets(reader, here, uses, Use.CLOSURE) if is_last_one else [],
        outcomes=_sheets(reader, here, uses, Use.OUTCOMES),
        issues=_sheets(reader, here, uses, Use.ISSUES),
        materials=_sheets(reader, here, uses, Use.MATERIALS),
        notes=[sheet for sheet in _sheets(reader, outputs, uses, Use.NOTES) if sheet.is_done and sheet.may_read],
        actions=[one.action for one in brought if one.is_open and one.action is not None],
        brought=brought,
        to_say=to_say_at(reader, session, outputs) if session.state == SessionState.PLANNED else [],
        rules=agreed_lines(reader, outputs, RULES),
        ending=agreed_lines(reader, outputs, {Meaning.ENDING_PLAN}) if is_last_one else [],
        mine=[
            row for row in here if reader.owes(row) and uses.get(row.worksheet) not in BESIDE and not row.cancelled_at
        ],
        schedule=Schedule.objects.get(pairing=reader.pairing),
        previous=_before(reader, session),
        is_last=is_last_one,
        partner_learns=how_others_learn(reader, outputs, person),
        looked_back=look_back(reader, outputs) if is_last_one and kit.plan.closing.looks_back else None,
        helpable=[(_writer(reader, row), row) for row in here if may_help(reader, row, reader.sheet_of(row))],
        note_sheet=next((key for key, use in uses.items() if use is Use.NOTES and _fills(reader, person, key)), ""),
    )


def _times(session: Session, meeting: Meeting, reader: Reader) -> ShownTimes | None:
    """To somebody who has left it nothing is proposed."""
    assert reader.person is not None
    times = times_of(session) if reader.person.is_here else None
    return shown_times(times, meeting, reader.people, reader.person) if times else None


def _articles(reader: Reader, articles: Iterable[Article], session: Session) -> list[Article]:
    """The guides of the session for this side: those the session's plan names first, in its order."""
    plan = session_plan(reader.kit, session.number)
    named = list(plan.guides) if plan else []
    apart = for_other_forms(reader)
    found = [one for one in articles if (one.key in named or session.number in one.sessions) and one.key not in apart]
    return sorted(found, key=lambda one: named.index(one.key) if one.key in named else len(named))


def _writer(reader: Reader, output: Output) -> str:
    writer = reader.people.member(output.member_id)
    return writer.short_name if writer else ""


def _fills(reader: Reader, person: Person, worksheet: str) -> bool:
    return person.side in sides_of(reader.worksheets[worksheet].filled_by) and reader.pairing.is_active


def _sheets(reader: Reader, outputs: Iterable[Output], uses: dict[str, Use | None], use: Use) -> list[ShownSheet]:
    rows = [row for row in outputs if uses.get(row.worksheet) is use and not row.cancelled_at]
    return mentee_first(shown_sheet(reader, row) for row in rows)


def _logs_before(
    reader: Reader, outputs: Iterable[Output], uses: dict[str, Use | None], session: Session
) -> list[ShownSheet]:
    """The logs of the session before, the mentees' first (``plp.sys.65``)."""
    before = [row for row in outputs if row.session is not None and row.session.number == session.number - 1]
    return _sheets(reader, before, uses, Use.LOG)


def _before(reader: Reader, session: Session) -> Session | None:
    return Session.objects.filter(pairing=reader.pairing, part=0, number=session.number - 1).first()


def carried_into(reader: Reader, session: Session) -> list[Action]:
    """What earlier sessions left open: the capacity plan first, then what was agreed in the logs (``plp.sys.113``)."""
    rows = [row for row in open_actions_for(reader) if row.session is None or row.session.number < session.number]
    return sorted(rows, key=lambda row: (row.kind != ActionKind.CAPACITY, row.session.number if row.session else 0))
