"""The rooms beside the mentoring itself, each open, each with something in it."""

from django.core.files.uploadedfile import SimpleUploadedFile

from mentoring import clock
from pairs.domain.files import share_file
from programmes.models import Suggestion
from templates_app.shapes import Files, Kit, Suggestions
from tests.rich.company import RichCompany
from tests.rich.marks import Marks, Secrecy, Whose
from tests.rich.sheets import Pair, small_pdf


def open_rooms(kit: Kit, marks: Marks, whose: Whose) -> None:
    """Have the handbook open every room."""
    kit.suggestions = Suggestions(words=marks(whose, Secrecy.OPEN, "Kit.suggestions.words"), ours=True)
    kit.files = Files(words=marks(whose, Secrecy.OPEN, "Kit.files.words"), ours=True)


def share(pair: Pair) -> None:
    """The mentee shares a document with her mentor."""
    side = "mentee"
    inside = pair.mark(side, Secrecy.PAIR, "SharedFile.content")
    share_file(
        pairing=pair.reader(side).pairing,
        file=SimpleUploadedFile(f"{pair.mark(side, Secrecy.PAIR, 'SharedFile.name')}.pdf", small_pdf(inside)),
        title=pair.mark(side, Secrecy.PAIR, "SharedFile.title"),
        note=pair.mark(side, Secrecy.PAIR, "SharedFile.note"),
        actor=pair.user(side),
    )


def fill_boxes(company: RichCompany) -> None:
    """A note with a reply in either programme's box. That of the other programme, which is small, is put there as a row."""
    for room, whose in ((company.here, Whose.PROGRAMME), (company.next_door, Whose.ELSEWHERE)):
        room.kept["suggestion"] = Suggestion.objects.create(
            programme=room.programme,
            day=clock.now().date(),
            text=company.marks(whose, Secrecy.STAFF, "Suggestion.text"),
            code_hash="0" * 63 + whose,
            reply=company.marks(whose, Secrecy.STAFF, "Suggestion.reply"),
            replied_on=clock.now().date(),
        )
