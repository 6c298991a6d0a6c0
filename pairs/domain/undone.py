"""What a handbook has a pair do before something else: whether it is done, and where one does it (``gla.must.13``, ``.58``)."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from mentoring import clock
from pairs.domain.agreement_text import agreement_kit
from pairs.domain.people import people_of
from pairs.enums import AgreementState, SessionState
from pairs.models import Agreement, Output, Pairing, Session
from programmes.enums import RequestState
from programmes.models import MentorRequest
from templates_app.domain.kits import current_versions, worksheet_of
from templates_app.shapes import Filler, Worksheet

AGREEMENT = "agreement"
TALK = "talk"


@dataclass(frozen=True)
class First:
    """One thing that comes first. ``output`` is the worksheet's that is open for it, where one is."""

    key: str
    title: str
    done: bool
    output: UUID | None = None

    @property
    def is_agreement(self) -> bool:
        """Whether it is the agreement, which has a page of its own."""
        return self.key == AGREEMENT


def firsts(pairing: Pairing, names: Sequence[str]) -> list[First]:
    """Everything that is named, done or not; nothing alongside the handbook's path. No query where nothing is."""
    if not names or pairing.is_alongside:
        return []
    sheets: dict[str, Worksheet] = {}
    if set(names) - {AGREEMENT, TALK}:
        versions = current_versions(pairing.cohort.programme.handbook)
        sheets = {name: worksheet_of(versions[name]) for name in names if name in versions}
    found = []
    for name in names:
        if name == AGREEMENT:
            found.append(First(name, agreement_kit(pairing).agreement.title, _is_agreed(pairing)))
        elif name == TALK:
            found.append(First(name, _("Your first talk, to get to know each other"), _have_met(pairing)))
        elif name in sheets:
            found.append(_sheet(pairing, sheets[name]))
    return found


def undone(pairing: Pairing, names: Sequence[str]) -> list[First]:
    """What of it is still to do."""
    return [one for one in firsts(pairing, names) if not one.done]


def words_for(missing: Sequence[First]) -> str:
    """What is still to do, in one sentence."""
    return _("First comes: %(what)s.") % {"what": "; ".join(one.title for one in missing)}


def _is_agreed(pairing: Pairing) -> bool:
    return Agreement.objects.filter(pairing=pairing, state=AgreementState.SIGNED).exists()


def _have_met(pairing: Pairing) -> bool:
    """The talk before they became a pair, or any session that was held."""
    if Session.objects.filter(pairing=pairing, state=SessionState.HELD).exists():
        return True
    people = [person.participant.pk for person in people_of(pairing).everyone]
    talks = MentorRequest.objects.filter(mentee__in=people, mentor__in=people, state=RequestState.PAIRED)
    return talks.filter(talk_at__lte=clock.now()).exists()


def _sheet(pairing: Pairing, sheet: Worksheet) -> First:
    """A worksheet is done once it was sent: by everybody who is there, where each fills in their own."""
    rows = list(Output.objects.filter(pairing=pairing, worksheet=sheet.key, cancelled_at=None).order_by("position"))
    sent = {row.member_id for row in rows if row.done_at is not None}
    there = {person.member.pk for person in people_of(pairing).present}
    done = there <= sent if sheet.filled_by is Filler.EACH else bool(sent)
    is_open = [row for row in rows if row.done_at is None and row.opens_at is not None and row.opens_at <= clock.now()]
    return First(sheet.key, sheet.title, done, is_open[0].pk if is_open else None)
