"""Opening a cohort and changing its dates."""

import datetime as dt
from collections.abc import Callable

from django.db import IntegrityError, transaction

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from programmes.domain.opening import NotSettled, to_settle_first
from programmes.domain.programmes import SlugTaken
from programmes.enums import CohortState
from programmes.models import Cohort, Programme
from templates_app.domain.kits import kit_of

CohortFollower = Callable[[Cohort], None]

_followers: list[CohortFollower] = []


def register_cohort_follower(follower: CohortFollower) -> None:
    """Have ``follower(cohort)`` called when a cohort is opened or changed, in that transaction. For ``AppConfig.ready``."""
    if follower not in _followers:
        _followers.append(follower)


def _tell_followers(cohort: Cohort) -> None:
    for follower in _followers:
        follower(cohort)


def usual_end(programme: Programme, starts_on: dt.date) -> dt.date:
    """The last day of a cohort that takes as long as the handbook says (``plp.fact.duration``)."""
    return clock.months_later(starts_on, kit_of(programme.handbook).plan.months)


@transaction.atomic
def open_cohort(
    *,
    programme: Programme,
    title: str,
    slug: str,
    starts_on: dt.date,
    zone: str,
    actor: User,
    ends_on: dt.date | None = None,
    evaluation_url: str = "",
    despite: str = "",
) -> Cohort:
    """Open a cohort. Days are days in ``zone``; without ``ends_on`` it lasts as long as the handbook says.

    ``despite`` is the reason for opening it before everything is settled that the handbook asks for.

    Raises ``SlugTaken``, ``ValueError`` when it would end before it begins, and ``NotSettled`` where no such reason is given.
    """
    missing = to_settle_first(programme)
    if missing and not despite.strip():
        raise NotSettled(missing)
    end = ends_on or usual_end(programme, starts_on)
    if end <= starts_on:
        raise ValueError("A cohort ends after it begins.")
    try:
        with transaction.atomic():
            cohort = Cohort.objects.create(
                programme=programme,
                title=title,
                slug=slug,
                starts_on=starts_on,
                ends_on=end,
                zone=zone,
                evaluation_url=evaluation_url,
                opened_despite=despite.strip() if missing else None,
            )
    except IntegrityError as error:
        raise SlugTaken(slug) from error
    record_event("cohort.opened", cohort, actor=actor, within=programme)
    if missing:
        record_event("cohort.opened_despite", cohort, actor=actor, within=programme, titles=", ".join(missing))
    _tell_followers(cohort)
    return cohort


@transaction.atomic
def change_cohort(
    *,
    cohort: Cohort,
    title: str,
    starts_on: dt.date,
    ends_on: dt.date,
    zone: str,
    state: str,
    evaluation_url: str,
    actor: User,
) -> None:
    """Change a cohort's facts. Its address stays. Raises ``ValueError`` when it would end before it begins."""
    if ends_on <= starts_on:
        raise ValueError("A cohort ends after it begins.")
    cohort.title, cohort.starts_on, cohort.ends_on, cohort.zone = title, starts_on, ends_on, zone
    cohort.state, cohort.evaluation_url = CohortState(state), evaluation_url
    cohort.save(update_fields=["title", "starts_on", "ends_on", "zone", "state", "evaluation_url"])
    record_event("cohort.changed", cohort, actor=actor, within=cohort.programme)
    _tell_followers(cohort)
