"""Writing a pair's worksheets through the verbs, each answer a canary of the secrecy that the worksheet itself promises."""

import io
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfWriter

from mentoring.accounts.models import User
from pairs.domain.output_owner import begin_response, owner_of
from pairs.domain.reading import Reader, reader_of
from pairs.models import Output, Pairing
from templates_app.answers import AnswerContext
from templates_app.domain.kits import worksheet_of
from templates_app.domain.owners import WorksheetOwner
from templates_app.domain.responses import answers_of, save_draft, submit_response
from templates_app.domain.uploads import files_of, store_upload
from templates_app.shapes import FieldShape, Kind, Preset, Use, Worksheet
from tests.rich.answers import filled
from tests.rich.company import RichCompany
from tests.rich.marks import Secrecy, Whose


@dataclass
class Pair:
    """A pair on its way: who it is, whose its words are, and what the mentee lets reach the coordinator."""

    company: RichCompany
    mentor: str
    mentee: str
    whose: dict[str, Whose]
    """By ``mentor``, ``mentee`` and ``pair``."""
    consents: Collection[str] = ()
    pairing: Pairing = None  # type: ignore[assignment]
    passed_on: set[str] = field(default_factory=set)
    """Moments of logs that will be passed to the coordinator."""

    def user(self, side: str) -> User:
        """One of the two by side."""
        return self.company.users[getattr(self, side)]

    def reader(self, side: str) -> Reader:
        """One of the two before the pair's outputs, knowing how things stand now."""
        return reader_of(
            self.user(side), Pairing.objects.select_related("cohort__programme__handbook").get(pk=self.pairing.pk)
        )

    def mark(self, side: str, secrecy: Secrecy, place: str) -> str:
        """A canary of one of the two, or of both (``pair``)."""
        return self.company.marks(self.whose[side], secrecy, place)

    def output(self, worksheet: str, moment: str, side: str) -> Output:
        """What is owed of a worksheet at a moment by one of the two, or by both."""
        rows = Output.objects.filter(pairing=self.pairing, worksheet=worksheet, moment=moment)
        return rows.get(member=None) if side == "pair" else rows.get(member__side=side)

    def secrecy_of(self, sheet: Worksheet, moment: str) -> Secrecy:
        """Who may read a sent sheet, by the handbook's words."""
        preset = sheet.readers.preset
        if preset is Preset.PRIVATE:
            return Secrecy.PRIVATE
        if preset is Preset.AUTHOR_COORDINATOR:
            return Secrecy.APART
        if preset is not Preset.COORDINATOR or sheet.readers.consent not in self.consents:
            return Secrecy.PAIR
        held_back = sheet.use is Use.LOG and moment not in self.passed_on
        return Secrecy.PAIR if held_back else Secrecy.PASSED_ON


def write(pair: Pair, worksheet: str, moment: str, side: str, *, secrecy: Secrecy | None = None) -> Output:
    """Fill in a sheet and send it. ``side``: ``mentor``, ``mentee`` or ``pair``."""
    return write_on(pair, pair.output(worksheet, moment, side), side, secrecy=secrecy)


def write_on(pair: Pair, output: Output, side: str, *, secrecy: Secrecy | None = None, send: bool = True) -> Output:
    """Fill in the sheet of an output, and send it unless it is to stay a draft, which its writers alone read."""
    writer = "mentee" if side == "pair" else side
    owner, actor = _begun(pair, output, writer), pair.user(writer)
    sheet = worksheet_of(owner.response.version)
    meant = secrecy or (pair.secrecy_of(sheet, output.moment) if send else Secrecy.PRIVATE)

    def canary(shape: FieldShape) -> str:
        return pair.mark(side, Secrecy.APART if shape.readers else meant, f"{sheet.key}/{output.moment}.{shape.key}")

    answers = filled(sheet.fields(), owner.context, canary) | _files(pair, owner, sheet, writer, side, meant)
    values: dict[str, Any] = {"response": owner.response, "actor": actor, "answers": answers, "context": _fresh(owner)}
    if send:
        submit_response(**values, revision=owner.response.revision, then=owner.on_submitted)
    else:
        save_draft(**values, revision=owner.response.revision)
    return Output.objects.select_related("response").get(pk=output.pk)


def _begun(pair: Pair, output: Output, side: str) -> WorksheetOwner:
    reader = pair.reader(side)
    output = Output.objects.select_related("response__version__template", "session", "member").get(pk=output.pk)
    output.pairing = reader.pairing
    begin_response(output=output, actor=pair.user(side), people=reader.people)
    return owner_of(output, reader)


def _files(
    pair: Pair, owner: WorksheetOwner, sheet: Worksheet, writer: str, side: str, secrecy: Secrecy
) -> dict[str, Any]:
    """A file for every field that takes one."""
    found = {}
    for shape in sheet.fields():
        if shape.kind is Kind.FILE:
            name = pair.mark(side, secrecy, "Upload.name")
            inside = small_pdf(pair.mark(side, secrecy, "Upload.content"))
            file = SimpleUploadedFile(f"{name}.pdf", inside, content_type="application/pdf")
            found[shape.key] = store_upload(response=owner.response, field=shape, file=file, actor=pair.user(writer))
    return found


def small_pdf(words: str) -> bytes:
    """A small PDF of that title."""
    writer, held = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.add_metadata({"/Title": words})
    writer.write(held)
    return held.getvalue()


def _fresh(owner: WorksheetOwner) -> AnswerContext:
    """The owner's context, knowing the files that were just kept."""
    return replace(owner.context, files=files_of(owner.response))


def write_in_vain(pair: Pair, output: Output, side: str) -> None:
    """Save over a draft that somebody else has saved meanwhile: what comes too late is kept aside."""
    from templates_app.domain.responses import StaleSave

    owner = _begun(pair, output, side)
    sheet = worksheet_of(owner.response.version)
    words = next(shape.key for shape in sheet.fields() if shape.kind is Kind.LONGTEXT)
    answers = answers_of(owner.response) | {words: pair.mark(side, Secrecy.PRIVATE, "SideDraft.texts")}
    try:
        save_draft(
            response=owner.response,
            actor=pair.user(side),
            answers=answers,
            revision=owner.response.revision - 1,
            context=owner.context,
        )
    except StaleSave:
        return
    raise AssertionError("The late save was not kept aside.")
