"""Themes into which coordinators gather what many people wrote, and which text has which. No name stands here."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.fields import SealedTextField
from mentoring.tenancy.models import TenantModel


class Theme(TenantModel):
    """What comes up again in the answers to one question of a programme's handbook (``phase1.must.60``)."""

    programme = models.ForeignKey("programmes.Programme", models.CASCADE, related_name="themes")
    worksheet = models.CharField(max_length=60)
    question = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField(default=0)
    name = SealedTextField()

    class Meta(TenantModel.Meta):
        ordering = ["position", "id"]
        verbose_name = _("theme")
        indexes = [
            models.Index(fields=["organisation", "programme", "worksheet", "question"], name="themes_of_question")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ThemeMark(TenantModel):
    """That somebody found a theme in an answer; without a theme: that they read it and found none.

    Who found it stands in no row: two coordinators work on one list, and what they find is the programme's.
    """

    response = models.ForeignKey("templates_app.Response", models.CASCADE, related_name="theme_marks")
    question = models.CharField(max_length=60)
    theme = models.ForeignKey("evaluation.Theme", models.CASCADE, null=True, related_name="marks")

    class Meta(TenantModel.Meta):
        verbose_name = _("mark of a theme")
        constraints = [
            # Two, because SQLite does not know "nulls not distinct".
            models.UniqueConstraint(
                fields=["organisation", "response", "question", "theme"],
                condition=Q(theme__isnull=False),
                name="theme_mark_once",
            ),
            models.UniqueConstraint(
                fields=["organisation", "response", "question"],
                condition=Q(theme__isnull=True),
                name="read_without_theme_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
