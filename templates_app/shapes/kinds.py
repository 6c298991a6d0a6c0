"""What kinds of questions there are, how much an answer is wanted, and what it is used for elsewhere."""

from enum import StrEnum


class Kind(StrEnum):
    """Every field kind of the worksheet engine."""

    TEXT = "text"
    LONGTEXT = "longtext"
    DATE = "date"
    TIME = "time"
    DATETIME = "datetime"
    NUMBER = "number"
    DURATION = "duration"
    EMAIL = "email"
    URL = "url"
    PHONE = "phone"
    CHOICE = "choice"
    CHOICES = "choices"
    RANKED = "ranked"
    PICTURE = "picture"
    """A picture with figures to point at; the options are the figures."""
    SCALE = "scale"
    MATRIX = "matrix"
    CHECKLIST = "checklist"
    TABLE = "table"
    GROUP = "group"
    SIGNATURE = "signature"
    INITIALS = "initials"
    PERSON = "person"
    GOAL = "goal"
    ACTION = "action"
    FILE = "file"
    NOTE = "note"
    COMPUTED = "computed"


WRITTEN = frozenset({Kind.TEXT, Kind.LONGTEXT})
HAS_OPTIONS = frozenset({Kind.CHOICE, Kind.CHOICES, Kind.RANKED, Kind.PICTURE})
HAS_POINTS = frozenset({Kind.SCALE, Kind.MATRIX})
HAS_ITEMS = frozenset({Kind.MATRIX, Kind.CHECKLIST, Kind.TABLE})
ROWS = frozenset({Kind.TABLE, Kind.GROUP, Kind.GOAL, Kind.ACTION})
"""Kinds whose rows ask questions of their own."""
SHOWN = frozenset({Kind.NOTE, Kind.COMPUTED})
"""Kinds that ask nothing."""
SIGNED = frozenset({Kind.SIGNATURE, Kind.INITIALS})


class Need(StrEnum):
    """How much an answer is wanted: needed to send, asked with a warning when blank, or free."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"


class Meaning(StrEnum):
    """What an answer is used for outside its own worksheet, so that no code needs to know a kit's keys."""

    GROUND_RULE = "ground-rule"
    BOUNDARY = "boundary"
    """A ground rule that is also shown where either partner may want to check what is off limits."""
    ENDING_PLAN = "ending-plan"
    LEARNING_STYLE = "learning-style"
    IN_PLACE = "in-place"
    """On a checklist: a line is in place when it is ticked. On a choice in a table with fixed lines: its first option says so.
    The programme's health is counted from these (``programmes/domain/health.py``)."""
    TIME_SPENT = "time-spent"
    """In a log: how long it took, as hours (a number) or minutes (a duration). Summed by month (``cal.fact.hours``)."""
    REACHED_ON = "reached-on"
    """Inside a goal, a date: the day on which it was reached."""
    REWORDED = "reworded"
    """Inside a goal, a text: how it is put differently now. Shown beside what it was before (``phase1.must.50``)."""
    PROPOSED_BY = "proposed-by"
    """Inside a goal, a choice: who proposed to put it so."""
    ACCOUNTABILITY = "accountability"
    """On a sheet of goals: what the mentor is to say when something agreed was not done. Shown with the next session
    (``gla.must.64``)."""
    NOTICE = "notice-hours"
    """In the agreement, a number: so many hours ahead the two say that they cannot come."""
    NEXT_MEETING = "next-meeting"
    """In a log, a day or an instant: when the two meet next. It is offered as the date of the next session."""
    REVIEW_DATE = "review-date"
    """In one of the programme's own sheets, a date: its coordinators are reminded when it comes (``remind_days`` before)."""
    LOOK_AGAIN = "look-again"
    """On a sheet of one's own: a choice whose options say how often its writer is led back to it (``again``), or a date on which
    they are, as long as the pair goes on (``gla.must.26``)."""
    RISK = "risk"
    """In one of the programme's own sheets, a scale: the answers that ``talk`` names stand on the coordinators' list."""
    FORM = "form"
    """In the agreement, one choice or several: which form the mentoring takes. What its options name (``guides``,
    ``worksheets``) fits that form alone."""
    SHORTCUT = "shortcut"
    """A table in the agreement or on a sheet written together: each row a way of meeting or working outside this
    application, first what it is, then its link where it has one. The links stand on the pair's page."""
    AGREED_END = "agreed-end"
    """In the agreement, a date: until when the pair goes on (``cal.fact.duration``)."""


class Level(StrEnum):
    """What a row becomes on the pair's page of goals; each hangs on one of those before it."""

    ASPIRATION = "aspiration"
    GOAL = "goal"
    MILESTONE = "milestone"
    """An objective, a step or a checkpoint on the way to a goal."""
    NEED = "need"
    """What somebody wants to learn for it."""
