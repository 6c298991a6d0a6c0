"""The agreement that both sign: its fields, its clauses, and what may reach the coordinator."""

from typing import Literal

from templates_app.shapes.base import Key, Source, Sourced
from templates_app.shapes.fields import FieldShape


class Clause(Sourced):
    """A clause of the agreement. ``parts`` are shown as lettered lines; ``binds`` says whom."""

    key: Key
    text: str
    parts: list["ClausePart"] = []
    binds: Literal["mentor", "mentee", "both"] = "both"


class ClausePart(Sourced):
    """A lettered part of a clause."""

    key: Key
    text: str


class ConsentItem(Sourced):
    """A kind of record that may reach the coordinator. ``always`` is told rather than asked."""

    key: Key
    label: str
    always: bool = False


class Consent(Sourced):
    """What the pair may let reach the coordinator, asked before anybody signs. ``title`` stands above the question."""

    title: str = ""
    asked_of: Literal["mentee", "mentor", "each"]
    question: str
    items: list[ConsentItem]


class Agreement(Sourced):
    """The agreement: what the pair writes, the clauses it may adapt, who signs, and what may reach the coordinator.

    ``code_title`` stands above all clauses, ``scope_title`` and ``clauses_title`` above their two lists; one that is left
    out is not printed.
    """

    title: str
    intro: str = ""
    code_title: str = ""
    why_code: str = ""
    scope_title: str = ""
    clauses_title: str = ""
    fields: list[FieldShape]
    scope: list[Clause]
    clauses: list[Clause]
    rights: str = ""
    signers: list[Literal["mentor", "mentee"]]
    statement: str
    consent: Consent
    source_parties: Source = []
