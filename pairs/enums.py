"""States and kinds within a pair's path."""

from enum import IntEnum, StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from templates_app.shapes import ModelKind


class PairingModel(models.TextChoices):
    """How many take part in a pairing; the handbook says which of them its programme allows, and the limits."""

    ONE_TO_ONE = ModelKind.ONE_TO_ONE, _("one to one")
    GROUP = ModelKind.GROUP, _("group")
    TWO_BY_TWO = ModelKind.TWO_BY_TWO, _("two by two")
    TEAM = ModelKind.TEAM, _("team")
    INFORMAL = ModelKind.INFORMAL, _("informal")
    PEERS = ModelKind.PEERS, _("peer group")


class ProposedState(models.TextChoices):
    """What became of a match that was proposed to the people in it."""

    OPEN = "open", _("waits for answers")
    PAIRED = "paired", _("has begun")
    DECLINED = "declined", _("declined")
    LAPSED = "lapsed", _("no answer came")
    WITHDRAWN = "withdrawn", _("taken back")
    OVERTAKEN = "overtaken", _("no longer possible")


class MatchAnswer(models.TextChoices):
    """What somebody says to a match that is proposed to them."""

    YES = "yes", _("yes")
    NO = "no", _("no")


class PairingState(models.TextChoices):
    """A pairing's life. ``dissolved`` is an early ending and no failure (``plp.coc.7``)."""

    ACTIVE = "active", _("running")
    COMPLETED = "completed", _("completed")
    DISSOLVED = "dissolved", _("ended early")


class OutputKind(models.TextChoices):
    """What can be owed."""

    WORKSHEET = "worksheet", _("worksheet")
    AGREEMENT = "agreement", _("agreement to sign")
    SCHEDULE = "schedule", _("dates of all sessions")
    INTRODUCTION = "introduction", _("introduction e-mail")
    INVITATIONS = "invitations", _("calendar invitations")
    COMPILE = "compile", _("compiled logs")
    EVALUATION = "evaluation", _("evaluation")


class SessionState(models.TextChoices):
    """A session is planned, then held or cancelled. Moving one keeps it planned."""

    PLANNED = "planned", _("planned")
    HELD = "held", _("held")
    CANCELLED = "cancelled", _("cancelled")


class TimesState(models.TextChoices):
    """What became of times that somebody proposed. That they have lapsed is told from the clock and the session's date."""

    OPEN = "open", _("waiting for an answer")
    ACCEPTED = "accepted", _("one was accepted")
    DECLINED = "declined", _("none suits")
    REPLACED = "replaced", _("replaced by others")
    WITHDRAWN = "withdrawn", _("taken back")


class AgreementState(models.TextChoices):
    """A version of the agreement. Content is frozen from ``offered`` on."""

    DRAFT = "draft", _("being written")
    OFFERED = "offered", _("waiting for signatures")
    SIGNED = "signed", _("signed by all")
    SUPERSEDED = "superseded", _("replaced by a newer version")
    WITHDRAWN = "withdrawn", _("taken back")


class OutsideState(models.TextChoices):
    """How it stands with somebody outside who signs too."""

    NAMED = "named", _("not asked yet")
    ASKED = "asked", _("asked to sign")
    SIGNED = "signed", _("has signed")
    DECLINED = "declined", _("does not sign")


class ContactState(models.TextChoices):
    """How an introduction to somebody else stands. Who said no is not kept."""

    MENTEE = "mentee", _("the mentee is asked")
    CONTACT = "contact", _("the contact is asked")
    MADE = "made", _("made")
    NOT_MADE = "not-made", _("did not go ahead")


class ActionState(models.TextChoices):
    """A follow-up or capacity action stays open until it is done or let go."""

    OPEN = "open", _("open")
    DOING = "doing", _("under way")
    DONE = "done", _("done")
    DROPPED = "dropped", _("let go")


STILL_TO_DO = (ActionState.OPEN, ActionState.DOING)
"""Begun or not, an action with such a state is carried forward."""


class GoalLevel(models.TextChoices):
    """What stands on the page of goals; each hangs on one of those before it (``templates_app.shapes.Level``)."""

    ASPIRATION = "aspiration", _("aspiration")
    GOAL = "goal", _("goal")
    MILESTONE = "milestone", _("milestone")
    NEED = "need", _("need")


class GoalState(models.TextChoices):
    """How something on the page of goals stands."""

    OPEN = "open", _("on the way")
    OFF_TRACK = "off-track", _("off track")
    REACHED = "reached", _("reached")
    PUT_ASIDE = "put-aside", _("put aside")


class ActionKind(models.TextChoices):
    """Where an action came from."""

    FOLLOW_UP = "follow_up", _("agreed in a log")
    CAPACITY = "capacity", _("from a plan")
    FILE = "file", _("from a file")


class Standing(StrEnum):
    """How an output stands at an instant."""

    AHEAD = "ahead"
    DUE = "due"
    LATE = "late"
    DONE = "done"
    CANCELLED = "cancelled"


class Right(IntEnum):
    """What somebody may do with an output. Each right holds those before it."""

    NONE = 0
    """They do not learn that it exists."""
    STATUS = 1
    """They see whether it is done, and when."""
    READ = 2
    WRITE = 3
