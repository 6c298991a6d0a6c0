"""A cohort: the people who go through a programme together."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.fields import SealedTextField
from mentoring.tenancy.models import TenantModel
from mentoring.tenancy.models.organisation import slug_validator
from programmes.enums import CohortState


class Cohort(TenantModel):
    """A cohort with its dates. Dates are days in the cohort's own zone."""

    programme = models.ForeignKey("programmes.Programme", models.CASCADE, related_name="cohorts")
    slug = models.CharField(_("address"), max_length=50, validators=[slug_validator])
    title = models.CharField(_("title"), max_length=200)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    zone = models.CharField(_("time zone"), max_length=64)
    state = models.CharField(max_length=10, choices=CohortState, default=CohortState.OPEN)
    evaluation_url = models.URLField(_("evaluation form elsewhere"), blank=True)
    """Where the evaluation is filled in outside (``plp.sys.86``); empty: the form inside is used."""

    opened_despite = SealedTextField(null=True)
    """Why it was opened before everything was settled that the handbook asks for; null where nothing was missing."""

    class Meta(TenantModel.Meta):
        ordering = ["-starts_on", "title"]
        verbose_name = _("cohort")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "programme", "slug"], name="cohort_slug_once"),
            models.CheckConstraint(name="cohort_ends_after_start", condition=Q(ends_on__gt=F("starts_on"))),
        ]

    def __str__(self) -> str:
        return self.title
