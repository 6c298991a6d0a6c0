"""What is due from whom, by when, and what came of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.models import TenantModel
from pairs.enums import OutputKind

FURTHER = "extra-"
"""How the moments of sheets begin that somebody took up of their own accord; a number follows."""


class Output(TenantModel):
    """One thing owed or offered in a pairing: a worksheet at a moment, a signature, dates, invitations, an evaluation.

    ``member`` is who owes it; null where both do together. ``moment`` names the occasion within the kit. Reminders are a
    query over open outputs: ``next_reminder_at`` is worked out when the output or its due date changes.
    """

    pairing = models.ForeignKey("pairs.Pairing", models.CASCADE, related_name="outputs")
    kind = models.CharField(max_length=12, choices=OutputKind)
    worksheet = models.CharField(max_length=60, blank=True)
    moment = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=200)
    member = models.ForeignKey("pairs.PairingMember", models.CASCADE, null=True, related_name="outputs")
    session = models.ForeignKey("pairs.Session", models.SET_NULL, null=True, related_name="outputs")
    stage = models.CharField(max_length=60, blank=True)
    required = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)
    opens_at = models.DateTimeField(null=True)
    """Null: its anchor (a session's date, say) is not known yet."""
    due_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    response = models.ForeignKey("templates_app.Response", models.PROTECT, null=True, related_name="outputs")
    about = models.ForeignKey("pairs.Goal", models.SET_NULL, null=True, related_name="sheets")
    """What it was opened from, where the handbook has one sheet for each (``Worksheet.one_for_each``)."""
    passed_on_at = models.DateTimeField(null=True)
    """When the mentor passed it to the coordinator (logs: ``plp.sys.69``)."""
    received_at = models.DateTimeField(null=True)
    """When a coordinator marked as received what reached them; both of the pair see it (``sssc.must.79``)."""
    erased_at = models.DateTimeField(null=True)
    """When what was written on it was deleted by the rule of the programme's records: it stays as done, without its words."""
    asked_at = models.DateTimeField(null=True)
    """When its person was asked for it: a survey that goes out by itself does so once."""
    look_at = models.DateTimeField(null=True)
    """When its writer wants to be led back to it next (``gla.must.26``)."""
    reminders_sent = models.PositiveSmallIntegerField(default=0)
    next_reminder_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        ordering = ["position", "due_at", "id"]
        verbose_name = _("output")
        constraints = [
            # Two, because SQLite does not know "nulls not distinct".
            models.UniqueConstraint(
                fields=["organisation", "pairing", "kind", "worksheet", "moment", "member"],
                condition=Q(member__isnull=False),
                name="output_once_each",
            ),
            models.UniqueConstraint(
                fields=["organisation", "pairing", "kind", "worksheet", "moment"],
                condition=Q(member__isnull=True),
                name="output_once_together",
            ),
        ]
        indexes = [
            # Serves the reminder tick: who owes something whose next reminder is due?
            models.Index(
                fields=["organisation", "next_reminder_at"],
                name="output_to_remind",
                condition=Q(done_at__isnull=True, cancelled_at__isnull=True, next_reminder_at__isnull=False),
            ),
            models.Index(fields=["organisation", "pairing"], name="output_of_pairing"),
            models.Index(
                fields=["organisation", "look_at"], name="output_to_look_at", condition=Q(look_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_further(self) -> bool:
        """Whether somebody began this sheet of their own accord, beside those that the handbook calls for."""
        return self.moment.startswith(FURTHER)

    @property
    def is_open(self) -> bool:
        """Whether it can still be done."""
        return self.done_at is None and self.cancelled_at is None
