"""Telling those who put people forward that a pairing has ended: each party's own lead, else the mailbox (``gla.must.40``)."""

from collections.abc import Iterable

from mentoring.notices.domain.outbox import notify
from pairs.domain.people import Person
from pairs.domain.telling import page_of, tell_user
from pairs.models import Pairing
from programmes.domain.leads import leads_of, mailbox_of
from templates_app.domain.kits import kit_of

KIND = "pairing_ended_lead"


def tell_leads(pairing: Pairing, people: Iterable[Person]) -> None:
    """Tell each party's lead of their own person, where the handbook says so. A lead of both hears of each; a lead who was
    in the pairing themselves knows already. Two queries, one of them for the leads.
    """
    programme = pairing.cohort.programme
    if not kit_of(programme.handbook).running.tells_leads:
        return
    parties = list(people)
    places = [person.member.participant for person in parties]
    leads = leads_of(programme, {place.partner_id for place in places if place.partner_id})
    inside = {person.user.pk for person in parties if person.user is not None}
    for place in places:
        words = {"name": place.name, "programme": programme.title}
        own = leads.get(place.partner_id, []) if place.partner_id else []
        link = page_of("programmes:person", programme.slug, pairing.cohort.slug, place.pk)
        for lead in own:
            if lead.pk not in inside:
                tell_user(KIND, lead, about=pairing, occasion=f"ended-{place.pk}", link=link, **words)
        if not own and (mailbox := mailbox_of(programme, place.partner)):
            context = {**words, "action_url": page_of("programmes:team", programme.slug)}
            notify(f"pairs.{KIND}", mailbox, about=pairing, occasion=f"ended-{place.pk}", context=context)
