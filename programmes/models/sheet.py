"""Worksheets that hang on no pair: the programme's own, and those of one person."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.models import TenantModel


class Sheet(TenantModel):
    """A worksheet filled in outside a pair: by the programme's coordinators together, or by one participant for themselves.

    ``number`` counts the sheets of a worksheet that repeats. Who reads it is said by the worksheet and worked out in
    ``programmes/domain/sheets.py``.
    """

    programme = models.ForeignKey("programmes.Programme", models.CASCADE, related_name="sheets")
    participant = models.ForeignKey("programmes.Participant", models.CASCADE, null=True, related_name="sheets")
    """Whose it is; null for the programme's own."""
    worksheet = models.CharField(max_length=60)
    number = models.PositiveSmallIntegerField(default=1)
    response = models.OneToOneField("templates_app.Response", models.PROTECT, related_name="+")

    class Meta(TenantModel.Meta):
        ordering = ["worksheet", "number"]
        verbose_name = _("worksheet outside pairs")
        constraints = [
            # Two, because SQLite does not know "nulls not distinct".
            models.UniqueConstraint(
                fields=["organisation", "programme", "worksheet", "number"],
                condition=Q(participant__isnull=True),
                name="sheet_once_of_programme",
            ),
            models.UniqueConstraint(
                fields=["organisation", "participant", "worksheet", "number"],
                condition=Q(participant__isnull=False),
                name="sheet_once_of_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.worksheet} {self.number}"
