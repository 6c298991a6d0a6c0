"""Naming somebody outside who signs an agreement or a sheet too, and sending them the link to its text.

Every link ends when they have answered, with a newer one, when it is taken back, and when the version it leads to no longer
waits for signatures. Until then a reminder's link works beside the first.
"""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from mentoring.accounts.middleware import zone_or_utc
from mentoring.accounts.models import User
from mentoring.accounts.models.user import normal_email
from mentoring.clock import now
from mentoring.history.domain import record_event
from mentoring.notices.domain.outbox import cancel_messages, notify
from mentoring.tenancy.scope import current_organisation
from mentoring.ui.dates import day
from mentoring.work.domain import wake
from pairs.domain.holding import one_at_a_time
from pairs.domain.people import people_of
from pairs.domain.signing_record import Text
from pairs.domain.turns import coordinator_signs, still_to_sign, terms_of, wanted_outside, whose_turn
from pairs.enums import AgreementState, OutsideState
from pairs.models import Agreement, Output, OutsideSigner, Pairing, SignedSheet, SigningEvent, SigningLink
from programmes.domain.choosing.times import morning_after
from programmes.domain.coordinators import coordinators_of
from programmes.domain.links import link
from programmes.domain.outside import end_links, make_link
from programmes.domain.roles import roles_for
from templates_app.shapes import OutsideSigner as Terms

PURPOSE = "pairs.signing.outside"
NOTICE = "pairs.outside_asked"
IN_FORCE = "pairs.outside_in_force"
WORK = "outside-signing"


class NotNamed(ValueError):
    """Somebody cannot be named or asked like this; the message says why."""


def may_name(user: User, pairing: Pairing, terms: Terms) -> bool:
    """Whether this person may say who that outside signer is: one of the pair or a coordinator, as the handbook has it."""
    person = people_of(pairing).of(user)
    if person is not None:
        return person.is_here and pairing.is_active and person.side in terms.named_by
    return pairing.is_active and "coordinator" in terms.named_by and _coordinates(user, pairing)


def may_see_signers(user: User, pairing: Pairing) -> bool:
    """Whether this person may see who signs from outside, and how that stands."""
    person = people_of(pairing).of(user)
    return person.is_here if person is not None else _coordinates(user, pairing)


def _coordinates(user: User, pairing: Pairing) -> bool:
    return roles_for(user).coordinates(pairing.cohort.programme_id)


def waiting_text(pairing: Pairing, output: Output | None) -> Text | None:
    """The version of the agreement, or the sending of a sheet, that waits for signatures now."""
    rows = Agreement.objects.filter(pairing=pairing) if output is None else SignedSheet.objects.filter(output=output)
    found: Text | None = rows.filter(state=AgreementState.OFFERED).first()
    if found is not None:
        found.pairing = pairing
    return found


def asked_for(signer: OutsideSigner) -> Text | None:
    """The text that somebody outside was asked to sign last."""
    return signer.agreement if signer.output_id is None else signer.sheet


@transaction.atomic
def name_outside_signer(
    *, pairing: Pairing, key: str, name: str, email: str, actor: User, output: Output | None = None
) -> OutsideSigner:
    """Say who signs the agreement from outside, or a sheet (``output``). While a version waits for signatures only the address
    can be put right: the text names the person. Where their signature is wanted now, a new link goes out.
    Raises ``NotNamed``.
    """
    one_at_a_time(pairing)
    waiting = waiting_text(pairing, output)
    terms = wanted_outside(pairing, output, waiting).get(key)
    if terms is None or not may_name(actor, pairing, terms):
        raise NotNamed(_("This is not yours to say."))
    if normal_email(email) in _own_addresses(pairing, output):
        raise NotNamed(_("This is the address of one of you. Somebody else has to sign."))
    others = OutsideSigner.objects.filter(pairing=pairing, output=output, email=normal_email(email)).exclude(key=key)
    if others.exists():
        raise NotNamed(_("Somebody with this address is named already. Everybody signs once."))
    known = OutsideSigner.objects.filter(pairing=pairing, output=output, key=key).first()
    if waiting is not None and (known is None or known.name != name):
        raise NotNamed(_("The text that waits for signatures names somebody. Take it back first to name another."))
    signer, _made = OutsideSigner.objects.update_or_create(
        pairing=pairing,
        output=output,
        key=key,
        defaults={"name": name, "email": normal_email(email), "named_by": actor},
    )
    signer.pairing = pairing
    _record(signer, "outside_named", actor, terms)
    if waiting is not None:
        ask_again(text=waiting, signer=signer, actor=actor)
    return signer


def _own_addresses(pairing: Pairing, output: Output | None) -> set[str]:
    """Under which addresses the people of the pairing are known, and those who coordinate where one of these signs too."""
    found = {person.participant.email for person in people_of(pairing).everyone}
    found |= {person.user.email for person in people_of(pairing).everyone if person.user}
    if output is not None and coordinator_signs(output):
        found |= {user.email for user in coordinators_of(pairing.cohort.programme)}
    return {normal_email(address) for address in found if address}


def _record(signer: OutsideSigner, what: str, actor: User, terms: Terms) -> None:
    """Note in the pair's history what was done about somebody outside."""
    pairing = signer.pairing
    if signer.output is None:
        record_event(f"agreement.{what}", pairing, actor=actor, within=pairing, label=terms.label)
        return
    record_event(
        f"sheet.{what}", signer.output, actor=actor, within=pairing, label=terms.label, title=signer.output.title
    )


def forget_answers(pairing: Pairing, output: Output | None = None) -> None:
    """A version begins, or is offered: whoever signs from outside is asked anew. What was signed stands in the events."""
    if terms_of(pairing, output):
        rows = OutsideSigner.objects.filter(pairing=pairing, output=output)
        rows.update(state=OutsideState.NAMED, remind_at=None, decided_at=None)


def ask_whose_turn_it_is(text: Text, actor: User | None) -> None:
    """Send the link to everybody outside whose signature is wanted now and who was not asked for this version yet."""
    for signer in whose_turn(text, still_to_sign(text)).outside:
        last = asked_for(signer)
        if last is None or last.pk != text.pk or signer.state == OutsideState.NAMED:
            _ask(signer, text, actor)


@transaction.atomic
def ask_again(*, text: Text, signer: OutsideSigner, actor: User) -> None:
    """Send a new link; the ones before end. Nothing for one who has signed, or whose turn has not come."""
    turn = whose_turn(text, still_to_sign(text)).outside
    if text.state == AgreementState.OFFERED and any(row.pk == signer.pk for row in turn):
        _ask(signer, text, actor)


def _ask(signer: OutsideSigner, text: Text, actor: User | None) -> None:
    end_asking(signer)
    terms = _terms(signer, text.pairing)
    moment = now()
    reminds = terms.remind_after is not None and terms.remind_after < terms.days
    if isinstance(text, Agreement):
        signer.agreement = text
    else:
        signer.sheet = text
    signer.state, signer.asked_at = OutsideState.ASKED, moment
    signer.word, signer.decided_at = "", None
    signer.remind_at = morning_after(moment, terms.remind_after or 0, text.pairing.cohort.zone) if reminds else None
    signer.save()
    _send_link(signer, text, terms, actor)
    if signer.remind_at is not None:
        wake(WORK, at=signer.remind_at)


def tell_it_is_in_force(text: Text) -> None:
    """Whoever signed this version from outside hears that all have signed it. Nothing leads them back to the text."""
    pairing = text.pairing
    this = {"agreement": text} if isinstance(text, Agreement) else {"sheet": text}
    for signer in OutsideSigner.objects.filter(pairing=pairing, state=OutsideState.SIGNED, **this):
        notify(
            IN_FORCE,
            signer.email,
            about=signer,
            occasion=f"in-force-{text.number}",
            context={
                "name": signer.name,
                "names": people_of(pairing).label,
                "title": text.content["title"],
                "programme": pairing.cohort.programme.title,
                "organisation_name": current_organisation().name,
                "is_sheet": isinstance(text, SignedSheet),
                **_who_answers(pairing),
            },
        )


def _who_answers(pairing: Pairing, actor: User | None = None) -> dict[str, str]:
    """To whom somebody outside may write back: who asks, else a coordinator."""
    asks = actor or next(iter(coordinators_of(pairing.cohort.programme)), None)
    return {"by": asks.name if asks else pairing.cohort.programme.title, "by_email": asks.email if asks else ""}


def _terms(signer: OutsideSigner, pairing: Pairing) -> Terms:
    """What the handbook says of them; what it says usually, where it no longer names such a signer."""
    return terms_of(pairing, signer.output).get(signer.key) or Terms(key=signer.key, label=signer.name)


def end_asking(signer: OutsideSigner) -> None:
    """The links that were sent so far open nothing any more, and what waits in the outbox does not go."""
    end_links(SigningLink.objects.filter(signer=signer))
    cancel_messages(about=signer, kinds=[NOTICE])


@transaction.atomic
def take_link_back(*, signer: OutsideSigner, actor: User) -> None:
    """Take an asking back that has no answer yet: its links stop working. Raises ``NotNamed``."""
    waiting = waiting_text(signer.pairing, signer.output)
    terms = wanted_outside(signer.pairing, signer.output, waiting).get(signer.key)
    if terms is None or not may_name(actor, signer.pairing, terms):
        raise NotNamed(_("This is not yours to say."))
    if _withdraw(signer):
        _record(signer, "outside_taken_back", actor, terms)


def withdraw_askings(pairing: Pairing, output: Output | None = None) -> None:
    """A version no longer waits for signatures: whoever was asked from outside is not asked any more."""
    for signer in OutsideSigner.objects.filter(pairing=pairing, output=output):
        _withdraw(signer)


def _withdraw(signer: OutsideSigner) -> bool:
    end_asking(signer)
    rows = OutsideSigner.objects.filter(pk=signer.pk, state=OutsideState.ASKED)
    return bool(rows.update(state=OutsideState.NAMED, remind_at=None))


def outside_signing_due(at: dt.datetime) -> dt.datetime | None:
    """Worker: remind whoever has not answered, once; answers when to look again."""
    waiting = OutsideSigner.objects.filter(state=OutsideState.ASKED, remind_at__isnull=False)
    due = waiting.filter(remind_at__lte=at).select_related(*_ASKED, "output__response__version")
    for signer in due.order_by("remind_at", "pk"):
        remind_outside_signer(signer=signer)
    return waiting.order_by("remind_at").values_list("remind_at", flat=True).first()


_ASKED = (
    "agreement__pairing__cohort__programme__handbook",
    "sheet__pairing__cohort__programme__handbook",
)


@transaction.atomic
def remind_outside_signer(*, signer: OutsideSigner) -> None:
    """Remind somebody outside with a link of its own. For the tick: twice does nothing."""
    mine = OutsideSigner.objects.filter(pk=signer.pk, state=OutsideState.ASKED, remind_at__isnull=False)
    text = asked_for(signer)
    if not mine.update(remind_at=None) or text is None:
        return
    if text.pairing.is_active and text.state == AgreementState.OFFERED:
        _send_link(signer, text, _terms(signer, text.pairing), signer.named_by, again=True)


def _send_link(signer: OutsideSigner, text: Text, terms: Terms, actor: User | None, *, again: bool = False) -> None:
    token, until = make_link(SigningLink, purpose=PURPOSE, days=terms.days, signer=signer)
    pairing = text.pairing
    notify(
        NOTICE,
        signer.email,
        about=signer,
        occasion=f"{until.isoformat()}-{'again' if again else 'first'}",
        context={
            "name": signer.name,
            "names": people_of(pairing).label,
            "title": text.content["title"],
            "why": terms.why,
            "programme": pairing.cohort.programme.title,
            "organisation_name": current_organisation().name,
            "is_sheet": isinstance(text, SignedSheet),
            **_who_answers(pairing, actor),
            "again": again,
            "changed": SigningEvent.objects.filter(outside=signer, action="signed").exists(),
            "until": day(until.astimezone(zone_or_utc(pairing.cohort.zone)).date()),
            "action_url": link("pairs:sign-outside", token),
        },
    )
