"""Who reads which messages: everybody their own, admins all, others what the rooms above let them."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.notices.domain.rendering import render_message, subject_of
from mentoring.notices.kinds import all_kinds, kind_named
from mentoring.notices.models import Message
from mentoring.tenancy.models import Membership
from mentoring.tenancy.scope import current_organisation
from mentoring.work.models import State

Reader = Callable[[User], Q | None]
"""Which messages of the outbox a person looks after; ``None`` for none."""

_readers: list[Reader] = []


def register_outbox_reader(reader: Reader) -> None:
    """Let people beside the admins look after part of the outbox. Registering twice changes nothing."""
    if reader not in _readers:
        _readers.append(reader)


def inbox_of(user: User) -> QuerySet[Message]:
    """The notices a person has got in the open organisation, newest first."""
    arrived = Message.objects.filter(recipient=user, visible_from__lte=clock.now()).exclude(state=State.CANCELLED)
    return arrived.select_related("recipient", "organisation").order_by("-created_at", "id")


def get_notice_for(user: User, message_id: UUID) -> Message:
    """One of a person's own notices. Raises ``Http404``."""
    found = inbox_of(user).filter(pk=message_id).first()
    if found is None:
        raise Http404
    return found


def outbox_for(user: User) -> QuerySet[Message] | None:
    """The messages a person looks after, newest first; ``None`` when the outbox is nothing to them.

    Each says as ``recipient_known`` whether its recipient has come to this organisation.
    """
    here = {"organisation": current_organisation(), "user": OuterRef("recipient"), "typed_address": ""}
    everything = (
        Message.objects.select_related("recipient", "organisation")
        .annotate(recipient_known=Exists(Membership.objects.filter(**here)))
        .order_by("-created_at", "id")
    )
    admin = Membership.objects.filter(user=user, organisation=current_organisation(), is_active=True, is_admin=True)
    if admin.exists():
        return everything
    parts = [part for reader in _readers if (part := reader(user)) is not None]
    if not parts:
        return None
    wanted = parts[0]
    for part in parts[1:]:
        wanted |= part
    return everything.filter(wanted)


def sent_to(found: QuerySet[Message], words: str) -> QuerySet[Message]:
    """Those of ``outbox_for`` whose address holds these words, where it is shown (``Shown.email``)."""
    personal = [kind.name for kind in all_kinds() if kind.personal]
    return found.filter(email__icontains=words).exclude(kind__in=personal, recipient=None)


def looks_after_messages(user: User) -> bool:
    """Whether a room above lets this person look after part of the outbox."""
    return any(reader(user) is not None for reader in _readers)


def get_outbox_message_for(user: User, message_id: UUID) -> Message:
    """One message that a person looks after. Raises ``Http404``."""
    found = outbox_for(user)
    message = found.filter(pk=message_id).first() if found is not None else None
    if message is None:
        raise Http404
    return message


@dataclass(frozen=True)
class Shown:
    """A message as those see it who look after the outbox. An empty ``text`` is not for them.

    ``to`` is empty where the recipient is not known here by name, ``email`` where a personal message went to somebody
    without an account: where it went tells what it is about.
    """

    subject: str
    text: str = ""
    to: str = ""
    email: str = ""


def shown_to_staff(message: Message, *, with_text: bool = False) -> Shown:
    """What may be shown of a message of ``outbox_for`` to somebody who is not its recipient.

    The name of a recipient who has not come here is known to other organisations alone: such a message is shown as if
    it went to an address without an account.
    """
    has_account = message.recipient is not None
    if has_account and not getattr(message, "recipient_known", False):
        message = copy(message)
        message.recipient = None
    to, email = message.recipient.name if message.recipient else "", message.email
    try:
        kind = kind_named(message.kind)
    except KeyError:
        return Shown(_("A message of a kind that is sent no more"), to=to, email=email)
    if kind.personal:
        return Shown(_("A personal message"), to=to, email=email if has_account else "")
    if not with_text or kind.secret:
        return Shown(subject_of(message), to=to, email=email)
    rendered = render_message(message)
    return Shown(rendered.subject, rendered.text, to, email)
