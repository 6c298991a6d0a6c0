"""Whom to turn to for support: the programme's contacts as one person sees them (``gla.must.18``)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mentoring.accounts.models import User
from mentoring.tenancy.models import Partner
from programmes.domain.leads import leads_of, mailbox_of
from programmes.domain.queries import own_participations
from programmes.domain.roles import roles_for
from programmes.models import Programme
from templates_app.domain.kits import kit_of
from templates_app.shapes import Contact

KINDS: dict[str, str | Promise] = {
    "emergency": _("In an emergency"),
    "safety": _("When somebody is not safe"),
    "wellbeing": _("When you are not well"),
    "mentoring": _("About the mentoring"),
    "conduct": _("About rules and conduct"),
    "technical": _("When something does not work"),
    "other": _("And besides"),
}
"""What contacts are for, in the order in which they stand."""


@dataclass(frozen=True)
class Shelf:
    """The contacts for one kind of need."""

    title: str | Promise
    contacts: list[Contact]


def contacts_for(user: User, programme: Programme) -> list[Shelf]:
    """The contacts of a programme that are for this person: everybody's, and those of the partner that put them forward.

    Who runs the programme, or is an admin, sees all of them.
    """
    every = kit_of(programme.handbook).contacts
    roles = roles_for(user)
    if not (roles.is_admin or roles.coordinates(programme.pk)):
        own = _own_partners(user, programme) if any(one.partner for one in every) else set()
        every = [one for one in every if not one.partner or one.partner in own]
    shelves = [Shelf(title, [one for one in every if one.kind == kind]) for kind, title in KINDS.items()]
    return [shelf for shelf in shelves if shelf.contacts]


@dataclass(frozen=True)
class OwnLeads:
    """A partner as its own people meet it: who leads them, by name, and the mailbox by which they are reached."""

    partner: Partner
    leads: list[User]
    mailbox: str


def own_leads_for(user: User, programme: Programme) -> list[OwnLeads]:
    """The leads of the partners that put this person forward, where anything goes to them. Two queries."""
    kit = kit_of(programme.handbook)
    if not kit.running.tells_leads and kit.concerns.leads != "partner":
        return []
    places = own_participations(user).filter(cohort__programme=programme)
    partners = {place.partner.pk: place.partner for place in places if place.partner is not None}
    leads = leads_of(programme, partners)
    return [OwnLeads(one, leads.get(one.pk, []), mailbox_of(programme, one)) for one in partners.values()]


def _own_partners(user: User, programme: Programme) -> set[str]:
    places = own_participations(user).filter(cohort__programme=programme)
    return {place.partner.key for place in places if place.partner is not None}
