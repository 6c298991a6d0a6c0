"""The agreement that both sign: its fields, its clauses, and what may reach the coordinator."""

from typing import Literal

from templates_app.shapes.base import Key, Shape, Source, Sourced
from templates_app.shapes.fields import FieldShape
from templates_app.shapes.models import ModelKind
from templates_app.shapes.signing import OutsideSigner, Signing, turns_of


class Clause(Sourced):
    """A clause of the agreement. ``parts`` are shown as lettered lines; ``binds`` says whom."""

    key: Key
    text: str
    parts: list["ClausePart"] = []
    models: list[ModelKind] = []
    """The mentoring models whose agreements have it; none named: all."""
    part: Key | None = None
    """Under which of the agreement's titled parts it stands, where it has such parts."""
    binds: Literal["mentor", "mentee", "both"] = "both"


class ClausePart(Sourced):
    """A lettered part of a clause."""

    key: Key
    text: str


Marks = Literal["numbered", "lettered", "bullets"]


class AgreementPart(Sourced):
    """A part of the agreement with a heading of its own (``cal.contract.resp.mentor``, ``gla.agreement.context.1``).

    ``text`` stands below the heading, ``marks`` before each of its clauses.
    """

    key: Key
    title: str
    text: str = ""
    marks: Marks = "numbered"


class ConsentItem(Sourced):
    """A kind of record that may reach the coordinator. ``always`` is told rather than asked."""

    key: Key
    label: str
    always: bool = False


class Consent(Sourced):
    """What the pair may let reach the coordinator, asked before anybody signs. ``title`` stands above the question.

    Without items nothing is asked.
    """

    title: str = ""
    asked_of: Literal["mentee", "mentor", "each"] = "mentee"
    question: str = ""
    items: list[ConsentItem] = []

    def asks(self, side: str) -> bool:
        """Whether somebody of that side has anything to decide."""
        return self.asked_of in (side, "each") and self.asks_anybody

    @property
    def asks_anybody(self) -> bool:
        """Whether anything is asked at all, and not only told."""
        return any(not item.always for item in self.items)


class AgreementReaders(Shape):
    """Who reads the agreement beside those it is between: the coordinator, or nobody, who then sees that it is in force.

    ``shows`` names the fields that the coordinator sees nevertheless (``cal.contract``: its length).
    """

    preset: Literal["coordinator", "status"] = "coordinator"
    shows: list[Key] = []


class Agreement(Sourced):
    """The agreement: what the pair writes, the clauses it may adapt, who signs, and what may reach the coordinator.

    ``code_title`` stands above all clauses, ``scope_title`` and ``clauses_title`` above their two lists; one that is left
    out is not printed. With ``parts`` every clause stands under a heading of its own, and there is no ``scope``.
    """

    title: str
    intro: str = ""
    code_title: str = ""
    why_code: str = ""
    scope_title: str = ""
    clauses_title: str = ""
    fields: list[FieldShape]
    parts: list[AgreementPart] = []
    scope: list[Clause] = []
    clauses: list[Clause]
    rights: str = ""
    signers: list[Literal["mentor", "mentee"]]
    outside: list[OutsideSigner] = []
    """Who signs besides, without an account."""
    statement: str
    signing: Signing = Signing()
    readers: AgreementReaders = AgreementReaders()
    moved_end: Key | None = None
    """The field in which the two say why, where a new version moves the end they had agreed on (``sssc.must.41``)."""
    consent: Consent = Consent(ours=True)
    source_parties: Source = []

    @property
    def turns(self) -> list[str]:
        """Everybody who signs, by side or key, in the order in which they would sign in turn."""
        return turns_of(self.signers, self.outside)
