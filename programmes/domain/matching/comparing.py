"""Comparing two people by one criterion. Each comparison gives a share from 0 to 1 and says why in words.

``None`` means that one of the two has not said: the criterion then counts neither for nor against the pair.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentoring import clock
from mentoring.ui.zones import city
from programmes.domain.matching.profiles import Profile
from programmes.models import Criterion

DAY_BEGINS, DAY_ENDS = 8, 20
"""Hours in which people can be asked to meet, by their own clocks."""
ENOUGH_HOURS = 6
ENOUGH_WORDS = 3
SHORTEST_WORD = 4

STOP_WORDS = frozenset(
    """
    about above after again also although because been before being below between both could does doing
    done down during each even every from further have having here herself himself into itself just like
    make many might more most much must need only other ours over people same she should since some such
    than that their theirs them then there these they this those through time under until upon used
    using very want wants well were what when where which while will with within without work working
    would year years your yours help learn learning
    """.split()  # noqa: SIM905 - a list literal of a hundred words reads worse
)


@dataclass(frozen=True)
class Verdict:
    """How far a criterion is met (0 to 1) and why, in words."""

    share: float
    words: str


Comparison = Callable[[Criterion, Profile, Profile], Verdict | None]


def overlap(criterion: Criterion, mentor: Profile, mentee: Profile) -> Verdict | None:
    """How many of the mentee's choices the mentor has too."""
    has, wants = mentor.values(criterion.mentor_field), mentee.values(criterion.mentee_field)
    if not has or not wants:
        return None
    shared = sorted(mentee.label(criterion.mentee_field, value) for value in has & wants)
    if not shared:
        return Verdict(0, _("nothing in common"))
    return Verdict(len(shared) / len(wants), _("%(list)s in common") % {"list": ", ".join(shared)})


def same(criterion: Criterion, mentor: Profile, mentee: Profile) -> Verdict | None:
    """Whether both said the same."""
    left, right = mentor.values(criterion.mentor_field), mentee.values(criterion.mentee_field)
    if not left or not right:
        return None
    if {value.casefold() for value in left} & {value.casefold() for value in right}:
        said = ", ".join(sorted(mentee.label(criterion.mentee_field, value) for value in right))
        return Verdict(1, _("the same: %(value)s") % {"value": said})
    return Verdict(0, _("different"))


def zone(_criterion: Criterion, mentor: Profile, mentee: Profile) -> Verdict | None:
    """How many hours of the day suit both clocks. A day's difference in date (Apia, Pago Pago) costs nothing."""
    hours = shared_hours(mentor.zone, mentee.zone)
    places = {"mentor": city(mentor.zone), "mentee": city(mentee.zone)}
    if mentor.zone == mentee.zone:
        return Verdict(1, _("both live by the clock of %(mentor)s") % places)
    words = ngettext(
        "%(hours)d good hour shared (%(mentee)s and %(mentor)s)",
        "%(hours)d good hours shared (%(mentee)s and %(mentor)s)",
        hours,
    )
    return Verdict(min(1, hours / ENOUGH_HOURS), words % {"hours": hours, **places})


def shared_hours(one: str, other: str, on: dt.date | None = None) -> int:
    """Whole hours in which it is day for both, on a given day (today when none is given)."""
    day = on or clock.now().date()
    return len(_day_hours(one, day) & _day_hours(other, day))


def _day_hours(name: str, day: dt.date) -> set[int]:
    """The hours of the UTC clock (0–23) at which it is day in a zone."""
    there = ZoneInfo(name)
    return {
        hour
        for hour in range(24)
        if DAY_BEGINS
        <= dt.datetime(day.year, day.month, day.day, hour, tzinfo=dt.UTC).astimezone(there).hour
        < DAY_ENDS
    }


def near(criterion: Criterion, mentor: Profile, mentee: Profile) -> Verdict | None:
    """How near two numbers are: the same is 1, ten apart is 0."""
    left, right = mentor.answers.get(criterion.mentor_field), mentee.answers.get(criterion.mentee_field)
    if not isinstance(left, int | float) or not isinstance(right, int | float):
        return None
    apart = abs(left - right)
    return Verdict(max(0, 1 - apart / 10), _("%(apart)s apart") % {"apart": f"{apart:g}"})


def words(criterion: Criterion, mentor: Profile, mentee: Profile) -> Verdict | None:
    """Which telling words both wrote."""
    left, right = _told(mentor, criterion.mentor_field), _told(mentee, criterion.mentee_field)
    if not left or not right:
        return None
    shared = sorted(left & right)
    if not shared:
        return Verdict(0, _("no words in common"))
    listed = ", ".join(shared[:4])
    return Verdict(min(1, len(shared) / ENOUGH_WORDS), _("both write of: %(words)s") % {"words": listed})


def _told(person: Profile, key: str) -> set[str]:
    given = person.answers.get(key)
    text = " ".join(given) if isinstance(given, list) else str(given or "")
    found = re.findall(r"[^\W\d_]+", text.casefold())
    return {word for word in found if len(word) >= SHORTEST_WORD and word not in STOP_WORDS}


def age(criterion: Criterion, mentor: Profile, mentee: Profile) -> Verdict | None:
    """How near two age bands are: the same or the next is 1, then falling by a third a band."""
    left, right = mentor.position(criterion.mentor_field), mentee.position(criterion.mentee_field)
    if left is None or right is None:
        return None
    apart = abs(left - right)
    return Verdict(max(0, 1 - max(0, apart - 1) / 3), _("close in age") if apart <= 1 else _("further apart in age"))


COMPARISONS: dict[str, Comparison] = {
    "overlap": overlap,
    "same": same,
    "zone": zone,
    "near": near,
    "words": words,
    "age": age,
}
