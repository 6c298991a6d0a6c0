"""States and roles of programmes and people."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProgrammeRole(models.TextChoices):
    """What a member may be in a programme beside taking part."""

    COORDINATOR = "coordinator", _("coordinator")
    PARTNER_LEAD = "partner_lead", _("partner lead")
    STEERING = "steering", _("steering group")
    CONCERNS = "concerns", _("lead for concerns")


class Side(models.TextChoices):
    """The two sides of mentoring."""

    MENTOR = "mentor", _("mentor")
    MENTEE = "mentee", _("mentee")


class CohortState(models.TextChoices):
    """Where a cohort stands."""

    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


class ParticipantState(models.TextChoices):
    """A person's way into a cohort (``plp.sys.116``: partners' people wait as candidates)."""

    CANDIDATE = "candidate", _("put forward")
    ACCEPTED = "accepted", _("accepted")
    INVITED = "invited", _("invited")
    JOINED = "joined", _("joined")
    DECLINED = "declined", _("not taken on")
    WITHDRAWN = "withdrawn", _("withdrawn")


class IssueKind(models.TextChoices):
    """What a participant brings to the coordinator in private (``plp.sys.07``, ``plp.sys.102``)."""

    HELP = "help", _("I need help or have a concern")
    REFERRAL = "referral", _("I passed my mentee on to somebody, or took advice")
    CONFLICT = "conflict", _("There is a conflict of interest or another ethical issue")


class ConflictKind(models.TextChoices):
    """Why a pairing would need a second look (``plp.sys.14``)."""

    INTEREST = "interest", _("conflict of interest")
    LINE = "line", _("one leads the other at work")


class ImportState(models.TextChoices):
    """Where an import stands. Nothing is written before ``applied``."""

    UPLOADED = "uploaded", _("columns to be matched")
    PREVIEWED = "previewed", _("ready to import")
    APPLIED = "applied", _("imported")
    DROPPED = "dropped", _("dropped")


class GuestAnswer(models.TextChoices):
    """What an invited person answered."""

    OPEN = "open", _("no answer yet")
    COMING = "coming", _("coming")
    WAITING = "waiting", _("on the waiting list")
    NOT_COMING = "not_coming", _("not coming")


class ConcernState(models.TextChoices):
    """Where a concern stands."""

    RAISED = "raised", _("raised")
    ACKNOWLEDGED = "acknowledged", _("acknowledged")
    IN_HAND = "in_hand", _("in hand")
    CLOSED = "closed", _("closed")


class ClaimState(models.TextChoices):
    """Where a claim for expenses stands."""

    DRAFT = "draft", _("draft")
    SENT = "sent", _("sent")
    APPROVED = "approved", _("approved")
    DECLINED = "declined", _("declined")
    PAID = "paid", _("paid")


class HeldAs(models.TextChoices):
    """As what somebody has a concern."""

    PARTNER = "partner", _("lead of the partner organisation")
    PROGRAMME = "programme", _("lead for concerns")
    SECOND = "second", _("second person")


class RequestState(models.TextChoices):
    """A mentee's request to a mentor. All that end without a pair end alike: a no is no judgement, and nobody's fault."""

    DRAFT = "draft", _("being written")
    INVITED = "invited", _("waits until they have joined")
    ASKED = "asked", _("waits for an answer")
    TALKING = "talking", _("getting to know each other")
    AGREED = "agreed", _("both wish it")
    PAIRED = "paired", _("a pair")
    DECLINED = "declined", _("not this time")
    LAPSED = "lapsed", _("no answer came")
    WITHDRAWN = "withdrawn", _("taken back")
    OVERTAKEN = "overtaken", _("no longer possible")


class ApprovalState(models.TextChoices):
    """What became of asking somebody outside to approve."""

    ASKED = "asked", _("waits for an answer")
    APPROVED = "approved", _("approved")
    DECLINED = "declined", _("not approved")
    REVOKED = "revoked", _("taken back")


class TrainedBy(models.TextChoices):
    """How a module of training was completed."""

    READING = "reading", _("read, and its questions answered")
    ATTENDANCE = "attendance", _("attended an event")
    COORDINATOR = "coordinator", _("recorded by a coordinator")
    COURSE = "course", _("done elsewhere, by their own word")


class AsksGuests(models.TextChoices):
    """Whether those who were at an event are asked how it was, and whether their words stand with their names."""

    NAMELESS = "nameless", _("yes, words without names")
    NAMED = "named", _("yes, words with names")
    NOBODY = "nobody", _("no")
