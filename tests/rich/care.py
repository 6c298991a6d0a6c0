"""Concerns raised with a partner's lead and with nobody yet, contacts and training, with canaries in them."""

from programmes.domain.concerns.raising import raise_concern, write_note
from programmes.domain.training.doing import read_page
from templates_app.shapes import Concerns, Contact, Kit, Module, Page
from tests.rich.company import RichCompany
from tests.rich.marks import Marks, Secrecy, Whose


def look_after(kit: Kit, marks: Marks, whose: Whose) -> None:
    """Have the handbook take concerns, each partner's lead first, nobody else named; name contacts, and a module."""
    words = {name: marks(whose, Secrecy.OPEN, f"Kit.training.{name}") for name in ("title", "text")}
    kit.training = [
        Module(key="basics", title=words["title"], pages=[Page(title="One", text=words["text"])], ours=True)
    ]
    kit.contacts = [Contact(key="doctor", name=marks(whose, Secrecy.OPEN, "Kit.contacts.name"), ours=True)]
    kit.concerns = Concerns(
        leads="partner",
        tell_first=True,
        words=marks(whose, Secrecy.OPEN, "Kit.concerns.words"),
        mailbox=f"{marks(whose, Secrecy.OPEN, 'Kit.concerns.mailbox')}@people.example",
        ours=True,
    )


def raise_concerns(company: RichCompany) -> None:
    """One of the mentee's, which the lead of her partner has; one of the other mentee's, which waits for a lead."""
    for name, whose in (("mentee", Whose.MENTEE), ("mentee_two", Whose.MENTEE_TWO)):
        read_page(person=company.places[name], key="basics", page=0, actor=company.users[name])
        concern = raise_concern(
            person=company.places[name],
            text=company.marks(whose, Secrecy.LEAD, "Concern.text"),
            answers={"kind": "safety", "told": "no", "why_not": company.marks(whose, Secrecy.LEAD, "Concern.answers")},
            actor=company.users[name],
        )
        more = company.marks(whose, Secrecy.LEAD, "ConcernNote.text, her own")
        write_note(concern=concern, text=more, actor=company.users[name])
        company.kept[f"concern_of_{name}"] = concern
    notes = {"leads only": (Secrecy.LEADS, False), "to her": (Secrecy.LEAD, True)}
    for place, (secrecy, share) in notes.items():
        words = company.marks(Whose.MENTEE, secrecy, f"ConcernNote.text, {place}")
        write_note(concern=company.kept["concern_of_mentee"], text=words, actor=company.lead, share=share)
