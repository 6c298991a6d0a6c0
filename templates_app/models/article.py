"""A guidance article of a handbook."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.models import TenantModel


class Article(TenantModel):
    """A page of guidance, shown at its stages and sessions to its roles."""

    handbook = models.ForeignKey("templates_app.Handbook", models.CASCADE, related_name="articles")
    key = models.CharField(max_length=60)
    title = models.CharField(_("title"), max_length=200)
    chapter = models.CharField(max_length=20)
    stages = models.JSONField(default=list, blank=True)
    sessions = models.JSONField(default=list, blank=True)
    roles = models.JSONField(default=list, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    pinned = models.BooleanField(default=False)
    body = models.TextField(_("text"))
    source = models.JSONField(default=list, blank=True)
    points = models.JSONField(default=list, blank=True)
    ours = models.BooleanField(default=False)

    class Meta(TenantModel.Meta):
        ordering = ["chapter", "order", "title"]
        verbose_name = _("guidance article")
        constraints = [models.UniqueConstraint(fields=["organisation", "handbook", "key"], name="article_key_once")]

    def __str__(self) -> str:
        return self.title
