"""The organisation, those who look after it, and its two programmes."""

from mentoring.accounts.models import User
from mentoring.organisations.domain.members import add_admin, set_admin
from mentoring.organisations.domain.organisations import create_organisation
from mentoring.organisations.domain.partners import add_partner
from mentoring.tenancy.arriving import arrive
from mentoring.tenancy.models import Membership, Partner
from programmes.domain.assignments import give_role
from programmes.domain.programmes import create_programme
from templates_app.domain.kit_files import shipped_kit
from templates_app.domain.kit_files.drawings import look_at_picture
from templates_app.domain.loading_kits import load_kit
from templates_app.domain.pictures import keep_picture
from templates_app.shapes import Kit
from tests.rich.care import look_after
from tests.rich.company import RichCompany, Room
from tests.rich.marks import Marks, Secrecy, Whose
from tests.rich.rooms import open_rooms
from tests.templates_app.pictures import drawing

ZONE = "Pacific/Apia"


def found(slug: str, mark: str) -> RichCompany:
    """The organisation with its first admin."""
    marks = Marks(mark)
    admin = _user(marks, Whose.STAFF, "admin")
    organisation = create_organisation(
        slug=slug,
        name=marks(Whose.ORGANISATION, Secrecy.OPEN, "Organisation.name"),
        zone=ZONE,
        language="en-gb",
        accent="#0b5c66",
        first_admin=admin,
        actor=None,
    )
    return RichCompany(marks=marks, organisation=organisation, users={"admin": admin})


def _user(marks: Marks, whose: Whose, name: str) -> User:
    return User.objects.create_user(
        email=f"{marks(whose, Secrecy.ADDRESS, f'{name}: User.email')}@people.example",
        given_name=marks(whose, Secrecy.NAME, f"{name}: User.given_name"),
        family_name=marks(whose, Secrecy.NAME, f"{name}: User.family_name"),
        zone=ZONE,
    )


def take_on_staff(company: RichCompany) -> None:
    """Coordinator, partner lead, steering group, and the coordinator of the other programme: members, none an admin."""
    whose = {
        "coordinator": Whose.COORDINATOR,
        "lead": Whose.STAFF,
        "steering": Whose.STAFF,
        "elsewhere": Whose.ELSEWHERE,
    }
    for name, owner in whose.items():
        user = _user(company.marks, owner, name)
        membership = add_admin(email=user.email, given_name="", family_name="", actor=company.admin)
        set_admin(membership=membership, admin=False, actor=company.admin)
        arrive(membership)
        company.users[name] = user


def make_operators(company: RichCompany) -> None:
    """Two of them also run the installation: Django's flags of it open nothing of what organisations hold."""
    people = [company.users[name].pk for name in ("elsewhere", "mentor_two")]
    User.objects.filter(pk__in=people).update(is_staff=True, is_superuser=True)


def start_programmes(company: RichCompany) -> None:
    """The programme everything happens in, with its roles, and another one of the same organisation."""
    marks = company.marks
    company.here = _room(company, company.coordinator, "voyage", Whose.PROGRAMME, Whose.WAITING)
    company.next_door = _room(company, company.elsewhere, "harbour", Whose.ELSEWHERE, Whose.ELSEWHERE)
    company.partner = add_partner(
        name=marks(Whose.ORGANISATION, Secrecy.OPEN, "Partner.name"),
        short=marks(Whose.ORGANISATION, Secrecy.OPEN, "Partner.short"),
        mailbox=f"{marks(Whose.ORGANISATION, Secrecy.OPEN, 'Partner.mailbox')}@partner.example",
        actor=company.admin,
    )
    for name, role in (("lead", "partner_lead"), ("steering", "steering")):
        give_role(
            programme=company.programme,
            membership=membership_of(company, name),
            role=role,
            partner=company.partner if role == "partner_lead" else None,
            actor=company.coordinator,
        )


def _room(company: RichCompany, coordinator: User, slug: str, whose: Whose, waiting: Whose) -> Room:
    """A programme from a kit of the organisation's own, each of whose names is marked."""
    title = company.marks(whose, Secrecy.OPEN, "Programme.title")
    kit = _marked_kit(company.marks, whose)
    load_kit(kit=kit, actor=company.admin)
    inside = f"<title>{company.marks(Whose.ORGANISATION, Secrecy.OPEN, 'Picture.content')}</title>"
    company.kept["picture"] = keep_picture(look_at_picture("hill.svg", drawing(inside)))
    address = f"{slug}-{company.organisation.slug}"
    programme = create_programme(kit=kit, title=title, slug=address, actor=coordinator)
    return Room(whose, waiting, coordinator, programme)


def _marked_kit(marks: Marks, whose: Whose) -> Kit:
    kit = shipped_kit("plp-ess").model_copy(deep=True, update={"key": f"marked-{whose}"})
    look_after(kit, marks, whose)
    open_rooms(kit, marks, whose)
    kit.title = marks(Whose.ORGANISATION, Secrecy.OPEN, "Kit.title")
    kit.agreement.statement += f" {marks(whose, Secrecy.OPEN, 'Kit.agreement.statement')}"
    named = {
        "worksheet": kit.worksheets,
        "article": kit.articles,
        "criterion": kit.matching.criteria,
        "stage": kit.stages,
    }
    for kind, items in named.items():
        for item in items:
            item.title = f"{item.title} {marks(whose, Secrecy.OPEN, f'Kit.{kind}.title')}"
    for rule in kit.matching.rules:
        rule.text += f" {marks(whose, Secrecy.OPEN, 'Kit.matching.rule')}"
    return kit


def membership_of(company: RichCompany, name: str) -> Membership:
    """Somebody's membership."""
    return Membership.objects.get(organisation=company.organisation, user=company.users[name])


def other_partner(company: RichCompany) -> Partner:
    """A partner that nobody leads."""
    return Partner.objects.exclude(pk=company.partner.pk).order_by("key")[0]
