"""A programme's own copy of a kit, and kits an organisation has loaded for itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring.tenancy.models import TenantModel


class Handbook(TenantModel):
    """A kit copied into a programme, where its coordinators may change it. Running pairs read from here."""

    kit_key = models.CharField(max_length=60)
    kit_version = models.CharField(max_length=40)
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(max_length=10, default="en")
    content = models.JSONField()
    """The kit (``shapes.Kit``) without its worksheets and articles, which stand in tables of their own."""
    revision = models.PositiveIntegerField(default=1)
    """Counts up with every edit; parsed content is cached by it."""

    class Meta(TenantModel.Meta):
        verbose_name = _("handbook")

    def __str__(self) -> str:
        return self.title


class LoadedKit(TenantModel):
    """A kit of the organisation's own, loaded from files (``kit load``)."""

    key = models.CharField(max_length=60)
    version = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    content = models.JSONField()
    """The whole kit, as ``shapes.Kit``."""

    class Meta(TenantModel.Meta):
        verbose_name = _("kit")
        constraints = [models.UniqueConstraint(fields=["organisation", "key"], name="loaded_kit_key_once")]

    def __str__(self) -> str:
        return f"{self.title} {self.version}"
