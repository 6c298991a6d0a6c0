"""The parts of a handbook that a coordinator may change, and where each stands in its content."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ARTICLE = "article"
"""Articles stand in a table of their own; their part is ``article:<key>``."""


@dataclass(frozen=True)
class Field:
    """One thing that can be changed of an item. ``kind``: line, text, url, number, lines (a text per line)."""

    name: str
    label: str | Promise
    kind: str = "line"
    help: str | Promise = ""
    required: bool = False


@dataclass(frozen=True)
class ListPart:
    """A list of like items, such as resources. ``name`` is its path in the content, joined by dots.

    ``key`` tells its items apart, ``shown`` names one in a list. ``grows`` says whether items may be added and taken out.
    """

    name: str
    title: str | Promise
    lead: str | Promise
    key: str
    shown: str
    fields: tuple[Field, ...]
    grows: bool = False
    noun: str | Promise = ""
    icon: str = "file-text"

    @property
    def slug(self) -> str:
        """How the part is called in an address."""
        return self.name.replace(".", "-")


_GAPS = _(
    "{person}, {partner}, {coordinator}, {programme}, {item}, {session}, {date}, {time} and {link} are filled in."
)

LISTS = (
    ListPart(
        "facts", _("What the programme is"), _("What it is, whom it is for, and its rules."), "key", "title",
        (Field("title", _("Title"), required=True), Field("text", _("Text"), "text", required=True)),
        grows=True, noun=_("a fact"), icon="info",
    ),
    ListPart(
        "policies", _("Policies"), _("Rules in words that everybody may read: confidentiality, ending, complaints."),
        "key", "title", (Field("title", _("Title"), required=True), Field("text", _("Text"), "text", required=True)),
        grows=True, noun=_("a policy"), icon="shield",
    ),
    ListPart(
        "stages", _("Stages"), _("The steps of the programme, as people see them on their road."), "key", "title",
        (
            Field("title", _("Title"), required=True),
            Field("purpose", _("What it is for"), "text"),
            Field("done_when", _("Done when"), "text"),
        ), icon="route",
    ),
    ListPart(
        "sessions", _("Sessions"), _("What each session is called and what it is for."), "number", "title",
        (Field("title", _("Title"), required=True), Field("purpose", _("What it is for"), "text", required=True)),
        icon="calendar-days",
    ),
    ListPart(
        "reminders", _("Reminders"), _("When people are reminded of what is due, and in which words."), "key", "subject",
        (
            Field("first_after", _("First reminder after (days)"), "number", _("From the day it was due."), required=True),
            Field("every", _("Then every (days)"), "number", required=True),
            Field("at_most", _("At most (reminders)"), "number", required=True),
            Field("escalate_after", _("Tell the coordinator after (days)"), "number", _("Empty: nobody is told.")),
            Field("subject", _("Subject"), required=True),
            Field("text", _("Text"), "text", _GAPS, required=True),
        ), icon="bell",
    ),
    ListPart(
        "messages", _("Suggested messages"), _("Wordings that a sender starts from and may change."), "key", "title",
        (
            Field("title", _("Title"), required=True),
            Field("subject", _("Subject"), required=True),
            Field("text", _("Text"), "text", _GAPS, required=True),
        ), icon="mail",
    ),
    ListPart(
        "resources", _("Resources"), _("Things to read and use elsewhere. Fill in their addresses."), "key", "title",
        (
            Field("title", _("Title"), required=True),
            Field("url", _("Address on the web"), "url"),
            Field("note", _("What it is"), "text"),
            Field("sessions", _("Shown with sessions"), "numbers", _("Numbers with commas between, such as 4, 5.")),
        ), grows=True, noun=_("a resource"), icon="link",
    ),
    ListPart(
        "glossary", _("Glossary"), _("Abbreviations and words that need explaining."), "term", "term",
        (Field("term", _("Word"), required=True), Field("meaning", _("What it means"), "text", required=True)),
        grows=True, noun=_("a word"), icon="book-a",
    ),
    ListPart(
        "agreement.scope", _("Agreement: what stands first"), _("Stands before the clauses."), "key", "text",
        (Field("text", _("Text"), "text", required=True),), grows=True, noun=_("a sentence"), icon="scroll-text",
    ),
    ListPart(
        "agreement.clauses", _("Agreement: clauses"),
        _("A sample that each pair may adapt further. What you change stays visible."), "key", "text",
        (
            Field("text", _("Text"), "text", required=True),
            Field("parts", _("Lettered parts"), "lines", _("One on each line. Leave it empty for a clause without parts.")),
        ), grows=True, noun=_("a clause"), icon="scroll-text",
    ),
)  # fmt: skip
"""Every part that is a list, in the order of the page that shows them."""


@dataclass(frozen=True)
class TextsPart:
    """A few texts that stand side by side at one place of the content (``path``; empty for its top)."""

    name: str
    path: str
    title: str | Promise
    lead: str | Promise
    fields: tuple[Field, ...]


TEXTS = (
    TextsPart(
        "about",
        "",
        _("About the programme"),
        _("What people read first, on the invitation and above the guidance."),
        (
            Field("summary", _("In short"), "text", required=True),
            Field("audience", _("For whom"), "text", required=True),
        ),
    ),
    TextsPart(
        "agreement-texts",
        "agreement",
        _("The agreement"),
        _("What surrounds the clauses. Agreements that are signed already stay as they are."),
        (
            Field("title", _("Title"), required=True),
            Field("intro", _("Introduction"), "text"),
            Field("code_title", _("Heading above all clauses")),
            Field("why_code", _("Why there are such clauses"), "text"),
            Field("scope_title", _("Heading above what stands first")),
            Field("clauses_title", _("Heading above the clauses")),
            Field("rights", _("Rights, and how to complain"), "text", _("Shown before anybody signs.")),
            Field("statement", _("What is signed"), "text", required=True),
        ),
    ),
)
"""Parts that are some texts to change together."""

PLAN = "plan"


def list_part(slug: str) -> ListPart | None:
    """The list that an address names."""
    return next((part for part in LISTS if part.slug == slug), None)


def texts_part(name: str) -> TextsPart | None:
    """The part of some texts that has this name, in addresses too."""
    return next((part for part in TEXTS if part.name == name), None)


def value_at(content: dict[str, Any], part: str) -> Any:
    """What stands in a part of a handbook's content."""
    texts = texts_part(part)
    if texts is not None:
        place = value_at(content, texts.path)
        return {field.name: place[field.name] for field in texts.fields}
    value: Any = content
    for name in part.split(".") if part else ():
        value = value[name]
    return value


def with_value(content: dict[str, Any], part: str, value: Any) -> dict[str, Any]:
    """The content with another value in a part; the one given is left as it is."""
    texts = texts_part(part)
    if texts is not None:
        return with_value(content, texts.path, {**value_at(content, texts.path), **value})
    if not part:
        return {**content, **value}
    name, _dot, rest = part.partition(".")
    return {**content, name: with_value(content[name], rest, value) if rest else value}


def fingerprint(value: Any) -> str:
    """Tells whether something still reads as it did when a form was opened."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


def title_of(part: str) -> str:
    """A part's name for people, as history keeps it."""
    if part.startswith(f"{ARTICLE}:"):
        return str(_("guidance"))
    titles = {one.name: one.title for one in (*LISTS, *TEXTS)} | {PLAN: _("the plan")}
    return str(titles[part])
