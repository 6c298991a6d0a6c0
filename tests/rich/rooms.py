"""The rooms beside the mentoring itself, each open, each with something in it."""

from decimal import Decimal
from functools import partial

from django.core.files.uploadedfile import SimpleUploadedFile

from mentoring import clock
from pairs.domain.achievements import record_achievement
from pairs.domain.files import share_file
from pairs.domain.introducing.making import propose_introduction
from pairs.domain.introducing.telling import PURPOSE
from pairs.domain.people import people_of
from pairs.models import ContactLink
from programmes.domain.expenses.claiming import add_line, begin_claim, take_step
from programmes.domain.expenses.states import Step
from programmes.domain.outside import make_link
from programmes.models import Claim, Suggestion
from templates_app.shapes import Expenses, Files, Introductions, Kit, Option, Recognition, Suggestions
from tests.rich.company import RichCompany
from tests.rich.marks import Marks, Secrecy, Whose
from tests.rich.sheets import Pair, small_pdf


def open_rooms(kit: Kit, marks: Marks, whose: Whose) -> None:
    """Have the handbook open every room."""
    kit.suggestions = Suggestions(words=marks(whose, Secrecy.OPEN, "Kit.suggestions.words"), ours=True)
    kit.expenses = Expenses(
        words=marks(whose, Secrecy.OPEN, "Kit.expenses.words"),
        roles=["mentor", "mentee"],
        kinds=[Option(key="bus", label=marks(whose, Secrecy.OPEN, "Kit.expenses.kinds"))],
        ours=True,
    )
    kit.recognition = Recognition(words=marks(whose, Secrecy.OPEN, "Kit.recognition.words"), ours=True)
    kit.introductions = Introductions(words=marks(whose, Secrecy.OPEN, "Kit.introductions.words"), ours=True)
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


def introduce(pair: Pair) -> None:
    """The mentor would introduce the mentee to somebody outside; beside that waits a link that nobody holds."""
    side = "mentor"
    pairing = pair.reader(side).pairing
    row = propose_introduction(
        pairing=pairing,
        mentee=people_of(pairing).mentee.member,
        name=pair.mark(side, Secrecy.PAIR, "ContactIntroduction.name"),
        email=f"{pair.mark(side, Secrecy.PAIR, 'ContactIntroduction.email')}@lagoon.example",
        why=pair.mark(side, Secrecy.PAIR, "ContactIntroduction.why"),
        actor=pair.user(side),
    )
    make_link(ContactLink, purpose=PURPOSE, days=14, introduction=row)


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


def claim_expenses(company: RichCompany) -> None:
    """One claim of each mentee, sent with a receipt; and one of the first that holds a reason."""
    for name, whose in (("mentee", Whose.MENTEE), ("mentee_two", Whose.MENTEE_TWO)):
        mark, user = partial(company.marks, whose, Secrecy.AUTHOR), company.users[name]
        claim = company.kept[f"claim_of_{name}"] = begin_claim(person=company.places[name], actor=user)
        add_line(
            claim=claim,
            spent_on=clock.now().date(),
            kind="bus",
            what=mark("ClaimLine.what"),
            amount=Decimal("4.50"),
            currency="EUR",
            receipt=SimpleUploadedFile(f"{mark('ClaimLine.receipt_name')}.pdf", small_pdf(mark("ClaimLine.receipt"))),
            actor=user,
        )
        take_step(claim=claim, step=Step.SEND, actor=user)
    waiting = begin_claim(person=company.places["mentee"], actor=company.mentee)
    Claim.objects.filter(pk=waiting.pk).update(reason=company.marks(Whose.MENTEE, Secrecy.AUTHOR, "Claim.reason"))


def recognise(company: RichCompany) -> None:
    """An achievement of each mentee, recorded by the coordinator."""
    for name, whose in (("mentee", Whose.MENTEE), ("mentee_two", Whose.MENTEE_TWO)):
        company.kept[f"achievement_of_{name}"] = record_achievement(
            person=company.places[name],
            what=company.marks(whose, Secrecy.AUTHOR, "Achievement.what"),
            achieved_on=clock.now().date(),
            hours=None,
            actor=company.coordinator,
        )
