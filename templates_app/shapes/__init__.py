"""The shapes of a kit: what its files may say, and nothing else.

A kit is a handbook as data (``docs/kits.md``). These pydantic models are the one description of it: the reader, the
checker, the editor's JSON Schema, the worksheet engine and the export all use them. They hold no behaviour beyond
refusing what makes no sense; what a field kind *does* lives in ``templates_app/answers``.

One room for each part of a kit; a later one may use an earlier one: ``base``, ``names``, ``models``, ``times``, ``fields``,
``worksheets``, ``programme``, ``people``, ``course``, ``agreement``, ``sending``, ``reading``, ``care``, ``rooms``, ``running``,
``kit``.
"""

from templates_app.shapes.agreement import (
    Agreement,
    AgreementPart,
    AgreementReaders,
    Clause,
    ClausePart,
    Consent,
    ConsentItem,
    OutsideSigner,
    Signing,
)
from templates_app.shapes.base import Key, KitKey, Shape, Source, Sourced
from templates_app.shapes.care import Concerns, Contact, Module, Page, Question
from templates_app.shapes.course import Activity, AgendaItem, Condition, Prompt, SessionPlan, Stage, TalkGuide, Task
from templates_app.shapes.fields import (
    BesideSheet,
    FieldShape,
    Item,
    Kind,
    Layer,
    Level,
    Meaning,
    Need,
    Option,
    Point,
    ShowIf,
    Suggestion,
    Take,
    Talk,
)
from templates_app.shapes.kit import Kit
from templates_app.shapes.models import ModelKind, is_for
from templates_app.shapes.names import BOUNDS, GOAL_SOURCES, OPTION_SOURCES, PLACEHOLDERS, PREFILLS
from templates_app.shapes.people import Criterion, Joining, Matching, MatchRule
from templates_app.shapes.programme import (
    Closing,
    Duty,
    Fact,
    Meeting,
    Model,
    MonthlyGuide,
    Partner,
    Plan,
    Role,
    Slice,
    Step,
    Steps,
    Way,
)
from templates_app.shapes.reading import Article, Policy, Resource, Term
from templates_app.shapes.rooms import Expenses, Files, Recognition, Suggestions
from templates_app.shapes.running import Running
from templates_app.shapes.sending import SENT_BY_HAND, Message, Reminder, Survey
from templates_app.shapes.times import Anchor, Every, Instant, Moment
from templates_app.shapes.worksheets import Filler, Offer, Preset, Readers, Section, Use, Worksheet

__all__ = [
    "BOUNDS",
    "GOAL_SOURCES",
    "OPTION_SOURCES",
    "PLACEHOLDERS",
    "PREFILLS",
    "SENT_BY_HAND",
    "Activity",
    "AgendaItem",
    "Agreement",
    "AgreementPart",
    "AgreementReaders",
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
    "Criterion",
    "Duty",
    "Every",
    "Expenses",
    "Fact",
    "FieldShape",
    "Files",
    "Filler",
    "Instant",
    "Item",
    "Joining",
    "Key",
    "Kind",
    "Kit",
    "KitKey",
    "Layer",
    "Level",
    "MatchRule",
    "Matching",
    "Meaning",
    "Meeting",
    "Message",
    "Model",
    "ModelKind",
    "Module",
    "Moment",
    "MonthlyGuide",
    "Need",
    "Offer",
    "Option",
    "OutsideSigner",
    "Page",
    "Partner",
    "Plan",
    "Point",
    "Policy",
    "Preset",
    "Prompt",
    "Question",
    "Readers",
    "Recognition",
    "Reminder",
    "Resource",
    "Role",
    "Running",
    "Section",
    "SessionPlan",
    "Shape",
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
    "Use",
    "Way",
    "Worksheet",
    "is_for",
]
