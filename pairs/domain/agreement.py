"""The agreement's versions: written by both, offered, signed (``signing.py``), changed only as a next version."""

import secrets
from typing import Any

from django.db import transaction
from django.db.models import F
from django.http import Http404
from django.utils.translation import gettext as _

from mentoring.accounts.models import User
from mentoring.clock import now
from mentoring.history.domain import record_event
from pairs.domain.agreement_outputs import ask_again, ask_signatures
from pairs.domain.agreement_states import NotReady, Step, WrongState, allowed, hold, transition
from pairs.domain.agreement_text import agreement_kit, compose, moves_end_without_a_word
from pairs.domain.canonical import fingerprint
from pairs.domain.holding import one_at_a_time
from pairs.domain.outside_asking import NotNamed, ask_whose_turn_it_is, forget_answers, withdraw_askings
from pairs.domain.people import member_of, others_of, people_of
from pairs.domain.signing_record import append_event, signed_events
from pairs.domain.telling import page_of, tell
from pairs.domain.turns import still_to_sign, unnamed, whose_turn
from pairs.enums import AgreementState
from pairs.models import Agreement, Pairing, PairingMember
from templates_app.domain.kits import AGREEMENT_KEY, current_version
from templates_app.domain.responses import answers_of, reopen_response, start_response
from templates_app.models import Response
from templates_app.shapes import FieldShape


class StaleClauses(Exception):
    """Somebody else changed the clauses meanwhile; nothing was overwritten."""


class UnknownClause(Exception):
    """The wording names a clause that the agreement does not have."""


def current_agreement(pairing: Pairing) -> Agreement | None:
    """The version being worked on, or else the one in force, or ``None`` when there is none yet."""
    shown = Agreement.objects.filter(pairing=pairing).exclude(state=AgreementState.WITHDRAWN)
    return shown.select_related("response__version", "document").order_by("-number").first()


def agreement_in_force(pairing: Pairing) -> Agreement | None:
    """The version both have signed and none has replaced."""
    return Agreement.objects.filter(pairing=pairing, state=AgreementState.SIGNED).select_related("document").first()


@transaction.atomic
def open_agreement(*, pairing: Pairing, actor: User) -> Agreement:
    """The version to write on: the open one, or a first draft with names and titles filled in (``plp.sys.37``).

    Raises ``Http404`` alongside the handbook's path, where there is none.
    """
    if pairing.is_alongside:
        raise Http404
    one_at_a_time(pairing)
    found = current_agreement(pairing)
    if found is not None:
        return found
    answers = _suggested(pairing) | _parties(pairing)
    return _new_version(pairing, number=1, answers=answers, clauses={}, actor=actor)


def _suggested(pairing: Pairing) -> dict[str, Any]:
    """What the programme suggests, as first answers that the pair takes over or changes (``phase1.arch.2.a``)."""
    fields = agreement_kit(pairing).agreement.fields
    return {shape.key: _begun_with(shape) for shape in fields if shape.begins}


def _begun_with(shape: FieldShape) -> Any:
    if not shape.columns:
        return shape.begins
    lines = [line.strip() for line in shape.begins.splitlines() if line.strip()][: shape.max_rows]
    return [{"_id": secrets.token_hex(4), shape.columns[0].key: line} for line in lines]


def _parties(pairing: Pairing) -> dict[str, Any]:
    """First answers of the fields that ask for what we know, by their ``prefill`` name (``mentor.name``)."""
    known = {}
    for side, there in (("mentor", people_of(pairing).mentors), ("mentee", people_of(pairing).mentees)):
        for name in ("name", "title", "employer"):
            said = dict.fromkeys(getattr(person.participant, name) for person in there.people)
            known[f"{side}.{name}"] = ", ".join(filter(None, said))
    fields = agreement_kit(pairing).agreement.fields
    return {shape.key: known[shape.prefill] for shape in fields if known.get(shape.prefill)}


def _new_version(pairing: Pairing, *, number: int, answers: dict, clauses: dict, actor: User) -> Agreement:
    version = current_version(pairing.cohort.programme.handbook, AGREEMENT_KEY)
    response = start_response(version=version, author=None, answers=answers)
    agreement = Agreement.objects.create(pairing=pairing, number=number, response=response, clauses=clauses)
    forget_answers(pairing)
    record_event("agreement.begun", agreement, actor=actor, within=pairing, number=number)
    return agreement


@transaction.atomic
def adapt_clauses(*, agreement: Agreement, wording: dict[str, Any], revision: int, actor: User) -> Agreement:
    """Lay the pair's own wording over the sample's clauses; what differs stays visible (``plp.sys.42``).

    ``wording``: clause key → ``{"text", "parts": {key: text}, "left_out": bool}``; keys ``own_…`` with ``added`` are
    clauses of the pair's own. Raises ``WrongState`` once it has been offered, ``StaleClauses`` for an old revision,
    ``UnknownClause``.
    """
    if agreement.state != AgreementState.DRAFT:
        raise WrongState(_("The clauses can be changed only while the agreement is being written."))
    kit = agreement_kit(agreement.pairing).agreement
    known = {clause.key for clause in (*kit.scope, *kit.clauses)}
    strange = [key for key, value in wording.items() if key not in known and not value.get("added")]
    if strange:
        raise UnknownClause(", ".join(strange))
    rows = Agreement.objects.filter(pk=agreement.pk, revision=revision, state=AgreementState.DRAFT)
    if not rows.update(clauses=wording, revision=F("revision") + 1):
        raise StaleClauses
    agreement.clauses, agreement.revision = wording, revision + 1
    record_event("agreement.adapted", agreement, actor=actor, within=agreement.pairing, number=agreement.number)
    return agreement


@transaction.atomic
def offer_agreement(*, agreement: Agreement, actor: User) -> Agreement:
    """Freeze the text and ask everybody to sign. The response has been sent (checked) before.

    Raises ``WrongState``, ``NotReady`` where a moved end has no reason, and ``NotNamed`` while nobody is named for somebody
    who signs from outside.
    """
    member = member_of(agreement.pairing, actor)
    hold(agreement)
    if missing := unnamed(agreement.pairing):
        names = ", ".join(one.label for one in missing)
        raise NotNamed(_("Say first who signs besides you: %(names)s. The text names them.") % {"names": names})
    content = compose(agreement)
    if asked := moves_end_without_a_word(agreement, content):
        raise NotReady(_("You have moved the end. Say why under “%(label)s”.") % {"label": asked.label})
    transition(agreement, Step.OFFER, content=content, content_sha256=fingerprint(content), offered_at=now())
    append_event(agreement, action="offered", member=member)
    record_event("agreement.offered", agreement, actor=actor, within=agreement.pairing, number=agreement.number)
    link, occasion = page_of("pairs:agreement", agreement.pairing_id), f"offered-{agreement.content_sha256[:16]}"
    awaited = still_to_sign(agreement)
    turn = whose_turn(agreement, awaited).members
    for other in others_of(agreement.pairing, member):
        signs = {"signs_now": other in turn, "signs_later": other in awaited.members and other not in turn}
        tell("agreement_offered", other, about=agreement, occasion=occasion, link=link, by=member, **signs)
    ask_signatures(agreement)
    forget_answers(agreement.pairing)
    ask_whose_turn_it_is(agreement, actor)
    return agreement


@transaction.atomic
def take_back(*, agreement: Agreement, actor: User) -> Agreement:
    """Back to writing, as long as nobody has signed. Raises ``WrongState``."""
    member = member_of(agreement.pairing, actor)
    hold(agreement)
    if not allowed(agreement, Step.TAKE_BACK) or signed_events(agreement):
        raise WrongState(_("It is not offered any more, or somebody has signed: then a change makes a new version."))
    append_event(agreement, action="withdrawn", member=member)
    transition(agreement, Step.TAKE_BACK, content={}, content_sha256="", offered_at=None)
    reopen_response(response=agreement.response, actor=actor)
    withdraw_askings(agreement.pairing)
    record_event("agreement.taken_back", agreement, actor=actor, within=agreement.pairing, number=agreement.number)
    return agreement


@transaction.atomic
def revise_agreement(*, agreement: Agreement, actor: User) -> Agreement:
    """Begin the next version from this one's words (``plp.sys.39``).

    An offered version with a signature is voided at once and its signers are told; a version in force stays in force
    until the new one is signed by both. Raises ``WrongState``, also when the partner has begun the next one already.
    """
    member = member_of(agreement.pairing, actor)
    hold(agreement)
    if agreement.state == AgreementState.OFFERED:
        _void(agreement, member)
    elif agreement.state != AgreementState.SIGNED:
        raise WrongState(_("Only an offered or a signed agreement is changed by a new version."))
    versions = Agreement.objects.filter(pairing=agreement.pairing)
    if versions.filter(state__in=[AgreementState.DRAFT, AgreementState.OFFERED]).exists():
        raise WrongState(_("The next version has been begun already."))
    newest = versions.order_by("-number").values_list("number", flat=True).first() or 0
    answers = answers_of(Response.objects.get(pk=agreement.response_id))
    answers.pop(agreement_kit(agreement.pairing).agreement.moved_end or "", None)  # each move has a reason of its own
    return _new_version(
        agreement.pairing,
        number=newest + 1,
        answers=answers,
        clauses=agreement.clauses,
        actor=actor,
    )


def _void(agreement: Agreement, member: PairingMember) -> None:
    signers = [event.member for event in signed_events(agreement) if event.member is not None]
    append_event(agreement, action="superseded", member=member)
    transition(agreement, Step.REVISE)
    ask_again(agreement.pairing)
    withdraw_askings(agreement.pairing)
    link = page_of("pairs:agreement", agreement.pairing_id)
    for signer in signers:
        if signer.pk != member.pk:
            tell(
                "agreement_voided", signer, about=agreement, occasion=f"voided-{agreement.number}", link=link, by=member
            )


@transaction.atomic
def void_offer(pairing: Pairing, *, actor: User) -> bool:
    """The members have changed: a version that waits for signatures names others than those who would sign it. It is
    replaced by a draft with its words; a version in force stays so. Returns whether there was one.
    """
    one_at_a_time(pairing)
    offered = Agreement.objects.filter(pairing=pairing, state=AgreementState.OFFERED).first()
    if offered is None:
        return False
    offered.pairing = pairing
    append_event(offered, action="superseded", member=None)
    transition(offered, Step.REVISE)
    ask_again(pairing)
    withdraw_askings(pairing)
    answers = answers_of(Response.objects.select_related("version").get(pk=offered.response_id))
    _new_version(pairing, number=offered.number + 1, answers=answers, clauses=offered.clauses, actor=actor)
    return True


@transaction.atomic
def discard_draft(*, agreement: Agreement, actor: User) -> None:
    """Drop a draft of a change; what was in force before stays so.

    Raises ``NotAMember`` for anybody but the pair, ``WrongState`` for a first draft.
    """
    member_of(agreement.pairing, actor)
    hold(agreement)
    if not agreement_in_force(agreement.pairing):
        raise WrongState(_("There is nothing to go back to: the first draft stays."))
    transition(agreement, Step.DISCARD)
    record_event("agreement.discarded", agreement, actor=actor, within=agreement.pairing, number=agreement.number)
