"""The rooms beside the mentoring itself, each open, each with something in it."""

from django.core.files.uploadedfile import SimpleUploadedFile

from pairs.domain.files import share_file
from templates_app.shapes import Files, Kit
from tests.rich.marks import Marks, Secrecy, Whose
from tests.rich.sheets import Pair, small_pdf


def open_rooms(kit: Kit, marks: Marks, whose: Whose) -> None:
    """Have the handbook open every room."""
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
