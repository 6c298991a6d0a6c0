"""What is told of requests: names, dates on the reader's clock and a link. No word of what anybody wrote, and no reason."""

import datetime as dt
from zoneinfo import ZoneInfo

from mentoring.accounts.models import User
from mentoring.notices.domain.outbox import cancel_messages, notify
from mentoring.ui.dates import day, when
from programmes.domain.links import link
from programmes.enums import Side
from programmes.models import MentorRequest, Participant


def user_of(person: Participant) -> User | None:
    """The account of somebody who has joined."""
    return person.membership.user if person.membership is not None else None


def the_other(request: MentorRequest, side: str) -> Participant:
    """Who stands opposite to that side."""
    return request.mentor if side == Side.MENTEE else request.mentee


def own_place(request: MentorRequest, side: str) -> Participant:
    """Who stands on that side."""
    return request.mentee if side == Side.MENTEE else request.mentor


def tell_asked(request: MentorRequest, *, again: bool = False) -> None:
    """Tell the mentor that somebody asks them, or remind them, once, that an answer is waited for."""
    user = user_of(request.mentor)
    if user is None or request.answer_by is None:
        return
    notify(
        "programmes.mentor_asked",
        user,
        about=request,
        occasion=f"{request.pk}-{'again' if again else 'asked'}",
        context=_words(request, Side.MENTOR)
        | {
            "again": again,
            "until": day(last_day(request.answer_by, user.zone)),
            "talk": when(request.talk_at, user.zone, request.mentee.zone, request.mentee.short_name)
            if request.talk_at
            else "",
        },
    )


def last_day(until: dt.datetime, zone: str) -> dt.date:
    """The last day on which an answer is in time, on somebody's calendar."""
    return (until - dt.timedelta(seconds=1)).astimezone(ZoneInfo(zone)).date()


def tell(request: MentorRequest, what: str, side: str, *, occasion: str = "") -> None:
    """Tell one side what became of a request.

    ``what``: accepted, declined, parted, lapsed, withdrawn, overtaken, talk (another time), talk_agreed.
    """
    user = user_of(own_place(request, side))
    if user is None:
        return
    other = the_other(request, side)
    talk = when(request.talk_at, user.zone, other.zone, other.short_name) if request.talk_at else ""
    notify(
        "programmes.request_moved",
        user,
        about=request,
        occasion=f"{request.pk}-{what}-{side}{occasion and '-'}{occasion}",
        context=_words(request, side) | {"what": what, "talk": talk},
    )


def stop_telling(request: MentorRequest) -> None:
    """Hold back what waits to be sent of a request that has ended: it does not hold any more."""
    cancel_messages(about=request, kinds=["programmes.mentor_asked"])


def tell_to_confirm(request: MentorRequest, coordinators: list[User]) -> None:
    """Tell the coordinators that two wish to be a pair, where they confirm it."""
    cohort = request.cohort
    for coordinator in coordinators:
        notify(
            "programmes.request_to_confirm",
            coordinator,
            about=request,
            occasion=f"{request.pk}-agreed",
            context={
                "mentee": request.mentee.name,
                "mentor": request.mentor.name,
                "programme": cohort.programme.title,
                "action_url": link("programmes:requests", cohort.programme.slug, cohort.slug),
            },
        )


def _words(request: MentorRequest, side: str) -> dict[str, str]:
    other = the_other(request, side)
    return {
        "other": other.name,
        "other_short": other.short_name,
        "side": str(side),
        "programme": request.cohort.programme.title,
        "action_url": link("programmes:request", request.pk),
    }
