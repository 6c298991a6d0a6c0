"""Somebody outside approves that a mentee takes part: by a link, without an account, on one page that shows nothing else.

Every link of an approval ends with the decision, with a newer asking, and when it is taken back. Until then a reminder's
link works beside the first.
"""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mentoring import clock
from mentoring.accounts.middleware import zone_or_utc
from mentoring.accounts.models import User
from mentoring.accounts.models.user import normal_email
from mentoring.history.domain import record_event
from mentoring.notices.domain.outbox import cancel_messages, notify
from mentoring.tenancy.scope import current_organisation
from mentoring.tenancy.swapping import swap
from mentoring.ui.dates import day
from mentoring.work.domain import wake
from programmes.domain.choosing.asking import WORK
from programmes.domain.choosing.states import NotYours
from programmes.domain.choosing.terms import approval_terms
from programmes.domain.choosing.times import morning_after
from programmes.domain.links import link
from programmes.domain.outside import LinkUnusable, Unusable, end_links, has_run_out, link_of, make_link
from programmes.domain.roles import roles_for
from programmes.enums import ApprovalState
from programmes.models import Approval, ApprovalLink, Participant
from templates_app.domain.from_outside import take_in_response
from templates_app.domain.responses import Answers
from templates_app.models import TemplateVersion
from templates_app.shapes.people import Approval as Terms

PURPOSE = "programmes.choosing.approval"


class ApprovalRefused(ValueError):
    """They cannot be asked like this; the message says why."""


def newest_approval(person: Participant) -> Approval | None:
    """The asking that counts: the newest that was not taken back."""
    rows = Approval.objects.filter(participant=person).exclude(state=ApprovalState.REVOKED)
    return rows.select_related("response__version").order_by("-created_at").first()


def may_ask_approver(person: Participant, user: User) -> bool:
    """Whether this person may send that mentee's link: the mentee, or a coordinator."""
    roles = roles_for(user)
    asks = person.pk in roles.participants or roles.coordinates(person.cohort.programme_id)
    return asks and approval_terms(person) is not None


@transaction.atomic
def ask_approver(*, person: Participant, name: str, email: str, actor: User) -> Approval:
    """Send somebody the link, or send it anew; an asking that was still open is taken back, with all its links.

    Raises ``NotYours``, and ``ApprovalRefused`` for the mentee's own address or when they are approved already.
    """
    terms = approval_terms(person)
    if terms is None or not may_ask_approver(person, actor):
        raise NotYours
    address = normal_email(email)
    if address == person.email.lower():
        raise ApprovalRefused(_("This is your own address. Somebody else has to approve."))
    last = newest_approval(person)
    if last is not None and last.state == ApprovalState.APPROVED:
        raise ApprovalRefused(_("This is approved already."))
    if last is not None and last.state == ApprovalState.ASKED:
        _take_back(last)
    remind_at = _remind_at(terms, person)
    try:
        with transaction.atomic():
            approval = Approval.objects.create(
                participant=person, name=name, email=address, asked_by=actor, remind_at=remind_at
            )
    except IntegrityError as error:  # another window was faster
        raise ApprovalRefused(_("They have just been asked.")) from error
    _send_link(approval, person, terms, actor)
    record_event("approval.asked", person, actor=actor, name=person.name)
    if remind_at is not None:
        wake(WORK, at=remind_at)
    return approval


def _remind_at(terms: Terms, person: Participant) -> dt.datetime | None:
    if terms.remind_after is None or terms.remind_after >= terms.days:
        return None
    return morning_after(clock.now(), terms.remind_after, person.zone)


@transaction.atomic
def revoke_approval(*, approval: Approval, actor: User) -> None:
    """Take an open asking back: its links stop working. What was decided stays. Raises ``NotYours``."""
    person = approval.participant
    if not may_ask_approver(person, actor):
        raise NotYours
    if _take_back(approval):
        record_event("approval.revoked", person, actor=actor, name=person.name)


def _take_back(approval: Approval) -> bool:
    taken = Approval.objects.filter(pk=approval.pk, state=ApprovalState.ASKED).update(
        state=ApprovalState.REVOKED, remind_at=None
    )
    if taken:
        approval.state = ApprovalState.REVOKED
        _end_links(approval)
    return bool(taken)


def _end_links(approval: Approval) -> None:
    end_links(ApprovalLink.objects.filter(approval=approval))
    cancel_messages(about=approval, kinds=["programmes.approval_asked"])


@transaction.atomic
def remind_approver(*, approval: Approval) -> None:
    """Remind whoever was asked, once, with a link of its own. For the tick: twice does nothing."""
    mine = Approval.objects.filter(pk=approval.pk, state=ApprovalState.ASKED, remind_at__isnull=False)
    if not mine.update(remind_at=None):
        return
    rows = Participant.objects.select_related("cohort__programme__handbook")
    person = rows.get(pk=approval.participant_id)
    terms = approval_terms(person)
    if terms is not None:
        _send_link(approval, person, terms, approval.asked_by, again=True)


def _send_link(
    approval: Approval, person: Participant, terms: Terms, actor: User | None, *, again: bool = False
) -> None:
    token, until = make_link(ApprovalLink, purpose=PURPOSE, days=terms.days, approval=approval)
    notify(
        "programmes.approval_asked",
        approval.email,
        about=approval,
        occasion=f"{approval.pk}-{'again' if again else 'first'}",
        context={
            "name": approval.name,
            "mentee": person.name,
            "programme": person.cohort.programme.title,
            "organisation_name": current_organisation().name,
            "by": actor.name if actor else person.name,
            "by_email": actor.email if actor else person.email,
            "again": again,
            "until": day(until.astimezone(zone_or_utc(person.zone)).date()),
            "action_url": link("programmes:approve", token),
        },
    )


def link_to_read(token: str) -> ApprovalLink:
    """The link behind a token, for reading about the programme: also once it is answered, but not once it was taken back or has
    run out unanswered. Raises ``LinkUnusable``.
    """
    try:
        return usable_link(token)
    except LinkUnusable as fault:
        if fault.reason is not Unusable.DECIDED:
            raise
        return _link(token)


def usable_link(token: str) -> ApprovalLink:
    """The link behind a token. Raises ``LinkUnusable``. Looking changes nothing: scanners look at every link."""
    found = _link(token)
    approval = found.approval
    if approval.state in {ApprovalState.APPROVED, ApprovalState.DECLINED}:
        raise LinkUnusable(Unusable.DECIDED, approval)
    if found.revoked_at is not None or approval.state == ApprovalState.REVOKED:
        raise LinkUnusable(Unusable.REVOKED, approval)
    if has_run_out(found):
        raise LinkUnusable(Unusable.EXPIRED, approval)
    return found


def _link(token: str) -> ApprovalLink:
    rows = ApprovalLink.objects.select_related(
        "approval__participant__cohort__programme__handbook", "approval__participant__membership__user"
    )
    return link_of(token, rows, purpose=PURPOSE)


@transaction.atomic
def decide_approval(*, token: str, version: TemplateVersion, answers: Answers, context: Any) -> Approval:
    """Take in what was decided, with name and date. The mentee is told; their drafts stay as they are.

    Raises ``LinkUnusable``, and ``NotComplete`` where an answer that is needed is missing.
    """
    approval = usable_link(token).approval
    person = approval.participant
    terms = approval_terms(person)
    if terms is None:
        raise LinkUnusable(Unusable.REVOKED, approval)
    response = take_in_response(version=version, answers=answers, context=context)
    given = {**response.facts, **response.texts}
    state = ApprovalState.APPROVED if given.get(terms.decision) in terms.approves else ApprovalState.DECLINED
    values = {
        "state": state,
        "response": response,
        "decided_at": clock.now(),
        "decided_name": str(given.get(terms.decided_by or "") or approval.name)[:200],
        "remind_at": None,
    }
    if not swap(approval, Approval.objects.filter(state=ApprovalState.ASKED), **values):
        raise LinkUnusable(Unusable.DECIDED, approval)
    cancel_messages(about=approval, kinds=["programmes.approval_asked"])
    record_event("approval.decided", person, actor=None, name=person.name)
    _tell_mentee(approval, person)
    return approval


def _tell_mentee(approval: Approval, person: Participant) -> None:
    if person.membership is None:
        return
    notify(
        "programmes.approval_decided",
        person.membership.user,
        about=approval,
        occasion=f"{approval.pk}-decided",
        context={
            "approved": approval.state == ApprovalState.APPROVED,
            "by": approval.decided_name,
            "programme": person.cohort.programme.title,
            "action_url": link("programmes:approval", person.pk),
        },
    )


def approval_gate(person: Participant) -> str:
    """What holds a mentee back while nobody has approved, where the handbook makes that a condition."""
    terms = approval_terms(person)
    if terms is None or not terms.mandatory:
        return ""
    last = newest_approval(person)
    if last is not None and last.state == ApprovalState.APPROVED:
        return ""
    return _("%(name)s needs an approval first, which has not come yet.") % {"name": person.name}
