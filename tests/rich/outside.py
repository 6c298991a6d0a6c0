"""Worksheets that hang on no pair: the programme's own and a person's, with canaries in them."""

from mentoring.accounts.models import User
from programmes.domain.designing.drafts import open_draft
from programmes.domain.designing.sheets import add_section
from programmes.domain.sheet_owner import sheet_owner
from programmes.domain.sheets import begin_own_sheet, begin_programme_sheet, get_sheet_for
from programmes.models import Sheet
from templates_app.domain.responses import submit_response
from templates_app.models import EarlierAnswers, Handbook, Template, TemplateVersion
from templates_app.shapes import Worksheet
from tests.rich.company import RichCompany, Room
from tests.rich.marks import Secrecy, Whose

FIELDS = [
    {"key": "words", "kind": "longtext", "label": "What stands out?"},
    {"key": "ready", "kind": "checklist", "label": "Ready?", "items": [{"key": "money", "label": "Money"}]},
]


SCALE = {"key": "well", "kind": "scale", "label": "How well?", "points": [{"value": n} for n in (1, 2, 3)]}
MEASURED = [{"key": "all", "title": "All", "fields": [SCALE]}]

GROWN = [{"key": "all", "title": "All", "fields": [FIELDS[0] | {"key": "grown", "coded": True}]}]


def worksheet(key: str, **values: object) -> dict:
    """A short worksheet, as a version keeps it."""
    sections = [{"key": "all", "title": "All", "fields": FIELDS}]
    return {"key": key, "title": key.title(), "sections": sections} | values


CHIEF = {"key": "supervisor", "label": "the supervisor", "named_by": ["mentee"], "ours": True}
SIGNED = {"statement": "I stand by this.", "signers": ["mentee", "mentor"], "outside": [CHIEF]}

SHEETS = (
    worksheet("checklist", filled_by="coordinator", readers={"preset": "author-coordinator"}),
    worksheet("policy", filled_by="coordinator", readers={"preset": "members"}),
    worksheet("diary", filled_by="each", belongs="person", readers={"preset": "private"}, repeats=True),
    worksheet("exercise", filled_by="each", readers={"preset": "private"}, homework=True),
    worksheet("feeling", filled_by="each", readers={"preset": "pair"}, repeats=True) | {"sections": MEASURED},
    worksheet("growth", filled_by="each", readers={"preset": "status"}, repeats=True) | {"sections": GROWN},
    worksheet("signed-plan", filled_by="mentee", readers={"preset": "pair"}, signing=SIGNED),
    worksheet("letter", filled_by="mentee", belongs="request", readers={"preset": "pair"}),
    worksheet("wishes", filled_by="mentee", belongs="person", readers={"preset": "author-coordinator"}),
)


def publish(handbook: Handbook, reason: str = "") -> None:
    """Put these worksheets into a programme's handbook, with why they are there where it is said."""
    for definition in SHEETS:
        shape = Worksheet.model_validate(definition)
        template = Template.objects.create(handbook=handbook, key=shape.key, title=shape.title, position=900)
        TemplateVersion.objects.create(template=template, number=1, definition=definition, reason=reason)


def write_outside_pairs(company: RichCompany) -> None:
    """The coordinators' sheets in both programmes, and what the mentee and her neighbour wrote for themselves."""
    for room in (company.here, company.next_door):
        publish(room.programme.handbook, company.marks(room.whose, Secrecy.STAFF, "TemplateVersion.reason"))
        _of_programme(company, room)
        _designed(company, room)
    for name, whose in (("mentee", Whose.MENTEE), ("mentee_two", Whose.MENTEE_TWO)):
        _of_person(company, name, whose)


def _of_programme(company: RichCompany, room: Room) -> None:
    for key, secrecy in (("checklist", Secrecy.STAFF), ("policy", Secrecy.OPEN)):
        sheet = begin_programme_sheet(programme=room.programme, worksheet=key, actor=room.coordinator)
        send_sheet(sheet, room.coordinator, company.marks(room.whose, secrecy, f"Sheet {key}"))
        room.kept[key] = sheet


def _designed(company: RichCompany, room: Room) -> None:
    """A worksheet that is being changed, in two steps."""
    draft = open_draft(programme=room.programme, key="prep", actor=room.coordinator)
    for _step in range(2):
        title = company.marks(room.whose, Secrecy.STAFF, "Heading of a draft")
        add_section(draft=draft, title=title, actor=room.coordinator)


def _of_person(company: RichCompany, name: str, whose: Whose) -> None:
    for key, secrecy in (("diary", Secrecy.PRIVATE), ("wishes", Secrecy.APART)):
        sheet = begin_own_sheet(person=company.places[name], worksheet=key, actor=company.users[name])
        send_sheet(sheet, company.users[name], company.marks(whose, secrecy, f"Sheet {key}"))
        company.kept[f"{key}_of_{name}"] = sheet
        words = {"gone": company.marks(whose, secrecy, f"Sheet {key} before it moved")}
        EarlierAnswers.objects.create(response=sheet.response, version=sheet.response.version, texts=words)


def send_sheet(sheet: Sheet, actor: User, words: str) -> None:
    """Fill one in and send it."""
    fresh = get_sheet_for(actor, sheet.pk)
    owner = sheet_owner(fresh, actor)
    submit_response(
        response=fresh.response,
        actor=actor,
        answers={"words": words, "ready": {"money": {"done": True}}},
        revision=fresh.response.revision,
        context=owner.context,
    )
    owner.on_submitted(actor)
