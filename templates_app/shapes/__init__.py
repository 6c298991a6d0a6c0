"""The shapes of a kit: what its files may say, and nothing else.

A kit is a handbook as data (``docs/kits.md``). These pydantic models are the one description of it: the reader, the
checker, the editor's JSON Schema, the worksheet engine and the export all use them. They hold no behaviour beyond
refusing what makes no sense; what a field kind *does* lives in ``templates_app/answers``.

One room for each part of a kit; a later one may use an earlier one: ``base``, ``names``, ``models``, ``times``, ``kinds``,
``choices``, ``alerts``, ``fields``, ``belonging``, ``signing``, ``signable``, ``worksheets``, ``programme``, ``people``,
``course``, ``agreement``, ``sending``, ``indicators``, ``reading``, ``care``, ``rooms``, ``running``, ``workplace``, ``kit``.
"""

from templates_app.shapes.agreement import (
    Agreement,
    AgreementPart,
    AgreementReaders,
    Clause,
    ClausePart,
    Consent,
    ConsentItem,
)
from templates_app.shapes.alerts import Alert
from templates_app.shapes.base import Key, KitKey, Shape, Source, Sourced
from templates_app.shapes.care import Concerns, Contact, Module, Page, Question
from templates_app.shapes.choices import (
    BesideSheet,
    Gathers,
    Item,
    Layer,
    Option,
    Picture,
    Point,
    ShowIf,
    Suggestion,
    Take,
    Talk,
)
from templates_app.shapes.course import Activity, AgendaItem, Condition, Prompt, SessionPlan, Stage, TalkGuide, Task
from templates_app.shapes.fields import FieldShape
from templates_app.shapes.indicators import Fits, Indicator, Measure, Part, Reckoning
from templates_app.shapes.kinds import Kind, Level, Meaning, Need
from templates_app.shapes.kit import Kit, PictureFile
from templates_app.shapes.models import ALONGSIDE, ModelKind, is_for, is_owed_in
from templates_app.shapes.names import BOUNDS, GOAL_SOURCES, OPTION_SOURCES, PLACEHOLDERS, PREFILLS
from templates_app.shapes.people import Criterion, Joining, Matching, MatchRule, Units, Volunteering
from templates_app.shapes.programme import (
    Closing,
    Duty,
    Fact,
    Meeting,
    Model,
    MonthlyGuide,
    Partner,
    Phase,
    Phases,
    Plan,
    Role,
    Slice,
    Step,
    Steps,
    Way,
)
from templates_app.shapes.reading import Article, Policy, Resource, Term
from templates_app.shapes.records import OF_PAIRS, RecordKind, Records, Retention
from templates_app.shapes.rooms import Expenses, Files, Introductions, Recognition, Suggestions
from templates_app.shapes.running import Running
from templates_app.shapes.sending import SENT_BY_HAND, Message, Reminder, ScheduledReport, Survey
from templates_app.shapes.signable import is_signed
from templates_app.shapes.signing import COORDINATOR, OutsideSigner, SheetSigning, Signing
from templates_app.shapes.times import Anchor, Every, Instant, Moment
from templates_app.shapes.workplace import Managers, Notice
from templates_app.shapes.worksheets import Counted, Filler, Offer, Preset, Readers, Section, Use, Worksheet

__all__ = [
    "ALONGSIDE",
    "BOUNDS",
    "COORDINATOR",
    "GOAL_SOURCES",
    "OF_PAIRS",
    "OPTION_SOURCES",
    "PLACEHOLDERS",
    "PREFILLS",
    "SENT_BY_HAND",
    "Activity",
    "AgendaItem",
    "Agreement",
    "AgreementPart",
    "AgreementReaders",
    "Alert",
    "Anchor",
    "Article",
    "BesideSheet",
    "Clause",
    "ClausePart",
    "Closing",
    "Concerns",
    "Condition",
    "Consent",
    "ConsentItem",
    "Contact",
    "Counted",
    "Criterion",
    "Duty",
    "Every",
    "Expenses",
    "Fact",
    "FieldShape",
    "Files",
    "Filler",
    "Fits",
    "Gathers",
    "Indicator",
    "Instant",
    "Introductions",
    "Item",
    "Joining",
    "Key",
    "Kind",
    "Kit",
    "KitKey",
    "Layer",
    "Level",
    "Managers",
    "MatchRule",
    "Matching",
    "Meaning",
    "Measure",
    "Meeting",
    "Message",
    "Model",
    "ModelKind",
    "Module",
    "Moment",
    "MonthlyGuide",
    "Need",
    "Notice",
    "Offer",
    "Option",
    "OutsideSigner",
    "Page",
    "Part",
    "Partner",
    "Phase",
    "Phases",
    "Picture",
    "PictureFile",
    "Plan",
    "Point",
    "Policy",
    "Preset",
    "Prompt",
    "Question",
    "Readers",
    "Reckoning",
    "Recognition",
    "RecordKind",
    "Records",
    "Reminder",
    "Resource",
    "Retention",
    "Role",
    "Running",
    "ScheduledReport",
    "Section",
    "SessionPlan",
    "Shape",
    "SheetSigning",
    "ShowIf",
    "Signing",
    "Slice",
    "Source",
    "Sourced",
    "Stage",
    "Step",
    "Steps",
    "Suggestion",
    "Suggestions",
    "Survey",
    "Take",
    "Talk",
    "TalkGuide",
    "Task",
    "Term",
    "Units",
    "Use",
    "Volunteering",
    "Way",
    "Worksheet",
    "is_for",
    "is_owed_in",
    "is_signed",
]
