"""What must be looked at before a request is sent, and again before a pair is made of it."""

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _

from programmes.domain.choosing.terms import asking_of
from programmes.domain.gates import what_holds_back
from programmes.domain.matching.occupancy import occupancy_of
from programmes.domain.matching.profiles import Profile
from programmes.domain.matching.warnings import watch_of
from programmes.enums import CohortState, ParticipantState, Side
from programmes.models import Cohort, MentorRequest, Participant
from programmes.models.choosing import OPEN
from templates_app.shapes import MatchRule


class CannotAsk(Exception):
    """The request cannot be sent, or gone on with, as things stand; ``reasons`` say why, in words for who asks."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


class MustBeSeen(Exception):
    """Something speaks against these two, and who goes on must say that they have seen it. ``rules``: key → words."""

    def __init__(self, rules: dict[str, str]) -> None:
        super().__init__(", ".join(rules))
        self.rules = rules


def is_open_to_requests(mentor: Participant, taken: int) -> bool:
    """Whether a mentor takes requests now: taking part, their sheet sent, not pausing, and with a place left."""
    sent = mentor.enrolment is not None and mentor.enrolment.is_submitted
    return mentor.state == ParticipantState.JOINED and sent and mentor.paused_at is None and taken < mentor.capacity


def rules_against(cohort: Cohort, mentor: Participant, mentee: Participant) -> list[MatchRule]:
    """The rules that speak against these two. One query."""
    return watch_of(cohort).broken(_facts(mentor), _facts(mentee))


def _facts(person: Participant) -> Profile:
    """What rules look at, without a word of anybody's answers."""
    return Profile(
        person.pk, person.side, person.name, person.zone, person.employer, person.partner_id, person.capacity
    )


def check_rules(cohort: Cohort, mentor: Participant, mentee: Participant, seen: Collection[str]) -> list[str]:
    """The keys of the rules that warn and were seen. Raises ``CannotAsk`` where one forbids, and ``MustBeSeen``."""
    broken = rules_against(cohort, mentor, mentee)
    forbidding = [rule.text for rule in broken if rule.effect == "forbid"]
    if forbidding:
        raise CannotAsk(forbidding)
    unseen = {rule.key: rule.text for rule in broken if rule.key not in seen}
    if unseen:
        raise MustBeSeen(unseen)
    return [rule.key for rule in broken]


def why_not_yet(mentee: Participant) -> list[str]:
    """What this mentee has to settle before they ask anybody, in words for them; empty when nothing is in the way."""
    found = []
    if mentee.cohort.state != CohortState.OPEN:
        found.append(_("This cohort is closed."))
    if mentee.enrolment is None or not mentee.enrolment.is_submitted:
        found.append(_("Your profile has to be sent first."))
    found += what_holds_back(mentee)
    if mentee.pk in occupancy_of(mentee.cohort).mentees:
        found.append(_("You are in a running pair."))
    return found


def running_requests(mentee: Participant) -> list[MentorRequest]:
    """The mentee's requests that somebody has, or will have once they have joined."""
    rows = MentorRequest.objects.filter(mentee=mentee, state__in=[state for state in OPEN if state != "draft"])
    return list(rows.select_related("mentor"))


def check_may_ask(request: MentorRequest) -> None:
    """Raise ``CannotAsk`` when this request cannot go out now, apart from rules between the two."""
    mentee, mentor = request.mentee, request.mentor
    found = why_not_yet(mentee)
    terms = asking_of(request.cohort)
    if terms is None:
        raise CannotAsk([_("In this programme the coordinators make the pairs.")])
    running = len(running_requests(mentee))
    if running >= terms.at_once:
        found.append(
            _("You have asked as many mentors as you can at a time. Wait for an answer, or take a request back.")
        )
    if is_on_the_way(mentor):
        found += [] if terms.off_list else [_("%(name)s cannot be asked at present.") % {"name": mentor.name}]
    elif not is_open_to_requests(mentor, taken_by(mentor)):
        found.append(_("%(name)s takes no requests at present.") % {"name": mentor.short_name})
    if request.response is not None and not request.response.is_submitted:
        found.append(_("What you write to the mentor is not finished yet."))
    if found:
        raise CannotAsk(found)


def is_on_the_way(mentor: Participant) -> bool:
    """Whether somebody named from off the list has not joined, or not sent their sheet yet."""
    if mentor.state in {ParticipantState.ACCEPTED, ParticipantState.INVITED}:
        return True
    return mentor.state == ParticipantState.JOINED and not (mentor.enrolment and mentor.enrolment.is_submitted)


def taken_by(mentor: Participant) -> int:
    """How many running pairs a mentor has."""
    return occupancy_of(mentor.cohort).mentors.get(mentor.pk, 0)


def side_of(request: MentorRequest, places: Collection[UUID]) -> Side | None:
    """On which side of a request somebody with these places stands."""
    if request.mentee_id in places:
        return Side.MENTEE
    return Side.MENTOR if request.mentor_id in places else None
