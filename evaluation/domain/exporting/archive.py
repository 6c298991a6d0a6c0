"""All documents of an export as one archive, made step by step.

First every worksheet, agreement and report that the maker may read is asked for as a document; what was made before is
not made again. Then the export waits, a short while at a time, until the documents' own queue has made them all. Then they
are packed, a folder for each pair. A worker that dies in between loses nothing: the documents stay, and the next look goes on.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from evaluation.domain.exporting.files import Path
from evaluation.domain.exporting.plain_tables import may_show, outputs_with_responses
from evaluation.domain.exporting.tables import Scope
from evaluation.domain.queries import reports_for
from evaluation.domain.report_documents import edition_for
from evaluation.domain.reports import request_report_pdf
from evaluation.models import Report
from mentoring.accounts.models import User
from mentoring.work.models import State
from pairs.domain.agreement_queries import agreements_for
from pairs.enums import OutputKind
from pairs.models import Agreement, Output, Pairing
from programmes.models import Participant
from templates_app.domain.documents import may_read_document, request_document
from templates_app.domain.owners import owner_for
from templates_app.domain.worksheet_documents import NotSignedByAll, request_worksheet_pdf
from templates_app.models import Document, Response

SETTLED = frozenset({State.DONE, State.FAILED, State.CANCELLED})


@dataclass(frozen=True)
class Paper:
    """A document that the archive waits for, and where in the archive it goes."""

    document: UUID
    path: list[str]

    def as_json(self) -> dict[str, Any]:
        """As the export stores it."""
        return {"document": str(self.document), "path": self.path}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Paper":
        """As it was stored."""
        return cls(UUID(stored["document"]), stored["path"])


# --- Asking for everything -------------------------------------------------------------------------------------------


def ask_for_all(scope: Scope) -> Iterator[list[Paper]]:
    """Ask for every document, one pair, profile or report at a time; yields what each step asked for."""
    folders = _folders(scope)
    by_pair: dict[UUID, list[Output]] = {pairing.pk: [] for pairing in scope.pairings}
    for output in outputs_with_responses(scope):
        by_pair[output.pairing_id].append(output)
    for pairing in scope.pairings:
        named = [*_agreements(scope, pairing), *_worksheets(scope, pairing, by_pair[pairing.pk])]
        folder = folders[pairing.pk]
        yield [Paper(pk, [*folder, f"{place:02d} {name}.pdf"]) for place, (pk, name) in enumerate(named, start=1)]
    if scope.coordinates:
        for person in _profiles(scope):
            yield _profile(scope.user, person)
    if not scope.is_one_pair:
        for report in _reports(scope):
            document = request_report_pdf(report=report, edition=edition_for(scope.user, report), actor=scope.user)
            yield [Paper(document.pk, [report.cohort.title, _("Reports"), f"{report.period}.pdf"])]


def _folders(scope: Scope) -> dict[UUID, list[str]]:
    """A folder for each pair. Two pairs of the same names get a number each, so that nobody's papers are mixed."""
    named = {p.pk: scope.people[p.pk].label for p in scope.pairings}
    total, seen = Counter(named.values()), Counter[str]()
    folders = {}
    for pairing in scope.pairings:
        name = named[pairing.pk]
        seen[name] += 1
        folders[pairing.pk] = [pairing.cohort.title, f"{name} ({seen[name]})" if total[name] > 1 else name]
    return folders


Named = tuple[UUID, str]
"""A document's id, and what its file is called."""


def _agreements(scope: Scope, pairing: Pairing) -> list[Named]:
    """The versions that were signed, as they were signed."""
    found = []
    for agreement in agreements_for(scope.user, pairing).filter(signed_at__isnull=False).order_by("number"):
        document_id = agreement.document_id or _agreement_document(scope, agreement).pk
        found.append((document_id, _("Agreement, version %(number)d") % {"number": agreement.number}))
    return found


def _agreement_document(scope: Scope, agreement: Agreement) -> Document:
    label = scope.people[agreement.pairing_id].label
    return request_document(
        kind="agreement",
        subject=agreement,
        revision=agreement.content_sha256,
        title=f"{agreement.content['title']}: {label}",
        filename=f"agreement-{agreement.number}.pdf",
        actor=scope.user,
    )


def _worksheets(scope: Scope, pairing: Pairing, outputs: list[Output]) -> list[Named]:
    """What was sent and may be read, in the handbook's order; nothing that still waits for a signature."""
    readable = [row for row in outputs if may_show(scope, row)]
    rows = Response.objects.select_related("version__template")
    written = rows.in_bulk([row.response_id for row in readable if row.response_id])
    found = []
    for row in sorted(readable, key=lambda row: (row.position, str(row.member_id))):
        assert row.response_id is not None
        owner = owner_for(scope.user, written[row.response_id])
        if owner is None:
            continue
        try:
            document = request_worksheet_pdf(owner=owner, actor=scope.user)
        except NotSignedByAll:
            continue  # one of a pair who coordinates reads it before it is a paper
        found.append((document.pk, _file_name(scope, row, written[row.response_id])))
    return found


def _file_name(scope: Scope, output: Output, response: Response) -> str:
    """The worksheet's title with its moment, and who filled it in."""
    person = scope.people[output.pairing_id].member(output.member_id)
    title = output.title if output.kind == OutputKind.WORKSHEET else response.version.template.title
    return f"{title}, {person.name}" if person else title


def _profiles(scope: Scope) -> list[Participant]:
    rows = Participant.objects.filter(cohort__in=scope.cohorts, enrolment__isnull=False)
    if scope.participants is not None:
        rows = rows.filter(pk__in=scope.participants)
    return list(
        rows.select_related("cohort", "enrolment__version__template").order_by("family_name", "given_name", "id")
    )


def _profile(user: User, person: Participant) -> list[Paper]:
    enrolment = person.enrolment
    owner = owner_for(user, enrolment) if enrolment is not None and enrolment.is_submitted else None
    if owner is None:
        return []
    document = request_worksheet_pdf(owner=owner, actor=user)
    return [Paper(document.pk, [person.cohort.title, _("Profiles"), f"{person.name}.pdf"])]


def _reports(scope: Scope) -> list[Report]:
    return list(reports_for(scope.user).filter(cohort__in=scope.cohorts).order_by("as_of"))


# --- Waiting, and packing --------------------------------------------------------------------------------------------


def settled(papers: list[Paper]) -> int:
    """How many of the documents are made, or have been given up."""
    ids = {paper.document for paper in papers}
    states = dict(Document.objects.filter(pk__in=ids).values_list("pk", "state"))
    return sum(states.get(paper.document, State.CANCELLED) in SETTLED for paper in papers)


def packed(user: User, papers: list[Paper]) -> Iterator[tuple[Path, bytes]]:
    """The files of the archive; what could not be put in is named in a text file at the end.

    Rights are asked for once more: what was taken back since it was asked for stays out.
    """
    left_out: list[str] = []
    if not papers:
        yield [_("Nothing yet.txt")], _("There is no document here yet that you may read.").encode("utf-8-sig")
    for paper in papers:
        document = Document.objects.filter(pk=paper.document).first()
        if document is None or document.state == State.CANCELLED or not may_read_document(user, document):
            left_out.append(_line(paper, _("may not be read any more")))
        elif document.state != State.DONE or document.content is None:
            left_out.append(_line(paper, _("could not be made; try again from its own page")))
        else:
            yield paper.path, bytes(document.content)
    if left_out:
        text = _("These documents are not in the archive:")
        yield [_("Not included.txt")], "\r\n".join([text, "", *left_out, ""]).encode("utf-8-sig")


def _line(paper: Paper, reason: str) -> str:
    return f"- {' / '.join(paper.path)}: {reason}"
