"""Which organisation has what kind of work due, and when: all that a tick may know before it opens a scope."""

from django.db import models

from mentoring.tenancy.enums import Tenancy


class DueWork(models.Model):
    """That somebody said: this organisation has work of this kind from ``due_at`` on. Nothing personal stands in it.

    Rows are only added and taken away, never changed: transactions that say so at the same time neither wait for each
    other nor overwrite each other's word. A tick costs what is due, not what exists.
    """

    tenancy = Tenancy.GLOBAL

    organisation = models.ForeignKey("tenancy.Organisation", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    due_at = models.DateTimeField()

    class Meta:
        # Serves the tick: "what is due now?"
        indexes = [models.Index(fields=["due_at"], name="due_work_when")]

    def __str__(self) -> str:
        return f"{self.kind} at {self.due_at}"
