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
from programmes.domain.managers.needs import PURPOSE as NEEDS
from programmes.domain.outside import make_link
from programmes.models import Claim, NeedsAsking, NeedsLink, PublicNotice, StaffManager, Suggestion
from templates_app.domain.kits import current_versions
from templates_app.domain.responses import start_response
from templates_app.models import Response
from templates_app.shapes import (
    Expenses,
    Files,
    Indicator,
    Introductions,
    Kit,
    Managers,
    Measure,
    Notice,
    Option,
    Recognition,
    Suggestions,
    Worksheet,
)
from tests.rich.company import RichCompany
from tests.rich.marks import Marks, Secrecy, Whose
from tests.rich.outside import FIELDS, worksheet
from tests.rich.sheets import Pair, small_pdf

TICK = {"key": "nobody", "label": "Names nobody", "need": "must"}
TICKED = {"sections": [{"key": "all", "fields": [*FIELDS, {"key": "nobody", "kind": "checklist", "label": "Sure?",
    "need": "must", "items": [TICK]}]}]}  # fmt: skip


def open_rooms(kit: Kit, marks: Marks, whose: Whose) -> None:
    """Have the handbook open every room."""
    kit.suggestions = Suggestions(words=marks(whose, Secrecy.OPEN, "Kit.suggestions.words"), ours=True)
    kit.expenses = Expenses(
        words=marks(whose, Secrecy.OPEN, "Kit.expenses.words"),
        roles=["mentor", "mentee"],
        kinds=[Option(key="bus", label=marks(whose, Secrecy.OPEN, "Kit.expenses.kinds"))],
        ours=True,
    )
    by_managers = worksheet("word-of-manager", filled_by="supervisor", readers={"preset": "author-coordinator"})
    kit.worksheets.append(Worksheet.model_validate(by_managers | {"ours": True}))
    kit.worksheets.append(Worksheet.model_validate(by_managers | {"ours": True, "key": "needs-of-staff", **TICKED}))
    kit.managers = Managers(
        words=marks(whose, Secrecy.OPEN, "Kit.managers.words"),
        worksheet="word-of-manager",
        needs="needs-of-staff",
        ours=True,
    )
    kit.notice = Notice(words=marks(whose, Secrecy.OPEN, "Kit.notice.words"), roles=["mentor"], ours=True)
    kit.recognition = Recognition(words=marks(whose, Secrecy.OPEN, "Kit.recognition.words"), ours=True)
    kit.introductions = Introductions(words=marks(whose, Secrecy.OPEN, "Kit.introductions.words"), ours=True)
    kit.indicators = [
        Indicator(
            key="steady",
            title=marks(whose, Secrecy.OPEN, "Kit.indicators.title"),
            about="programme",
            definition=marks(whose, Secrecy.OPEN, "Kit.indicators.definition"),
            measures=[
                Measure(key="held", title=marks(whose, Secrecy.OPEN, "Kit.indicators.measures.title"), reckon="held")
            ],
            ours=True,
        )
    ]
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


def put_up_notices(company: RichCompany) -> None:
    """A notice of either programme that all staff read."""
    for room, whose in ((company.here, Whose.PROGRAMME), (company.next_door, Whose.ELSEWHERE)):
        room.kept["notice"] = PublicNotice.objects.create(
            programme=room.programme,
            code=f"23456789ABC{whose.upper()}",
            is_open=True,
            contact=company.marks(whose, Secrecy.OPEN, "PublicNotice.contact"),
        )


def ask_managers(company: RichCompany) -> None:
    """In either programme a manager who is asked what their staff need, and has answered; another has not."""
    for room, whose in ((company.here, Whose.PROGRAMME), (company.next_door, Whose.ELSEWHERE)):
        room.kept["staff_manager"] = StaffManager.objects.create(
            programme=room.programme, **_manager(company, whose, "StaffManager")
        )
        version = current_versions(room.programme.handbook)["needs-of-staff"]
        said = {"words": company.marks(whose, Secrecy.STAFF, "NeedsAsking response")}
        response = start_response(version=version, author=None, answers=said)
        Response.objects.filter(pk=response.pk).update(state="submitted", submitted_at=clock.now())
        asked = {"programme": room.programme, "year": 2026}
        NeedsAsking.objects.create(
            **asked, **_manager(company, whose, "NeedsAsking"), response=response, answered_at=clock.now()
        )
        open_one = NeedsAsking.objects.create(**asked, name="Somebody", email="somebody@chief.example")
        room.kept["token_of_needs"], _until = make_link(NeedsLink, purpose=NEEDS, days=400, asking=open_one)


def _manager(company: RichCompany, whose: Whose, table: str) -> dict[str, str]:
    address = company.marks(whose, Secrecy.STAFF, f"{table} email")
    found = {name: company.marks(whose, Secrecy.STAFF, f"{table} {name}") for name in ("name", "unit")}
    return found | {"email": f"{address}@chief.example"}


def claim_expenses(company: RichCompany) -> None:
    """One claim of each mentee, sent with a receipt; and one of the first that holds a reason."""
    for name, whose in (("mentee", Whose.MENTEE), ("mentee_two", Whose.MENTEE_TWO)):
        mark, user = partial(company.marks, whose, Secrecy.APART), company.users[name]
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
    Claim.objects.filter(pk=waiting.pk).update(reason=company.marks(Whose.MENTEE, Secrecy.APART, "Claim.reason"))


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
