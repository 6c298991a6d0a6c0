"""Sending guidance and worksheets to people of a cohort, and seeing that they arrived (``plp.sys.04``)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from mentoring.accounts.models import User
from mentoring.history.domain import kind_of, record_event
from mentoring.notices.domain.outbox import notify
from mentoring.notices.models import Message
from mentoring.work.models import State
from programmes.domain.links import link
from programmes.enums import ParticipantState
from programmes.models import Cohort, Mailing, Participant
from templates_app.domain.kits import current_versions, worksheet_of
from templates_app.models import Article

KIND = "programmes.material"


@dataclass(frozen=True)
class Material:
    """Something that can be sent: an article or a worksheet of the programme's handbook."""

    kind: str
    key: str
    title: str

    @property
    def value(self) -> str:
        """What a form calls it."""
        return f"{self.kind}:{self.key}"


@dataclass(frozen=True)
class Delivery:
    """How a message to one person stands: ``state`` is one of a tag's, ``words`` are left to the page."""

    person: Participant
    message: Message
    state: str


def materials_of(cohort: Cohort) -> list[Material]:
    """Everything that can be sent to people of a cohort, guidance first. Two queries."""
    handbook = cohort.programme.handbook
    articles = Article.objects.filter(handbook=handbook).order_by("order", "title")
    versions = [row for row in current_versions(handbook).values() if worksheet_of(row).in_use]
    sheets = sorted((row.template for row in versions), key=lambda one: (one.position, one.key))
    return [
        *(Material("article", article.key, article.title) for article in articles),
        *(Material("worksheet", sheet.key, sheet.title) for sheet in sheets),
    ]


@transaction.atomic
def send_material(
    *,
    cohort: Cohort,
    people: Sequence[Participant],
    materials: Sequence[Material],
    subject: str,
    words: str,
    actor: User,
) -> Mailing:
    """Send links to materials, with a few words, to people of the cohort who have joined. One message each.

    Raises ``ValueError`` for somebody of another cohort, or for nobody at all.
    """
    joined = [person for person in people if person.state == ParticipantState.JOINED and person.membership is not None]
    if not joined or any(person.cohort_id != cohort.pk for person in joined):
        raise ValueError("Material goes to people of this cohort who have joined.")
    mailing = Mailing.objects.create(
        cohort=cohort,
        sender=actor,
        subject=subject,
        words=words,
        items=[{"kind": one.kind, "key": one.key, "title": one.title} for one in materials],
    )
    context = {
        "subject": subject,
        "words": words,
        "items": [{"title": one.title, "url": _address(cohort, one)} for one in materials],
        "programme": cohort.programme.title,
        "by": actor.name,
        "action_url": link("programmes:guidance", cohort.programme.slug),
    }
    for person in joined:
        assert person.membership is not None
        notify(KIND, person.membership.user, about=mailing, occasion=str(mailing.pk), context=context)
    record_event("material.sent", mailing, actor=actor, within=cohort, count=len(joined))
    return mailing


def deliveries_of(mailing: Mailing) -> list[Delivery]:
    """How each message of a mailing stands. Two queries, whatever the number of people."""
    messages = Message.objects.filter(subject_kind=kind_of(mailing), subject_id=mailing.pk).defer(
        "context", "attachments"
    )
    by_user: dict[Any, Message] = {message.recipient_id: message for message in messages}
    people = Participant.objects.filter(cohort=mailing.cohort, membership__user__in=by_user).select_related(
        "membership"
    )
    found = {person.membership.user_id: person for person in people if person.membership is not None}
    return [
        Delivery(person, by_user[user_id], delivery_state(by_user[user_id]))
        for user_id, person in sorted(found.items(), key=lambda pair: (pair[1].family_name, pair[1].given_name))
    ]


def count_deliveries(mailings: Sequence[Mailing]) -> dict[Any, dict[str, int]]:
    """Mailing id → how many messages stand how. One query."""
    counts: dict[Any, dict[str, int]] = {one.pk: {"good": 0, "due": 0, "late": 0} for one in mailings}
    rows = Message.objects.filter(subject_kind="programmes.mailing", subject_id__in=counts)
    for message in rows.only("subject_id", "state", "sent_at", "by_mail", "read_at"):
        counts[message.subject_id][delivery_state(message)] += 1
    return counts


def delivery_state(message: Message) -> str:
    """``good`` handed to the mail server (or in the person's inbox here), ``due`` on its way, ``late`` could not go out."""
    if message.state == State.DONE:
        return "good"
    return "late" if message.state in {State.FAILED, State.CANCELLED} else "due"


def _address(cohort: Cohort, material: Material) -> str:
    page = "programmes:article" if material.kind == "article" else "programmes:sheet"
    return link(page, cohort.programme.slug, material.key)
