"""A mentoring programme of an organisation."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.models import TenantModel
from mentoring.tenancy.models.organisation import slug_validator


class Programme(TenantModel):
    """A programme, run by its own copy of a kit."""

    handbook = models.OneToOneField("templates_app.Handbook", models.PROTECT, related_name="programme")
    slug = models.CharField(_("address"), max_length=50, validators=[slug_validator])
    title = models.CharField(_("title"), max_length=200)

    class Meta(TenantModel.Meta):
        ordering = ["title"]
        verbose_name = _("programme")
        constraints = [models.UniqueConstraint(fields=["organisation", "slug"], name="programme_slug_once")]

    def __str__(self) -> str:
        return self.title
