"""Events of the first cohort: one that is told about, one of which people are asked how it was, one with a waiting list."""

import datetime as dt
from collections.abc import Mapping, Sequence

from mentoring import clock
from mentoring.accounts.models import User
from programmes.domain.event_feedback import say_how_it_was
from programmes.domain.gatherings import plan_gathering
from programmes.domain.places import note_attendance, say_whether_one_comes
from programmes.models import Cohort, Gathering, Guest, Participant

_ORIENTATION = "Orientation: how mentoring at a distance works"
_WORKSHOP = "Asking good questions"
_COMING_UP = "Talanoa across the islands"
_SAID = {
    "ana": (5, "Hearing from last year's mentees took my fear of the first call."),
    "helen": (4, "Very clear. I would have liked the slides beforehand."),
    "sione": (4, ""),
    "margaret": (5, "Good that there was time for questions about time zones."),
    "aroha": (3, "An hour and a half is long on a screen; a break would help."),
    "riteta": (5, ""),
}


def tell(cohort: Cohort, places: Mapping[str, Participant], coordinator: User) -> None:
    """Tell all three. Everybody in them was there when they were planned."""
    now = clock.now().replace(minute=0, second=0, microsecond=0)
    first = _held(cohort, places, coordinator, _ORIENTATION, "Webinar", now - dt.timedelta(days=40), list(_SAID))
    with clock.at(first.ends_at + dt.timedelta(days=2)):
        for key, (score, said) in _SAID.items():
            _say(first, places[key], score, said)
    there = ["ana", "sione", "willie", "marcus", "litia"]
    recent = _held(cohort, places, coordinator, _WORKSHOP, "Workshop", now - dt.timedelta(days=2), there)
    with clock.at(recent.ends_at + dt.timedelta(hours=20)):
        for key in there[1:3]:
            _say(recent, places[key], 4, "I have used two of the questions already.")
    _coming_up(cohort, places, coordinator, now + dt.timedelta(days=12))


def _held(
    cohort: Cohort,
    places: Mapping[str, Participant],
    coordinator: User,
    title: str,
    kind: str,
    starts_at: dt.datetime,
    there: Sequence[str],
) -> Gathering:
    """An event that has been, with those who were there."""
    people = [places[key] for key in there]
    with clock.at(starts_at - dt.timedelta(days=10)):
        event = plan_gathering(
            cohort=cohort,
            title=title,
            text="An hour together, with time for your questions.",
            starts_at=starts_at,
            minutes=90,
            zone="Pacific/Apia",
            place="https://meet.example/together",
            people=people,
            actor=coordinator,
            kind=kind,
        )
        for person in people:
            _come(event, person)
    with clock.at(event.ends_at + dt.timedelta(hours=1)):
        present = list(Guest.objects.filter(gathering=event).values_list("pk", flat=True))
        note_attendance(gathering=event, present=present, actor=coordinator)
    return event


def _coming_up(cohort: Cohort, places: Mapping[str, Participant], coordinator: User, starts_at: dt.datetime) -> None:
    """An event with fewer places than people who would come."""
    event = plan_gathering(
        cohort=cohort,
        title=_COMING_UP,
        text="Mentors and mentees of all islands meet in small rounds. Bring a question of your own.",
        starts_at=starts_at,
        minutes=60,
        zone="Pacific/Apia",
        place="https://meet.example/talanoa",
        people=[places["ana"], places["helen"]],
        actor=coordinator,
        kind="Networking",
        places=3,
        is_open=True,
    )
    for key in ("helen", "sione", "teina", "litia", "priya"):
        _come(event, places[key])


def _come(event: Gathering, person: Participant) -> None:
    assert person.membership is not None
    say_whether_one_comes(gathering=event, person=person, answer="coming", actor=person.membership.user)


def _say(event: Gathering, person: Participant, score: int, said: str) -> None:
    assert person.membership is not None
    guest = Guest.objects.select_related("gathering").get(gathering=event, participant=person)
    say_how_it_was(guest=guest, score=score, words=said, actor=person.membership.user)
