"""People on their way into the cohort: put forward, imported, invited, joined, with what they say of themselves."""

import datetime as dt
from typing import Any

from mentoring.accounts.models import User
from mentoring.notices.models import Message
from mentoring.tenancy.models import Partner
from programmes.domain.cohorts import open_cohort
from programmes.domain.enrolment import KEPT_OF_ANSWERS, enrolment_owner
from programmes.domain.invitations import invite_person
from programmes.domain.joining import join_as_new
from programmes.domain.own_facts import add_away, mark_oriented, say_learning_style
from programmes.domain.people import add_participant
from programmes.domain.people_import import apply_import, choose_columns, upload_people
from programmes.models import Participant, PeopleImport
from templates_app.domain.kits import worksheet_of
from templates_app.domain.responses import submit_response
from templates_app.shapes import FieldShape
from tests.rich.answers import filled
from tests.rich.company import RichCompany, Room
from tests.rich.marks import Secrecy, Whose
from tests.rich.staff import ZONE, other_partner

PAIRED = {
    "mentor": Whose.MENTOR,
    "mentee": Whose.MENTEE,
    "mentor_two": Whose.MENTOR_TWO,
    "mentee_two": Whose.MENTEE_TWO,
    "mentor_past": Whose.PAST,
    "mentee_past": Whose.PAST,
}
"""Who takes part in pairs, and whose their words are."""


def open_cohorts(company: RichCompany) -> None:
    """The cohort everything happens in, and one of the other programme with two people in it."""
    for room, slug in ((company.here, "november"), (company.next_door, "january")):
        room.cohort = open_cohort(
            programme=room.programme,
            title=company.marks(room.whose, Secrecy.OPEN, "Cohort.title"),
            slug=slug,
            starts_on=dt.date(2026, 10, 5),
            ends_on=dt.date(2027, 6, 30),
            zone=ZONE,
            actor=room.coordinator,
        )
    company.here.cohort.opened_despite = company.marks(Whose.PROGRAMME, Secrecy.STAFF, "Cohort.opened_despite")
    company.here.cohort.save(update_fields=["opened_despite"])  # its handbook asks for nothing to be settled first
    for side in ("mentor", "mentee"):
        _let_join(company, company.next_door, f"{side}_elsewhere", Whose.ELSEWHERE)


def _facts(company: RichCompany, whose: Whose, side: str) -> dict[str, Any]:
    named = {
        name: company.marks(whose, Secrecy.NAME, f"Participant.{name}")
        for name in ("given_name", "family_name", "country", "employer", "title")
    }
    supervisor = f"{company.marks(whose, Secrecy.ADDRESS, 'Participant.supervisor_email')}@people.example"
    return named | {"zone": ZONE, "supervisor_email": supervisor, "capacity": 2 if side == "mentor" else 1}


def _add(
    company: RichCompany,
    room: Room,
    name: str,
    whose: Whose,
    *,
    partner: Partner | None = None,
    decided: bool = True,
) -> Participant:
    """Somebody new in a cohort; the name begins with their side."""
    side = name.split("_", maxsplit=1)[0]
    company.places[name] = add_participant(
        cohort=room.cohort,
        side=side,
        email=f"{company.marks(whose, Secrecy.ADDRESS, f'{name}: Participant.email')}@people.example",
        facts=_facts(company, whose, side),
        partner=partner,
        decided=decided,
        actor=room.coordinator,
    )
    return company.places[name]


def _let_join(company: RichCompany, room: Room, name: str, whose: Whose, partner: Partner | None = None) -> None:
    """Somebody is added and takes their place by the link they were sent."""
    place = _add(company, room, name, whose, partner=partner)
    token = _invited(place, room.coordinator)
    place, user = join_as_new(token=token, given_name=place.given_name, family_name=place.family_name, zone=ZONE)
    company.places[name], company.users[name] = place, user


def let_people_join(company: RichCompany) -> None:
    """The people of the pairs: added, invited, joined by their link, with their profile sent and more said."""
    partners = {"mentor": company.partner, "mentee": company.partner, "mentee_two": other_partner(company)}
    for name, whose in PAIRED.items():
        _let_join(company, company.here, name, whose, partners.get(name))
        _send_profile(company, name, whose)
        _say_more(company, name, whose)


def _invited(place: Participant, actor: User) -> str:
    """Invite somebody; the token of their link, which stands in the message alone."""
    invitation = invite_person(person=place, actor=actor)
    message = Message.objects.get(kind="programmes.invitation", subject_id=invitation.pk)
    context: Any = message.context
    return context["action_url"].rstrip("/").rsplit("/", 1)[1]


def _send_profile(company: RichCompany, name: str, whose: Whose) -> None:
    place, user = company.places[name], company.users[name]
    owner = enrolment_owner(place, user)
    assert owner is not None

    def canary(shape: FieldShape) -> str:
        kept = shape.key in KEPT_OF_ANSWERS  # stands with the person too, where more people see it
        return company.marks(whose, Secrecy.NAME if kept else Secrecy.AUTHOR, f"profile.{shape.key}")

    answers = filled(worksheet_of(owner.response.version).fields(), owner.context, canary)
    submit_response(
        response=owner.response,
        actor=user,
        answers=answers | {"capacity": place.capacity},
        revision=owner.response.revision,
        context=owner.context,
        then=owner.on_submitted,
    )


def _say_more(company: RichCompany, name: str, whose: Whose) -> None:
    place, user = company.places[name], company.users[name]
    say_learning_style(person=place, words=company.marks(whose, Secrecy.PAIR, "Participant.learning_style"), actor=user)
    add_away(person=place, starts_on=dt.date(2027, 7, 1), ends_on=dt.date(2027, 7, 14), actor=user)
    mark_oriented(person=place, actor=user)


def keep_people_waiting(company: RichCompany) -> None:
    """A candidate of the partner, people who will be invited or put into a group; in both cohorts an import applied and one
    that waits.
    """
    _add(company, company.here, "mentee_candidate", Whose.WAITING, partner=company.partner, decided=False)
    _add(company, company.here, "mentee_invited", Whose.WAITING)
    _add(company, company.here, "mentee_grouped", Whose.WAITING)
    for room in (company.here, company.next_door):
        done, room.kept["import"] = (_upload(company, room) for _ in range(2))
        apply_import(run=done, actor=room.coordinator)
        room.kept["import_done"] = done


def invite_lately(company: RichCompany) -> None:
    """Somebody is invited whose link still works on the day of the walk."""
    company.kept["token"] = _invited(company.places["mentee_invited"], company.coordinator)


HEADINGS = ("Role", "First name", "Family name", "E-mail", "Country")


def _upload(company: RichCompany, room: Room) -> PeopleImport:
    """A file with a row to take in, a row to put right, and a column nobody asked for."""
    employer, remark = (company.marks(room.waiting, Secrecy.STAFF, "PeopleImport.headings") for _ in range(2))
    rows = [_row(company, room.waiting, "mentee"), _row(company, room.waiting, "neither")]
    text = "\n".join(",".join(cells) for cells in ((*HEADINGS, employer, remark), *rows))
    run = upload_people(
        cohort=room.cohort,
        filename=f"{company.marks(room.whose, Secrecy.STAFF, 'PeopleImport.filename')}.csv",
        data=text.encode(),
        actor=room.coordinator,
    )
    choose_columns(run=run, mapping=run.mapping | {employer: "employer"}, actor=room.coordinator)
    return run


def _row(company: RichCompany, whose: Whose, role: str) -> list[str]:
    cells = [company.marks(whose, Secrecy.NAME, f"PeopleImport.rows.{name}") for name in HEADINGS[1:]]
    cells[2] = f"{company.marks(whose, Secrecy.ADDRESS, 'PeopleImport.rows.email')}@people.example"
    employer = company.marks(whose, Secrecy.NAME, "PeopleImport.rows.employer")
    return [role, *cells, employer, company.marks(whose, Secrecy.STAFF, "PeopleImport.rows.remark")]
