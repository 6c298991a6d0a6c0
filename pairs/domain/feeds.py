"""A person's private calendar address: made when they ask for it, changed or taken away when they wish."""

import hashlib
import secrets

from django.db import transaction

from mentoring.tenancy.models import Membership
from pairs.domain.entries import feed_entry
from pairs.domain.icalendar_text import Method, calendar_text
from pairs.domain.people import members_prefetch, people_of
from pairs.domain.presence import at_meeting
from pairs.models import FeedToken, Pairing, Session

TOKEN_BYTES = 32


def feed_of(membership: Membership) -> FeedToken | None:
    """The person's address, if they have one."""
    return FeedToken.objects.filter(membership=membership).first()


@transaction.atomic
def renew_feed(*, membership: Membership) -> FeedToken:
    """Give the person a new address; the old one stops working at once."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    values = {"token": token, "token_hash": _hash_of(token)}
    feed, _created = FeedToken.objects.update_or_create(membership=membership, defaults=values)
    return feed


@transaction.atomic
def revoke_feed(*, membership: Membership) -> None:
    """Take the address away: whoever had it gets nothing any more."""
    FeedToken.objects.filter(membership=membership).delete()


def _hash_of(token: str) -> str:
    """A plain digest is enough: nobody guesses 32 random bytes."""
    return hashlib.sha256(token.encode()).hexdigest()


def feed_text(token: str, *, name: str) -> str | None:
    """The calendar behind an address; ``None`` for one that is unknown, or whose owner may no longer come in.

    Sessions with a date, in the order of their time. Three queries, however many sessions there are.
    """
    feed = FeedToken.objects.select_related("membership__user").filter(token_hash=_hash_of(token)).first()
    if feed is None or not feed.membership.is_active or not feed.membership.user.is_active:
        return None
    user = feed.membership.user
    mine = Pairing.objects.filter(members__participant__membership=feed.membership).distinct()
    pairings = {
        row.pk: row for row in mine.select_related("cohort__programme__handbook").prefetch_related(members_prefetch())
    }
    entries = []
    for session in Session.objects.filter(pairing__in=pairings, starts_at__isnull=False).order_by("starts_at", "pk"):
        session.pairing = pairings[session.pairing_id]
        people = at_meeting(session, people_of(session.pairing))
        person = people.of(user)
        left_at = None if person is None or person.is_here else person.member.left_at
        if person is not None and (left_at is None or session.starts_at < left_at):
            entries.append(feed_entry(session, people, person))
    return calendar_text(entries, method=Method.PUBLISH, name=name)
