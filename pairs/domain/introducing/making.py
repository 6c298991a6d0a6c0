"""Proposing an introduction, taking it back, and ending the wait for an answer (``phase1.must.54``)."""

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mentoring.accounts.models import User
from mentoring.accounts.models.user import normal_email
from mentoring.clock import now
from mentoring.history.domain import record_event
from mentoring.tenancy.models import Membership
from mentoring.tenancy.scope import current_organisation
from mentoring.work.domain import wake
from pairs.domain.introducing.states import Step, WrongState, transition
from pairs.domain.introducing.telling import ask_mentee, tell_dropped
from pairs.domain.people import NotAMember, member_of, people_of
from pairs.enums import ContactState
from pairs.models import ContactIntroduction, Pairing, PairingMember
from programmes.domain.choosing.times import end_of_day
from programmes.enums import Side
from templates_app.domain.kits import kit_of
from templates_app.shapes import Introductions

WORK = "introductions"
WAITING = (ContactState.MENTEE, ContactState.CONTACT)


class CannotIntroduce(ValueError):
    """It cannot be proposed like this; the message says why, for the mentor."""


def rules_of(pairing: Pairing) -> Introductions:
    """What the pairing's handbook says about introductions."""
    return kit_of(pairing.cohort.programme.handbook).introductions


def wait_until(pairing: Pairing) -> dt.datetime:
    """Until when whoever is asked now may answer; looked at in the background then."""
    until = end_of_day(now(), rules_of(pairing).days, pairing.cohort.zone)
    wake(WORK, at=until)
    return until


@transaction.atomic
def propose_introduction(
    *, pairing: Pairing, mentee: PairingMember, name: str, email: str, why: str, actor: User
) -> ContactIntroduction:
    """Have a mentee asked whether they want to be introduced to somebody; the contact is asked after their yes.

    A contact with an account in the organisation answers there, anybody else by a link; the mentor does not learn which.
    Raises ``CannotIntroduce``, and ``NotAMember`` for whoever is no mentor there.
    """
    held = Pairing.objects.select_for_update(no_key=True).get(pk=pairing.pk)
    if not held.is_active or not rules_of(pairing).offered:
        raise CannotIntroduce(_("Your mentoring has ended meanwhile: nobody is introduced here any more."))
    mentor = member_of(pairing, actor)
    people = people_of(pairing)
    if mentor.side != Side.MENTOR:
        raise NotAMember
    if mentee.side != Side.MENTEE or mentee.pk not in {person.member.pk for person in people.present}:
        raise CannotIntroduce(_("They are not in this mentoring any more."))
    address = normal_email(email)
    _check_address(pairing, mentee, address)
    row = ContactIntroduction.objects.create(
        pairing=pairing,
        mentor=mentor,
        mentee=mentee,
        contact=_member_with(address),
        name=name,
        email=address,
        why=why,
        answer_by=wait_until(pairing),
    )
    record_event("contact.proposed", pairing, actor=actor, within=pairing.cohort)
    ask_mentee(row)
    return row


def _check_address(pairing: Pairing, mentee: PairingMember, address: str) -> None:
    own = {normal_email(person.participant.email) for person in people_of(pairing).everyone}
    own |= {normal_email(person.user.email) for person in people_of(pairing).everyone if person.user}
    if address in own:
        raise CannotIntroduce(_("This is the address of one of you. Introduce somebody else."))
    waiting = ContactIntroduction.objects.filter(pairing=pairing, mentee=mentee, state__in=WAITING)
    if any(row.email == address for row in waiting):
        raise CannotIntroduce(_("You have proposed this already, and the answers are still to come."))


def _member_with(address: str) -> User | None:
    """The account of a member with this address. Who has an account elsewhere is nobody's business here."""
    rows = Membership.objects.filter(organisation=current_organisation(), is_active=True, typed_address="")
    found = rows.filter(user__email=address).select_related("user").first()
    return found.user if found else None


@transaction.atomic
def take_introduction_back(*, introduction: ContactIntroduction, actor: User) -> None:
    """It does not go ahead, as far as anybody else can tell. For its mentor, also after having left. Raises ``WrongState``,
    ``NotAMember``.
    """
    membership = introduction.mentor.participant.membership
    if membership is None or membership.user_id != actor.pk:
        raise NotAMember
    drop_introduction(introduction)


def drop_introduction(introduction: ContactIntroduction) -> None:
    """End it without an introduction: the address is forgotten, and who ended it is written nowhere. Raises ``WrongState``."""
    transition(introduction, Step.DROP, email="")
    record_event("contact.not_made", introduction.pairing, actor=None, within=introduction.pairing.cohort)
    tell_dropped(introduction)


def drop_introductions(rows: QuerySet[ContactIntroduction]) -> None:
    """End those of these that still wait: the mentoring has ended, somebody has left, or an answer did not come."""
    waiting = with_people(rows.filter(state__in=WAITING)).select_for_update(of=("self",))
    for row in waiting.order_by("created_at", "pk"):
        try:
            drop_introduction(row)
        except WrongState:  # answered at the same moment
            continue


def with_people(rows: QuerySet[ContactIntroduction]) -> QuerySet[ContactIntroduction]:
    """The same with everybody around them."""
    return rows.select_related(
        "contact",
        "mentor__participant__membership__user",
        "mentee__participant__membership__user",
        "pairing__cohort__programme",
    )


def introductions_due(at: dt.datetime) -> dt.datetime | None:
    """Worker: those whose time to answer has passed do not go ahead; answers when to look again."""
    rows = ContactIntroduction.objects.filter(state__in=WAITING)
    with transaction.atomic():
        drop_introductions(rows.filter(answer_by__lte=at))
    return rows.order_by("answer_by").values_list("answer_by", flat=True).first()
